"""Bytes of feeds, sound and hostile, to entries."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.watching.apart import Apart
from dragoman.watching.entries import Entry
from dragoman.watching.feeds import Wire, day_of, read_feed

AT = "https://news.test/world/feed.xml"

RSS2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>World</title>
<item><title>Norland &amp; Sudria&lt;br&gt; talk</title><link>/a?x=1&amp;y=2</link>
<guid isPermaLink="false">one</guid><pubDate>Mon, 06 Sep 2021 23:30:00 -0500</pubDate></item>
<item><title>No link</title><guid isPermaLink="false">two</guid>
<content:encoded><![CDATA[<p>Norland recalled its envoy.</p>]]></content:encoded></item>
<item><title>Only an address as name</title><guid>https://news.test/c</guid></item>
<item></item>
</channel></rss>"""

RSS1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.test/"><title>t</title></channel>
<item rdf:about="https://news.test/a"><title>A</title><link>https://news.test/a</link>
<dc:date>2021-09-06T23:30:00+03:00</dc:date></item></rdf:RDF>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.test/world/"><title>t</title>
<entry><id>tag:news.test,2021:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; move</title>
<link rel="enclosure" href="a.mp3"/><link rel="alternate" href="a"/>
<published>2021-09-06T23:30:00-05:00</published><updated>2021-09-08T01:00:00Z</updated></entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [
        {
            "id": 7,
            "url": "/a",
            "title": "A \ud800",
            "date_published": "2021-09-06T23:30:00-05:00",
            "date_modified": "2021-09-08",
        },
        {"id": "8", "content_html": "<p>words</p>"},
        {"id": {}, "url": ["x"]},
        "nonsense",
    ],
}


def read(body: str | bytes, kind: str = "application/xml", charset: str | None = None) -> list[Entry]:
    return read_feed(Wire(body.encode() if isinstance(body, str) else body, kind, charset, AT))


def test_rss_2_is_read_with_links_days_and_words() -> None:
    first, second, third = read(RSS2)
    assert first == Entry(
        "one", "https://news.test/a?x=1&y=2", "Norland & Sudria talk", published=date(2021, 9, 6)
    )
    assert second.address is None
    assert second.content == "<p>Norland recalled its envoy.</p>"
    assert third.address == "https://news.test/c"


def test_rss_1_is_read() -> None:
    (entry,) = read(RSS1)
    assert (entry.address, entry.title) == ("https://news.test/a", "A")
    assert date(2021, 9, 6) in (entry.published, entry.updated)


def test_atom_is_read_and_changes_are_told_from_publication() -> None:
    (entry,) = read(ATOM, "application/atom+xml")
    assert entry == Entry(
        "tag:news.test,2021:1",
        "https://news.test/world/a",
        "A bold move",
        published=date(2021, 9, 6),
        updated=date(2021, 9, 8),
    )


def test_an_entry_that_only_tells_its_change_has_no_day_of_publication() -> None:
    words = ATOM.replace("<published>2021-09-06T23:30:00-05:00</published>", "")
    (entry,) = read(words)
    assert (entry.published, entry.updated) == (None, date(2021, 9, 8))


@pytest.mark.parametrize("kind", ["application/feed+json", "application/json", "text/html"])
def test_a_json_feed_is_read_whatever_it_is_called(kind: str) -> None:
    first, second = read(json.dumps(JSON), kind)
    assert first == Entry(
        "7", "https://news.test/a", "A ?", published=date(2021, 9, 6), updated=date(2021, 9, 8)
    )
    assert second == Entry("8", content="<p>words</p>")


def test_the_declared_charset_goes_before_what_the_feed_says() -> None:
    words = RSS2.replace("Norland &amp; Sudria", "Мир").replace("utf-8", "windows-1251")
    assert read(words.encode("cp1251"))[0].title == "Мир talk"


@pytest.mark.parametrize(
    "words",
    [
        RSS2.replace("</channel></rss>", ""),
        RSS2.replace("&amp;y=2", "&y=2"),
        RSS2.replace("World", "World \x0b & <b>"),
        "\n\n" + RSS2,
        RSS2.replace('encoding="utf-8"', 'encoding="nonsense"'),
    ],
)
def test_broken_xml_gives_what_can_be_made_out(words: str) -> None:
    assert "two" in [entry.key for entry in read(words)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02" * 50,
        b"nothing of the kind",
        b"<html><head><title>x</title></head><body>a page</body></html>",
        b'{"items": 7}',
        b"{broken",
        b"[" * 100_000,
        b'{"items": ' + b"[" * 100_000,
        b"<a>" * 5,
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(InputError) as fault:
        read(body)
    assert "feed" in fault.value.reason.lower()


def test_a_page_that_names_its_feed_is_helped_with() -> None:
    page = '<!doctype html><html><link rel="alternate" type="application/rss+xml" href="/rss"></html>'
    with pytest.raises(InputError, match=r"its feed is https://news\.test/rss"):
        read(page)


def test_a_feed_without_entries_is_no_error() -> None:
    assert read('<rss version="2.0"><channel><title>t</title></channel></rss>') == []


def test_an_external_entity_is_not_looked_up(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    words = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = read(f'<?xml version="1.0"?>{words}{RSS2.split("?>", 1)[1]}'.replace("No link", "&x;"))
    assert "the secret" not in repr(found)


def test_a_name_that_several_pages_bear_is_none() -> None:
    items = [{"id": "same", "url": f"/{name}"} for name in ("a", "b", "a")] + [{"id": "c", "url": "/c"}]
    assert [entry.key for entry in read(json.dumps({"items": items}))] == [
        "https://news.test/a",
        "https://news.test/b",
        "c",
    ]


def test_a_feed_lists_no_more_than_can_be_kept() -> None:
    items = [{"id": number, "url": f"/{number}"} for number in range(20_000)]
    assert len(read(json.dumps({"items": items}))) == 10_000


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mon, 06 Sep 2021 23:30:00 -0500", date(2021, 9, 6)),
        ("06 Sep 2021 23:30 EST", date(2021, 9, 6)),
        ("2021-09-06T23:30:00+14:00", date(2021, 9, 6)),
        ("2021-09-06T23:30:00.123456789Z", date(2021, 9, 6)),
        ("2021-09-06", date(2021, 9, 6)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("2021-99-99T00:00:00Z", None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_those_on_the_outlets_clock(words: str | None, day: date | None) -> None:
    assert day_of(words) == day


def test_hostile_xml_is_given_up_and_the_next_feed_is_read() -> None:
    """Attributes by the thousand make the library's time grow with their square."""
    hostile = b'<rss version="2.0"><channel><a ' + b"".join(b'b%d="1" ' % n for n in range(300_000)) + b"/>"
    bomb = (
        '<!DOCTYPE r [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        + ']><rss version="2.0"><channel><item><title>&a11;</title></item></channel></rss>'
    )
    began = time.monotonic()
    with Apart(read_feed, seconds=12.0, what="the feed") as reader:
        with pytest.raises(InputError, match="the feed takes"):
            reader(Wire(hostile, "application/xml", None, AT))
        assert len(reader(Wire(RSS2.encode(), "application/xml", None, AT))) == 3
        with pytest.raises(InputError, match="this is no feed"):
            reader(Wire(b"x", "text/plain", None, AT))
        try:
            found = reader(Wire(bomb.encode(), "application/xml", None, AT))
            assert len(repr(found)) < 2_000_000
        except InputError:
            pass
        assert len(reader(Wire(RSS2.encode(), "application/xml", None, AT))) == 3
    assert time.monotonic() - began < 120
