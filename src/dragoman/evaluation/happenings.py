"""Sets of reports whose marked events say which happening they tell (``data/merging``), as mentions.

The mentions have what the marks say and no more: codes, dates, places, status, counts and sources are the
gold's; a person or body has the id that its name makes, and a place is looked up by the name and country that
the gold gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from dragoman.errors import GoldError
from dragoman.evaluation.marked import sentence_around
from dragoman.evaluation.reports import MarkedEvent, MarkedParty, MarkedReport, read_reports
from dragoman.places.gazetteer import Gazetteer, Site, fold, read_columns
from dragoman.records import (
    Casualties,
    Count,
    Entity,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Source,
    Span,
    Status,
    TimeRef,
)

DEVELOPMENT = (1, 3)
"""A set is for development if its number, divided by 5, leaves one of these; others are held back."""
GRAINS = (
    (1, Precision.DAY),
    (10, Precision.WEEK),
    (31, Precision.MONTH),
    (100, Precision.SEASON),
    (366, Precision.YEAR),
)
"""How many days an interval may have at most to be of a grain."""
PERSON = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|al|bin|de|del|la|van|von))* (?:al-)?[A-Z][\w'’-]+")
PERSONAL = frozenset("GOV MIL COP JUD LEG OPP REB PRE REL SPY LAB BUS".split())
"""Sectors whose members are called by name; a boat has a name as well."""
BODY = re.compile(
    r"\b(?:Agency|Air|Army|Assembly|Bank|Board|Bureau|Command|Commission|Committee|Company|Congress|Council|"
    r"Court|Cross|Crescent|Democrats|Department|Forces?|Front|Government|Group|Guards?|House|Jamahiriya|"
    r"Ministry|Mission|Movement|Nations|Observers|Office|Organi[sz]ation|Parliament|Party|Patriarchate|Police|"
    r"Programme|Representatives|Service|State|Staff|Union)\b"
)
ACRONYM = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One set of reports: its name, whether it may be tuned on, and its reports."""

    name: str
    is_dev: bool
    reports: tuple[MarkedReport, ...]


def read_sets(paths: Iterable[Path]) -> list[Setting]:
    """The sets, one a file; ``GoldError`` where an event names no happening."""
    return [read_set(path) for path in paths]


def read_set(path: Path) -> Setting:
    """The set in one file, named ``NN-words.reports``."""
    number = re.match(r"\d+", path.stem)
    if number is None:
        raise GoldError(f"{path.name}: the name of a set begins with its number")
    reports = tuple(read_reports([path]))
    for report in reports:
        for event in report.events:
            if not event.happening:
                raise GoldError(
                    f"{path.name}: {report.id}: event {event.number} has no happening (hap: name)"
                )
    return Setting(path.stem, int(number[0]) % 5 in DEVELOPMENT, reports)


def document_id(report: MarkedReport) -> str:
    """The report's number, by which its mentions name it."""
    return report.id.split()[0]


def mention_id(report: MarkedReport, number: int) -> str:
    """The id of the mention that an event line makes."""
    return f"{document_id(report)}-{number}"


def mentions_of(setting: Setting) -> list[EventMention]:
    """The events of the set's reports as mentions, in the order of reports and event lines."""
    surnames = surnames_in(setting)
    return [mention_of(event, report, surnames) for report in setting.reports for event in report.events]


def mention_of(event: MarkedEvent, report: MarkedReport, surnames: Mapping[str, str]) -> EventMention:
    """One marked event as a mention; ``surnames`` are those of the set, with full names."""
    text = report.document.text
    killed, injured = (count_of(event.counts.get(name)) for name in ("killed", "injured"))
    same = event.same if event.same != event.number else None
    return EventMention(
        id=mention_id(report, event.number),
        document_id=document_id(report),
        trigger=event.trigger,
        span=sentence_around(event.trigger, text),
        event_type=event.types[0],
        mode=event.mode,
        contexts=event.contexts,
        actors=tuple(party_of(one, surnames) for one in event.actors),
        recipients=tuple(party_of(one, surnames) for one in event.recipients),
        status=Status(event.status),
        attribution=tuple(source_of(name, span) for span, name in event.via),
        date=date_of(event.when, text),
        place=None if event.place is None else place_of(*event.place, text),
        casualties=Casualties(killed, injured),
        same_as=None if same is None else mention_id(report, same),
        responds_to=None if event.responds_to is None else mention_id(report, event.responds_to),
    )


def count_of(told: str | None) -> Count | None:
    """'4' or '4-9' as a number of people."""
    if told is None:
        return None
    low, _, high = told.partition("-")
    return Count(int(low), int(high or low))


def date_of(when: tuple[Span, date, date] | None, text: str) -> TimeRef | None:
    """The event's date at the grain that its length shows."""
    if when is None:
        return None
    span, start, end = when
    days = (end - start).days + 1
    grain = next((grain for most, grain in GRAINS if days <= most), Precision.DECADE)
    return TimeRef(start, end, grain, "gold", span.cut(text), span)


def place_of(span: Span, country: str, text: str) -> PlaceRef | None:
    """The place, located if the gazetteer has it in that country; ``None`` if it has no name ('bridge')."""
    name = span.cut(text)
    if not any(word[0].isupper() for word in name.split()):
        return None
    sites = [site for site in sites_named(name) if site.iso3 == country]
    if not sites:
        return PlaceRef(name, country, "point", span, rule="gold")
    best = max(sites, key=lambda site: (site.kind == "country", site.kind == "city", site.population))
    place = PlaceRef(name, country, best.kind, span, best.admin1, rule="gold")
    if best.kind != "city":
        return place
    return replace(place, geonames_id=best.geonames_id, lat=best.lat, lon=best.lon)


def sites_named(name: str) -> list[Site]:
    """All sites of the name, with or without capitals throughout ('ANKARA')."""
    forms = [name, name.title()] if name.isupper() else [name]
    return [site for form in forms for site in gazetteer().named(fold(form).replace(" ", ""))]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    return Gazetteer()


def source_of(name: str, span: Span) -> Source:
    """Who says so; what kind of source it is follows from the name's form."""
    if name in outlets():
        return Source(name, "outlet", span=span)
    if is_person(name):
        return Source(name, "person", span=span)
    if not any(word[0].isupper() for word in name.split()):
        return Source(name, "unnamed", span=span)
    return Source(name, "body", span=span)


def party_of(party: MarkedParty, surnames: Mapping[str, str]) -> Party:
    """The party; a state, and whoever has no name of his own, goes by the code."""
    return Party(entity_of(party, surnames), party.words, party.span)


def entity_of(party: MarkedParty, surnames: Mapping[str, str]) -> Entity:
    """Who the party is."""
    country, sector = party.country, party.sector or None
    name = re.sub(r"^[Tt]he ", "", party.name)
    if name in state_words() or name.title() in state_words():
        return Entity(country, name, country, sector)
    if body := body_named(name, country):
        return Entity(f"body:{slug(body)}", body, country, sector, "body")
    if name in surnames or name in surnames.values():
        full = surnames.get(name, name)
        return Entity(f"person:{slug(full)}", full, country, sector, "person")
    return Entity(country, name, country, sector, "people" if sector else "country")


def body_named(name: str, country: str) -> str:
    """The main name of the body that the name stands for, "" if it is none."""
    main, code = organisations().get(name, ("", ""))
    if main and code == country:
        return main
    is_body = name[0].isupper() and " " in name and BODY.search(name)
    return name if is_body or ACRONYM.fullmatch(name) else ""


def surnames_in(setting: Setting) -> dict[str, str]:
    """The last word of each person's name that the set gives in full, with that name."""
    found = {}
    for report in setting.reports:
        places = {event.place[0].cut(report.document.text) for event in report.events if event.place}
        for event in report.events:
            for one in (*event.actors, *event.recipients):
                if one.name not in places and is_named_person(one):
                    found[one.name.split()[-1]] = one.name
    return found


def is_named_person(party: MarkedParty) -> bool:
    """Whether the party is a person under a name of two words or more."""
    return party.sector in (*PERSONAL, "") and is_person(party.name)


def is_person(name: str) -> bool:
    """Whether the name has the form of a person's."""
    if BODY.search(name) or not PERSON.fullmatch(name):
        return False
    return not {name, *name.split()} & state_words() and name not in organisations()


def slug(name: str) -> str:
    """The name as ids have it."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


@lru_cache(maxsize=1)
def state_words() -> frozenset[str]:
    """Names of states, their peoples, capitals and seats of government."""
    columns = "name other_names demonym_adjectives people_nouns capital capital_variants government_metonyms"
    rows = read_columns("countries.tsv", *columns.split())
    return frozenset(word for row in rows for cell in row for word in cell.split("|") if word)


@lru_cache(maxsize=1)
def organisations() -> dict[str, tuple[str, str]]:
    """Each name of a body in the table with its main name and its country's code."""
    rows = read_columns("organisations.tsv", "name", "name_variants", "acronym", "code")
    return {form: (row[0], row[3]) for row in rows for cell in row[:3] for form in cell.split("|") if form}


@lru_cache(maxsize=1)
def outlets() -> frozenset[str]:
    """All names of outlets."""
    rows = read_columns("outlets.tsv", "name", "variants")
    return frozenset(form for row in rows for cell in row for form in cell.split("|") if form)
