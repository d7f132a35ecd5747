"""An actor's record: what it did and underwent, with whom, and lately."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.query.countries import code_of, name_of
from dragoman.query.filters import Filters, party
from dragoman.query.finding import unassembled, with_words
from dragoman.query.ground import Ground, Row
from dragoman.query.tallying import Tally

DONE, UNDERGONE = "done", "undergone"


@dataclass(frozen=True, slots=True)
class Actor:
    """The answer of ``who``: the actor, others whose names fit, and its acts.

    ``counts`` has a row a direction (done, undergone) and type, ``partners`` one a country that
    it dealt with.
    """

    name: str
    key: str
    kind: str
    country: str
    roles: list[Row]
    others: list[Row]
    counts: list[Row]
    sums: list[Row]
    partners: list[Row]
    latest: list[Row]
    weightiest: list[Row]


def who(ground: Ground, name: str, filters: Filters | None = None, limit: int = 5) -> Actor:
    """The record of a country, person or body; of several that the name fits, the one told of most."""
    code = code_of(name)
    entities = [] if code else named(ground, name)
    if not code and not entities:
        raise InputError(
            f"no actor or recipient of the corpus is called {name!r}",
            unassembled(ground) or "give a part of it",
        )
    key = code or str(entities[0]["entity_id"])
    narrowed = (filters or Filters()).where()
    tally = Tally(ground, party("actor", key), party("recipient", key), narrowed)
    latest, heavy = tally.latest(limit), tally.weightiest(limit, by_way=False)
    full = {row["id"]: row for row in with_words(ground, list(dict.fromkeys([*latest, *heavy])))}
    for one, weight in heavy.items():
        full[one]["weight"] = weight
    return Actor(
        name_of(code) if code else entities[0]["name"],
        key,
        "country" if code else entities[0]["kind"],
        code or entities[0]["country"],
        [] if code else roles(ground, key),
        entities[1:],
        [*tally.by_type("forth", DONE), *tally.by_type("back", UNDERGONE)],
        [tally.sums("forth", DONE), tally.sums("back", UNDERGONE)],
        partners(code or "", tally),
        [full[one] for one in latest],
        [full[one] for one in heavy],
    )


def named(ground: Ground, name: str) -> list[Row]:
    """The entities whose name has these words, or that have this id; exact ones first, then by events."""
    wanted = " ".join(name.split()).casefold()
    return ground.rows(
        "SELECT entity_id, mode(name) AS name, mode(country) AS country, mode(kind) AS kind, "
        "count(DISTINCT line) AS events FROM parties "
        "WHERE (contains(lower(name), $1) OR lower(entity_id) = $1) AND line IN (SELECT line FROM lines) "
        "GROUP BY 1 ORDER BY bool_or(lower(name) = $1 OR lower(entity_id) = $1) DESC, events DESC, 1",
        [wanted],
    )


def roles(ground: Ground, key: str) -> list[Row]:
    """The offices and codes under which the entity acts, with the days between which it does."""
    return ground.rows(
        'SELECT p."role" AS "role", p.country AS country, p.sector AS sector, count(*) AS events, '
        'min("start") AS first, max("end") AS last FROM parties AS p JOIN lines AS e ON e.line = p.line '
        'WHERE p.entity_id = $1 GROUP BY ALL ORDER BY events DESC, "role" NULLS LAST',
        [key],
    )


def partners(own: str, tally: Tally) -> list[Row]:
    """The countries that it dealt with, most events first, with the mean scores of what happened."""
    rows = []
    for code, ways in tally.partners().items():
        (done, done_score), (undergone, undergone_score) = (
            ways.get(side, (0, None)) for side in ("forth", "back")
        )
        row: Row = {"country": code, "name": name_of(code), "done": done, "done_score": done_score}
        rows.append(row | {"undergone": undergone, "undergone_score": undergone_score})
    rows.sort(key=lambda row: (-row["done"] - row["undergone"], row["country"]))
    return [row for row in rows if row["country"] != own]
