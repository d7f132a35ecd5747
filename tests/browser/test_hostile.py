"""Nothing that stands in a report, a name or a review ever runs in the browser of who reads it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from browsing import Address, Watched
from hostile import STRINGS, hostile_reports
from stories import event_id

PAGES = [
    "/",
    "/events?limit=100",
    "/reports",
    "/dyad?first=NOR&second=SWE",
    "/compare?first=NOR&second=SWE&with=DNK",
    "/ties",
    "/ties?changed=2021",
    "/actors",
    "/actors?name=NOR",
    "/map",
    "/accuracy",
    "/problems",
]
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
RUNNING = """() => {
  const told = (one) => one.outerHTML.slice(0, 200);
  const leads = /^(href|src|action|formaction|xlink:href)$/i;
  const bad = /^(iframe|object|embed|base|style|math|noscript|animate)$/i;
  const runs = (one) => [...one.attributes].some((each) =>
    /^on/i.test(each.name) || each.name === 'srcdoc' || each.name === 'style'
    || (leads.test(each.name) && /^\\s*(javascript|data|vbscript):/i.test(each.value)));
  const script = (one) => one.tagName === 'SCRIPT' && !one.src && one.type !== 'application/json';
  return [...document.querySelectorAll('*')]
    .filter((one) => runs(one) || bad.test(one.tagName) || script(one)).map(told);
}"""
"""Elements that could run something: our own pages have none."""


@pytest.fixture
def trap(page: Watched) -> Watched:
    """A page on which what runs leaves a trace."""
    page.page.add_init_script("window.ran = () => { window.hasRun = true; }")
    return page


def check(page: Watched, address: Address) -> None:
    """Looks at the page, unfolds what is folded, and sees that nothing came of it."""
    seen = page.visit(address)
    seen.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    seen.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    assert not seen.evaluate("window.hasRun"), address
    assert seen.evaluate(RUNNING) == [], address
    assert seen.locator("main").count() == 1, address
    assert not STEERING.search(seen.locator("body").inner_text()), address
    assert not STEERING.search(seen.title()), address


def test_pages_show_hostile_words_as_words(hostile: Address, trap: Watched) -> None:
    for address in PAGES:
        check(trap, hostile + address)


def test_the_words_are_there_to_be_read(hostile: Address, trap: Watched) -> None:
    seen = trap.visit(f"{hostile}/events?limit=100")
    told = seen.locator("main").inner_text()
    for nasty in STRINGS[:5]:
        assert nasty in told
    assert "{{ 7*7 }}" in told


def test_events_show_hostile_words_as_words(hostile: Address, trap: Watched) -> None:
    for number in range(len(STRINGS) + 1):
        check(trap, f"{hostile}/events/{event_id(f'h{number}')}")


def test_reports_show_hostile_words_as_words(hostile: Address, trap: Watched) -> None:
    for document in hostile_reports():
        check(trap, f"{hostile}/reports/{document}")


def test_what_is_asked_for_is_shown_as_words(hostile: Address, trap: Watched) -> None:
    trap.expected = ("400", "404", "422")
    for nasty in STRINGS:
        asked = quote(nasty.replace("\x00", ""), safe="")
        check(trap, f"{hostile}/events?actor={asked}&text={asked}&place={asked}")
        check(trap, f"{hostile}/search?q={asked}")
        check(trap, f"{hostile}/dyad?first={asked}&second={asked}")
        check(trap, f"{hostile}/events/{quote(asked, safe='')}")
