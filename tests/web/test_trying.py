"""A pasted text is coded, within bounds, and kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.records import Coded, Document
from dragoman.web import trying
from web.conftest import open_pages

TEXT = (
    "Envoy recalled\n\n"
    "OSLO, May 3, 2021 (AFP) - Norway recalled its ambassador to Sweden, officials said on Monday."
)


class Idle:
    """A coder that reads nothing."""

    def dated(self, document: Document) -> Document:
        """The document."""
        return document

    def record(self, document: Document) -> Coded:
        """Nothing."""
        return Coded()


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is loaded."""
    monkeypatch.setattr(trying, "coder", Idle)


@pytest.fixture
def pasting(folder: Path) -> Iterator[TestClient]:
    """A client of its own."""
    with open_pages(folder, try_chars=500) as client:
        yield client


def paste(client: TestClient, text: str) -> Any:
    """What the page answers."""
    csrf = re.search(r'name="csrf" value="(\w+)"', client.get("/try").text)
    assert csrf
    return client.post("/try", data={"csrf": csrf[1], "text": text})


@pytest.mark.usefixtures("idle")
def test_a_text_without_events_says_so_and_stays_in_the_form(pasting: TestClient) -> None:
    page = paste(pasting, TEXT)
    assert page.status_code == 200
    assert "None were read" in page.text
    assert page.text.count("recalled its ambassador") == 2


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize(
    "text", ["", "x" * 501, "Ceci n'est pas un rapport en anglais, bien entendu, monsieur."]
)
def test_what_cannot_be_read_is_told(pasting: TestClient, text: str) -> None:
    assert paste(pasting, text).status_code in (400, 422)


@pytest.mark.usefixtures("idle")
def test_markup_in_a_text_stays_text(pasting: TestClient) -> None:
    page = paste(
        pasting, "Title\n\nHe said: </textarea><script>alert(1)</script> and went to the market in town."
    )
    assert "<script>alert" not in page.text


@pytest.mark.usefixtures("idle")
def test_one_text_at_a_time(pasting: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "PATIENCE", 0.01)
    with trying.BUSY:
        assert pasting.post("/api/try", json={"text": TEXT}).status_code == 429
    assert pasting.post("/api/try", json={"text": TEXT}).json()["event_mentions"] == []


@pytest.mark.model
def test_events_of_a_text_are_marked(pasting: TestClient) -> None:
    found = pasting.post("/api/try", json={"text": TEXT}).json()["event_mentions"]
    assert any(one["trigger"]["text"] == "recalled" for one in found)
    page = paste(pasting, TEXT).text
    assert 'class="mark trigger' in page
