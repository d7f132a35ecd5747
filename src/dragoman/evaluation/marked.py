"""Turns reports with their events marked in the text (data/reports) into gold for the same scorer."""

from __future__ import annotations

import re

from dragoman.evaluation.gold import GoldDocument, GoldEvent, GoldPlace, Passage, join_repeats
from dragoman.evaluation.reports import MarkedEvent, MarkedParty, MarkedReport
from dragoman.evaluation.values import countries
from dragoman.records import Span

# Where a sentence ends; not after an initial, a title or a month ('Gen. Min', 'U.S. troops', 'Sept. 3').
END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n\n+")
SHORTENED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|St|No|Jan|Feb|Aug|Sept|Oct|Nov"
    r"|Dec|vs))\.$"
)


def gold_of_report(report: MarkedReport) -> GoldDocument:
    """The report as gold: optional events and repeats are those that ``core: no`` and ``same`` mark."""
    text = report.document.text
    events = [gold_of_event(event, text) for event in report.events]
    outlets = [report.document.outlet, report.header.get("relays")]
    return GoldDocument(
        name=report.id,
        text=text,
        events=join_repeats(events, report.id),
        sources=tuple(name for name in outlets if name),
    )


def gold_of_event(event: MarkedEvent, text: str) -> GoldEvent:
    """One marked event as gold."""
    repeats = event.same if event.same != event.number else None
    quote = sentence_around(event.trigger, text)
    return GoldEvent(
        id=str(event.number),
        core=event.core and repeats is None,
        types=event.types,
        status=event.status,
        quote=quote.cut(text),
        passages=(Passage(event.trigger, quote),),
        actors=countries(party.country for party in event.actors),
        recipients=countries(party.country for party in event.recipients),
        modes=(event.mode,) if event.mode else (),
        contexts=frozenset(event.contexts),
        days=event.when[1:] if event.when else None,
        place=GoldPlace(event.place[0].cut(text), event.place[1]) if event.place else None,
        sources=tuple(name for _, name in event.via),
        speakers=tuple(name for party in event.actors for name in party_names(party)),
        same_as=None if repeats is None else str(repeats),
    )


def party_names(party: MarkedParty) -> tuple[str, str]:
    """The words that name the party, and whom they mean."""
    return party.words, party.name


def sentence_around(trigger: Span, text: str) -> Span:
    """The sentence in which the trigger stands."""
    start, end = 0, len(text)
    for match in END.finditer(text):
        if match[0][0] == "." and SHORTENED.search(text[max(match.start() - 6, 0) : match.start() + 1]):
            continue
        if match.end() <= trigger.start:
            start = match.end()
        elif match.start() >= trigger.end:
            end = match.start() if match[0].startswith("\n") else match.start() + len(match[0].rstrip())
            break
    return Span(start, end)
