"""Measures the hints at status against gold events: precision by status and by rule, and coverage.

python tools/measure_status.py REPORTS_JSONL [--bench DIR] [--cache FILE] [--typed] [--errors STATUS]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from dragoman.attribution import status_hints
from dragoman.records import Span
from measure_attribution import bench, parsed, reports


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reports", type=Path)
    options.add_argument("--bench", type=Path)
    options.add_argument("--cache", type=Path)
    options.add_argument("--typed", action="store_true", help="give the gold types to the rules")
    options.add_argument("--errors", default="", help="list wrong hints of this status")
    options.add_argument("--rule", default="", help="list wrong hints with this rule")
    options.add_argument("--count", type=int, default=40)
    chosen = options.parse_args()
    items = list(reports(chosen.reports)) + (list(bench(chosen.bench)) if chosen.bench else [])
    asked: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    golds: Counter[tuple[str, str]] = Counter()
    rules: dict[str, Counter[bool]] = {}
    shown = 0
    for item, doc in zip(items, parsed(items, chosen.cache), strict=True):
        part = "bench" if item["id"].startswith("X") else "held" if item["id"].endswith("3") else "rest"
        spans = [Span(one["trigger"]["start"], one["trigger"]["end"]) for one in item["events"]]
        types = [one["event_type"] for one in item["events"]] if chosen.typed else []
        for event, hint in zip(item["events"], status_hints(doc, spans, types), strict=True):
            golds[part, event["status"]] += 1
            if hint.status is None:
                continue
            good = hint.status == event["status"]
            asked[part, hint.status] += 1
            right[part, hint.status] += good
            if part == "rest":
                rules.setdefault("+".join(one.split("/")[1] for one in hint.rules), Counter())[good] += 1
            listed = chosen.errors == hint.status or (
                chosen.rule and any(chosen.rule in r for r in hint.rules)
            )
            if not good and part == "rest" and listed and shown < chosen.count:
                shown += 1
                at, end, text = event["trigger"]["start"], event["trigger"]["end"], item["text"]
                around = f"{text[max(0, at - 120) : at]}[[{text[at:end]}]]{text[end : end + 50]}"
                print(item["id"][:3], event["event_type"], event["status"], hint.status, hint.rules)
                print("    " + around.replace("\n", "/"))
    for part in ("rest", "held", "bench"):
        for status in ("asserted", "negated", "denied", "possible", "planned", "requested"):
            given, hit, gold = asked[part, status], right[part, status], golds[part, status]
            if gold:
                share = hit / given if given else 0
                print(f"{part:6} {status:10} given {given:5} right {share:.3f}  found {hit / gold:.3f}")
        total = sum(asked[key] for key in asked if key[0] == part)
        hits = sum(right[key] for key in right if key[0] == part)
        print(f"{part:6} all        given {total:5} right {hits / max(1, total):.3f}")
    for rule, counts in sorted(rules.items(), key=lambda one: -one[1][False])[:40]:
        print(f"{counts[True]:4} right {counts[False]:4} wrong  {rule}")


if __name__ == "__main__":
    main()
