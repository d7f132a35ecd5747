"""The rows of the tables that this room reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.lexicon import TODAY, cells
from dragoman.lexicon.outlets import OutletRow

BREAKAWAY = frozenset({"XAR", "XAB", "XSO", "XTR", "XNC", "XSL"})


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One state, territory or former name of a state."""

    iso3: str
    iso2: str
    name: str
    official_name: str
    other_names: str
    demonym_adjectives: str
    people_nouns: str
    capital: str
    capital_variants: str
    government_metonyms: str
    cow_number: str
    gw_number: str
    fips: str
    valid_from: str
    valid_until: str
    status: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One part of a state, or a disputed or breakaway territory."""

    name: str
    name_variants: str
    iso3: str
    other_claimants: str
    control: str
    kind: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One person's tenure of one office."""

    person_name: str
    name_variants: str
    iso3: str
    sector: str
    office: str
    title: str
    organisation: str
    since: str
    until: str
    origin: str
    agrees_with: str
    checked: str


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One body: of a state, of states, a party, an armed group, a firm.

    ``iso3`` is where it is at home, ``code`` the code under which its acts are filed: the same, or UNO, EUR,
    IGO, NGO, MNC, IMG (coding guide, section 4).
    """

    name: str
    name_variants: str
    acronym: str
    kind: str
    iso3: str
    sector: str
    code: str
    members: str
    active_from: str
    active_until: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True)
class GuardRow:
    """One name that needs care, because it is mostly something else.

    ``guard`` is common (an ordinary word), given-name (no place before a surname), generic-body (many states'
    bodies bear it), outlet (a phrase that is an outlet's name only sometimes) or acronym (stands for its body
    without further ground).
    """

    guard: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title or word for people, with the sector it puts them in."""

    title: str
    sector: str
    person_or_group: str
    notes: str
    origin: str
    checked: str


@dataclass(frozen=True, slots=True)
class NounRow:
    """One common noun and what party it can stand for: ``kind`` is person, group, thing, place, or none.

    ``traits`` are any of international (its bearer may be a body of many states), pair ('both governments'),
    sides ('both sides' may be of one country), other ('its neighbour' is not the owner), captor (so in the
    plural too), court, charity (in the plural an NGO, if no state is named), stateless (in the plural of no
    state, if none is named).
    """

    noun: str
    kind: str
    sector: str
    traits: str


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """A state's neighbours by land or narrow sea, what it is called for its form, and roughly where it
    lies.
    """

    iso3: str
    neighbours: str
    forms: str
    lat: str
    lon: str


@dataclass(frozen=True, slots=True)
class CultureRow:
    """One culture of naming people: the states where it is at home, and names that are usual in it.

    ``absent`` is fitted: the weight of a run of letters that no name of the culture has.
    """

    culture: str
    countries: str
    absent: str
    names: str


@dataclass(frozen=True, slots=True)
class GramRow:
    """One run of letters in names, and how much it speaks for each culture where it comes."""

    gram: str
    weights: str


@dataclass(frozen=True, slots=True)
class OfficeHomeRow:
    """A title that only some states have: where one of them is named, its bearer is of one of them."""

    title: str
    iso3: str


@dataclass(frozen=True, slots=True)
class ShipRow:
    """The letters before the names of a navy's or coast guard's ships: HMS, USS."""

    prefix: str
    iso3: str


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One people that is not simply a state's: ``iso3`` lists the states it may be filed under, likeliest
    first.
    """

    name: str
    adjectives: str
    people_nouns: str
    iso3: str


@dataclass(frozen=True, slots=True)
class CityRow:
    """One city or first-order division."""

    name: str
    variants: str
    iso3: str
    admin1: str
    geonames_id: str
    lat: str
    lon: str
    population: str
    feature: str


def today(iso3: str) -> str:
    """The code under which a state's acts are filed now."""
    return TODAY.get(iso3, iso3)


@lru_cache(maxsize=8192)
def first_day(value: str) -> date:
    """The first day that a partial date can mean; an empty cell means before it matters."""
    if not value:
        return date.min
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    return date(year, month, day)


@lru_cache(maxsize=8192)
def last_day(value: str) -> date:
    """The last day that a partial date can mean; an empty cell means still so."""
    if not value:
        return date.max
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    return date(parts[0], parts[1], parts[2] if len(parts) == 3 else 28)


__all__ = [
    "BREAKAWAY",
    "CityRow",
    "CountryRow",
    "CultureRow",
    "GramRow",
    "GuardRow",
    "NeighbourRow",
    "NounRow",
    "OfficeHomeRow",
    "OfficeRow",
    "OrganisationRow",
    "OutletRow",
    "PeopleRow",
    "RegionRow",
    "ShipRow",
    "TitleRow",
    "cells",
    "first_day",
    "last_day",
    "today",
]
