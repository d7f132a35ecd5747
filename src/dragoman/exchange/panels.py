"""Dyads by period: counts by type, class and status, and scores, ready for R and Stata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from dragoman.errors import InputError
from dragoman.exchange.systems import states
from dragoman.lexicon.codebook import QUADS, load_codebook
from dragoman.query import Filters, Ground
from dragoman.query.ground import as_day
from dragoman.records import Status

PERIODS = ("day", "week", "month", "quarter", "year")
UNITS = ("events", "mentions")
TABLES = {
    "events": 'SELECT "start", "end", actor_countries, recipient_countries, event_type, status, score, quad, '
    "killed_low FROM record WHERE {where}",
    "mentions": 'SELECT date.start AS "start", date."end" AS "end", actor_countries, recipient_countries, '
    "event_type, status, score, quad, casualties.killed.low AS killed_low FROM event_mentions",
}
"""What is counted."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What panel is wanted: by what period, of what, by direction or not, with rows of zeros or without."""

    by: str = "month"
    directed: bool = False
    fill: bool = False
    of: str = "events"
    filters: Filters = field(default_factory=Filters)

    @property
    def sides(self) -> tuple[str, str]:
        """The names of the two."""
        return ("actor", "recipient") if self.directed else ("side_a", "side_b")


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel that was written: its rows and dyads, and what no row counts."""

    rows: int
    dyads: int
    coarser: int
    undated: int
    one_sided: int


def write_panel(ground: Ground, wish: Wish, goal: Path) -> Panel:
    """Writes the panel: CSV, or Parquet or Stata's .dta by the end of the file's name.

    An event counts in a row if its whole date lies within the period; one of several countries counts once
    for each pair of them. Types, classes and scores are of events that are said to have happened. With
    ``fill`` every dyad that occurs has a row for every period from the first to the last.
    """
    connection = ground.snapshot.connection.cursor()
    outside = gather(connection, wish)
    span = bounds(connection, wish)
    query = panel_query(wish, span)
    if goal.suffix == ".dta":
        connection.sql(query).df().to_stata(goal, write_index=False, version=118)
    else:
        form = "FORMAT parquet" if goal.suffix == ".parquet" else "FORMAT csv, HEADER"
        connection.execute(f"COPY ({query}) TO {quoted(str(goal))} ({form})")
    ((rows,),) = connection.execute(f"SELECT count(*) FROM ({rows_query(wish, span)})").fetchall()
    ((dyads,),) = connection.execute(f"SELECT count(*) FROM ({dyads_query(wish)})").fetchall()
    return Panel(rows, dyads, *outside)


def quoted(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def gather(connection: duckdb.DuckDBPyConnection, wish: Wish) -> tuple[int, int, int]:
    """Counts by dyad and period into the table ``cells``; gives back what is not in it.

    The few different lists of countries are taken apart after counting, not before.
    """
    check(wish)
    where = wish.filters.where()
    source = TABLES[wish.of].replace("{where}", where.sql)
    values: Sequence[object] = where.values if wish.of == "events" else ()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE counted AS SELECT "
        f"CAST(CASE WHEN date_trunc('{wish.by}', \"start\") = date_trunc('{wish.by}', \"end\") "
        f"THEN date_trunc('{wish.by}', \"start\") END AS DATE) AS period, "
        f'"start" IS NULL AS undated, actor_countries, recipient_countries, {figures()} '
        f"FROM ({source}) GROUP BY ALL",
        list(values) or None,
    )
    ((coarser, undated, one_sided),) = connection.execute(
        "SELECT coalesce(sum(events) FILTER (period IS NULL AND NOT undated), 0)::BIGINT, "
        "coalesce(sum(events) FILTER (undated), 0)::BIGINT, "
        "coalesce(sum(events) FILTER (period IS NOT NULL AND "
        "(actor_countries IS NULL OR recipient_countries IS NULL)), 0)::BIGINT FROM counted"
    ).fetchall()
    first, second = wish.sides
    one, other = (f"string_split({side}_countries, ' ')" for side in ("actor", "recipient"))
    pair = "one AS a, other AS b" if wish.directed else "least(one, other) AS a, greatest(one, other) AS b"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE pairs AS SELECT DISTINCT actor_countries, recipient_countries, {pair} "
        f"FROM (SELECT *, unnest({other}) AS other FROM (SELECT *, unnest({one}) AS one FROM "
        "(SELECT DISTINCT actor_countries, recipient_countries FROM counted "
        "WHERE actor_countries IS NOT NULL AND recipient_countries IS NOT NULL)))"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT a AS {first}, b AS {second}, period, {sums()} "
        "FROM counted JOIN pairs USING (actor_countries, recipient_countries) WHERE period IS NOT NULL "
        "GROUP BY ALL"
    )
    keep_numbers(connection)
    return coarser, undated, one_sided


def check(wish: Wish) -> None:
    """Raises ``InputError`` for a panel that can't be."""
    if wish.by not in PERIODS:
        raise InputError(f"a panel can't go by {wish.by!r}", f"it goes by: {', '.join(PERIODS)}")
    if wish.of not in UNITS:
        raise InputError(f"a panel can't count {wish.of!r}", f"it counts: {', '.join(UNITS)}")
    if wish.of == "mentions" and wish.filters.asked():
        raise InputError("a panel of mentions can't be narrowed", "count events, or leave out the filters")


def names() -> list[str]:
    """The columns of figures: all events, by status, and those that happened by type and class."""
    kinds = [kind.lower() for kind in load_codebook().types]
    return ["events", *(str(one) for one in Status), *kinds, *QUADS]


def figures() -> str:
    """What is counted of the events of a cell, as SQL."""
    happened = f"status = '{Status.ASSERTED}'"
    tests = {str(one): f"status = '{one}'" for one in Status}
    tests |= {kind.lower(): f"{happened} AND event_type = '{kind}'" for kind in load_codebook().types}
    tests |= {one: f"{happened} AND quad = '{one}'" for one in QUADS}
    counts = [f'count(*) FILTER ({test}) AS "{name}"' for name, test in tests.items()]
    return ", ".join(
        [
            "count(*) AS events",
            *counts,
            f"coalesce(sum(score) FILTER ({happened}), 0) AS score_sum",
            f"count(score) FILTER ({happened}) AS scored",
            f"coalesce(sum(killed_low) FILTER ({happened}), 0) AS killed_low",
        ]
    )


def sums() -> str:
    """The figures of cells together, as SQL."""
    whole = ", ".join(f'sum("{one}")::BIGINT AS "{one}"' for one in (*names(), "scored", "killed_low"))
    return f"{whole}, round(sum(score_sum), 4) AS score_sum"


def keep_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """A table with the numbers of states, and the days from and until which they hold."""
    rows = [
        (code, place, one.cow or None, one.gw or None, one.since, one.until, place == len(ones) - 1)
        for code, ones in states().items()
        for place, one in enumerate(ones)
    ]
    columns = ("code", "place", "cow", "gw", "since", "until", "is_last")
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(columns)})
    connection.register("arriving_states", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE state_numbers AS SELECT * FROM arriving_states")
    connection.unregister("arriving_states")


def bounds(connection: duckdb.DuckDBPyConnection, wish: Wish) -> tuple[date, date] | None:
    """From which period to which the panel runs; ``None`` for an empty one."""
    ((first, last),) = connection.execute("SELECT min(period), max(period) FROM cells").fetchall()
    begin = as_day(wish.filters.since) or first
    end = as_day(wish.filters.until, last=True) or last
    return (begin, end) if begin and end else None


def dyads_query(wish: Wish) -> str:
    """The dyads that occur, as SQL."""
    first, second = wish.sides
    return f"SELECT DISTINCT {first}, {second} FROM cells"


def rows_query(wish: Wish, span: tuple[date, date] | None) -> str:
    """The cells, with those of zeros between them where they are wanted, as SQL."""
    if not (wish.fill and span):
        return "SELECT * FROM cells"
    first, second = wish.sides
    step = "3 months" if wish.by == "quarter" else f"1 {wish.by}"
    begin = f"date_trunc('{wish.by}', DATE '{span[0]}')"
    filled = (*names(), "score_sum", "scored", "killed_low")
    zeros = ", ".join(f'coalesce("{name}", 0) AS "{name}"' for name in filled)
    return (
        f"SELECT {first}, {second}, period, {zeros} FROM ({dyads_query(wish)}) "
        f"CROSS JOIN (SELECT CAST(unnest(generate_series({begin}, TIMESTAMP '{span[1]}', "
        f"INTERVAL {step})) AS DATE) AS period) LEFT JOIN cells USING ({first}, {second}, period)"
    )


def panel_query(wish: Wish, span: tuple[date, date] | None) -> str:
    """The panel as SQL."""
    first, second = wish.sides
    shown = ", ".join(f'"{name}"' for name in (*names(), "score_sum"))
    return (
        f"WITH rows AS ({rows_query(wish, span)}), numbers AS (SELECT code, period, "
        "CAST(arg_min(cow, place) AS INTEGER) AS cow, CAST(arg_min(gw, place) AS INTEGER) AS gw "
        f"FROM (SELECT {first} AS code, period FROM rows UNION SELECT {second}, period FROM rows) "
        "JOIN state_numbers USING (code) WHERE (period >= since AND period < until) OR is_last "
        f"GROUP BY ALL) SELECT {first}, {second}, x.cow AS {first}_cow, y.cow AS {second}_cow, "
        f"x.gw AS {first}_gw, y.gw AS {second}_gw, r.period, {parts_of(wish.by)}, {shown}, "
        "round(score_sum / nullif(scored, 0), 4) AS score_mean, killed_low FROM rows AS r "
        f"LEFT JOIN numbers AS x ON x.code = {first} AND x.period = r.period "
        f"LEFT JOIN numbers AS y ON y.code = {second} AND y.period = r.period "
        f"ORDER BY {first}, {second}, r.period"
    )


def parts_of(by: str) -> str:
    """Year, and the part of it, as numbers."""
    year = "isoyear" if by == "week" else "year"
    found = [f"CAST({year}(r.period) AS INTEGER) AS year"]
    if by in ("quarter", "week", "month", "day"):
        found.append(f'CAST({by}(r.period) AS INTEGER) AS "{by}"')
    if by == "day":
        found.insert(1, "CAST(month(r.period) AS INTEGER) AS month")
    return ", ".join(found)
