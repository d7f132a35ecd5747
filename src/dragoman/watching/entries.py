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
        """The day of publication as the feed tells it; ``None`` if it does not.

        A feed that tells only when an entry was changed does not tell when it was published.
        """
        if self.published is None:
            return None
        return TimeRef(self.published, self.published, Precision.DAY, "feed/published")


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
