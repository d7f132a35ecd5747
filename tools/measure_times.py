"""Measures the room of times on coded reports: words located, value right, and which words date which act.

    python tools/measure_times.py REPORTS.jsonl [--errors] [--only 3] [--skip 3]

REPORTS.jsonl is what ``tools/check_reports.py --jsonl`` writes; reports whose number is divisible by 5
are left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import date
from pathlib import Path
from string import ascii_letters

from spacy.tokens import Doc, DocBin

from dragoman.parse import Parser
from dragoman.records import Document, Precision, TimeRef
from dragoman.times import find_times, governing_time


def load(path: Path, cache: Path | None) -> list[tuple[dict, Document, Doc]]:
    """The reports with their documents, parsed or from a cache of parses."""
    reports = [json.loads(line) for line in path.open(encoding="utf-8")]
    reports = [one for one in reports if number(one) % 5]
    parser = Parser()
    docs = None
    if cache is not None and cache.exists():
        docs = list(DocBin().from_disk(cache).get_docs(parser.nlp.vocab))
    out = []
    for index, report in enumerate(reports):
        day = date.fromisoformat(report["published"])
        document = Document(
            id=report["id"], text=report["text"], published=TimeRef(day, day, Precision.DAY, "given")
        )
        out.append((report, document, docs[index] if docs else parser.parse(document)))
    if cache is not None and docs is None:
        binary = DocBin()
        for _, _, doc in out:
            binary.add(doc)
        binary.to_disk(cache)
    return out


def number(report: dict) -> int:
    """A report's number within its file: 1 for 'A01 dniester-mortars'."""
    return int(report["id"].lstrip(ascii_letters))


def right(time: TimeRef, gold: dict) -> bool:
    """Whether the days found lie within the gold ones."""
    if time.start is None or time.end is None:
        return False
    return gold["start"] <= time.start.isoformat() and time.end.isoformat() <= gold["end"]


def overlapping(times: list[TimeRef], start: int, end: int) -> list[TimeRef]:
    """The times whose words share a character with the stretch."""
    return [one for one in times if one.span and one.span.start < end and start < one.span.end]


def show(kind: str, report: dict, gold: dict, times: list[TimeRef]) -> None:
    """Prints one error with its passage."""
    start, end, text = gold["span"]["start"], gold["span"]["end"], report["text"]
    found = [f"{one.text}={one.start}/{one.end}:{one.rule}" for one in times]
    print(f"{kind} {report['id'][:3]} gold {gold['start']}/{gold['end']} got {found}")
    passage = f"{text[max(0, start - 130) : start]}[[{gold['text']}]]{text[end : end + 60]}"
    print("    " + passage.replace("\n", "|"))


def measure_values(loaded: list, errors: bool) -> None:
    """Prints how many gold words were located, and how many of their values are right."""
    counts: Counter[str] = Counter()
    for report, document, doc in loaded:
        times = find_times(doc, document)
        seen = set()
        for event in report["events"]:
            gold = event.get("date")
            if gold is None:
                continue
            counts["gold"] += 1
            here = overlapping(times, gold["span"]["start"], gold["span"]["end"])
            kind = "right" if any(right(one, gold) for one in here) else "wrong" if here else "missing"
            counts[kind] += 1
            key = (gold["span"]["start"], gold["start"], gold["end"])
            if errors and kind != "right" and key not in seen:
                show(kind, report, gold, here)
            seen.add(key)
    print(
        dict(counts),
        f"located {1 - counts['missing'] / counts['gold']:.3f} right {counts['right'] / counts['gold']:.3f}",
    )


def measure_governing(loaded: list, errors: bool) -> None:
    """Prints how often syntax chooses the gold words for events with a date, and none for those without."""
    counts: Counter[str] = Counter()
    for report, document, doc in loaded:
        times = find_times(doc, document)
        for event in report["events"]:
            span = doc.char_span(event["trigger"]["start"], event["trigger"]["end"], alignment_mode="expand")
            chosen = governing_time(doc, span.root.i, times)
            gold = event.get("date")
            if gold is None:
                kind = "none-none" if chosen is None else "none-chosen"
            elif chosen is None:
                kind = "gold-none"
                same = doc.char_span(gold["span"]["start"], gold["span"]["end"], alignment_mode="expand")
                if same.root.sent.start != span.root.sent.start:
                    kind = "gold-none-other-sentence"
            elif right(chosen, gold):
                kind = "gold-right"
            else:
                kind = "gold-wrong"
            counts[kind] += 1
            if errors and kind in ("none-chosen", "gold-none", "gold-wrong"):
                told = f"{chosen.text}" if chosen else "-"
                wanted = gold["text"] if gold else "-"
                print(f"{kind} {report['id'][:3]} {event['trigger']['text']} chosen {told} gold {wanted}")
                print("    " + span.root.sent.text.strip())
    given = counts["gold-right"] + counts["gold-wrong"] + counts["none-chosen"]
    dated = sum(number for kind, number in counts.items() if kind.startswith("gold"))
    print(dict(counts))
    print(f"precision {counts['gold-right'] / given:.3f} recall {counts['gold-right'] / dated:.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("reports", type=Path)
    arguments.add_argument("--cache", type=Path)
    arguments.add_argument("--errors", action="store_true")
    arguments.add_argument("--governing-errors", action="store_true")
    arguments.add_argument("--only", type=int, help="only reports whose number ends in this digit")
    arguments.add_argument("--skip", type=int, help="leave out reports whose number ends in this digit")
    options = arguments.parse_args()
    loaded = load(options.reports, options.cache)
    if options.only is not None:
        loaded = [one for one in loaded if number(one[0]) % 10 == options.only]
    if options.skip is not None:
        loaded = [one for one in loaded if number(one[0]) % 10 != options.skip]
    measure_values(loaded, options.errors)
    measure_governing(loaded, options.governing_errors)
    started, words = time.perf_counter(), 0
    for _, document, doc in loaded:
        find_times(doc, document)
        words += len(document.text.split())
    print(f"{(time.perf_counter() - started) / words * 1e6:.1f} microseconds a word")


if __name__ == "__main__":
    main()
