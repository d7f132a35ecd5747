"""The bytes of a feed to its entries: RSS, Atom, RDF and JSON Feed.

Whatever a host sends comes through here, so this runs in a process of its own (``apart``): a library that
loses itself in hostile XML is ended after a while, and takes nothing with it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from dragoman.errors import InputError
from dragoman.watching.entries import Entry

MOST_ENTRIES = 10_000
LONGEST_TITLE = 1_000
LONGEST_KEY = 4_000
LONGEST_CONTENT = 500_000
FIRST_DAY = date(1970, 1, 2)  # what a content system writes that knows no date is the day before
NO_FEED = "give the address of an RSS, Atom or JSON feed"


@dataclass(frozen=True, slots=True)
class Wire:
    """A feed as it came: bytes, what the host says of them, and where it was found."""

    body: bytes
    content_type: str
    charset: str | None
    address: str


def read_feed(wire: Wire) -> list[Entry]:
    """The feed's entries, in its order, each once; raises ``InputError`` where this is no feed.

    A feed without entries gives an empty list. Broken XML gives the entries that can be made out.
    """
    try:
        entries = json_entries(wire) if is_json(wire) else xml_entries(wire)
        return once_each(list(islice(entries, MOST_ENTRIES)))
    except InputError:
        raise
    except RecursionError:
        raise InputError("the feed is nested too deeply to be read", NO_FEED) from None
    except Exception as fault:  # feedparser raises all kinds of errors over what it did not expect
        told = f"{type(fault).__name__}: {' '.join(str(fault).split())[:120]}"
        raise InputError(f"the feed is broken ({told})", NO_FEED) from None


def once_each(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each once; a name that a feed gives to several pages is none."""
    pages: dict[str, set[str]] = {}
    for entry in entries:
        pages.setdefault(entry.key, set()).add(entry.address or "")
    found: dict[str, Entry] = {}
    for entry in entries:
        key = entry.address if entry.address and len(pages[entry.key]) > 1 else entry.key
        found.setdefault(key, replace(entry, key=key))
    return list(found.values())


def is_json(wire: Wire) -> bool:
    """Whether the feed is a JSON Feed, whatever its host calls it."""
    return wire.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def json_entries(wire: Wire) -> Iterator[Entry]:
    """The entries of a JSON Feed (versions 1 and 1.1)."""
    try:
        feed = json.loads(wire.body.decode("utf-8-sig", "replace"))
    except ValueError:
        raise InputError("this is no JSON Feed: it can't be read as JSON", NO_FEED) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise InputError("this is no JSON Feed: it has no items", NO_FEED)
    for item in items:
        if isinstance(item, dict):
            texts = {name: value for name, value in item.items() if isinstance(value, str)}
            key = item.get("id")
            yield from entry_of(
                wire,
                key=str(key) if isinstance(key, str | int) else None,
                address=texts.get("url") or texts.get("external_url"),
                title=texts.get("title"),
                published=day_of(texts.get("date_published")),
                updated=day_of(texts.get("date_modified")),
                content=texts.get("content_html") or texts.get("content_text"),
            )


def xml_entries(wire: Wire) -> Iterator[Entry]:
    """The entries of an RSS, Atom or RDF feed."""
    import feedparser

    charset = f"; charset={wire.charset}" if wire.charset else ""
    kind = wire.content_type or "application/xml"
    headers = {"content-type": f"{kind}{charset}", "content-location": wire.address}
    feed = feedparser.parse(  # a stream is never taken for an address or a file's name, as bytes may be
        io.BytesIO(wire.body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries and not feed.version:
        raise no_feed(wire)
    for item in feed.entries:
        yield from entry_of(
            wire,
            key=item.get("id"),
            address=item.get("link") or own_link(item),
            title=plain(item.get("title")),
            published=day_of(item.get("published")) or utc_day(item.get("published_parsed")),
            updated=updated_day(item),
            content=content_of(item),
        )


def entry_of(
    wire: Wire,
    key: str | None,
    address: str | None,
    title: str | None,
    published: date | None,
    updated: date | None,
    content: str | None,
) -> Iterator[Entry]:
    """The entry, if there is anything to be had of it: a page, or words of its own."""
    address = urljoin(wire.address, address.strip()) if address and address.strip() else None
    key = (key or address or title or "").strip()[:LONGEST_KEY]
    words = content[:LONGEST_CONTENT] if content and not address else None
    if key and (address or words):
        title = " ".join((title or "").split())[:LONGEST_TITLE] or None
        yield Entry(
            encodable(key),
            address and encodable(address),
            title and encodable(title),
            published,
            updated,
            words and encodable(words),
        )


def encodable(text: str) -> str:
    """The text with a question mark for each half of a surrogate pair: JSON can write it, no file hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def own_link(item: Any) -> str | None:
    """An entry's address where it is only told as that of an alternative form."""
    links = (link for link in item.get("links", ()) if link.get("rel", "alternate") == "alternate")
    return next((link["href"] for link in links if link.get("href")), None)


def content_of(item: Any) -> str | None:
    """An entry's own words, in full if it has them, as HTML."""
    contents = [content.get("value") for content in item.get("content", ())]
    return next((words for words in [*contents, item.get("summary")] if words), None)


def plain(words: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    if not words or ("<" not in words and "&" not in words):
        return words
    reader = Words()
    reader.feed(words[: 10 * LONGEST_TITLE])
    reader.close()
    return "".join(reader.words)


class Words(HTMLParser):
    """Gathers what stands between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Takes the words."""
        self.words.append(data)


def day_of(words: str | None) -> date | None:
    """The day that a date names on the clock of the one who wrote it; ``None`` if it can't be read.

    'Mon, 06 Sep 2021 23:30:00 -0500' is the 6th, though it is the 7th in Greenwich: the report's 'Monday'
    is the outlet's.
    """
    words = (words or "").strip()[:100]
    readers: Iterable[Callable[[str], datetime]] = (parsedate_to_datetime, datetime.fromisoformat)
    for read in readers:
        try:
            return believed(read(words).date())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?=T|\s|$)", words)
    try:
        return believed(date(*map(int, match.groups()))) if match else None
    except ValueError:
        return None


def updated_day(item: Any) -> date | None:
    """The day on which an entry was last changed; feedparser gives that of publication where it has none."""
    if "updated" not in item:
        return None
    return day_of(item["updated"]) or utc_day(item.get("updated_parsed"))


def utc_day(parsed: Any) -> date | None:
    """The same as feedparser reads it, which knows more ways to write a date, but tells it in Greenwich."""
    try:
        return believed(date(*parsed[:3])) if parsed else None
    except (ValueError, TypeError):
        return None


def believed(day: date) -> date | None:
    """The day, unless it is what programs write that know none."""
    return day if day >= FIRST_DAY else None


def no_feed(wire: Wire) -> InputError:
    """The error for what is no feed; a page may say where its feeds are."""
    text = wire.body[:200_000].decode("utf-8", "replace")
    page = re.search(r"<html|<!doctype html", text, re.IGNORECASE)
    if page is None:
        return InputError("this is no feed", NO_FEED)
    finder = FeedLinks()
    finder.feed(text)
    if finder.links:
        address = urljoin(wire.address, finder.links[0])[:300]
        return InputError("this is a web page, not a feed", f"its feed is {address}")
    return InputError("this is a web page, not a feed", NO_FEED)


class FeedLinks(HTMLParser):
    """Finds the feeds that a page names in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the address of a link to a feed."""
        told = dict(attrs)
        kind = told.get("type") or ""
        if tag == "link" and re.search(r"rss|atom|feed\+json", kind) and told.get("href"):
            self.links.append(told["href"] or "")
