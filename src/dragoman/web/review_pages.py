"""Reviews in the page: a queue drawn at random, verdicts on an event, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, StringConstraints

from dragoman.errors import InputError
from dragoman.lexicon.codebook import load_codebook
from dragoman.output.cleaning import one_line
from dragoman.query.corrections import FIELDS, in_words, one_of, value_of
from dragoman.query.finding import with_words
from dragoman.query.ground import Row
from dragoman.query.recording import clean_name, record_reviews, taken_back
from dragoman.query.reviewing import (
    Wish,
    find_target,
    has_said,
    judged_by_each,
    list_reviews,
    make_review,
    to_plain,
)
from dragoman.query.sampling import LABEL, draw
from dragoman.records import Review
from dragoman.reviews import WITHDRAWN
from dragoman.web.api import answer, api, listed
from dragoman.web.asking import Form as Sheet
from dragoman.web.asking import Name, Paged, Read, library_of, settings_of
from dragoman.web.guarding import Rates, Refused
from dragoman.web.library import Reading
from dragoman.web.rendering import page, query_of
from dragoman.web.sheets import LISTED, answers, sheet
from dragoman.web.trust import Program, Writing, check_form, csrf_of, knows_token, remember, same

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
MOST_NAMES = 8
"""Other reviewers that are named beside one's own progress."""
ENTERING = Rates(2.0)
"""How often an address may try a token."""
Short = Annotated[str, StringConstraints(max_length=200)]
Long = Annotated[str, StringConstraints(max_length=1000)]
Seed = Annotated[int, Query(ge=0, le=10**9)]
Sample = Annotated[int, Query(ge=1, le=10_000)]
At = Annotated[int | None, Query(ge=1, le=10_000)]
By = Annotated[str, Query(max_length=100)]


class Said(BaseModel):
    """What somebody says: a verdict, or a field and its value as written."""

    about: Short
    verdict: Short | None = None
    field: Short | None = None
    value: Long | None = None
    reason: Long = ""
    other: Short | None = None
    by: Short
    sample: Short | None = None


@pages.get("/review")
def queue(
    request: Request,
    reading: Read,
    by: By = "",
    seed: Seed = 1,
    sample: Sample = 100,
    event_type: Annotated[Name | None, Query(alias="type")] = None,
    n: At = None,
    last: Annotated[str, Query(max_length=400)] = "",
    done: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """One event of a random draw after the other."""
    if settings_of(request).read_only:
        raise Refused(403, "this server only shows", "its owner may start it without --read-only")
    if not knows_token(request):
        return remember(request, page(request, "enter.html", "Review", csrf=csrf_of(request)))
    asked = Asked(by or settings_of(request).reviewer, seed, sample, event_type)
    found = page(request, "review.html", "Review", **shown(request, reading, asked, n), last=last, done=done)
    return remember(request, found)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which draw is judged, and by whom."""

    by: str
    seed: int
    sample: int
    event_type: str | None

    def query(self, **more: Any) -> str:
        """The address of the draw at a place."""
        return query_of(by=self.by, seed=self.seed, sample=self.sample, type=self.event_type, **more)


def shown(request: Request, reading: Reading, asked: Asked, n: int | None, fault: str = "") -> dict[str, Any]:
    """What the page of the queue shows: the event as the program made it, and how far the person is."""
    allowed = tuple(load_codebook().types)
    types = [one_of("event type", asked.event_type, allowed)] if asked.event_type else []
    key = ("draw", asked.seed, asked.sample, tuple(types))
    drawn: list[str] = reading.once(
        key, lambda one: draw(one.ground.snapshot, asked.sample, asked.seed, types), warm=True
    )
    judges = judged_by_each(reading.ground.snapshot, library_of(request).heard) if asked.by else {}
    mine = judges.get(asked.by, set())
    left = [number for number, one in enumerate(drawn, start=1) if one not in mine]
    at = min(n or (left[0] if left else 1), len(drawn)) if drawn else 0
    rows = with_words(reading.ground, [drawn[at - 1]], "events") if drawn and asked.by else []
    return {
        "draw": asked,
        "total": len(drawn),
        "judged": len(drawn) - len(left),
        "others": others(judges, drawn, asked.by),
        "at": at,
        "event": rows[0] if rows else None,
        "has_judged": bool(drawn) and drawn[at - 1] in mine,
        "fields": fields_of(rows[0]) if rows else [],
        "label": LABEL.format(asked.seed),
        "csrf": csrf_of(request),
        "fault": fault,
        "following": at + 1 if at < len(drawn) else None,
        "modes": list(load_codebook().modes_of(rows[0]["event_type"])) if rows else [],
    }


def others(judges: Mapping[str, set[str]], drawn: Sequence[str], by: str) -> list[tuple[str, int]]:
    """How many of the events other people have judged, who judged most first."""
    found = [(name, len(seen.intersection(drawn))) for name, seen in judges.items() if name != by]
    return sorted((one for one in found if one[1]), key=lambda one: (-one[1], one[0]))[:MOST_NAMES]


def fields_of(row: Row) -> list[tuple[str, str]]:
    """Each field that may be corrected, with its value as a person writes it."""
    return [(name, in_words(name, value_of(row, name))) for name in FIELDS]


@pages.post("/enter")
def enter(
    request: Request,
    token: Annotated[Long, Form()] = "",
    csrf: Annotated[Short, Form()] = "",
) -> Response:
    """Takes the token of who may write."""
    check_form(request, csrf)
    client = request.client.host if request.client else ""
    if not ENTERING.lets(client):
        raise Refused(429, "too many tries", "wait a moment")
    wanted = settings_of(request).token
    if wanted is None or not same(token.strip(), wanted):
        raise Refused(401, "that is not the token", "who started the server has it")
    return remember(request, RedirectResponse("/review", 303), entered=True)


@pages.post("/review", dependencies=[Writing])
def say(
    request: Request,
    reading: Read,
    about: Annotated[Short, Form()],
    by: Annotated[Short, Form()] = "",
    csrf: Annotated[Short, Form()] = "",
    verdict: Annotated[Short, Form()] = "",
    field: Annotated[Short, Form()] = "",
    value: Annotated[Long, Form()] = "",
    reason: Annotated[Long, Form()] = "",
    other: Annotated[Short, Form()] = "",
    sample: Annotated[Short, Form()] = "",
    back: Annotated[Long, Form()] = "/review",
) -> Response:
    """Records what a form says, and goes on."""
    check_form(request, csrf)
    said = Said(
        about=about,
        verdict=verdict or None,
        field=(field or None) if not verdict else None,
        value=value if field and not verdict else None,
        reason=reason,
        other=other or None,
        by=by,
        sample=sample or None,
    )
    review = record(request, reading, said)
    if not review.sample:
        library_of(request).renew_now()
    told = f"{review.field or ''} {review.verdict}".strip()
    address = within(back)
    joint = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{joint}{query_of(last=review.id, done=told)}", 303)


def within(address: str) -> str:
    """The address, if it is one of this server's pages: nobody is sent elsewhere."""
    parts = urlsplit(address)
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    fits = safe and not parts.scheme and not parts.netloc and "\\" not in address
    return address.partition("#")[0] if fits else "/review"


def record(request: Request, reading: Reading, said: Said) -> Review:
    """Makes the review and writes it; raises ``InputError`` for what does not fit."""
    by = clean_name(said.by)
    target = find_target(reading.ground, said.about)
    other = find_target(reading.ground, said.other) if said.other else None
    wish = Wish(said.verdict, said.field, said.value, one_line(said.reason), said.sample)
    review = make_review(target, wish, by, other)
    if review.verdict == WITHDRAWN and not has_said(reading.ground.snapshot, review):
        raise InputError(f"{by} has said nothing of it that could be withdrawn", "see the list of reviews")
    record_reviews(library_of(request).path, [review])
    library_of(request).hear(review)
    return review


@pages.post("/review/undo", dependencies=[Writing])
def undo(
    request: Request,
    reading: Read,
    last: Annotated[Short, Form()],
    by: Annotated[Short, Form()] = "",
    csrf: Annotated[Short, Form()] = "",
    back: Annotated[Long, Form()] = "/review",
) -> Response:
    """Takes back what a person said last."""
    check_form(request, csrf)
    taken = take_back(request, last, clean_name(by))
    if not taken.sample:
        library_of(request).renew_now()
    address = within(back)
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{query_of(done='taken back')}", 303)


def take_back(request: Request, review: str, by: str) -> Review:
    """Writes that the person takes the review back; raises ``InputError`` where it is none of theirs."""
    library = library_of(request)
    found = [one for one in library.heard if one.id == review] or read_review(request, review)
    if not found or found[0].reviewer != by:
        raise InputError(f"{by} has no review {review!r}", "see the list of reviews")
    made = taken_back(found[0])
    record_reviews(library.path, [made])
    library.hear(made)
    return made


def read_review(request: Request, review: str) -> list[Review]:
    """The review of that id, if the newest version has it."""
    library = library_of(request)
    library.renew_now()
    with library.read(None, True, settings_of(request).query_seconds) as reading:
        return list(reading.ground.snapshot.read_reviews("id = ?", [review]))


@api.get("/reviews", summary="What people say of events, oldest first", responses=answers(*LISTED))
def reviews_api(
    reading: Read,
    paged: Paged,
    every: Annotated[bool, Query(description="Also those replaced.")] = False,
    form: Sheet = "json",
) -> Response:
    """A row a review that stands, with what has become of what it is about."""
    rows = list(list_reviews(reading.ground.snapshot, every))
    part = rows[paged.offset : paged.offset + paged.limit]
    return listed(reading, part, len(rows), paged) if form == "json" else sheet(part, form, "reviews")


@api.get(
    "/queue",
    summary="Events drawn at random to be reviewed",
    responses=answers("drawn", "left", "sample", sheets=False),
)
def queue_api(
    request: Request,
    reading: Read,
    by: By,
    seed: Seed = 1,
    sample: Sample = 100,
    event_type: Annotated[Name | None, Query(alias="type")] = None,
) -> Response:
    """The ids of the draw, and of those that the person has not judged."""
    types = [one_of("event type", event_type, tuple(load_codebook().types))] if event_type else []
    drawn = draw(reading.ground.snapshot, sample, seed, types)
    mine = judged_by_each(reading.ground.snapshot, library_of(request).heard).get(by, set())
    left = [one for one in drawn if one not in mine]
    return answer(reading, drawn=drawn, left=left, sample=LABEL.format(seed))


WRITING: dict[int | str, dict[str, Any]] = {
    **answers("review", sheets=False, code=201, version=False),
    401: {"description": "The token is needed (Authorization: Bearer …)."},
    403: {"description": "Nobody may write here, or the request comes from another site."},
}


@api.post("/reviews", status_code=201, summary="Records a review", dependencies=[Program], responses=WRITING)
def say_api(request: Request, reading: Read, said: Said) -> Response:
    """A verdict (right, wrong, same, different, withdraw), or a field with its right value."""
    review = record(request, reading, said)
    return JSONResponse({"review": to_plain(review)}, 201)


class Back(BaseModel):
    """Which review is taken back, and by whom."""

    id: Short
    by: Short


@api.post(
    "/reviews/undo", status_code=201, summary="Takes a review back", dependencies=[Program], responses=WRITING
)
def undo_api(request: Request, back: Back) -> Response:
    """The review that takes it back; only its own reviewer can."""
    return JSONResponse({"review": to_plain(take_back(request, back.id, clean_name(back.by)))}, 201)
