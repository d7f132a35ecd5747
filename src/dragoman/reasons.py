"""Why an event was coded as it was: the record types of an explanation, and nothing else.

Chances are the reader's own, from 0 to 1, before they were fitted; what was fitted stands in the event
mention's ``confidence`` and ``field_confidence``.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Document, EventMention, Span, Status


@dataclass(frozen=True, slots=True)
class Chance:
    """A value that a field could have had, and how likely the reader found it.

    A mode's chance is a share of what the network and the mode table together have to give.
    """

    name: str
    chance: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table that fired, and what it speaks for; nothing where it speaks for the field as it is."""

    id: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class TriggerReason:
    """Why there is an event at these words: what speaks for it, the least that is enough, the lexicon's rows.

    ``chance`` is ``Reading.worth``: the chance of an event, times that of its type, less for asides.
    """

    text: str
    chance: float
    least: float
    rows: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldReason:
    """Why a code was given: the likeliest ones in order, and the rows of tables that spoke."""

    chances: tuple[Chance, ...]
    rows: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusReason:
    """Why the status: the network's chances in order, and what the words over the trigger make of it.

    ``told`` is the status by the operators whose rows are given; ``None`` where they decide nothing.
    """

    chances: tuple[Chance, ...]
    told: Status | None = None
    rows: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextReason:
    """Why the matter has a context, or nearly: the chance by cue words, by the network, and by both."""

    name: str
    by_words: float
    by_network: float
    chance: float
    is_taken: bool
    rows: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those who or what an event could have pointed to.

    ``name`` is a country's code for parties, days for a date, else a name; ``text`` the words that stand for
    it, ``rules`` what resolved these. ``hint`` is 1 where syntax points to it, less where it half does.
    """

    name: str
    text: str
    span: Span | None
    chance: float
    is_taken: bool
    rules: tuple[str, ...] = ()
    hint: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """All that were judged for one field of an event, likeliest first, and the least that is believed.

    ``least`` is ``None`` for actors and recipients: both sides are chosen together, as the likeliest pair.
    """

    least: float | None
    judged: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class EventReasons:
    """An event mention, and why each of its fields is as it is."""

    mention: EventMention
    trigger: TriggerReason
    types: FieldReason
    mode: FieldReason
    status: StatusReason
    contexts: tuple[ContextReason, ...]
    actors: Candidates
    recipients: Candidates
    date: Candidates
    place: Candidates
    sources: Candidates
    links: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Words that could have borne an event, and why they were not taken to.

    ``why`` is faint (the chance is below the least), title, no-act (an accident, a quality),
    light (the other half of an act already told: 'held' of 'held talks') or unsure
    (the confidence is below the one asked for).
    """

    span: Span
    text: str
    why: str
    chance: float
    least: float
    types: tuple[Chance, ...]
    rows: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report's event mentions with their reasons, and the words that were passed over, in text order.

    ``reader`` names the trained reader.
    """

    document: Document
    reader: str
    events: tuple[EventReasons, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
