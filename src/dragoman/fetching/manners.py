"""What hosts want: which pages are not for programs, and how long to leave them alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

import httpx
from protego import Protego

from dragoman.errors import FetchError, NotYetError
from dragoman.fetching.addresses import origin_of
from dragoman.fetching.limits import AGENT

KEPT_FOR = 24 * 3600.0
"""Seconds for which a robots.txt holds without being asked for again: no more than RFC 9309 allows."""
RETRIED_AFTER = 300.0
HOSTS = 10_000  # hosts of which something is remembered
LONGEST = 7 * 24 * 3600.0  # a host that wants to be left alone for longer is asked after this all the same
BUSY = frozenset({429, 500, 502, 503, 504})
"""Statuses that may be others a moment later."""

GetText = Callable[[str], str]
"""A robots.txt's address to its words: "" if the host has none; raises ``FetchError`` if it can't be told."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A host's robots.txt, or why it could not be read; ``until`` by the monotonic clock."""

    robots: Protego | None
    until: float
    fault: FetchError | None = None


class Robots:
    """The robots.txt of every host, asked for once a day."""

    def __init__(self, get: GetText) -> None:
        self.get = get
        self.known: dict[str, Rules] = {}
        self.lock = Lock()

    def check(self, url: httpx.URL) -> float:
        """The seconds that the host wants between two pages; raises ``FetchError`` if this one is closed.

        A host whose robots.txt can't be read (server error, no answer) is closed until it can, as RFC 9309
        asks; one that has none is open.
        """
        rules = self.rules(origin_of(url))
        if rules.fault is not None:
            raise rules.fault
        assert rules.robots is not None
        if not rules.robots.can_fetch(str(url), AGENT):
            raise FetchError(
                f"the robots.txt of {url.host} closes this page to programs", "ask the publisher for it"
            )
        return pause_of(rules.robots)

    def rules(self, origin: str) -> Rules:
        """What the host wants, as far as it is known or can be asked."""
        rules = self.known.get(origin)
        if rules is None or rules.until < time.monotonic():
            rules = self.ask(origin)
            with self.lock:
                self.known[origin] = rules
                while len(self.known) > HOSTS:
                    del self.known[next(iter(self.known))]
        return rules

    def ask(self, origin: str) -> Rules:
        """The rules as the host gives them now."""
        try:
            robots = Protego.parse(self.get(f"{origin}/robots.txt"))
        except FetchError as fault:
            return Rules(None, time.monotonic() + RETRIED_AFTER, kept_fault(fault))
        return Rules(robots, time.monotonic() + KEPT_FOR)


def kept_fault(fault: FetchError) -> FetchError:
    """The error as it is told for a while without asking again."""
    wait = None if fault.lasting else max(fault.wait or 0.0, RETRIED_AFTER)
    return FetchError(fault.reason, fault.remedy, lasting=fault.lasting, wait=wait)


def pause_of(robots: Protego) -> float:
    """The seconds that a robots.txt wants between two pages; 0 if it says nothing."""
    delay = robots.crawl_delay(AGENT) or 0.0
    rate = robots.request_rate(AGENT)
    if rate is not None and rate.requests > 0:
        delay = max(delay, rate.seconds / rate.requests)
    return min(max(delay, 0.0), LONGEST)


class Pace:
    """When each host may be asked again."""

    def __init__(self) -> None:
        self.free_at: dict[str, float] = {}
        self.lock = Lock()

    def reserve(self, host: str, delay: float, longest: float) -> float:
        """Takes the next turn at the host, and gives back the seconds until then.

        Raises ``NotYetError`` instead if they are more than ``longest``; no turn is taken then.
        """
        now = time.monotonic()
        with self.lock:
            turn = max(now, self.free_at.get(host, 0.0))
            if turn - now > longest:
                wait = turn - now
                raise NotYetError(
                    f"{host} wants to be left alone for {wait:.0f} s more", "try again later", wait
                )
            self.free_at[host] = turn + delay
            self.forget(now)
        return turn - now

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for that long."""
        with self.lock:
            self.free_at[host] = max(self.free_at.get(host, 0.0), time.monotonic() + seconds)

    def forget(self, now: float) -> None:
        """Drops the hosts whose turn is free, when they have become many."""
        if len(self.free_at) > HOSTS:
            self.free_at = {host: turn for host, turn in self.free_at.items() if turn > now}


def asked_wait(headers: httpx.Headers) -> float | None:
    """The seconds that a Retry-After asks for, told as a number or a date; ``None`` if there is none."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal() and len(value) < 12:
        return min(float(value), LONGEST)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max((when - datetime.now(UTC)).total_seconds(), 0.0), LONGEST)
