"""Whether two mentions may speak of one act: parties, dates, places and status that do not clash."""

from __future__ import annotations

from dragoman.records import EventMention, Party, Status

# An act, and the rule that linked another to it.
Link = tuple[EventMention, str]
CLAIMED = frozenset({Status.ASSERTED, Status.DENIED, Status.UNKNOWN, Status.NEGATED})


def link(found: EventMention | None, rule: str) -> Link | None:
    """The act with the rule, or None if none was found."""
    return None if found is None else (found, rule)


def countries(parties: tuple[Party, ...]) -> frozenset[str]:
    """The countries of a side, without what is unknown."""
    return frozenset(party.entity.country for party in parties if party.entity.country)


def may_be_one(first: EventMention, later: EventMention) -> bool:
    """Whether nothing that the two mentions say forbids that they are one act."""
    return (
        first.event_type == later.event_type
        and parties_agree(first, later)
        and dates_agree(first, later)
        and places_agree(first, later)
        and statuses_agree(first.status, later.status)
    )


def parties_agree(first: EventMention, later: EventMention) -> bool:
    """Whether each side of one is within the same side of the other; an empty side agrees with any.

    A reciprocal act may be told from either end.
    """
    one = countries(first.actors), countries(first.recipients)
    two = countries(later.actors), countries(later.recipients)
    if _within(one[0], two[0]) and _within(one[1], two[1]):
        return True
    both = one[0] | one[1]
    return bool(both) and first.event_type == "CONSULT" and _within(both, two[0] | two[1])


def _within(one: frozenset[str], two: frozenset[str]) -> bool:
    return one <= two or two <= one


def dates_agree(first: EventMention, later: EventMention) -> bool:
    """Whether the two dates share a day, or one of them is missing."""
    one, two = first.date, later.date
    if one is None or two is None or not (one.start and one.end and two.start and two.end):
        return True
    return one.start <= two.end and two.start <= one.end


def places_agree(first: EventMention, later: EventMention) -> bool:
    """Whether the countries of the two places are the same, or one place is missing."""
    return first.place is None or later.place is None or first.place.country == later.place.country


def statuses_agree(one: Status, two: Status) -> bool:
    """Whether the two statuses can be of one act: equal, or told by one and denied by another."""
    return one == two or (one in CLAIMED and two in CLAIMED)
