"""``dragoman watch``: feeds on loopback into a corpus on disk, coded without models."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from dragoman.cli import watching
from dragoman.cli.fetched import document_of
from dragoman.errors import InputError
from dragoman.fetching import Page
from dragoman.intake import Terms
from dragoman.store import Corpus
from dragoman.watching import Evidence, State
from webserver import Answer, Site, serving

WORDS = (
    "Norway recalled its ambassador from {place} on Monday, the foreign ministry in Oslo said, after talks "
    "on fishing rights broke down. The minister told reporters that the step was meant as a clear signal."
)
PAGE = """<!doctype html><html lang="en"><head><title>Norway and {place}</title>{meta}</head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Norway and {place}</h1>
<p>{words}</p><p>{words}</p></article><footer>All rights reserved</footer></body></html>"""
DAY = '<meta property="article:published_time" content="2021-09-05T08:00:00Z">'


def page(place: str, meta: str = "") -> str:
    return PAGE.format(place=place, meta=meta, words=WORDS.format(place=place))


def rss(site: Site, *names: str) -> str:
    items = "".join(
        f"<item><title>Norway and {name}</title><link>{site.root}/{name}</link>"
        "<pubDate>Mon, 06 Sep 2021 23:30:00 -0500</pubDate></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def watch(dragoman: Callable[..., Result], tmp_path: Path) -> Iterator[Callable[..., Result]]:
    """Runs one round into a corpus."""
    watching.kept_coder.cache_clear()

    def run(*arguments: object, **options: object) -> Result:
        given = [*arguments, "--into", tmp_path / "corpus", "--once", "--allow-private", "--delay", "0.5"]
        return dragoman("watch", *given, **options)

    yield run
    watching.kept_coder.cache_clear()


def query(tmp_path: Path, words: str) -> list[tuple[object, ...]]:
    return Corpus.open(tmp_path / "corpus").at().sql(words).fetchall()


def test_a_round_fills_a_corpus_and_the_next_adds_only_what_is_new(
    site: Site, watch: Callable[..., Result], tmp_path: Path
) -> None:
    site.answers["/rss"] = Answer(rss(site, "sweden", "finland"))
    site.answers |= {"/sweden": Answer(page("sweden", DAY)), "/finland": Answer(page("finland"))}
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# ours\n{site.root}/rss  The Norland Times\n")
    first = watch(feeds)
    assert first.exit_code == 0, first.output
    assert "1 feed · 2 new entries · 2 documents added · 2 event mentions" in first.stdout
    rows = query(
        tmp_path,
        "SELECT title, outlet, address, published_start, published_rule, coded FROM documents ORDER BY title",
    )
    assert rows == [
        (
            "Norway and finland",
            "The Norland Times",
            f"{site.root}/finland",
            date(2021, 9, 6),
            "feed/published",
            True,
        ),
        (
            "Norway and sweden",
            "The Norland Times",
            f"{site.root}/sweden",
            date(2021, 9, 5),
            "html/meta/article:published_time",
            True,
        ),
    ]
    assert "0 new entries" in watch(feeds).stdout
    assert query(tmp_path, "SELECT count(*) FROM documents") == [(2,)]
    assert query(tmp_path, "SELECT count(*) FROM event_mentions") == [(2,)]


def test_what_can_not_be_had_is_a_problem_in_the_corpus(
    site: Site, watch: Callable[..., Result], tmp_path: Path
) -> None:
    site.answers["/rss"] = Answer(rss(site, "sweden", "gone"))
    site.answers["/sweden"] = Answer(page("sweden"))
    result = watch(f"{site.root}/rss", f"{site.root}/none")
    assert result.exit_code == 1, result.output
    assert "2 feeds (1 failed)" in result.stdout
    assert f"{site.root}/none: there is no such page (404)" in result.stderr
    paths = query(tmp_path, "SELECT path FROM problems ORDER BY path")
    assert paths == [(f"{site.root}/gone",), (f"{site.root}/none",)]


def test_a_watch_over_nothing_but_failures_fails(site: Site, watch: Callable[..., Result]) -> None:
    assert watch(f"{site.root}/none").exit_code == 2


def test_options_that_can_not_be_used_are_refused_before_anything_is_made(
    watch: Callable[..., Result], tmp_path: Path
) -> None:
    for given in (["no-such-file"], ["https://news.test/rss", "--contact", "höst"]):
        result = watch(*given)
        assert result.exit_code == 2
        assert result.stderr.startswith("dragoman: ")
    assert not (tmp_path / "corpus").exists()


def test_a_second_watch_into_the_same_corpus_is_refused(
    site: Site, watch: Callable[..., Result], tmp_path: Path
) -> None:
    Corpus.create(tmp_path / "corpus")
    with State(tmp_path / "corpus"):
        result = watch(f"{site.root}/rss")
    assert result.exit_code == 2
    assert "another 'dragoman watch' is at work" in result.stderr


def test_the_feed_tells_what_the_page_does_not() -> None:
    told = Evidence("https://news.test/rss", "A title", date(2021, 9, 6), None, "The Norland Times")
    text = Page("https://news.test/a", content_type="text/plain", body=WORDS.format(place="Rome").encode())
    document = document_of(Terms(), (text, told))
    assert document.title is not None
    assert document.title.cut(document.text) == "A title"
    assert (document.outlet, document.language) == ("The Norland Times", "en")
    assert document.published is not None
    assert document.published.rule == "feed/published"


def test_the_day_of_the_last_change_stands_in_where_nobody_tells_another() -> None:
    told = Evidence("https://news.test/rss", None, None, date(2021, 9, 8))
    given = Page("https://news.test/a", content_type="text/html", body=page("Rome").encode())
    document = document_of(Terms(), (given, told))
    assert document.published is not None
    assert (document.published.start, document.published.rule) == (date(2021, 9, 8), "feed/updated")
    assert document.modified == date(2021, 9, 8)
    told = Evidence("https://news.test/rss", None, date(2021, 9, 6), date(2021, 9, 8))
    document = document_of(Terms(), (given, told))
    assert document.published is not None
    assert (document.published.rule, document.modified) == ("feed/published", date(2021, 9, 8))


def test_a_feed_that_contradicts_its_page_is_noted() -> None:
    told = Evidence("https://news.test/rss", None, date(2021, 9, 30))
    given = Page("https://news.test/a", content_type="text/html", body=page("Rome", DAY).encode())
    document = document_of(Terms(), (given, told))
    assert document.published is not None
    assert document.published.start == date(2021, 9, 5)
    assert any("its feed says 2021-09-30" in note for note in document.notes)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"", "text/html"), (b"\x89PNG\r\n\x1a\n" * 9, "image/png"), (b"<html>", "text/html")]
)
def test_a_page_without_a_report_says_so(body: bytes, kind: str) -> None:
    with pytest.raises(InputError):
        document_of(Terms(), (Page("https://news.test/a", content_type=kind, body=body), Evidence("x")))


CHILD = """
import sys
from dragoman.cli import coding, main
from wordcoder import WordCoder

if __name__ == "__main__":
    coding.make_coder = WordCoder
    main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_ends_a_watch_in_order(site: Site, tmp_path: Path, number: int, code: int) -> None:
    names = [f"n{n}" for n in range(30)]
    site.answers["/rss"] = Answer(rss(site, *names))
    site.answers |= {f"/{name}": Answer(page(name)) for name in names}
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    command = [sys.executable, str(script), "watch", site.root + "/rss", "--into", str(tmp_path / "corpus")]
    command += ["--allow-private", "--delay", "0.5"]
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "tests"), str(root / "src")])}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 90
    while site.count("/n2") == 0 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "Traceback" not in said
    assert "the same command goes on from there" in said
    documents = query(tmp_path, "SELECT count(*) FROM documents")[0][0]
    with State(tmp_path / "corpus") as state:
        assert documents == 30 - state.count_pending()
    assert 0 < documents < 30  # type: ignore[operator]
