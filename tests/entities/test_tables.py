"""The tables of the room are whole: codes exist, names are unique, and the quick reader of cities agrees."""

from __future__ import annotations

from collections import Counter

import pytest

from dragoman.entities import tables as t
from dragoman.entities.context import WeightRow
from dragoman.entities.namebook import NameBook
from dragoman.lexicon import cells, read_table

SECTORS = set(
    "AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY REB REF REL SOC SPY"
    " UAF UNK".split()
)
TRAITS = {"international", "pair", "sides", "other", "captor", "court", "charity", "stateless"}
OTHERS = {"UNO", "EUR", "IGO", "NGO", "MNC", "IMG"}


@pytest.fixture(scope="module")
def states() -> set[str]:
    return {row.iso3 for row in read_table("countries.tsv", t.CountryRow)}


def test_every_code_is_a_states_or_one_of_the_guides(states: set[str]) -> None:
    for row in read_table("organisations.tsv", t.OrganisationRow):
        assert row.code in states | OTHERS, row.name
        assert not row.iso3 or row.iso3 in states, row.name
    for people in read_table("peoples.tsv", t.PeopleRow):
        assert set(cells(people.iso3)) <= states
    for near in read_table("neighbours.tsv", t.NeighbourRow):
        assert {near.iso3, *cells(near.neighbours)} <= states | {"ATA"}


def test_neighbours_are_mutual() -> None:
    near = {row.iso3: set(cells(row.neighbours)) for row in read_table("neighbours.tsv", t.NeighbourRow)}
    assert all(code in near.get(other, ()) for code, others in near.items() for other in others)


def test_sectors_are_in_the_codebook() -> None:
    for noun in read_table("nouns.tsv", t.NounRow):
        assert noun.sector in SECTORS | {""}
        assert noun.kind in {"person", "group", "thing", "place", "none"}
        assert set(cells(noun.traits)) <= TRAITS
    for title in read_table("titles.tsv", t.TitleRow):
        assert title.sector in SECTORS


def test_no_noun_guard_or_weight_stands_twice() -> None:
    for rows in (
        [row.noun for row in read_table("nouns.tsv", t.NounRow)],
        [(row.guard, row.name) for row in read_table("guards.tsv", t.GuardRow)],
        [row.feature for row in read_table("salience.tsv", WeightRow)],
    ):
        assert max(Counter(rows).values()) == 1


def test_nobody_holds_an_office_beside_himself() -> None:
    for row in read_table("offices.tsv", t.OfficeRow):
        assert t.first_day(row.since) <= t.last_day(row.until), row.person_name


def test_cities_are_read_like_any_table() -> None:
    rows = read_table("cities.tsv", t.CityRow)
    book = NameBook()
    named = [row for row in rows if row.name == "Chisinau" and row.feature == "capital"]
    entries = book.city_entries("Kishinev")
    assert entries[0].entity.country == named[0].iso3 == "MDA"
    assert {row.feature for row in rows} == {"capital", "city", "admin1"}
