"""Ties, actors, the map, accuracy and problems."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from dragoman.web.atlas import OUTLINES, outlines


def test_ties_are_shown_as_they_stood_on_a_day(client: TestClient) -> None:
    told = client.get("/api/ties?on=2020-11-24&limit=1000").json()
    page = client.get("/ties?on=2020-11-24").text
    assert told["total"] > 0
    for row in told["rows"]:
        assert row["state_on"]
        assert f"first={row['first_side']}&amp;second={row['second_side']}" in page
    assert client.get("/api/ties?on=1950").json()["total"] == 0


def test_steps_of_ties_come_as_a_sheet(client: TestClient) -> None:
    lines = client.get("/api/ties?steps=true&format=csv").text.splitlines()
    assert lines[0].startswith("tie,title,step")
    assert len(lines) > 1


def test_an_actor_shows_what_it_did_and_underwent(client: TestClient) -> None:
    told = client.get("/api/actors?name=Armenia").json()["actor"]
    page = client.get("/actors?name=Armenia").text
    assert told["key"] == "ARM"
    assert "<h1>Armenia</h1>" in page
    assert all(f"second={row['country']}" in page for row in told["partners"][:25])


def test_actors_are_listed_by_how_much_is_told_of_them(client: TestClient) -> None:
    assert "name=ARM" in client.get("/actors").text


def test_the_map_never_draws_a_country_as_a_point(client: TestClient) -> None:
    for row in client.get("/api/places").json()["places"]["rows"]:
        assert row["precision"] in ("city", "point") or row["lat"] is None
    page = client.get("/map").text
    assert "Natural Earth" in page


def test_the_events_of_the_map_add_up(client: TestClient) -> None:
    told = client.get("/api/places").json()["places"]
    assert sum(row["events"] for row in told["rows"]) + told["untold"] + told["left"] == told["events"]


def test_nearly_every_outline_is_a_country() -> None:
    assert OUTLINES.exists()
    assert len(outlines()) >= 174
    assert outlines()["Bosnia and Herz."] == "BIH"


@pytest.mark.parametrize("by", ["type", "status", "field", "outlet", "year"])
def test_accuracy_without_reviews_claims_nothing(client: TestClient, by: str) -> None:
    page = client.get(f"/accuracy?by={by}").text
    assert "Nobody has reviewed" in page
    assert client.get("/api/accuracy").json()["calibration"] == []


def test_problems_and_runs_are_listed(client: TestClient) -> None:
    assert "could not be read" in client.get("/problems").text
    versions = client.get("/api/versions").json()
    assert versions["total"] == versions["rows"][0]["number"]


def test_every_page_that_is_linked_is_there(client: TestClient) -> None:
    from dragoman.web.rendering import PAGES

    for address, _ in PAGES:
        assert client.get(address).status_code == 200, address
