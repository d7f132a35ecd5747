"""What a feed says of a page: the records that the modules here speak in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.records import Precision, TimeRef


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    ``key`` is the name that the feed gives it, or its address. ``content`` is its words as HTML where it has
    no address; then there is no page to fetch. The days are those on the outlet's own clock.
    """

    key: str
    address: str | None = None
    title: str | None = None
    published: date | None = None
    updated: date | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page before it is read: from its feed, and from the one who named the feed."""

    feed: str
    title: str | None = None
    published: date | None = None
    updated: date | None = None
    outlet: str | None = None

    def day(self) -> TimeRef | None:
        """The day of publication as the feed tells it; ``None`` if it does not."""
        return on_day(self.published, "feed/published")

    def last_day(self) -> TimeRef | None:
        """The latest day on which it can have been published: that of the last change that the feed tells."""
        return on_day(self.updated, "feed/updated")


def on_day(day: date | None, rule: str) -> TimeRef | None:
    """That day, with what told it."""
    return TimeRef(day, day, Precision.DAY, rule) if day else None


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that is still to be fetched, as the state keeps it. ``tries`` have failed so far."""

    id: int
    feed: str
    entry: Entry
    outlet: str | None = None
    tries: int = 0

    def evidence(self) -> Evidence:
        """What is known of its page."""
        one = self.entry
        return Evidence(self.feed, one.title, one.published, one.updated, self.outlet)
