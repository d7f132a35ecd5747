"""Text to ``Document``: line ends, header lines, title, dateline, outlet, date of publication, id."""

from __future__ import annotations

import calendar
import hashlib
import re
from dataclasses import dataclass
from datetime import date

from dragoman.errors import InputError
from dragoman.intake.datelines import Dateline, find_dateline
from dragoman.intake.outlets import known_outlet
from dragoman.records import Document, Precision, Span, TimeRef

HEADER = re.compile(
    r"(?P<key>title|headline|outlet|source|publisher|published|date|publication date)\s*:"
    r"[ \t]+(?P<value>\S[^\n]*?)[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
KEYS = {
    "headline": "title",
    "source": "outlet",
    "publisher": "outlet",
    "date": "published",
    "publication date": "published",
}
ISO_DAY = "give it as 2021-03-04, 2021-03, 2021, or 2021-03-01/2021-03-04"
TITLE_WORDS = 40
BLANK = re.compile(r"[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above the body tell; ``body`` is where the body begins."""

    body: int
    title: Span | None = None
    outlet: str | None = None
    published: TimeRef | None = None


def make_document(
    text: str,
    published: str | date | TimeRef | None = None,
    outlet: str | None = None,
    path: str | None = None,
    notes: tuple[str, ...] = (),
    title: str | None = None,
) -> Document:
    """The report as a ``Document``: its text exact but for line ends, which become newlines.

    ``published`` and ``outlet`` are what the caller knows; without them, header lines ('outlet: AFP',
    'published: 2021-03-04') and an agency in the dateline tell them, and nothing else does. A ``title`` is
    set above the text, unless the text begins with it. The id is a hash of the text. Raises ``InputError``
    for an empty text or a date that can't be read.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("the text is empty", "put the report's words into it")
    text, headline = with_title(text, title)
    head = Head(skip_blank(text, headline.end), headline) if headline else read_head(text)
    dateline = find_dateline(text, head.body)
    return Document(
        id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        text=text,
        path=path,
        outlet=outlet or head.outlet or agency_of(dateline),
        published=parse_published(published) or head.published,
        title=head.title,
        dateline=dateline.span if dateline else None,
        notes=notes,
    )


def with_title(text: str, title: str | None) -> tuple[str, Span | None]:
    """The text with the title as its first line and a blank line under it; ``None`` without a title."""
    title = " ".join((title or "").split())
    if not title:
        return text, None
    body = text.lstrip()
    first = body.split("\n", 1)[0].strip()
    if " ".join(first.split()).casefold() == title.casefold():
        body = body.split("\n", 1)[1].lstrip() if "\n" in body else ""
    return f"{title}\n\n{body}", Span(0, len(title))


def agency_of(dateline: Dateline | None) -> str | None:
    """The outlet that the dateline names, as far as the table of outlets knows it."""
    return known_outlet(dateline.agency) if dateline and dateline.agency else None


def read_head(text: str) -> Head:
    """Header lines and title of a report, and where its body begins."""
    at = skip_blank(text, 0)
    title: Span | None = None
    outlet: str | None = None
    published: TimeRef | None = None
    while match := HEADER.match(text, at):
        key = match["key"].lower()
        span = Span(*match.span("value"))
        if (key := KEYS.get(key, key)) == "title":
            title = span
        elif key == "outlet":
            outlet = match["value"]
        else:
            published = dated_header(match["value"], span) or published
        at = match.end()
    at = skip_blank(text, at)
    if title is None and (title := find_title(text, at)):
        at = skip_blank(text, title.end)
    return Head(at, title, outlet, published)


def skip_blank(text: str, at: int) -> int:
    """The first character at or after ``at`` that is no white space."""
    match = re.compile(r"\s*").match(text, at)
    return match.end() if match else at


def find_title(text: str, at: int) -> Span | None:
    """The first line, if a blank line follows it and it is short and no full sentence; else ``None``."""
    end = text.find("\n", at)
    if end < 0 or not BLANK.match(text, end + 1) or not text[end:].strip():
        return None
    line = text[at:end].rstrip()
    bare = line.rstrip("\"'”’)")
    if (
        len(line.split()) > TITLE_WORDS
        or len(line) > 300
        or (bare.endswith(".") and not is_abbreviated(bare))
    ):
        return None
    return None if find_dateline(text, at) else Span(at, at + len(line))


def is_abbreviated(line: str) -> bool:
    """Whether the line's last full stop belongs to an abbreviation ('leaves the U.S.') or to an ellipsis."""
    return bool(re.search(r"(?:\b[A-Z]\.|\.\.)$", line))


def dated_header(value: str, span: Span) -> TimeRef | None:
    """The date of a header line; ``None`` where it is not written as ISO date."""
    day = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[ T])", value)
    try:
        found = interval(day[0]) if day else None
    except ValueError:
        return None
    if found is None or day is None:
        return None
    start, end, precision = found
    return TimeRef(
        start, end, precision, "publication-header", day[0], Span(span.start, span.start + day.end())
    )


def parse_published(value: str | date | TimeRef | None) -> TimeRef | None:
    """The date of publication as the caller gave it: a day, a month, a year or an interval of days.

    Raises ``InputError`` for anything else.
    """
    if value is None or isinstance(value, TimeRef):
        return value
    try:
        start, end, precision = interval(value.isoformat() if isinstance(value, date) else value.strip())
    except ValueError:
        raise InputError(f"the publication date {value!r} can't be read", ISO_DAY) from None
    return TimeRef(start, end, precision, "publication-given")


def interval(value: str) -> tuple[date, date, Precision]:
    """First and last day and grain of '2021', '2021-03', '2021-03-04', 'START/END'; else ``ValueError``."""
    first, slash, last = value.partition("/")
    if slash:
        start, end = interval(first)[0], interval(last)[1]
        if start > end:
            raise ValueError(value)
        days = (end - start).days + 1
        grains = ((1, Precision.DAY), (7, Precision.WEEK), (31, Precision.MONTH), (92, Precision.SEASON))
        return start, end, next((grain for most, grain in grains if days <= most), Precision.YEAR)
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31), Precision.YEAR
    if re.fullmatch(r"\d{4}-\d\d", value):
        year, month = map(int, value.split("-"))
        start = date(year, month, 1)
        return start, date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(value)
    day = date.fromisoformat(value)
    return day, day, Precision.DAY
