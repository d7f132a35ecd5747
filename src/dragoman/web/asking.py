"""What an address asks for, as filters and as the ground that they are asked of."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from pydantic import StringConstraints

from dragoman.errors import InputError
from dragoman.query import Filters
from dragoman.web.library import Library, Reading, SlowQueryError
from dragoman.web.settings import Settings

MOST = 1000
"""Rows that one answer has at most."""
FURTHEST = 10_000_000
Name = Annotated[str, StringConstraints(max_length=200, min_length=1)]
Names = Annotated[list[Name], Query(max_length=20)]
Day = Annotated[str, Query(max_length=10, description="A day, month or year: 2020-10-25, 2020-10, 2020.")]
Version = Annotated[int, Query(ge=0, le=2**31, description="The corpus as it was at that version.")]
Form = Annotated[Literal["json", "csv", "parquet"], Query(alias="format", description="What comes back.")]


def settings_of(request: Request) -> Settings:
    """The server's settings."""
    found: Settings = request.app.state.settings
    return found


def library_of(request: Request) -> Library:
    """The corpus."""
    found: Library = request.app.state.library
    return found


class Slots:
    """How many requests may ask the corpus at once; the others wait their turn beside the loop."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most or max(2, min(8, os.cpu_count() or 2))
        self.waiting = asyncio.Semaphore(self.most)


async def slot(request: Request) -> AsyncIterator[None]:
    """A turn to ask the corpus; raises ``SlowQueryError`` where none comes in time."""
    slots: Slots = request.app.state.slots
    try:
        await asyncio.wait_for(slots.waiting.acquire(), settings_of(request).query_seconds)
    except TimeoutError:
        raise SlowQueryError from None
    try:
        yield
    finally:
        slots.waiting.release()


def reading(
    request: Request,
    _: Annotated[None, Depends(slot)],
    version: Version | None = None,
    reviews: Annotated[bool, Query(description="Whether people's reviews are laid over.")] = True,
) -> Iterator[Reading]:
    """The ground of one request."""
    seconds = settings_of(request).query_seconds
    with library_of(request).read(version, reviews, seconds) as found:
        request.state.reading = found
        yield found


Read = Annotated[Reading, Depends(reading)]
Set = Annotated[Settings, Depends(settings_of)]


def narrowing(
    event_type: Annotated[list[Name], Query(alias="type", max_length=20)] = [],  # noqa: B006
    mode: Names = [],  # noqa: B006
    context: Names = [],  # noqa: B006
    status: Names = [],  # noqa: B006
    quad: Names = [],  # noqa: B006
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
    or_reported: bool = False,
    place: Names = [],  # noqa: B006
    country: Names = [],  # noqa: B006
    speaker: Names = [],  # noqa: B006
    outlet: Names = [],  # noqa: B006
    text: Annotated[str, Query(max_length=300)] = "",
    min_origins: Annotated[int, Query(ge=0, le=10**6)] = 0,
    min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
    contested: bool = False,
) -> Filters:
    """Filters that say nothing of the parties."""
    return Filters(
        event_type=event_type,
        mode=mode,
        context=context,
        status=status,
        quad=quad,
        since=since,
        until=until,
        or_reported=or_reported,
        place=place,
        country=country,
        speaker=speaker,
        outlet=outlet,
        text=text,
        min_origins=min_origins,
        min_confidence=min_confidence,
        contested=contested,
    )


Narrowed = Annotated[Filters, Depends(narrowing)]


def filtering(
    narrowed: Narrowed,
    actor: Names = [],  # noqa: B006
    recipient: Names = [],  # noqa: B006
    party: Names = [],  # noqa: B006
    between: Names = [],  # noqa: B006
) -> Filters:
    """All filters of events."""
    from dataclasses import replace

    if len(between) not in (0, 2):
        raise InputError("'between' takes two", "as in: between=ARM&between=AZE")
    pair = (between[0], between[1]) if between else None
    return replace(narrowed, actor=actor, recipient=recipient, party=party, between=pair)


Filtered = Annotated[Filters, Depends(filtering)]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is asked for."""

    limit: int
    offset: int


def paging(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Rows at most.")] = 50,
    offset: Annotated[int, Query(ge=0, le=FURTHEST, description="Rows to pass over.")] = 0,
) -> Paging:
    """The part of a list."""
    return Paging(limit, offset)


Paged = Annotated[Paging, Depends(paging)]


def shorter(
    limit: Annotated[int, Query(ge=1, le=MOST)] = 25,
    offset: Annotated[int, Query(ge=0, le=FURTHEST)] = 0,
) -> Paging:
    """The part of a list that a page shows: fewer rows than a program is given."""
    return Paging(limit, offset)


Leafed = Annotated[Paging, Depends(shorter)]
