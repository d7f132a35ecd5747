"""Rounds: every feed asked, every new entry's page fetched, made a document, and handed on in batches."""

from __future__ import annotations

import html
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from dragoman.errors import FetchError, InputError, NotYetError
from dragoman.fetching import Fetcher, Page
from dragoman.records import Document, Problem
from dragoman.watching.apart import Apart
from dragoman.watching.entries import Entry, Evidence, Pending
from dragoman.watching.feeds import Wire, read_feed
from dragoman.watching.lanes import Answer, host_of, in_lanes
from dragoman.watching.lists import Feed
from dragoman.watching.state import Asked, State

RETRIES = (600.0, 3_600.0, 21_600.0, 86_400.0)
"""Seconds after which an entry is tried again that could not be fetched; then it becomes a problem."""
FIRST_PAUSE = 600.0
LONGEST_PAUSE = 86_400.0
BATCH = 64
BATCH_CHARS = 4_000_000
BATCH_AGE = 60.0
"""Seconds of fetching that a crash loses at most; each batch adds a version to the corpus: few are better."""

MakesDocuments = Callable[[Page, Evidence], Document]
"""A page, and what is known of it, to a document; raises ``InputError`` if there is none in it."""


class KeepsDocuments(Protocol):
    """Where documents go."""

    def add(self, documents: Sequence[Document], problems: Sequence[Problem]) -> int:
        """Keeps them for good before it comes back, each once, and tells how many documents were new."""


def count(number: int, what: str) -> str:
    """'1 feed', '2 feeds'."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


@dataclass(slots=True)
class Round:
    """What one round did, or has done so far. ``faults`` are the feeds that could not be read, and why.

    ``fetched`` counts the entries whose pages were asked for, ``waiting`` those that still wait.
    """

    feeds: int = 0
    asked: int = 0
    unchanged: int = 0
    new: int = 0
    documents: int = 0
    known: int = 0
    left_out: int = 0
    fetched: int = 0
    waiting: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)

    def progress(self) -> str:
        """How far the round is, in a line."""
        parts = [f"{self.asked:,} of {count(self.feeds, 'feed')} asked"]
        if self.fetched or self.waiting:
            pages = count(self.fetched + self.waiting, "page")
            parts.append(f"{self.fetched:,} of {pages} fetched, {count(self.documents, 'document')} added")
        return " · ".join(parts)

    def line(self) -> str:
        """The round in a line."""
        resting = self.feeds - self.asked
        told = [f"{self.unchanged} unchanged"] * (self.unchanged > 0)
        told += [f"{len(self.faults)} failed"] * bool(self.faults)
        told += [f"{resting} not yet due"] * (resting > 0)
        parts = [
            count(self.feeds, "feed") + (f" ({', '.join(told)})" if told else ""),
            f"{self.new:,} new {'entry' if self.new == 1 else 'entries'}",
            f"{count(self.documents, 'document')} added",
        ]
        parts += [f"{self.known} known already"] * (self.known > 0)
        parts += [f"{self.left_out} left out"] * (self.left_out > 0)
        parts += [f"{self.waiting} still to fetch"] * (self.waiting > 0)
        return " · ".join(parts)


@dataclass(slots=True)
class Basket:
    """Documents and problems that are to be kept together, and the entries that are settled then."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    since: float = 0.0

    def is_full(self, now: float) -> bool:
        """Whether it is time to hand it on: enough in it, or waiting long enough."""
        held = len(self.documents) + len(self.problems)
        size = sum(len(one.text) + len(one.original or "") for one in self.documents)
        return held > 0 and (held >= BATCH or size > BATCH_CHARS or now - self.since > BATCH_AGE)


class Watch:
    """Watches feeds. One thread reads, makes documents and keeps them; others wait for hosts.

    ``say`` is told what the one who runs this should know at once, ``show`` how far a round is. What is at
    work ends soon after the ``stop`` of the fetcher is set: the documents in hand are kept, and a later run
    goes on from there.
    """

    def __init__(
        self,
        state: State,
        fetcher: Fetcher,
        keep: KeepsDocuments,
        make: MakesDocuments,
        say: Callable[[str], None] = lambda line: None,
        show: Callable[[Round], None] = lambda done: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.state = state
        self.fetcher = fetcher
        self.keep = keep
        self.make = make
        self.say = say
        self.show = show
        self.clock = clock
        self.stop = fetcher.stop

    def rounds(self, feeds: Callable[[], Sequence[Feed]], every: float) -> Iterator[Round]:
        """Round after round, one beginning ``every`` so many seconds, until stopped.

        ``feeds`` is asked before each round. Feeds that were asked less than a round ago are not asked again,
        so that starting anew disturbs nobody. A round that is not done when the next is due goes on in that.
        """
        while not self.stop.is_set():
            began = self.clock()
            yield self.round(feeds(), every, began + every)
            self.stop.wait(max(0.0, began + every - self.clock()))

    def round(self, feeds: Sequence[Feed], every: float | None = None, until: float | None = None) -> Round:
        """One round over the feeds: all that their hosts allow, or what is done by the time ``until``."""
        done = Round(feeds=len(feeds))
        self.ask_feeds(feeds, every, done)
        self.fetch_entries(until, done)
        done.waiting = self.state.count_pending()
        return done

    def ask_feeds(self, feeds: Sequence[Feed], every: float | None, done: Round) -> None:
        """Asks the feeds whose time has come, and keeps what is new in them."""
        now = self.clock()
        jobs = [(feed, self.state.feed(feed.address)) for feed in feeds]
        due = [(host_of(feed.address), (feed, asked)) for feed, asked in jobs if asked.is_due(now, every)]
        with Apart(read_feed, what="the feed") as read:
            for answered in in_lanes(due, self.ask, self.stop):
                if answered is not None:
                    (feed, asked), answer = answered
                    done.asked += 1
                    self.take_feed(feed, asked, answer, read, done)
                    self.show(done)

    def ask(self, job: tuple[Feed, Asked]) -> Page:
        """What the host gives for a feed."""
        feed, asked = job
        return self.fetcher.fetch(feed.address, etag=asked.etag, last_modified=asked.last_modified)

    def take_feed(
        self, feed: Feed, asked: Asked, answer: Answer, read: Callable[[Wire], list[Entry]], done: Round
    ) -> None:
        """Keeps what a feed answered; one that can't be read is asked again later, and no other suffers."""
        now = self.clock()
        try:
            if isinstance(answer, FetchError):
                raise answer
            if answer.unchanged:
                done.unchanged += 1
                self.state.note_answer(feed, replace(asked, checked_at=now, failures=0, fault=None))
                return
            wire = Wire(answer.body, answer.content_type, answer.charset, answer.address)
            entries = read(wire)
        except InputError as fault:
            self.note_fault(feed, asked, fault, done)
            return
        told = Asked(answer.etag, answer.last_modified, now)
        done.new += self.state.note_answer(feed, told, entries)

    def note_fault(self, feed: Feed, asked: Asked, fault: InputError, done: Round) -> None:
        """Keeps that a feed could not be read, and when it may be asked again."""
        failures = asked.failures + 1
        now = self.clock()
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE) * random.uniform(0.8, 1.2)
        wait = fault.wait if isinstance(fault, FetchError) and fault.wait else 0.0
        told = replace(
            asked,
            checked_at=now,
            not_before=now + max(pause, wait),
            failures=failures,
            fault=fault.reason[:500],
        )
        self.state.note_answer(feed, told)
        done.faults.append((feed.address, fault.reason))
        if failures == 1 and not (isinstance(fault, FetchError) and not fault.lasting):
            self.keep.add((), (Problem(feed.address, fault.reason, fault.remedy),))
        self.say(f"{feed.address}: {fault}")

    def fetch_entries(self, until: float | None, done: Round) -> None:
        """Fetches the pages of the entries that wait, and hands on what they hold."""
        after = 0
        basket = Basket()
        now = self.clock()
        done.waiting = self.state.count_pending()
        while not self.is_over(until) and (some := self.state.pending(now, after)):
            after = some[-1].id
            jobs = [(host_of(one.entry.address or one.feed), one) for one in some]
            for answered in in_lanes(jobs, self.page_of, self.stop, lambda: self.is_over(until)):
                if answered is not None:
                    self.take_page(*answered, basket, done)
                    done.fetched, done.waiting = done.fetched + 1, done.waiting - 1
                    self.show(done)
                if basket.is_full(self.clock()):
                    self.empty(basket, done)
        self.empty(basket, done)

    def is_over(self, until: float | None) -> bool:
        """Whether this round has had its time."""
        return self.stop.is_set() or (until is not None and self.clock() >= until)

    def page_of(self, one: Pending) -> Page:
        """The page of an entry; where it has no address, its own words as a page."""
        entry = one.entry
        if entry.address:
            return self.fetcher.fetch(entry.address)
        title = html.escape(entry.title or "")
        page = (
            f"<html><head><title>{title}</title></head><body><article>{entry.content}</article></body></html>"
        )
        return Page(one.feed, content_type="text/html", charset="utf-8", body=page.encode())

    def take_page(self, one: Pending, answer: Answer, basket: Basket, done: Round) -> None:
        """Puts into the basket what an entry's page holds, or why there is nothing to be had of it."""
        basket.since = basket.since if basket.entries else self.clock()
        if isinstance(answer, FetchError):
            if not self.put_off(one, answer):
                self.leave_out(one, answer, basket, done)
            return
        try:
            document = self.make(answer, one.evidence())
        except InputError as fault:
            self.leave_out(one, fault, basket, done)
            return
        basket.documents.append(document)
        basket.entries.append(one.id)

    def put_off(self, one: Pending, fault: FetchError) -> bool:
        """Leaves the entry for later if that may help; whether it does."""
        if isinstance(fault, NotYetError):  # which says nothing of this page
            self.state.postpone(one, self.clock() + (fault.wait or 0.0), failed=False)
            return True
        if fault.lasting or one.tries >= len(RETRIES):
            return False
        pause = max(RETRIES[one.tries] * random.uniform(0.8, 1.2), fault.wait or 0.0)
        self.state.postpone(one, self.clock() + pause, failed=True)
        return True

    def leave_out(self, one: Pending, fault: InputError, basket: Basket, done: Round) -> None:
        """Makes the entry a problem."""
        done.left_out += 1
        where = one.entry.address or one.feed
        basket.problems.append(Problem(where, fault.reason, fault.remedy))
        basket.entries.append(one.id)

    def empty(self, basket: Basket, done: Round) -> None:
        """Hands on what is in the basket; only then are its entries done with."""
        if basket.documents or basket.problems:
            added = self.keep.add(tuple(basket.documents), tuple(basket.problems))
            done.documents += added
            done.known += len(basket.documents) - added
        self.state.settle(basket.entries)
        basket.documents, basket.problems, basket.entries = [], [], []
