"""Which acts open, alter or close which ties: the rows of ``tie_rules.tsv`` over evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from dragoman.errors import TableError
from dragoman.lexicon import cells, read_table
from dragoman.records import Status
from dragoman.ties.evidence import BODIES, TieEvidence
from dragoman.ties.kinds import tie_kinds
from dragoman.ties.patterns import Pattern, pattern, plain
from dragoman.ties.subjects import named_agreement, named_sides

STATES = {"opened": "open", "altered": "open", "confirmed": "open", "reduced": "reduced", "closed": "closed"}
OPPOSITE = {"open": "closed", "reduced": "open", "closed": "open"}
REASON = re.compile(
    r",? (?:after|citing|accusing|because|in protest|in response|amid|hours after|days after)\b"
)
"""Words that a reason or an earlier act follows: 'suspended its part, citing a drone attack'."""
AHEAD = 4
"""Words after the trigger that still belong to what it says ('broke [off]', 'took [effect]')."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of ``tie_rules.tsv``.

    ``types``, ``modes``, ``contexts`` and ``statuses`` are lists, empty for any (statuses: for asserted);
    ``act`` patterns begin at a word of the trigger, ``words`` stand in its clause, ``unless`` do not.
    ``giver`` is actor, recipient or both.
    """

    id: str
    kind: str
    step: str
    types: str
    modes: str
    contexts: str
    act: str
    words: str
    unless: str
    statuses: str
    giver: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one act does to one tie: ``state`` is how the tie stands after it.

    ``is_unsure``: the act may be between others; it counts only where something else shows the tie.
    """

    kind: str
    sides: tuple[str, str]
    subject: str
    step: str
    state: str
    rule: str
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A row made ready."""

    id: str
    kind: str
    step: str
    types: frozenset[str]
    modes: frozenset[str]
    contexts: frozenset[str]
    act: Pattern | None
    words: Pattern | None
    unless: Pattern | None
    statuses: frozenset[str]
    giver: str

    def fires(self, evidence: TieEvidence, trigger: str, act: str, clause: str) -> bool:
        """Whether the act is of the row's type and its words are the row's, whatever its status."""
        if self.types and evidence.event_type not in self.types:
            return False
        if self.modes and evidence.mode not in self.modes:
            return False
        if self.contexts and not self.contexts & set(evidence.contexts):
            return False
        if self.act is not None and not any(one.start() < len(trigger) for one in self.act.finditer(act)):
            return False
        if self.words is not None and not self.words.search(clause):
            return False
        return self.unless is None or not self.unless.search(clause)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the table's order."""
    return tuple(map(_made_ready, read_table("tie_rules.tsv", RuleRow)))


def _made_ready(row: RuleRow) -> Rule:
    if (
        row.kind not in tie_kinds()
        or row.step not in STATES
        or row.giver not in ("actor", "recipient", "both")
    ):
        raise TableError(f"tie_rules.tsv: row {row.id}: no such kind, step or giver")
    return Rule(
        row.id,
        row.kind,
        row.step,
        frozenset(cells(row.types)),
        frozenset(cells(row.modes)),
        frozenset(cells(row.contexts)),
        pattern(row.act),
        pattern(row.words),
        pattern(row.unless),
        frozenset(cells(row.statuses)) or frozenset({"asserted"}),
        row.giver,
    )


def steps_of(evidence: TieEvidence) -> list[Step]:
    """What an act does to ties; the first row that fires for a kind decides for it.

    An act that was negated confirms the state that it would have changed; one that is denied, by its doer or
    by another origin, leaves the tie contested. What is planned, requested or possible changes nothing.
    """
    trigger = plain(evidence.trigger)
    reason = REASON.search(evidence.after)
    after = evidence.after[: reason.start()] if reason else evidence.after
    rest = plain(evidence.after).split()[:AHEAD]
    act, clause = trigger + " ".join((*rest, "")), plain(f"{evidence.before}{evidence.trigger}{after}")
    found: dict[str, list[Step]] = {}
    for rule in rules():
        if rule.kind not in found and rule.fires(evidence, trigger, act, clause):
            told = _told(rule, evidence)
            if told is not None:
                found[rule.kind] = list(_steps(rule, evidence, *told))
    return [step for steps in found.values() for step in steps]


def _told(rule: Rule, evidence: TieEvidence) -> tuple[str, str] | None:
    """The step and the state after it, by the status of the act; ``None`` where it changes nothing."""
    state = STATES[rule.step]
    if evidence.status in rule.statuses:
        return (rule.step, "contested") if evidence.is_denied else (rule.step, state)
    if evidence.status is Status.NEGATED and rule.step in ("opened", "closed"):
        return "confirmed", OPPOSITE[state]
    if evidence.status is Status.DENIED and rule.step in ("opened", "closed"):
        return rule.step, "contested"
    return None


def _steps(rule: Rule, evidence: TieEvidence, step: str, state: str) -> Iterator[Step]:
    subject = subject_of(rule.kind, evidence)
    if subject is None:
        return
    unsure = tie_kinds()[rule.kind].family == "conflict" and may_be_brokers(evidence)
    for sides in pairs(rule, evidence):
        yield Step(rule.kind, sides, subject, step, state, f"tie_rules/{rule.id}", unsure)


def pairs(rule: Rule, evidence: TieEvidence) -> list[tuple[str, str]]:
    """The sides of every tie that the act bears on; none where one side is not known."""
    kind = tie_kinds()[rule.kind]
    actors, recipients = evidence.actors, evidence.recipients
    if evidence.event_type == "MOBILIZE" and kind.name in ("basing", "peacekeeping"):
        # Troops are moved against a recipient; where they stay is the place.
        hosts = (evidence.place_country,) if evidence.place_country else recipients
        recipients = hosts if kind.name == "peacekeeping" or evidence.place_country else ()
        recipients = tuple(code for code in recipients if code not in actors)
    if not recipients and evidence.place_country and evidence.place_country not in actors:
        recipients = (evidence.place_country,)
    if rule.giver == "recipient":
        actors, recipients = recipients, actors
    if kind.name == "membership":
        return [(giver, taker) for giver in actors for taker in recipients if taker in BODIES]
    shared = set(actors) & set(recipients)
    if rule.giver == "both" or shared:
        every = tuple(dict.fromkeys((*actors, *recipients)))
        found = [kind.order(*pair) for pair in combinations(every, 2)]
        if kind.is_directed and rule.giver == "both":
            found += [(taker, giver) for giver, taker in found]
        within = kind.family == "conflict" or kind.name in ("detention", "territorial_control")
        if len(every) == 1 and within and len(actors) == len(recipients) == 1:
            found = [(every[0], every[0])]
        if not shared and not kind.is_directed and actors and recipients:
            # 'Four states cut ties with Qatar' says nothing of the four among themselves.
            found = [kind.order(giver, taker) for giver in actors for taker in recipients]
        return found
    return [kind.order(giver, taker) for giver in actors for taker in recipients]


def may_be_brokers(evidence: TieEvidence) -> bool:
    """Whether three states or more act together: which of them fought and which only brokered isn't told."""
    actors, recipients = set(evidence.actors), set(evidence.recipients)
    return len(actors | recipients) > 2 and (not recipients or bool(actors & recipients))


def names_place(evidence: TieEvidence) -> bool:
    """Whether the clause itself names the place, or one of the longer words of its name."""
    text = evidence.text.casefold()
    return any(word in text for word in evidence.place.casefold().replace("-", " ").split() if len(word) > 2)


def subject_of(kind: str, evidence: TieEvidence) -> str | None:
    """What the tie is about, '' where nothing need be named; ``None`` where its name is missing."""
    if kind == "agreement":
        return named_agreement(evidence.text) or None
    if kind in ("territorial_control", "territorial_claim"):
        # 'took two hills and a village' names no ground, wherever in the region it was.
        return evidence.place if names_place(evidence) else None
    if kind == "detention":
        return next(iter(evidence.recipient_persons), None)
    if kind in ("ceasefire", "armed_conflict"):
        inside = set(evidence.actors) == set(evidence.recipients) and len(set(evidence.actors)) == 1
        return named_sides((*evidence.actor_names, *evidence.recipient_names)) if inside else ""
    if kind in ("membership", "terrorist_listing"):
        return next(iter(evidence.recipient_names), "")
    if kind == "peacekeeping":
        return next(iter(evidence.actor_names), "")
    return ""
