"""Who may write: a token where others than this machine are served, and a proof that our own page asks."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from dragoman.web.asking import settings_of
from dragoman.web.guarding import Refused

SESSION, KEY = "dragoman_session", "dragoman_key"
DAY = 86_400


def sign(request: Request, purpose: str, session: str) -> str:
    """What nobody but this server can make of a session's name."""
    secret: bytes = request.app.state.secret
    return hmac.new(secret, f"{purpose}:{session}".encode(), hashlib.sha256).hexdigest()


def session_of(request: Request) -> str:
    """The session's name: that of the cookie, or a new one."""
    found = request.cookies.get(SESSION, "")
    if len(found) == 43 and found.isascii():
        return found
    if not hasattr(request.state, "session"):
        request.state.session = secrets.token_urlsafe(32)
    new: str = request.state.session
    return new


def csrf_of(request: Request) -> str:
    """What a form that this browser was given has to bear."""
    return sign(request, "csrf", session_of(request))


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, found out in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def knows_token(request: Request) -> bool:
    """Whether who asks has shown the token, or none is needed."""
    token = settings_of(request).token
    if token is None:
        return settings_of(request).is_loopback
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and same(given.strip(), token):
        return True
    session = request.cookies.get(SESSION, "")
    return bool(session) and same(request.cookies.get(KEY, ""), sign(request, "key", session))


def remember(request: Request, response: Response, entered: bool = False) -> Response:
    """Gives the session its cookies."""
    session = session_of(request)
    given = {"httponly": True, "samesite": "strict", "secure": request.url.scheme == "https"}
    response.set_cookie(SESSION, session, max_age=DAY, **given)  # type: ignore[arg-type]
    if entered:
        response.set_cookie(KEY, sign(request, "key", session), max_age=DAY, **given)  # type: ignore[arg-type]
    return response


def check_form(request: Request, given: str) -> None:
    """Raises ``Refused`` for a form that this server did not give to this browser."""
    if SESSION not in request.cookies or not same(given, csrf_of(request)):
        raise Refused(403, "the form is too old, or is not of this server", "open the page again")


def writer(request: Request) -> None:
    """Raises ``Refused`` for who may not write."""
    if settings_of(request).read_only:
        raise Refused(403, "this server only shows", "its owner may start it without --read-only")
    if not knows_token(request):
        raise Refused(401, "the token is needed for this", "enter it on the page 'Review'")


def program(request: Request) -> None:
    """Raises ``Refused`` for who may not write by the programming interface.

    A browser bears a cookie, an origin or what it fetches for, and then needs the proof of our own pages.
    """
    writer(request)
    headers = request.headers
    if headers.get("authorization"):
        return
    if any(name in headers for name in ("cookie", "origin", "sec-fetch-site")):
        check_form(request, headers.get("x-csrf-token", ""))


Writing = Depends(writer)
Program = Depends(program)
Csrf = Annotated[str, Depends(csrf_of)]
