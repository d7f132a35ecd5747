"""Who is told of most."""

from __future__ import annotations

from dragoman.query.ground import Ground, Row


def countries_told_of(ground: Ground, limit: int = 60) -> list[Row]:
    """The countries with most events: how many they did and underwent, with the mean score of their acts."""
    return ground.rows(
        "WITH pair AS (SELECT coalesce(actor_countries, '') AS actors, "
        "coalesce(recipient_countries, '') AS recipients, count(*) AS number, "
        "sum(score) FILTER (status = 'asserted') AS total, "
        "count(score) FILTER (status = 'asserted') AS scored FROM lines GROUP BY 1, 2), "
        "side AS (SELECT *, unnest(list_distinct(string_split(actors || ' ' || recipients, ' '))) AS country "
        "FROM pair), told AS (SELECT *, contains(actors, country) AS acts, "
        "contains(recipients, country) AS undergoes FROM side WHERE country <> '') "
        "SELECT country, sum(number)::BIGINT AS events, "
        "coalesce(sum(number) FILTER (acts), 0)::BIGINT AS done, "
        "coalesce(sum(number) FILTER (undergoes), 0)::BIGINT AS undergone, "
        "round(sum(total) FILTER (acts) / nullif(sum(scored) FILTER (acts), 0), 2) AS score "
        f"FROM told GROUP BY 1 ORDER BY events DESC, 1 LIMIT {int(limit)}"
    )


def entities_told_of(ground: Ground, limit: int = 60) -> list[Row]:
    """The persons and bodies with most events."""
    return ground.rows(
        "SELECT entity_id, mode(name) AS name, mode(country) AS country, mode(kind) AS kind, "
        "count(DISTINCT line) AS events FROM parties WHERE kind <> 'country' "
        "AND line IN (SELECT line FROM lines) "
        f"GROUP BY 1 ORDER BY events DESC, 1 LIMIT {int(limit)}"
    )
