"""Rounds over feeds on loopback, with a corpus and a reader of pages made by hand."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Timer

import pytest

from dragoman.errors import InputError
from dragoman.fetching import Fetcher, Page
from dragoman.records import Document, Problem
from dragoman.watching import Evidence, Feed, State, Watch
from webserver import QUICK, Answer, Asked, Site, serving


class Shelf:
    """Keeps documents by their id."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self.batches: list[int] = []

    def add(self, documents: Sequence[Document], problems: Sequence[Problem]) -> int:
        before = len(self.documents)
        self.batches.append(len(documents))
        self.documents |= {one.id: one for one in documents}
        self.problems += problems
        return len(self.documents) - before


def make(page: Page, evidence: Evidence) -> Document:
    text = page.body.decode()
    if "unreadable" in text:
        raise InputError("there is no text in it", "save it as a file")
    key = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Document(key, text, outlet=evidence.outlet, published=evidence.day(), address=page.address)


def rss(site: Site, *names: str, extra: str = "") -> str:
    items = "".join(
        f"<item><title>{name}</title><link>{site.root}/{name}</link><guid>{name}</guid>"
        f"<pubDate>Mon, 06 Sep 2021 23:30:00 -0500</pubDate>{extra}</item>"
        for name in names
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


def pages(site: Site, *names: str) -> None:
    for name in names:
        site.answers[f"/{name}"] = Answer(f"<p>The words of {name}.</p>")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def watch(state: State, fetcher: Fetcher, shelf: Shelf) -> Watch:
    return Watch(state, fetcher, shelf, make)


def test_each_new_entry_becomes_a_document_once(site: Site, watch: Watch, shelf: Shelf) -> None:
    site.answers["/rss"] = Answer(rss(site, "a", "b"))
    pages(site, "a", "b", "c")
    feed = Feed(site.root + "/rss", "The Norland Times")
    first = watch.round([feed])
    assert (first.new, first.documents, first.waiting) == (2, 2, 0)
    site.answers["/rss"] = Answer(rss(site, "c", "a", "b"))
    second = watch.round([feed])
    assert (second.new, second.documents) == (1, 1)
    assert {one.address for one in shelf.documents.values()} == {f"{site.root}/{name}" for name in "abc"}
    assert [site.count(f"/{name}") for name in "abc"] == [1, 1, 1]
    document = next(iter(shelf.documents.values()))
    assert document.outlet == "The Norland Times"
    assert document.published is not None
    assert (document.published.start, document.published.rule) == (date(2021, 9, 6), "feed/published")


def test_a_page_in_two_feeds_is_fetched_once(site: Site, watch: Watch) -> None:
    pages(site, "a")
    site.answers["/a?utm_source=x"] = Answer("never asked for")
    site.answers["/one"] = Answer(rss(site, "a"))
    site.answers["/two"] = Answer(rss(site, "a").replace("/a<", "/a?utm_source=x<").replace(">a</g", ">q</g"))
    assert watch.round([Feed(site.root + "/one")]).documents == 1
    assert watch.round([Feed(site.root + "/two")]).new == 0


def test_unchanged_feeds_are_asked_for_no_more_than_that(site: Site, watch: Watch) -> None:
    def answer(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"1"'
        return Answer("" if known else rss(site, "a"), 304 if known else 200, {"ETag": '"1"'})

    site.answers["/rss"] = answer
    pages(site, "a")
    feeds = [Feed(site.root + "/rss")]
    assert watch.round(feeds).unchanged == 0
    again = watch.round(feeds)
    assert (again.unchanged, again.new) == (1, 0)
    assert "1 unchanged" in again.line()


def test_one_bad_feed_never_stops_the_rest(site: Site, watch: Watch, shelf: Shelf) -> None:
    pages(site, "a")
    site.answers["/good"] = Answer(rss(site, "a"))
    site.answers["/page"] = Answer("<html><body>no feed</body></html>")
    site.answers["/broken"] = Answer(b"\x00\xff" * 100)
    site.answers["/busy"] = Answer("", 503)
    site.answers["/packed"] = Answer(b"nonsense", headers={"Content-Encoding": "gzip"})
    bad = ("page", "broken", "busy", "packed", "missing")
    told: list[str] = []
    watch.say = told.append
    done = watch.round([Feed(f"{site.root}/{name}") for name in (*bad, "good")] + [Feed("http://[::1/")])
    assert done.documents == 1
    assert sorted(feed.rpartition("/")[2] for feed, _ in done.faults) == sorted([*bad, ""])
    assert len(told) == 6
    assert {one.path.rpartition("/")[2] for one in shelf.problems} == {"page", "broken", "missing", ""}
    assert "6 failed" in done.line()


def test_a_feed_that_failed_is_left_alone_for_a_while(site: Site, watch: Watch) -> None:
    site.answers["/rss"] = Answer("", 503, {"Retry-After": "7200"})
    feeds = [Feed(site.root + "/rss")]
    now = time.time()
    watch.round(feeds)
    assert watch.round(feeds).asked == 0
    watch.clock = lambda: now + 7000
    assert watch.round(feeds).asked == 0
    watch.clock = lambda: now + 7300
    assert watch.round(feeds).asked == 1
    assert watch.state.feed(feeds[0].address).failures == 2


def test_a_feed_that_was_asked_just_now_is_not_asked_again_after_a_start(site: Site, watch: Watch) -> None:
    site.answers["/rss"] = Answer(rss(site))
    feeds = [Feed(site.root + "/rss")]
    assert [watch.round(feeds, every=900).asked for _ in range(2)] == [1, 0]
    later = time.time() + 900
    watch.clock = lambda: later
    assert watch.round(feeds, every=900).asked == 1


def test_pages_that_can_not_be_had_become_problems(site: Site, watch: Watch, shelf: Shelf) -> None:
    site.answers["/rss"] = Answer(rss(site, "a", "gone", "empty", "closed"))
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /closed\n")
    site.answers["/gone"] = Answer("", 410)
    site.answers["/empty"] = Answer("unreadable")
    pages(site, "a")
    done = watch.round([Feed(site.root + "/rss")])
    assert (done.documents, done.left_out, done.waiting) == (1, 3, 0)
    assert [one.path.rpartition("/")[2] for one in shelf.problems] == ["gone", "empty", "closed"]
    assert all(one.reason and one.remedy for one in shelf.problems)


def test_pages_that_may_come_later_are_tried_five_times(site: Site, watch: Watch, shelf: Shelf) -> None:
    site.answers["/rss"] = Answer(rss(site, "a"))
    site.answers["/a"] = Answer("", 500)
    feeds = [Feed(site.root + "/rss")]
    start = time.time()
    counts = []
    for days in range(7):
        watch.clock = lambda at=start + days * 200_000: at
        done = watch.round(feeds)
        counts.append((done.waiting, done.left_out))
    assert counts == [(1, 0)] * 4 + [(0, 1)] + [(0, 0)] * 2
    assert site.count("/a") == 5
    assert "500" in shelf.problems[0].reason


def test_a_host_that_wants_hours_between_pages_gets_them(site: Site, watch: Watch, shelf: Shelf) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7200\nDisallow:\n")
    items = [{"id": name, "url": f"/{name}"} for name in "abc"]
    body = json.dumps({"items": items})
    pages(site, *"abc")
    with serving() as other:
        other.answers["/feed.json"] = Answer(body.replace('"/', f'"{site.root}/'))
        feeds = [Feed(other.root + "/feed.json")]
        # Both servers are one host by name; robots.txt is asked for by port.
        done = watch.round(feeds)
    assert (done.documents, done.waiting, done.left_out) == (1, 2, 0)
    assert [one.tries for one in watch.state.pending(time.time() + 8000)] == [0, 0]


def test_a_host_that_fails_again_and_again_is_left_for_the_next_round(site: Site, watch: Watch) -> None:
    names = [f"n{number}" for number in range(20)]
    site.answers["/rss"] = Answer(rss(site, *names))
    for name in names:
        site.answers[f"/{name}"] = Answer("", 502)
    assert watch.round([Feed(site.root + "/rss")]).waiting == 20
    assert sum(site.count(f"/{name}") for name in names) == 3


def test_a_thousand_entries_are_taken_in_batches(site: Site, watch: Watch, shelf: Shelf) -> None:
    names = [f"n{number}" for number in range(1_000)]
    items = [{"id": name, "url": f"/{name}", "title": name} for name in names]
    site.answers["/feed.json"] = Answer(json.dumps({"version": "x", "items": items}))
    pages(site, *names)
    done = watch.round([Feed(site.root + "/feed.json")])
    assert (done.new, done.documents, done.waiting) == (1_000, 1_000, 0)
    assert len(shelf.documents) == 1_000
    assert max(shelf.batches) <= 64
    assert watch.round([Feed(site.root + "/feed.json")]).new == 0


def test_an_entry_without_an_address_is_taken_by_its_own_words(
    site: Site, watch: Watch, shelf: Shelf
) -> None:
    items = [{"id": "1", "title": "A <b>", "content_html": "<p>Norland recalled its envoy.</p>"}]
    site.answers["/feed.json"] = Answer(json.dumps({"items": items}))
    watch.round([Feed(site.root + "/feed.json")])
    (document,) = shelf.documents.values()
    assert "<title>A &lt;b&gt;</title>" in document.text
    assert "<p>Norland recalled its envoy.</p>" in document.text
    assert document.address == site.root + "/feed.json"


def test_addresses_in_feeds_that_are_not_of_the_web_are_problems(
    site: Site, watch: Watch, shelf: Shelf
) -> None:
    items = [
        {"id": str(n), "url": url} for n, url in enumerate(["javascript:alert(1)", "file:///etc/passwd"])
    ]
    site.answers["/feed.json"] = Answer(json.dumps({"items": items}))
    watch.round([Feed(site.root + "/feed.json")])
    assert {one.path for one in shelf.problems} == {"javascript:alert(1)", "file:///etc/passwd"}


def test_a_feed_can_not_make_the_watch_speak_to_private_hosts(site: Site, state: State, shelf: Shelf) -> None:
    site.answers["/rss"] = Answer(rss(site).replace("</channel>", ITEM % f"http://127.0.0.2:{site.port}/x"))
    site.answers["/x"] = Answer("secret")
    with Fetcher(QUICK(allow_private=False), is_public="127.0.0.1".__eq__) as fetcher:
        Watch(state, fetcher, shelf, make).round([Feed(site.root + "/rss")])
    assert site.count("/x") == 0
    assert "not a public one" in shelf.problems[0].reason


ITEM = "<item><title>x</title><link>%s</link></item></channel>"


def test_stopping_keeps_what_is_in_hand_and_leaves_the_rest(
    site: Site, state: State, shelf: Shelf, tmp_path: Path
) -> None:
    names = [f"n{number}" for number in range(50)]
    site.answers["/rss"] = Answer(rss(site, *names))
    pages(site, *names)
    feeds = [Feed(site.root + "/rss")]
    with Fetcher(QUICK(delay=0.05)) as fetcher:
        watch = Watch(state, fetcher, shelf, make)
        real = watch.page_of

        def page_of(one: object) -> Page:
            Timer(0.3, fetcher.stop.set).start()
            return real(one)  # type: ignore[arg-type]

        watch.page_of = page_of  # type: ignore[method-assign]
        began = time.monotonic()
        done = watch.round(feeds)
        assert time.monotonic() - began < 10
    assert 0 < done.documents < 50
    assert done.documents == len(shelf.documents) == 50 - done.waiting
    with Fetcher(QUICK()) as fetcher:
        Watch(state, fetcher, shelf, make).round(feeds)
    assert len(shelf.documents) == 50
    assert all(site.count(f"/{name}") <= 2 for name in names)


def test_rounds_follow_each_other_until_stopped(site: Site, watch: Watch) -> None:
    site.answers["/rss"] = Answer(rss(site))
    feeds = [Feed(site.root + "/rss")]
    done = 0
    for one in watch.rounds(lambda: feeds, every=0.2):
        done += 1
        assert one.feeds == 1
        if done == 3:
            watch.stop.set()
    assert done == 3
    assert site.count("/rss") == 3


def test_a_round_ends_in_time_for_the_next(site: Site, state: State, shelf: Shelf) -> None:
    names = [f"n{number}" for number in range(100)]
    site.answers["/rss"] = Answer(rss(site, *names))
    pages(site, *names)
    with Fetcher(QUICK(delay=0.1)) as fetcher:
        watch = Watch(state, fetcher, shelf, make)
        watch.ask_feeds([Feed(site.root + "/rss")], None, watch.round([]))
        done = watch.round([], until=time.time() + 1)
    assert 0 < done.documents < 100
    assert done.waiting == 100 - done.documents


def test_a_fault_of_the_corpus_stops_the_watch_at_once(site: Site, watch: Watch, shelf: Shelf) -> None:
    names = [f"n{number}" for number in range(100)]
    site.answers["/rss"] = Answer(rss(site, *names))
    pages(site, *names)

    def full(documents: object, problems: object) -> int:
        raise OSError(28, "No space left on device")

    shelf.add = full  # type: ignore[method-assign]
    began = time.monotonic()
    with pytest.raises(OSError, match="No space"):
        watch.round([Feed(site.root + "/rss")])
    assert time.monotonic() - began < 30
    assert watch.state.count_pending() == 100
