"""The whole coder on whole texts: what must hold whatever it finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman
from dragoman.evaluation.reports import read_reports
from dragoman.evaluation.values import STATUSES, TYPES
from dragoman.intake import make_document
from dragoman.output import from_wire, to_wire
from dragoman.pipeline import Coder
from dragoman.records import Document, EventMention, Span

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((ROOT / "examples" / "reports").glob("*.txt"))
FILES = sorted((ROOT / "data" / "reports").glob("*.reports"))
EVERY = 4  # of the marked reports, one in so many is read, so that the tests stay short

pytestmark = pytest.mark.model


def spans_of(mention: EventMention) -> Iterator[tuple[str, Span, str | None]]:
    """Each span of a mention with what it belongs to, and the words that it is said to hold."""
    yield "trigger", mention.trigger, None
    yield "span", mention.span, None
    for party in (*mention.actors, *mention.recipients):
        if party.span:
            yield "party", party.span, party.text
    for source in mention.attribution:
        if source.span:
            yield "source", source.span, None
    if mention.date and mention.date.span:
        yield "date", mention.date.span, mention.date.text
    if mention.place:
        yield "place", mention.place.span, None


def faults(document: Document, mentions: list[EventMention]) -> list[str]:
    """Everything about the mentions that can't be."""
    found = []
    ids = [mention.id for mention in mentions]
    if len(set(ids)) < len(ids):
        found.append("an id stands twice")
    for mention in mentions:
        where = f"{mention.event_type} at {mention.trigger.start}"
        for what, span, words in spans_of(mention):
            cut = span.cut(document.text)
            if not (0 <= span.start < span.end <= len(document.text)) or not cut.strip():
                found.append(f"{where}: the {what} {span} lies outside or holds nothing")
            elif words is not None and cut != words:
                found.append(f"{where}: the {what} says {words!r}, the text {cut!r}")
        if not mention.span.covers(mention.trigger):
            found.append(f"{where}: the trigger is not in its passage")
        if mention.event_type not in TYPES or mention.status not in STATUSES:
            found.append(f"{where}: {mention.event_type} {mention.status}")
        for other in (mention.same_as, mention.responds_to):
            if other is not None and (other not in ids or other == mention.id):
                found.append(f"{where}: points to {other}")
        told = mention.confidence
        if told is None or not 0 < told < 1 or not mention.rules or mention.document_id != document.id:
            found.append(f"{where}: confidence, rules or document")
        wire = json.loads(json.dumps(to_wire(mention, document)))
        if to_wire(from_wire(wire), document) != wire:
            found.append(f"{where}: is another after the wire")
    return found


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_span_of_an_example_cuts_its_own_words(coder: Coder, path: Path) -> None:
    document = make_document(path.read_text(encoding="utf-8"))
    mentions = coder.code(document)
    assert mentions
    assert faults(document, mentions) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_span_of_the_marked_reports_cuts_its_own_words(coder: Coder, path: Path) -> None:
    for report in list(read_reports([path]))[::EVERY]:
        document = make_document(report.document.text, report.header.get("published"))
        assert faults(document, coder.code(document)) == [], report.id


# Names in other scripts, characters beyond the basic plane, combining marks, and line ends of other systems.
SCRIPTS = {
    "Zelensky": "Зеленський",
    "Guterres": "古特雷斯",
    "Erdogan": "Erdog\u0306an",
    "Putin": "𝒫utin 🇷🇺",
    "Ukraine": "Україна",
    "Moscow": "モスクワ",
    "Turkey": "تركيا",
}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_spans_hold_with_names_in_any_script(coder: Coder, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, other in SCRIPTS.items():
        text = re.sub(rf"\b{name}\b", other, text)
    document = make_document(text.replace(". ", ".\r\n"))
    assert faults(document, coder.code(document)) == []


def test_the_same_text_gives_the_same_mentions(coder: Coder) -> None:
    text = ARTICLES[0].read_text(encoding="utf-8")
    first, second = (coder.code(make_document(text, "2023-07-17")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        "Norway.",
        "...",
        "Norway\n" * 300,
        "\n" * 5000 + "Norway recalled its envoy." + "\n" * 5000,
        "Norway recalled its envoy from Sweden and " * 400,
        "Norway \x1b[31m recalled\x07 its envoy \u202efrom Sweden\u202c.",
        "<p>Norway <b>recalled</b> its envoy &amp; Sweden protested.</p>",
        "挪威 recalled its envoy from 瑞典。",
        "he said she said they said " * 50,
        "NORWAY RECALLED ITS ENVOY FROM SWEDEN ON WEDNESDAY.",
    ],
    ids=range(10),
)
def test_odd_texts_are_coded_without_a_fault(coder: Coder, text: str) -> None:
    document = make_document(text)
    assert faults(document, coder.code(document)) == []


def test_the_package_codes_a_text_in_one_call() -> None:
    text = "OSLO, March 4 - Norway recalled its ambassador from Sweden on Wednesday."
    mentions = dragoman.code(text, published="2021-03-04")
    assert any(mention.trigger.cut(text) == "recalled" for mention in mentions)
