"""The record types that every room speaks in, and nothing else.

All records are frozen; a room that knows more makes a new record with ``dataclasses.replace``.
Offsets are code points into ``Document.text``, half-open. Unknown is a value (``None``, ``""``, an
empty tuple or ``Status.UNKNOWN``), never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Day = date
"""A day of the calendar; ``date`` by another name, for records that have a field ``date``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a document's text."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


class Status(StrEnum):
    """What the text commits to about an act."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    POSSIBLE = "possible"
    PLANNED = "planned"
    REQUESTED = "requested"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What the narrator does with a source's claim."""

    NEUTRAL = "neutral"
    ENDORSED = "endorsed"
    DISPUTED = "disputed"


class Precision(StrEnum):
    """The grain of a date, finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class TimeRef:
    """A date or an interval of days with its grain, and how it was told.

    ``start`` and ``end`` are both inclusive; they are ``None`` where the words name a time that can't be
    resolved (a relative date in a report without a publication date): then only the raw words are kept.
    """

    start: date | None
    end: date | None
    precision: Precision
    rule: str
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place that the text names, at the precision with which it is named.

    ``precision`` is point, city, admin1, country or region. Coordinates are given for points and cities
    only (degrees, WGS 84); ``span`` covers the words.
    """

    name: str
    country: str
    precision: str
    span: Span
    admin1: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text, and what is known about it before anyone reads it.

    ``title`` and ``dateline`` are spans of the text, where it has them. ``published`` is a day where it is
    known, an interval where it had to be told from the text, ``None`` where nothing tells it. ``notes`` are
    things that a reader should know about how the text was read ('not UTF-8; read as Windows-1252').
    ``address`` is the URL that the report came from, ``modified`` the day of the last change that its page
    states. ``original`` is the markup or record that the text was taken from, as decoded; ``None`` where the
    text is the original.
    """

    id: str
    text: str
    path: str | None = None
    outlet: str | None = None
    published: TimeRef | None = None
    title: Span | None = None
    dateline: Span | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    address: str | None = None
    modified: date | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that could not be read: which, why, and what its owner can do."""

    path: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Who somebody is: the state or body that acts, as far as it could be told.

    ``id`` is an ISO 3166 alpha-3 code for a state, ``person:…`` or ``body:…`` with a slug otherwise.
    ``country`` is the code under which its acts are filed (ISO 3166 alpha-3, or XKX, UNO, EUR, IGO, NGO,
    MNC, IMG); "" where no table and no words of the text tell it. ``sector`` is PLOVER's,
    ``None`` if unknown.
    ``kind`` is one of country, person, body, armed_group, outlet, region, city, people.
    """

    id: str
    name: str
    country: str
    sector: str | None = None
    kind: str = "country"
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name or point to one or several entities.

    ``span`` is the whole noun phrase's naming part ('Armenian Prime Minister Nikol Pashinyan'), ``head`` the
    word in it that bears the syntactic role ('Pashinyan'). ``entities`` holds several for 'the two
    neighbours' and is empty where the words stay unresolved. ``kind`` is name, demonym, description,
    pronoun or possessive. ``rules`` says why it was resolved so.
    """

    span: Span
    head: Span
    entities: tuple[Entity, ...]
    kind: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One link in a chain of who says so.

    ``kind`` is person, office, body, outlet, document, crowd or unnamed ('officials', 'witnesses').
    ``verb`` is the lemma of the word that bears the attribution ('declare'); ``span`` covers the source's
    words.
    """

    name: str
    kind: str
    country: str | None = None
    verb: str | None = None
    stance: Stance = Stance.NEUTRAL
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text and the source on whose word it stands.

    ``content`` are the parts of the text that the source vouches for (two for a quotation that the speaker's
    name cuts in half); ``cue`` is the word that bears the attribution. Chains follow from nesting: the
    innermost claim that holds a trigger comes first.
    """

    source: Source
    content: tuple[Span, ...]
    cue: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Party:
    """An entity in a role of an event, and the words that put it there."""

    entity: Entity
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, as a range; ``low == high`` where the text gives one figure."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Casualties:
    """People killed and injured by an act; ``None`` where the text does not say."""

    killed: Count | None = None
    injured: Count | None = None


@dataclass(frozen=True, slots=True)
class FieldConfidence:
    """How often each field of events like this one was right, on coded reports nobody trained on.

    Counted over events whose type was right. ``who`` is both sides together, by their countries. ``None``
    where the event has no such field, or the trained reader has no curve for it.
    """

    who: float | None = None
    status: float | None = None
    date: float | None = None
    place: float | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """What one passage says that one party did to another, according to whom.

    ``trigger`` covers the words that bear the act, ``span`` the clause or sentence they stand in.
    ``attribution`` runs innermost first; empty means the report's own voice. ``rules`` names the table rows
    and model parts that decided. ``confidence`` is that of the event and its type, ``None`` until it has been
    fitted on gold; ``field_confidence`` that of the other fields, given that the event is right.
    """

    id: str
    document_id: str
    trigger: Span
    span: Span
    event_type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    status: Status = Status.UNKNOWN
    attribution: tuple[Source, ...] = ()
    date: TimeRef | None = None
    place: PlaceRef | None = None
    casualties: Casualties = field(default_factory=Casualties)
    score: float | None = None
    quad: str | None = None
    rules: tuple[str, ...] = ()
    confidence: float | None = None
    same_as: str | None = None
    responds_to: str | None = None
    field_confidence: FieldConfidence = FieldConfidence()


@dataclass(frozen=True, slots=True)
class Join:
    """Why a mention belongs to an event: the mention that it was joined to, and what speaks for it.

    ``relation`` is ``same``, or ``more_exact`` where this mention tells the same happening more exactly than
    the other (a day for a month, a town for a country, a ministry for a state). ``why`` holds reasons in
    words ('same day', 'both: 20 killed'), ``score`` (0 to 1) how much they weigh together. ``to`` is ``None``
    for the mention that founds the event.
    """

    mention_id: str
    document_id: str
    to: str | None
    relation: str
    why: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody on whose own word an event stands: a speaker, an outlet's own account, or an unsigned report.

    Reprints, wire copies, relays and quotes of one speaker are one origin. ``kind`` is that of ``Source``
    (person, office, body, outlet, document, crowd, unnamed). ``country`` is the side it speaks for;
    ``outlets`` are those that carry it. ``says`` is the status that it gives the act.
    """

    key: str
    name: str
    kind: str
    country: str | None
    says: Status
    outlets: tuple[str, ...]
    document_ids: tuple[str, ...]
    mention_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values that mentions of an event give for a field, in words, and which mentions do."""

    value: str
    mention_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field on which the mentions of an event can't all be right (killed: 20 or 50)."""

    field: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What is concluded from one or more mentions of one happening, across documents.

    ``id`` comes from the founding mention (the first in the corpus) and stays as evidence grows. Fields hold
    what the mentions agree on at the most exact grain that one of them gives; where they can't all be right
    the value that most origins give stands, and ``contradictions`` has the others. ``joins`` has one entry a
    mention. ``denials`` counts the origins that deny it. ``confidence`` is that of its surest mention; it is
    no belief in the happening. ``responds_to`` is the id of the event that this one answers.
    ``first_reported`` and ``last_reported`` are publication days.
    """

    id: str
    event_type: str
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    date: TimeRef | None
    place: PlaceRef | None
    casualties: Casualties
    score: float | None
    quad: str | None
    joins: tuple[Join, ...]
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...] = ()
    denials: int = 0
    confidence: float | None = None
    responds_to: str | None = None
    first_reported: Day | None = None
    last_reported: Day | None = None


@dataclass(frozen=True, slots=True)
class TieStatement:
    """Words that say that a standing tie holds (or no longer holds), without an act that made it so.

    ``kind`` is a tie kind of ``tables/tie_kinds.tsv``; ``sides`` are the codes of the states: giver and taker
    for directed kinds, in the order of the alphabet for others. ``state`` is ``open``, ``closed`` or
    ``reduced`` as of ``date``, or of the day of the report where ``date`` is None.
    """

    id: str
    document_id: str
    kind: str
    sides: tuple[str, str]
    state: str
    span: Span
    text: str
    date: TimeRef | None = None
    attribution: tuple[Source, ...] = ()
    rule: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """All that a coder makes of one report."""

    mentions: tuple[EventMention, ...] = ()
    statements: tuple[TieStatement, ...] = ()


@dataclass(frozen=True, slots=True)
class TieChange:
    """One step in a tie's life, and the event or statement that shows it.

    ``step`` is opened, altered, reduced, closed or confirmed. ``event_id`` or ``statement_id`` is the
    evidence; ``rule`` the row of the table that let it count.
    """

    step: str
    date: TimeRef | None
    event_id: str | None
    statement_id: str | None
    rule: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TieSpan:
    """A stretch of time in which a tie stood in one state; bounds are intervals of days, None if unknown."""

    state: str
    opened: TimeRef | None
    closed: TimeRef | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A standing relation between two states (or a body and a state) as far as cited events show it.

    ``state`` is the last one: open, reduced, closed, or contested where origins disagree. ``last_confirmed``
    is the last day on which anything in the corpus shows it in that state.
    """

    id: str
    kind: str
    sides: tuple[str, str]
    subject: str
    state: str
    spans: tuple[TieSpan, ...]
    changes: tuple[TieChange, ...]
    last_confirmed: Day | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person says of an event or a mention; laid over what the program says, never into it.

    ``about`` is an event id, or a mention's key (document id, trigger and type: it outlives recoding).
    ``verdict`` is right, wrong, corrected (``field`` and ``value`` then hold the correction as JSON), same or
    different (``other`` is then the second event or mention). A later review of the same thing by the same
    person takes the place of the earlier one; ``withdrawn`` takes it back. Corrections of different fields
    stand side by side. ``sample`` names the random draw that showed the event to its reviewer; ``None`` where
    somebody picked it, so that it says nothing of the others.
    """

    id: str
    about: str
    verdict: str
    reviewer: str
    at: datetime
    reason: str = ""
    field: str | None = None
    value: str | None = None
    other: str | None = None
    sample: str | None = None
