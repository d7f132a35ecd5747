"""Counts what was found and what was right, and turns the counts into figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import GoldError
from dragoman.evaluation.gold import SUFFIX, GoldDocument, GoldEvent, Trap, load_gold
from dragoman.evaluation.matching import match, parties_right, status_right
from dragoman.evaluation.predictions import Prediction, load_predictions
from dragoman.evaluation.values import countries, names_agree

LEVELS = ("detection", "typed", "who", "strict")
ACCURACIES = ("status", "mode", "context", "date", "place", "attribution", "attribution_named")
Pairs = list[tuple[GoldEvent, Prediction]]


@dataclass
class Tally:
    """Counts that add up over documents: ``hits`` and ``counted`` by level, the rest by what they count."""

    core: int = 0
    optional: int = 0
    optional_found: int = 0
    predicted: int = 0
    traps: int = 0
    traps_violated: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)  # (type, 'tp' | 'fn' | 'fp')

    def add(self, other: Tally) -> None:
        """Adds another document's counts."""
        for name in ("core", "optional", "optional_found", "predicted", "traps", "traps_violated"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("hits", "counted", "right", "asked", "types"):
            getattr(self, name).update(getattr(other, name))


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of all documents together and of each, what went wrong in each, and what was left out."""

    total: dict[str, Any]
    documents: dict[str, dict[str, Any]]
    notes: dict[str, list[str]]
    warnings: tuple[str, ...] = ()


def score_paths(gold: Path, predicted: Path) -> Scores:
    """Scores a folder of predictions against a folder of gold, or one file against one.

    A report without predictions counts as one in which nothing was found, and ``warnings`` says so.
    """
    pairs, warnings = pair_paths(gold, predicted)
    scored = []
    for gold_path, predicted_path in pairs:
        stem = gold_path.name.removesuffix(SUFFIX) if gold_path.name.endswith(SUFFIX) else gold_path.stem
        document = load_gold(gold_path, gold_path.with_name(f"{stem}.txt"))
        scored.append((document, load_predictions(predicted_path, document.text) if predicted_path else []))
    return score_all(scored, tuple(warnings))


def pair_paths(gold: Path, predicted: Path) -> tuple[list[tuple[Path, Path | None]], list[str]]:
    """Each gold file with its file of predictions, and what to say about those that lack the other."""
    if gold.is_dir() != predicted.is_dir():
        raise GoldError(f"give two folders or two files, not {gold} and {predicted}")
    if not gold.is_dir():
        return [(gold, predicted)], []
    stems = {path.name.removesuffix(SUFFIX): path for path in sorted(gold.glob("*" + SUFFIX))}
    if not stems:
        raise GoldError(f"{gold}: there is no *{SUFFIX} in it")
    given = {path.stem: path for path in sorted(predicted.glob("*.jsonl"))}
    warnings = [f"{path} has no gold; left out" for stem, path in given.items() if stem not in stems]
    warnings += [
        f"{predicted / stem}.jsonl is missing; scored as if nothing was found"
        for stem in stems
        if stem not in given
    ]
    return [(path, given.get(stem)) for stem, path in stems.items()], warnings


def score_all(
    documents: Iterable[tuple[GoldDocument, Sequence[Prediction]]], warnings: tuple[str, ...] = ()
) -> Scores:
    """Scores documents with the predictions made for each."""
    total = Tally()
    rows: dict[str, dict[str, Any]] = {}
    notes: dict[str, list[str]] = {}
    for document, predictions in documents:
        tally, notes[document.name] = score_document(document, predictions)
        rows[document.name] = figures(tally)
        total.add(tally)
    return Scores(figures(total), rows, notes, warnings)


def score_document(document: GoldDocument, predictions: Sequence[Prediction]) -> tuple[Tally, list[str]]:
    """One document's counts, and a line for each thing that went wrong."""
    pairs = match(document.events, predictions)
    tally = Tally(predicted=len(predictions), traps=len(document.traps))
    tally.core = sum(event.core for event in document.events)
    tally.optional = len(document.events) - tally.core
    notes = count_predictions(predictions, pairs, tally)
    partner = {event.id: prediction for event, prediction in pairs}
    for event in document.events:
        if event.core:
            notes += count_core(event, partner.get(event.id), document.sources, tally)
    sprung = [*violations(document.traps, predictions, pairs)]
    tally.traps_violated = len({id(trap) for trap, _ in sprung})
    notes += [f"TRAP         {describe(one)} in {trap.quote!r}: {trap.why}" for trap, one in sprung]
    return tally, notes


def count_predictions(predictions: Sequence[Prediction], pairs: Pairs, tally: Tally) -> list[str]:
    """Counts the predictions at each level, and notes the false ones.

    A prediction that stands for an optional event counts neither for nor against, from the level 'typed'
    on only if its type is right.
    """
    notes = []
    partner = {id(prediction): event for event, prediction in pairs}
    for prediction in predictions:
        event = partner.get(id(prediction))
        typed = event is not None and prediction.event_type in event.types
        optional = event is not None and not event.core
        tally.counted["detection"] += not optional
        for level in LEVELS[1:]:
            tally.counted[level] += not (optional and typed)
        tally.optional_found += optional and typed
        if not typed:
            tally.types[prediction.event_type, "fp"] += 1
        if event is None:
            notes.append(f"false alarm  {describe(prediction)}")
        elif optional and not typed:
            notes.append(f"wrong type   {describe(prediction)} on optional {describe_gold(event)}")
    return notes


def count_core(
    event: GoldEvent, prediction: Prediction | None, allowed: tuple[str, ...], tally: Tally
) -> list[str]:
    """Counts one core event with the prediction that stands for it, if any, and notes what is wrong."""
    levels = levels_reached(event, prediction) if prediction else []
    tally.hits.update(levels)
    tally.types[event.types[0], "tp" if "typed" in levels else "fn"] += 1
    if prediction is None:
        return [f"miss         {describe_gold(event)}"]
    if "typed" not in levels:
        return [f"wrong type   {describe(prediction)} for {describe_gold(event)}"]
    verdicts = judge(event, prediction, allowed)
    tally.asked.update(verdicts.keys())
    tally.right.update(name for name, right in verdicts.items() if right)
    wrong = [] if "who" in levels else ["who"]
    wrong += [name for name, right in verdicts.items() if not right and name != "attribution_named"]
    return [f"wrong {', '.join(wrong)}: {describe(prediction)} for {describe_gold(event)}"] if wrong else []


def levels_reached(event: GoldEvent, prediction: Prediction) -> list[str]:
    """The levels that a pair reaches, each of which needs the one before."""
    steps = (
        prediction.event_type in event.types,
        parties_right(event, prediction),
        status_right(event, prediction),
    )
    reached = 1 + next((number for number, right in enumerate(steps) if not right), len(steps))
    return list(LEVELS[:reached])


def judge(event: GoldEvent, prediction: Prediction, allowed: tuple[str, ...]) -> dict[str, bool]:
    """For each thing that the gold states about the event, whether the prediction has it right."""
    sourced = sources_right(event, prediction, allowed)
    verdicts = {"status": status_right(event, prediction), "attribution": sourced}
    if event.sources:
        verdicts["attribution_named"] = sourced
    if event.modes and prediction.event_type == event.types[0]:
        verdicts["mode"] = prediction.mode in event.modes
    if event.contexts:
        verdicts["context"] = event.contexts <= prediction.contexts
    if event.days:
        verdicts["date"] = days_right(event, prediction)
    if event.place:
        verdicts["place"] = place_right(event, prediction)
    return verdicts


def days_right(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the predicted days lie within the gold's: equal, or finer."""
    if event.days is None or prediction.days is None:
        return False
    return event.days[0] <= prediction.days[0] <= prediction.days[1] <= event.days[1]


def place_right(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the country is the gold's, if it gives one, and one name contains the other."""
    wanted, given = event.place, prediction.place
    if wanted is None or given is None:
        return False
    if wanted.country and countries([wanted.country]) != countries([given.country]):
        return False
    return not wanted.name or names_agree(wanted.name, given.name)


def sources_right(event: GoldEvent, prediction: Prediction, allowed: tuple[str, ...]) -> bool:
    """Whether every source of the gold is named, and no other but the speaker, the outlet or its relay."""
    named = all(any(names_agree(name, given) for given in prediction.sources) for name in event.sources)
    known = (*event.sources, *event.speakers, *allowed)
    return named and all(any(names_agree(given, name) for name in known) for given in prediction.sources)


def violations(
    traps: Sequence[Trap], predictions: Sequence[Prediction], pairs: Pairs
) -> Iterable[tuple[Trap, Prediction]]:
    """Each trap with each prediction that falls into it; one that is right by the gold never does."""
    sound = {id(one) for event, one in pairs if one.event_type in event.types and status_right(event, one)}
    for trap in traps:
        for one in predictions:
            fits = one.status == trap.status and (not trap.types or one.event_type in trap.types)
            if fits and trap.span.overlaps(one.trigger) and id(one) not in sound:
                yield trap, one


def figures(tally: Tally) -> dict[str, Any]:
    """The counts as the figures that are reported; ratios are rounded to four places."""
    out: dict[str, Any] = {
        "predicted": tally.predicted,
        "core": tally.core,
        "optional": tally.optional,
        "optional_found": tally.optional_found,
    }
    for level in LEVELS:
        out[level] = level_figures(tally.hits[level], tally.counted[level], tally.core)
    for name in ACCURACIES:
        right, asked = tally.right[name], tally.asked[name]
        out[name] = {"accuracy": round(ratio(right, asked), 4), "right": right, "asked": asked}
    out["traps"] = {"violated": tally.traps_violated, "total": tally.traps}
    kinds = sorted({kind for kind, _ in tally.types})
    out["by_type"] = {kind: {key: tally.types[kind, key] for key in ("tp", "fn", "fp")} for kind in kinds}
    return out


def level_figures(hits: int, counted: int, core: int) -> dict[str, float]:
    """Precision, recall and F1 of one level, with the counts behind them."""
    precision, recall = ratio(hits, counted), ratio(hits, core)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(ratio(2 * precision * recall, precision + recall), 4),
        "tp": hits,
        "fp": counted - hits,
        "fn": core - hits,
    }


def ratio(part: float, whole: float) -> float:
    """The part's share of the whole; 0 of nothing."""
    return part / whole if whole else 0.0


def describe(prediction: Prediction) -> str:
    """A prediction in a line: 'ACCUSE RUS>UKR asserted at 410 'blamed''."""
    sides = draw_sides(prediction.actors, prediction.recipients)
    what = f"{prediction.event_type} {sides} {prediction.status}"
    return f"{what} at {prediction.trigger.start} {prediction.words!r}"


def describe_gold(event: GoldEvent) -> str:
    """A gold event in a line."""
    sides = draw_sides(event.actors, event.recipients)
    return f"gold {event.id} {event.types[0]} {sides} {event.status}: {event.quote!r}"


def draw_sides(actors: frozenset[str], recipients: frozenset[str]) -> str:
    """'RUS>UKR', with '-' for nobody."""
    return ">".join("+".join(sorted(side)) or "-" for side in (actors, recipients))
