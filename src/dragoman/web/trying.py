"""A pasted text coded live: one at a time, of a bounded size, kept nowhere."""

from __future__ import annotations

import threading
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, StringConstraints

from dragoman.errors import InputError
from dragoman.intake import Terms, read_text
from dragoman.query.flattening import plain
from dragoman.query.ground import Row
from dragoman.query.wording import chain
from dragoman.records import Coded, Document, EventMention, Party, Span
from dragoman.web.api import api, clean
from dragoman.web.asking import settings_of
from dragoman.web.guarding import Refused
from dragoman.web.marking import paragraphs
from dragoman.web.rendering import page
from dragoman.web.sheets import answers
from dragoman.web.trust import Program, Writing, check_form, csrf_of, knows_token, remember

if TYPE_CHECKING:
    from dragoman.pipeline import Coder

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
BUSY = threading.Lock()
PATIENCE = 5.0
"""Seconds that a text waits for the one before it."""
Short = Annotated[str, StringConstraints(max_length=200)]


@cache
def coder() -> Coder:
    """The coder, loaded with the first text."""
    from dragoman.pipeline import Coder

    return Coder()


def code(request: Request, text: str, published: str, outlet: str) -> tuple[Document, Coded]:
    """The text's document and what it tells; raises ``Refused`` while another text is in hand."""
    most = settings_of(request).try_chars
    if len(text) > most:
        raise InputError(f"the text is too long ({len(text):,} characters)", f"leave it at {most:,}")
    document = read_text(text, None, Terms(published or None, outlet or None))
    if not BUSY.acquire(timeout=PATIENCE):
        raise Refused(429, "another text is being coded", "try again in a moment")
    try:
        made = coder()
        return made.dated(document), made.record(document)
    finally:
        BUSY.release()


EXAMPLE = """Armenia recalls ambassador to Israel over arms sales to Azerbaijan

YEREVAN, Oct 1, 2020 (Reuters) - Armenia has recalled its ambassador to Israel for consultations in protest \
at Israeli arms sales to Azerbaijan, the Armenian Foreign Ministry said on Thursday.

Israel's Foreign Ministry said it regretted the decision. Azerbaijan denied on Friday that its forces had \
shelled Stepanakert, where the Red Cross said two people had been killed on Wednesday.

France, Russia and the United States called for an immediate ceasefire.
"""


@pages.get("/try")
def form(request: Request, example: bool = False) -> Response:
    """The form for a text."""
    if settings_of(request).read_only:
        raise Refused(403, "this server only shows", "its owner may start it without --read-only")
    if not knows_token(request):
        return remember(request, page(request, "enter.html", "Try", csrf=csrf_of(request)))
    return remember(request, shown(request, EXAMPLE if example else "", "", "", None))


@pages.post("/try", dependencies=[Writing])
def coded(
    request: Request,
    text: Annotated[str, Form()] = "",
    published: Annotated[Short, Form()] = "",
    outlet: Annotated[Short, Form()] = "",
    csrf: Annotated[Short, Form()] = "",
) -> Response:
    """The text with what was read in it."""
    check_form(request, csrf)
    text = text.replace("\r\n", "\n")
    try:
        told = code(request, text, published.strip(), outlet.strip())
    except InputError as fault:
        return shown(request, text, published, outlet, None, str(fault), 400)
    return shown(request, text, published, outlet, told)


def shown(
    request: Request,
    text: str,
    published: str,
    outlet: str,
    told: tuple[Document, Coded] | None,
    fault: str = "",
    status: int = 200,
) -> Response:
    """The page with the form, and what was read if anything was."""
    rows = [row_of(one, told[0]) for one in told[1].mentions] if told else []
    title = asdict(told[0].title) if told and told[0].title else None
    return page(
        request,
        "try.html",
        "Try",
        status,
        text=text,
        published=published,
        outlet=outlet,
        document=told[0] if told else None,
        mentions=rows,
        paragraphs=paragraphs(told[0].text, rows, title) if told else [],
        statements=told[1].statements if told else (),
        fault=fault,
        csrf=csrf_of(request),
        most=settings_of(request).try_chars,
    )


def row_of(one: EventMention, document: Document) -> Row:
    """The mention as rows of the corpus have it."""
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "status": str(one.status),
        "actors": [party_of(each) for each in one.actors],
        "recipients": [party_of(each) for each in one.recipients],
        "attribution": [{**asdict(each), "stance": str(each.stance)} for each in one.attribution],
        "date": asdict(one.date) if one.date else None,
        "place": asdict(one.place) if one.place else None,
        "casualties": asdict(one.casualties),
        "trigger": words_at(one.trigger, document),
        "span": words_at(one.span, document),
        "chain": chain([asdict(each) for each in one.attribution], document.outlet),
    }


PLAIN = ("id", "event_type", "mode", "contexts", "score", "quad", "confidence", "rules")


def words_at(span: Span, document: Document) -> Row:
    """A span with its words."""
    return {"start": span.start, "end": span.end, "text": span.cut(document.text)}


def party_of(one: Party) -> Row:
    """A party as rows have it."""
    who = one.entity
    span = asdict(one.span) if one.span else None
    return {
        "entity_id": who.id,
        **{name: getattr(who, name) for name in ("name", "country", "sector", "role", "kind")},
        "text": one.text,
        "span": span,
    }


class Pasted(BaseModel):
    """A text to be coded, with its day of publication and outlet if they are known."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    published: Short = ""
    outlet: Short = ""


@api.post(
    "/try",
    summary="Codes a text; it is kept nowhere",
    dependencies=[Program],
    responses=answers("text", "event_mentions", sheets=False, version=False),
)
def code_api(request: Request, pasted: Pasted) -> Response:
    """The event mentions of the text."""
    document, told = code(request, pasted.text, pasted.published.strip(), pasted.outlet.strip())
    rows: list[Any] = [clean(plain(row_of(one, document))) for one in told.mentions]
    return JSONResponse({"text": clean(document.text), "event_mentions": rows})
