"""What of a mention decides whether it and another tell one happening, in a compact form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman.assemble import pointing
from dragoman.assemble.families import families, noun_families, verb_families, words_of
from dragoman.assemble.typeweights import KIND_OF
from dragoman.assemble.wordstems import bits_of, rare_bits_of, stem, stems_of
from dragoman.records import EventMention

EMPTY: frozenset[str] = frozenset()
MEETINGS = frozenset({"meet", "visit", "phone", "mediate"})
"""Families of words for contact: a meeting that is only announced is coded AGREE, and held CONSULT."""
TO_COME = frozenset({"planned", "requested", "possible"})
LIGHT = frozenset(
    """
    will would to be is are was were has have had been hold holds held holding pay pays paid make makes made
    give gives gave take takes took launch launched carry carried out conduct conducted stage staged begin
    began start started end ended attend attended open opened host hosted sign signed issue issued send
    """.split()
)
"""Verbs that leave it to a noun to say what was done ('held talks')."""
PAST_PERFECT = re.compile(r"\bhad (?:\w+ )?(?:been )?\w*$")
AHEAD = 15
"""How many characters before the trigger an auxiliary is looked for."""
BEFORE, AFTER = 30, 70
"""How many characters on either side of the trigger are close to it."""
CLAUSE_END = re.compile(r"[.;:,]")
VAGUE_PUBLICATION = 3
"""A day of publication known only within more days than this says nothing about when things happened."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The features of one mention that judging needs.

    Days are proleptic ordinals (``date.toordinal``). ``start`` and ``end`` bound the happening as the text
    dates it (``None`` where it does not); ``published`` is the day on which the report came out (``None`` if
    it is not known to a few days). ``root`` is the document that this one reprints, or itself. ``act`` is the
    event type, but CONSULT for a meeting that is still to come. ``kinds``
    are the wider kinds that the families belong to. ``persons`` and ``bodies`` are ids of those
    named on a side. ``said`` are the stems of the passage's telling words, ``bits`` the same as a bit set;
    ``rare`` those that are not common in the news, ``near`` those close to the trigger. ``is_past_perfect``:
    the act lies before others that the report tells ('had recalled'). ``points_back`` and
    ``is_another``: what the words say of other acts ('the attack', 'a second attack').
    """

    mention_id: str
    document_id: str
    key: str
    root: str
    at: int
    event_type: str
    act: str
    mode: str
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    actor_persons: frozenset[str]
    recipient_persons: frozenset[str]
    actor_bodies: frozenset[str]
    recipient_bodies: frozenset[str]
    actor_sectors: frozenset[str]
    recipient_sectors: frozenset[str]
    start: int | None
    end: int | None
    published: int | None
    place: str
    place_name: str
    place_country: str
    place_admin1: str
    place_precision: str
    lat: float | None
    lon: float | None
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    trigger: str
    families: frozenset[str]
    kinds: frozenset[str]
    said: str
    bits: int
    contexts: frozenset[str]
    same_as: str | None
    near: int
    rare: int
    is_past_perfect: bool
    points_back: bool
    is_another: bool


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
    kind, status, trigger = row["event_type"], str(row["status"]), row["trigger"]
    actors, recipients = row["actors"], row["recipients"]
    words = trigger["text"].lower()
    passage = row.get("passage") or ""
    kin = families_of(words, kind)
    if LIGHT.issuperset(words.split()):
        kin |= families_of(words_after(passage, trigger["end"] - row["span"]["start"]), kind)
    start, end = days_of(row["date"])
    at = trigger["start"] - row["span"]["start"]
    said = telling_stems(passage, words, actors, recipients)
    around = words_around(passage, at, at + len(words))
    casualties = row["casualties"] or {}
    place = row["place"] or NOWHERE
    return Sketch(
        mention_id=row["id"],
        document_id=row["document_id"],
        key=key_of(row["document_id"], trigger["start"], trigger["end"], kind),
        root=row.get("copy_of") or row["document_id"],
        at=trigger["start"],
        event_type=kind,
        act=act_of(kind, status, kin),
        mode=row["mode"] or "",
        status=status,
        actors=countries_of(actors),
        recipients=countries_of(recipients),
        actor_persons=persons_of(actors),
        recipient_persons=persons_of(recipients),
        actor_bodies=bodies_of(actors),
        recipient_bodies=bodies_of(recipients),
        actor_sectors=sectors_of(actors),
        recipient_sectors=sectors_of(recipients),
        start=start,
        end=end,
        published=publication_of(row.get("published_start"), row.get("published_end")),
        place=place_id(place),
        place_name=place["name"] or "",
        place_country=place["country"] or "",
        place_admin1=place["admin1"] or "",
        place_precision=place["precision"] or "",
        lat=place["lat"],
        lon=place["lon"],
        killed=count_of(casualties.get("killed")),
        injured=count_of(casualties.get("injured")),
        trigger=words,
        families=kin,
        kinds=kinds_of(kin),
        said=" ".join(said),
        bits=bits_of(said),
        contexts=shared(tuple(sorted(row["contexts"] or ()))),
        same_as=row["same_as"],
        near=bits_of(telling_stems(around, words, actors, recipients)),
        rare=rare_bits_of(said),
        is_past_perfect=bool(PAST_PERFECT.search(passage[max(0, at - AHEAD) : at] + words)),
        points_back=pointing.points_back(passage, at, words),
        is_another=pointing.is_another(passage, at, at + len(words)),
    )


NOWHERE: dict[str, Any] = dict.fromkeys(
    ("name", "country", "admin1", "geonames_id", "lat", "lon", "precision"), None
)


@lru_cache(maxsize=100_000)
def shared(values: tuple[str, ...]) -> frozenset[str]:
    """The values as a set; equal sets are one object, as a corpus repeats few of them very often."""
    return frozenset(values)


@lru_cache(maxsize=50_000)
def kinds_of(families: frozenset[str]) -> frozenset[str]:
    """The wider kinds of acts that the families belong to."""
    return frozenset(KIND_OF[family] for family in families if family in KIND_OF)


def words_after(passage: str, at: int) -> str:
    """The few words after the trigger that say what a light verb is about ('held' -> 'talks')."""
    if not 0 < at < len(passage):
        return ""
    clause = CLAUSE_END.split(passage[at : at + 60].lower(), maxsplit=1)[0]
    return " ".join(clause.split()[:4])


def words_around(passage: str, start: int, end: int) -> str:
    """The words close to the trigger, no further than the marks that part clauses."""
    if not 0 <= start < len(passage):
        return ""
    before = CLAUSE_END.split(passage[max(0, start - BEFORE) : start])[-1]
    after = CLAUSE_END.split(passage[end : end + AFTER], maxsplit=1)[0]
    whole = before.partition(" ")[2] if start > BEFORE else before
    return f"{whole} {after.rpartition(' ')[0] if len(after) == AFTER else after}"


@lru_cache(maxsize=50_000)
def families_of(trigger: str, event_type: str) -> frozenset[str]:
    """The families that the trigger's words may belong to: those of the event's type, if there are any.

    'Took' is to arrest where it is coercion, and to abduct where it is an attack.
    """
    words = words_of(trigger)
    found = verb_families(words) | noun_families(words)
    return found & families().of_type.get(event_type, frozenset()) or found


def act_of(event_type: str, status: str, families: frozenset[str]) -> str:
    """The type, but CONSULT for a meeting to come ('are due to meet on April 17' is coded AGREE)."""
    if event_type == "AGREE" and status in TO_COME and families & MEETINGS:
        return "CONSULT"
    return event_type


def countries_of(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The countries of a side, without what is unknown."""
    return shared(tuple(sorted({party["country"] for party in parties if party["country"]})))


def sectors_of(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The sectors of a side, without what is unknown."""
    return shared(tuple(sorted({party["sector"] for party in parties if party["sector"]})))


def persons_of(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The surnames of the persons on a side: 'Pashinyan' and 'Nikol Pashinyan' are taken for one."""
    found = {
        party["entity_id"].rpartition(":")[2].rpartition("-")[2]
        for party in parties
        if party["entity_id"].startswith("person:")
    }
    return shared(tuple(sorted(found))) if found else EMPTY


def bodies_of(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The bodies named on a side: ministries, parties, armed groups, unions of states."""
    found = {
        name
        for party in parties
        if ":" in (name := party["entity_id"]) and not name.startswith(("person:", "outlet:"))
    }
    return shared(tuple(sorted(found))) if found else EMPTY


def days_of(when: Mapping[str, Any] | None) -> tuple[int | None, int | None]:
    """First and last day of the date as ordinals; a date with one end open is that day."""
    if not when:
        return None, None
    start, end = when["start"] or when["end"], when["end"] or when["start"]
    return (ordinal(start), ordinal(end)) if start and end else (None, None)


def ordinal(day: date) -> int:
    """The day's number."""
    return day.toordinal()


def publication_of(start: date | None, end: date | None) -> int | None:
    """The day of publication; ``None`` where it is known only within many days."""
    last = end or start
    if last is None or (start is not None and (last - start).days > VAGUE_PUBLICATION):
        return None
    return ordinal(last)


def place_id(place: Mapping[str, Any]) -> str:
    """What names the place: its number in the gazetteer, or its name with the country."""
    if place["geonames_id"]:
        return str(place["geonames_id"])
    return f"{place['name'].casefold()}/{place['country'] or ''}" if place["name"] else ""


def count_of(count: Mapping[str, Any] | None) -> tuple[int, int | None] | None:
    """A number of people as a range."""
    return (count["low"], count["high"]) if count else None


def telling_stems(
    passage: str,
    trigger: str,
    actors: Sequence[Mapping[str, Any]],
    recipients: Sequence[Mapping[str, Any]],
) -> list[str]:
    """The stems of a passage that tell what the matter is: without the trigger and the parties' names."""
    if not passage:
        return []
    known = {stem(word) for word in words_of(trigger)}
    for party in (*actors, *recipients):
        known.update(stems_of(party["text"] or ""), stems_of(party["name"] or ""))
    return sorted({word for word in stems_of(passage) if word not in known})
