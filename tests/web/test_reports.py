"""A report's page has all of its text, and marks what was read in it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some

from dragoman.web.marking import paragraphs


def reports(client: TestClient) -> list[dict[str, Any]]:
    """The reports."""
    found: list[dict[str, Any]] = client.get("/api/reports").json()["rows"]
    return found


def test_the_whole_text_stands_on_the_page(client: TestClient) -> None:
    for row in reports(client)[:4]:
        told = client.get(f"/api/reports/{row['id']}").json()["report"]
        page = client.get(f"/reports/{row['id']}").text
        shown = unescape(re.sub(r"<[^>]+>", "", page.split('<div class="beside">')[0]))
        for paragraph in told["document"]["text"].split("\n\n"):
            assert paragraph.strip() in shown


def test_each_mention_is_marked_and_leads_to_its_event(client: TestClient) -> None:
    row = max(reports(client), key=lambda one: one["mentions"])
    told = client.get(f"/api/reports/{row['id']}").json()["report"]
    page = client.get(f"/reports/{row['id']}").text
    assert told["mentions"]
    for mention in told["mentions"]:
        assert f'id="t-{mention["id"]}"' in page
        assert f'id="m-{mention["id"]}"' in page
        assert f'href="/events/{mention["event"]}"' in page


def test_reports_are_found_by_words_and_days(client: TestClient) -> None:
    assert client.get("/api/reports?text=recalled").json()["total"] >= 2
    assert client.get("/api/reports?from=2099").json()["total"] == 0
    assert client.get("/reports?outlet=TASS").status_code == 200


def test_a_report_that_is_not_there_is_missing(client: TestClient) -> None:
    assert client.get("/reports/nothing").status_code == 404


def mention(name: str, start: int, end: int) -> dict[str, Any]:
    """A mention with a trigger and nothing else."""
    empty: dict[str, Any] = {"actors": [], "recipients": [], "attribution": [], "date": None, "place": None}
    return {"id": name, "trigger": {"start": start, "end": end}, **empty}


@given(
    some.text(alphabet="ab \n", max_size=60),
    some.lists(some.tuples(some.integers(-3, 70), some.integers(-3, 70)), max_size=6),
)
def test_no_mark_loses_or_doubles_a_character(text: str, spans: list[tuple[int, int]]) -> None:
    mentions = [mention(str(number), *span) for number, span in enumerate(spans)]
    found = paragraphs(text, mentions, None)
    told = ["".join(one.text for one in part.stretches) for part in found]
    assert told == [part for part in text.split("\n\n") if part.strip()]
