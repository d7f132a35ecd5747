"""Pages from the web, one address at a time, from several threads if wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from types import TracebackType
from typing import TypeVar

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from dragoman.errors import FetchError
from dragoman.fetching.addresses import Resolve, checked_url, is_public, resolve
from dragoman.fetching.limits import Limits
from dragoman.fetching.manners import BUSY, Pace, Robots, asked_wait
from dragoman.fetching.page import NOT_MODIFIED, Page
from dragoman.fetching.transport import Guard, GuardedTransport, deadline
from dragoman.fetching.unpacking import ACCEPTED, read_body

ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 kibibytes at least
LONGEST_CONNECT = 10.0  # seconds; a connection that is being made can't be broken off
LONGEST_TAG = 1_000  # characters of an ETag that is worth keeping
READ = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"

T = TypeVar("T")
REASONS = {
    401: ("the page is for those who log in", "save it as a file"),
    402: ("the page has to be paid for", "save it as a file"),
    403: ("the host does not give the page to this program", "save it as a file"),
    404: ("there is no such page", "check the address"),
    410: ("the page is gone", "look for it in a web archive"),
    429: ("the host is asked too often", "try again later"),
    451: ("the page is withheld for legal reasons", "look for it in a web archive"),
}


def fetch(address: str, limits: Limits | None = None) -> Page:
    """The page at the address; raises ``FetchError`` saying why there is none."""
    with Fetcher(limits) as fetcher:
        return fetcher.fetch(address)


class Fetcher:
    """Fetches pages, and remembers of each host what it wants and when it was asked.

    It may be used from several threads. ``stop`` set from another thread ends everything that is waiting
    within a moment; ``FetchError`` is raised there. ``resolve`` and ``is_public`` stand in for the system's
    way of finding numeric addresses and the rule which of them may be spoken to.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        stop: Event | None = None,
        resolve: Resolve = resolve,
        is_public: Callable[[str], bool] = is_public,
    ) -> None:
        self.limits = limits or Limits()
        self.stop = stop or Event()
        guard = Guard(self.limits.allow_private, self.stop, resolve, is_public)
        self.transport = GuardedTransport(guard)
        self.robots = Robots(lambda address: self.tries()(self.read_robots, address))
        self.pace = Pace()
        first, most = self.limits.backoff, self.limits.longest_wait
        self.backoff = wait_exponential(multiplier=first, max=most) + wait_random(0, first)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends all connections."""
        self.transport.close()

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Page:
        """The page at the address; raises ``FetchError`` saying why there is none.

        With an ``etag`` or ``last_modified`` of an earlier answer, the page may come back ``unchanged``,
        without a body. What may be otherwise a moment later is tried again, as often as the limits say.
        """
        url = checked_url(address)
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value and value.isascii()}
        return self.tries()(self.get, url, headers)

    def tries(self) -> Retrying:
        """What calls a function again as long as that may help."""
        return Retrying(
            stop=stop_after_attempt(self.limits.attempts),
            wait=self.wait,
            retry=retry_if_exception(self.is_worth_another_try),
            sleep=self.sleep,
            reraise=True,
        )

    def is_worth_another_try(self, fault: BaseException) -> bool:
        """Whether asking again soon may help, and the host does not want to be left alone for long."""
        return (
            isinstance(fault, FetchError)
            and not fault.lasting
            and not self.stop.is_set()
            and (fault.wait is None or fault.wait <= self.limits.longest_wait)
        )

    def wait(self, state: RetryCallState) -> float:
        """The seconds before the next try: longer from try to try, by chance, and no less than asked for."""
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.wait if isinstance(fault, FetchError) and fault.wait else 0.0
        return asked + self.backoff(state)

    def sleep(self, seconds: float) -> None:
        """Waits; raises ``FetchError`` if everything is being ended meanwhile."""
        if self.stop.wait(seconds):
            raise stopped()

    def get(self, url: httpx.URL, headers: dict[str, str]) -> Page:
        """One try: the page, with its redirects followed."""
        return self.follow(url, headers, self.wait_for_turn, partial(self.page_of, conditional=bool(headers)))

    def follow(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        before: Callable[[httpx.URL], None],
        read: Callable[[httpx.Response], T],
    ) -> T:
        """What is read of the response to the address, or to that which it redirects to in the end.

        ``before`` is called with each address before it is asked for, and takes as long as it wants; all the
        rest takes no longer than the limits say.
        """
        client = self.client()
        request = client.build_request("GET", url, headers=headers)
        left = self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            request.url = checked_url(str(request.url))
            before(request.url)
            began = time.monotonic()
            with deadline(left), self.answer(client, request) as response:
                if response.next_request is None:
                    return read(response)
                request = response.next_request
            left -= time.monotonic() - began
        raise FetchError(f"the page redirects more than {self.limits.redirects} times", "check the address")

    def client(self) -> httpx.Client:
        """A client for one page: cookies that a redirect sets go with the next request, and no further."""
        headers = {"User-Agent": self.limits.user_agent(), "Accept": READ, "Accept-Encoding": ACCEPTED}
        seconds = self.limits.seconds
        timeout = httpx.Timeout(seconds, connect=min(seconds, LONGEST_CONNECT))
        return httpx.Client(transport=self.transport, headers=headers, timeout=timeout, trust_env=False)

    def wait_for_turn(self, url: httpx.URL) -> None:
        """Waits until the host may be asked; raises ``FetchError`` if it does not want to be."""
        delay = max(self.robots.check(url), self.limits.delay)
        self.sleep(self.pace.reserve(url.host, delay, self.limits.longest_wait))

    @contextmanager
    def answer(self, client: httpx.Client, request: httpx.Request) -> Iterator[httpx.Response]:
        """The response, its body still to be read; what goes wrong on the way is a ``FetchError``."""
        host = request.url.host
        try:
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                yield response
            finally:
                response.close()
        except httpx.TimeoutException:
            if self.stop.is_set():
                raise stopped() from None
            reason = f"{host} took longer than {self.limits.seconds:g} s"
            raise FetchError(reason, "try again later", lasting=False) from None
        except (httpx.TransportError, httpx.InvalidURL) as fault:
            if self.stop.is_set():
                raise stopped() from None
            reason = f"{host} can't be read from ({fault or type(fault).__name__})"
            raise FetchError(reason, "try again later", lasting=False) from None

    def page_of(self, response: httpx.Response, conditional: bool) -> Page:
        """What the response holds; raises ``FetchError`` if that is no page."""
        status = response.status_code
        unchanged = status == NOT_MODIFIED and conditional
        if not (200 <= status < 300 or unchanged):
            raise self.refusal(response)
        headers = response.headers
        return Page(
            address=str(response.url),
            status=status,
            content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding,
            body=b"" if unchanged else read_body(response, self.limits.max_bytes),
            etag=kept(headers.get("etag")),
            last_modified=kept(headers.get("last-modified")),
        )

    def refusal(self, response: httpx.Response) -> FetchError:
        """Why the host gave no page; a host that wants to be left alone is."""
        status = response.status_code
        reason, remedy = REASONS.get(status, ("the host answers with an error", "try again later"))
        busy = status in BUSY
        wait = asked_wait(response.headers) if busy else None
        if wait:
            self.pace.hold(response.url.host, wait)
        return FetchError(f"{reason} ({status})", remedy, lasting=not busy, wait=wait)

    def read_robots(self, address: str) -> str:
        """A robots.txt as text; "" where the host has none. Raises ``FetchError`` where it can't be told."""
        return self.follow(checked_url(address), {}, lambda url: None, self.words_of_robots)

    def words_of_robots(self, response: httpx.Response) -> str:
        """The words of the answer; "" where it says that there is none."""
        status = response.status_code
        if status in BUSY or status >= 500:
            told = f"the robots.txt of {response.url.host} can't be read ({status})"
            wait = self.refusal(response).wait
            raise FetchError(
                f"{told}, so the host is left alone for now", "try again later", lasting=False, wait=wait
            )
        if not 200 <= status < 300:
            return ""
        return read_body(response, ROBOTS_BYTES, cut=True).decode("utf-8", "replace")


def stopped() -> FetchError:
    """The error for what was not fetched because everything is being ended."""
    return FetchError("stopped", lasting=False)


def kept(tag: str | None) -> str | None:
    """The tag if it is worth keeping."""
    return tag if tag and len(tag) <= LONGEST_TAG else None
