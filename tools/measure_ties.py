"""Measures ties against histories and articles coded by hand: kind, parties, and the state on the day.

python tools/measure_ties.py [--part dev|held] [--bench DIR] [--acts | --statements] [--cache FILE] [--list]

End to end by default: coder, statements and register. ``--acts`` takes the acts coded by hand instead of the
coder's, without statements; ``--statements`` takes statements alone.
"""

from __future__ import annotations

import argparse
import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from dragoman.intake import make_document
from dragoman.records import Coded, Document, Precision, Span, Status, Tie, TieStatement, TimeRef
from dragoman.ties import (
    TieEvidence,
    clause_of,
    kind_of,
    read_evidence,
    register,
    state_on,
    tie_kinds,
)
from dragoman.ties.subjects import telling

HISTORIES = Path(__file__).parents[1] / "data" / "ties"


@dataclass(frozen=True)
class Ask:
    """What a history asks of the register."""

    kind: str
    sides: frozenset[str]
    order: tuple[str, ...]
    subject: str
    on: date
    state: str


@dataclass
class Case:
    """A history or an article: its reports, the acts in them, and what is asked."""

    name: str
    part: str
    reports: list[tuple[str, date, str]] = field(default_factory=list)
    acts: list[list[dict[str, Any]]] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=["dev", "held"])
    options.add_argument("--bench", type=Path)
    options.add_argument("--acts", action="store_true", help="take the acts coded by hand, no statements")
    options.add_argument("--statements", action="store_true", help="take statements alone")
    options.add_argument("--cache", type=Path, help="keep what the coder made here")
    options.add_argument("--list", action="store_true", help="list misses")
    options.add_argument("--ties", action="store_true", help="list all ties")
    chosen = options.parse_args()
    cases = histories() if chosen.bench is None else articles(chosen.bench)
    cases = [case for case in cases if chosen.part in (None, case.part)]
    read = reader(chosen)
    totals: dict[str, list[int]] = {}
    for case in cases:
        ties = read(case)
        if chosen.ties:
            show(case.name, ties)
        for ask in case.asks:
            score = judge(ask, ties)
            for name in (case.part, "all"):
                for number, right in enumerate((True, *score)):
                    totals.setdefault(name, [0, 0, 0, 0])[number] += right
            if chosen.list and not all(score):
                print(case.name, ask.kind, ask.order, ask.subject, ask.on, ask.state, "-", found(ask, ties))
    for name, (asked, kinds, parties, states) in totals.items():
        if name != "all" or len(totals) > 2:
            print(
                f"{name:6} asked {asked:3}  kind {kinds / asked:.2f}  parties {parties / asked:.2f}", end=""
            )
            print(f"  state on the day {states / asked:.2f}")


def histories() -> list[Case]:
    """The histories that Dragoman ships."""
    cases = []
    for path in sorted(HISTORIES.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        case = Case(path.stem, told["part"])
        for report in told["reports"]:
            case.reports.append((report["text"], report["published"], report["outlet"]))
            case.acts.append(report["acts"])
        for one in told["asks"]:
            case.asks.append(ask(one["kind"], one["sides"], one["day"], one["state"], one.get("subject", "")))
        cases.append(case)
    return cases


def ask(kind: str, sides: Sequence[str], on: date, state: str, subject: str = "") -> Ask:
    name = kind_of(kind)
    assert name is not None, kind
    return Ask(name, frozenset(sides), tuple(sides), subject, on, state)


def articles(folder: Path) -> list[Case]:
    """Coded articles whose gold has ties, each asked for as of the day of the report."""
    cases = []
    for path in sorted(folder.glob("*.gold.yaml")):
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = path.with_name(path.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf-8")
        published = gold["document"]["published"]
        day = published if isinstance(published, date) else date.fromisoformat(str(published))
        case = Case(path.stem, "bench", [(text, day, "")], [[]])
        for tie in gold.get("ties") or []:
            case.asks.append(asked_by(tie, day))
        cases.append(case)
    return cases


def asked_by(tie: dict[str, Any], day: date) -> Ask:
    """What an article's tie says of the day of the report."""
    kind, state = tie["kind"], "open"
    until = str(tie.get("until", "ongoing"))
    if kind == "non_recognition":
        kind, state = "recognition", "closed"
    elif str(tie.get("state", "")).startswith("suspended") or "left_by" in tie:
        state = "closed"
    elif str(tie.get("state", "")).startswith("downgraded"):
        state = "reduced"
    elif until != "ongoing":
        state = "closed"
    sides = [tie.get(key) for key in ("from", "by", "to", "in", "left_by")] + list(tie.get("between", []))
    codes = [{"NATO": "IGO"}.get(one, one) for one in sides if one and re.fullmatch(r"[A-Z]{3,4}", one)]
    if kind in ("detention",):
        codes = [tie["by"]]
    if kind == "outpost":
        codes = [tie["of"]]
    if kind == "armed_conflict":
        codes = [tie["in"]]
    subject = (
        tie.get("name") or tie.get("over") or tie.get("at") or (tie.get("of") if kind != "outpost" else "")
    )
    return ask(kind, codes, day, state, subject or "")


def reader(chosen: argparse.Namespace) -> Callable[[Case], list[Tie]]:
    """What makes ties of a case, in the way chosen."""
    if chosen.acts:
        return of_acts
    kept: dict[str, Any] = {}
    if chosen.cache and chosen.cache.exists():
        kept = pickle.loads(chosen.cache.read_bytes())
    from dragoman.pipeline import Coder, Desk
    from dragoman.ties import find_statements

    desk = Desk()
    coder: list[Coder] = []

    def read(case: Case) -> list[Tie]:
        evidence: list[TieEvidence] = []
        statements: list[TieStatement] = []
        days = {}
        for text, day, outlet in case.reports:
            document = make_document(text, str(day), outlet=outlet or None)
            page = desk.read(document)
            told = find_statements(
                page.doc, page.document, page.mentions, page.times, page.places, page.claims
            )
            statements += told
            days[document.id] = day
            if chosen.statements:
                continue
            if document.id not in kept:
                coder = made(coder_of)
                kept[document.id] = Coded(tuple(coder.mentions(page)))
                if chosen.cache:
                    chosen.cache.write_bytes(pickle.dumps(kept))
            evidence += of_mentions(kept[document.id], page.document, day)
        return register(evidence, statements, days)

    def coder_of() -> Coder:
        return Coder()

    def made(make: Callable[[], Coder]) -> Coder:
        if not coder:
            coder.append(make())
        return coder[0]

    return read


def of_mentions(coded: Coded, document: Document, day: date) -> list[TieEvidence]:
    """Each mention as an event of its own."""
    triggers = [one.trigger for one in coded.mentions]
    return [read_evidence(one, document.text, day, triggers) for one in coded.mentions]


def of_acts(case: Case) -> list[Tie]:
    """Ties from the acts coded by hand."""
    evidence = []
    for (text, day, _), acts in zip(case.reports, case.acts, strict=True):
        spans = [Span(at, at + len(one["words"])) for one in acts for at in [place_of(text, one["words"])]]
        for number, (one, trigger) in enumerate(zip(acts, spans, strict=True)):
            start, end = sentence(text, trigger)
            before, words, after = clause_of(text, trigger, Span(start, end), spans)
            evidence.append(
                TieEvidence(
                    event_id=f"{case.name}-{day}-{number}",
                    event_type=one["type"],
                    mode=one.get("mode"),
                    status=Status(one["status"]),
                    actors=tuple(one["who"]),
                    recipients=tuple(one["to"]),
                    date=date_of(one["date"]),
                    reported=day,
                    before=before,
                    trigger=words,
                    after=after,
                )
            )
    return register(evidence)


def place_of(text: str, words: str) -> int:
    """Where the words of an act stand in the body."""
    body = text.index("\n\n")
    return body + text[body:].index(words)


def sentence(text: str, trigger: Span) -> tuple[int, int]:
    """The sentence around a trigger."""
    ends = [found.end() for found in re.finditer(r"(?<=[a-z0-9]{2})[.] |\n", text)]
    start = max([0, *(end for end in ends if end <= trigger.start)])
    return start, min([len(text), *(end for end in ends if end >= trigger.end)])


def date_of(value: object) -> TimeRef | None:
    """A day or a month as the histories write it."""
    if isinstance(value, date):
        return TimeRef(value, value, Precision.DAY, "gold")
    if isinstance(value, str):
        first = date.fromisoformat(f"{value}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return TimeRef(first, last, Precision.MONTH, "gold")
    return None


def matching(ask: Ask, ties: Sequence[Tie]) -> list[Tie]:
    """The ties that are about what is asked for."""
    same = [tie for tie in ties if tie.kind == ask.kind and fits(ask, tie)]
    if ask.subject and any(tie.subject for tie in same):
        same = [tie for tie in same if telling(tie.subject) & telling(ask.subject)]
    return same


def fits(ask: Ask, tie: Tie) -> bool:
    """Whether a tie's sides are those asked for: in order, if there are two and the kind is directed."""
    if len(ask.order) == 1:
        one = ask.order[0]
        return one == tie.sides[0] or (one == tie.sides[1] and not tie_kinds()[ask.kind].is_directed)
    if len(ask.order) > 2:
        return set(tie.sides) <= ask.sides
    if tie_kinds()[ask.kind].is_directed:
        return tie.sides == ask.order
    return set(tie.sides) == ask.sides


def judge(ask: Ask, ties: Sequence[Tie]) -> tuple[bool, bool, bool]:
    """Whether kind, parties and state are right; the state counts only with both others."""
    same = matching(ask, ties)
    kind = any(tie.kind == ask.kind for tie in ties)
    states = [state_on(tie, ask.on).state for tie in same]
    right = sum(state == ask.state for state in states)
    return kind, bool(same), bool(states) and right * 2 >= len(states)


def found(ask: Ask, ties: Sequence[Tie]) -> str:
    """What there is instead."""
    same = matching(ask, ties) or [tie for tie in ties if tie.kind == ask.kind]
    return (
        "; ".join(f"{tie.sides} {tie.subject} {state_on(tie, ask.on).state} {steps(tie)}" for tie in same)
        or "nothing"
    )


def steps(tie: Tie) -> list[str]:
    """A tie's changes, short."""
    return [
        f"{one.step} {one.date.start if one.date else None} {one.rule.split('/')[1]}" for one in tie.changes
    ]


def show(name: str, ties: Sequence[Tie]) -> None:
    """All ties of a case."""
    print("==", name)
    for tie in ties:
        print("  ", tie.kind, tie.sides, tie.subject, tie.state, steps(tie))


if __name__ == "__main__":
    main()
