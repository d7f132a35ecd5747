"""What people do on the pages: read, see, compare, try a text, review by keyboard, walk without a mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.test_pages import report
from browsing import Address, Watched, watching
from dragoman.query import Record
from stories import event_id

MODEL = 180_000
"""Milliseconds that a first text may take: the models are loaded for it."""
GANJA = event_id("ganja")


def test_two_review_by_keyboard_and_each_sees_how_far_all_are(reviewed: Address, page: Watched) -> None:
    seen = page.visit(f"{reviewed}/review?by=Ann")
    told = seen.locator("main")
    assert "0 judged by Ann" in told.inner_text()
    first = seen.locator("#card-h").inner_text()
    seen.keyboard.press("r")
    seen.get_by_text("Recorded: right").wait_for()
    assert "1 judged by Ann" in told.inner_text()
    seen.wait_for_load_state("networkidle")
    seen.keyboard.press("w")
    seen.get_by_text("Recorded: wrong").wait_for()
    assert "2 judged by Ann" in told.inner_text()

    page.visit(f"{reviewed}/review?by=Bob")
    assert seen.locator("#card-h").inner_text() == first
    assert "0 judged by Bob" in told.inner_text()
    assert "2 by Ann" in told.inner_text()
    seen.keyboard.press("s")
    seen.get_by_text("2 of").first.wait_for()
    seen.wait_for_load_state("networkidle")
    seen.keyboard.press("r")
    seen.get_by_text("Recorded: right").wait_for()
    assert "1 judged by Bob" in told.inner_text()
    seen.wait_for_load_state("networkidle")
    seen.keyboard.press("u")
    seen.get_by_text("Your last verdict was taken back").wait_for()
    assert "0 judged by Bob" in told.inner_text()
    assert "2 by Ann" in told.inner_text()


def test_selected_words_become_a_correction(reviewed: Address, page: Watched, tmp_path: Path) -> None:
    seen = page.visit(f"{reviewed}/review?by=Ann")
    seen.locator("#field").select_option("place")
    seen.evaluate(
        "() => { const quote = document.querySelector('.quote mark'); const range = new Range();"
        "range.selectNodeContents(quote);"
        "document.activeElement.blur(); getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    words = seen.evaluate("String(getSelection()).trim()")
    seen.keyboard.press("c")
    assert seen.locator("#value").input_value() == words
    seen.locator("#value").fill("Ganja, AZE")
    seen.keyboard.press("Enter")
    seen.get_by_text("Recorded: place corrected").wait_for()
    (made,) = Record.open(tmp_path / "corpus").ground.snapshot.read_reviews()
    assert (made.field, made.reviewer) == ("place", "Ann")
    assert "Ganja" in (made.value or "")


def test_text_and_events_of_a_report_light_up_together(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/reports/{report('Rivlin calls')}")
    trigger = seen.locator(".reading .mark.trigger", has_text="offered")
    name = trigger.get_attribute("data-m")
    beside = seen.locator(f"li[data-m='{name}']")
    beside.hover()
    assert "lit" in (trigger.get_attribute("class") or "")
    seen.locator("h1").first.hover()
    assert seen.locator(".lit").count() == 0
    trigger.hover()
    assert "lit" in (beside.get_attribute("class") or "")
    trigger.click()
    assert seen.url.endswith(f"#m-{name}")
    assert "Jerusalem Post" in beside.locator(".path").inner_text()


def test_a_dyad_leads_to_the_sentence_and_its_report(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/dyad?first=ARM&second=ISR")
    assert seen.locator("#score svg .dot").count() > 0
    assert seen.locator("#ties svg .bar").count() > 0
    seen.locator(f"a[href*='{event_id('recall')}']").first.click()
    seen.wait_for_url("**/events/e*")
    assert seen.locator("mark", has_text="recalled").count() > 0
    seen.locator(".mentions a[href*='/reports/']").first.click()
    seen.wait_for_url("**/reports/**")
    assert seen.locator(".mark.trigger", has_text="recalled").count() > 0


def test_a_comparison_is_asked_for_in_the_form(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/compare")
    for name, value in {
        "One": "Armenia",
        "Another": "Azerbaijan",
        "In what they have with": "Israel",
    }.items():
        seen.get_by_label(name, exact=True).fill(value)
    seen.get_by_role("button", name="Compare").click()
    seen.wait_for_url("**/compare?first=Armenia&second=Azerbaijan&with=Israel")
    assert "Armenia refused Israel" in seen.locator(".differences").first.inner_text()


def test_the_map_leads_from_a_town_to_its_events(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/map?party=ARM")
    town = seen.locator("#map a[aria-label^='Ganja:']")
    before = seen.locator("#map svg > g").first.get_attribute("transform")
    seen.get_by_role("button", name="nearer").click()
    assert seen.locator("#map svg > g").first.get_attribute("transform") != before
    assert town.get_attribute("href") == "/events?place=Ganja&party=ARM"
    town.focus()
    seen.keyboard.press("Enter")
    seen.wait_for_url("**/events?place=Ganja&party=ARM")
    assert "Ganja" in seen.locator("main").inner_text()


def test_the_slider_of_days_changes_the_address(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/ties")
    seen.locator("#day-slider").focus()
    seen.keyboard.press("Home")
    seen.wait_for_url("**/ties?on=*")
    assert seen.locator("main h1").inner_text().startswith("Ties on")


def test_charts_and_lists_can_be_kept(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/dyad?first=ARM&second=ISR")
    for form, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with seen.expect_download() as told:
            seen.locator(f"#score [data-save={form}]").click()
        kept = Path(told.value.path()).read_bytes()
        assert kept.startswith(begins)
        if form == "svg":
            assert "Mean score of what is said to have happened" in kept.decode()
            assert "version" in kept.decode()
    links = seen.evaluate("[...document.querySelectorAll('main a[href*=\"/api/\"]')].map((one) => one.href)")
    assert links
    for address in links:
        answer = seen.request.get(address)
        assert answer.ok, address


def test_search_finds_events_by_their_words(site: Address, page: Watched) -> None:
    seen = page.visit(site)
    seen.get_by_role("searchbox").fill("medicines")
    seen.keyboard.press("Enter")
    seen.wait_for_url("**/search?q=medicines")
    assert "food and medicines" in seen.locator("main").inner_text()


def test_the_first_tab_leads_past_the_head(site: Address, page: Watched) -> None:
    seen = page.visit(site)
    seen.keyboard.press("Tab")
    seen.keyboard.press("Enter")
    assert seen.evaluate("document.activeElement.id") == "content"


HERE = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect(), look = getComputedStyle(one);
  return {
    name: one.getAttribute('aria-label') || one.innerText || one.name || one.id || one.tagName,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth,
    marked: look.outlineStyle !== 'none',
  };
}"""


@pytest.mark.parametrize(
    "address", ["/events?limit=5", "/dyad?first=ARM&second=ISR", f"/events/{GANJA}", "/map"]
)
def test_all_of_a_page_is_reached_by_keyboard_and_focus_is_seen(
    site: Address, page: Watched, address: str
) -> None:
    seen = page.visit(site + address)
    wanted = seen.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]"
        ".filter((one) => one.checkVisibility() && !one.disabled).length"
    )
    reached = []
    for _ in range(wanted + 30):
        seen.keyboard.press("Tab")
        here = seen.evaluate(HERE)
        if here is None:
            break
        reached.append(here)
    assert len(reached) >= wanted
    assert [one["name"] for one in reached if not one["seen"]] == []
    assert [one["name"] for one in reached if not one["marked"]] == []


@pytest.mark.parametrize("address", ["/ties", "/reports", f"/events/{GANJA}", "/accuracy"])
def test_tables_are_tables_for_who_hears_them_on_a_phone(site: Address, phone: Watched, address: str) -> None:
    phone.visit(site + address)
    assert phone.axe() == []


def test_pages_say_the_same_without_scripts(site: Address, browser) -> None:
    with watching(browser, java_script_enabled=False) as watched:
        seen = watched.page
        for address in ("/", "/dyad?first=ARM&second=ISR", "/map", "/review?by=Ann"):
            seen.goto(site + address)
            assert seen.locator("main h1").count() == 1
            assert seen.locator("main table, main .event, main .card").count() > 0


@pytest.mark.model
def test_a_pasted_text_is_coded_on_the_page(site: Address, page: Watched) -> None:
    seen = page.visit(f"{site}/try")
    seen.get_by_role("link", name="Put an example in").click()
    seen.wait_for_url("**/try?example=true")
    seen.get_by_role("button", name="Code it").click(timeout=MODEL)
    seen.get_by_role("heading", name=re.compile("^Events")).wait_for(timeout=MODEL)
    recall = seen.locator(".mark.trigger", has_text="recalled")
    assert recall.count() > 0
    beside = seen.locator(f"li[data-m~='{(recall.first.get_attribute('data-m') or '').split()[0]}']")
    assert "Armenia" in beside.inner_text()
    beside.hover()
    assert "lit" in (recall.first.get_attribute("class") or "")
    assert seen.locator(".reading .mark.lit.actor").count() > 0
    assert page.axe() == []
