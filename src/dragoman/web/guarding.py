"""What every request passes first: who may ask, how much, how often; and what every answer bears."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.settings import LOOPBACK, Settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from another host is loaded, and no script or style runs that stands in a page."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LONGEST_QUERY = 8_000
"""Bytes of an address' query; filters need a few hundred."""
MOST_CLIENTS = 10_000
BURST = 3.0
"""Seconds for which the rate may be saved up."""
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


class Refused(Exception):  # noqa: N818  (an answer, no fault of the program)
    """A request that is turned away, with its status and what to say."""

    def __init__(self, status: int, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.status, self.reason, self.remedy = status, reason, remedy


class Guard:
    """Turns away what comes from another site or host, is too large or too often; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.rates = Rates(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        sending = with_headers(send, scope["path"])
        try:
            self.check(scope)
        except Refused as refused:
            await answer(sending, refused)
            return
        scope = {**scope, "query_string": without_empty(scope["query_string"])}
        body = Body(receive, self.settings.body_bytes)
        try:
            await self.app(scope, body.receive, sending)
        except TooLarge:
            await answer(sending, Refused(413, "what was sent is too large"))

    def check(self, scope: Scope) -> None:
        """Raises ``Refused`` for a request that is not answered."""
        headers = Headers(scope=scope)
        self.check_host(headers)
        if len(scope["query_string"]) > LONGEST_QUERY:
            raise Refused(414, "the address is too long", "ask for less at once")
        size = headers.get("content-length", "0")
        if not size.isascii() or not size.isdigit() or int(size) > self.settings.body_bytes:
            raise Refused(
                413, "what was sent is too large", f"leave it at {self.settings.body_bytes:,} bytes"
            )
        if scope["method"] in CHANGING:
            check_origin(headers)
        client = (scope.get("client") or ("",))[0]
        if client not in LOOPBACK and not self.rates.lets(client):
            raise Refused(429, "too many requests", "wait a moment")

    def check_host(self, headers: Headers) -> None:
        """A page of another name that leads to this machine may not read what is for this machine alone."""
        allowed = (*LOOPBACK, *self.settings.hosts)
        if self.settings.is_loopback and host_of(headers.get("host", "")) not in allowed:
            raise Refused(421, "this server does not go by that name", "open http://127.0.0.1 with its port")


def host_of(value: str) -> str:
    """The name in a host header, without the port."""
    try:
        return urlsplit(f"//{value}").hostname or ""
    except ValueError:
        return ""


def check_origin(headers: Headers) -> None:
    """Raises ``Refused`` for a change that another site's page asks for."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "a page of another site asks for this", "do it on this server's own pages")
    origin = headers.get("origin")
    if origin is not None and urlsplit_netloc(origin) != headers.get("host", ""):
        raise Refused(403, "a page of another site asks for this", "do it on this server's own pages")


def urlsplit_netloc(address: str) -> str | None:
    """Host and port of an address; ``None`` where it has none."""
    try:
        return urlsplit(address).netloc or None
    except ValueError:
        return None


def without_empty(query: bytes) -> bytes:
    """The query without fields that a form left empty: they ask for nothing."""
    parts = (part for part in query.split(b"&") if part)
    return b"&".join(part for part in parts if not part.endswith(b"=") and b"=" in part)


class TooLarge(Exception):  # noqa: N818
    """More came than was allowed."""


class Body:
    """What a request brings, counted."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.inner = receive
        self.left = most

    async def receive(self) -> Message:
        """The next piece."""
        message = await self.inner()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLarge
        return message


class Rates:
    """How often each address may ask."""

    def __init__(self, rate: float, now: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.now = rate, now
        self.seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def lets(self, client: str) -> bool:
        """Whether the address may ask once more; counts it."""
        at = self.now()
        left, before = self.seen.pop(client, (self.rate * BURST, at))
        left = min(self.rate * BURST, left + (at - before) * self.rate)
        self.seen[client] = (max(left - 1, 0.0), at)
        if len(self.seen) > MOST_CLIENTS:
            self.seen.popitem(last=False)
        return left >= 1


def with_headers(send: Send, path: str) -> Send:
    """Sends with the headers that every answer bears."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "max-age=3600" if path.startswith("/static/") else "no-store")
        await send(message)

    return sending


async def answer(send: Send, refused: Refused) -> None:
    """Answers a request that is turned away."""
    body = json.dumps({"error": {"reason": refused.reason, "remedy": refused.remedy}}).encode()
    headers: Iterable[tuple[bytes, bytes]] = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})
