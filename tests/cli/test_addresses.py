"""``dragoman code https://…``: pages from a server on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import Result

from webserver import Answer, Site, serving

PAGE = (
    "<!doctype html><html><head><title>Norway and Sweden</title></head><body><article><h1>Norway and Sweden"
    "</h1><p>Norway recalled its ambassador from Sweden on Monday, the foreign ministry in Oslo said, after "
    "talks on fishing rights broke down. The minister told reporters that it was a clear signal.</p>"
    "</article></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_an_address_is_fetched_and_coded(site: Site, dragoman: Callable[..., Result]) -> None:
    site.answers["/a"] = Answer("", 301, {"Location": "/b"})
    site.answers["/b"] = Answer(PAGE)
    result = dragoman("code", f"{site.root}/a", "--allow-private", "--format", "jsonl")
    assert result.exit_code == 0, result.output
    (mention,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert mention["trigger"]["text"] == "recalled"
    assert mention["path"] == f"{site.root}/a"


def test_a_host_of_ones_own_network_is_refused_without_the_option(
    site: Site, dragoman: Callable[..., Result]
) -> None:
    site.answers["/a"] = Answer(PAGE)
    result = dragoman("code", f"{site.root}/a")
    assert result.exit_code == 2
    assert "not a public one" in result.stderr
    assert "--allow-private" in result.stderr
    assert site.asked == []


def test_an_address_that_gives_no_page_is_said_to_be_so(site: Site, dragoman: Callable[..., Result]) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /closed\n")
    result = dragoman("code", f"{site.root}/none", f"{site.root}/closed", "--allow-private")
    assert result.exit_code == 2
    assert "there is no such page (404)" in result.stderr
    assert "closes this page to programs" in result.stderr
