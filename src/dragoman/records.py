"""The record types that every room speaks in, and nothing else.

All records are frozen; a room that knows more makes a new record with ``dataclasses.replace``.
Offsets are code points into ``Document.text``, half-open. Unknown is a value (``None``, ``""``, an
empty tuple or ``Status.UNKNOWN``), never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
