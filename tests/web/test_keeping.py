"""What was answered is given again, as long as the corpus stays as it is."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.web import more_pages
from dragoman.web.keeping import Answer, Kept
from dragoman.web.library import Library, Reading
from war import war
from web.conftest import open_pages


def test_who_has_an_answer_is_told_that_it_still_holds(client: TestClient) -> None:
    first = client.get("/events?type=ASSAULT")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/events?type=ASSAULT", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"]
    assert client.get("/events?type=AID", headers={"if-none-match": tag}).status_code == 200


def test_a_kept_answer_asks_nothing_of_the_corpus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = open_pages(folder)
    first = client.get("/map")
    monkeypatch.setattr(more_pages, "whereabouts", lambda *_: pytest.fail("it is asked for again"))
    assert client.get("/map").text == first.text


def test_an_answer_of_another_version_is_not_given(tmp_path: Path) -> None:
    client = open_pages(war().write(tmp_path / "corpus"))
    before = client.get("/api/events?limit=1&sort=-origins").json()
    said = {"about": before["rows"][0]["id"], "field": "status", "value": "denied", "by": "Ann"}
    assert client.post("/api/reviews", json=said).status_code == 201
    client.app.state.library.renew_now()  # type: ignore[attr-defined]
    after = client.get("/api/events?limit=1&sort=-origins").json()
    assert after["version"] > before["version"]
    assert after["rows"][0]["status"] == "denied"
    old = client.get(f"/api/events?limit=1&sort=-origins&version={before['version']}").json()
    assert old["rows"][0]["status"] != "denied"


def test_what_bears_a_proof_for_one_reader_is_not_kept(client: TestClient) -> None:
    event = client.get("/api/events?limit=1").json()["rows"][0]["id"]
    for address in (f"/events/{event}", "/review?by=Ann", "/try"):
        assert client.get(address).headers["cache-control"] == "no-store"
        assert "etag" not in client.get(address).headers


def test_what_was_wrong_is_not_kept(client: TestClient) -> None:
    assert "etag" not in client.get("/events?type=NONE").headers


def test_the_oldest_answers_make_room() -> None:
    kept = Kept(most=3 * 600)
    for number in range(5):
        kept.put(("/", b"", number), Answer({"type": "http.response.start"}, b"x" * 100))
    assert list(kept.answers) == [("/", b"", number) for number in (2, 3, 4)]
    kept.put(("/large", b"", 1), Answer({"type": "http.response.start"}, b"x" * 5000))
    assert kept.size == 3 * 600


def test_what_many_ask_for_at_once_is_worked_out_once(folder: Path) -> None:
    library, counted, gate = Library(folder), Counter[str](), threading.Event()
    shelf = library.shelf(None, True)

    def make(_: Reading) -> int:
        counted["made"] += 1
        gate.wait(5)
        return 7

    found: list[int] = []
    reading = Reading(shelf.ground, shelf)
    threads = [threading.Thread(target=lambda: found.append(reading.once("k", make))) for _ in range(4)]
    for one in threads:
        one.start()
    gate.set()
    for one in threads:
        one.join()
    assert (found, counted["made"]) == ([7] * 4, 1)


def test_a_new_version_knows_what_was_asked_of_the_old(tmp_path: Path) -> None:
    client = open_pages(war().write(tmp_path / "corpus"))
    client.get("/")
    library = client.app.state.library  # type: ignore[attr-defined]
    said = {"about": client.get("/api/events?limit=1").json()["rows"][0]["id"], "verdict": "right", "by": "A"}
    client.post("/api/reviews", json=said)
    library.renew_now()
    assert "front" in library.shelves[library.newest, True].known
