"""What the register needs to know of an act, and how that is taken from events and their mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.records import Day, Event, EventMention, Party, Span, Status, TimeRef

GROUPS = frozenset({"person", "body", "armed_group", "outlet"})
BODIES = frozenset({"IGO", "EUR", "UNO", "NGO", "MNC", "IMG"})


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """An act that may open, alter or close a tie, in the words of one report.

    ``actors`` and ``recipients`` are country codes; ``actor_names`` and ``recipient_names`` the names of
    those among them that are no states, ``recipient_persons`` of persons among the recipients. ``before`` and
    ``after`` are the words of the clause around the trigger. ``reported`` is the day of the report;
    ``is_denied`` says that some origin denies the act.
    """

    event_id: str
    event_type: str
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: TimeRef | None
    reported: Day | None
    before: str
    trigger: str
    after: str
    contexts: tuple[str, ...] = ()
    place: str = ""
    place_country: str = ""
    actor_names: tuple[str, ...] = ()
    recipient_names: tuple[str, ...] = ()
    recipient_persons: tuple[str, ...] = ()
    is_denied: bool = False

    @property
    def text(self) -> str:
        """The clause in one piece."""
        return f"{self.before}{self.trigger}{self.after}"


def clause_of(text: str, trigger: Span, span: Span, others: Iterable[Span] = ()) -> tuple[str, str, str]:
    """The words before, at and after a trigger, up to the triggers of other acts and the sentence's ends.

    'expelled the envoy and [suspended] trade': what is suspended is not the envoy.
    """
    start = max(
        [span.start, *(one.end for one in others if span.start <= one.start and one.end <= trigger.start)]
    )
    end = min([span.end, *(one.start for one in others if trigger.end <= one.start and one.end <= span.end)])
    return text[start : trigger.start], trigger.cut(text), text[trigger.end : end]


def evidence_of(
    event: Event,
    mentions: Sequence[EventMention],
    texts: Mapping[str, str],
    published: Mapping[str, Day | None],
    others: Mapping[str, Sequence[Span]] | None = None,
) -> list[TieEvidence]:
    """One piece of evidence for each of the event's mentions whose text is at hand.

    ``texts`` and ``published`` are by document id; ``others`` are the triggers of all mentions by document
    id, which bound the clauses. A denied event, or one that an origin denies, is marked so.
    """
    known = {one.document_id for one in mentions} & set(texts)
    return [
        read_evidence(
            mention,
            texts[mention.document_id],
            published.get(mention.document_id),
            (others or {}).get(mention.document_id, ()),
            event,
        )
        for mention in mentions
        if mention.document_id in known
    ]


def read_evidence(
    mention: EventMention,
    text: str,
    reported: Day | None,
    others: Iterable[Span] = (),
    event: Event | None = None,
) -> TieEvidence:
    """What one mention shows, with the fields of the event that it belongs to, if one is given."""
    before, trigger, after = clause_of(text, mention.trigger, mention.span, others)
    whole = event or mention
    actors, recipients = whole.actors or mention.actors, whole.recipients or mention.recipients
    place = whole.place or mention.place
    return TieEvidence(
        event_id=whole.id,
        event_type=whole.event_type,
        mode=whole.mode,
        # A mention that denies or negates the act says so for itself, whatever the event as a whole is.
        status=whole.status if mention.status is Status.ASSERTED else mention.status,
        actors=codes(actors),
        recipients=codes(recipients),
        date=whole.date,
        reported=reported,
        before=before,
        trigger=trigger,
        after=after,
        contexts=whole.contexts,
        place=place.name if place else "",
        place_country=place.country if place else "",
        actor_names=names(actors),
        recipient_names=names(recipients),
        recipient_persons=persons(recipients),
        is_denied=event is not None and event.denials > 0,
    )


def codes(parties: Sequence[Party]) -> tuple[str, ...]:
    """The countries of the parties, each once, in their order."""
    return tuple(dict.fromkeys(one.entity.country for one in parties if one.entity.country))


def names(parties: Sequence[Party]) -> tuple[str, ...]:
    """The names of those parties that are persons, bodies or groups."""
    return tuple(dict.fromkeys(one.entity.name for one in parties if one.entity.kind in GROUPS))


def persons(parties: Sequence[Party]) -> tuple[str, ...]:
    """The names of those parties that are known by a name of their own."""
    found = [one.entity.name for one in parties if one.entity.kind == "person"]
    return tuple(dict.fromkeys(name for name in found if " " in name))
