"""Small corpora with events, made by hand: no coder, no assembling."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.assemble import event_id, mention_key
from dragoman.records import (
    Casualties,
    Count,
    Document,
    Entity,
    Event,
    EventMention,
    Join,
    Origin,
    Party,
    PlaceRef,
    Precision,
    Source,
    Span,
    Status,
    Tie,
    TieStatement,
    TimeRef,
)
from dragoman.store import (
    Batch,
    Commit,
    Corpus,
    Ending,
    Entry,
    Recording,
    RunInfo,
    Writer,
    event_row,
    tie_row,
)

CODING = RunInfo("code", "hand/1")
Told = tuple[Document, Sequence[EventMention]]
TOWNS = ("Vik", "Kiruna", "Narvik")
ASSEMBLING = RunInfo("assemble", "hand/1")


def day(value: str) -> TimeRef:
    """'2020-10-25' as a date of one day."""
    one = date.fromisoformat(value)
    return TimeRef(one, one, Precision.DAY, "given", value)


def state(code: str, sector: str | None = None) -> Party:
    """A state as a party."""
    return Party(Entity(code, code, code, sector), code, None)


def document(text: str, published: str, outlet: str | None = None) -> Document:
    """A report of that day."""
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Document(
        name, text, path=f"{name[:6]}.txt", outlet=outlet, published=day(published), language="en"
    )


def mention(
    report: Document,
    trigger: str,
    event_type: str,
    actors: str,
    recipients: str = "",
    when: str | None = None,
    *,
    place: tuple[str, str] | None = None,
    killed: int | None = None,
    said_by: tuple[str, str, str] | None = None,
    **changes: Any,
) -> EventMention:
    """A mention at those words: ``mention(report, 'shelled', 'ASSAULT', 'AZE', 'ARM', '2020-10-04')``.

    Sides are codes with blanks between; ``place`` is a town and its country, ``said_by`` name, kind, country.
    """
    start = report.text.index(trigger)
    line_start = max(report.text.rfind(mark, 0, start) for mark in (". ", "\n")) + 1
    line_end = min(at for at in (report.text.find(".", start) + 1, len(report.text)) if at > 0)
    one = EventMention(
        id="",
        document_id=report.id,
        trigger=Span(start, start + len(trigger)),
        span=Span(max(0, line_start), line_end),
        event_type=event_type,
        actors=tuple(map(state, actors.split())),
        recipients=tuple(map(state, recipients.split())),
        status=Status.ASSERTED,
        attribution=(Source(said_by[0], said_by[1], said_by[2], "say"),) if said_by else (),
        date=day(when) if when else None,
        place=PlaceRef(*place, "city", Span(start, start + 1)) if place else None,
        casualties=Casualties(Count(killed, killed)) if killed is not None else Casualties(),
        confidence=0.8,
    )
    one = replace(one, **changes)
    return replace(one, id=hashlib.sha256(mention_key(one).encode()).hexdigest()[:16])


def story(number: int) -> Told:
    """A made-up report: a recall, a shelling or a meeting, told by some outlet, with what was said of it."""
    chance = random.Random(number)
    day = date(2021, 3, 1) + timedelta(days=chance.randrange(6))
    told, town = day - timedelta(days=1), chance.choice(TOWNS)
    killed = chance.choice((3, 3, 7))
    recalled = f"Norway recalled its ambassador from Sweden on {told}."
    shelled = f"Swedish guns shelled {town} on {told}, killing {killed} people."
    text = f"{number}: {recalled} Sweden criticised Norway. {shelled}"
    one = document(text, day.isoformat(), chance.choice("ABC"))
    recall = mention(one, "recalled", "SANCTION", "NOR", "SWE", told.isoformat(), mode="withdraw")
    answer = mention(one, "criticised", "ACCUSE", "SWE", "NOR", responds_to=recall.id)
    shelling = mention(
        one, "shelled", "ASSAULT", "SWE", "NOR", told.isoformat(), place=(town, "NOR"), killed=killed
    )
    return one, [recall, answer, shelling]


def add(corpus: Corpus, *reports: tuple[Document, Sequence[EventMention]]) -> Commit:
    """Adds reports with their mentions as one batch."""
    with Writer(corpus, CODING) as writer:
        commit = writer.write(Batch(tuple(entry_of(one, found) for one, found in reports)))
    assert commit is not None
    return commit


def entry_of(
    report: Document, mentions: Sequence[EventMention], statements: Sequence[TieStatement] = ()
) -> Entry:
    """A report as coded."""
    return Entry(report, report.published, tuple(mentions), statements=tuple(statements))


def event_of(mentions: Sequence[EventMention], **changes: Any) -> Event:
    """An event of these mentions, with the fields of the first: one origin for each way of speaking."""
    first = mentions[0]
    joins = tuple(
        Join(one.id, one.document_id, None if one is first else first.id, "same", ("by hand",), 1.0)
        for one in mentions
    )
    made = Event(
        id=event_id(mention_key(first)),
        event_type=first.event_type,
        mode=first.mode,
        contexts=first.contexts,
        actors=first.actors,
        recipients=first.recipients,
        status=first.status,
        date=first.date,
        place=first.place,
        casualties=first.casualties,
        score=first.score,
        quad=first.quad,
        joins=joins,
        origins=origins_by_hand(mentions),
        confidence=first.confidence,
    )
    return replace(made, **changes)


def origins_by_hand(mentions: Sequence[EventMention]) -> tuple[Origin, ...]:
    """The first source of each mention; a report's own voice is an origin of its own."""
    found: dict[str, list[EventMention]] = {}
    for one in mentions:
        key = one.attribution[0].name if one.attribution else one.document_id
        found.setdefault(key, []).append(one)
    return tuple(
        Origin(
            key=key,
            name=key,
            kind=ones[0].attribution[0].kind if ones[0].attribution else "document",
            country=ones[0].attribution[0].country if ones[0].attribution else None,
            says=ones[0].status,
            outlets=(),
            document_ids=tuple(sorted({one.document_id for one in ones})),
            mention_ids=tuple(one.id for one in ones),
        )
        for key, ones in found.items()
    )


def record(
    corpus: Corpus,
    events: Iterable[tuple[Event, Sequence[EventMention]]] = (),
    ties: Iterable[Tie] = (),
    ended: Iterable[Ending] = (),
) -> Commit:
    """Writes events (each with its mentions), ties and endings as one assembling of all there is."""
    base = corpus.at().version
    with Writer(corpus, ASSEMBLING) as writer:
        recording = Recording(writer, base)
        recording.add(
            "events",
            [event_row(one, [mention_key(each) for each in found], one.event_type) for one, found in events],
        )
        recording.add("ties", map(tie_row, ties))
        recording.end(ended)
        commit = recording.commit(base)
    assert commit is not None
    return commit


def small_corpus(path: Path) -> Corpus:
    """Two events of three reports: a recall that two outlets tell, and a shelling that one tells."""
    corpus = Corpus.create(path)
    one = document(
        "Norway recalled its envoy from Sweden on Wednesday. Sweden regretted it.", "2021-03-04", "A"
    )
    two = document("Oslo has recalled its ambassador to Stockholm, Reuters said.", "2021-03-05", "B")
    three = document("Swedish guns shelled Vik, killing 3.", "2021-03-06", "A")
    recall = mention(one, "recalled", "SANCTION", "NOR", "SWE", "2021-03-03")
    again = mention(two, "recalled", "SANCTION", "NOR", "SWE", said_by=("Reuters", "outlet", "GBR"))
    shelling = mention(
        three, "shelled", "ASSAULT", "SWE", "NOR", "2021-03-05", place=("Vik", "NOR"), killed=3
    )
    add(corpus, (one, [recall]), (two, [again]), (three, [shelling]))
    record(corpus, [(event_of([recall, again]), [recall, again]), (event_of([shelling]), [shelling])])
    return corpus
