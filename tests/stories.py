"""Corpora made by hand, with events and ties, without a coder: what tests of queries ask."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dragoman.lexicon.codebook import quad_of, score_of
from dragoman.records import (
    Casualties,
    Contradiction,
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
    TimeRef,
)
from dragoman.store import Batch, Corpus, Entry, RunInfo, Writer
from dragoman.store.event_rows import event_row, tie_row
from dragoman.store.recording import Recording

RUN = RunInfo("code", "hand/1")


def day(text: str) -> TimeRef:
    """'2020-10-25' or '2020-10' or '2020' at its own grain."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        one = date(*parts)
        return TimeRef(one, one, Precision.DAY, "hand", text)
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, 1)
    months = 1 if len(parts) > 1 else 12
    beyond = date(first.year + (first.month + months - 1) // 12, (first.month + months - 1) % 12 + 1, 1)
    grain = Precision.MONTH if months == 1 else Precision.YEAR
    return TimeRef(first, date.fromordinal(beyond.toordinal() - 1), grain, "hand", text)


def person(name: str, code: str, role: str | None = None) -> Entity:
    """A person of a government."""
    return Entity(f"person:{name.casefold().replace(' ', '-')}", name, code, "GOV", "person", role)


def state(code: str, name: str | None = None) -> Entity:
    """A state."""
    return Entity(code, name or code, code, "GOV")


@dataclass(frozen=True)
class Act:
    """One event mention to be: its trigger's words, and the event that it belongs to."""

    event: str
    trigger: str
    event_type: str
    actors: Sequence[Entity]
    recipients: Sequence[Entity]
    mode: str | None = None
    status: Status = Status.ASSERTED
    when: str | None = None
    contexts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    place: tuple[str, str] | tuple[str, str, float, float] | None = None
    killed: int | None = None
    answers: str | None = None
    confidence: float = 0.8


@dataclass
class Story:
    """Reports with their acts, and ties; ``write`` makes a corpus of them."""

    documents: list[Document] = field(default_factory=list)
    acts: list[tuple[Document, Act, EventMention]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    def report(self, outlet: str, published: str, text: str, *acts: Act) -> None:
        """Adds a report with acts whose triggers stand in it."""
        title = Span(0, text.index("\n\n")) if "\n\n" in text else None
        document = Document(
            hashlib.sha256(text.encode()).hexdigest()[:32],
            text,
            path=f"{published}.{outlet.casefold()}.txt",
            outlet=outlet,
            published=day(published),
            title=title,
        )
        self.documents.append(document)
        self.acts += [(document, act, mention(document, act)) for act in acts]

    def write(self, folder: Path) -> Path:
        """A corpus of all that, assembled as the acts say."""
        corpus = Corpus.create(folder)
        with Writer(corpus, RUN) as writer:
            writer.write(Batch(tuple(self.entry(document) for document in self.documents)))
            corpus.versions()
            recording = Recording(writer, corpus.ledger.version)
            recording.add("events", [self.row(one) for one in self.names()])
            recording.add("ties", [tie_row(tie) for tie in self.ties])
            recording.end([])
            recording.commit(corpus.ledger.version)
        return folder

    def entry(self, document: Document) -> Entry:
        """The document with its mentions."""
        return Entry(document, document.published, tuple(m for d, _, m in self.acts if d is document))

    def names(self) -> list[str]:
        """The events' names, in order."""
        return list(dict.fromkeys(act.event for _, act, _ in self.acts))

    def row(self, name: str) -> dict[str, object]:
        """The event's row."""
        parts = [one for one in self.acts if one[1].event == name]
        keys = [f"{d.id}:{m.trigger.start}-{m.trigger.end}:{m.event_type}" for d, _, m in parts]
        document, _, first = parts[0]
        return event_row(self.event(name), keys, first.span.cut(document.text))

    def event(self, name: str) -> Event:
        """The event, of its mentions: the first one's fields, and how far the others differ."""
        parts = [one for one in self.acts if one[1].event == name]
        first = parts[0][2]
        denials = [one for one in parts if one[2].status is Status.DENIED]
        days = sorted(one[0].published.start for one in parts if one[0].published and one[0].published.start)
        return Event(
            id=event_id(name),
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
            joins=tuple(
                Join(
                    m.id,
                    d.id,
                    None if m is first else first.id,
                    "same",
                    () if m is first else ("same day",),
                    0.9,
                )
                for d, _, m in parts
            ),
            origins=origins(parts),
            contradictions=differing(parts),
            denials=len(denials),
            confidence=max(m.confidence or 0 for _, _, m in parts),
            responds_to=next((event_id(act.answers) for _, act, _ in parts if act.answers), None),
            first_reported=days[0] if days else None,
            last_reported=days[-1] if days else None,
        )


def event_id(name: str) -> str:
    """The id of the event of that name."""
    return "e" + hashlib.sha256(name.encode()).hexdigest()[:16]


def mention(document: Document, act: Act) -> EventMention:
    """The act as an event mention; its passage is the sentence of the trigger."""
    at = document.text.index(act.trigger)
    begin = max(document.text.rfind(". ", 0, at) + 2, document.text.rfind("\n", 0, at) + 1)
    begin = begin if begin > 1 else 0
    stop = document.text.find(".", at)
    place = act.place and PlaceRef(act.place[0], act.place[1], "city", Span(at, at + len(act.trigger)))
    if place and act.place and len(act.place) == 4:
        place = replace(place, lat=act.place[2], lon=act.place[3])
    return EventMention(
        id=hashlib.sha256(f"{document.id}{at}{act}".encode()).hexdigest()[:24],
        document_id=document.id,
        trigger=Span(at, at + len(act.trigger)),
        span=Span(begin, stop if stop > 0 else len(document.text)),
        event_type=act.event_type,
        mode=act.mode,
        contexts=act.contexts,
        actors=tuple(Party(one, one.name, None) for one in act.actors),
        recipients=tuple(Party(one, one.name, None) for one in act.recipients),
        status=act.status,
        attribution=act.sources,
        date=day(act.when) if act.when else None,
        place=place or None,
        casualties=Casualties(Count(act.killed, act.killed) if act.killed is not None else None),
        score=score_of(act.event_type, act.mode),
        quad=quad_of(act.event_type),
        rules=("hand/made",),
        confidence=act.confidence,
    )


def origins(parts: Sequence[tuple[Document, Act, EventMention]]) -> tuple[Origin, ...]:
    """One origin for each speaker, or outlet where nobody is quoted."""
    found: dict[str, list[tuple[Document, EventMention]]] = {}
    for document, _, one in parts:
        name = one.attribution[0].name if one.attribution else document.outlet or "?"
        found.setdefault(name, []).append((document, one))
    return tuple(
        Origin(
            name.casefold(),
            name,
            ones[0][1].attribution[0].kind if ones[0][1].attribution else "outlet",
            ones[0][1].attribution[0].country if ones[0][1].attribution else None,
            ones[0][1].status,
            tuple(sorted({document.outlet or "" for document, _ in ones})),
            tuple(sorted({document.id for document, _ in ones})),
            tuple(one.id for _, one in ones),
        )
        for name, ones in found.items()
    )


def differing(parts: Sequence[tuple[Document, Act, EventMention]]) -> tuple[Contradiction, ...]:
    """Whether the numbers of killed can't all be right."""
    from dragoman.records import Version

    found: dict[str, list[str]] = {}
    for _, act, one in parts:
        if act.killed is not None:
            found.setdefault(str(act.killed), []).append(one.id)
    if len(found) < 2:
        return ()
    return (Contradiction("killed", tuple(Version(value, tuple(ids)) for value, ids in found.items())),)
