"""The report for people: its passages with triggers and parties marked, and under each passage its events.

Signs carry everything that colours do: a trigger stands in square brackets with the numbers of its events
([1 shelled]), the words of a party stand between underscores (_Norway_).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from dragoman.output.cleaning import one_line
from dragoman.output.wire import day_or_interval
from dragoman.records import (
    Count,
    Document,
    EventMention,
    Party,
    PlaceRef,
    Source,
    Span,
    Stance,
    Status,
    TimeRef,
)

PLAIN_WIDTH = 80
LABEL = 9  # columns for 'same as', 'killed' and the like
COLOURS = {
    "verbal_cooperation": "green",
    "material_cooperation": "green",
    "verbal_conflict": "yellow",
    "material_conflict": "red",
}
PARTY = "cyan"
WEAK = "dim"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked, and the signs before and after it."""

    span: Span
    before: str
    after: str
    style: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the report, and the numbers of the event mentions that stand in it."""

    span: Span
    numbers: tuple[int, ...]


class ReportWriter:
    """Draws reports on a terminal in colour, and plainly, 80 columns wide, anywhere else."""

    def __init__(self, stream: TextIO) -> None:
        width = None if stream.isatty() else PLAIN_WIDTH
        self.console = Console(file=stream, width=width, highlight=False, emoji=False, markup=False)
        self.written = 0

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Draws one report."""
        self.draw(report_lines(document, mentions, self.console))

    def draw(self, lines: Iterable[Text]) -> None:
        """Puts the lines of one report below those before it."""
        if self.written:
            self.console.print()
        self.written += 1
        for line in lines:
            self.console.print(line, soft_wrap=True)


def report_lines(document: Document, mentions: Sequence[EventMention], console: Console) -> Iterator[Text]:
    """The report's lines as they stand on a console of that width."""
    return lay_out(draw_report(document, mentions), console)


def lay_out(drawn: Iterable[tuple[Text | None, Text]], console: Console) -> Iterator[Text]:
    """Lines that fit on a console; what has a label hangs beside it."""
    for label, words in drawn:
        indent = 0 if label is None else LABEL + 1
        for number, line in enumerate(words.wrap(console, max(console.width - indent, 20))):
            line.rstrip()
            before = Text(" " * indent)
            if label and number == 0:
                before = Text(" " * (LABEL - len(label))).append_text(label).append(" ")
            yield Text().append_text(before).append_text(line)


def draw_report(document: Document, mentions: Sequence[EventMention]) -> Iterator[tuple[Text | None, Text]]:
    """One report, line by line, some with a label: a heading, then each passage with its events."""
    for line in heading(document, mentions):
        yield None, line
    numbers = {mention.id: number for number, mention in enumerate(mentions, start=1)}
    for passage in passages(mentions):
        yield None, Text()
        yield None, mark_up(document.text, passage, mentions)
        for number in passage.numbers:
            mention = mentions[number - 1]
            yield Text(str(number), style="bold"), headline(mention)
            for label, words in facts(mention, numbers):
                yield Text(label, style=WEAK), words


def heading(document: Document, mentions: Sequence[EventMention]) -> Iterator[Text]:
    """The report's title, and a line on where it comes from."""
    if document.title:
        yield Text(one_line(document.title.cut(document.text)), style="bold")
    known = [
        one_line(document.path) if document.path else None,
        one_line(document.outlet) if document.outlet else None,
        published(document),
        f"{len(mentions) or 'no'} {'event' if len(mentions) == 1 else 'events'}",
    ]
    yield Text(" · ".join(part for part in known if part), style=WEAK)
    for note in document.notes:
        yield Text(f"note: {one_line(note)}", style=WEAK)


def published(document: Document) -> str:
    """When the report was published, as far as it is known."""
    day = day_or_interval(document.published)
    return f"published {day}" if day else "publication date unknown"


def passages(mentions: Sequence[EventMention]) -> list[Passage]:
    """The stretches that hold events, in the text's order; stretches that overlap are one."""
    found: list[Passage] = []
    order = sorted(enumerate(mentions, start=1), key=lambda one: (one[1].span.start, one[1].trigger.start))
    for number, mention in order:
        span = Span(
            min(mention.span.start, mention.trigger.start), max(mention.span.end, mention.trigger.end)
        )
        if found and span.start < found[-1].span.end:
            last = found[-1]
            whole = Span(last.span.start, max(last.span.end, span.end))
            found[-1] = Passage(whole, (*last.numbers, number))
        else:
            found.append(Passage(span, (number,)))
    return found


def mark_up(text: str, passage: Passage, mentions: Sequence[EventMention]) -> Text:
    """The passage's words with its triggers and parties marked."""
    out = Text()
    at = passage.span.start
    for mark in marks(passage, mentions):
        out.append(squeeze(text[at : mark.span.start]))
        out.append(f"{mark.before}{squeeze(mark.span.cut(text))}{mark.after}", style=mark.style)
        at = mark.span.end
    out.append(squeeze(text[at : passage.span.end]))
    return out


def squeeze(words: str) -> str:
    """The words on one line, their outer spaces kept as one."""
    inner = one_line(words)
    before, after = (" " if words[:1].isspace() else ""), (" " if words[-1:].isspace() else "")
    return f"{before}{inner}{after}" if inner else before


def marks(passage: Passage, mentions: Sequence[EventMention]) -> list[Mark]:
    """What is marked in the passage, in order and without overlap; triggers go before parties."""
    triggers: dict[Span, list[int]] = {}
    parties: set[Span] = set()
    for number in passage.numbers:
        mention = mentions[number - 1]
        triggers.setdefault(mention.trigger, []).append(number)
        parties |= {one.span for one in (*mention.actors, *mention.recipients) if one.span}
    wanted = [trigger_mark(span, numbers, mentions) for span, numbers in triggers.items()]
    wanted += [Mark(span, "_", "_", PARTY) for span in sorted(parties)]
    kept: list[Mark] = []
    for mark in wanted:
        inside = passage.span.covers(mark.span) and mark.span.start < mark.span.end
        if inside and not any(mark.span.overlaps(other.span) for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.span)


def trigger_mark(span: Span, numbers: list[int], mentions: Sequence[EventMention]) -> Mark:
    """The mark around a trigger, with the numbers of the events that it bears."""
    label = ",".join(map(str, numbers))
    return Mark(span, f"[{label} ", "]", f"bold {colour(mentions[numbers[0] - 1])}")


def colour(mention: EventMention) -> str:
    """The colour of the event's quad class."""
    return COLOURS.get(mention.quad or "", "magenta")


def headline(mention: EventMention) -> Text:
    """Type, mode and status, then who did it to whom."""
    line = Text().append(mention.event_type, style=f"bold {colour(mention)}")
    if mention.mode:
        line.append(f" {one_line(mention.mode)}")
    if mention.status is not Status.ASSERTED:
        line.append(f", {mention.status}", style="bold")
    line.append(": ")
    line.append_text(side(mention.actors))
    line.append(" > ")
    line.append_text(side(mention.recipients))
    return line


def side(parties: tuple[Party, ...]) -> Text:
    """The parties of one side with their codes; '?' for nobody known."""
    return Text(", ").join(map(draw_party, parties)) if parties else Text("?")


def draw_party(party: Party) -> Text:
    """A party's name and codes: 'Sergei Shoigu (RUS GOV)'."""
    codes = one_line(" ".join(code for code in (party.entity.country, party.entity.sector) if code))
    return Text().append(one_line(party.entity.name), style=PARTY).append(f" ({codes or 'no code'})")


def facts(mention: EventMention, numbers: dict[str, int]) -> Iterator[tuple[str, Text]]:
    """The further lines of an event, each with its label; what is not known has no line."""
    if words := quoted(mention):
        yield "words", words
    if mention.attribution:
        yield "says", Text(" < ").join(map(draw_source, mention.attribution))
    if mention.date:
        yield "when", draw_date(mention.date)
    if mention.place:
        yield "where", draw_place(mention.place)
    for label, count in (("killed", mention.casualties.killed), ("hurt", mention.casualties.injured)):
        if count:
            yield label, Text(draw_count(count))
    if mention.contexts:
        yield "about", Text(one_line(", ".join(mention.contexts).replace("_", " ")))
    for label, other in (("same as", mention.same_as), ("answers", mention.responds_to)):
        if other:
            yield label, Text(one_line(str(numbers.get(other, other))))


def quoted(mention: EventMention) -> Text:
    """The words that stand for parties where these are named otherwise: 'Moscow' for Russia."""
    pairs: dict[str, str] = {}
    for party in (*mention.actors, *mention.recipients):
        said, name = one_line(party.text), one_line(party.entity.name)
        if said and said.casefold() != name.casefold():
            pairs.setdefault(said, name)
    return Text("; ").join(Text(f'"{said}" is {name}') for said, name in pairs.items())


def draw_source(source: Source) -> Text:
    """One link of the chain, innermost first: 'Foreign Ministry (office RUS, say)'."""
    what = " ".join(part for part in (source.kind, source.country) if part)
    known = ", ".join(part for part in (what, source.verb and f'"{source.verb}"') if part)
    text = Text(one_line(source.name)).append(f" ({one_line(known)})", style=WEAK)
    return text if source.stance is Stance.NEUTRAL else text.append(f", {source.stance}", style="bold")


def draw_date(when: TimeRef) -> Text:
    """The days, the grain, and the words that tell them."""
    said = f', "{one_line(when.text)}"' if when.text else ""
    if when.start is None:
        return Text("not resolved").append(said, style=WEAK)
    return Text(day_or_interval(when) or "").append(f" ({when.precision}{said})", style=WEAK)


def draw_place(place: PlaceRef) -> Text:
    """The place, its precision and its coordinates."""
    codes = ", ".join(part for part in (place.admin1, place.country) if part)
    point = f", {place.lat:.2f} {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
    name = one_line(f"{place.name}, {codes}" if codes else place.name)
    return Text(name).append(f" ({one_line(place.precision)}{point})", style=WEAK)


def draw_count(count: Count) -> str:
    """'20', '20 to 30' or 'at least 20'."""
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
