"""On whose own word an event stands: origins, not outlets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.assemble.outletbook import agency_in, fold, known
from dragoman.records import Day, EventMention, Origin, Source, Status

SPEAKERS = frozenset({"person", "office", "body", "document"})
"""Kinds of sources that are one and the same wherever they are quoted."""
NAMELESS = frozenset({"unnamed", "crowd"})
"""Kinds of which each outlet may have asked others ('witnesses')."""
SPOKESMAN = re.compile(
    r"\b(?:a|an|the|its|of|for|in|at|spokes(?:man|woman|person)|spokespeople|officials?|statement|"
    r"press service|press office)\b"
)
WORD = re.compile(r"[^\W_]+")
ALIKE = {"defense": "defence", "centre": "center", "labor": "labour", "organisation": "organization"}


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention, and what is known about the document that tells it.

    ``trigger`` and ``passage`` are the words of the mention's spans; ``dateline`` those of the document's
    dateline ('OSLO (AFP)'), which may name an agency.
    """

    mention: EventMention
    outlet: str | None = None
    published_start: Day | None = None
    published_end: Day | None = None
    copy_of: str | None = None
    trigger: str = ""
    passage: str = ""
    dateline: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches: what it is known by, its name, kind and side."""

    key: str
    name: str
    kind: str
    country: str | None


def origins_of(tellings: Sequence[Telling]) -> tuple[Origin, ...]:
    """Who vouches for what the mentions tell, each once, those with most documents first.

    A reprint counts with what it reprints, a wire copy with the agency, a relay with the outlet relayed, a
    quote with the speaker; what an outlet tells in its own voice, with the outlet. A document without outlet
    is an origin of its own. Unnamed sources ('witnesses') are one for each outlet that asked them. Who
    denies his own act is an origin, whoever reports the denial.
    """
    own = own_voices(tellings)
    held: defaultdict[str, list[Telling]] = defaultdict(list)
    names: dict[str, Voice] = {}
    for telling in tellings:
        voice = voice_of(telling, own)
        held[voice.key].append(telling)
        if voice.key not in names or named_better(voice, names[voice.key]):
            names[voice.key] = voice
    made = [origin_of(names[key], members) for key, members in held.items()]
    return tuple(sorted(made, key=lambda one: (-len(one.document_ids), one.key)))


def named_better(one: Voice, other: Voice) -> bool:
    """Whether one gives the name more fully; equally full names go by the alphabet."""
    return (-len(one.name), one.name, one.kind) < (-len(other.name), other.name, other.kind)


def own_voices(tellings: Iterable[Telling]) -> dict[str, Voice]:
    """For each document the voice in which it tells what it ascribes to nobody.

    Copies speak with the voice of what they copy, where that stands among the tellings; otherwise with one
    voice for all copies of it, the agency's if one of them names it.
    """
    found: dict[str, Voice] = {}
    copies: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.copy_of and telling.copy_of != telling.mention.document_id:
            copies[telling.copy_of].append(telling)
        else:
            found[telling.mention.document_id] = narrator(telling)
    for root, members in copies.items():
        voice = found.get(root) or copied_voice(members)
        for telling in members:
            found[telling.mention.document_id] = voice
    return found


def copied_voice(members: Sequence[Telling]) -> Voice:
    """The one voice of copies whose original does not tell the act, or is not there."""
    agencies = [telling for telling in members if agency_of(telling)]
    first = min(agencies or members, key=lambda one: (str(one.published_start), one.mention.document_id))
    return narrator(first)


def agency_of(telling: Telling) -> str | None:
    """The news agency whose text the document is, by its dateline or outlet."""
    return (agency_in(telling.dateline) if telling.dateline else None) or (
        agency_in(telling.outlet) if telling.outlet else None
    )


def narrator(telling: Telling) -> Voice:
    """The agency, the outlet, or the document by itself."""
    name = agency_of(telling) or telling.outlet
    return (
        outlet_voice(name) if name else Voice(f"document:{telling.mention.document_id}", "", "document", None)
    )


def outlet_voice(name: str) -> Voice:
    """The voice of an outlet, under the table's name if it has one."""
    row = known(name)
    if row is None:
        return Voice(f"outlet:{fold(name)}", name, "outlet", None)
    return Voice(f"outlet:{fold(row.name)}", row.name, "outlet", row.iso3 or None)


def voice_of(telling: Telling, own: Mapping[str, Voice]) -> Voice:
    """On whose word this mention tells the act."""
    mention = telling.mention
    relayed = relayed_voice(mention.attribution) or own[mention.document_id]
    speaker = next((source for source in mention.attribution if source.kind != "outlet"), None)
    if speaker is not None and speaker.name.strip():
        return speaker_voice(speaker, relayed)
    if mention.status is Status.DENIED:
        return denier(mention) or relayed
    return relayed


def relayed_voice(chain: Sequence[Source]) -> Voice | None:
    """The outlet whose account it is: the innermost one cited, as the others have it from there."""
    return next((outlet_voice(one.name) for one in chain if one.kind == "outlet" and one.name.strip()), None)


def speaker_voice(source: Source, relayed: Voice) -> Voice:
    """The voice of somebody quoted."""
    name = plain_name(source.name, source.kind) or fold(source.name)
    if source.kind in SPEAKERS:
        return Voice(
            f"{grouped_kind(source.kind)}:{name}/{source.country or ''}",
            source.name,
            source.kind,
            source.country,
        )
    return Voice(
        f"{source.kind}:{name}/{source.country or ''}@{relayed.key}", source.name, source.kind, source.country
    )


def grouped_kind(kind: str) -> str:
    """Coders take offices for bodies and the other way round ('the presidency')."""
    return "body" if kind == "office" else kind


def plain_name(name: str, kind: str) -> str:
    """What a speaker is known by: a person's surname; a body's words without articles and spokesmen."""
    words = WORD.findall(name.casefold())
    if kind == "person":
        return words[-1] if words else ""
    words = WORD.findall(SPOKESMAN.sub(" ", name.casefold()))
    return " ".join(sorted({ALIKE.get(word, word) for word in words}))


def denier(mention: EventMention) -> Voice | None:
    """The party that denies its own act."""
    for party in mention.actors:
        entity = party.entity
        kind = "person" if entity.kind == "person" else "body"
        return Voice(f"denier:{entity.id}", entity.name, kind, entity.country or None)
    return None


def origin_of(voice: Voice, members: Sequence[Telling]) -> Origin:
    """The origin with all that carry it; it says what it said last, the commonest status of that day."""
    return Origin(
        key=voice.key,
        name=voice.name,
        kind=voice.kind,
        country=voice.country,
        says=last_status(members),
        outlets=tuple(sorted({one.outlet for one in members if one.outlet})),
        document_ids=tuple(sorted({one.mention.document_id for one in members})),
        mention_ids=tuple(sorted(one.mention.id for one in members)),
    )


FIRMNESS = (
    Status.ASSERTED,
    Status.NEGATED,
    Status.DENIED,
    Status.PLANNED,
    Status.REQUESTED,
    Status.POSSIBLE,
    Status.UNKNOWN,
)
"""Statuses, the firmest first."""


def last_status(members: Sequence[Telling]) -> Status:
    """The commonest status among the last reports; of equally common ones the firmest."""
    days = [one.published_end for one in members if one.published_end]
    last = [one for one in members if not days or one.published_end in (None, max(days))]
    counts = Counter(one.mention.status for one in last)
    return min(counts, key=lambda status: (-counts[status], FIRMNESS.index(status)))
