"""Measures modes from words on gold triggers and types: accuracy, coverage, precision, by type and by rule.

    python tools/measure_modes.py REPORTS… [--rules] [--errors TYPE]

Reports whose number is divisible by 5 are never read; those ending in 3 are counted apart, and no error of
theirs is shown. 'false' counts modes given where gold has none.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.evaluation.reports import MarkedEvent, MarkedReport, read_reports
from dragoman.events.modes import ModeFinder, ModeHint
from dragoman.parse import Parser


def part_of(report: MarkedReport) -> str:
    """Whether a report's errors may be read."""
    return "held" if report.id.endswith("3") else "rest"


def hinted(paths: Sequence[Path]) -> Iterator[tuple[MarkedReport, MarkedEvent, list[ModeHint]]]:
    """Each marked event outside the test part, and the hints for it, best first."""
    parser, finder = Parser(), ModeFinder()
    for report in read_reports(paths):
        if report.is_test:
            continue
        doc = parser.parse(report.document)
        for event in report.events:
            yield report, event, finder.hints(doc, event.trigger, event.types[0])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reports", type=Path, nargs="+")
    options.add_argument("--rules", action="store_true", help="list how often each rule is right")
    options.add_argument("--errors", default="", help="list the errors of this event type")
    chosen = options.parse_args()
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    rules: dict[str, Counter[bool]] = defaultdict(Counter)
    for report, event, hints in hinted(chosen.reports):
        part = part_of(report)
        kind, gold = event.types[0], event.mode or None
        given = hints[0].mode if hints else None
        for key in ((part, kind), (part, "ALL")):
            one = counts[key]
            one["gold"] += gold is not None
            one["given"] += given is not None
            one["covered"] += gold is not None and given is not None
            one["right"] += gold is not None and given == gold
            one["false"] += gold is None and given is not None
            one["sure"] += bool(hints) and hints[0].sure
            one["sure right"] += bool(hints) and hints[0].sure and given == gold
        if hints and part == "rest":
            rules[hints[0].rule][given == gold] += 1
        if part == "rest" and kind == chosen.errors and given != gold:
            at, end, text = event.trigger.start, event.trigger.end, report.document.text
            around = f"{text[max(0, at - 90) : at]}[[{text[at:end]}]]{text[end : end + 90]}".replace(
                "\n", "/"
            )
            print(f"{gold} / {given}  {around}  {hints[0].rule if hints else ''}")
    for (part, kind), one in sorted(counts.items()):
        if one["gold"]:
            accuracy, covered = one["right"] / one["gold"], one["covered"] / one["gold"]
            precision = one["right"] / max(one["given"], 1)
            sure = f"sure {one['sure']:4} of them right {one['sure right'] / max(one['sure'], 1):.3f}"
            print(
                f"{part} {kind:9} gold {one['gold']:4} accuracy {accuracy:.3f} covered {covered:.3f} "
                f"precision {precision:.3f} false {one['false']:3} {sure}"
            )
    if chosen.rules:
        for rule, one in sorted(rules.items(), key=lambda item: -item[1][False]):
            print(f"{rule}\t{one[True]}\t{one[False]}")


if __name__ == "__main__":
    main()
