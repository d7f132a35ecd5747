"""Makes the explanation of a report's event mentions from what was in hand while they were coded.

Nothing is judged anew here: chances come from the workings, rows of tables from the rooms that read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from dragoman.events import TYPES, EventReader, Floats, Reading, Side, trigger_span
from dragoman.reasons import (
    Candidate,
    Candidates,
    Chance,
    ContextReason,
    EventReasons,
    Explanation,
    FieldReason,
    PassedOver,
    Rule,
    StatusReason,
    TriggerReason,
)
from dragoman.records import Claim, EventMention, Mention, Party, PlaceRef, Span, TimeRef
from dragoman.workings import Judged, StatusReading, Workings

FEW = 3
"""Values of a code that are shown: the one given and those that came nearest."""
LEAST = 0.01
"""Chance from which a candidate that was not taken, or a context, is worth a line."""
LINKS = ("repeats/", "answers/")
Show = Callable[[int], tuple[str, str, Span | None, tuple[str, ...]]]
"""The number of a candidate to its name, its words, where they stand, and the rules behind it."""


def explain(
    workings: Workings,
    every: Sequence[EventMention],
    kept: Sequence[EventMention],
    reader: EventReader,
    least: float,
) -> Explanation:
    """The reasons of the mentions kept, and of all that was passed over, those left out of ``every`` too.

    ``every`` runs in step with what was found; ``least`` is the confidence that was asked for.
    """
    by_id = {mention.id: mention for mention in kept}
    events: list[EventReasons] = []
    passed = [passed_over(workings, reader, one, why) for one, why in workings.notes.dropped]
    for number, mention in enumerate(every):
        if mention.id in by_id:
            events.append(reasons_of(workings, reader, number, by_id[mention.id]))
        else:
            passed.append(unsure(workings, reader, number, mention, least))
    return Explanation(
        document=workings.page.document,
        reader=reader.name,
        events=tuple(events),
        passed_over=tuple(sorted(passed, key=lambda one: (one.span, one.why))),
    )


def reasons_of(workings: Workings, reader: EventReader, number: int, mention: EventMention) -> EventReasons:
    """Why the event of that number is coded so."""
    found = workings.found[number]
    page, word = workings.page, found.word
    return EventReasons(
        mention=mention,
        trigger=TriggerReason(
            text=mention.trigger.cut(page.document.text),
            chance=rounded(found.reading.worth),
            least=reader.bar_of(page.doc),
            rows=trigger_rows(workings, reader, word),
        ),
        types=FieldReason(type_chances(found.reading)),
        mode=mode_reason(workings, word),
        status=status_reason(workings.statuses[number]),
        contexts=tuple(context_reasons(workings, word, mention.contexts)),
        actors=side_candidates(workings, found.actors, mention.actors),
        recipients=side_candidates(workings, found.recipients, mention.recipients),
        date=time_candidates(workings, reader, number, mention),
        place=place_candidates(workings, reader, number, mention),
        sources=source_candidates(workings, reader, number),
        links=tuple(Rule(rule) for rule in mention.rules if rule.startswith(LINKS)),
    )


def passed_over(workings: Workings, reader: EventReader, reading: Reading, why: str) -> PassedOver:
    """A reading that was dropped."""
    span = trigger_span(workings.page.doc, reading.word)
    return PassedOver(
        span=span,
        text=span.cut(workings.page.document.text),
        why=why,
        chance=rounded(reading.worth),
        least=reader.bar_of(workings.page.doc),
        types=type_chances(reading),
        rows=trigger_rows(workings, reader, reading.word),
    )


def unsure(
    workings: Workings, reader: EventReader, number: int, mention: EventMention, least: float
) -> PassedOver:
    """An event mention that was left out because its confidence is below the one asked for."""
    found = workings.found[number]
    return PassedOver(
        span=mention.trigger,
        text=mention.trigger.cut(workings.page.document.text),
        why="unsure",
        chance=mention.confidence or 0.0,
        least=least,
        types=type_chances(found.reading),
        rows=trigger_rows(workings, reader, found.word),
    )


def trigger_rows(workings: Workings, reader: EventReader, word: int) -> tuple[Rule, ...]:
    """The rows of the trigger lexicon that fire at a word, and the types that they allow it."""
    return tuple(
        Rule(f"trigger_lexicon/{sense.id}", ", ".join(sense.types))
        for sense in reader.lexicon.firing(workings.page.doc, word)
    )


def type_chances(reading: Reading) -> tuple[Chance, ...]:
    """The likeliest types, in order."""
    return likeliest(dict(zip(TYPES, reading.types.tolist(), strict=True)))


def mode_reason(workings: Workings, word: int) -> FieldReason:
    """The likeliest modes, '' for none, as shares of what was given, and the row of the table that gave."""
    note = workings.notes.modes[word]
    total = sum(note.weights.values()) or 1.0
    return FieldReason(
        likeliest({name: weight / total for name, weight in note.weights.items()}),
        tuple(Rule(hint.rule.replace("modes/", "mode_cues/"), hint.mode) for hint in note.hints),
    )


def status_reason(told: StatusReading) -> StatusReason:
    """The likeliest statuses as shares of what network and operators give."""
    total = sum(told.weights.values())
    return StatusReason(
        likeliest({str(name): weight / total for name, weight in told.weights.items()}),
        told.hint.status,
        tuple(map(Rule, told.hint.rules)),
    )


def context_reasons(workings: Workings, word: int, taken: Sequence[str]) -> Iterator[ContextReason]:
    """The contexts given, and those that came nearest, likeliest first."""
    notes = workings.notes.contexts[word]
    order = sorted(notes, key=lambda name: (name not in taken, -notes[name].chance, name))
    for place, name in enumerate(order):
        note = notes[name]
        if name in taken or (place < len(taken) + FEW and note.chance >= 10 * LEAST):
            yield ContextReason(
                name=name,
                by_words=rounded(note.by_words),
                by_network=rounded(note.by_network),
                chance=rounded(note.chance),
                is_taken=name in taken,
                rows=tuple(map(Rule, note.rows)),
            )


def side_candidates(workings: Workings, side: Side, parties: Sequence[Party]) -> Candidates:
    """Every country judged for one side; one taken has a line for each party that stands for it."""
    judged: list[Candidate] = []
    taken = set(side.taken.tolist())
    for number in ranked(side.chances):
        country, chance = side.countries[number], rounded(float(side.chances[number]))
        if number not in taken:
            if chance >= LEAST:
                judged.append(named(workings, country, chance))
            continue
        for party in parties:
            if party.entity.country == country:
                rules = rules_of(party, workings.page.mentions)
                judged.append(Candidate(country, party.text, party.span, chance, True, rules))
    return Candidates(None, tuple(judged))


def named(workings: Workings, country: str, chance: float) -> Candidate:
    """A country that was not taken, by the first words of the report that mean it."""
    page = workings.page
    first: Mention = next(
        one for one in page.mentions if any(entity.country == country for entity in one.entities)
    )
    return Candidate(country, first.span.cut(page.document.text), first.span, chance, False, first.rules)


def rules_of(party: Party, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Why the words of a party were taken for this entity."""
    for mention in mentions:
        if mention.span == party.span and party.entity in mention.entities:
            return mention.rules
    return ()


def time_candidates(
    workings: Workings, reader: EventReader, number: int, mention: EventMention
) -> Candidates:
    """Every date judged for an event."""
    times = workings.page.times
    taken = [one for one, time in enumerate(times) if time is mention.date]

    def show(one: int) -> tuple[str, str, Span | None, tuple[str, ...]]:
        time: TimeRef = times[one]
        return days_of(time), time.text, time.span, (f"times/{time.rule}",)

    return Candidates(reader.when.least, tuple(candidates(workings.when, number, taken, show)))


def place_candidates(
    workings: Workings, reader: EventReader, number: int, mention: EventMention
) -> Candidates:
    """Every place judged for an event."""
    page = workings.page
    taken = [one for one, place in enumerate(page.places) if place is mention.place]

    def show(one: int) -> tuple[str, str, Span | None, tuple[str, ...]]:
        place: PlaceRef = page.places[one]
        name = f"{place.name}, {place.country}" if place.country else place.name
        return name, place.span.cut(page.document.text), place.span, (f"places/{place.rule}",)

    return Candidates(reader.where.least, tuple(candidates(workings.where, number, taken, show)))


def source_candidates(workings: Workings, reader: EventReader, number: int) -> Candidates:
    """Every source judged for an event, by the claim that names it."""
    page = workings.page
    taken = reader.via.all(workings.via.chances[number]) if workings.via else []

    def show(one: int) -> tuple[str, str, Span | None, tuple[str, ...]]:
        claim: Claim = page.claims[one]
        return claim.source.name, claim.cue.cut(page.document.text), claim.source.span, (claim.rule,)

    return Candidates(reader.via.least, tuple(candidates(workings.via, number, taken, show)))


def candidates(judged: Judged | None, number: int, taken: Sequence[int], show: Show) -> Iterator[Candidate]:
    """What was judged for an event in one relation, likeliest first."""
    if judged is None:
        return
    row, hints = judged.chances[number], judged.candidates.hints[number]
    for one in ranked(row):
        chance = rounded(float(row[one]))
        if one in taken or chance >= LEAST:
            name, text, span, rules = show(one)
            yield Candidate(name, text, span, chance, one in taken, rules, rounded(float(hints[one])))


def days_of(time: TimeRef) -> str:
    """'2021-03-04', '2021-03-01/2021-03-31', or '?' where the words can't be resolved."""
    if time.start is None:
        return "?"
    end = time.end or time.start
    return time.start.isoformat() if end == time.start else f"{time.start.isoformat()}/{end.isoformat()}"


def ranked(row: Floats) -> list[int]:
    """The columns, highest first, equals in their order."""
    order: list[int] = np.argsort(-row, kind="stable").tolist()
    return order


def likeliest(chances: Mapping[str, float]) -> tuple[Chance, ...]:
    """The few highest, in order."""
    order = sorted(chances, key=lambda name: -chances[name])[:FEW]
    return tuple(Chance(name, rounded(chances[name])) for name in order)


def rounded(value: float) -> float:
    """A chance as it is shown."""
    return round(value, 3)
