"""Reads reports with the events marked in them (``data/reports/FORMAT.md``) and splits them.

A report whose number is divisible by 5 belongs to the test part: nothing is trained or tuned on it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import GoldError
from dragoman.records import Document, Precision, Span, TimeRef

MARK = re.compile(r"\{(\d+(?:,\d+)*):([^{}]+)\}")
HEAD = re.compile(r"^(\d+) ([A-Z]+(?:\+[A-Z]+)*)(?:/([a-z-]+))? ([a-z]+)$")


@dataclass(frozen=True, slots=True)
class MarkedParty:
    """A party of a marked event: the words that name it, whom they mean, and its codes."""

    words: str
    name: str
    span: Span
    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """One event line of a report, with its trigger and the words that it points to located in the text.

    ``types`` holds the coded type first, then accepted alternatives. ``when`` and ``place`` are the words'
    span and their value (first and last day; country code). ``happening`` is the name that mentions of one
    happening share within a set of reports (``data/merging``).
    """

    number: int
    types: tuple[str, ...]
    mode: str | None
    status: str
    trigger: Span
    actors: tuple[MarkedParty, ...]
    recipients: tuple[MarkedParty, ...]
    when: tuple[Span, datetime.date, datetime.date] | None
    place: tuple[Span, str] | None
    via: tuple[tuple[Span, str], ...]
    contexts: tuple[str, ...]
    counts: dict[str, str]
    same: int | None
    responds_to: int | None
    core: bool
    stance: str | None
    happening: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedReport:
    """A report and its events; the title is the first line of the document's text."""

    id: str
    document: Document
    events: tuple[MarkedEvent, ...]
    header: dict[str, str]

    @property
    def number(self) -> int:
        """The report's number within its file, which decides whether it is for training or for testing."""
        return int(re.sub(r"\D", "", self.id.split()[0]))

    @property
    def is_test(self) -> bool:
        """Whether the report belongs to the part that nobody trains or tunes on."""
        return self.number % 5 == 0


def read_reports(paths: Iterable[Path]) -> Iterator[MarkedReport]:
    """Every report of the files, in order. ``GoldError`` names the report that breaks the format."""
    for path in paths:
        for block in re.split(r"^===[ \t]*", path.read_text(encoding="utf-8"), flags=re.M):
            if block.strip():
                try:
                    yield parse_report(block)
                except (ValueError, KeyError) as fault:
                    name = block.strip().splitlines()[0]
                    raise GoldError(f"{path.name}: {name}: {fault}") from None


def parse_report(block: str) -> MarkedReport:
    """One report from the text between two ``===`` lines."""
    head, body, *rest = re.split(r"^---[ \t]*$", block, flags=re.M)
    name, *lines = head.strip().splitlines()
    header = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    plain, spans = unmark(body)
    title = header.get("title", "")
    shift = len(title) + 2 if title else 0
    text = f"{title}\n\n{plain}" if title else plain
    spans = {number: Span(span.start + shift, span.end + shift) for number, span in spans.items()}
    published = parse_day(header["published"], last=False) if header.get("published") else None
    document = Document(
        id=name,
        text=text,
        outlet=header.get("outlet"),
        published=TimeRef(published, published, Precision.DAY, "given") if published else None,
        title=Span(0, len(title)) if title else None,
    )
    events = [parse_event(line, text, shift, spans) for line in "".join(rest).splitlines() if line.strip()]
    return MarkedReport(name, document, tuple(events), header)


def unmark(body: str) -> tuple[str, dict[int, Span]]:
    """The plain text of a marked body, and for each event number the span of its trigger in it."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", body.strip())]
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    length = at = 0
    marked = "\n\n".join(paragraphs)
    for mark in MARK.finditer(marked):
        before = marked[at : mark.start()]
        length += len(before)
        for number in mark[1].split(","):
            spans[int(number)] = Span(length, length + len(mark[2]))
        pieces += [before, mark[2]]
        length += len(mark[2])
        at = mark.end()
    return "".join([*pieces, marked[at:]]), spans


def locate(words: str, text: str, shift: int, trigger: Span) -> Span:
    """The occurrence of the words nearest to the trigger, in the body, whole words only."""
    found = [
        m.span() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text) if m.start() >= shift
    ]
    if not found:
        raise ValueError(f"these words are not in the text: {words!r}")
    middle = (trigger.start + trigger.end) / 2
    return Span(*min(found, key=lambda span: abs((span[0] + span[1]) / 2 - middle)))


def parse_day(value: str, last: bool) -> datetime.date:
    """The first or last day of '2021', '2021-03' or '2021-03-04'."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts)
    if not last:
        return datetime.date(parts[0], parts[1] if len(parts) > 1 else 1, 1)
    year, month = (parts[0], parts[1] + 1) if len(parts) > 1 else (parts[0] + 1, 1)
    return datetime.date(year + month // 13, (month - 1) % 12 + 1, 1) - datetime.timedelta(days=1)


def parse_event(line: str, text: str, shift: int, spans: dict[int, Span]) -> MarkedEvent:
    """One event line; ``ValueError`` where it does not follow the format."""
    head, *fields = (part.strip() for part in line.split(" | "))
    match = HEAD.match(head)
    if not match:
        raise ValueError(f"not an event line: {line!r}")
    number = int(match[1])
    trigger = spans[number]
    values = {key.strip(): value.strip() for key, _, value in (field.partition(":") for field in fields)}

    def items(key: str) -> list[tuple[str, str, Span, str]]:
        out = []
        for item in values.get(key, "").split(";"):
            left, _, code = item.partition(" = ")
            words, _, name = (part.strip() for part in left.partition(" -> "))
            if words:
                out.append((words, name or words, locate(words, text, shift, trigger), code.strip()))
        return out

    def parties(key: str) -> tuple[MarkedParty, ...]:
        found = [(words, name, span, *code.partition("/")) for words, name, span, code in items(key)]
        return tuple(
            MarkedParty(words, name, span, country, sector) for words, name, span, country, _, sector in found
        )

    when = None
    for _, _, span, value in items("when"):
        start, _, end = value.partition("/")
        when = (span, parse_day(start, last=False), parse_day(end or start, last=True))
    return MarkedEvent(
        number=number,
        types=tuple(match[2].split("+")),
        mode=match[3],
        status=match[4],
        trigger=trigger,
        actors=parties("who"),
        recipients=parties("to"),
        when=when,
        place=next(((span, code) for _, _, span, code in items("in")), None),
        via=tuple((span, name) for _, name, span, _ in items("via")),
        contexts=tuple(one.strip() for one in values.get("ctx", "").split(",") if one.strip()),
        counts={key: values[key] for key in ("killed", "injured", "arrested") if key in values},
        same=int(values["same"]) if "same" in values else None,
        responds_to=int(values["re"]) if "re" in values else None,
        core=values.get("core") != "no",
        stance=values.get("stance"),
        happening=values.get("hap"),
    )
