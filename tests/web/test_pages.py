"""The pages tell what the record tells, with its words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient


def rows(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    """Events by the programming interface."""
    found: list[dict[str, Any]] = client.get(f"/api/events?{query}").json()["rows"]
    return found


def test_the_overview_counts_what_there_is(client: TestClient) -> None:
    page = client.get("/").text
    total = client.get("/api/events?limit=1").json()["total"]
    assert f"<dt>events</dt><dd>{total}</dd>" in page
    assert 'class="quote"' in page


def test_the_list_shows_the_same_events_as_the_interface(client: TestClient) -> None:
    shown = re.findall(r'<li class="event" id="e-(\w+)">', client.get("/events?type=ASSAULT").text)
    assert shown == [row["id"] for row in rows(client, "type=ASSAULT")]
    assert shown


def test_empty_fields_of_a_form_ask_for_nothing(client: TestClient) -> None:
    empty = client.get("/events?actor=&between=&between=&min_origins=&from=&contested=")
    assert empty.status_code == 200
    assert empty.text.count('<li class="event"') == client.get("/events").text.count('<li class="event"')


def test_pages_of_the_list_have_each_event_once(client: TestClient) -> None:
    total, seen, offset = client.get("/api/events?limit=1").json()["total"], [], 0
    while offset is not None:
        answer = client.get(f"/api/events?limit=3&offset={offset}").json()
        seen += [row["id"] for row in answer["rows"]]
        offset = answer["next"]
    assert len(seen) == len(set(seen)) == total


def test_an_event_shows_its_words_its_origins_and_its_permanent_address(client: TestClient) -> None:
    row = rows(client, "sort=-reports&limit=1")[0]
    page = client.get(f"/events/{row['id']}").text
    assert page.count('<li id="m-') == row["mentions"]
    assert f"/events/{row['id']}?version=" in page
    assert "Who vouches for it" in page


def test_the_beginning_of_an_id_leads_to_the_event(client: TestClient) -> None:
    row = rows(client)[0]
    answer = client.get(f"/events/{row['id'][:10]}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/events/{row['id']}")


@pytest.mark.parametrize(
    "address", ["/events/e0000000000000000", "/nothing", "/api/events/e0000000000000000"]
)
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["type=NONE", "from=2020-13", "sort=size", "between=ARM", "from=99999999"])
def test_what_cannot_be_asked_is_said_to_be_so(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/events?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["reason"]
    assert client.get(f"/events?{query}").status_code == 400


def test_a_version_that_was_asked_for_stays_in_the_links(client: TestClient) -> None:
    version = client.get("/api/events?limit=1").json()["version"]
    page = client.get(f"/events?version={version}").text
    assert f"?version={version}" in page
    assert "as it was then" in page
    assert client.get(f"/events?version={version + 1}").status_code == 400


def test_csv_and_parquet_have_the_same_rows(client: TestClient) -> None:
    sheet = client.get("/api/events?format=csv&limit=5")
    assert sheet.headers["content-type"].startswith("text/csv")
    assert [line.split(",")[0] for line in sheet.text.splitlines()[1:]] == [
        row["id"] for row in rows(client, "limit=5")
    ]
    assert client.get("/api/events?format=parquet&limit=5").content[:4] == b"PAR1"


def test_search_finds_countries_actors_and_words(client: TestClient) -> None:
    page = client.get("/search?q=Armenia").text
    assert "/actors?name=ARM" in page
    assert client.get("/search").status_code == 200


def test_the_interface_describes_itself(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    page = client.get("/api").text
    assert all(path in page for path in paths)


def test_data_for_scripts_can_be_read_back(client: TestClient) -> None:
    found = re.search(r'<script type="application/json">(.*?)</script>', client.get("/").text)
    assert found
    assert {"by", "rows"} <= set(json.loads(found[1]))
