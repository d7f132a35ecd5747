"""A web server on loopback that answers as a test tells it to, and notes what it was asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from dragoman.fetching import Limits

QUICK = partial(Limits, seconds=5.0, delay=0.0, backoff=0.01, longest_wait=2.0, allow_private=True)
"""Limits for a server on loopback that is asked without pauses."""

OPEN = "User-agent: *\nDisallow:\n"


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    pieces: list[bytes] | None = None
    pause: float = 0.0


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float


class Site:
    """The server: ``answers`` maps a path to an ``Answer``, or to what makes one of the request."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[Asked], Answer]] = {}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits 40 ms for the client's acknowledgement

            def do_GET(self) -> None:
                with suppress(BrokenPipeError, ConnectionResetError):
                    site.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = self.server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = Asked(handler.path, {k.lower(): v for k, v in handler.headers.items()}, time.monotonic())
        self.asked.append(asked)
        given = self.answers.get(handler.path, Answer("nothing here", 404))
        given = given(asked) if callable(given) else given
        body = given.body.encode() if isinstance(given.body, str) else given.body
        handler.send_response(given.status)
        for name, value in given.headers.items():
            handler.send_header(name, value)
        if given.pieces is not None:
            handler.send_header("Connection", "close")
            handler.end_headers()
            for piece in given.pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(given.pause)
            handler.close_connection = True
            return
        if "Content-Length" not in given.headers:
            handler.send_header("Content-Length", str(0 if given.status == 304 else len(body)))
        handler.end_headers()
        if given.status != 304:
            handler.wfile.write(body)

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    thread = Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
