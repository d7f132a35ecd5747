"""The programming interface: questions as addresses, answers as JSON, CSV or Parquet."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from dragoman.query import find, timeline, why
from dragoman.query.flattening import flat_event, joined, plain
from dragoman.query.ground import Row
from dragoman.web.asking import Filtered, Form, Paged, Paging, Read
from dragoman.web.rendering import file_name
from dragoman.web.sheets import LISTED, answers, sheet

api = APIRouter(prefix="/api", tags=["record"], default_response_class=Response)
Id = Annotated[str, Path(max_length=100, description="An event's or mention's id, or its beginning.")]


def answer(reading: Read, **parts: Any) -> JSONResponse:
    """Parts of an answer as JSON, with the version that they are of."""
    return JSONResponse({"version": reading.shelf.version} | clean(plain(parts)))


def clean(value: Any) -> Any:
    """The data without folders of the server, and without numbers that JSON does not have."""
    if isinstance(value, dict):
        return {name: file_name(one) if name == "path" else clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [clean(one) for one in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def listed(reading: Read, rows: list[Row], total: int, paged: Paging) -> JSONResponse:
    """A page of a list; ``next`` is the offset of the one after it, null at the end."""
    following = paged.offset + paged.limit
    return answer(
        reading,
        total=total,
        limit=paged.limit,
        offset=paged.offset,
        next=following if following < total else None,
        rows=rows,
    )


@api.get("/events", summary="Events that fit, page by page", responses=answers(*LISTED))
def events(
    reading: Read,
    filters: Filtered,
    paged: Paged,
    sort: Annotated[
        str, Query(max_length=20, description="date, reported, score, …; '-' before it.")
    ] = "-date",
    form: Form = "json",
) -> Response:
    """A row an event, with its mentions and the words that show it best."""
    rows, total = find(reading.ground, filters, sort, paged.limit, paged.offset)
    if form != "json":
        return sheet(map(flat_event, rows), form, "events")
    return listed(reading, rows, total, paged)


@api.get("/events/{event}", summary="All that an event stands on", responses=answers("trace"))
def event(event: Id, reading: Read, form: Form = "json") -> Response:
    """The event's fields, mentions, origins, contradictions, joins, reviews, ties and earlier ids.

    A sheet has a row a mention.
    """
    trace = why(reading.ground, event)
    if form != "json":
        return sheet(map(flat_mention, trace.event["cited"]), form, trace.event["id"])
    return answer(reading, trace=trace)


MENTION = ("id", "document_id", "outlet", "published", "event_type", "mode")


def flat_mention(row: Row) -> Row:
    """A mention as a row of single values."""
    when, place = row["date"] or {}, row["place"] or {}
    return {
        **{name: row.get(name) for name in MENTION},
        "status": row["status"],
        "actors": joined(one["name"] for one in row["actors"]),
        "recipients": joined(one["name"] for one in row["recipients"]),
        "says": " < ".join(row["chain"]),
        **{name: when.get(name) for name in ("start", "end", "precision")},
        **{f"place_{name}": place.get(name) for name in ("name", "country", "precision")},
        "trigger": row["trigger"]["text"],
        "trigger_start": row["trigger"]["start"],
        "trigger_end": row["trigger"]["end"],
        **{name: row.get(name) for name in ("relation", "join_score", "confidence", "sentence")},
    }


@api.get(
    "/timeline",
    summary="Events counted by day, week, month or year",
    responses=answers("by", "rows", "coarser", "undated"),
)
def counts(
    reading: Read,
    filters: Filtered,
    by: Annotated[str, Query(max_length=10, description="day, week, month or year.")] = "month",
    directed: bool = False,
    fill: bool = False,
    form: Form = "json",
) -> Response:
    """A row a bin; events whose date is coarser than a bin count in none."""
    found = timeline(reading.ground, filters, by, directed, fill)
    if form != "json":
        return sheet(found.rows, form, "timeline")
    return answer(reading, by=found.by, rows=found.rows, coarser=found.coarser, undated=found.undated)
