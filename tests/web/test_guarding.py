"""Who may ask, and what every answer bears."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.web.guarding import Rates, without_empty
from web.conftest import open_pages


@pytest.mark.parametrize("address", ["/", "/events", "/static/site.css", "/nothing", "/api/events?type=NONE"])
def test_every_answer_forbids_what_does_not_come_from_the_server(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_another_name_for_this_machine_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8765"}).status_code == 200


def test_long_addresses_and_large_bodies_are_refused(client: TestClient) -> None:
    assert client.get("/events?text=" + "a" * 9000).status_code == 414
    assert client.post("/events", content=b"a" * 300_000).status_code == 413
    assert client.post("/events", content=iter([b"a" * 150_000] * 2)).status_code in (405, 413)


def test_another_sites_page_changes_nothing(client: TestClient) -> None:
    assert client.post("/events", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/events", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_an_address_that_asks_too_often_waits() -> None:
    clock = [0.0]
    rates = Rates(2.0, lambda: clock[0])
    assert [rates.lets("198.51.100.7") for _ in range(7)].count(True) == 6
    clock[0] = 1.0
    assert [rates.lets("198.51.100.7") for _ in range(3)] == [True, True, False]
    assert rates.lets("198.51.100.8")


def test_fields_left_empty_are_taken_out_of_a_query() -> None:
    assert without_empty(b"a=&b=1&c&=&&d=x%3D") == b"b=1&d=x%3D"


def test_folders_of_the_server_are_not_told(folder: Path) -> None:
    client = open_pages(folder)
    for address in ("/", "/events", "/api/events", "/events/e0", "/api/events/x"):
        assert str(folder.parent) not in client.get(address).text
