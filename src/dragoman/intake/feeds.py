"""RSS and Atom files: each entry a ``Document``, of what the feed itself tells of it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.building import Found, build
from dragoman.intake.days import on_day, read_day
from dragoman.intake.kinds import FEED, HEAD
from dragoman.intake.pages import foreign_code, paragraphs, parse
from dragoman.intake.sources import Item
from dragoman.records import Document, Problem

SUMMARY = "the feed has this summary only"


def read_feed(item: Item) -> Iterator[Document | Problem]:
    """The entries of a feed, in its order; raises ``InputError`` for other XML."""
    data = item.stream.whole(item.terms.limits.feed_bytes, "the feed")
    if not FEED.match(data[:HEAD]):
        raise InputError("this XML is no RSS or Atom feed", "give the reports as text, HTML, JSON or CSV")
    check_entities(data)
    with foreign_code("the feed"):
        import feedparser

        headers = {"content-type": f"text/xml; charset={item.charset}"} if item.charset else {}
        feed = feedparser.parse(
            data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    if not feed.entries:
        raise InputError("the feed has no entries", "see whether it is whole")
    for number, entry in enumerate(feed.entries, start=1):
        name = item.part(str(number))
        try:
            yield build(entry_parts(entry, feed.feed), name, item.terms)
        except InputError as fault:
            yield Problem(name, fault.reason, fault.remedy)


def check_entities(data: bytes) -> None:
    """Raises ``InputError`` where the XML defines entities, which no feed needs and bombs are made of."""
    from xml.sax import SAXException
    from xml.sax.handler import ContentHandler

    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import parseString

    try:
        parseString(data, ContentHandler(), forbid_dtd=False)
    except DefusedXmlException:
        raise InputError("the XML defines entities of its own", "take the <!ENTITY …> lines out") from None
    except (SAXException, ValueError, LookupError):
        return  # not well-formed, as feeds often are; what follows can read it all the same


def entry_parts(entry: Any, feed: Any) -> Found:
    """The parts of the report that an entry holds: its content, or else its summary."""
    with foreign_code("the entry"):
        contents = [one.get("value") or "" for one in entry.get("content") or ()]
        content = max(contents, key=len, default="")
        summary = entry.get("summary") or ""
        markup = content if len(content) > len(summary) else summary
        tree = parse(markup) if "<" in markup or "&" in markup else None
        text = "\n\n".join(paragraphs(tree)) if tree is not None else markup
        title = html.unescape(parsed_text(entry.get("title") or ""))
    if not text.strip() and not title.strip():
        raise InputError("the entry has neither title nor text", "see whether the feed is whole")
    # Not entry.get: for want of one of the two dates it gives the other.
    when = dict.get(entry, "published") or dict.get(entry, "created") or ""
    changed = dict.get(entry, "updated") or ""
    published = on_day(read_day(when), "feed/published", when[:60])
    source = entry.get("source") or {}
    return Found(
        text=text if text.strip() else title,
        title=title,
        published=published or on_day(read_day(changed), "feed/updated", changed[:60]),
        modified=read_day(changed),
        site=source.get("title") or feed.get("title"),
        address=entry.get("link") or None,
        original=markup or None,
        notes=() if content else (SUMMARY,),
    )


def parsed_text(markup: str) -> str:
    """The words of a title that may hold markup."""
    if "<" not in markup:
        return markup
    tree = parse(markup)
    return " ".join(paragraphs(tree)) if tree is not None else ""
