"""A small record made by hand: reports with one mention each, and the events that they tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from dragoman.assemble import key_of
from dragoman.lexicon.codebook import quad_of, score_of
from dragoman.records import (
    Casualties,
    Document,
    Entity,
    Event,
    EventMention,
    Join,
    Origin,
    Party,
    Precision,
    Review,
    Source,
    Span,
    Status,
    TimeRef,
)
from dragoman.reviews import review_id
from dragoman.store import (
    Batch,
    Corpus,
    Ending,
    Entry,
    Recording,
    RunInfo,
    Writer,
    event_row,
    write_reviews,
)

RUN = RunInfo("code", "hand/1")
NAMES = {"NOR": "Norway", "SWE": "Sweden", "DNK": "Denmark"}


@dataclass(frozen=True, slots=True)
class Told:
    """One report with one mention: who did what to whom, in which words."""

    name: str
    event_type: str = "SANCTION"
    actor: str = "NOR"
    recipient: str = "SWE"
    day: date | None = date(2021, 3, 4)
    status: Status = Status.ASSERTED
    mode: str | None = None
    outlet: str = "AFP"
    casualties: Casualties = field(default_factory=Casualties)

    @property
    def text(self) -> str:
        """The report."""
        who, whom = NAMES[self.actor], NAMES[self.recipient]
        return f"Report {self.name}\n\n{who} acted against {whom}, officials said."

    @property
    def document(self) -> Document:
        """The report as intake gives it."""
        when = TimeRef(date(2021, 3, 5), date(2021, 3, 5), Precision.DAY, "given")
        name = hashlib.sha256(self.text.encode()).hexdigest()[:32]
        return Document(name, self.text, f"{self.name}.txt", self.outlet, when)

    @property
    def mention(self) -> EventMention:
        """Its mention."""
        at, day = self.text.index("acted"), self.day
        who = self.text.index(NAMES[self.actor])
        return EventMention(
            id=f"m-{self.name}",
            document_id=self.document.id,
            trigger=Span(at, at + 5),
            span=Span(who, len(self.text)),
            event_type=self.event_type,
            mode=self.mode,
            actors=(party(self.actor, Span(who, who + len(NAMES[self.actor]))),),
            recipients=(party(self.recipient, None),),
            status=self.status,
            attribution=(Source("officials", "unnamed", None, "say"),),
            date=TimeRef(day, day, Precision.DAY, "day", "on that day") if day else None,
            casualties=self.casualties,
            score=score_of(self.event_type, self.mode),
            quad=quad_of(self.event_type),
            confidence=0.8,
        )

    @property
    def key(self) -> str:
        """What names its mention for good."""
        trigger = self.mention.trigger
        return key_of(self.document.id, trigger.start, trigger.end, self.event_type)


def party(code: str, span: Span | None) -> Party:
    """A state in a role."""
    return Party(Entity(code, NAMES[code], code, "GOV"), NAMES[code], span)


def event_of(tellings: Sequence[Told], name: str | None = None) -> Event:
    """The event that these reports tell, as the first tells it."""
    first = tellings[0].mention
    joins = [Join(one.mention.id, one.document.id, None, "same", ("by hand",), 1.0) for one in tellings]
    origins = [
        Origin(one.outlet, one.outlet, "outlet", None, one.status, (one.outlet,), (one.document.id,),
               (one.mention.id,))
        for one in tellings
    ]  # fmt: skip
    return Event(
        id=name or "e" + hashlib.sha256(tellings[0].key.encode()).hexdigest()[:16],
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
        joins=tuple(joins),
        origins=tuple(origins),
        confidence=first.confidence,
        first_reported=date(2021, 3, 5),
        last_reported=date(2021, 3, 5),
    )


def build(path: Path, groups: Iterable[Sequence[Told]]) -> Corpus:
    """A corpus with an event for each group of reports."""
    corpus = Corpus.create(path)
    groups = list(groups)
    with Writer(corpus, RUN) as writer:
        entries = [
            Entry(one.document, one.document.published, (one.mention,)) for ones in groups for one in ones
        ]
        writer.write(Batch(tuple(entries)))
    assemble(corpus, groups)
    return corpus


def assemble(
    corpus: Corpus, groups: Iterable[Sequence[Told]], endings: Mapping[str, str | None] | None = None
) -> None:
    """Writes an event for each group; ``endings`` says by what event each that ends is superseded."""
    snapshot = corpus.at()
    states = dict(snapshot.rows('SELECT id, "row" FROM events'))
    with Writer(corpus, replace(RUN, kind="assemble")) as writer:
        recording = Recording(writer, snapshot.version)
        recording.add("events", [row_of(ones) for ones in groups])
        recording.end(Ending("events", states[one], one, into) for one, into in (endings or {}).items())
        assert recording.commit(snapshot.version)


def row_of(tellings: Sequence[Told]) -> dict[str, object]:
    """The row of the event that these reports tell."""
    return event_row(event_of(tellings), [one.key for one in tellings], tellings[0].text[-40:])


def say(
    about: str, verdict: str, by: str = "Ann", minute: int = 0, field: str | None = None,
    value: str | None = None, other: str | None = None, sample: str | None = None, reason: str = "",
) -> Review:  # fmt: skip
    """A review on the first of March 2026."""
    at = datetime(2026, 3, 1, 12, minute, tzinfo=UTC)
    review = Review("", about, verdict, by, at, reason, field, value, other, sample)
    return replace(review, id=review_id(review))


def add_reviews(corpus: Corpus, *reviews: Review) -> None:
    """Writes reviews."""
    with Writer(corpus, replace(RUN, kind="review")) as writer:
        assert write_reviews(writer, reviews)
