"""Two datasets side by side: where they agree, what only one has, and whether they rise and fall together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.errors import InputError
from dragoman.exchange.importing import OWN, datasets
from dragoman.query import Ground

Row = dict[str, Any]
GROUPS = {"dyad": "actor, recipient", "type": "event_type", "period": "period"}
SIDES = """
SELECT *, unnest(string_split(recipient_countries, ' ')) AS recipient FROM (
    SELECT *, unnest(string_split(actor_countries, ' ')) AS actor FROM ({events})
)
"""
EVENTS = """
SELECT {name} AS dataset, id, {at} AS "at", event_type, "start" AS day,
    CAST(date_trunc('month', "start") AS DATE) AS period, actor_countries, recipient_countries
FROM {table} WHERE "start" IS NOT NULL AND date_trunc('month', "start") = date_trunc('month', "end")
    AND actor_countries IS NOT NULL AND recipient_countries IS NOT NULL AND event_type IS NOT NULL
    AND status = 'asserted' {which}
"""
PAIRED = """
SELECT actor, recipient, event_type, period, count(*) FILTER (dataset = 'a') AS a,
    count(*) FILTER (dataset = 'b') AS b FROM compared GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Sides:
    """The answer of ``compare_datasets``.

    ``total``, ``by_dyad``, ``by_type`` and ``by_period`` have ``a`` and ``b`` (events), ``both`` and
    ``agreement`` (0 to 1). ``only_count`` tells of each of the two how many of its events the other lacks,
    ``only`` the first of them, with file and line where they were imported. ``correlations`` are of monthly
    counts; ``None`` where one does not vary.
    """

    total: Row
    by_dyad: list[Row]
    by_type: list[Row]
    by_period: list[Row]
    only: dict[str, list[Row]]
    only_count: dict[str, int]
    correlations: list[Row]


def compare_datasets(ground: Ground, first: str, second: str, days: int = 3, limit: int = 20) -> Sides:
    """How two datasets agree in the months that both cover; ``corpus`` are the corpus' own events.

    Compared are events that are said to have happened, with countries on both sides and a date within one
    month. ``both`` is the smaller count of each dyad, type and month, summed; ``agreement`` twice that by all
    events of the two. An event is one's alone if the other has none of its dyad and type within ``days``.
    """
    gather(ground, first, second)
    return Sides(
        (agreement(ground, "") or [{"a": 0, "b": 0, "both": 0, "agreement": None}])[0],
        agreement(ground, GROUPS["dyad"]),
        agreement(ground, GROUPS["type"]),
        agreement(ground, GROUPS["period"]),
        {name: alone(ground, side, days, limit) for name, side in ((first, "a"), (second, "b"))},
        {name: count_alone(ground, side, days) for name, side in ((first, "a"), (second, "b"))},
        correlations(ground, limit),
    )


def gather(ground: Ground, first: str, second: str) -> None:
    """Makes the table ``compared``: a row for each event and pair of countries."""
    have = [OWN, *datasets(ground)]
    for name in (first, second):
        if name not in have:
            raise InputError(f"there is no dataset {name!r}", f"there are: {', '.join(have)}")
    if first == second:
        raise InputError("a dataset can't be compared with itself", "name two")
    parts: list[str] = []
    values: list[str] = []
    for letter, name in (("a", first), ("b", second)):
        own = name == OWN
        events = EVENTS.format(
            name=f"'{letter}'",
            at="NULL" if own else "concat(file, ':', line)",
            table="record" if own else "imported_events",
            which="" if own else "AND dataset = ?",
        )
        parts.append(SIDES.format(events=events))
        values += [] if own else [name]
    columns = 'dataset, id, "at", event_type, day, period, actor, recipient'
    union = " UNION ALL ".join(f"SELECT {columns} FROM ({one})" for one in parts)
    connection = ground.snapshot.connection
    connection.execute(f"CREATE OR REPLACE TABLE compared AS {union}", values or None)
    connection.execute(
        "DELETE FROM compared WHERE period < (SELECT max(least) FROM (SELECT min(period) AS least FROM "
        "compared GROUP BY dataset)) OR period > (SELECT min(most) FROM (SELECT max(period) AS most FROM "
        "compared GROUP BY dataset)) OR (SELECT count(DISTINCT dataset) FROM compared) < 2"
    )


def agreement(ground: Ground, columns: str) -> list[Row]:
    """Counts and agreement by these columns, most events first; months in their order."""
    shown = f"{columns}, " if columns else ""
    first = "" if columns == GROUPS["period"] else "sum(p.a + p.b) DESC, "
    group = f"GROUP BY {columns} ORDER BY {first}{columns}" if columns else ""
    return ground.rows(
        f"SELECT {shown}coalesce(sum(p.a), 0)::BIGINT AS a, coalesce(sum(p.b), 0)::BIGINT AS b, "
        'coalesce(sum(least(p.a, p.b)), 0)::BIGINT AS "both", '
        f"round(2 * sum(least(p.a, p.b)) / sum(p.a + p.b), 4) AS agreement FROM ({PAIRED}) AS p {group}"
    )


def lacking(side: str, days: int) -> str:
    """The events of one that the other lacks, as SQL."""
    return (
        f"FROM compared AS x WHERE x.dataset = '{side}' AND NOT EXISTS (SELECT 1 FROM compared AS y WHERE "
        f"y.dataset <> '{side}' AND y.actor = x.actor AND y.recipient = x.recipient AND "
        f"y.event_type = x.event_type AND abs(date_diff('day', x.day, y.day)) <= {int(days)})"
    )


def alone(ground: Ground, side: str, days: int, limit: int) -> list[Row]:
    """The first events of one that the other lacks."""
    columns = 'day, actor, recipient, event_type, id, "at"'
    return ground.rows(f"SELECT {columns} {lacking(side, days)} ORDER BY {columns} LIMIT {int(limit)}")


def count_alone(ground: Ground, side: str, days: int) -> int:
    """How many events of one the other lacks."""
    return ground.number(f"SELECT count(*) {lacking(side, days)}")


def correlations(ground: Ground, limit: int) -> list[Row]:
    """Pearson's of monthly counts: all events first, then the dyads with most; empty months are zero."""
    months = (
        "(SELECT CAST(unnest(generate_series(min(period), max(period), INTERVAL 1 month)) AS DATE) AS period "
        "FROM compared)"
    )
    counts = f"SELECT actor, recipient, period, sum(a) AS a, sum(b) AS b FROM ({PAIRED}) GROUP BY ALL"
    measure = (
        "count(*) AS months, CASE WHEN var_pop(a) > 0 AND var_pop(b) > 0 THEN round(corr(a, b), 4) END "
        "AS correlation"
    )
    whole = ground.rows(
        f"SELECT NULL AS actor, NULL AS recipient, {measure} FROM (SELECT coalesce(sum(a), 0) AS a, "
        f"coalesce(sum(b), 0) AS b FROM {months} LEFT JOIN ({counts}) USING (period) GROUP BY period)"
    )
    dyads = ground.rows(
        f"SELECT actor, recipient, {measure} FROM (SELECT actor, recipient, coalesce(a, 0) AS a, "
        f"coalesce(b, 0) AS b FROM (SELECT DISTINCT actor, recipient FROM compared) CROSS JOIN {months} "
        f"LEFT JOIN ({counts}) USING (actor, recipient, period)) GROUP BY actor, recipient "
        f"ORDER BY sum(a + b) DESC, actor, recipient LIMIT {int(limit)}"
    )
    return [*whole, *dyads]
