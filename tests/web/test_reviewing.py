"""Reviews in the page are those of the command line; nobody else's page can make them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.query import Record
from dragoman.web.review_pages import within
from war import war
from web.conftest import open_pages

TOKEN = "a token of some length"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus to write to."""
    return war().write(tmp_path / "corpus")


def form(client: TestClient, address: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that says something."""
    page = client.get(address).text
    first = re.search(
        r'<form method="post" action="/review"(?! class="reviewing part")[^>]*>(.*?)</form>', page, re.S
    )
    assert first, page
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', first[1].replace("&amp;", "&"))
    )


def first_event(client: TestClient) -> dict[str, Any]:
    """An event of the corpus."""
    found: dict[str, Any] = client.get("/api/events?limit=1&sort=-origins").json()["rows"][0]
    return found


def test_the_queue_goes_on_records_and_takes_back(corpus: Path) -> None:
    client = open_pages(corpus)
    fields = form(client, "/review?by=Ann&n=1")
    told = client.post("/review", data=fields)
    assert told.status_code == 303
    assert "n=2" in told.headers["location"]
    record = Record.open(corpus)
    (made,) = record.ground.snapshot.read_reviews()
    assert (made.about, made.verdict, made.reviewer, made.sample) == (
        fields["about"],
        "right",
        "Ann",
        "seed 1",
    )

    following = client.get(told.headers["location"]).text
    last = re.search(r'name="last" value="(\w+)"', following)
    assert last
    back = {"csrf": fields["csrf"], "by": "Ann", "last": last[1], "back": "/review?by=Ann&n=1"}
    assert client.post("/review/undo", data=back).status_code == 303
    verdicts = [one.verdict for one in Record.open(corpus).ground.snapshot.read_reviews()]
    assert sorted(verdicts) == ["right", "withdrawn"]


def test_a_correction_shows_at_once(corpus: Path) -> None:
    client = open_pages(corpus)
    event = first_event(client)["id"]
    fields = form(client, f"/events/{event}")
    said = {**fields, "by": "Ann", "field": "status", "value": "denied"}
    assert client.post("/review", data=said).status_code == 303
    page = client.get(f"/events/{event}").text
    assert "reviewed: corrected" in page
    assert client.get(f"/api/events/{event}").json()["trace"]["event"]["status"] == "denied"


def test_a_mention_is_taken_out_of_its_event(corpus: Path) -> None:
    client = open_pages(corpus)
    event = client.get("/api/events?limit=1&sort=-reports").json()["rows"][0]["id"]
    page = client.get(f"/events/{event}").text
    forms = re.findall(r'class="reviewing part">(.*?)</form>', page, re.S)
    assert len(forms) == page.count('<li id="m-') > 1
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', forms[-1]))
    answer = client.post("/review", data={**fields, "by": "Ann", "verdict": "different"})
    assert answer.status_code == 303
    (made,) = Record.open(corpus).ground.snapshot.read_reviews()
    assert made.verdict == "different"
    assert "take back" in client.get(f"/events/{event}").text


def test_what_the_codebook_does_not_have_is_refused(corpus: Path) -> None:
    client = open_pages(corpus)
    fields = form(client, f"/events/{first_event(client)['id']}")
    said = {**fields, "by": "Ann", "field": "status", "value": "maybe"}
    answer = client.post("/review", data=said)
    assert answer.status_code == 400
    assert "asserted" in answer.text
    assert not list(Record.open(corpus).ground.snapshot.read_reviews())


@pytest.mark.parametrize("csrf", ["", "0" * 64, "é"])
def test_a_form_of_another_page_says_nothing(corpus: Path, csrf: str) -> None:
    client = open_pages(corpus)
    fields = form(client, "/review?by=Ann&n=1")
    assert client.post("/review", data={**fields, "csrf": csrf}).status_code == 403
    fresh = open_pages(corpus)
    assert fresh.post("/review", data=fields).status_code == 403
    assert not list(Record.open(corpus).ground.snapshot.read_reviews())


def test_a_browser_needs_our_own_proof_for_the_interface_too(corpus: Path) -> None:
    client = open_pages(corpus)
    said = {"about": first_event(client)["id"], "verdict": "right", "by": "Ann"}
    same = {"origin": "http://testserver"}
    assert client.post("/api/reviews", json=said, headers=same).status_code == 403
    assert (
        client.post("/api/reviews", json=said, headers={"sec-fetch-site": "same-origin"}).status_code == 403
    )
    assert client.post("/api/reviews", json=said).status_code == 201


def test_without_the_token_nobody_writes(corpus: Path) -> None:
    client = open_pages(corpus, host="0.0.0.0", token=TOKEN, rate=10_000.0)
    said = {"about": first_event(client)["id"], "verdict": "wrong", "by": "Ann"}
    assert client.post("/api/reviews", json=said).status_code == 401
    wrong = {"authorization": "Bearer another"}
    assert client.post("/api/reviews", json=said, headers=wrong).status_code == 401
    right = {"authorization": f"Bearer {TOKEN}"}
    assert client.post("/api/reviews", json=said, headers=right).status_code == 201
    assert client.post("/api/try", json={"text": "x"}).status_code == 401


def test_who_enters_the_token_may_review(corpus: Path) -> None:
    client = open_pages(corpus, host="0.0.0.0", token=TOKEN, rate=10_000.0)
    page = client.get("/review").text
    csrf = re.search(r'name="csrf" value="(\w+)"', page)
    assert csrf
    assert client.post("/enter", data={"csrf": csrf[1], "token": "wrong"}).status_code == 401
    assert client.post("/enter", data={"csrf": csrf[1], "token": TOKEN}).status_code == 303
    fields = form(client, "/review?by=Ann&n=1")
    assert client.post("/review", data=fields).status_code == 303


def test_a_server_that_only_shows_takes_nothing(corpus: Path) -> None:
    client = open_pages(corpus, read_only=True)
    said = {"about": first_event(client)["id"], "verdict": "right", "by": "Ann"}
    assert client.post("/api/reviews", json=said).status_code == 403
    assert client.post("/api/try", json={"text": "A report."}).status_code == 403
    assert client.get("/review").status_code == 403
    assert client.get("/try").status_code == 403
    assert 'href="/review' not in client.get("/").text


def test_nobody_takes_back_what_another_said(corpus: Path) -> None:
    client = open_pages(corpus)
    said = {"about": first_event(client)["id"], "verdict": "right", "by": "Ann"}
    made = client.post("/api/reviews", json=said).json()["review"]["id"]
    assert client.post("/api/reviews/undo", json={"id": made, "by": "Bob"}).status_code == 400
    assert client.post("/api/reviews/undo", json={"id": made, "by": "Ann"}).status_code == 201


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "",
        "\\\\evil",
    ],
)
def test_nobody_is_sent_to_another_site(address: str) -> None:
    assert within(address) == "/review"


def test_a_page_of_our_own_is_gone_back_to() -> None:
    assert within("/review?by=Ann&n=3#x") == "/review?by=Ann&n=3"
