"""Every page, as it is: quiet, usable with help, on a phone, in the dark, in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from browsing import Address, Watched, watching
from dragoman.web import Settings, create_app
from stories import event_id
from war import war

STORY = war()


def report(words: str) -> str:
    """The id of the report whose text begins so."""
    return next(one.id for one in STORY.documents if one.text.startswith(words))


WAYS = {
    "/": ["/"],
    "/events": ["/events", "/events?party=ARM&type=SANCTION&sort=-score", "/events?actor=Norway"],
    "/events/{event}": [f"/events/{event_id('ganja')}", f"/events/{event_id('refusal')}?version=2"],
    "/reports": ["/reports", "/reports?outlet=Reuters", "/reports?text=Ganja"],
    "/reports/{document}": [f"/reports/{report('Rivlin calls')}", f"/reports/{report('Yerevan has')}"],
    "/dyad": ["/dyad", "/dyad?first=ARM&second=ISR", "/dyad?first=Armenia&second=Azerbaijan&by=day"],
    "/compare": ["/compare", "/compare?first=ARM&second=AZE&with=ISR"],
    "/ties": ["/ties", "/ties?on=2020-10-20", "/ties?party=Israel&changed=2020-10"],
    "/actors": ["/actors", "/actors?name=ARM", "/actors?name=Pashinyan"],
    "/map": ["/map", "/map?party=ARM"],
    "/accuracy": ["/accuracy"],
    "/problems": ["/problems"],
    "/review": ["/review", "/review?by=Ann"],
    "/try": ["/try"],
    "/search": ["/search", "/search?q=Israel", "/search?q=nothing-has-this"],
    "/api": ["/api"],
}
"""For each page addresses that show it; what is left out takes no parameters."""


def addresses() -> list[str]:
    """Addresses that show every page there is."""
    return [address for ways in WAYS.values() for address in ways]


def test_every_page_is_visited(corpus: Path) -> None:
    app = create_app(Settings(corpus))
    shown = {
        route.path
        for route in all_routes(app)
        if "GET" in (getattr(route, "methods", None) or ()) and not route.path.startswith("/api/")
    }
    assert shown - set(WAYS) == set()


def all_routes(app):
    """Routes of the application, those of its routers included."""
    for route in app.routes:
        if hasattr(route, "methods"):
            yield route
        else:
            inner = getattr(route, "original_router", None) or getattr(route, "router", None)
            if inner is not None:
                yield from inner.routes


@pytest.mark.parametrize("address", addresses())
def test_a_page_has_no_serious_fault_for_who_is_helped_by_a_machine(
    site: Address, page: Watched, address: str
) -> None:
    seen = page.visit(site + address)
    assert page.axe() == []
    assert seen.locator("h1").count() == 1
    assert seen.locator("main").count() == 1


@pytest.mark.parametrize("address", addresses())
def test_a_page_fits_a_phone(site: Address, phone: Watched, address: str) -> None:
    phone.visit(site + address)
    assert phone.width() <= 390


@pytest.mark.parametrize("address", addresses())
def test_a_page_is_legible_in_the_dark(site: Address, browser, address: str) -> None:
    with watching(browser, color_scheme="dark") as watched:
        seen = watched.visit(site + address)
        assert watched.axe() == []
        assert luminance(seen.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.1


def luminance(colour: str) -> float:
    """How light a colour 'rgb(1, 2, 3)' is, from 0 to 1."""
    red, green, blue = (int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
