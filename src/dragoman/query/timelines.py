"""Events counted by day, week, month or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.errors import InputError
from dragoman.query.countries import code_of
from dragoman.query.filters import Filters, Where
from dragoman.query.ground import Ground, Row, as_day

BINS = ("day", "week", "month", "year")
FIGURES = """
    count(*) AS events,
    count(*) FILTER (status = 'asserted') AS happened,
    count(*) FILTER (status = 'asserted' AND denials > 0) AS contested,
    count(*) FILTER (status = 'asserted' AND quad = 'verbal_cooperation') AS verbal_cooperation,
    count(*) FILTER (status = 'asserted' AND quad = 'material_cooperation') AS material_cooperation,
    count(*) FILTER (status = 'asserted' AND quad = 'verbal_conflict') AS verbal_conflict,
    count(*) FILTER (status = 'asserted' AND quad = 'material_conflict') AS material_conflict,
    round(avg(score) FILTER (status = 'asserted'), 2) AS score,
    round(sum(score) FILTER (status = 'asserted'), 2) AS score_sum
"""
COUNTS = (
    "events",
    "happened",
    "contested",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
)
MOST = 100_000
"""More rows than that nobody reads; a finer bin over a long time needs bounds."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answer of ``timeline``: a row a bin (and direction), and how many events no bin can hold."""

    by: str
    directed: bool
    rows: list[Row]
    coarser: int
    undated: int


def timeline(
    ground: Ground,
    filters: Filters,
    by: str = "month",
    directed: bool = False,
    fill: bool = False,
) -> Timeline:
    """Events counted by bin. An event counts where its whole date lies within one bin.

    Column ``coarser`` of a bin counts events whose date is coarser than the bin and touches it: they may have
    happened there, and count in no bin. ``Timeline.coarser`` and ``undated`` are how many these are in all.
    Quad classes and score are of events that are said to have happened.
    """
    if by not in BINS:
        raise InputError(f"a timeline can't go by {by!r}", f"it goes by: {', '.join(BINS)}")
    where = filters.where()
    rows = asked_for(binned(ground, where, by, directed), filters)
    if fill:
        rows = filled(rows, by, span_of(ground, filters, where), directed)
    ((coarser, undated),) = ground.snapshot.rows(
        f'SELECT count(*) FILTER ({coarse(by).sql}), count(*) FILTER ("start" IS NULL) FROM lines '
        f"WHERE {where.sql}",
        where.values,
    )
    if coarser:
        touching(ground, where, by, directed, rows)
    else:
        for row in rows:
            row["coarser"] = 0
    return Timeline(by, directed, rows, coarser, undated)


def asked_for(rows: list[Row], filters: Filters) -> list[Row]:
    """The rows of the two that are asked for: an event of three parties has other pairs, too."""
    if not (rows and filters.between and "actor" in rows[0]):
        return rows
    codes = [code_of(one) for one in filters.between]
    if None in codes:
        return rows
    return [row for row in rows if [row["actor"], row["recipient"]] in (codes, codes[::-1])]


def coarse(by: str) -> Where:
    """The date is not within one bin."""
    return Where(f"date_trunc('{by}', \"start\") <> date_trunc('{by}', \"end\")")


def sides(directed: bool) -> tuple[str, str]:
    """Columns and table to count by; by direction, an event counts once for each pair of countries."""
    if not directed:
        return "", "lines"
    pairs = (
        "(SELECT *, unnest(string_split(actor_countries, ' ')) AS actor FROM "
        "(SELECT *, unnest(string_split(recipient_countries, ' ')) AS recipient FROM lines))"
    )
    return "actor, recipient,", pairs


def binned(ground: Ground, where: Where, by: str, directed: bool) -> list[Row]:
    """The bins that have events."""
    columns, table = sides(directed)
    return ground.rows(
        f"SELECT CAST(date_trunc('{by}', \"start\") AS DATE) AS bin, {columns} {FIGURES} FROM {table} "
        f"WHERE ({where.sql}) AND date_trunc('{by}', \"start\") = date_trunc('{by}', \"end\") "
        "GROUP BY ALL ORDER BY ALL",
        where.values,
    )


def touching(ground: Ground, where: Where, by: str, directed: bool, rows: list[Row]) -> None:
    """Counts for each bin the events of coarser dates that touch it."""
    columns, table = sides(directed)
    spans = ground.rows(
        f'SELECT "start", "end", {columns} count(*) AS number FROM {table} '
        f"WHERE ({where.sql}) AND ({coarse(by).sql}) GROUP BY ALL",
        where.values,
    )
    for row in rows:
        last = following(row["bin"], by) - timedelta(1)
        row["coarser"] = sum(
            one["number"]
            for one in spans
            if one["start"] <= last
            and one["end"] >= row["bin"]
            and (not directed or (one["actor"], one["recipient"]) == (row["actor"], row["recipient"]))
        )


def span_of(ground: Ground, filters: Filters, where: Where) -> tuple[date, date] | None:
    """From when to when the timeline runs: as asked, else from the first to the last event in a bin."""
    ((first, last),) = ground.snapshot.rows(
        f'SELECT min("start"), max("end") FROM lines WHERE {where.sql}', list(where.values)
    )
    begin, end = as_day(filters.since) or first, as_day(filters.until, last=True) or last
    return (begin, end) if begin and end else None


def filled(rows: list[Row], by: str, span: tuple[date, date] | None, directed: bool) -> list[Row]:
    """The rows with those of the bins between them that have no event."""
    if span is None:
        return rows
    bins, at = [], floor(span[0], by)
    while at <= span[1]:
        bins.append(at)
        at = following(at, by)
    pairs = sorted({(row["actor"], row["recipient"]) for row in rows}) if directed else [None]
    if len(bins) * len(pairs) > MOST:
        raise InputError(
            f"that is a timeline of {len(bins) * len(pairs):,} rows", "take a coarser bin, or bounds"
        )
    have = {(row["bin"], (row["actor"], row["recipient"]) if directed else None): row for row in rows}
    return [have.get((one, pair)) or nothing(one, pair) for one in bins for pair in pairs]


def nothing(at: date, pair: tuple[str, str] | None) -> Row:
    """The row of a bin without events."""
    who = {"actor": pair[0], "recipient": pair[1]} if pair else {}
    return {"bin": at} | who | dict.fromkeys(COUNTS, 0) | {"score": None, "score_sum": None}


def floor(day: date, by: str) -> date:
    """The first day of the bin that the day lies in."""
    if by == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1 if by != "day" else day.day, month=1 if by == "year" else day.month)


def following(day: date, by: str) -> date:
    """The first day of the bin after the one that begins on this day."""
    if by in ("day", "week"):
        return day + timedelta(7 if by == "week" else 1)
    if by == "year":
        return date(day.year + 1, 1, 1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
