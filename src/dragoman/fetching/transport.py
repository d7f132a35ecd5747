"""Connections to checked addresses only, each with a deadline, all of them ended when asked.

A name is resolved once a connection, all its addresses are checked, and the connection goes to one of those:
what a name server says a moment later (DNS rebinding) can't matter. Redirects come through here like
everything else. Proxies are not used, as a proxy would resolve the name by itself.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event
from typing import Any

import httpcore
import httpx

from dragoman.errors import FetchError
from dragoman.fetching.addresses import PRIVATE_REMEDY, Resolve, is_public, resolve

SLICE = 0.25
"""Seconds after which a waiting connection looks whether it should still wait."""

ends_at: ContextVar[float] = ContextVar("ends_at", default=float("inf"))


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Whatever is read or written within takes no longer than this in all."""
    token = ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        ends_at.reset(token)


def time_left(timeout: float | None) -> float:
    """Seconds until the deadline, or the timeout if that is sooner."""
    left = ends_at.get() - time.monotonic()
    return left if timeout is None else min(left, timeout)


class Guard(httpcore.NetworkBackend):
    """Opens connections to public hosts, and to others only if ``allow_private``."""

    def __init__(
        self,
        allow_private: bool = False,
        stop: Event | None = None,
        resolve: Resolve = resolve,
        is_public: Callable[[str], bool] = is_public,
    ) -> None:
        self.allow_private = allow_private
        self.stop = stop or Event()
        self.resolve = resolve
        self.is_public = is_public
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that takes one."""
        fault: Exception = httpcore.ConnectError("no address")
        for address in self.checked(host, port):
            left = time_left(timeout)
            if left <= 0 or self.stop.is_set():
                raise httpcore.ConnectTimeout("no time left")
            try:
                stream = self.backend.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                fault = refused
                continue
            return TimedStream(stream, self.stop)
        raise fault

    def checked(self, host: str, port: int) -> list[str]:
        """The host's addresses; raises ``FetchError`` if it has none, or one that is not public."""
        try:
            addresses = list(self.resolve(host, port))
        except (OSError, UnicodeError) as fault:
            unknown = isinstance(fault, socket.gaierror) and fault.errno == socket.EAI_NONAME
            reason = f"there is no host {host}" if unknown else f"the host {host} can't be looked up"
            raise FetchError(reason, "check the address and the connection", lasting=False) from None
        closed = [address for address in addresses if not self.is_public(address)]
        if closed and not self.allow_private:
            raise FetchError(f"the host {host} is not a public one ({closed[0]})", PRIVATE_REMEDY)
        return addresses

    def sleep(self, seconds: float) -> None:
        """Waits, unless everything is being ended."""
        self.stop.wait(seconds)


class TimedStream(httpcore.NetworkStream):
    """A connection that looks at the clock, and whether it should end, while it waits."""

    def __init__(self, stream: httpcore.NetworkStream, stop: Event) -> None:
        self.stream = stream
        self.stop = stop

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has arrived; raises ``httpcore.ReadTimeout`` when the time is over."""
        until = time.monotonic() + time_left(timeout)
        while (left := until - time.monotonic()) > 0 and not self.stop.is_set():
            try:
                return self.stream.read(max_bytes, min(left, SLICE))
            except httpcore.ReadTimeout:
                continue
        raise httpcore.ReadTimeout("no time left")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the bytes; raises ``httpcore.WriteTimeout`` when the time is over."""
        left = time_left(timeout)
        if left <= 0:
            raise httpcore.WriteTimeout("no time left")
        self.stream.write(buffer, left)

    def close(self) -> None:
        """Ends the connection."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the certificate is checked against the name, not the number."""
        left = time_left(timeout)
        if left <= 0:
            self.close()
            raise httpcore.ConnectTimeout("no time left")
        return TimedStream(self.stream.start_tls(ssl_context, server_hostname, left), self.stop)

    def get_extra_info(self, info: str) -> Any:
        """What the connection below knows about itself."""
        return self.stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """Carries httpx's requests over connections that the guard opens."""

    def __init__(self, guard: Guard) -> None:
        self.pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=64,
            max_keepalive_connections=16,
            keepalive_expiry=15.0,
            network_backend=guard,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still to be read."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        asked = httpcore.Request(
            request.method,
            url,
            headers=request.headers.raw,
            content=b"",
            extensions=request.extensions,
        )
        with told_as_httpx():
            answer = self.pool.handle_request(asked)
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Ends all connections."""
        self.pool.close()


class Body(httpx.SyncByteStream):
    """The bytes of a response as they arrive."""

    def __init__(self, stream: Iterable[bytes]) -> None:
        self.stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with told_as_httpx():
            yield from self.stream

    def close(self) -> None:
        """Gives the connection back."""
        if hasattr(self.stream, "close"):
            self.stream.close()


@contextmanager
def told_as_httpx() -> Iterator[None]:
    """Turns the errors of httpcore into those of httpx, which bear the same names."""
    try:
        yield
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.UnsupportedProtocol,
    ) as fault:
        kind = getattr(httpx, type(fault).__name__, httpx.TransportError)
        raise kind(str(fault)) from fault
