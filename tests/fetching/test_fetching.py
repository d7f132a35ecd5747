"""Pages from a server on loopback: what is taken, refused, waited for and asked again."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event, Thread, Timer

import pytest

from dragoman.errors import FetchError
from dragoman.fetching import Fetcher, Limits, fetch
from webserver import OPEN, QUICK, Answer, Asked, Site


def refusal(site: Site, path: str, **limits: object) -> FetchError:
    with pytest.raises(FetchError) as refused:
        fetch(site.root + path, QUICK(**limits))
    return refused.value


def test_a_page_comes_with_what_its_host_says_of_it(site: Site) -> None:
    headers = {
        "Content-Type": "Text/HTML; Charset=windows-1251",
        "ETag": '"a1"',
        "Last-Modified": "Mon, 04 Jan 2021 10:00:00 GMT",
    }
    site.answers["/a"] = Answer("мир".encode("cp1251"), headers=headers)
    page = fetch(site.root + "/a#part", QUICK())
    assert (page.address, page.status) == (site.root + "/a", 200)
    assert (page.content_type, page.charset) == ("text/html", "windows-1251")
    assert page.body.decode("cp1251") == "мир"
    assert (page.etag, page.last_modified) == ('"a1"', "Mon, 04 Jan 2021 10:00:00 GMT")


def test_hosts_are_told_honestly_who_asks(site: Site) -> None:
    site.answers["/a"] = Answer("x")
    fetch(site.root + "/a", QUICK(contact="mailto:who@example.org"))
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("Dragoman/")
    assert "+mailto:who@example.org" in site.asked[0].headers["user-agent"]


def test_an_unchanged_page_comes_without_a_body(site: Site) -> None:
    def answer(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"a1"'
        assert asked.headers.get("if-modified-since") in (None, "Mon, 04 Jan 2021 10:00:00 GMT")
        return Answer("" if known else "new", 304 if known else 200, {"ETag": '"a1"'})

    site.answers["/a"] = answer
    with Fetcher(QUICK()) as fetcher:
        first = fetcher.fetch(site.root + "/a")
        again = fetcher.fetch(
            site.root + "/a", etag=first.etag, last_modified="Mon, 04 Jan 2021 10:00:00 GMT"
        )
    assert (first.body, first.unchanged) == (b"new", False)
    assert (again.body, again.unchanged, again.etag) == (b"", True, '"a1"')


def test_a_304_that_nobody_asked_for_is_no_page(site: Site) -> None:
    site.answers["/a"] = Answer("", 304)
    assert "304" in refusal(site, "/a").reason


@pytest.mark.parametrize("packing", ["gzip", "deflate", "bare"])
def test_packed_pages_are_unpacked(site: Site, packing: str) -> None:
    words = b"Norland recalled its ambassador. " * 10_000
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(words, mtime=0),
        "deflate": zlib.compress(words),
        "bare": bare.compress(words) + bare.flush(),
    }
    name = "deflate" if packing == "bare" else packing
    site.answers["/a"] = Answer(packed[packing], headers={"Content-Encoding": name})
    assert fetch(site.root + "/a", QUICK()).body == words
    assert site.asked[-1].headers["accept-encoding"] == "gzip, deflate"


def test_a_packed_page_that_comes_byte_by_byte_is_unpacked(site: Site) -> None:
    packed = zlib.compress(b"words")
    pieces = [packed[i : i + 1] for i in range(len(packed))]
    site.answers["/a"] = Answer(headers={"Content-Encoding": "deflate"}, pieces=pieces)
    assert fetch(site.root + "/a", QUICK()).body == b"words"


def test_a_gzip_bomb_is_dropped_without_being_unpacked(site: Site) -> None:
    engine = zlib.compressobj(9, wbits=31)
    bomb = b"".join(engine.compress(bytes(10_000_000)) for _ in range(6)) + engine.flush()
    site.answers["/a"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    try:
        fault = refusal(site, "/a", max_bytes=2_000_000)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "more than 2,000,000 bytes" in fault.reason
    assert most < 8_000_000


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd"])
def test_packings_that_were_not_asked_for_are_refused(site: Site, packing: str) -> None:
    site.answers["/a"] = Answer(b"\x1f\x8b" + b"0" * 100, headers={"Content-Encoding": packing})
    assert "not asked for" in refusal(site, "/a").reason


@pytest.mark.parametrize(
    "packed", [b"\x1f\x8bnonsense", gzip.compress(b"words" * 100, mtime=0)[:-12], b"\x1f"]
)
def test_broken_packings_are_a_reason_not_a_traceback(site: Site, packed: bytes) -> None:
    site.answers["/a"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    assert not refusal(site, "/a", attempts=1).lasting


def test_a_page_over_the_limit_is_refused_by_what_it_declares(site: Site) -> None:
    site.answers["/a"] = Answer(b"", headers={"Content-Length": "99999999999"})
    assert "more than 1,000 bytes" in refusal(site, "/a", max_bytes=1_000).reason


def test_a_page_over_the_limit_is_refused_while_it_arrives(site: Site) -> None:
    site.answers["/a"] = Answer(pieces=[b"x" * 600] * 1_000, pause=0.001)
    assert "more than 1,000 bytes" in refusal(site, "/a", max_bytes=1_000).reason


def test_a_page_that_drips_is_given_up_in_time(site: Site) -> None:
    site.answers["/a"] = Answer(pieces=[b"x"] * 200, pause=0.05)
    began = time.monotonic()
    fault = refusal(site, "/a", seconds=0.5, attempts=1)
    assert time.monotonic() - began < 6
    assert not fault.lasting
    assert "longer than 0.5 s" in fault.reason


def test_a_page_that_breaks_off_is_asked_for_again(site: Site) -> None:
    site.answers["/a"] = Answer(headers={"Content-Length": "1000"}, pieces=[b"x"])
    assert not refusal(site, "/a", attempts=2).lasting
    assert site.count("/a") == 2


def test_redirects_are_followed_with_their_cookies(site: Site) -> None:
    site.answers["/a"] = Answer("", 302, {"Location": "b?x=1", "Set-Cookie": "seen=1"})
    site.answers["/b?x=1"] = lambda asked: Answer(asked.headers.get("cookie", "none"))
    page = fetch(site.root + "/a", QUICK())
    assert (page.address, page.body) == (site.root + "/b?x=1", b"seen=1")


def test_redirects_in_a_circle_end(site: Site) -> None:
    site.answers["/a"] = Answer("", 301, {"Location": "/a"})
    fault = refusal(site, "/a", redirects=3)
    assert "redirects more than 3 times" in fault.reason
    assert site.count("/a") == 4


@pytest.mark.parametrize("place", ["ftp://example.org/a", "file:///etc/passwd", "http://", "http://[bad/"])
def test_redirects_out_of_the_web_are_refused(site: Site, place: str) -> None:
    site.answers["/a"] = Answer("", 302, {"Location": place})
    assert refusal(site, "/a", attempts=1).reason


def test_loopback_is_refused_unless_it_is_allowed(site: Site) -> None:
    site.answers["/a"] = Answer("x")
    fault = refusal(site, "/a", allow_private=False)
    assert fault.lasting
    assert "not a public one (127.0.0.1)" in fault.reason
    assert "--allow-private" in fault.remedy
    assert site.asked == []


def test_a_redirect_to_a_private_host_is_refused(site: Site) -> None:
    """127.0.0.1 plays the public host here, 127.0.0.2 the private one."""
    site.answers["/a"] = Answer("", 302, {"Location": f"http://127.0.0.2:{site.port}/secret"})
    with (
        Fetcher(QUICK(allow_private=False), is_public="127.0.0.1".__eq__) as fetcher,
        pytest.raises(FetchError, match=r"not a public one \(127\.0\.0\.2\)"),
    ):
        fetcher.fetch(site.root + "/a")
    assert site.count("/secret") == 0


def test_a_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name server that says something else the second time (DNS rebinding) gets nowhere."""
    site.answers["/a"] = Answer("x", headers={"Connection": "close"})
    told = iter([["127.0.0.1"], ["127.0.0.2"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(told)

    with Fetcher(QUICK(allow_private=False), resolve=resolve, is_public="127.0.0.1".__eq__) as fetcher:
        site.answers["/robots.txt"] = Answer(OPEN, headers={"Connection": "close"})
        with pytest.raises(FetchError, match=r"127\.0\.0\.2"):
            fetcher.fetch(f"http://news.test:{site.port}/a")
    assert asked == ["news.test", "news.test"]  # one for each connection, and none between check and use
    assert [one.headers["host"] for one in site.asked] == [f"news.test:{site.port}"]


def test_a_host_with_one_private_address_is_refused_whole(site: Site) -> None:
    with (
        Fetcher(
            QUICK(allow_private=False),
            resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"],
            is_public=lambda number: number == "127.0.0.1",
        ) as fetcher,
        pytest.raises(FetchError, match=r"10\.0\.0\.1"),
    ):
        fetcher.fetch(f"http://news.test:{site.port}/a")


def test_a_host_that_is_not_there_is_said_to_be_so() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("no name server")

    with (
        Fetcher(QUICK(attempts=1), resolve=resolve) as fetcher,
        pytest.raises(FetchError, match="can't be looked up"),
    ):
        fetcher.fetch("http://news.test/a")


def test_the_second_address_is_taken_where_the_first_does_not_answer(site: Site) -> None:
    site.answers["/a"] = Answer("x")
    with Fetcher(QUICK(), resolve=lambda host, port: ["127.0.0.3", "127.0.0.1"]) as fetcher:
        assert fetcher.fetch(f"http://news.test:{site.port}/a").body == b"x"


def test_pages_that_robots_txt_closes_are_not_asked_for(site: Site) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: Dragoman\nDisallow: /closed\n")
    site.answers["/open"] = Answer("x")
    site.answers["/way"] = Answer("", 302, {"Location": "/closed/b"})
    with Fetcher(QUICK()) as fetcher:
        assert fetcher.fetch(site.root + "/open").body == b"x"
        for path in ("/closed/a", "/way"):
            with pytest.raises(FetchError, match=r"robots\.txt of 127\.0\.0\.1 closes this page"):
                fetcher.fetch(site.root + path)
    assert site.count("/robots.txt") == 1
    assert site.count("/closed/a") == site.count("/closed/b") == 0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_txt_is_open(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = Answer("Disallow: /", status)
    site.answers["/a"] = Answer("x")
    assert fetch(site.root + "/a", QUICK()).body == b"x"


def test_a_host_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.answers["/robots.txt"] = Answer("", 500)
    site.answers["/a"] = Answer("x")
    with Fetcher(QUICK(attempts=2)) as fetcher:
        for _ in range(3):
            with pytest.raises(FetchError, match="left alone for now") as refused:
                fetcher.fetch(site.root + "/a")
    assert not refused.value.lasting
    assert refused.value.wait
    assert (site.count("/robots.txt"), site.count("/a")) == (2, 0)


def test_hostile_robots_txt_costs_little(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"Disallow: /*a*a*a*a*a*a*a*a*a*a$\n" * 100_000 + b"\xff\x00")
    site.answers["/" + "a" * 500] = Answer("x")
    began = time.monotonic()
    assert fetch(site.root + "/" + "a" * 500, QUICK()).body == b"x"
    assert time.monotonic() - began < 5


def test_the_pause_between_two_pages_of_a_host_is_kept(site: Site) -> None:
    site.answers["/a"] = Answer("x")
    began = time.monotonic()
    with Fetcher(QUICK(delay=0.2)) as fetcher:
        threads = [Thread(target=fetcher.fetch, args=(site.root + "/a",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert site.count("/a") == 4
    assert time.monotonic() - began >= 0.6


@pytest.mark.parametrize("words", ["Crawl-delay: 0.4", "Request-rate: 1/1"])
def test_a_robots_txt_that_wants_a_longer_pause_gets_it(site: Site, words: str) -> None:
    site.answers["/robots.txt"] = Answer(f"User-agent: *\n{words}\nDisallow:\n")
    site.answers["/a"] = Answer("x")
    began = time.monotonic()
    with Fetcher(QUICK(delay=0.01)) as fetcher:
        fetcher.fetch(site.root + "/a")
        fetcher.fetch(site.root + "/a")
    assert time.monotonic() - began >= 0.4


def test_nobody_waits_for_a_host_that_wants_hours(site: Site) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7200\nDisallow:\n")
    site.answers["/a"] = Answer("x")
    with Fetcher(QUICK()) as fetcher:
        fetcher.fetch(site.root + "/a")
        with pytest.raises(FetchError, match="left alone") as refused:
            fetcher.fetch(site.root + "/a")
    assert refused.value.wait == pytest.approx(7200, abs=10)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_host_is_asked_again(site: Site, status: int) -> None:
    answers = iter([Answer("", status), Answer("", status), Answer("x")])
    site.answers["/a"] = lambda asked: next(answers)
    assert fetch(site.root + "/a", QUICK()).body == b"x"
    assert site.count("/a") == 3


def test_tries_come_to_an_end(site: Site) -> None:
    site.answers["/a"] = Answer("", 503)
    fault = refusal(site, "/a", attempts=2)
    assert "503" in fault.reason
    assert not fault.lasting
    assert site.count("/a") == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501])
def test_a_refusal_that_will_stay_is_taken_at_once(site: Site, status: int) -> None:
    site.answers["/a"] = Answer("", status)
    fault = refusal(site, "/a")
    assert str(status) in fault.reason
    assert fault.lasting
    assert site.count("/a") == 1


def test_a_retry_after_is_waited_for(site: Site) -> None:
    answers = iter([Answer("", 429, {"Retry-After": "1"}), Answer("x")])
    site.answers["/a"] = lambda asked: next(answers)
    began = time.monotonic()
    assert fetch(site.root + "/a", QUICK()).body == b"x"
    assert time.monotonic() - began >= 1.0


def test_a_long_retry_after_is_handed_on_and_holds_for_the_whole_host(site: Site) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    site.answers["/a"] = Answer("", 503, {"Retry-After": when})
    site.answers["/b"] = Answer("x")
    with Fetcher(QUICK()) as fetcher:
        for path in ("/a", "/b"):
            with pytest.raises(FetchError) as refused:
                fetcher.fetch(site.root + path)
            assert refused.value.wait == pytest.approx(3600, abs=10)
    assert (site.count("/a"), site.count("/b")) == (1, 0)


@pytest.mark.parametrize("value", ["soon", "-5", "", "9" * 400, "Mon, 99 Jan 2021"])
def test_a_retry_after_that_makes_no_sense_does_no_harm(site: Site, value: str) -> None:
    answers = iter([Answer("", 503, {"Retry-After": value}), Answer("x")])
    site.answers["/a"] = lambda asked: next(answers)
    assert fetch(site.root + "/a", QUICK()).body == b"x"


def test_everything_that_waits_can_be_ended_at_once(site: Site) -> None:
    site.answers["/a"] = Answer(pieces=[b"x"] * 400, pause=0.05)
    stop = Event()
    Timer(0.3, stop.set).start()
    began = time.monotonic()
    with Fetcher(QUICK(seconds=20.0), stop) as fetcher, pytest.raises(FetchError, match="stopped"):
        fetcher.fetch(site.root + "/a")
    assert time.monotonic() - began < 10


def test_a_silent_server_is_given_up_in_time(site: Site) -> None:
    site.answers["/a"] = lambda asked: time.sleep(9) or Answer("x")  # type: ignore[func-returns-value]
    began = time.monotonic()
    assert not refusal(site, "/a", seconds=0.4, attempts=1).lasting
    assert time.monotonic() - began < 8


def test_the_limits_are_those_of_a_polite_reader() -> None:
    limits = Limits()
    assert limits.delay >= 1
    assert not limits.allow_private
    assert limits.max_bytes <= 20_000_000


def test_a_host_that_does_not_answer_is_told_by_its_own_fault(site: Site) -> None:
    site.answers["/robots.txt"] = lambda asked: time.sleep(9) or Answer("")  # type: ignore[func-returns-value]
    assert "took longer than 0.3 s" in refusal(site, "/a", seconds=0.3, attempts=1).reason
    assert site.count("/a") == 0
