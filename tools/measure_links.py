"""Measures links between the events of a report against gold, with gold events as mentions.

    python tools/measure_links.py REPORTS_JSONL [--errors same|answer] [--count N]

A repeat is right if gold has the two in one group, an answer if gold has it answer an act of that group.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from dragoman.assemble import link_repeats
from dragoman.records import (
    Document,
    Entity,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Span,
    Status,
    TimeRef,
)
from measure_attribution import reports


def mention(event: dict) -> EventMention:
    """A gold event as a record."""
    day = event.get("date")
    where = event.get("place")
    span = Span(event["trigger"]["start"], event["trigger"]["end"])
    days = [date.fromisoformat(day[key]) for key in ("start", "end")] if day else []
    return EventMention(
        id=str(event["n"]),
        document_id="gold",
        trigger=span,
        span=span,
        event_type=event["event_type"],
        actors=parties(event["actors"]),
        recipients=parties(event["recipients"]),
        status=Status(event["status"]),
        date=TimeRef(days[0], days[1], Precision.DAY, "gold") if days else None,
        place=PlaceRef(where["name"], where["country"], "city", span) if where else None,
    )


def parties(side: list[dict]) -> tuple[Party, ...]:
    """The parties of one side."""
    return tuple(
        Party(Entity(one["country"], one["name"], one["country"]), one["text"], None) for one in side
    )


def groups(events: list[dict]) -> dict[str, str]:
    """For each event the first of its group."""
    above = {str(one["n"]): str(one["same"]) for one in events if one.get("same")}
    found = {}
    for one in events:
        at, seen = str(one["n"]), set()
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        found[str(one["n"])] = at
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reports", type=Path)
    options.add_argument("--errors", default="")
    options.add_argument("--missed", default="")
    options.add_argument("--count", type=int, default=40)
    chosen = options.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    for report in reports(chosen.reports):
        part = "held" if report["id"].endswith("3") else "rest"
        when = date.fromisoformat(report["published"])
        document = Document(
            report["id"], report["text"], published=TimeRef(when, when, Precision.DAY, "given")
        )
        made = {one.id: one for one in link_repeats([mention(one) for one in report["events"]], document)}
        group = groups(report["events"])
        size = Counter(group.values())
        answers = {str(one["n"]): str(one["re"]) for one in report["events"] if one.get("re")}
        for number, one in made.items():
            earlier = [n for n in made if group[n] == group[number] and made[n].trigger < one.trigger]
            counts[part, "same", "gold"] += bool(earlier) and size[group[number]] > 1
            counts[part, "answer", "gold"] += number in answers
            back = (answers[y] for y in answers if group[y] == group[number])
            told = {group[x] for x in back} | {
                group[y] for y, x in answers.items() if group[x] == group[number]
            }
            for kind, got, good in (
                ("same", one.same_as, bool(one.same_as) and group[number] == group[str(one.same_as)]),
                ("answer", one.responds_to, bool(one.responds_to) and group[str(one.responds_to)] in told),
            ):
                for rule in one.rules if got else ():
                    counts[part, rule, "given"] += 1
                    counts[part, rule, "right"] += good
                counts[part, kind, "given"] += bool(got)
                counts[part, kind, "right"] += good
                missed = not got and (
                    (kind == "same" and bool(earlier)) or (kind == "answer" and number in answers)
                )
                wrong = bool(got) and not good
                if part == "rest" and (
                    (wrong and chosen.errors == kind) or (missed and chosen.missed == kind)
                ):
                    other = got or (earlier[0] if kind == "same" else answers[number])
                    counts["", kind, "shown"] += 1
                    if counts["", kind, "shown"] <= chosen.count:
                        show(report, one, made[str(other)])
    for part in ("rest", "held"):
        for kind in ("same", "answer"):
            given, right, gold = (counts[part, kind, what] for what in ("given", "right", "gold"))
            share, found = right / max(1, given), right / gold
            print(f"{part} {kind:6} given {given} right {share:.3f} found {found:.3f} of {gold}")
    for part, rule, _ in sorted(key for key in counts if "/" in key[1] and key[2] == "given"):
        given, right = counts[part, rule, "given"], counts[part, rule, "right"]
        print(f"{part} {rule:18} given {given} right {right / given:.3f}")


def show(report: dict, later: EventMention, first: EventMention) -> None:
    """One pair with the words around it."""
    text, low, high = report["text"], min(first.trigger, later.trigger), max(first.trigger, later.trigger)
    inner = text[low.end : high.start]
    inner = inner if len(inner) < 260 else inner[:120] + " ... " + inner[-120:]
    words = f"{text[max(0, low.start - 50) : low.start]}[[{low.cut(text)}]]{inner}[[{high.cut(text)}]]"
    print(report["id"][:3], first.event_type, later.event_type, later.status)
    print("    " + (words + text[high.end : high.end + 50]).replace("\n", "/"))


if __name__ == "__main__":
    main()
