"""What of a mention decides whether it and another tell one happening, in a compact form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.records import EventMention


@dataclass(frozen=True, slots=True)
class Sketch:
    """The features of one mention that judging needs.

    Days are proleptic ordinals (``date.toordinal``). ``start`` and ``end`` bound the happening as the text
    dates it (``None`` where it does not); ``published`` is the last day on which the report may have come out
    (``None`` if unknown). ``root`` is the document that this one reprints, or itself. ``names`` are ids of
    the persons and bodies on either side.
    """

    mention_id: str
    document_id: str
    key: str
    root: str
    event_type: str
    mode: str
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    names: frozenset[str]
    actor_sectors: frozenset[str]
    recipient_sectors: frozenset[str]
    start: int | None
    end: int | None
    published: int | None
    precision: str
    place: str
    place_country: str
    place_admin1: str
    place_precision: str
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    trigger: str
    families: frozenset[str]
    words: frozenset[str]
    contexts: frozenset[str]
    speakers: frozenset[str]
    same_as: str | None
    lead: float
    outlet: str = ""
    at: int = 0


def mention_key(mention: EventMention) -> str:
    """What names the mention for good, whichever coder found it: document, trigger and type."""
    return key_of(mention.document_id, mention.trigger.start, mention.trigger.end, mention.event_type)


def key_of(document_id: str, start: int, end: int, event_type: str) -> str:
    """The key of the mention of that type at those words."""
    return f"{document_id}:{start}-{end}:{event_type}"


def sketch_of(row: Mapping[str, Any]) -> Sketch:
    """The sketch of a row of ``event_mentions``.

    The row has the table's columns and two more: ``copy_of`` of its document, and ``passage``, the words of
    its span (``substr(text, span.start + 1, span.end - span.start)``); both may be missing or ``None``.
    """
    raise NotImplementedError
