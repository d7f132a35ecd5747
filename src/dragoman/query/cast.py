"""Who is told of most."""

from __future__ import annotations

from dragoman.query.ground import Ground, Row


def countries_told_of(ground: Ground, limit: int = 60) -> list[Row]:
    """The countries with most events: how many they did and underwent, with the mean score of their acts."""
    return ground.rows(
        "SELECT country, count(DISTINCT id) AS events, count(DISTINCT id) FILTER (acts) AS done, "
        "count(DISTINCT id) FILTER (NOT acts) AS undergone, "
        "round(avg(score) FILTER (acts AND status = 'asserted'), 2) AS score FROM ("
        "SELECT id, score, status, true AS acts, unnest(string_split(actor_countries, ' ')) AS country "
        "FROM record UNION ALL SELECT id, score, status, false AS acts, "
        "unnest(string_split(recipient_countries, ' ')) AS country FROM record) WHERE country <> '' "
        f"GROUP BY 1 ORDER BY events DESC, 1 LIMIT {int(limit)}"
    )


def entities_told_of(ground: Ground, limit: int = 60) -> list[Row]:
    """The persons and bodies with most events."""
    return ground.rows(
        "SELECT p.entity_id AS entity_id, mode(p.name) AS name, mode(p.country) AS country, "
        "mode(p.kind) AS kind, count(DISTINCT id) AS events FROM "
        "(SELECT id, unnest(list_concat(actors, recipients)) AS p FROM record) "
        f"WHERE p.kind <> 'country' GROUP BY 1 ORDER BY events DESC, 1 LIMIT {int(limit)}"
    )
