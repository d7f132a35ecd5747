"""The register: acts and statements into ties, each with its spans and what shows them.

What comes out depends on the set of what goes in, not on its order.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from dragoman.records import Day, Precision, Tie, TieChange, TieSpan, TieStatement, TimeRef
from dragoman.ties.evidence import TieEvidence
from dragoman.ties.kinds import tie_kinds
from dragoman.ties.rules import steps_of
from dragoman.ties.subjects import may_be_one, telling

NAMED_KINDS = frozenset(
    "agreement membership territorial_control territorial_claim terrorist_listing detention basing".split()
)
SINCE = "/since"
BARE = "/bare"
"""How the rule of a statement ends whose words name the tie and tell no state of it ('the ambassador')."""
AS_OF_REPORT = "as-of-report"
"""The rule of a date that only tells when a report came out: the state was so by then."""
FIRST_DAY = date.min
RECENT = timedelta(days=45)
"""How long before a report an act may lie for the report's words on the state before it to be past."""
STEPS = {"open": "opened", "reduced": "reduced", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Showing:
    """One piece of evidence for the state of one tie, from ``first`` to ``last`` at the latest."""

    kind: str
    sides: tuple[str, str]
    subject: str
    step: str
    state: str
    date: TimeRef | None
    reported: Day | None
    event_id: str | None
    statement_id: str | None
    rule: str
    text: str
    is_bare: bool = False
    is_unsure: bool = False

    @property
    def bounds(self) -> tuple[Day, Day] | None:
        """The days between which the state came to be as it is, or was seen to be."""
        if self.date is not None and self.date.start and self.date.end:
            last = self.date.end
            # What a report of June tells of 'this year' has happened by June.
            if self.reported is not None and self.date.start <= self.reported < last:
                last = self.reported
            return self.date.start, last
        return (self.reported, self.reported) if self.reported else None

    @property
    def is_dated(self) -> bool:
        """Whether the words tell when, or only a report's day bounds it."""
        return self.date is not None and self.date.start is not None

    @property
    def key(self) -> tuple[Day, Day, bool, str, str, str, str]:
        """What tells the showings of one tie apart, beginning with time."""
        first, last = self.bounds or (FIRST_DAY, FIRST_DAY)
        who = self.event_id or self.statement_id or ""
        return last, first, self.event_id is not None, self.step, self.state, who, self.rule


def register(
    events: Iterable[TieEvidence],
    statements: Iterable[TieStatement] = (),
    published: Mapping[str, Day | None] | None = None,
) -> list[Tie]:
    """Every tie that the evidence shows, by kind, sides and subject.

    ``published`` gives the day of each statement's document. Evidence without any day at all (no date, no
    day of publication) is left out.
    """
    days = published or {}
    showings = {*_shown_by_events(events), *_shown_by_statements(statements, days)}
    showings -= turned_about(showings)
    groups: dict[tuple[str, tuple[str, str]], list[Showing]] = {}
    for one in sorted((one for one in showings if one.bounds), key=_full_key):
        groups.setdefault((one.kind, one.sides), []).append(one)
    sure = {(family_of(kind), sides) for (kind, sides), items in groups.items() if not only_unsure(items)}
    groups = {
        (kind, sides): items for (kind, sides), items in groups.items() if (family_of(kind), sides) in sure
    }
    ties = [
        make_tie(kind, sides, subject, items)
        for (kind, sides), group in sorted(groups.items())
        for subject, items in by_subject(kind, sides, group)
    ]
    return sorted(ties, key=lambda tie: (tie.kind, tie.sides, tie.subject))


def family_of(kind: str) -> str:
    """The family of a kind of tie."""
    return tie_kinds()[kind].family


def only_unsure(showings: Iterable[Showing]) -> bool:
    """Whether nothing shows the tie but acts that may be between others."""
    return all(one.is_unsure for one in showings)


def turned_about(showings: Collection[Showing]) -> set[Showing]:
    """The acts whose own words are a statement of the same state, between the same sides turned round.

    'Azerbaijan's embassy in Tehran has been closed': whose embassy it is, syntax tells better than the act.
    """
    texts: defaultdict[tuple[str, tuple[str, str], str], list[str]] = defaultdict(list)
    for one in showings:
        if one.statement_id is not None:
            texts[one.kind, one.sides, one.state].append(" ".join(one.text.split()))
    return {
        one
        for one in showings
        if one.event_id is not None
        and one.sides[0] != one.sides[1]
        and (one.kind, one.sides, one.state) not in texts
        and any(text in one.text for text in texts.get((one.kind, one.sides[::-1], one.state), ()))
    }


def without_bare(showings: Sequence[Showing]) -> list[Showing]:
    """The showings without bare nouns that go against what was last told in so many words.

    'He hoped that the ambassador would come back' takes an ambassador for granted, and opens no tie.
    """
    spoken = [one for one in showings if not one.is_bare and one.bounds]
    kept = []
    for one in showings:
        if one.is_bare and one.bounds:
            until = [other for other in spoken if other.bounds and other.bounds[1] <= one.bounds[1]]
            if until and max(until, key=lambda other: other.key).state != one.state:
                continue
        kept.append(one)
    return kept


def _full_key(one: Showing) -> tuple[object, ...]:
    return (*one.key, one.kind, one.sides, one.subject, one.text, one.reported or FIRST_DAY)


def _shown_by_events(events: Iterable[TieEvidence]) -> Iterable[Showing]:
    """One showing for an event's every step; of several reports, the first that has the words."""
    best: dict[tuple[object, ...], Showing] = {}
    for evidence in events:
        for step in steps_of(evidence):
            when = None if step.step == "confirmed" and evidence.status == "negated" else evidence.date
            one = Showing(
                step.kind,
                step.sides,
                step.subject,
                step.step,
                step.state,
                when,
                evidence.reported,
                evidence.event_id,
                None,
                step.rule,
                " ".join(evidence.text.split()),
                is_unsure=step.is_unsure,
            )
            name = (evidence.event_id, step.kind, step.sides, step.step, step.state)
            if name not in best or _full_key(one) < _full_key(best[name]):
                best[name] = one
    return best.values()


def _shown_by_statements(
    statements: Iterable[TieStatement], days: Mapping[str, Day | None]
) -> Iterable[Showing]:
    """The state as of the statement's date; with 'since', also as of the day of the report."""
    for one in statements:
        day = days.get(one.document_id)
        first = Showing(
            one.kind,
            one.sides,
            one.subject,
            "confirmed",
            one.state,
            one.date,
            day,
            None,
            one.id,
            one.rule.removesuffix(SINCE).removesuffix(BARE),
            one.text,
            is_bare=one.rule.endswith(BARE),
        )
        yield first
        if one.rule.endswith(SINCE) and one.date is not None and day is not None:
            yield replace(first, date=None)


def by_subject(
    kind: str, sides: tuple[str, str], showings: Sequence[Showing]
) -> list[tuple[str, list[Showing]]]:
    """The showings of two sides parted by what they are about, where the kind has it.

    A shorter name belongs to the longer one that has its words ('grain deal', 'Black Sea grain deal'); one
    without a name to the only one there is.
    """
    if kind not in NAMED_KINDS and sides[0] != sides[1]:
        names = sorted({one.subject for one in showings if one.subject}, key=lambda name: (-len(name), name))
        return [(names[0] if names else "", list(showings))]
    groups: list[tuple[str, list[Showing]]] = []
    for subject in sorted(
        {one.subject for one in showings if one.subject},
        key=lambda name: (-len(telling(name)), -len(name), name),
    ):
        items = [one for one in showings if one.subject == subject]
        home = next((group for group in groups if may_be_one(group[0], subject)), None)
        if home is None:
            groups.append((subject, items))
        else:
            home[1].extend(items)
    bare = [one for one in showings if not one.subject]
    if bare and len(groups) == 1:
        groups[0][1].extend(bare)
    elif bare:
        groups.append(("", bare))
    return groups


def make_tie(kind: str, sides: tuple[str, str], subject: str, showings: Sequence[Showing]) -> Tie:
    """The tie that these showings tell of."""
    ordered = mark_contested(in_order(place_coarse(without_before(without_bare(showings)))))
    spans: list[TieSpan] = []
    changes: list[TieChange] = []
    confirmed: list[Day] = []
    for one in ordered:
        if not spans or spans[-1].state != one.state:
            opened = one.date if one.is_dated else None
            spans[-1:] = [replace(spans[-1], closed=opened)] if spans else []
            spans.append(TieSpan(one.state, opened, None))
            changes.append(change_of(one, one.step if len(spans) == 1 else STEPS.get(one.state, one.step)))
            confirmed = []
        else:
            changes.append(change_of(one, "altered" if one.step == "altered" else "confirmed"))
        confirmed += [one.bounds[1]] if one.bounds else []
    return Tie(
        id=tie_id(kind, sides, subject),
        kind=kind,
        sides=sides,
        subject=subject,
        state=spans[-1].state,
        spans=tuple(spans),
        changes=tuple(changes),
        last_confirmed=max(confirmed, default=None),
    )


def in_order(showings: Sequence[Showing]) -> list[Showing]:
    """The showings in time; of one day, what stood in the morning first, then acts, then what they left."""
    by_day: dict[tuple[Day, Day], set[str]] = defaultdict(set)
    for one in showings:
        if one.event_id is not None and one.bounds:
            by_day[one.bounds].add(one.state)

    def key(one: Showing) -> tuple[object, ...]:
        first, last = one.bounds or (FIRST_DAY, FIRST_DAY)
        left = one.event_id is None and one.state in by_day[first, last]
        reported = one.reported or FIRST_DAY
        return (last, first, 2 * left + (one.event_id is not None), reported, *_full_key(one))

    return sorted(showings, key=key)


def without_before(showings: Sequence[Showing]) -> list[Showing]:
    """The showings without those states as of a report that an act told on the same day has ended.

    'Iran reopened its embassy on Tuesday, seven years after it was closed.'
    """
    acts = [one for one in showings if one.event_id is not None and one.step != "confirmed"]
    return [
        one
        for one in showings
        if one.is_dated
        or one.event_id is not None
        or not any(
            act.reported == one.reported and act.state != one.state and _is_recent(act, one.reported)
            for act in acts
        )
    ] or list(showings)


def _is_recent(act: Showing, day: Day | None) -> bool:
    return act.bounds is not None and day is not None and day - act.bounds[1] <= RECENT


def tie_id(kind: str, sides: tuple[str, str], subject: str) -> str:
    """An id from what the tie is, not from what shows it."""
    name = "|".join((kind, *sides, " ".join(sorted(telling(subject))) if subject else ""))
    return "t" + hashlib.sha256(name.encode()).hexdigest()[:16]


def place_coarse(showings: Sequence[Showing]) -> list[Showing]:
    """The showings; one of a month or a year takes the day of a finer one of the same state within it."""
    fine = [one for one in showings if one.is_dated]
    placed = []
    for one in showings:
        if one.is_dated and one.bounds and one.bounds[0] != one.bounds[1]:
            first, last = one.bounds
            inside = [
                other
                for other in fine
                if other.state == one.state
                and other.bounds
                and first <= other.bounds[0]
                and other.bounds[1] <= last
                and other.bounds != one.bounds
            ]
            if inside:
                one = replace(one, date=min(inside, key=_full_key).date)
        placed.append(one)
    return placed


def mark_contested(ordered: Sequence[Showing]) -> list[Showing]:
    """The same; statements of one day that can't both be right leave the tie contested on that day."""
    marked: list[Showing] = []
    for _, same in groupby(ordered, key=lambda one: (one.bounds, one.event_id is None)):
        group = list(same)
        states = {one.state for one in group}
        is_day = group[0].bounds is not None and group[0].bounds[0] == group[0].bounds[1]
        sources = {one.event_id or one.statement_id for one in group}
        at_odds = {"open", "closed"} <= states and is_day and len(sources) > 1
        steps = {one.step for one in group}
        if at_odds and steps == {"confirmed"}:
            group = [replace(one, state="contested") for one in group]
        marked += group
    return marked


def change_of(one: Showing, step: str) -> TieChange:
    """The step as the tie's record has it; where only a report bounds it, its date says so."""
    when = one.date
    if not one.is_dated and one.reported is not None:
        when = TimeRef(one.reported, one.reported, Precision.DAY, AS_OF_REPORT)
    return TieChange(step, when, one.event_id, one.statement_id, one.rule, one.text)


# ------------------------------------------------------------------------------------------ on a day


@dataclass(frozen=True, slots=True)
class StateOn:
    """How a tie stood on a day: ``state`` (unknown where nothing tells), how sure that is, and why.

    ``sure`` is shown (evidence before and after agree), last-known (nothing later speaks), unsure (the day
    lies within the grain of a change, or the change came some time before a report) or unknown.
    """

    state: str
    sure: str
    why: str
    days_since: int | None = None


def state_on(tie: Tie, day: Day) -> StateOn:
    """How the tie stood at the end of that day; before the first evidence it is unknown."""
    shown = list(states_shown(tie))
    before = [one for one in shown if one.last <= day]
    within = next((one for one in shown if one.first <= day < one.last), None)
    after = next((one for one in shown if one.last > day), None)
    if within is not None and (not before or before[-1].state != within.state):
        if not before:
            return StateOn(
                within.state,
                "unsure",
                f"{within.state} from some day between {within.first} and {within.last}",
            )
        return StateOn(
            before[-1].state,
            "unsure",
            f"{within.state} from some day between {within.first} and {within.last}",
        )
    if not before:
        return StateOn("unknown", "unknown", "nothing tells of it up to that day")
    last = before[-1]
    since = (day - last.last).days
    why = f"{last.state} as of {last.last}"
    if after is None:
        return StateOn(last.state, "last-known", f"{why}, nothing later", since)
    if after.state == last.state:
        return StateOn(last.state, "shown", f"{why}, and still as of {after.last}", since)
    if after.is_dated:
        return StateOn(last.state, "shown", f"{why}, {after.state} from {after.first}", since)
    return StateOn(last.state, "unsure", f"{why}, {after.state} by {after.last}", since)


@dataclass(frozen=True, slots=True)
class ShownState:
    """The state that a change leaves, and the days between which it came about."""

    state: str
    first: Day
    last: Day
    is_dated: bool


def states_shown(tie: Tie) -> Iterable[ShownState]:
    """The state after each of the tie's changes, in order: all steps but two begin a span."""
    number = -1
    for change in tie.changes:
        if number < 0 or change.step not in ("confirmed", "altered"):
            number += 1
        when = change.date
        if when is not None and when.start and when.end:
            yield ShownState(tie.spans[number].state, when.start, when.end, when.rule != AS_OF_REPORT)
