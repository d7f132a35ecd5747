"""Links a later mention of an act to the one that told it first and best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.assemble.agreement import Link, countries, link, may_be_one
from dragoman.assemble.families import is_generic, noun_families, verb_families, words_of
from dragoman.records import Document, EventMention, Status

# 'attacked a bus, killing nine': the second word tells the outcome of the same act.
OUTCOME = re.compile(r"^(?:kill|wound|injur|hurt|maim|slay|drown|claim)\w*ing\b", re.IGNORECASE)
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"})
# How many sentences may lie between an act and its denial.
NEAR = 1


def repeat_of(later: EventMention, before: Sequence[EventMention], document: Document) -> Link | None:
    """The earlier mention of the same act, or None where nothing shows that there is one."""
    words = words_of(later.trigger.cut(document.text))
    if OUTCOME.match(later.trigger.cut(document.text)):
        return link(outcome_of(later, before, document), "repeats/outcome")
    if later.status is Status.DENIED:
        return link(denied_act(later, before, document), "repeats/denied")
    if not words or not points_back(later, document):
        return None
    return link(antecedent(later, words, before, document), "repeats/noun")


def denied_act(
    later: EventMention, before: Sequence[EventMention], document: Document
) -> EventMention | None:
    """The act told just before that the mention denies ('its aircraft had released no gas')."""
    for first in reversed(before):
        gap = document.text[first.trigger.end : later.trigger.start]
        if gap.count(". ") + gap.count("\n\n") > NEAR:
            return None
        if may_be_one(first, later) and first.status is not Status.DENIED and countries(first.actors):
            return first
    return None


def outcome_of(
    later: EventMention, before: Sequence[EventMention], document: Document
) -> EventMention | None:
    """The attack in the same sentence whose outcome the mention tells."""
    for first in reversed(before):
        gap = document.text[first.trigger.end : later.trigger.start]
        if ". " in gap or "\n" in gap:
            return None
        if first.event_type == later.event_type and may_be_one(first, later):
            return first
    return None


def points_back(later: EventMention, document: Document) -> bool:
    """Whether 'the', 'this' or a possessive stands before the trigger."""
    ahead = document.text[max(0, later.trigger.start - 30) : later.trigger.start].lower().split()
    if not ahead:
        return False
    return ahead[-1] in POINTING or ahead[-1].endswith(("'s", "’s"))


def antecedent(
    later: EventMention, words: list[str], before: Sequence[EventMention], document: Document
) -> EventMention | None:
    """The best of the earlier acts that the noun may point back to."""
    kin = noun_families(words)
    generic = is_generic(words, later.event_type)
    best: tuple[float, EventMention] | None = None
    fitting = [first for first in reversed(before) if may_be_one(first, later)]
    for distance, first in enumerate(fitting):
        score = likeness(first, later, kin, words, generic, document) - STEP * distance
        if best is None or score > best[0]:
            best = score, first
    return best[1] if best is not None and best[0] >= ENOUGH else None


ENOUGH = 1.0
STEP = 0.3


def likeness(
    first: EventMention,
    later: EventMention,
    kin: frozenset[str],
    words: list[str],
    generic: bool,
    document: Document,
) -> float:
    """How well an earlier act fits a noun: a word of its family, or a noun for anything of the type."""
    told = words_of(first.trigger.cut(document.text))
    score = 0.0
    if kin & verb_families(told):
        score += 2.5
    elif kin & noun_families(told) or set(told) & set(words):
        score += 1.5
    elif generic:
        score += 1.2
    same_actors = countries(first.actors) == countries(later.actors)
    same_recipients = countries(first.recipients) == countries(later.recipients)
    return score + 0.3 * same_actors + 0.3 * same_recipients
