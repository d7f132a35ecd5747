"""What people do on the pages: search, review by keyboard and take it back, walk without a mouse."""

from __future__ import annotations

from browsing import Address, Watched


def test_a_review_by_keyboard_is_recorded_and_undone(reviewed: Address, page: Watched) -> None:
    seen = page.visit(f"{reviewed}/review?by=Ann")
    assert "0 judged by Ann" in seen.locator("main").inner_text()
    seen.keyboard.press("r")
    seen.get_by_text("Recorded: right").wait_for()
    seen.wait_for_load_state("networkidle")
    seen.keyboard.press("u")
    seen.wait_for_url("**done=*")


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
