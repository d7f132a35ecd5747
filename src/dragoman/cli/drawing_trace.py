"""What an event stands on, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli.drawing import Row, act, day, line, parties, score, short, table, title, when
from dragoman.cli.drawing_ties import shown_by
from dragoman.output.cleaning import one_line
from dragoman.output.report import WEAK
from dragoman.query.ties import title_of
from dragoman.query.tracing import Trace

MARKED = "bold reverse"


def draw_trace(answer: Trace) -> Iterator[RenderableType]:
    """The event, then each mention with its words, and all that speaks for and against it."""
    event = answer.event
    yield act(event).append(": ", style="none").append_text(parties(event))
    yield line(" · ".join(one for one in about(event) if one))
    if answer.left_out:
        yield line("left out of answers: a reviewer judged it wrong (--no-reviews shows it)", "bold")
    yield origin_table(event["origins"])
    yield title("Mentions", f"{len(event['cited'])}, oldest report first")
    for number, mention in enumerate(event["cited"], start=1):
        yield Padding(
            Text("\n").join(draw_mention(number, mention, event["cited"], answer.mention)), (0, 0, 0, 2)
        )
    yield from against(answer)


def about(event: Row) -> list[str]:
    """The event's facts, each in words."""
    place = event["place"]
    where = f"in {place['name']} ({place['country']}, {place['precision']})" if place else ""
    facts = [
        event["id"],
        day(event),
        where,
        f"score {score(event['score'])}" if event["score"] is not None else "",
    ]
    for name, word in (("killed", "killed"), ("injured", "hurt")):
        count = (event["casualties"] or {}).get(name)
        facts.append(f"{word} {count['low']}{span_of(count)}" if count else "")
    facts.append(", ".join(one.replace("_", " ") for one in event["contexts"]))
    facts.append(f"confidence {event['confidence']:.2f}" if event["confidence"] is not None else "")
    facts.append(f"{event['documents']} reports, {event['origin_count']} origins, {event['denials']} denials")
    if event["verdict"]:
        facts.append(f"{event['verdict']} ({event['reviewer']})")
    return facts


def span_of(count: Row) -> str:
    """' to 30', ' or more', or nothing."""
    if count["high"] is None:
        return " or more"
    return "" if count["high"] == count["low"] else f" to {count['high']}"


def origin_table(origins: Sequence[Row]) -> Table:
    """A row an origin: what it says, and who carries it."""
    caption = "Origins, on whose own word it stands"
    made = table("origin", "kind", "side", "says", "carried by", wide=(4,), caption=caption)
    for one in origins:
        outlets = ", ".join(map(one_line, one["outlets"]))
        made.add_row(one_line(one["name"]), one["kind"], one["country"] or "", one["says"], outlets)
    return made


def draw_mention(number: int, mention: Row, every: Sequence[Row], asked: str | None) -> Iterator[Text]:
    """One mention: where it stands, its sentence with the trigger marked, source, reasons and rules."""
    where = " · ".join(str(one) for one in (mention["outlet"], mention["published"], mention["path"]) if one)
    head = (
        Text(f"{number} ", style="bold").append(one_line(where)).append(" ").append_text(short(mention["id"]))
    )
    yield head.append(" (asked for)", style="bold") if mention["id"] == asked else head
    yield marked(mention)
    yield Text("says: ", style=WEAK).append(
        " < ".join(map(source, mention["attribution"])) or "the report itself"
    )
    kind = " ".join(one for one in (mention["event_type"], mention["mode"], mention["status"]) if one)
    yield Text("coded: ", style=WEAK).append(one_line(kind)).append(f", {when(mention['date'])}")
    yield Text("joined: ", style=WEAK).append(one_line(join(mention, every)))
    span = mention["span"]
    place = f"document {mention['document_id']}, characters {span['start']}-{span['end']}"
    yield Text("rules: ", style=WEAK).append(one_line(", ".join(mention["rules"])), style=WEAK)
    yield Text(one_line(place), style=WEAK)


def marked(mention: Row) -> Text:
    """The sentence with the trigger in square brackets."""
    sentence, trigger = one_line(mention["sentence"]), one_line(mention["trigger"]["text"] or "")
    passage = one_line(mention["passage"])
    start = max(sentence.find(passage), 0)
    at = sentence.find(trigger, start + inner(mention, passage, trigger)) if trigger else -1
    if at < 0:
        return Text(f'"{sentence}"')
    text = Text(f'"{sentence[:at]}').append(f"[{trigger}]", style=MARKED)
    return text.append(f'{sentence[at + len(trigger) :]}"')


def inner(mention: Row, passage: str, trigger: str) -> int:
    """Where in its passage the trigger stands, about: white space was taken out."""
    before = mention["passage"][: max(mention["trigger"]["start"] - mention["span"]["start"], 0)]
    at = len(one_line(before))
    return at if passage.find(trigger, at) >= 0 else 0


def source(one: Row) -> str:
    """'Nikol Pashinyan (person ARM, "say")'."""
    what = " ".join(part for part in (one["kind"], one["country"]) if part)
    verb = f', "{one["verb"]}"' if one["verb"] else ""
    stance = f", {one['stance']}" if one["stance"] not in (None, "neutral") else ""
    return one_line(f"{one['name']} ({what}{verb}){stance}")


def join(mention: Row, every: Sequence[Row]) -> str:
    """Why it is of this event."""
    if mention["joined_to"] is None:
        return "founds the event"
    other = next(
        (place for place, one in enumerate(every, 1) if one["id"] == mention["joined_to"]), "another"
    )
    reasons = "; ".join(mention["why"]) or "no reason kept"
    relation = "the same, more exactly, as" if mention["relation"] == "more_exact" else "the same as"
    return f"{relation} {other} ({mention['join_score']:.2f}): {reasons}"


def against(answer: Trace) -> Iterator[RenderableType]:
    """Contradictions, answers, ties, reviews and earlier ids, each where there are any."""
    event = answer.event
    if event["contradictions"]:
        yield title("Contradictions", "not all of these can be right")
        for one in event["contradictions"]:
            values = " / ".join(f"{each['value']} ({len(each['mention_ids'])})" for each in one["versions"])
            yield line(f"{one['field']}: {values}", "none")
    if answer.related:
        yield title("Answers")
        for one in answer.related:
            text = Text(f"{one['relation']} {day(one)} ").append_text(act(one))
            yield text.append(f' "{one_line(one["title"])}" ').append_text(short(one["id"]))
    if answer.ties:
        yield title("Ties that it changed")
        for one in answer.ties:
            yield Text(one_line(title_of(one))).append(": ").append_text(shown_by(one["step"]))
    if answer.reviews:
        yield title("Reviews")
        for one in answer.reviews:
            yield line(review(one), "none")
    if answer.earlier:
        yield title("Earlier ids", "they lead here")
        for one in answer.earlier:
            yield line(f"{one['id']}, until version {one['version']}", "none")


def review(one: Row) -> str:
    """'2026-11-24 Ada: corrected status to "denied": reason'."""
    field = f" {one['field']} to {one['value']}" if one["field"] else ""
    other = f" with {one['other']}" if one["other"] else ""
    because = f": {one['reason']}" if one["reason"] else ""
    return f"{one['at']:%Y-%m-%d} {one['reviewer']}: {one['verdict']}{field}{other}{because}"
