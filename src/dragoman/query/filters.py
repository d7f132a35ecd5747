"""Which events a question is about, as conditions of SQL; what users give is never part of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.lexicon.codebook import QUADS, load_codebook
from dragoman.query.countries import code_of, country
from dragoman.query.ground import as_day
from dragoman.records import Status
from dragoman.store.index import BREAK

QUOTED = re.compile(r'"([^"]+)"|(\S+)')
Names = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Where:
    """A condition of SQL and the values of its question marks."""

    sql: str
    values: tuple[object, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sql)


ALL = Where("true")


def both(conditions: Iterable[Where]) -> Where:
    """All of the conditions; what is empty asks for nothing."""
    return joined(" AND ", conditions, ALL)


def either(conditions: Iterable[Where]) -> Where:
    """Any of the conditions; nothing where there is none."""
    return joined(" OR ", conditions, Where(""))


def joined(word: str, conditions: Iterable[Where], nothing: Where) -> Where:
    """The conditions with that word between them."""
    some = [one for one in conditions if one]
    if not some:
        return nothing
    sql = word.join(f"({one.sql})" for one in some)
    return Where(sql, tuple(value for one in some for value in one.values))


@dataclass(frozen=True, slots=True)
class Filters:
    """What events must have; what is empty asks for nothing, and of several values any will do.

    Parties are countries by code or name, or names of persons and bodies. ``since`` and ``until`` are days,
    months or years that the event's date must touch; an event without a date passes only with
    ``or_reported``, by the day of its first report. ``speaker`` and ``outlet`` are of one mention, that of
    the ``text`` if both are given. ``text`` are words that one passage must hold, "in quotes" together.
    """

    actor: Names = ()
    recipient: Names = ()
    party: Names = ()
    between: tuple[str, str] | None = None
    event_type: Names = ()
    mode: Names = ()
    context: Names = ()
    status: Names = ()
    quad: Names = ()
    since: str | date | None = None
    until: str | date | None = None
    or_reported: bool = False
    place: Names = ()
    country: Names = ()
    speaker: Names = ()
    outlet: Names = ()
    text: str = ""
    min_origins: int = 0
    min_confidence: float = 0.0
    contested: bool = False

    def where(self) -> Where:
        """The condition on ``record`` or ``lines``; raises ``InputError`` for codes that do not exist."""
        return both(
            [
                either(party("actor", one) for one in listed(self.actor)),
                either(party("recipient", one) for one in listed(self.recipient)),
                either(either_side(one) for one in listed(self.party)),
                between(*self.between) if self.between else ALL,
                among("event_type", codes(self.event_type, "type", load_codebook().types, str.upper)),
                among("mode", codes(self.mode, "mode", all_modes())),
                within("contexts", codes(self.context, "context", load_codebook().contexts)),
                among("status", codes(self.status, "status", [str(one) for one in Status])),
                among("quad", codes(self.quad, "quad class", QUADS)),
                dated(self.since, self.until, self.or_reported),
                either(placed(one) for one in listed(self.place)),
                among("place_country", [country(one) for one in listed(self.country)]),
                self.mentioned(),
                Where("origin_count >= ?", (self.min_origins,)) if self.min_origins else ALL,
                Where("confidence >= ?", (self.min_confidence,)) if self.min_confidence else ALL,
                Where("contradicted > 0 OR (denials > 0 AND status <> 'denied')") if self.contested else ALL,
            ]
        )

    def mentioned(self) -> Where:
        """The condition that one of the event's mentions has the speaker, the outlet and the words."""
        wanted = both(
            [
                either(spoken(one) for one in listed(self.speaker)),
                either(Where("contains(outlet, ?)", (one.casefold(),)) for one in listed(self.outlet)),
                *map(worded, words_of(self.text)),
            ]
        )
        if wanted == ALL:
            return ALL
        return Where(f"line IN (SELECT line FROM tellings WHERE {wanted.sql})", wanted.values)

    def asked(self) -> dict[str, Any]:
        """What is asked for, without what is empty."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in given.items() if value not in ((), "", None, 0, False)}


def listed(names: Names) -> list[str]:
    """One name or several."""
    return [names] if isinstance(names, str) else list(names)


def codes(given: Names, what: str, known: Iterable[str], form: Callable[[str], str] = str.lower) -> list[str]:
    """The codes as the codebook writes them; raises ``InputError`` for one that it does not have."""
    have = list(known)
    found = [form(one.strip()) for one in listed(given)]
    for one in found:
        if one not in have:
            raise InputError(f"there is no {what} {one!r}", f"there are: {', '.join(have)}")
    return found


def all_modes() -> list[str]:
    """Every mode of any type."""
    return sorted({mode for modes in load_codebook().modes.values() for mode in modes})


def among(column: str, values: Sequence[str]) -> Where:
    """The column holds one of the values; anything where there are none."""
    return Where(f"{column} IN (SELECT unnest(?))", (list(values),)) if values else ALL


def within(column: str, values: Sequence[str]) -> Where:
    """The column is a list with one of the values."""
    return Where(f"list_has_any({column}, ?)", (list(values),)) if values else ALL


def party(side: str, name: str) -> Where:
    """The country, person or body acts, or undergoes."""
    code = code_of(name)
    if code:
        return Where(f"contains({side}_countries, ?)", (code,))
    wanted = name.strip().casefold()
    return Where(
        f"line IN (SELECT line FROM parties WHERE side = '{side}' "
        "AND (contains(lower(name), ?) OR lower(entity_id) = ?))",
        (wanted, wanted),
    )


def either_side(name: str) -> Where:
    """The country, person or body is on one of the sides."""
    return either((party("actor", name), party("recipient", name)))


def between(one: str, other: str) -> Where:
    """One acts and the other undergoes, whichever way round."""
    return either((directed(one, other), directed(other, one)))


def directed(actor: str, recipient: str) -> Where:
    """The first acts, the second undergoes."""
    return both((party("actor", actor), party("recipient", recipient)))


def dated(since: str | date | None, until: str | date | None, or_reported: bool) -> Where:
    """The event's date touches the days; with ``or_reported`` the first report's day stands for none."""
    first, last = as_day(since), as_day(until, last=True)
    start, end = '"start"', '"end"'
    if or_reported:
        start, end = f"coalesce({start}, first_reported)", f"coalesce({end}, first_reported)"
    return both(
        [
            Where(f"{end} >= ?", (first,)) if first else ALL,
            Where(f"{start} <= ?", (last,)) if last else ALL,
        ]
    )


def placed(name: str) -> Where:
    """The place, or the part of the country that it lies in, goes by that name."""
    wanted = name.strip().casefold()
    return Where("contains(lower(place_name), ?) OR lower(place_admin1) = ?", (wanted, wanted))


def spoken(name: str) -> Where:
    """The chain of sources of a telling has that speaker, or one of that country."""
    code = code_of(name)
    if code:
        return Where("contains(speaker_countries, ?)", (f"{BREAK}{code}{BREAK}",))
    return Where("contains(speakers, ?)", (name.strip().casefold(),))


def words_of(text: str) -> list[str]:
    """The words to look for, in small letters; what stands "in quotes" stays together."""
    return [(phrase or word).casefold() for phrase, word in QUOTED.findall(text)]


def worded(word: str) -> Where:
    """The passage of a telling holds the word."""
    return Where("contains(passage, ?)", (word,))
