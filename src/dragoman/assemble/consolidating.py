"""From the mentions of one happening to the event: agreed values, most exact grain, contradictions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dragoman.assemble.origins import Telling, origins_of
from dragoman.assemble.sides import agreed_parties
from dragoman.assemble.values import (
    agreed_count,
    agreed_date,
    agreed_mode,
    agreed_place,
    agreed_status,
    agreed_type,
)
from dragoman.assemble.voting import Ballot
from dragoman.lexicon.codebook import quad_of, score_of
from dragoman.records import Casualties, Contradiction, Event, EventMention, Join, Origin, Status


def event_id(key: str) -> str:
    """The id of the event that the mention with this key founds."""
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:16]


def consolidate(tellings: Sequence[Telling], joins: Sequence[Join], responds_to: str | None = None) -> Event:
    """The event that the mentions of one group make; ``joins`` as in ``Group``, the founder first.

    ``tellings`` may come in any order, one for each join. ``responds_to`` is the id of the event answered.
    """
    by_id = {telling.mention.id: telling for telling in tellings}
    ordered = [by_id[join.mention_id] for join in joins]
    origins = origins_of(ordered)
    if len(ordered) == 1:
        return single(ordered[0], joins, origins, responds_to)
    return several(ordered, joins, origins, responds_to)


def founder_key(mention: EventMention) -> str:
    """The key of the founding mention."""
    return f"{mention.document_id}:{mention.trigger.start}-{mention.trigger.end}:{mention.event_type}"


def single(
    telling: Telling, joins: Sequence[Join], origins: tuple[Origin, ...], responds_to: str | None
) -> Event:
    """The event of one mention: all as the mention has it."""
    one = telling.mention
    return Event(
        id=event_id(founder_key(one)),
        event_type=one.event_type,
        mode=one.mode,
        contexts=one.contexts,
        actors=one.actors,
        recipients=one.recipients,
        status=one.status,
        date=one.date,
        place=one.place,
        casualties=one.casualties,
        score=one.score,
        quad=one.quad,
        joins=tuple(joins),
        origins=origins,
        denials=int(origins[0].says is Status.DENIED),
        confidence=one.confidence,
        responds_to=responds_to,
        first_reported=telling.published_start,
        last_reported=telling.published_end,
    )


def several(
    ordered: Sequence[Telling], joins: Sequence[Join], origins: tuple[Origin, ...], responds_to: str | None
) -> Event:
    """The event of several mentions, the founder first."""
    ballot = Ballot(ordered, origins)
    status, *clashes = agreed_status(ballot)
    kind = agreed_type(ballot, status)
    mode = agreed_mode(ballot, kind)
    actors, recipients, party_clashes = agreed_parties(ballot)
    date, date_clash = agreed_date(ballot)
    place, place_clash = agreed_place(ballot)
    killed, killed_clash = agreed_count(ballot, "killed")
    injured, injured_clash = agreed_count(ballot, "injured")
    found = (*clashes, *party_clashes, date_clash, place_clash, killed_clash, injured_clash)
    sure = [one.mention.confidence for one in ordered if one.mention.confidence is not None]
    return Event(
        id=event_id(founder_key(ordered[0].mention)),
        event_type=kind,
        mode=mode,
        contexts=ballot.all_of(lambda mention: mention.contexts),
        actors=actors,
        recipients=recipients,
        status=status,
        date=date,
        place=place,
        casualties=Casualties(killed, injured),
        score=score_of(kind, mode),
        quad=quad_of(kind),
        joins=tuple(joins),
        origins=origins,
        contradictions=tuple(one for one in found if isinstance(one, Contradiction)),
        denials=sum(origin.says is Status.DENIED for origin in origins),
        confidence=max(sure, default=None),
        responds_to=responds_to,
        first_reported=min((one.published_start for one in ordered if one.published_start), default=None),
        last_reported=max((one.published_end for one in ordered if one.published_end), default=None),
    )


def telling_words(tellings: Sequence[Telling], width: int = 160) -> str:
    """The words of the best mention's passage about its trigger, cut to the width: the event's title.

    The best mention is the surest one that asserts the act; "" where no passage is known.
    """
    spoken = [one for one in tellings if one.passage]
    if not spoken:
        return ""
    best = min(
        spoken,
        key=lambda one: (
            one.mention.status is not Status.ASSERTED,
            one.mention.same_as is not None,
            -(one.mention.confidence or 0.0),
            one.mention.id,
        ),
    )
    return cut_about(best.passage, best.mention.trigger.start - best.mention.span.start, width)


def cut_about(passage: str, at: int, width: int) -> str:
    """The passage in one line; where it is too long, the part about the position, cut at words, with '…'."""
    line = " ".join(passage.split())
    if len(line) <= width:
        return line
    at = len(" ".join(passage[: max(0, at)].split()))
    start = max(0, min(at - width // 3, len(line) - width))
    if start:
        start = line.find(" ", start) + 1
    end = start + width - 2
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + 1)
    return ("… " if start else "") + line[start:end].strip(" ,;") + (" …" if end < len(line) else "")
