"""Hostile texts, parameters, paths and headers: nothing runs, nothing is told, nothing breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.records import Document, Source
from dragoman.web import trying
from stories import Act, Story, person, state
from web.conftest import open_pages

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<iframe src=javascript:alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>\u2066alert(1)",
    "]]><script>alert(1)</script>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{background:url(https://evil.example/)}</style>",
)
SQL = (
    "' OR 1=1 --",
    "'; DROP VIEW record; --",
    "1) UNION SELECT * FROM read_text('/etc/passwd') --",
    "ARM') OR ('1'='1",
    "x' AND (SELECT count(*) FROM glob('/**')) > 0 --",
    "\\'; ATTACH 'x.db'; --",
    "$1",
    "?",
    "%",
    "\x00",
    "é" * 90,
    "a\r\nset-cookie: x=1",
)
PATHS = (
    "/static/../app.py",
    "/static/..%2f..%2f..%2fetc/passwd",
    "/static/%2e%2e/%2e%2e/errors.py",
    "/static/....//....//etc/passwd",
    "/static//etc/passwd",
    "/static/vendor/%00",
    "/events/..%2f..%2fcorpus.json",
    "/reports/%2e%2e%2fcorpus.json",
    "/events/%00",
    "/events/%ff%fe",
    "/reports/" + "a" * 5000,
    "/api/events/'%20OR%201=1",
)
FIELDS = (
    "actor", "recipient", "party", "place", "country", "speaker", "outlet", "text", "type", "mode", "context",
    "status", "quad", "from", "to", "sort", "limit", "offset", "version", "reviews", "min_origins",
    "min_confidence", "contested", "between",
)  # fmt: skip


LEADING = ("src", "href", "action", "formaction", "xlink:href")


class Reader(HTMLParser):
    """What of a page could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}={value}")
            if name in LEADING and text.startswith(("javascript:", "vbscript:", "data:")):
                self.found.append(f"{tag} {name}={value}")
            if name in LEADING and text.startswith(("http:", "https:", "//", "data:")):
                self.found.append(f"{tag} {name}={value}")
        if tag in ("iframe", "object", "embed", "base", "style", "img", "math", "svg"):
            self.found.append(tag)
        if tag == "script" and "src" not in told and told.get("type") != "application/json":
            self.found.append("script")
        if tag == "meta" and "http-equiv" in told:
            self.found.append("meta")


def harm_in(page: str) -> list[str]:
    """What of the page could run."""
    reader = Reader()
    reader.feed(page)
    return reader.found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages of a corpus whose every word comes from an enemy."""
    story = Story()
    for number, words in enumerate(HOSTILE):
        text = f"{words} title {number}\n\nNorway acted {words} against Sweden {number} on Monday."
        says = Source(words, "person", None, words[:20])
        story.report(
            words,
            "2021-03-05",
            text,
            Act(
                f"a{number}", "acted", "ASSAULT", [person(words, "NOR", words)], [state("SWE", words)],
                when="2021-03-04", sources=(says,),
            ),
        )  # fmt: skip
    path = story.write(tmp_path_factory.mktemp("hostile") / "corpus")
    with open_pages(path) as client:
        yield client


def test_no_page_of_a_hostile_corpus_has_anything_that_runs(hostile: TestClient) -> None:
    events = [row["id"] for row in hostile.get("/api/events?limit=100").json()["rows"]]
    reports = [row["id"] for row in hostile.get("/api/reports?limit=100").json()["rows"]]
    assert len(events) == len(reports) == len(HOSTILE)
    addresses = [*(f"/events/{one}" for one in events), *(f"/reports/{one}" for one in reports)]
    addresses += ["/", "/events", "/reports", "/dyad?first=NOR&second=SWE", "/actors", "/actors?name=NOR"]
    addresses += ["/map", "/ties", "/accuracy?by=outlet", "/problems", "/review?by=Ann", "/search?q=alert"]
    for address in addresses:
        answer = hostile.get(address)
        assert answer.status_code == 200, address
        assert harm_in(answer.text) == [], address


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_asked_for_never_runs(client: TestClient, words: str) -> None:
    for address, name in (
        ("/search", "q"), ("/events", "text"), ("/events", "actor"), ("/events", "type"), ("/events", "sort"),
        ("/actors", "name"), ("/ties", "party"), ("/review", "by"), ("/reports", "outlet"),
        ("/dyad", "first"), ("/compare", "with"), ("/accuracy", "by"), ("/review", "done"),
    ):  # fmt: skip
        given = {name: words} | ({"second": "ARM", "first": "AZE"} if address == "/compare" else {})
        answer = client.get(address, params=given)
        assert answer.status_code < 500
        assert harm_in(answer.text) == [], (address, name)


@pytest.mark.parametrize("words", HOSTILE)
def test_data_in_a_page_cannot_end_its_element(hostile: TestClient, words: str) -> None:
    page = hostile.get("/map").text
    for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S):
        json.loads(block)
        assert "<" not in block


@pytest.mark.parametrize("words", SQL)
def test_parameters_are_values_and_never_sql(client: TestClient, words: str) -> None:
    for name in FIELDS:
        for address in ("/events", "/api/events", "/api/timeline", "/map", "/dyad?first=ARM&second=ISR"):
            answer = client.get(address, params={name: words})
            assert answer.status_code < 500, (address, name)
            assert "root:" not in answer.text
    assert client.get("/api/events?limit=1").json()["total"] > 0


@pytest.mark.parametrize("path", PATHS)
def test_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (307, 400, 404, 405, 414, 422), path
    assert "root:" not in answer.text
    assert "import annotations" not in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-original-url", "/api/reviews"),
        ("cookie", "dragoman_session=" + "a" * 43), ("cookie", "=;;;=\x7f"), ("authorization", "Bearer "),
        ("content-length", "-1"), ("accept", "*/*;q=" + "9" * 500), ("range", "bytes=0-18446744073709551615"),
        ("if-none-match", "*" * 1000), ("origin", "null"), ("origin", "http://[::1"), ("host", "[::1"),
    ],
)  # fmt: skip
def test_headers_do_no_harm(client: TestClient, name: str, value: str) -> None:
    for address in ("/", "/static/site.css", "/api/events?limit=1"):
        answer = client.get(address, headers={name: value})
        assert answer.status_code < 500
        assert "evil.example" not in answer.text
        assert "access-control-allow-origin" not in answer.headers


def test_bodies_that_are_no_forms_are_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "coder", lambda: pytest.fail("nothing is coded"))
    for body in (
        b"{",
        b"\xff\xfe",
        b'{"about": "\\ud800", "by": "x"}',
        b"[" * 5000,
        b'{"text": 1e999}',
        b"null",
    ):
        for address in ("/api/reviews", "/api/reviews/undo", "/api/try"):
            answer = client.post(address, content=body, headers={"content-type": "application/json"})
            assert 400 <= answer.status_code < 500, (address, body[:20])


def test_a_document_address_that_runs_is_no_link(tmp_path: Path) -> None:
    from dragoman.web.rendering import web_address

    assert web_address("javascript:alert(1)") is None
    assert web_address("data:text/html,x") is None
    assert web_address("https://[") is None
    assert web_address("https://example.org/a") == "https://example.org/a"
    assert Document("x", "y").address is None
