"""Measures how mentions of several reports are merged into events, against sets of reports with happenings.

    python tools/measure_merging.py [REPORTS…]             the gold's mentions are merged
    python tools/measure_merging.py [REPORTS…] --coded     the texts are coded, and what was found is merged
    … --errors wrong|missed [--count N]                    pairs of the development sets, with what was judged

All sets are merged as one corpus. The held-back sets (data/merging/README.md) are only scored. With
``--coded`` a gold mention that was not found stands alone, so that its pairs are missed, and a found one that
is not in the gold is left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.assemble import Sketch, group, judge, sketch_of
from dragoman.copies import CopyFinder
from dragoman.evaluation.gold import GoldEvent
from dragoman.evaluation.happenings import Setting, document_id, mention_id, mentions_of, read_sets
from dragoman.evaluation.marked import gold_of_event
from dragoman.evaluation.matching import hits_anchor, match
from dragoman.evaluation.merging import (
    SHARES,
    MergingScore,
    Told,
    intervals,
    missed_pairs,
    score_merging,
    wrong_pairs,
)
from dragoman.evaluation.predictions import Prediction
from dragoman.evaluation.reports import MarkedReport
from dragoman.evaluation.values import countries
from dragoman.records import Document, EventMention
from dragoman.store.rows import Entry, Stamp, mention_row

if TYPE_CHECKING:
    from dragoman.pipeline import Coder

FOLDER = Path(__file__).parents[1] / "data" / "merging"
STAMP = Stamp("", "", "", datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Material:
    """The reports with their mentions, and the mention that stands for each gold mention (by its id)."""

    settings: Sequence[Setting]
    mentions: Mapping[str, list[EventMention]]
    standing: Mapping[str, str]


def document_of(report: MarkedReport) -> Document:
    """The report's document under its number alone."""
    return replace(report.document, id=document_id(report))


def marked(settings: Sequence[Setting]) -> Material:
    """The gold's own mentions."""
    mentions: dict[str, list[EventMention]] = {}
    for setting in settings:
        for one in mentions_of(setting):
            mentions.setdefault(one.document_id, []).append(one)
    every = [one.id for found in mentions.values() for one in found]
    return Material(settings, mentions, dict(zip(every, every, strict=True)))


def coded(settings: Sequence[Setting]) -> Material:
    """What the coder finds, and for each gold mention that it found the mention it stands for."""
    coder = loaded_coder()
    mentions: dict[str, list[EventMention]] = {}
    standing: dict[str, str] = {}
    for setting in settings:
        for report in setting.reports:
            document = document_of(report)
            mentions[document.id] = coder.code(document)
            standing |= found_in(report, mentions[document.id])
    return Material(settings, mentions, standing)


@cache
def loaded_coder() -> Coder:
    """The coder, loaded once."""
    from dragoman.pipeline import Coder

    return Coder()


def found_in(report: MarkedReport, mentions: Sequence[EventMention]) -> dict[str, str]:
    """For each gold mention of the report that was found, the id of what was found.

    Found is what overlaps the marked words, or has the marked event's type in its sentence.
    """
    text = report.document.text
    events = [replace(gold_of_event(event, text), same_as=None) for event in report.events]
    predictions = {prediction_of(one, text): one.id for one in mentions}
    pairs = match(events, list(predictions))
    return {
        mention_id(report, int(event.id)): predictions[prediction]
        for event, prediction in pairs
        if stands_for(event, prediction)
    }


def stands_for(event: GoldEvent, prediction: Prediction) -> bool:
    """Whether the two are about one passage."""
    return hits_anchor(event, prediction) or prediction.event_type in event.types


def prediction_of(mention: EventMention, text: str) -> Prediction:
    """The mention as it is scored."""
    return Prediction(
        event_type=mention.event_type,
        status=str(mention.status),
        trigger=mention.trigger,
        words=mention.trigger.cut(text),
        actors=countries(party.entity.country for party in mention.actors),
        recipients=countries(party.entity.country for party in mention.recipients),
    )


def sketches(material: Material) -> list[Sketch]:
    """The sketches of all mentions; reprints are known as in a corpus to which the reports come by day."""
    copies = CopyFinder()
    reports = [report for setting in material.settings for report in setting.reports]
    found = []
    for report in sorted(reports, key=lambda one: (one.header["published"], one.id)):
        document = document_of(report)
        copy = copies.seen(document)
        entry = Entry(document, document.published, copy=copy)
        for mention in material.mentions.get(document.id, []):
            found.append(sketch_of(row_of(mention, entry)))
    return found


def row_of(mention: EventMention, entry: Entry) -> dict[str, Any]:
    """The mention as a row of the corpus, with what assembling adds to it."""
    passage = mention.span.cut(entry.document.text)
    copy_of = entry.copy[0] if entry.copy else None
    return {**mention_row(mention, entry, STAMP), "passage": passage, "copy_of": copy_of}


def told(material: Material, drawn: Sequence[Sketch]) -> list[Told]:
    """Every gold mention with its happening and the event that it was put into."""
    event = {member: one.members[0] for one in group(drawn) for member in one.members}
    return [
        Told(
            mention=name,
            report=document_id(report),
            happening=f"{setting.name}/{marks.happening}",
            event=event.get(material.standing.get(name, ""), f"not found: {name}"),
            part=setting.name,
        )
        for setting in material.settings
        for report in setting.reports
        for marks in report.events
        for name in [mention_id(report, marks.number)]
    ]


def draw(title: str, score: MergingScore, bounds: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """The figures of one part."""
    yield f"{title}: {score.mentions} mentions, {score.pairs_gold} pairs across reports"
    yield f"  {score.pairs_given} pairs given, {score.pairs_right} right; {score.merged} mentions merged"
    for share in SHARES:
        value = getattr(score, share)
        low, high = bounds.get(share, (None, None))
        spread = f"   {low:.3f} to {high:.3f}" if low is not None and high is not None else ""
        yield f"  {share:<20}{'none' if value is None else f'{value:.3f}'}{spread}"


def show(pairs: Iterable[tuple[Told, Told]], material: Material, drawn: Sequence[Sketch]) -> Iterator[str]:
    """Each pair with its words and the judgement on it."""
    at = {one.mention_id: one for one in drawn}
    marks = {
        mention_id(report, event.number): (report, event)
        for setting in material.settings
        for report in setting.reports
        for event in report.events
    }
    for pair in pairs:
        yield f"{pair[0].happening} | {pair[1].happening}"
        for one in pair:
            report, event = marks[one.mention]
            quote = gold_of_event(event, report.document.text).quote
            word = event.trigger.cut(report.document.text)
            yield f"    {one.mention} {event.types[0]} {event.status} <{word}> {quote}"
        two = [at.get(material.standing.get(one.mention, "")) for one in pair]
        verdict = judge(two[0], two[1]) if two[0] and two[1] else "not found"
        yield f"    {verdict}"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--coded", action="store_true", help="code the texts, and merge what is found")
    options.add_argument("--errors", choices=("wrong", "missed"), help="list errors of the development sets")
    options.add_argument("--count", type=int, default=1000)
    chosen = options.parse_args()
    settings = read_sets(chosen.reports or sorted(FOLDER.glob("*.reports")))
    material = coded(settings) if chosen.coded else marked(settings)
    drawn = sketches(material)
    every = told(material, drawn)
    dev = {one.name for one in settings if one.is_dev}
    if chosen.errors:
        own = [one for one in every if one.part in dev]
        pairs = (wrong_pairs if chosen.errors == "wrong" else missed_pairs)(own)
        print("\n".join(show(list(pairs)[: chosen.count], material, drawn)))
        return
    found = sum(name in material.standing for name in (one.mention for one in every))
    print(f"{len(every)} gold mentions, {found} of them at hand; {len(drawn)} mentions merged as one corpus")
    for title, among in (("dev", dev), ("held", {one.name for one in settings} - dev)):
        print("\n".join(draw(title, score_merging(every, among), intervals(every, among))))


if __name__ == "__main__":
    main()
