"""An actor's record: what it did and underwent, with whom, and lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.query.countries import code_of, name_of
from dragoman.query.dyads import by_type, sums
from dragoman.query.filters import Filters, both, party
from dragoman.query.finding import thin, unassembled, with_words
from dragoman.query.ground import Ground, Row
from dragoman.query.weighing import mean_score, weightiest

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
    done = thin(ground, both((party("actor", key), narrowed)))
    undergone = thin(ground, both((party("recipient", key), narrowed)))
    every = list({row["id"]: row for row in (*done, *undergone)}.values())
    latest = sorted(every, key=lambda row: (str(row["start"] or row["first_reported"] or ""), row["id"]))
    latest, heavy = latest[::-1][:limit], weightiest(every, limit)
    shown = list(dict.fromkeys(row["id"] for row in (*latest, *heavy)))
    full = {row["id"]: row for row in with_words(ground, shown)}
    return Actor(
        name_of(code) if code else entities[0]["name"],
        key,
        "country" if code else entities[0]["kind"],
        code or entities[0]["country"],
        [] if code else roles(ground, key),
        entities[1:],
        [*by_type(DONE, done), *by_type(UNDERGONE, undergone)],
        [sums(DONE, done), sums(UNDERGONE, undergone)],
        partners(code or "", done, undergone),
        [full[row["id"]] for row in latest],
        [full[row["id"]] for row in heavy],
    )


def named(ground: Ground, name: str) -> list[Row]:
    """The entities whose name has these words, or that have this id; exact ones first, then by events."""
    wanted = " ".join(name.split()).casefold()
    fits = "contains(lower(p.name), $1) OR lower(p.entity_id) = $1"
    return ground.rows(
        "SELECT p.entity_id AS entity_id, mode(p.name) AS name, mode(p.country) AS country, "
        "mode(p.kind) AS kind, count(DISTINCT id) AS events FROM "
        "(SELECT id, unnest(list_concat(actors, recipients)) AS p FROM record "
        f"WHERE len(list_filter(actors, lambda p: {fits})) > 0 "
        f"OR len(list_filter(recipients, lambda p: {fits})) > 0) "
        f"WHERE {fits} GROUP BY 1 "
        "ORDER BY bool_or(lower(p.name) = $1 OR lower(p.entity_id) = $1) DESC, events DESC, 1",
        [wanted],
    )


def roles(ground: Ground, key: str) -> list[Row]:
    """The offices and codes under which the entity acts, with the days between which it does."""
    return ground.rows(
        "SELECT p.role AS role, p.country AS country, p.sector AS sector, count(*) AS events, "
        'min("start") AS first, max("end") AS last FROM '
        '(SELECT "start", "end", unnest(list_concat(actors, recipients)) AS p FROM record '
        "WHERE len(list_filter(list_concat(actors, recipients), lambda p: p.entity_id = $1)) > 0) "
        "WHERE p.entity_id = $1 GROUP BY ALL ORDER BY events DESC, role NULLS LAST",
        [key],
    )


def partners(own: str, done: Sequence[Row], undergone: Sequence[Row]) -> list[Row]:
    """The countries that it dealt with, most events first, with the mean scores of what happened."""
    toward: dict[str, list[Row]] = {}
    back: dict[str, list[Row]] = {}
    for events, column, found in (
        (done, "recipient_countries", toward),
        (undergone, "actor_countries", back),
    ):
        for row in events:
            for code in set((row[column] or "").split()) - {own}:
                found.setdefault(code, []).append(row)
    counts = Counter({code: len(toward.get(code, ())) + len(back.get(code, ())) for code in toward | back})
    return [
        {
            "country": code,
            "name": name_of(code),
            "done": len(toward.get(code, ())),
            "done_score": mean_score(toward.get(code, ())),
            "undergone": len(back.get(code, ())),
            "undergone_score": mean_score(back.get(code, ())),
        }
        for code, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
