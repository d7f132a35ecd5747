"""The corpus open for reading: one snapshot a version for all requests, a cursor each."""

from __future__ import annotations

import copy
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import DragomanError, InputError
from dragoman.query.ground import Ground, open_ground
from dragoman.query.reports import index_mentions
from dragoman.records import Review
from dragoman.store import Corpus

PAUSE = 1.0
"""Seconds between two looks at the ledger, at least."""
SHARE = 8
"""A new version is opened no sooner than after so many times as long as it took to open the one before."""
OPEN = 4
"""Versions that are held open beside the newest."""
KEPT = 300
"""Answers that are remembered of one version."""
WARM = 12
"""Of these, as many are worked out for a new version before anybody asks."""
T = TypeVar("T")


@dataclass
class Shelf:
    """A ground that many requests share, and what was worked out from it already."""

    ground: Ground
    version: int
    lock: threading.Lock = field(default_factory=threading.Lock)
    known: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    gates: dict[Hashable, threading.Lock] = field(default_factory=dict)

    def cursor(self) -> Ground:
        """The same ground with a connection of its own."""
        snapshot = copy.copy(self.ground.snapshot)
        with self.lock:
            snapshot.connection = self.ground.snapshot.connection.cursor()
        return Ground(snapshot, self.ground.reviews)


@dataclass(frozen=True, slots=True)
class Reading:
    """A request's ground, and the shelf that it was taken from; ``fixed`` if a version was asked for."""

    ground: Ground
    shelf: Shelf
    fixed: bool = False
    library: Library | None = None

    def once(self, key: Hashable, make: Callable[[Reading], T], warm: bool = False) -> T:
        """What was worked out for that key in this version, or is now: by one, for all who wait for it.

        ``warm`` says that it is worked out for new versions before anybody asks.
        """
        shelf = self.shelf
        with shelf.lock:
            if key in shelf.known:
                shelf.known.move_to_end(key)
                found: T = shelf.known[key]
                return found
            gate = shelf.gates.setdefault(key, threading.Lock())
        with gate:
            with shelf.lock:
                if key in shelf.known:
                    there: T = shelf.known[key]
                    return there
            found = make(self)
            with shelf.lock:
                shelf.gates.pop(key, None)
                shelf.known[key] = found
                if len(shelf.known) > KEPT:
                    shelf.known.popitem(last=False)
        if warm and self.library is not None:
            self.library.note(key, make)
        return found


class SlowQueryError(Exception):
    """A question that took longer than the server gives it."""


class Library:
    """Grounds by version; the newest is renewed when the ledger moves, beside those who read the older."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.corpus = Corpus.open(path)
        self.lock = threading.RLock()
        self.shelves: OrderedDict[tuple[int, bool], Shelf] = OrderedDict()
        self.gates: dict[tuple[int, bool], threading.Lock] = {}
        self.newest = 0
        self.looked = 0.0
        self.pause = PAUSE
        self.renewing: threading.Thread | None = None
        self.makers: OrderedDict[Hashable, Callable[[Reading], Any]] = OrderedDict()
        self.heard: list[Review] = []
        """Reviews that were made here, and which the newest version that is open may not have yet."""

    def current(self) -> int:
        """The version that is shown; 0 where none is open yet. Looks for a newer one beside the readers."""
        with self.lock:
            if self.shelves:
                self.look()
            return self.newest if self.shelves else 0

    def shelf(self, version: int | None, reviews: bool) -> Shelf:
        """The shelf of that version; of the newest without one."""
        with self.lock:
            self.look()
            wanted = self.newest if version is None else version
            if version is not None and version > self.newest:
                self.newest = self.last()
            if wanted > self.newest or wanted < 0:
                raise InputError(
                    f"the corpus has no version {wanted}", f"the newest is {self.newest}; leave version out"
                )
            found = self.shelves.get((wanted, reviews))
            if found is not None:
                self.shelves.move_to_end((wanted, reviews))
                return found
            gate = self.gates.setdefault((wanted, reviews), threading.Lock())
        with gate:
            return self.shelves.get((wanted, reviews)) or self.put(wanted, reviews)

    def last(self) -> int:
        """The number of the newest version on disk."""
        versions = self.corpus.versions()
        return versions[-1].version if versions else 0

    def look(self) -> None:
        """Sees whether the ledger moved; the first time at once, later beside the readers."""
        if self.looked and time.monotonic() - self.looked < self.pause:
            return
        self.looked = time.monotonic()
        if not self.shelves:
            self.newest = self.last()
        elif not (self.renewing and self.renewing.is_alive()):
            self.renewing = threading.Thread(target=self.renew_now, daemon=True)
            self.renewing.start()

    def renew_now(self) -> None:
        """Opens the newest version, if it is another, before it goes on."""
        last = self.last()
        if last != self.newest:
            self.renew(last)

    def renew(self, version: int) -> None:
        """Opens that version, works out what is asked for most, and makes it the newest."""
        began = time.monotonic()
        shelf = make_shelf(self.path, version, True)
        self.warm(shelf)
        with self.lock:
            self.shelves[version, True] = shelf
            self.newest = max(self.newest, version)
            self.thin()
            self.looked = time.monotonic()
            self.pause = max(PAUSE, SHARE * (self.looked - began))
        self.forget(shelf)

    def note(self, key: Hashable, make: Callable[[Reading], Any]) -> None:
        """Remembers how something was worked out."""
        with self.lock:
            self.makers[key] = make
            self.makers.move_to_end(key)
            if len(self.makers) > WARM:
                self.makers.popitem(last=False)

    def warm(self, shelf: Shelf) -> None:
        """Works out for a version what was asked for of those before."""
        with self.lock:
            makers = list(self.makers.items())
        ground = shelf.cursor()
        reading = Reading(ground, shelf)
        for key, make in makers:
            try:
                reading.once(key, make)
            except (DragomanError, InputError):
                continue
        ground.snapshot.connection.close()

    def hear(self, review: Review) -> None:
        """Remembers a review until a version is open that has it: its maker sees it at once."""
        with self.lock:
            self.heard = [*self.heard, review]

    def forget(self, shelf: Shelf) -> None:
        """Lets go of the reviews that the version has."""
        if self.heard:
            there = {one.id for one in shelf.cursor().snapshot.read_reviews()}
            with self.lock:
                self.heard = [one for one in self.heard if one.id not in there]

    def put(self, version: int, reviews: bool) -> Shelf:
        """Opens a version."""
        began = time.monotonic()
        shelf = make_shelf(self.path, version, reviews)
        with self.lock:
            self.shelves[version, reviews] = shelf
            self.gates.pop((version, reviews), None)
            self.pause = max(self.pause, SHARE * (time.monotonic() - began))
            self.thin()
        return shelf

    def thin(self) -> None:
        """Lets go of the versions that nobody asked for in a while; who reads one goes on reading it."""
        while len(self.shelves) > OPEN + 1:
            oldest = next(key for key in self.shelves if key[0] != self.newest)
            del self.shelves[oldest]

    @contextmanager
    def read(self, version: int | None, reviews: bool, seconds: float) -> Iterator[Reading]:
        """A ground for one request; its questions are broken off after that many seconds."""
        shelf = self.shelf(version, reviews)
        ground = shelf.cursor()
        slow = threading.Event()

        def break_off() -> None:
            slow.set()
            ground.snapshot.connection.interrupt()

        timer = threading.Timer(seconds, break_off)
        timer.daemon = True
        timer.start()
        try:
            yield Reading(ground, shelf, version is not None, self)
        except Exception as fault:
            if slow.is_set():
                raise SlowQueryError from fault
            raise
        finally:
            timer.cancel()
            ground.snapshot.connection.close()


def make_shelf(path: Path, version: int, reviews: bool) -> Shelf:
    """Opens a version, with a table that tells by a mention's id which event holds it."""
    ground = open_ground(path, version, reviews=reviews)
    index_mentions(ground.snapshot)
    return Shelf(ground, version)
