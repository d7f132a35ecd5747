"""The trained reader: loads its files and says, for a document, where events are and what they link to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.errors import ModelError
from dragoman.events.certainty import Curve, read_curve, read_curves
from dragoman.events.encoding import TYPES, Encoder, Floats, Ints, Window, load_tokenizer
from dragoman.events.triggers import load_triggers

MODEL = Path(__file__).parent.parent / "model"
NONE = len(TYPES)
RELATIONS = ("actor", "recipient", "when", "place", "via")
ACTOR, RECIPIENT, WHEN, PLACE, VIA = range(5)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about one possible trigger.

    ``word`` is the index in the ``Doc`` of the trigger's head. ``event`` is the probability that it bears an
    event at all. ``types``, ``statuses``, ``modes`` are distributions in the order of the configuration,
    ``contexts`` independent probabilities. ``links`` has a row a word of the window (``words``, their
    indices) and a column a relation.
    """

    word: int
    event: float
    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    core: float
    links: Floats
    words: Ints

    @property
    def worth(self) -> float:
        """How much speaks for telling this event: that it is one, that its type is right, that it matters.

        The event bar is held against this. On held-back reports it gave one point of typed F1 more than the
        chance of an event alone: a trigger whose type is a toss-up is wrong as often as right, and contents
        of demands and plans, which coders may leave out, are told when they are surer than the rest.
        """
        return self.event * float(self.types.max()) * (0.5 + 0.5 * self.core)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """What goes with the weights: the codes in the order of the outputs, the thresholds, and the curves.

    ``confidence`` is the curve of the event itself; ``fields`` those of ``certainty.FIELDS`` that there are.
    """

    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    statuses: tuple[str, ...]
    thresholds: dict[str, float]
    confidence: Curve
    fields: dict[str, Curve]
    version: str


def session(path: Path) -> onnxruntime.InferenceSession:
    """A session on one thread: the program's processes are its parallelism, and sums keep their order."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Network:
    """The network's files, loaded."""

    def __init__(self, folder: Path = MODEL) -> None:
        """Raises ``ModelError`` if a file is missing or broken."""
        try:
            raw = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
            self.config = ModelConfig(
                modes=tuple(raw["modes"]),
                contexts=tuple(raw["contexts"]),
                statuses=tuple(raw["statuses"]),
                thresholds=dict(raw["thresholds"]),
                confidence=read_curve(raw["confidence"]),
                fields=read_curves(raw["confidence"].get("fields", {})),
                version=str(raw["version"]),
            )
            self._words = session(folder / "words.onnx")
            self._spans = session(folder / "spans.onnx")
            self.encoder = Encoder(load_tokenizer(folder / "tokenizer.json"), load_triggers())
        except (OSError, KeyError, ValueError, RuntimeError) as fault:
            raise ModelError(
                f"{folder}: the trained reader can't be loaded: {fault}; install dragoman again"
            ) from None

    def readings(
        self, windows: Sequence[Window], least: float, faint: list[Reading] | None = None, bar: float = 0.0
    ) -> list[Reading]:
        """Every word that bears an event with at least the probability ``least``, in text order.

        Those below it that reach ``bar`` are put into ``faint``, where it is given; they are read by
        themselves, so that what is said of the others can't hang on them.
        """
        told: list[Reading] = []
        for window in windows:
            vectors, tagged = self.tag(window)
            chances = 1.0 - tagged[:, NONE]
            told += self.read(window, vectors, tagged, np.flatnonzero(chances >= least))
            if faint is not None:
                below = np.flatnonzero((chances >= bar) & (chances < least))
                faint += self.read(window, vectors, tagged, below)
        return told

    def tag(self, window: Window) -> tuple[Floats, Floats]:
        """A vector for each word of a window, and its distribution over the types and 'none'."""
        inputs = {
            "pieces": window.pieces,
            "first": window.first,
            "heads": window.heads,
            "tags": window.tags,
            "extras": window.extras,
            "tensor": window.tensor,
        }
        vectors, scores = self._words.run(None, inputs)
        return vectors, softmax(scores)

    def read(self, window: Window, vectors: Floats, tagged: Floats, triggers: Ints) -> list[Reading]:
        """What the network says about the words in the window's rows ``triggers``."""
        if not len(triggers):
            return []
        types, statuses, modes, contexts, core, links = self._spans.run(
            None, {"words": vectors, "heads": window.heads, "triggers": triggers}
        )
        event = 1.0 - tagged[triggers, NONE]
        both = 0.5 * tagged[triggers, :NONE] / np.maximum(event[:, None], 1e-6) + 0.5 * types
        return [
            Reading(
                word=int(window.words[row]),
                event=float(event[number]),
                types=both[number],
                statuses=statuses[number],
                modes=modes[number],
                contexts=contexts[number],
                core=float(core[number, 0]),
                links=links[number],
                words=window.words,
            )
            for number, row in enumerate(triggers.tolist())
        ]


def softmax(scores: npt.NDArray[Any]) -> Floats:
    """Rows of scores as distributions."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)
