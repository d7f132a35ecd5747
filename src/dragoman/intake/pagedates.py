"""When a page was published and when it was last changed, told apart, with the evidence for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.intake.days import on_day, read_day
from dragoman.lexicon import read_table
from dragoman.records import TimeRef

IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)")
DATED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?|date)?|post(?:ed)?|article|entry|story|news|by(?:line)?|time)[\s_-]?"
    r"(?:date|time|stamp|on|line)?(?=$|[\s_-])|(?:^|[\s_-])(?:date|timestamp|dateline)(?=$|[\s_-])",
    re.IGNORECASE,
)
CHANGED = re.compile(r"updat|modif|chang|revis|edit(?!or)", re.IGNORECASE)
LONGEST_BYLINE = 120
ARTICLES = ("article", "posting", "report", "newsarticle")
DEEPEST = 40
MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class PageDateRow:
    """A place in which pages write a date, and what it tells; the first row that finds one decides."""

    id: str
    place: str
    key: str
    tells: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What a page says about its own age, and who it says printed it.

    ``others`` are further days of publication in it, more than one day off the first.
    """

    published: TimeRef | None = None
    modified: date | None = None
    publisher: str | None = None
    others: tuple[TimeRef, ...] = ()


@lru_cache(maxsize=1)
def date_rows() -> tuple[PageDateRow, ...]:
    """The rows of the table, in the order in which they are believed."""
    return tuple(read_table("page_dates.tsv", PageDateRow))


def page_dates(tree: Any, address: str | None) -> Dates:
    """The dates of a page, from its markup first, then from its byline, then from its address."""
    stated = Stated(tree)
    published = list(stated.days("published"))
    published += byline_days(tree) if not published else ()
    published += address_days(address) if not published else ()
    modified = next(stated.days("modified"), None)
    first = published[0] if published else None
    return Dates(
        published=first,
        modified=modified.start if modified else None,
        publisher=stated.publisher(),
        others=tuple(distinct(first, published[1:])) if first else (),
    )


def distinct(first: TimeRef, others: list[TimeRef]) -> Iterator[TimeRef]:
    """Those more than a day off the first (a day is a question of time zones), each day once."""
    seen = set()
    for other in others:
        if other.start and first.start and abs((other.start - first.start).days) > 1:
            if other.start not in seen:
                yield other
            seen.add(other.start)


class Stated:
    """What the markup of a page states: its meta elements, its JSON-LD, its marked elements."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.metas: dict[str, str] = {}
        for meta in tree.iter("meta"):
            content = meta.get("content") or meta.get("datetime")
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if content and (name := meta.get(attribute)):
                    self.metas.setdefault(name.strip().lower(), content)
        self.graph = list(linked_data(tree))

    def days(self, tells: str) -> Iterator[TimeRef]:
        """Every day that a row of the table finds, in the table's order."""
        for row in date_rows():
            if row.tells == tells:
                words = self.words(row)
                found = on_day(read_day(words), f"html/{row.id}", words.strip()[:60]) if words else None
                if found:
                    yield found

    def words(self, row: PageDateRow) -> str:
        """What stands in the place that the row names; "" if nothing."""
        if row.place == "meta":
            return self.metas.get(row.key, "")
        if row.place == "json-ld":
            return next((node[row.key] for node in self.graph if isinstance(node.get(row.key), str)), "")
        if row.place == "itemprop":
            return marked(self.tree, f"//*[@itemprop='{row.key}']")
        return self.time_element(row.key)

    def time_element(self, key: str) -> str:
        """The <time> that is marked so; 'only' asks for the day on which all of a page's agree."""
        if key != "only":
            return marked(self.tree, f"//time[@{key}]")
        times = [time for time in self.tree.iter("time") if not CHANGED.search(marks(time))]
        values = {time.get("datetime") or time.text_content() for time in times}
        days = {read_day(value) for value in values}
        return values.pop() if len(days) == 1 and values else ""

    def publisher(self) -> str | None:
        """The name of the publisher in the page's JSON-LD."""
        for node in self.graph:
            publisher = node.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                return str(publisher["name"])
        return None


def marked(tree: Any, path: str) -> str:
    """The date in the first element of that path that has one: its attribute, or else its words."""
    for element in tree.xpath(path)[:5]:
        words = element.get("datetime") or element.get("content") or element.text_content()
        if read_day(words):
            return str(words)
    return ""


def marks(element: Any) -> str:
    """Class, id and itemprop of the element."""
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop"))


def linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD, articles first; what is no JSON is passed over."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            found += objects(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue
    yield from sorted(found, key=lambda node: not is_article(node))


def objects(value: Any) -> list[dict[str, Any]]:
    """Every object in a JSON value, outer ones first, down to a bounded depth."""
    found: list[dict[str, Any]] = []
    waiting = [(value, 0)]
    while waiting and len(found) < MOST_NODES:
        one, depth = waiting.pop(0)
        if isinstance(one, dict):
            found.append(one)
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        if depth < DEEPEST and len(waiting) < MOST_NODES:
            waiting += [(part, depth + 1) for part in inner if isinstance(part, dict | list)]
    return found


def is_article(node: dict[str, Any]) -> bool:
    """Whether the object says that it is an article."""
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.lower().endswith(ARTICLES) for one in kinds)


def byline_days(tree: Any) -> list[TimeRef]:
    """The day in the first element whose class or id says that it holds a date, if it is a short one."""
    for element in tree.xpath("//body//*[@class or @id]")[:5000]:
        match = DATED_CLASS.search(marks(element))
        if match is None or CHANGED.search(marks(element)):
            continue
        words = " ".join(element.text_content().split())
        if len(words) <= LONGEST_BYLINE and (day := read_day(CHANGED.split(words)[0])):
            found = on_day(day, "html/byline", words[:60])
            return [found] if found else []
    return []


def address_days(address: str | None) -> list[TimeRef]:
    """The day in the address ('/2021/03/04/'), if there is one."""
    match = IN_ADDRESS.search(address or "")
    day = read_day("-".join(match.groups())) if match else None
    found = on_day(day, "html/address", match[0]) if match else None
    return [found] if found else []
