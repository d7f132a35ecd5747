"""The application: guard, pages, programming interface, static files, and what is said when one fails."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.errors import CorpusError, DragomanError, InputError
from dragoman.web import more_pages, relation_pages, report_pages, review_pages, trying
from dragoman.web.api import api
from dragoman.web.asking import Slots
from dragoman.web.guarding import Guard, Refused
from dragoman.web.keeping import Keeper
from dragoman.web.library import Library, SlowQueryError
from dragoman.web.pages import pages
from dragoman.web.rendering import HERE, page
from dragoman.web.settings import Settings

LOG = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """The application over a corpus; raises ``CorpusError`` where there is none."""
    app = FastAPI(
        title="Dragoman",
        version=__version__,
        summary="Who did what to whom, when, where, according to whom.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={code: {"description": told, "model": dict[str, Any]} for code, told in FAULTS.items()},
    )
    app.state.settings = settings
    app.state.library = Library(settings.path)
    app.state.slots = Slots()
    app.state.secret = secrets.token_bytes(32)
    app.include_router(api)
    app.include_router(pages)
    for room in (report_pages, relation_pages, more_pages, review_pages, trying):
        app.include_router(room.pages)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(Keeper, library=app.state.library)
    app.add_middleware(Guard, settings=settings)
    for kind, handle in HANDLERS.items():
        app.add_exception_handler(kind, handle)
    return app


FAULTS = {
    400: "Something asked for can't be asked.",
    404: "There is nothing of that name.",
    413: "What was sent is too large.",
    414: "The address is too long.",
    422: "A field is not of its kind.",
    429: "Too much at once.",
    503: "It takes too long, or the corpus can't be read.",
}


def fail(request: Request, status: int, reason: str, remedy: str = "") -> Response:
    """What went wrong: as JSON where a program asks, as a page where a person does."""
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": {"reason": reason, "remedy": remedy}}, status)
    return page(request, "fault.html", "That did not work", status, reason=reason, remedy=remedy, code=status)


def cut(text: str) -> str:
    """The text at a length that a message may have."""
    return text if len(text) < 500 else text[:500] + "…"


def input_fault(request: Request, fault: Exception) -> Response:
    """What somebody asked for does not exist or does not fit."""
    assert isinstance(fault, InputError)
    looked_up = bool(request.path_params) and fault.reason.startswith(("nothing in", "no actor", "the event"))
    return fail(request, 404 if looked_up else 400, cut(fault.reason), cut(without_commands(fault.remedy)))


def without_commands(remedy: str) -> str:
    """The remedy, unless it is one for the command line."""
    return "" if "dragoman " in remedy or "--" in remedy else remedy


def invalid(request: Request, fault: Exception) -> Response:
    """A field is not of its kind."""
    assert isinstance(fault, RequestValidationError)
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in fault.errors()[:5])
    return fail(request, 422, cut(told))


def refused(request: Request, fault: Exception) -> Response:
    """A request that is turned away."""
    assert isinstance(fault, Refused)
    return fail(request, fault.status, fault.reason, fault.remedy)


def missing(request: Request, fault: Exception) -> Response:
    """No page goes by that address, or not in that way."""
    assert isinstance(fault, HTTPException)
    found = fail(
        request, fault.status_code, "there is no such page" if fault.status_code == 404 else fault.detail
    )
    found.headers.update(fault.headers or {})
    return found


def slow(request: Request, _: Exception) -> Response:
    """A question that took too long."""
    return fail(request, 503, "that takes longer than this server gives a question", "ask for less at once")


def broken(request: Request, fault: Exception) -> Response:
    """Something that the owner of the server has to see to; where things lie is not told."""
    LOG.error("%s: %s", request.url.path, fault)
    return fail(
        request, 503, "the corpus can't be read", "its owner finds the reason in the server's messages"
    )


HANDLERS: dict[type[Exception], Any] = {
    InputError: input_fault,
    RequestValidationError: invalid,
    Refused: refused,
    HTTPException: missing,
    SlowQueryError: slow,
    CorpusError: broken,
    DragomanError: broken,
}
