"""Reports: the list, and one with everything that was read in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from dragoman.query.reports import list_reports, report
from dragoman.web.api import answer, api, flat_mention, listed
from dragoman.web.asking import Day, Form, Names, Paged, Read
from dragoman.web.marking import paragraphs
from dragoman.web.pages import around
from dragoman.web.rendering import page
from dragoman.web.sheets import LISTED, answers, sheet

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Id = Annotated[str, Path(max_length=100, description="A report's id.")]
Since = Annotated[Day | None, Query(alias="from")]
Until = Annotated[Day | None, Query(alias="to")]
Text = Annotated[str, Query(max_length=300)]


@pages.get("/reports")
def reports(
    request: Request,
    reading: Read,
    paged: Paged,
    outlet: Names = [],  # noqa: B006
    since: Since = None,
    until: Until = None,
    text: Text = "",
) -> Response:
    """The reports that fit."""
    rows, total = list_reports(reading.ground, outlet, since, until, text, paged.limit, paged.offset)
    turns = around(request, paged, total)
    return page(request, "reports.html", "Reports", rows=rows, total=total, paged=paged, around=turns)


@pages.get("/reports/{document}")
def one_report(request: Request, document: Id, reading: Read) -> Response:
    """A report with its marks."""
    found = report(reading.ground, document)
    head = found.document
    parts = paragraphs(head["text"], found.mentions, head["title_span"])
    title = head["title"] or f"Report of {head['outlet'] or 'an unknown outlet'}"
    return page(request, "report.html", title, report=found, document=head, paragraphs=parts)


@api.get("/reports", summary="Reports that fit, page by page", responses=answers(*LISTED))
def reports_api(
    reading: Read,
    paged: Paged,
    outlet: Names = [],  # noqa: B006
    since: Since = None,
    until: Until = None,
    text: Text = "",
    form: Form = "json",
) -> Response:
    """A row a report, without its text."""
    rows, total = list_reports(reading.ground, outlet, since, until, text, paged.limit, paged.offset)
    return listed(reading, rows, total, paged) if form == "json" else sheet(rows, form, "reports")


@api.get(
    "/reports/{document}",
    summary="A report with its text and all that was read in it",
    responses=answers("report"),
)
def report_api(document: Id, reading: Read, form: Form = "json") -> Response:
    """The document, its mentions and events, what it says of ties, copies. A sheet has a row a mention."""
    found = report(reading.ground, document)
    if form == "json":
        return answer(reading, report=found)
    told = {name: found.document[name] for name in ("outlet", "published_start")}
    rows = [
        flat_mention(row | told | {"document_id": found.document["id"]}) | {"event": row["event"]}
        for row in found.mentions
    ]
    return sheet(rows, form, found.document["id"][:16])
