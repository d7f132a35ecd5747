"""Measures the room of places on coded reports: words located, country right, and which place which act has.

    python tools/measure_places.py REPORTS.jsonl [--cache FILE] [--errors] [--governing-errors] [--only 3]

REPORTS.jsonl is what ``tools/check_reports.py --jsonl`` writes; reports whose number is divisible by 5
are left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from dragoman.places import PlaceFinder, governing_place
from dragoman.records import PlaceRef
from measure_times import load, number


def agree(one: str, other: str) -> bool:
    """Whether one name contains the other, case folded."""
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def right(place: PlaceRef, gold: dict, by_words: bool) -> bool:
    """Whether countries are equal and one name contains the other, or the words are the same ones."""
    if gold["country"] and gold["country"] != place.country:
        return False
    here = place.span.start < gold["span"]["end"] and gold["span"]["start"] < place.span.end
    return agree(place.name, gold["name"]) or (by_words and here)


def measure_values(loaded: list, finder: PlaceFinder, errors: bool) -> None:
    """Prints how many gold words were located, and how many with the right country."""
    counts: Counter[str] = Counter()
    for report, document, doc in loaded:
        places = finder.find(doc, document)
        seen = set()
        for event in report["events"]:
            gold = event.get("place")
            if gold is None:
                continue
            counts["gold"] += 1
            start, end = gold["span"]["start"], gold["span"]["end"]
            here = [one for one in places if one.span.start < end and start < one.span.end]
            kind = "right" if any(right(one, gold, True) for one in here) else "wrong" if here else "missing"
            counts[kind] += 1
            if gold["name"] != gold["name"].lower():
                counts["named"] += 1
                counts["named-right"] += kind == "right"
            if errors and kind != "right" and start not in seen:
                text = report["text"]
                found = [f"{one.name}={one.country}:{one.precision}:{one.rule}" for one in here]
                print(f"{kind} {report['id'][:3]} gold {gold['name']}={gold['country']} got {found}")
                passage = f"{text[max(0, start - 90) : start]}[[{gold['name']}]]{text[end : end + 50]}"
                print("    " + passage.replace("\n", "|"))
            seen.add(start)
    located = 1 - counts["missing"] / counts["gold"]
    print(dict(counts), f"located {located:.3f} right {counts['right'] / counts['gold']:.3f}")
    print(f"of those with a name {counts['named-right'] / counts['named']:.3f} right")


def measure_governing(loaded: list, finder: PlaceFinder, errors: bool) -> None:
    """Prints how often syntax chooses the gold place for events with one, and none for those without."""
    counts: Counter[str] = Counter()
    for report, document, doc in loaded:
        places = finder.find(doc, document)
        for event in report["events"]:
            span = doc.char_span(event["trigger"]["start"], event["trigger"]["end"], alignment_mode="expand")
            chosen = governing_place(doc, span.root.i, places)
            gold = event.get("place")
            if gold is None:
                kind = "none-none" if chosen is None else "none-chosen"
            elif chosen is None:
                sentence = span.root.sent
                inside = sentence.start_char <= gold["span"]["start"] < sentence.end_char
                kind = "gold-none" if inside else "gold-none-other-sentence"
            else:
                kind = "gold-right" if right(chosen, gold, True) else "gold-wrong"
            counts[kind] += 1
            if errors and kind in ("none-chosen", "gold-none", "gold-wrong"):
                told, wanted = chosen.name if chosen else "-", gold["name"] if gold else "-"
                print(f"{kind} {report['id'][:3]} {event['trigger']['text']} chosen {told} gold {wanted}")
                print("    " + span.root.sent.text.strip())
    given = counts["gold-right"] + counts["gold-wrong"] + counts["none-chosen"]
    placed = sum(value for kind, value in counts.items() if kind.startswith("gold"))
    print(dict(counts))
    print(f"precision {counts['gold-right'] / given:.3f} recall {counts['gold-right'] / placed:.3f}")


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
    finder = PlaceFinder()
    measure_values(loaded, finder, options.errors)
    measure_governing(loaded, finder, options.governing_errors)
    started, words = time.perf_counter(), 0
    for _, document, doc in loaded:
        finder.find(doc, document)
        words += len(document.text.split())
    print(f"{(time.perf_counter() - started) / words * 1e6:.1f} microseconds a word")


if __name__ == "__main__":
    main()
