"""Codes marked reports and lists what came out wrong, each error in its sentence.

    python tools/list_errors.py data/reports/ao-*.reports               every error, then the figures
    python tools/list_errors.py data/reports/a[o-t]-*.reports --step 5  codes only every fifth report
    python tools/list_errors.py ... --kind who --every 3                every third error of one kind
    python tools/list_errors.py ... --kind date --kind place --paragraph    of two, in whole paragraphs

The kinds are miss, alarm, type, who, status, date, place, source, mode and context; an event of the
right type may have several of the last seven. They are counted as docs/accuracy.md says. Reports of the test
part (number divisible by 5) are never read for errors: they are refused.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluation import GoldDocument, GoldEvent, Prediction, gold_of_report, prediction_of, score_all
from dragoman.evaluation.marked import sentence_around
from dragoman.evaluation.matching import match
from dragoman.evaluation.predictions import outside_titles
from dragoman.evaluation.reports import MarkedReport, read_reports
from dragoman.evaluation.scoring import (
    ACCURACIES,
    LEVELS,
    describe,
    describe_gold,
    draw_sides,
    judge,
    levels_reached,
)
from dragoman.intake import make_document
from dragoman.output import to_wire
from dragoman.pipeline import Coder
from dragoman.records import Span

KINDS = ("miss", "alarm", "type", "who", "status", "date", "place", "source", "mode", "context")
Scored = tuple[GoldDocument, list[Prediction]]


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that went wrong: its kinds, the words it is about, and lines that say what was told."""

    kinds: tuple[str, ...]
    span: Span
    lines: tuple[str, ...]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("reports", type=Path, nargs="+")
    options.add_argument("--step", type=int, default=1, help="code only every such report of each file")
    options.add_argument("--every", type=int, default=1, help="print only every such error")
    options.add_argument("--kind", choices=KINDS, action="append", help="print only errors of this kind")
    options.add_argument("--paragraph", action="store_true", help="print the title and the whole paragraph")
    chosen = options.parse_args()
    reports = readable(chosen.reports, chosen.step)
    coder = Coder()
    scored = [code(coder, report) for report in reports]
    counts: Counter[str] = Counter()
    found = 0
    for gold, predictions in scored:
        for error in errors_of(gold, predictions):
            counts.update(error.kinds)
            if not set(chosen.kind or KINDS) & set(error.kinds):
                continue
            if found % chosen.every == 0:
                print(draw(gold, error, found, chosen.paragraph), end="\n\n")
            found += 1
    print(draw_figures(scored, counts))


def readable(paths: Sequence[Path], step: int) -> list[MarkedReport]:
    """Every so many reports of each file, less those of the test part; ends the program if none is left."""
    out: list[MarkedReport] = []
    for path in paths:
        reports = list(read_reports([path]))
        open_ones = [report for report in reports if not report.is_test]
        if hidden := len(reports) - len(open_ones):
            print(f"{path}: {hidden} reports of the test part refused", file=sys.stderr)
        out += open_ones[::step]
    if not out:
        raise SystemExit("no report is left: those of the test part are not read for errors")
    return out


def code(coder: Coder, report: MarkedReport) -> Scored:
    """The report's gold, and what the coder makes of its bare text."""
    text = report.document.text
    header = report.header
    document = make_document(text, published=header.get("published"), outlet=header.get("outlet"))
    wires = [to_wire(mention, document) for mention in coder.code(document)]
    predictions = [prediction_of(wire, text, report.id) for wire in wires]
    return gold_of_report(report), outside_titles(predictions, text)


def errors_of(gold: GoldDocument, predictions: Sequence[Prediction]) -> Iterator[Error]:
    """What went wrong in one report, in the order of the text."""
    pairs = match(gold.events, predictions)
    fits = {id(prediction) for _, prediction in pairs}
    partner = {event.id: prediction for event, prediction in pairs}
    alarms = [one for one in predictions if id(one) not in fits]
    found = [Error(("alarm",), one.trigger, (f"told {describe(one)}",)) for one in alarms]
    for event in gold.events:
        error = error_at(event, partner.get(event.id), gold.sources)
        if error:
            found.append(error)
    yield from sorted(found, key=lambda one: one.span.start)


def error_at(event: GoldEvent, told: Prediction | None, allowed: tuple[str, ...]) -> Error | None:
    """What is wrong with one gold event, if anything; an optional one can only have a wrong type."""
    if told is None:
        missed = Error(("miss",), event.passages[0].anchor, (describe_gold(event),))
        return missed if event.core else None
    lines = (f"told {describe(told)}", describe_gold(event) + ("" if event.core else " (optional)"))
    if told.event_type not in event.types:
        return Error(("type",), told.trigger, lines)
    if not event.core:
        return None
    verdicts = judge(event, told, allowed)
    wrong = [] if "who" in levels_reached(event, told) else ["who"]
    wrong += [name for name, right in verdicts.items() if not right and name != "attribution_named"]
    kinds = tuple("source" if name == "attribution" else name for name in wrong)
    details = [f"  {kind}: told {value(told, kind)}, gold {value(event, kind)}" for kind in kinds]
    return Error(kinds, told.trigger, (*lines, *details)) if kinds else None


def value(one: GoldEvent | Prediction, kind: str) -> str:
    """What the gold or the coder says of one field."""
    modes = one.modes if isinstance(one, GoldEvent) else (one.mode or "",)
    place = one.place
    drawn = {
        "who": draw_sides(one.actors, one.recipients),
        "status": one.status,
        "date": " to ".join(str(day) for day in one.days or ()),
        "place": f"{place.name} ({place.country or 'no country'})" if place else "",
        "source": "; ".join(one.sources),
        "mode": " or ".join(modes),
        "context": "+".join(sorted(one.contexts)),
    }
    return drawn[kind] or "nothing"


def draw(gold: GoldDocument, error: Error, number: int, whole: bool) -> str:
    """The error with its sentence or paragraph, the words it is about in double brackets."""
    text, span = gold.text, error.span
    quote = sentence_around(span, text)
    if whole:
        start = text.rfind("\n\n", 0, span.start) + 2
        quote = Span(start if start > 1 else 0, (text + "\n\n").index("\n\n", span.end))
    before, after = text[quote.start : span.start], text[span.end : quote.end]
    sentence = f"{before}[[{span.cut(text)}]]{after}".replace("\n", " ")
    title = [text.split("\n", 1)[0]] if whole else []
    head = f"{number} {gold.name}: {', '.join(error.kinds)}"
    return "\n".join([head, *error.lines, *title, f"> {sentence}"])


def draw_figures(scored: Sequence[Scored], counts: Counter[str]) -> str:
    """The overall figures and how many errors of each kind there were."""
    total = score_all(scored).total
    lines = [f"{len(scored)} reports, {total['core']} core events, {total['predicted']} told"]
    lines += [
        f"{level:12} precision {total[level]['precision']:.3f} recall {total[level]['recall']:.3f}"
        f" F1 {total[level]['f1']:.3f}"
        for level in LEVELS
    ]
    lines += [f"{name:18} {total[name]['accuracy']:.3f} of {total[name]['asked']}" for name in ACCURACIES]
    return "\n".join([*lines, ", ".join(f"{kind} {counts[kind]}" for kind in KINDS)])


if __name__ == "__main__":
    main()
