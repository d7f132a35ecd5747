"""Fits the two models that decide who acts and to whom, on reports that the network has not seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from dragoman.evaluation.reports import MarkedEvent, MarkedReport
from dragoman.events.encoding import Floats
from dragoman.events.model import Network, Reading
from dragoman.events.roles import RECIPIENT_ROW, ROW, cast_of, features, scene_of, syntax_of, with_actors
from dragoman.records import Mention
from dragoman.training.data import head_of

SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 7,
}
ROUNDS = 220


def gold_readings(
    network: Network, report: MarkedReport, doc: Doc, mentions: Sequence[Mention]
) -> list[tuple[Reading, MarkedEvent]]:
    """What the network says at the report's own triggers, in text order."""
    heads = {found[0]: event for event in report.events if (found := head_of(doc, event.trigger))}
    pairs: list[tuple[Reading, MarkedEvent]] = []
    for window in network.encoder.windows(doc, report.document, mentions):
        rows = np.array([n for n, word in enumerate(window.words.tolist()) if word in heads], dtype=np.int64)
        vectors, tagged = network.tag(window)
        pairs += [(one, heads[one.word]) for one in network.read(window, vectors, tagged, rows)]
    return pairs


def role_rows(
    network: Network, report: MarkedReport, doc: Doc, mentions: Sequence[Mention]
) -> tuple[Floats, Floats, Floats, list[tuple[Reading, MarkedEvent]], tuple[str, ...]] | None:
    """Features of every event and country of a report, and both roles' gold; ``None`` without events.

    With them the readings beside the marked events, and the countries.
    """
    pairs = gold_readings(network, report, doc, mentions)
    cast = cast_of(doc, report.document, mentions)
    if not pairs or not cast.mentions:
        return None
    readings = [reading for reading, _ in pairs]
    events = [event for _, event in pairs]
    rows = features(cast, syntax_of(doc), readings, scene_of(cast, readings, len(doc)))

    def gold(role: str) -> Floats:
        sides = [{party.country for party in getattr(event, role)} for event in events]
        return np.array(
            [[float(code in side) for code in cast.countries] for side in sides], dtype=np.float32
        )

    return rows, gold("actors"), gold("recipients"), pairs, cast.countries


def fit_trees(rows: Floats, gold: Floats, names: Sequence[str], rounds: int = ROUNDS) -> Any:
    """A boosted-tree model of a role."""
    import lightgbm

    data = lightgbm.Dataset(rows, gold, feature_name=list(names), free_raw_data=False)
    return lightgbm.train(SETTINGS, data, num_boost_round=rounds)


def fit_roles(told: Iterable[tuple[Floats, Floats, Floats]], threshold: float) -> tuple[Any, Any]:
    """Both models from the rows of many reports; the recipients' model sees cross-fitted actors."""
    reports = list(told)
    flat = [(rows.reshape(-1, rows.shape[-1]), actor.ravel()) for rows, actor, _ in reports]
    actor = fit_trees(np.vstack([rows for rows, _ in flat]), np.concatenate([one for _, one in flat]), ROW)
    found = crossfit(flat)
    rows_to, gold_to = [], []
    for (rows, _, recipient), guess in zip(reports, found, strict=True):
        rows_to.append(
            with_actors(rows, guess.reshape(rows.shape[:2]), threshold).reshape(-1, len(RECIPIENT_ROW))
        )
        gold_to.append(recipient.ravel())
    return actor, fit_trees(np.vstack(rows_to), np.concatenate(gold_to), RECIPIENT_ROW)


def crossfit(
    reports: Sequence[tuple[Floats, Floats]], names: Sequence[str] = ROW, folds: int = 4
) -> list[Floats]:
    """For each report, the probabilities of a role by a model that was fitted without it."""
    out: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(reports)
    for fold in range(folds):
        rest = [one for number, one in enumerate(reports) if number % folds != fold]
        model = fit_trees(
            np.vstack([rows for rows, _ in rest]), np.concatenate([gold for _, gold in rest]), names
        )
        for number in range(fold, len(reports), folds):
            out[number] = model.predict(reports[number][0]).astype(np.float32)
    return out


def save_trees(model: Any, path: Path, width: int) -> None:
    """Write a boosted-tree model as an ONNX graph whose only output is the probability."""
    import onnx
    from onnxmltools import convert_lightgbm
    from onnxmltools.convert.common.data_types import FloatTensorType

    graph = convert_lightgbm(model, initial_types=[("rows", FloatTensorType([None, width]))], zipmap=False)
    keep_probability(graph)
    onnx.save(graph, str(path))


def keep_probability(graph: Any) -> None:
    """Cut the graph down to one output, the probability of the positive class."""
    import onnx
    from onnx import helper

    probabilities = graph.graph.output[1].name
    index = helper.make_tensor("second", onnx.TensorProto.INT64, [1], [1])
    graph.graph.initializer.append(index)
    graph.graph.node.append(helper.make_node("Gather", [probabilities, "second"], ["probability"], axis=1))
    del graph.graph.output[:]
    graph.graph.output.append(helper.make_tensor_value_info("probability", onnx.TensorProto.FLOAT, [None, 1]))
