"""What states have with each other: a dyad, and two of them side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.errors import InputError
from dragoman.query import BINS, Comparison, Dyad, Filters, compare, dyad, timeline
from dragoman.query.finding import with_words
from dragoman.query.flattening import flat_dealing, flat_event, flat_lists, flat_tie
from dragoman.query.ground import Row
from dragoman.query.overview import busiest, long
from dragoman.web.api import answer, api
from dragoman.web.asking import Day, Form, Name, Narrowed, Read
from dragoman.web.library import Reading
from dragoman.web.rendering import day, page, rest_of, span_words
from dragoman.web.sheets import answers, sheet

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
SHOWN = 8
Bin = Annotated[str | None, Query(max_length=10, description="day, week, month or year.")]
On = Annotated[Day | None, Query(description="The day on which ties are looked at.")]
With = Annotated[Name, Query(alias="with", description="The third.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Events that are shown of each.")]


@pages.get("/dyad")
def dyad_page(
    request: Request,
    reading: Read,
    narrowed: Narrowed,
    first: Name | None = None,
    second: Name | None = None,
    by: Bin = None,
) -> Response:
    """What two do to each other."""
    if not (first and second):
        return page(request, "dyad.html", "Two of them", told=None, pairs=pairs(reading), bins=BINS)
    told = dyad(reading.ground, first, second, narrowed, SHOWN)
    one, other = (told.names.get(code, code) for code in (told.first, told.second))
    return page(
        request,
        "dyad.html",
        f"{one} and {other}",
        told=told,
        names=(one, other),
        line=lines(reading, told, narrowed, by),
        bars=[tie_bar(row) for row in told.ties],
        bins=BINS,
        types=by_type(told),
        rest=rest_of(request, "first", "second", "by"),
    )


def pairs(reading: Reading) -> list[Row]:
    """The busiest pairs, to begin with."""
    return reading.once("busiest", lambda one: busiest(one.ground, 30), warm=True)


def lines(reading: Reading, told: Dyad, narrowed: Filters, by: str | None) -> dict[str, Any]:
    """Number and mean score by bin, of both directions."""
    days = [row[bound] for row in told.sums for bound in ("first", "last") if row[bound]]
    bins = by or ("year" if days and long(min(days), max(days)) else "month")
    ways = []
    for actor, recipient in ((told.first, told.second), (told.second, told.first)):
        found = timeline(reading.ground, replace(narrowed, actor=actor, recipient=recipient), bins)
        name = f"{told.names.get(actor, actor)} > {told.names.get(recipient, recipient)}"
        ways.append(
            {
                "name": name,
                "rows": found.rows,
                "coarser": found.coarser,
                "undated": found.undated,
                "actor": actor,
            }
        )
    return {"by": bins, "ways": ways}


def by_type(told: Dyad) -> list[Row]:
    """A row a type with both directions."""
    ways = [row["way"] for row in told.sums]
    cells = {(row["way"], row["event_type"]): row for row in told.counts}
    types = dict.fromkeys(row["event_type"] for row in told.counts)
    quads = {row["event_type"]: row["quad"] for row in told.counts}
    return [
        {"event_type": one, "mode": None, "quad": quads[one], "ways": [cells.get((way, one)) for way in ways]}
        for one in types
    ]


def tie_bar(row: Row) -> Row:
    """A tie as a chart draws it: stretches of time in one state, and the steps that bound them."""
    return {
        "title": row["title"],
        "state": row.get("state_on") or row["state"],
        "last": row["last_confirmed"],
        "spans": [
            {
                "state": one["state"],
                "from": one["opened"] and one["opened"]["start"],
                "to": one["closed"] and one["closed"]["end"],
            }
            for one in row["spans"]
        ],
        "steps": [step_of(one) for one in row["changes"]],
    }


def step_of(one: Row) -> Row:
    """A step of a tie with its day, in words as exact as it is known."""
    when = one["date"] or {}
    return {
        "step": one["step"],
        "from": when.get("start"),
        "to": when.get("end"),
        "when": span_words(when.get("start"), when.get("end"), when.get("precision")) or "no date",
        "event": one["event_id"],
        "text": one["text"],
    }


@pages.get("/compare")
def compare_page(
    request: Request,
    reading: Read,
    narrowed: Narrowed,
    first: Name | None = None,
    second: Name | None = None,
    third: Annotated[Name | None, Query(alias="with")] = None,
    on: On = None,
    by: Bin = None,
) -> Response:
    """Two side by side in what they have with a third."""
    if not (first and second and third):
        return page(request, "compare.html", "Compare", told=None, suggestions=suggestions(reading))
    told = compare(reading.ground, first, second, third, narrowed, on, 6, by)
    one, other = (told.names[code] for code in told.sides)
    return page(
        request,
        "compare.html",
        f"{one} and {other} with {told.names[told.other]}",
        told=told,
        dealings=paired(told),
        kinds=list(dict.fromkeys(row["kind"] for row in told.ties)),
        balance=balance_of(told),
        known=known(reading, told),
        differences=grouped(told),
    )


LINKED = 6
"""Events that a difference leads to."""


def known(reading: Reading, told: Comparison) -> dict[str, Row]:
    """The events that are shown or led to, by id."""
    found = {row["id"]: row for row in told.telling}
    found |= {one["id"]: one for row in told.dealings for one in row["events"]}
    wanted = [one for row in told.differences for one in [*row["events"], *row["others"]][:LINKED]]
    rows = with_words(reading.ground, [one for one in dict.fromkeys(wanted) if one not in found])
    return found | {row["id"]: row for row in rows}


def grouped(told: Comparison) -> list[tuple[str, list[Row]]]:
    """The differences under headings: what stands out, ties on the day, what is more often."""
    kinds = {row["kind"] for row in told.ties}
    ties = [row for row in told.differences if row["about"] in kinds]
    acts = [row for row in told.differences if row["about"] not in kinds]
    return [
        ("", [row for row in acts if row["only_one"]]),
        (f"Ties on {day(told.on)}" if told.on else "Ties", ties),
        ("More often", [row for row in acts if not row["only_one"]]),
    ]


def paired(told: Comparison) -> list[Row]:
    """A row a dealing that occurs, with a cell a side."""
    found = []
    for name in dict.fromkeys(row["dealing"] for row in told.dealings):
        cells = {row["side"]: row for row in told.dealings if row["dealing"] == name}
        if any(row["count"] for row in cells.values()):
            ordered = [cells[code] for code in told.sides]
            found.append({"phrase": ordered[0]["phrase"], "dealing": name, "cells": ordered})
    return found


def balance_of(told: Comparison) -> dict[str, Any]:
    """The balance as a chart draws it."""
    ways = []
    for code in told.sides:
        for way, (left, right) in {"toward": (code, told.other), "from": (told.other, code)}.items():
            rows = [
                {"bin": row["bin"], "happened": row[f"{code}_{way}"], "score": row[f"{code}_{way}_score"]}
                for row in told.balance
                if row["bin"] and row[f"{code}_{way}"]
            ]
            ways.append({"name": f"{told.names[left]} > {told.names[right]}", "rows": rows})
    return {"by": told.balance[0]["by"] if told.balance else "month", "ways": ways}


def suggestions(reading: Reading) -> list[tuple[str, str, str]]:
    """Pairs that have a third in common, the busiest first."""
    having: dict[str, list[tuple[int, str]]] = {}
    for row in pairs(reading):
        having.setdefault(row["first"], []).append((row["events"], row["second"]))
        having.setdefault(row["second"], []).append((row["events"], row["first"]))
    found = []
    for third, others in having.items():
        ranked = sorted(others, reverse=True)[:2]
        if len(ranked) == 2:
            found.append((ranked[1][0], ranked[0][1], ranked[1][1], third))
    return [(first, second, third) for _, first, second, third in sorted(found, reverse=True)[:8]]


Part = Annotated[str, Query(max_length=20, description="Which part of the answer a sheet has.")]
FLAT: dict[str, Any] = {
    "latest": flat_event,
    "weightiest": flat_event,
    "telling": flat_event,
    "ties": flat_tie,
    "dealings": flat_dealing,
}


def part_of(told: object, part: str, parts: tuple[str, ...], form: str) -> Response:
    """One part of an answer as a sheet."""
    if part not in parts:
        raise InputError(f"the answer has no part {part!r}", f"there are: {', '.join(parts)}")
    rows = [FLAT.get(part, flat_lists)(row) for row in getattr(told, part)]
    return sheet(rows, form, part)


@api.get("/dyad", summary="What two do to each other", responses=answers("dyad"))
def dyad_api(
    reading: Read,
    narrowed: Narrowed,
    first: Name,
    second: Name,
    limit: Limit = SHOWN,
    form: Form = "json",
    part: Part = "counts",
) -> Response:
    """Counts by direction and type, the latest and weightiest events, the ties."""
    told = dyad(reading.ground, first, second, narrowed, limit)
    if form != "json":
        return part_of(told, part, ("counts", "sums", "latest", "weightiest", "ties"), form)
    return answer(reading, dyad=told)


@api.get(
    "/compare",
    summary="Two states side by side in what they have with a third",
    responses=answers("comparison"),
)
def compare_api(
    reading: Read,
    narrowed: Narrowed,
    first: Name,
    second: Name,
    third: With,
    on: On = None,
    by: Bin = None,
    limit: Limit = 6,
    form: Form = "json",
    part: Part = "dealings",
) -> Response:
    """Dealings, acts by type, balance over time, ties on a day, telling events, and the differences."""
    told = compare(reading.ground, first, second, third, narrowed, on, limit, by)
    if form != "json":
        parts = ("dealings", "acts", "balance", "sums", "ties", "telling", "differences")
        return part_of(told, part, parts, form)
    return answer(reading, comparison=told)
