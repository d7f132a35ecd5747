"""Leaves out event mentions that are not sure enough, and mends what pointed to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan

from dragoman.errors import InputError
from dragoman.records import EventMention

REPEAT, ANSWER = "repeats/", "answers/"


def check_confidence(given: float | str) -> float:
    """The least confidence asked for as a number; ``InputError`` where it is none from 0 to 1."""
    try:
        least = float(given)
    except (TypeError, ValueError):
        least = nan
    if not 0.0 <= least <= 1.0:
        raise InputError(f"a least confidence of {given!r} makes no sense", "give a number from 0 to 1")
    return least


def keep_confident(mentions: Sequence[EventMention], least: float) -> list[EventMention]:
    """The mentions whose confidence is at least ``least``, in the order given, with their own ids.

    A mention without confidence counts as 0. What pointed to one left out is mended: the earliest repeat that
    stays becomes the first telling of its act, and the others and the answers point to it; an answer to an
    act of which nothing stays, points to nothing. A link that falls away takes its rule along.
    Raises ``InputError`` where ``least`` is not from 0 to 1.
    """
    check_confidence(least)
    kept = [mention for mention in mentions if (mention.confidence or 0.0) >= least]
    if len(kept) == len(mentions):
        return kept
    heirs = heirs_of(kept)
    return [mended(mention, heirs) for mention in kept]


def heirs_of(kept: Sequence[EventMention]) -> dict[str, str]:
    """For the id of each act that is told among these mentions, the id under which it goes on."""
    heirs = {mention.id: mention.id for mention in kept if mention.same_as is None}
    for mention in sorted(kept, key=lambda one: (one.trigger.start, one.trigger.end)):
        if mention.same_as is not None:
            first = heirs.setdefault(mention.same_as, mention.id)
            heirs.setdefault(mention.id, first)
    return heirs


def mended(mention: EventMention, heirs: dict[str, str]) -> EventMention:
    """The mention with links that lead to what is kept, and to nothing else."""
    same_as = heirs.get(mention.same_as) if mention.same_as else None
    responds_to = heirs.get(mention.responds_to) if mention.responds_to else None
    if same_as == mention.id:
        same_as = None
    if responds_to == mention.id:
        responds_to = None
    lost = [
        prefix
        for prefix, before, after in (
            (REPEAT, mention.same_as, same_as),
            (ANSWER, mention.responds_to, responds_to),
        )
        if before is not None and after is None
    ]
    rules = tuple(rule for rule in mention.rules if not rule.startswith(tuple(lost)))
    return replace(mention, same_as=same_as, responds_to=responds_to, rules=rules)
