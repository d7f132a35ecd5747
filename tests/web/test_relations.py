"""Dyads and comparisons show what the record answers."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_a_dyad_shows_both_directions_and_the_ties(client: TestClient) -> None:
    told = client.get("/api/dyad?first=ARM&second=ISR").json()["dyad"]
    page = client.get("/dyad?first=ARM&second=ISR").text
    assert "Armenia &gt; Israel" in page
    assert "Israel &gt; Armenia" in page
    for row in told["weightiest"]:
        assert f"/events/{row['id']}" in page
    assert page.count("<h1>") == 1


def test_a_dyad_begins_with_the_busiest_pairs(client: TestClient) -> None:
    assert "/dyad?first=ARM&amp;second=ISR" in client.get("/dyad").text


def test_a_comparison_begins_with_the_differences(client: TestClient) -> None:
    address = "first=ARM&second=AZE&with=ISR"
    told = client.get(f"/api/compare?{address}").json()["comparison"]
    page = client.get(f"/compare?{address}").text
    assert told["differences"]
    assert page.index("In what they differ") < page.index("In figures")
    for row in told["telling"]:
        assert f"/events/{row['id']}" in page


def test_parts_of_answers_come_as_sheets(client: TestClient) -> None:
    for part in ("dealings", "acts", "balance", "sums", "ties", "telling", "differences"):
        address = f"/api/compare?first=ARM&second=AZE&with=ISR&format=csv&part={part}"
        assert client.get(address).status_code == 200
    assert client.get("/api/dyad?first=ARM&second=ISR&format=csv&part=nothing").status_code == 400


def test_countries_that_do_not_exist_are_said_to_be_so(client: TestClient) -> None:
    answer = client.get("/compare?first=ARM&second=AZE&with=Norrland")
    assert answer.status_code == 400
    assert "Norrland" in answer.text
