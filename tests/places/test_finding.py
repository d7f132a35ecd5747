"""What is a place, which one, and how finely it is told."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.places import PlaceFinder, governing_place
from dragoman.records import Document, PlaceRef

Read = Callable[..., tuple[Document, Doc]]


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


@pytest.fixture
def find(finder: PlaceFinder, read: Read) -> Callable[[str], dict[str, PlaceRef]]:
    def places(text: str) -> dict[str, PlaceRef]:
        document, doc = read(text)
        return {one.name: one for one in finder.find(doc, document)}

    return places


Find = Callable[[str], dict[str, PlaceRef]]


def test_a_city_has_id_and_coordinates(find: Find) -> None:
    place = find("The two ministers met in Ganja on Sunday.")["Ganja"]
    assert (place.country, place.precision, place.geonames_id) == ("AZE", "city", 586523)
    assert place.lat == pytest.approx(40.68, abs=0.01)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("They met in Tripoli, Lebanon, on Friday.", "Tripoli", "LBN"),
        ("Libya said that they met in Tripoli on Friday.", "Tripoli", "LBY"),
        ("They met in Georgetown, Guyana, on Friday.", "Georgetown", "GUY"),
        ("They met in the Russian city of Kazan.", "Kazan", "RUS"),
        ("Pakistan's army said a shell fell in Hyderabad, Pakistan.", "Hyderabad", "PAK"),
        ("He was born in Georgia, USA.", "Georgia", "USA"),
        ("They met at the Miraflores palace in Caracas.", "Miraflores palace", "VEN"),
        ("They met in the Swiss resort of Davos.", "Davos", "CHE"),
        ("Talks were held in Mobile, Alabama.", "Alabama", "USA"),
    ],
)
def test_the_text_tells_which_of_two_towns_is_meant(text: str, name: str, country: str, find: Find) -> None:
    assert find(text)[name].country == country


def test_an_unknown_town_has_a_country_and_no_coordinates(find: Find) -> None:
    place = find("Serb gunmen ambushed a police patrol at Vokarinje in northern Kosovo.")["Vokarinje"]
    assert (place.country, place.precision, place.lat) == ("XKX", "city", None)


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("An attack damaged the Kerch bridge.", "Kerch bridge", "point"),
        ("Soldiers stormed Goma airport in Congo.", "Goma airport", "point"),
        ("Ships met off Second Thomas Shoal.", "Second Thomas Shoal", "region"),
        ("Soldiers moved into northern Kenya.", "northern Kenya", "region"),
        ("The navy patrolled the Gulf of Aden.", "Gulf of Aden", "region"),
        ("The two armies left Gogra-Hot Springs.", "Gogra-Hot Springs", "point"),
        ("They hold the Zaporizhzhia nuclear power plant.", "Zaporizhzhia nuclear power plant", "point"),
        ("The crowd gathered in Guangdong province.", "Guangdong province", "admin1"),
        ("The crowd gathered in Kenya.", "Kenya", "country"),
    ],
)
def test_coordinates_are_never_finer_than_what_is_named(
    text: str, name: str, precision: str, find: Find
) -> None:
    place = find(text)[name]
    assert (place.precision, place.lat, place.geonames_id) == (precision, None, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Washington Post reported it.", "Washington"),
        ("The Paris Club met creditors.", "Paris"),
        ("Jack London wrote novels.", "London"),
        ("It happened on Feb. 9.", "Feb."),
        ("The West condemned it.", "West"),
        ("The BRP Sierra Madre ran aground.", "BRP Sierra Madre"),
    ],
)
def test_a_name_within_a_name_is_no_place(text: str, name: str, find: Find) -> None:
    assert name not in find(text)


def test_a_breakaway_region_is_filed_under_the_state_that_claims_it(find: Find) -> None:
    assert find("Shells fell in South Ossetia.")["South Ossetia"].country == "GEO"


def test_the_datelines_town_is_marked(find: Find) -> None:
    places = find("KYIV, July 17, 2023 - Russia left the deal. A strike hit Odesa.")
    assert places["KYIV"].rule == "dateline"
    assert places["KYIV"].country == "UKR"
    assert places["Odesa"].rule != "dateline"


def test_the_city_is_the_last_one_named(find: Find) -> None:
    assert list(find("He reached Niamey. A crowd marched through the city.")) == ["Niamey"]


def test_the_capital_is_that_of_the_country_spoken_of(find: Find) -> None:
    assert find("Chile's troops entered the Chilean capital.")["Santiago"].country == "CHL"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Gunmen ambushed a patrol at Banjska in Kosovo.", "ambushed", "Banjska"),
        ("In Bucharest, the minister condemned the raid.", "condemned", "Bucharest"),
        ("The two presidents held talks in Geneva.", "talks", "Geneva"),
        ("The High Court in Eldoret ordered his release in Kenya.", "release", "Kenya"),
        ("The interior ministry in Chisinau accused the rebels.", "accused", None),
        ("Officials in Oslo said that shells hit Vokara.", "hit", "Vokara"),
        ("He called on Moscow to drop the measures.", "called", None),
        ("KYIV, July 17 - Russia left the deal.", "left", None),
    ],
)
def test_syntax_tells_where_an_act_happened(
    text: str, word: str, name: str | None, finder: PlaceFinder, read: Read
) -> None:
    document, doc = read(text)
    index = next(token.i for token in doc if token.text == word)
    place = governing_place(doc, index, finder.find(doc, document))
    assert (place.name if place else None) == name


WORDS = st.sampled_from(
    "Kyiv In in near the Moscow , . said Goma airport of town Lebanon Tripoli 北京 Київ São Tomé Lake Chad "
    "- \n\n NATO at".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(WORDS, max_size=25).map(" ".join))
def test_a_span_cuts_its_own_words_and_places_never_overlap(
    text: str, finder: PlaceFinder, read: Read
) -> None:
    document, doc = read(text)
    places = finder.find(doc, document)
    assert all(one.name == one.span.cut(text) or one.rule in ("the-capital", "the-city") for one in places)
    assert all(one.span.end <= other.span.start for one, other in pairwise(places))
    assert all((one.lat is None) == (one.lon is None) for one in places)
    assert all(one.precision == "city" for one in places if one.lat is not None)
