"""Measures contexts and casualties on gold triggers, types and modes.

    python tools/measure_details.py REPORTS.jsonl

Reports whose number is divisible by 5 are never read; those ending in 3 are counted apart. A casualty figure
is right if its lower end is gold's; gold does not give every figure that the text has.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from string import ascii_letters
from time import process_time

from dragoman.events import casualties_of, contexts_of, mode_hints, span_of
from dragoman.parse import Parser
from dragoman.records import Document, Span


def count_casualties(counts: Counter[str], event: dict, found) -> None:
    for kind in ("killed", "injured"):
        gold, given = event.get(kind), getattr(found, kind)
        counts[f"{kind} gold"] += bool(gold)
        counts[f"{kind} given"] += given is not None
        counts[f"{kind} right"] += bool(gold) and given is not None and given.low == gold[0]


def main() -> None:
    parser, counts = Parser(), defaultdict(Counter)
    seconds = words = 0.0
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        if int(report["id"].lstrip(ascii_letters)) % 5 == 0:
            continue
        one = counts["held" if report["id"].endswith("3") else "rest"]
        doc = parser.parse(Document(id=report["id"], text=report["text"]))
        words += len(report["text"].split())
        for event in report["events"]:
            span = Span(event["trigger"]["start"], event["trigger"]["end"])
            kind, gold = event["event_type"], set(event["contexts"])
            begun = process_time()
            given = set(contexts_of(doc, span, kind, event["mode"]))
            casualties = casualties_of(doc, span, kind)
            mode_hints(doc, span, kind)
            span_of(doc, span)
            seconds += process_time() - begun
            one["with contexts"] += bool(gold)
            one["all there"] += bool(gold) and gold <= given
            one["contexts given"] += len(given)
            one["contexts right"] += len(gold & given)
            count_casualties(one, event, casualties)
    for part, one in sorted(counts.items()):
        share = one["all there"] / one["with contexts"]
        precision = one["contexts right"] / one["contexts given"]
        print(f"{part} contexts: all of gold's there {share:.3f}, precision {precision:.3f}")
        for kind in ("killed", "injured"):
            right, given, gold = one[f"{kind} right"], one[f"{kind} given"], one[f"{kind} gold"]
            print(
                f"{part} {kind}: {gold} in gold, found {right / gold:.3f}, of those given {right / given:.3f}"
            )
    print(f"{1e6 * seconds / words:.1f} microseconds a word for modes, contexts, casualties and spans")


if __name__ == "__main__":
    main()
