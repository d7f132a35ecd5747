"""Answers that were given already: kept by address and version, and made once for all who wait."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.library import Library

MOST_BYTES = 64_000_000
"""Bytes of answers that are kept; the ones that nobody asked for longest go first."""
LARGEST = 2_000_000
"""Bytes of the largest answer that is kept."""
PASSED = ("/static/", "/review", "/try", "/enter", "/events/", "/api/queue", "/api/try", "/api/openapi.json")
"""Addresses whose answers hang on who asks, or are files anyway."""
VERSION = re.compile(rb"(?:^|&)version=(\d{1,10})(?:&|$)")
Key = tuple[str, bytes, int]


@dataclass
class Answer:
    """An answer as it was sent: its head and its body."""

    start: Message
    body: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return len(self.body) + 500


class Kept:
    """Answers by address and version, as many as the bytes allow."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.size = 0
        self.answers: OrderedDict[Key, Answer] = OrderedDict()

    def get(self, key: Key) -> Answer | None:
        """The answer, if it is kept."""
        found = self.answers.get(key)
        if found is not None:
            self.answers.move_to_end(key)
        return found

    def put(self, key: Key, answer: Answer) -> None:
        """Keeps the answer, and lets go of others."""
        if answer.size > min(LARGEST, self.most):
            return
        if (before := self.answers.pop(key, None)) is not None:
            self.size -= before.size
        self.answers[key] = answer
        self.size += answer.size
        while self.size > self.most:
            _, gone = self.answers.popitem(last=False)
            self.size -= gone.size


@dataclass
class Keeper:
    """Answers from what is kept, or asks the application and keeps what it says."""

    app: ASGIApp
    library: Library
    kept: Kept = field(default_factory=Kept)
    asked: dict[Key, asyncio.Event] = field(default_factory=dict)
    nonce: str = field(default_factory=lambda: secrets.token_hex(4))
    """Tags of another start of the server are of other pages."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(PASSED):
            await self.app(scope, receive, send)
            return
        key = self.key(scope)
        if key[2] and self.kept.get(key) is None and key in self.asked:
            await self.asked[key].wait()
            key = self.key(scope)
        if self.kept.get(key) is not None:
            await self.again(scope, key, send)
            return
        done = self.asked[key] = asyncio.Event()
        try:
            await self.ask(scope, receive, send)
        finally:
            done.set()
            if self.asked.get(key) is done:
                del self.asked[key]

    def key(self, scope: Scope) -> Key:
        """Address and version; 0 for a version that is not known yet."""
        query: bytes = scope["query_string"]
        asked = VERSION.search(query)
        return scope["path"], query, int(asked[1]) if asked else self.library.current()

    def tag(self, key: Key) -> str:
        """What names an answer of this server."""
        path, query, version = key
        told = hashlib.sha256(f"{self.nonce} {path}?".encode() + query).hexdigest()[:16]
        return f'"{version}-{told}"'

    async def again(self, scope: Scope, key: Key, send: Send) -> None:
        """Sends what is kept, or says that who asks has it already."""
        answer, tag = self.kept.answers[key], self.tag(key)
        if tag in Headers(scope=scope).get("if-none-match", "")[:1000]:
            head = [(b"etag", tag.encode()), (b"cache-control", b"no-cache")]
            await send({"type": "http.response.start", "status": 304, "headers": head})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({**answer.start, "headers": list(answer.start["headers"])})
        await send({"type": "http.response.body", "body": answer.body})

    async def ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Asks the application, and keeps what may be kept of what it says."""
        state = scope.setdefault("state", {})
        path, query = scope["path"], scope["query_string"]
        start: Message | None = None
        key: Key | None = None
        parts: list[bytes] = []

        async def sending(message: Message) -> None:
            nonlocal start, key
            reading = state.get("reading")
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if reading is not None and message["status"] == 200 and "set-cookie" not in headers:
                    key = (path, query, reading.shelf.version)
                    headers["etag"] = self.tag(key)
                    headers["cache-control"] = "no-cache"
                    start = {**message, "headers": list(message["headers"])}
            elif key is not None and start is not None:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    self.kept.put(key, Answer(start, b"".join(parts)))
            await send(message)

        await self.app(scope, receive, sending)
