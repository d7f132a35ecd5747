"""Fits the models that say which date, place and sources belong to an event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.evaluation.reports import MarkedEvent, MarkedReport
from dragoman.events.circumstances import ROW, Candidates, is_worth, rows_of
from dragoman.events.encoding import TYPES, Floats
from dragoman.events.model import PLACE, VIA, WHEN, Network
from dragoman.events.roles import syntax_of
from dragoman.pipeline import Act, place_candidates, source_candidates, time_candidates
from dragoman.records import PlaceRef, Source, Status, TimeRef
from dragoman.training.calibration import Sample
from dragoman.training.roles import SETTINGS, fit_trees, gold_readings, save_trees
from dragoman.workings import Page

Table = tuple[Floats, Floats, Floats]
LINK_SETTINGS = {**SETTINGS, "learning_rate": 0.08, "num_leaves": 10, "feature_fraction": 0.4}
"""Small trees on few features each: with the 31 leaves of the roles' trees the F1 of places on held-back
reports is a point lower."""
LINK_ROUNDS = 150
SLACK = 0.01
"""How much F1 may be given for dates and places that are told where else none would be.

On held-back reports less than a point of F1 buys four points of events with their right date.
"""


def is_date(event: MarkedEvent, time: TimeRef) -> bool:
    """Whether the date lies within the event's gold one."""
    if event.when is None or time.start is None or time.end is None:
        return False
    return event.when[1] <= time.start and time.end <= event.when[2]


def is_place(event: MarkedEvent, place: PlaceRef, text: str) -> bool:
    """Whether the place is the event's gold one, or contains or is contained in its name.

    Gold without a country ('off the Spratlys') fits whatever country the place was given; words that the
    gold points to fit by whatever name they were resolved to ('the capital').
    """
    if event.place is None or event.place[1] not in ("", place.country):
        return False
    told, gold = place.name.casefold(), event.place[0].cut(text).casefold()
    return told in gold or gold in told or place.span.overlaps(event.place[0])


def is_source(event: MarkedEvent, source: Source, text: str) -> bool:
    """Whether the source is one of the event's gold ones, by its words or its name."""
    for span, name in event.via:
        if source.span is not None and source.span.overlaps(span):
            return True
        told, gold = source.name.casefold(), name.casefold()
        if told and (told in gold or gold in told):
            return True
    return False


def circumstance_rows(
    network: Network, report: MarkedReport, page: Page
) -> dict[str, tuple[Floats, Floats, Floats]]:
    """For each relation the features of all events and candidates of a report, the gold, and of each event
    its worth, which is 0 where its type is wrong.
    """
    pairs = gold_readings(network, report, page.doc, page.mentions)
    if not pairs:
        return {}
    readings = [reading for reading, _ in pairs]
    events = [event for _, event in pairs]
    acts = [
        Act(
            reading.word,
            event.trigger,
            TYPES[int(reading.types.argmax())],
            Status(network.config.statuses[int(reading.statuses.argmax())]),
            [name for party in event.actors for name in (party.name, party.words)],
        )
        for reading, event in pairs
    ]
    syntax = syntax_of(page.doc)
    text = page.document.text
    tables: dict[str, tuple[int, Candidates, list[list[bool]]]] = {
        "when": (WHEN, time_candidates(page, acts), [[is_date(e, t) for t in page.times] for e in events]),
        "where": (
            PLACE,
            place_candidates(page, acts),
            [[is_place(e, p, text) for p in page.places] for e in events],
        ),
        "via": (
            VIA,
            source_candidates(page, acts),
            [[is_source(e, c.source, text) for c in page.claims] for e in events],
        ),
    }
    typed = np.array(
        [one.worth * (TYPES[int(one.types.argmax())] in gold.types) for one, gold in pairs], dtype=np.float32
    )
    return {
        name: (rows_of(syntax, readings, candidates, relation), np.array(gold, dtype=np.float32), typed)
        for name, (relation, candidates, gold) in tables.items()
        if len(candidates.heads)
    }


def fit_circumstances(
    told: Sequence[dict[str, tuple[Floats, Floats, Floats]]],
    event: float,
    output: Path,
    say: Callable[[str], None],
) -> tuple[dict[str, float], dict[str, list[Sample]]]:
    """Fit and save the three models; gives back the probability from which each is believed.

    With them, by the field's name: how sure each date and place told of an event that the reader keeps (from
    the worth ``event``) and types rightly was, and whether it was right.
    """
    thresholds = {}
    samples: dict[str, list[Sample]] = {}
    for name in ("when", "where", "via"):
        tables = [one[name] for one in told if name in one]
        guesses = crossfit_links(tables)
        bar, right = choose_bar(guesses, [gold for _, gold, _ in tables], several=name == "via")
        thresholds[name] = bar
        if name in FIELD_OF:
            kept = zip(guesses, tables, strict=True)
            samples[FIELD_OF[name]] = [
                one
                for guess, (_, gold, typed) in kept
                for one in told_samples(guess, gold, typed >= event, bar)
            ]
        say(f"{name}: F1 {right:.3f} on held-back reports, believed from {bar}")
        save_trees(fit_links(tables), output / f"{name}.onnx", len(ROW))
    return thresholds, samples


def fit_links(tables: Sequence[Table]) -> Any:
    """The model of one relation, from the rows that the reader has judged."""
    worth = [is_worth(rows) for rows, _, _ in tables]
    judged = np.vstack([rows[one] for (rows, _, _), one in zip(tables, worth, strict=True)])
    gold = np.concatenate([gold[one] for (_, gold, _), one in zip(tables, worth, strict=True)])
    return fit_trees(judged, gold, ROW, LINK_ROUNDS, settings=LINK_SETTINGS)


def crossfit_links(tables: Sequence[Table], folds: int = 4) -> list[Floats]:
    """For each report, the chances of its candidates by a model that was fitted without it."""
    out = [np.zeros(gold.shape, dtype=np.float32) for _, gold, _ in tables]
    for fold in range(folds):
        model = fit_links([one for number, one in enumerate(tables) if number % folds != fold])
        for number in range(fold, len(tables), folds):
            rows = tables[number][0]
            worth = is_worth(rows)
            if worth.any():
                out[number][worth] = model.predict(rows[worth])
    return out


FIELD_OF = {"when": "date", "where": "place"}


def told_samples(guess: Floats, gold: Floats, kept: npt.NDArray[np.bool_], bar: float) -> Iterator[Sample]:
    """Of each event that is kept and has a candidate that is believed: its probability, and its truth."""
    for row, want, is_kept in zip(guess, gold, kept.tolist(), strict=True):
        best = int(row.argmax())
        if is_kept and row[best] >= bar:
            yield float(row[best]), bool(want[best])


def choose_bar(guesses: Sequence[Floats], gold: Sequence[Floats], several: bool) -> tuple[float, float]:
    """The probability from which a candidate is best believed, and the F1 of what is then told.

    Most events have no date and no place of their own, so the share of right events would favour silence.
    Of dates and places, the lowest bar is taken that costs no more than ``SLACK`` of F1.
    """
    rows = [
        (row, want)
        for table, wants in zip(guesses, gold, strict=True)
        for row, want in zip(table, wants, strict=True)
    ]
    bars = [round(0.05 * step, 2) for step in range(3, 17)]
    values = [told_f1(rows, bar, several) for bar in bars]
    least = max(values) - (0.0 if several else SLACK)
    best = next(number for number, value in enumerate(values) if value >= least)
    return bars[best], values[best]


def told_f1(rows: Sequence[tuple[Floats, Floats]], bar: float, several: bool) -> float:
    """F1 of the candidates told at this bar; of several right ones for one event any one will do."""
    told = right = needed = 0
    for row, want in rows:
        needed += int(want.sum()) if several else int(want.any())
        if several:
            told += int((row >= bar).sum())
            right += int(((row >= bar) & (want > 0)).sum())
        elif row.max() >= bar:
            told += 1
            right += int(want[row.argmax()])
    return 2 * right / max(1, told + needed)
