"""The parties of an event, from what its mentions give for either side."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.assemble.typeweights import SYMMETRIC
from dragoman.assemble.voting import Ballot
from dragoman.records import Contradiction, EventMention, Party

Parties = tuple[Party, ...]
Countries = tuple[str, ...]


def agreed_parties(ballot: Ballot) -> tuple[Parties, Parties, tuple[Contradiction, ...]]:
    """Actors and recipients as most origins have them, and the sides that can't both be right.

    For acts that parties do together the two sides are taken from one mention, so that none stands twice
    on one side because another report has them the other way round.
    """
    first = ballot.mentions[0]
    if all(one.event_type in SYMMETRIC for one in ballot.mentions) and turned_round(ballot):
        best = max(
            ballot.mentions, key=lambda one: (len(both_sides(one)), exactness(one.actors + one.recipients))
        )
        return best.actors, best.recipients, ()
    actors, clash = agreed_side(ballot, lambda one: one.actors, "actors")
    recipients, other = agreed_side(ballot, lambda one: one.recipients, "recipients")
    found = tuple(one for one in (clash, other) if one is not None)
    return actors or first.actors, recipients or first.recipients, found


def turned_round(ballot: Ballot) -> bool:
    """Whether some mention has as actor whom another has as recipient, and not as actor."""
    sides = [(set(countries_of(one.actors)), set(countries_of(one.recipients))) for one in ballot.mentions]
    return any(not one[0] & two[0] and one[0] & two[1] for one in sides for two in sides if one[0] and two[0])


def both_sides(mention: EventMention) -> set[str]:
    """The countries on both sides."""
    return {*countries_of(mention.actors), *countries_of(mention.recipients)}


def countries_of(parties: Parties) -> Countries:
    """The countries of a side, sorted, each once."""
    return tuple(sorted({party.entity.country for party in parties if party.entity.country}))


def agreed_side(
    ballot: Ballot, read: Callable[[EventMention], Parties], name: str
) -> tuple[Parties, Contradiction | None]:
    """One side: the fullest set of countries with which most origins agree, named as exactly as by anyone."""
    given = ballot.given(lambda mention: countries_of(read(mention)))
    candidates = [one for one in given if not any(set(one) < set(two) for two in given)]
    if not candidates:
        return (), None
    backers = {
        one: [mention for two, mentions in given.items() if set(two) <= set(one) for mention in mentions]
        for one in candidates
    }
    best = max(candidates, key=lambda one: ballot.votes(backers[one]))
    named = max(given[best], key=lambda mention: exactness(read(mention)))
    others = {two: mentions for two, mentions in given.items() if not set(two) & set(best)}
    if not others:
        return read(named), None
    versions = {" ".join(two): mentions for two, mentions in {best: backers[best], **others}.items()}
    return read(named), ballot.clash(name, versions)


def exactness(parties: Parties) -> int:
    """How exactly the parties are named: persons and bodies count most, then sectors."""
    return sum(2 * (":" in party.entity.id) + (party.entity.sector is not None) for party in parties)
