"""Servers that speak HTTP badly on purpose: each costs its time limit at most, and is a reason in words."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from dragoman.errors import FetchError
from dragoman.fetching import fetch
from webserver import QUICK

Speak = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@contextmanager
def speaking(speak: Speak) -> Iterator[str]:
    """A server that has no robots.txt, and answers everything else in that way."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if b"/robots.txt" in connection.recv(65_536):
                connection.sendall(
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
            else:
                speak(connection)

    def listen() -> None:
        with suppress(OSError):
            while True:
                Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/a"
    finally:
        listener.close()


def drip(data: bytes, pause: float = 0.02) -> Speak:
    def speak(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return speak


def flood(begin: bytes, again: bytes) -> Speak:
    def speak(connection: socket.socket) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(again)

    return speak


@pytest.mark.parametrize(
    "speak",
    [
        drip(HEAD + b"X: " + b"x" * 5_000),
        flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        flood(HEAD, b"X-Header: " + b"x" * 1_000 + b"\r\n"),
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: " + b"x" * 1_000 + b"\r\n"),
        flood(HEAD + b"\r\n", b"x" * 65_536),
        flood(b"", b"no HTTP at all "),
        flood(HEAD + b"Content-Length: -5\r\n\r\n", b"x"),
        flood(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n", b"x"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\n", 0.0),
        drip(b"", 0.0),
        drip(b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe://[\r\nContent-Length: 0\r\n\r\n", 0.0),
        drip(b"HTTP/1.1 999 \r\n\r\n", 0.0),
    ],
)
def test_bad_servers_are_given_up(speak: Speak) -> None:
    began = time.monotonic()
    with speaking(speak) as address, pytest.raises(FetchError) as refused:
        fetch(address, QUICK(seconds=1.0, attempts=1, max_bytes=1_000_000))
    assert refused.value.reason
    assert time.monotonic() - began < 15
