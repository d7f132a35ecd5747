"""Ties on a day, actors, the map, accuracy, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.query import history, list_ties, name_of, timeline, who
from dragoman.query.calibrating import calibration
from dragoman.query.cast import countries_told_of, entities_told_of
from dragoman.query.flattening import flat_lists, flat_step, flat_tie, plain
from dragoman.query.ground import Row, as_day
from dragoman.query.measuring import BY, accuracy
from dragoman.query.overview import long
from dragoman.query.whereabouts import whereabouts
from dragoman.store import by_run, list_problems
from dragoman.ties import tie_kinds
from dragoman.web.api import answer, api, listed
from dragoman.web.asking import Filtered, Form, Name, Narrowed, Paged, Read, Set
from dragoman.web.library import Reading
from dragoman.web.pages import around
from dragoman.web.places import drawing
from dragoman.web.relation_pages import SHOWN, Limit, On, Part, part_of, tie_bar
from dragoman.web.rendering import file_name, page, rest_of
from dragoman.web.sheets import LISTED, answers, sheet

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
DRAWN = 300
"""Ties that a network shows at most: more is a ball of wool."""
STANDING = ("open", "reduced", "contested")
Kind = Annotated[str | None, Query(max_length=50, description="A kind of tie, as embassy.")]
Changed = Annotated[
    str | None, Query(max_length=10, description="Ties with a step in that day, month or year.")
]
By = Annotated[str, Query(max_length=10)]


def ties_of(
    reading: Reading,
    between: list[str],
    party: str | None,
    on: str | date | None,
    kind: str | None,
    changed: str | None,
) -> list[Row]:
    """The ties that fit."""
    pair = (between[0], between[1]) if len(between) == 2 else None
    return list_ties(
        reading.ground, pair, party or (between[0] if len(between) == 1 else None), on, kind, changed
    )


@pages.get("/ties")
def ties_page(
    request: Request,
    reading: Read,
    paged: Paged,
    between: Annotated[list[Name], Query(max_length=2)] = [],  # noqa: B006
    party: Name | None = None,
    on: On = None,
    kind: Kind = None,
    changed: Changed = None,
) -> Response:
    """How ties stood on a day."""
    first, last = reading.once("tie days", tie_days, warm=True)
    day = as_day(on, last=True) or last
    rows = ties_of(reading, between, party, day, kind, changed)
    shown = rows[paged.offset : paged.offset + paged.limit]
    return page(
        request,
        "ties.html",
        f"Ties on {day}" if day else "Ties",
        rows=shown,
        total=len(rows),
        day=day,
        first=first,
        last=last,
        kinds=tie_kinds(),
        network=network(rows),
        bars=[tie_bar(row) for row in shown] if between or party else [],
        around=around(request, paged, len(rows)),
        states=Counter(row.get("state_on", row["state"]) for row in rows),
    )


def tie_days(reading: Reading) -> tuple[date | None, date | None]:
    """The first and the last day of which ties tell anything."""
    query = (
        'SELECT min(c.date."start") AS first, greatest(max(c.date."end"), max(seen)) AS last FROM '
        "(SELECT unnest(changes) AS c, last_confirmed AS seen FROM ties)"
    )
    (row,) = reading.ground.rows(query)
    return row["first"], row["last"]


def network(rows: Iterable[Row]) -> dict[str, Any]:
    """Who is tied to whom: a link a pair of countries, with the titles of its ties that stand."""
    links: dict[tuple[str, str], list[Row]] = {}
    left = 0
    for row in rows:
        if row.get("state_on", row["state"]) in STANDING:
            pair = (min(row["first_side"], row["second_side"]), max(row["first_side"], row["second_side"]))
            if pair in links or len(links) < DRAWN:
                links.setdefault(pair, []).append(row)
            else:
                left += 1
    names = sorted({code for pair in links for code in pair})
    return {
        "nodes": [{"id": code, "name": name_of(code)} for code in names],
        "links": [
            {
                "source": one,
                "target": other,
                "ties": [f"{row['title']} ({row.get('state_on', row['state'])})" for row in ties],
                "unsure": all(row.get("sure") in ("unsure", "last-known") for row in ties),
            }
            for (one, other), ties in links.items()
        ],
        "left": left,
    }


@api.get("/ties", summary="Standing ties, on a day or as last told", responses=answers(*LISTED))
def ties_api(
    reading: Read,
    paged: Paged,
    between: Annotated[list[Name], Query(max_length=2)] = [],  # noqa: B006
    party: Name | None = None,
    on: On = None,
    kind: Kind = None,
    changed: Changed = None,
    steps: Annotated[bool, Query(description="A row a step in place of one a tie.")] = False,
    form: Form = "json",
) -> Response:
    """A row a tie; with ``on`` how it stood on that day."""
    rows = ties_of(reading, between, party, on, kind, changed)
    if steps:
        rows = [step for row in rows for step in history(row)]
    part = rows[paged.offset : paged.offset + paged.limit]
    if form != "json":
        return sheet([flat_step(row) if steps else flat_tie(row) for row in part], form, "ties")
    return listed(reading, part, len(rows), paged)


@pages.get("/actors")
def actors_page(request: Request, reading: Read, narrowed: Narrowed, name: Name | None = None) -> Response:
    """An actor's record, or who there is."""
    if name is None:
        countries = reading.once("countries", lambda one: countries_told_of(one.ground), warm=True)
        entities = reading.once("entities", lambda one: entities_told_of(one.ground), warm=True)
        return page(request, "actors.html", "Actors", told=None, countries=countries, entities=entities)
    told = who(reading.ground, name, narrowed, SHOWN)
    days = [row[bound] for row in told.sums for bound in ("first", "last") if row[bound]]
    bins = "year" if days and long(min(days), max(days)) else "month"
    from dataclasses import replace

    line = timeline(reading.ground, replace(narrowed, party=told.key), bins, fill=True)
    types = dict.fromkeys((row["event_type"], row["quad"]) for row in told.counts)
    cells = {(row["way"], row["event_type"]): row for row in told.counts}
    rest = rest_of(request, "name")
    return page(request, "actors.html", told.name, told=told, line=line, types=types, cells=cells, rest=rest)


@api.get("/actors", summary="What a country, person or body did and underwent", responses=answers("actor"))
def actors_api(
    reading: Read,
    narrowed: Narrowed,
    name: Name,
    limit: Limit = SHOWN,
    form: Form = "json",
    part: Part = "counts",
) -> Response:
    """Counts, partners, roles, the latest and weightiest events."""
    told = who(reading.ground, name, narrowed, limit)
    if form != "json":
        return part_of(told, part, ("counts", "sums", "partners", "roles", "latest", "weightiest"), form)
    return answer(reading, actor=told)


@pages.get("/map")
def map_page(request: Request, reading: Read, filters: Filtered) -> Response:
    """Where events happened, as exactly as told."""
    told = whereabouts(reading.ground, filters)
    picture = drawing(told.rows)
    drawn = sum(row["events"] for row in picture["places"])
    countries = sum(picture["countries"].values())
    coarse = sum(row["events"] for row in told.rows) - drawn - countries
    rest = rest_of(request, "place", "offset")
    return page(
        request,
        "map.html",
        "Map",
        told=told,
        picture={**picture, "rest": rest},
        drawn=drawn,
        countries=countries,
        coarse=coarse,
    )


@api.get("/places", summary="Where events happened", responses=answers("places"))
def places_api(
    reading: Read,
    filters: Filtered,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    form: Form = "json",
) -> Response:
    """A row a place, with its precision; coordinates of towns and points alone."""
    told = whereabouts(reading.ground, filters, limit)
    return answer(reading, places=told) if form == "json" else sheet(told.rows, form, "places")


@pages.get("/accuracy")
def accuracy_page(request: Request, reading: Read, by: By = "type") -> Response:
    """How often the record is right, as far as people have looked."""
    told = accuracy(reading.ground.snapshot, by)
    bins = calibration(reading.ground.snapshot)
    return page(request, "accuracy.html", "Accuracy", told=told, bins=bins, ways=BY, by=by)


@api.get(
    "/accuracy",
    summary="Measured precision and calibration",
    responses=answers("accuracy", "calibration"),
)
def accuracy_api(reading: Read, by: By = "type", form: Form = "json") -> Response:
    """Shares that are right, with intervals of 95 % and the n that they stand on."""
    snapshot = reading.ground.snapshot
    if form != "json":
        return sheet([flat_lists(plain(row)) for row in accuracy(snapshot, by).rates], form, "accuracy")
    return answer(reading, accuracy=accuracy(snapshot, by), calibration=calibration(snapshot))


@pages.get("/problems")
def problems_page(request: Request, reading: Read, paged: Paged, settings: Set) -> Response:
    """What could not be read, and what the runs did."""
    rows = list_problems(reading.ground.snapshot)
    shown = rows[paged.offset : paged.offset + paged.limit]
    for row in shown:
        row["path"] = row["path"] if settings.is_loopback else file_name(row["path"])
    runs = by_run(reading.ground.snapshot.commits)[-30:][::-1]
    turns = around(request, paged, len(rows))
    return page(request, "problems.html", "Problems", rows=shown, total=len(rows), runs=runs, around=turns)


@api.get("/problems", summary="Inputs that could not be read", responses=answers(*LISTED))
def problems_api(reading: Read, paged: Paged, form: Form = "json") -> Response:
    """A row an input: which, why, what to do."""
    rows = list_problems(reading.ground.snapshot)
    part = rows[paged.offset : paged.offset + paged.limit]
    return listed(reading, part, len(rows), paged) if form == "json" else sheet(part, form, "problems")


@api.get(
    "/versions",
    summary="The versions of the corpus, newest first",
    responses=answers(*LISTED, sheets=False),
)
def versions_api(reading: Read, paged: Paged) -> Response:
    """A row a version: when it was made, by what kind of run, and how much it added."""
    commits = reading.ground.snapshot.commits[::-1]
    rows = [
        {
            "number": one.version,
            "at": one.at,
            "kind": one.kind,
            "coder": one.coder,
            "documents": one.documents,
            "mentions": one.mentions,
            "events": one.events,
            "reviews": one.reviews,
        }
        for one in commits[paged.offset : paged.offset + paged.limit]
    ]
    return listed(reading, rows, len(commits), paged)
