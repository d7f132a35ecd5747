"""Measures how far two codings of the same marked reports agree.

    python tools/agreement.py data/reports/*.reports --second data/second-coding/blind.reports
    python tools/agreement.py ... --list types          the paired events with two types, in their sentences
    python tools/agreement.py ... --list alone          the events that only one of the two coded
    python tools/agreement.py ... --list nearby         those of one type and sentence, marked at other words

Events of the two codings are paired within a report where their triggers share a character, one to one, so
that the pairing is worth most in all (as in docs/accuracy.md: the type weighs most, then parties, status and
core). Intervals are 95 % of resampled reports. Where an event line names alternative types, any of them
counts as the same; kappa and the confusions take the first.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.evaluation.gold import GoldPlace
from dragoman.evaluation.marked import gold_of_event, gold_of_report, sentence_around
from dragoman.evaluation.matching import assign, parties_right
from dragoman.evaluation.predictions import Prediction
from dragoman.evaluation.reports import MarkedEvent, MarkedReport, read_reports
from dragoman.evaluation.scoring import score_all
from dragoman.evaluation.values import countries, names_agree

Pair = tuple[MarkedEvent, MarkedEvent]
Figure = tuple[float, int]  # a share, and the number that it is a share of
Counts = Counter[Any]  # of one report: 'part' and 'whole', or how often two labels meet
Value = Callable[[MarkedEvent], object]
Same = Callable[[MarkedEvent, MarkedEvent], bool]
ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class Compared:
    """A report in both codings, and which event of one stands for which of the other."""

    first: MarkedReport
    second: MarkedReport
    pairs: tuple[Pair, ...]
    nearby: tuple[Pair, ...]  # events left over that have one type and stand in one sentence

    @property
    def all_pairs(self) -> tuple[Pair, ...]:
        return self.pairs + self.nearby


Count = Callable[[Compared], Counts]

# -------------------------------------------------------------------------------------------------- pairing


def compare(first: MarkedReport, second: MarkedReport) -> Compared:
    """Pairs the events of two codings of one text."""
    if first.document.text != second.document.text:
        raise SystemExit(f"{first.id}: the two codings have different texts")
    pairs = best_pairs(first.events, second.events, lambda one, other: one.trigger.overlaps(other.trigger))
    text = first.document.text
    rest = [
        [event for event in coding.events if all(pair[side] is not event for pair in pairs)]
        for side, coding in enumerate((first, second))
    ]
    nearby = best_pairs(
        *rest,
        lambda one, other: (
            typed(one, other) and sentence_around(one.trigger, text) == sentence_around(other.trigger, text)
        ),
    )
    return Compared(first, second, pairs, nearby)


def best_pairs(
    firsts: Sequence[MarkedEvent],
    seconds: Sequence[MarkedEvent],
    fits: Callable[[MarkedEvent, MarkedEvent], bool],
) -> tuple[Pair, ...]:
    """The one-to-one pairing of events that fit each other which is worth most in all."""
    worth = [[worth_of(one, other) * fits(one, other) for other in seconds] for one in firsts]
    return tuple((firsts[row], seconds[column]) for row, column in assign(worth))


def worth_of(one: MarkedEvent, other: MarkedEvent) -> float:
    """What it is worth to pair the two, if they fit."""
    same = 4.0 * typed(one, other) + 0.2 * same_parties(one, other) + 0.1 * (one.status == other.status)
    return 1.0 + same + 0.05 * (one.core == other.core)


def typed(one: MarkedEvent, other: MarkedEvent) -> bool:
    return not set(one.types).isdisjoint(other.types)


def same_parties(one: MarkedEvent, other: MarkedEvent) -> bool:
    """Whether both name the same countries on both sides (reciprocal acts in any order)."""
    return parties_right(gold_of_event(one, ""), prediction_of(other, "")) or parties_right(
        gold_of_event(other, ""), prediction_of(one, "")
    )


def prediction_of(event: MarkedEvent, text: str) -> Prediction:
    """The event as if a program had given it out, for the scorer."""
    return Prediction(
        event_type=event.types[0],
        status=event.status,
        trigger=event.trigger,
        words=event.trigger.cut(text),
        actors=countries(party.country for party in event.actors),
        recipients=countries(party.country for party in event.recipients),
        mode=event.mode,
        contexts=frozenset(event.contexts),
        days=event.when[1:] if event.when else None,
        place=GoldPlace(event.place[0].cut(text), event.place[1]) if event.place else None,
        sources=tuple(name for _, name in event.via),
    )


# -------------------------------------------------------------------------------- found, typed, who, strict

LEVELS: dict[str, Callable[[MarkedEvent, MarkedEvent], bool]] = {
    "detection": lambda one, other: True,
    "typed": typed,
    "who": lambda one, other: typed(one, other) and same_parties(one, other),
    "strict": lambda one, other: (
        typed(one, other) and same_parties(one, other) and one.status == other.status
    ),
}


def level_of_all(level: str) -> Count:
    """F1 of one coding against the other, over all events."""

    def count(report: Compared) -> Counts:
        hits = sum(LEVELS[level](*pair) for pair in report.pairs)
        return part_of(2 * hits, len(report.first.events) + len(report.second.events))

    return count


def level_of_core(level: str, nearby: bool = False) -> Count:
    """Share of either coding's core events that the other has, as core or optional, there or at a repeat."""

    def count(report: Compared) -> Counts:
        hits = events = 0
        pairs = report.all_pairs if nearby else report.pairs
        for side, coding in enumerate((report.first, report.second)):
            reached = {pair[side].number for pair in pairs if LEVELS[level](*pair)}
            repeats = {one.number: one.same for one in coding.events if one.same}
            reached |= {repeats[number] for number in reached if number in repeats}
            core = [one.number for one in coding.events if is_core(one)]
            hits += sum(number in reached for number in core)
            events += len(core)
        return part_of(hits, events)

    return count


def is_core(event: MarkedEvent) -> bool:
    return event.core and event.same is None


# ---------------------------------------------------------------------------------- fields of paired events


def pairs_of(report: Compared, only_typed: bool = True) -> list[Pair]:
    return [pair for pair in report.pairs if not only_typed or typed(*pair)]


def agreeing(same: Same, value: Value | None = None, sides: int = 0, only_typed: bool = True) -> Count:
    """The share of pairs that agree, of those in which at least so many sides give the value."""

    def count(report: Compared) -> Counts:
        pairs = pairs_of(report, only_typed)
        asked = given(pairs, value, sides) if value else pairs
        return part_of(sum(same(*pair) for pair in asked), len(asked))

    return count


def one_sided(value: Value) -> Count:
    """Of the pairs in which either side gives a value, the share in which only one does."""

    def count(report: Compared) -> Counts:
        either, both = (len(given(pairs_of(report), value, sides)) for sides in (1, 2))
        return part_of(either - both, either)

    return count


def labels(label: Value, only_typed: bool = True) -> Count:
    """How often each two labels meet, for kappa."""
    return lambda report: Counter((label(one), label(other)) for one, other in pairs_of(report, only_typed))


def part_of(part: int, whole: int) -> Counts:
    return Counter({"part": part, "whole": whole})


def ratio(counts: Counts) -> Figure:
    return (counts["part"] / counts["whole"] if counts["whole"] else 0.0), counts["whole"]


def kappa(counts: Counts) -> Figure:
    """Cohen's kappa: agreement beyond what the two coders' habits alone would bring."""
    total = sum(counts.values())
    if not total:
        return 0.0, 0
    firsts: Counter[object] = Counter()
    seconds: Counter[object] = Counter()
    for (one, other), times in counts.items():
        firsts[one] += times
        seconds[other] += times
    seen = sum(times for (one, other), times in counts.items() if one == other) / total
    chance = sum(firsts[value] * seconds[value] for value in firsts) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0, total


def given(pairs: Sequence[Pair], value: Callable[[MarkedEvent], object], sides: int) -> list[Pair]:
    """The pairs in which at least so many sides give a value."""
    return [pair for pair in pairs if sum(bool(value(one)) for one in pair) >= sides]


def same_sources(one: MarkedEvent, other: MarkedEvent) -> bool:
    """Whether each source of either is named by the other."""
    mine, theirs = [name for _, name in one.via], [name for _, name in other.via]
    return all(any(names_agree(name, given) for given in theirs) for name in mine) and all(
        any(names_agree(name, given) for given in mine) for name in theirs
    )


def countries_of(side: str) -> Callable[[MarkedEvent, MarkedEvent], bool]:
    """Whether the two name the same countries on the side, 'actors' or 'recipients'."""

    def same(one: MarkedEvent, other: MarkedEvent) -> bool:
        mine, theirs = (countries(party.country for party in getattr(event, side)) for event in (one, other))
        return mine == theirs

    return same


def status(event: MarkedEvent) -> object:
    return event.status


def via(event: MarkedEvent) -> object:
    return event.via


def mode(event: MarkedEvent) -> object:
    return event.mode


def days(event: MarkedEvent) -> object:
    return event.when and event.when[1:]


def place(event: MarkedEvent) -> object:
    return event.place and event.place[1]


def equal(value: Value) -> Same:
    return lambda one, other: value(one) == value(other)


MEASURES: dict[str, tuple[Count, Callable[[Counts], Figure]]] = {
    **{f"{level} F1, all events": (level_of_all(level), ratio) for level in LEVELS},
    **{f"{level} F1, core events": (level_of_core(level), ratio) for level in LEVELS},
    **{f"{level} F1, core, in the same sentence": (level_of_core(level, True), ratio) for level in LEVELS},
    "type, of pairs": (agreeing(typed, only_typed=False), ratio),
    "type, kappa": (labels(lambda event: event.types[0], False), kappa),
    "status, of pairs": (agreeing(equal(status), only_typed=False), ratio),
    "status, kappa": (labels(status, False), kappa),
    "core, of pairs": (agreeing(equal(is_core), only_typed=False), ratio),
    "core, kappa": (labels(is_core, False), kappa),
    "actors": (agreeing(countries_of("actors")), ratio),
    "recipients": (agreeing(countries_of("recipients")), ratio),
    "actors and recipients": (agreeing(same_parties), ratio),
    "mode, where both give one": (agreeing(equal(mode), mode, 2), ratio),
    "mode, given by one alone": (one_sided(mode), ratio),
    "date, where both give one": (agreeing(equal(days), days, 2), ratio),
    "date, given by one alone": (one_sided(days), ratio),
    "country of place, where both give one": (agreeing(equal(place), place, 2), ratio),
    "place, given by one alone": (one_sided(place), ratio),
    "source, where either names one": (agreeing(same_sources, via, 1), ratio),
    "source, named by one alone": (one_sided(via), ratio),
    "source or none, kappa": (labels(lambda event: bool(event.via)), kappa),
}


# ------------------------------------------------------------------------------------------------ reporting


def table(reports: Sequence[Compared], rounds: int) -> str:
    """Every figure, the middle 95 % of it over resampled reports, and what it is a share of."""
    chance = random.Random(0)
    draws = [chance.choices(range(len(reports)), k=len(reports)) for _ in range(rounds)]
    lines = ["| figure | value | 95 % | of |", "| --- | ---: | --- | ---: |"]
    for name, (count, figure) in MEASURES.items():
        counts = [count(report) for report in reports]
        value, whole = figure(total(counts))
        drawn = sorted(figure(total(counts[at] for at in draw))[0] for draw in draws)
        low, high = drawn[rounds // 40], drawn[-1 - rounds // 40]
        lines.append(f"| {name} | {value:.3f} | {low:.2f} to {high:.2f} | {whole} |")
    return "\n".join(lines)


def total(counts: Iterable[Counts]) -> Counts:
    summed: Counts = Counter()
    for one in counts:
        summed.update(one)
    return summed


def every_pair(reports: Iterable[Compared]) -> list[Pair]:
    return [pair for report in reports for pair in report.pairs]


def as_scored(reports: Sequence[Compared]) -> str:
    """The figures of `dragoman evaluate`, as if one coding were gold and the other a program's."""
    lines = ["| gold | " + " | ".join(LEVELS) + " | status | date | mode |", "| --- |" + " ---: |" * 7]
    for name, turned in (("the first coding", False), ("the second coding", True)):
        both = [(one.second, one.first) if turned else (one.first, one.second) for one in reports]
        scored = [
            (gold_of_report(gold), [prediction_of(event, gold.document.text) for event in other.events])
            for gold, other in both
        ]
        total = score_all(scored).total
        values = [total[level]["f1"] for level in LEVELS]
        values += [total[field]["accuracy"] for field in ("status", "date", "mode")]
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return "\n".join(lines)


def confusions(reports: Sequence[Compared], least: int) -> str:
    """The pairs of types that stand on one trigger, the commonest first."""
    found = Counter(
        tuple(sorted((one.types[0], other.types[0])))
        for one, other in every_pair(reports)
        if not typed(one, other)
    )
    rows = [f"| {' / '.join(kinds)} | {count} |" for kinds, count in found.most_common() if count >= least]
    return "\n".join(["| types | times |", "| --- | ---: |", *rows])


def by_type(reports: Sequence[Compared]) -> str:
    """For each type, how many of either coding there are and how far they agree."""
    hits = Counter(one.types[0] for one, other in every_pair(reports) if one.types[0] == other.types[0])
    events = Counter(
        event.types[0] for one in reports for coding in (one.first, one.second) for event in coding.events
    )
    rows = [
        f"| {kind} | {events[kind]} | {2 * hits[kind] / events[kind]:.2f} |"
        for kind in sorted(events, key=lambda kind: -hits[kind] / events[kind])
    ]
    return "\n".join(["| type | events in both codings | F1 |", "| --- | ---: | ---: |", *rows])


def listing(reports: Sequence[Compared], what: str) -> Iterable[str]:
    """The disagreements of a kind, each in its sentence: one of ``KINDS``."""
    differs: dict[str, Callable[[MarkedEvent, MarkedEvent], bool]] = {
        "types": lambda one, other: not typed(one, other),
        "parties": lambda one, other: typed(one, other) and not same_parties(one, other),
        "status": lambda one, other: one.status != other.status,
        "dates": lambda one, other: typed(one, other) and days(one) != days(other),
        "places": lambda one, other: typed(one, other) and place(one) != place(other),
        "modes": lambda one, other: typed(one, other) and one.mode != other.mode,
        "sources": lambda one, other: typed(one, other) and not same_sources(one, other),
    }
    for report in reports:
        name, text = report.first.id.split()[0], report.first.document.text
        if what == "nearby":
            for one, other in report.nearby:
                yield f"{name} A {describe(one)} | B {describe(other)}\n    {in_sentence(one, text)}"
            continue
        if what == "alone":
            for side, coding in enumerate((report.first, report.second)):
                paired = {pair[side].number for pair in report.all_pairs}
                for event in coding.events:
                    if event.number not in paired:
                        yield f"{name} {'AB'[side]} {describe(event)}\n    {in_sentence(event, text)}"
            continue
        for one, other in report.pairs:
            if differs[what](one, other):
                yield f"{name} A {describe(one)} | B {describe(other)}\n    {in_sentence(one, text)}"


def describe(event: MarkedEvent) -> str:
    """The event in a line."""
    sides = [
        "+".join(sorted(countries(party.country for party in side))) or "-"
        for side in (event.actors, event.recipients)
    ]
    values = [f"{event.number} {'+'.join(event.types)}/{event.mode or ''} {event.status} {'>'.join(sides)}"]
    if event.when:
        values.append(f"{event.when[1]}..{event.when[2]}")
    if event.place:
        values.append(f"in {event.place[1]}")
    if event.via:
        values.append("via " + "; ".join(name for _, name in event.via))
    return " ".join([*values, *([] if is_core(event) else ["(optional)"])])


def in_sentence(event: MarkedEvent, text: str) -> str:
    """The sentence of the event with its trigger in brackets."""
    around = sentence_around(event.trigger, text)
    start, end = event.trigger.start, event.trigger.end
    marked = f"{text[around.start : start]}[{text[start:end]}]{text[end : max(end, around.end)]}"
    return " ".join(marked.split())


def main() -> None:
    """Runs the measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", nargs="+", type=Path, help="files of the first coding")
    parser.add_argument("--second", required=True, type=Path, help="the second coding")
    kinds = ["types", "parties", "status", "dates", "places", "modes", "sources", "alone", "nearby"]
    parser.add_argument("--list", choices=kinds, help="list disagreements instead")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often reports are resampled")
    options = parser.parse_args()
    seconds = {report.id: report for report in read_reports([options.second])}
    firsts = {one.id: one for one in read_reports(options.first) if one.id in seconds and not one.is_test}
    reports = [compare(firsts[name], second) for name, second in seconds.items()]
    if options.list:
        print("\n".join(listing(reports, options.list)))
        return
    events = [sum(len(getattr(one, side).events) for one in reports) for side in ("first", "second")]
    cores = [
        sum(is_core(event) for one in reports for event in getattr(one, side).events)
        for side in ("first", "second")
    ]
    print(
        f"{len(reports)} reports; {events[0]} events in the first coding ({cores[0]} core), "
        f"{events[1]} in the second ({cores[1]} core); {len(every_pair(reports))} pairs, "
        f"{sum(len(one.nearby) for one in reports)} more of one type and sentence\n"
    )
    print("\n\n".join([table(reports, options.rounds), as_scored(reports), by_type(reports)]))
    print("\n" + confusions(reports, 2))


if __name__ == "__main__":
    main()
