"""The report for people with the reasons of each event: chances, rows of tables, and what was not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.text import Text

from dragoman.output.cleaning import one_line
from dragoman.output.report import (
    WEAK,
    Passage,
    ReportWriter,
    facts,
    heading,
    headline,
    lay_out,
    mark_up,
    passages,
)
from dragoman.output.wire import names_of
from dragoman.reasons import (
    Candidate,
    Candidates,
    Chance,
    ContextReason,
    EventReasons,
    Explanation,
    FieldReason,
    PassedOver,
    Rule,
    StatusReason,
)
from dragoman.records import EventMention, FieldConfidence, Span

NEAREST = 3
"""Candidates not taken that people are shown, of those at least ``WORTH`` likely; JSON has all."""
WORTH = 0.05
WHY = {
    "faint": "below {least}",
    "title": "in the title",
    "no-act": "an accident or a quality, no act",
    "light": "half of an act told beside it",
    "silence": "no answer to the press",
    "condition": "what has yet to become possible",
    "unsure": "confidence below {least}",
}


class ExplanationReportWriter:
    """Draws reports as they are drawn without reasons, and these under each event."""

    def __init__(self, stream: TextIO) -> None:
        self.page = ReportWriter(stream)

    def write(self, explanation: Explanation) -> None:
        """Draws one report."""
        self.page.draw(lay_out(draw_explanation(explanation), self.page.console))


def draw_explanation(explanation: Explanation) -> Iterator[tuple[Text | None, Text]]:
    """One report line by line, some with a label: the passages, their events, and the reasons of each."""
    document = explanation.document
    mentions = [one.mention for one in explanation.events]
    for line in heading(document, mentions):
        yield None, line
    numbers = {mention.id: number for number, mention in enumerate(mentions, start=1)}
    stretches = passages(mentions)
    for passage in stretches:
        yield None, Text()
        yield None, mark_up(document.text, passage, mentions)
        for number in passage.numbers:
            yield from draw_event(number, explanation.events[number - 1], numbers)
        yield from draw_passed(one for one in explanation.passed_over if passage.span.overlaps(one.span))
    rest = [one for one in explanation.passed_over if not is_within(one.span, stretches)]
    if rest:
        yield None, Text()
        yield None, Text("Elsewhere in the report")
        yield from draw_passed(rest)


def is_within(span: Span, stretches: Sequence[Passage]) -> bool:
    """Whether one of the passages shown holds the span."""
    return any(passage.span.overlaps(span) for passage in stretches)


def draw_event(
    number: int, event: EventReasons, numbers: dict[str, int]
) -> Iterator[tuple[Text | None, Text]]:
    """An event as it stands without reasons, and then these."""
    mention = event.mention
    yield Text(str(number), style="bold"), headline(mention)
    for label, words in (*facts(mention, numbers), *reasons(event)):
        yield Text(label, style=WEAK), words


def reasons(event: EventReasons) -> Iterator[tuple[str, Text]]:
    """The lines of an event's reasons, each with its label; a field that nothing spoke for has none."""
    trigger = event.trigger
    yield "trigger", said(trigger.text, trigger.chance, f"enough from {trigger.least:g}", trigger.rows)
    yield "type", draw_codes(event.types)
    if event.mention.mode or event.mode.rows:
        yield "mode", draw_codes(event.mode)
    yield "status", draw_status(event.status)
    if event.contexts:
        yield "context", Text("; ").join(map(draw_context, event.contexts))
    for label, judged in (
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("date", event.date),
        ("place", event.place),
        ("source", event.sources),
    ):
        if judged.judged:
            yield label, draw_candidates(judged)
    if event.links:
        yield "link", Text(one_line(", ".join(rule.id for rule in event.links)))
    if sure := draw_confidence(event.mention):
        yield "sure", sure


def draw_passed(passed: Iterator[PassedOver] | list[PassedOver]) -> Iterator[tuple[Text | None, Text]]:
    """A line for each word that bears no event in the end."""
    for one in passed:
        why = WHY[one.why].format(least=f"{one.least:g}")
        line = said(one.text, one.chance, why, one.rows)
        yield Text("no event", style=WEAK), line.append(f"; {draw_chances(one.types)}", style=WEAK)


def said(words: str, chance: float, why: str, rows: tuple[Rule, ...]) -> Text:
    """The words of a trigger, how likely they bear an event, and the rows that fire at them."""
    return Text(f'"{one_line(words)}" {chance:g}, {why}').append(draw_rows(rows), style=WEAK)


def draw_codes(reason: FieldReason) -> Text:
    """The likeliest values of a code, and the rows that spoke."""
    return Text(draw_chances(reason.chances)).append(draw_rows(reason.rows), style=WEAK)


def draw_chances(chances: tuple[Chance, ...]) -> str:
    """'SANCTION 0.97, REJECT 0.02'; what is as good as impossible is left out."""
    return ", ".join(f"{one.name or 'none'} {one.chance:g}" for one in chances if one.chance > 0)


def draw_status(reason: StatusReason) -> Text:
    """The likeliest statuses, and what the operators over the trigger make of it."""
    line = Text(draw_chances(reason.chances))
    if reason.rows:
        line.append(f"; the words over it say {reason.told or 'nothing certain'}")
    return line.append(draw_rows(reason.rows), style=WEAK)


def draw_context(reason: ContextReason) -> Text:
    """A context with its chances, and the rows whose words are near."""
    name = reason.name.replace("_", " ")
    line = Text(f"{'' if reason.is_taken else 'not '}{name} {reason.chance:g}")
    line.append(f" (words {reason.by_words:g}, network {reason.by_network:g})", style=WEAK)
    return line.append(draw_rows(reason.rows), style=WEAK)


def draw_candidates(judged: Candidates) -> Text:
    """Who or what was taken, then those that came nearest."""
    taken = [one for one in judged.judged if one.is_taken]
    others = [one for one in judged.judged if not one.is_taken and one.chance >= WORTH][:NEAREST]
    lines = [draw_candidate(one) for one in taken]
    if others:
        lines.append(Text("not ").append_text(Text(", ").join(map(draw_candidate, others))))
    elif not taken:
        lines.append(Text("nobody" if judged.least is None else "none"))
    bar = "both sides chosen together" if judged.least is None else f"from {judged.least:g}"
    return Text("; ").join(lines).append(f" ({bar})", style=WEAK)


def draw_candidate(one: Candidate) -> Text:
    """'RUS 0.98 "Moscow" [names/capital]'."""
    words = f' "{one_line(one.text)}"' if one.text else ""
    line = Text(f"{one_line(one.name)} {one.chance:g}{words}")
    if one.hint:
        line.append(" pointed to by syntax" if one.hint == 1 else " half pointed to by syntax", style=WEAK)
    rules = ", ".join(one.rules)
    return line.append(f" [{one_line(rules)}]", style=WEAK) if rules else line


def draw_rows(rows: tuple[Rule, ...]) -> str:
    """' [mode_cues/sanction-withdraw-2: withdraw]'; nothing for no rows."""
    told = "; ".join(f"{rule.id}: {rule.says}" if rule.says else rule.id for rule in rows)
    return f" [{one_line(told)}]" if told else ""


def draw_confidence(mention: EventMention) -> Text:
    """The fitted confidence of the event and of its fields, as far as there is any."""
    sure: FieldConfidence = mention.field_confidence
    told = [("event", mention.confidence), *((name, getattr(sure, name)) for name in names_of(sure))]
    return Text(", ".join(f"{name} {value:g}" for name, value in told if value is not None))
