"""Checks marked reports (data/reports/FORMAT.md) and counts what is in them.

    python tools/check_reports.py data/reports/*.reports            counts, or every fault with file and line
    python tools/check_reports.py --jsonl data/reports/*.reports    one JSON object a report, with offsets

Exit code 1 if there are faults.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dragoman.evaluation.reports import MarkedEvent, MarkedParty, MarkedReport, parse_report
from dragoman.events.codebook import load_codebook
from dragoman.records import Span

STATUSES = {"asserted", "negated", "possible", "planned", "requested", "denied"}
HEAD_KEYS = {"title", "outlet", "published", "style", "relays", "note"}
FIELDS = {
    "who",
    "to",
    "when",
    "in",
    "via",
    "ctx",
    "killed",
    "injured",
    "arrested",
    "same",
    "re",
    "core",
    "stance",
    "hap",
}
START = re.compile(r"^===[ \t]*(?=\S)", re.MULTILINE)
COUNTRY = re.compile(r"[A-Z]{3}")
COUNT = re.compile(r"\d+(-\d+)?")


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """The text of each report with the number of its first line."""
    starts = [match.start() for match in START.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = re.sub(r"^===[ \t]*", "", text[start:end], flags=re.MULTILINE)
        yield text.count("\n", 0, start) + 1, block


def read(path: Path) -> tuple[list[MarkedReport], list[str]]:
    """Every report of a file that can be read, and a line for each fault."""
    reports, faults = [], []
    for line, block in blocks(path.read_text(encoding="utf-8")):
        where = f"{path.name}:{line}: {block.strip().splitlines()[0]}"
        try:
            report = parse_report(block)
        except (ValueError, KeyError, IndexError) as fault:
            faults.append(f"{where}: {fault!r}")
            continue
        reports.append(report)
        faults += [f"{where}: {fault}" for fault in (*head_faults(report), *event_faults(report, block))]
    return reports, faults


def head_faults(report: MarkedReport) -> Iterator[str]:
    """What is wrong above the text, and with the text's markers."""
    for key in report.header:
        if key not in HEAD_KEYS:
            yield f"not a head line: {key!r}"
    for key in ("title", "published"):
        if not report.header.get(key):
            yield f"no {key}"
    if re.search(r"[{}]", report.document.text):
        yield "a brace that is no marker"
    if not re.search(r"\d", report.id.split()[0]):
        yield "the id has no number"


def event_faults(report: MarkedReport, block: str) -> Iterator[str]:
    """What is wrong with the event lines."""
    numbers = [event.number for event in report.events]
    marked = {int(n) for group in re.findall(r"\{(\d+(?:,\d+)*):", block) for n in group.split(",")}
    if len(set(numbers)) < len(numbers):
        yield "an event number stands twice"
    if marked - set(numbers):
        yield f"markers without an event line: {sorted(marked - set(numbers))}"
    lines = block.rsplit("\n---", 1)[-1].splitlines()
    fields = {part.partition(":")[0].strip() for line in lines for part in line.split(" | ")[1:]}
    if fields - FIELDS:
        yield f"not fields: {sorted(fields - FIELDS)}"
    for event in report.events:
        yield from (f"event {event.number}: {fault}" for fault in code_faults(event))
        if bool(event.happening) != any(one.happening for one in report.events):
            yield f"event {event.number}: no happening, though other events of the report have one"
        for other in (event.same, event.responds_to):
            if other is not None and other not in numbers:
                yield f"event {event.number}: there is no event {other}"


def code_faults(event: MarkedEvent) -> Iterator[str]:
    """Codes of an event that the codebook does not have."""
    book = load_codebook()
    yield from (f"not a type: {kind}" for kind in event.types if kind not in book.types)
    modes = {mode for kind in event.types if kind in book.types for mode in book.modes_of(kind)}
    if event.mode and event.mode not in modes:
        yield f"{event.types[0]} has no mode {event.mode}"
    if event.status not in STATUSES:
        yield f"not a status: {event.status}"
    for party in (*event.actors, *event.recipients):
        if party.country in book.sectors:
            yield f"a sector where a country belongs (write /{party.country}): {party.words!r}"
        elif party.country and not COUNTRY.fullmatch(party.country):
            yield f"not a country code: {party.country!r}"
        if party.sector and party.sector not in book.sectors:
            yield f"not a sector: {party.sector!r}"
        if not party.country and not party.sector:
            yield f"a party without a code: {party.words!r}"
    yield from (f"not a context: {one}" for one in event.contexts if one not in book.contexts)
    yield from (f"not a count: {key} {one}" for key, one in event.counts.items() if not COUNT.fullmatch(one))
    if event.stance not in (None, "disputed", "endorsed"):
        yield f"not a stance: {event.stance}"
    if event.when and event.when[1] > event.when[2]:
        yield "the interval ends before it starts"


def summary(reports: list[MarkedReport]) -> str:
    """Counts of everything."""
    events = [event for report in reports for event in report.events]
    words = sum(len(report.document.text.split()) for report in reports)
    tests = sum(report.is_test for report in reports)
    lines = [f"{len(reports)} reports ({tests} of the test part), {words} words, {len(events)} events"]
    lines.append(f"types: {dict(Counter(event.types[0] for event in events).most_common())}")
    lines.append(f"statuses: {dict(Counter(event.status for event in events).most_common())}")
    return "\n".join(lines)


def as_json(report: MarkedReport) -> str:
    """The report as one line of JSON, with offsets into its text and the wire format's keys."""
    values = {
        "id": report.id.split()[0],
        **{key: report.header.get(key) for key in ("title", "outlet", "published", "style")},
        "text": report.document.text,
        "events": [event_as_json(event, report.document.text) for event in report.events],
    }
    return json.dumps(values, ensure_ascii=False, default=str)


def event_as_json(event: MarkedEvent, text: str) -> dict[str, Any]:
    """An event under the wire format's names; ``same`` and ``re`` are numbers of the report's own events."""
    out: dict[str, Any] = {
        "n": event.number,
        "event_type": event.types[0],
        "alt_types": list(event.types[1:]),
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "trigger": cut(event.trigger, text),
        "actors": [party_as_json(one) for one in event.actors],
        "recipients": [party_as_json(one) for one in event.recipients],
        "attribution": [
            {"name": name, "text": span.cut(text), "span": asdict(span)} for span, name in event.via
        ],
        "core": event.core,
        "same": event.same,
        "re": event.responds_to,
        "stance": event.stance,
        **{name: [int(one) for one in told.split("-")] for name, told in event.counts.items()},
    }
    if event.when:
        words, start, end = event.when
        out["date"] = {"start": start, "end": end, "text": words.cut(text), "span": asdict(words)}
    if event.place:
        words, country = event.place
        out["place"] = {"name": words.cut(text), "country": country, "span": asdict(words)}
    return out


def party_as_json(party: MarkedParty) -> dict[str, Any]:
    """A party under the wire format's names."""
    return {
        "text": party.words,
        "name": party.name,
        "country": party.country,
        "sector": party.sector,
        "span": asdict(party.span),
    }


def cut(span: Span, text: str) -> dict[str, Any]:
    """A span with its words."""
    return {**asdict(span), "text": span.cut(text)}


def main() -> int:
    """Runs the check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--jsonl", action="store_true")
    options = parser.parse_args()
    reports: list[MarkedReport] = []
    faults: list[str] = []
    for path in options.files:
        found, wrong = read(path)
        reports += found
        faults += wrong
    ids = Counter(report.id.split()[0] for report in reports)
    faults += [f"the id {one} stands {count} times" for one, count in ids.items() if count > 1]
    for fault in faults:
        print(fault, file=sys.stderr)
    print("\n".join(map(as_json, reports)) if options.jsonl else summary(reports))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
