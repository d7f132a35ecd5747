"""The memory of a watch, and what a kill at any moment leaves of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.watching import Entry, Feed, State
from dragoman.watching.state import FILE, Asked, bare
from webserver import Answer, Site

FEED = Feed("https://news.test/rss", "The Norland Times")
ENTRY = Entry("one", "https://news.test/a", "A", date(2021, 9, 6), None)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    asked = Asked('"1"', "Mon, 04 Jan 2021 10:00:00 GMT", 1000.0, 2000.0, 3, "broken")
    with State(tmp_path) as state:
        assert state.feed(FEED.address) == Asked()
        assert state.note_answer(FEED, asked, [ENTRY]) == 1
    with State(tmp_path) as state:
        assert state.feed(FEED.address) == asked
        (pending,) = state.pending(now=0)
        assert (pending.entry, pending.outlet, pending.tries) == (ENTRY, "The Norland Times", 0)
        assert state.note_answer(FEED, asked, [ENTRY]) == 0
        state.postpone(pending, 500.0, failed=True)
        assert state.pending(now=499) == []
        assert state.pending(now=501)[0].tries == 1
        state.settle([pending.id])
        assert state.count_pending() == 0
        assert state.note_answer(FEED, asked, [ENTRY]) == 0


def test_a_clock_that_was_wrong_holds_nothing_up_for_years(tmp_path: Path) -> None:
    with State(tmp_path) as state:
        state.note_answer(FEED, Asked(checked_at=9e9, not_before=9e9), [ENTRY])
        state.postpone(state.pending(now=0)[0], 9e9, failed=False)
        assert state.feed(FEED.address).is_due(1e9, every=900)
        assert state.pending(now=1e9)


def test_nobody_else_watches_into_the_same_corpus(tmp_path: Path) -> None:
    with State(tmp_path), pytest.raises(InputError, match="another 'dragoman watch' is at work"):
        State(tmp_path)
    State(tmp_path).close()


def test_a_damaged_or_newer_memory_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"nonsense" * 1000)
    with pytest.raises(InputError, match="damaged"):
        State(tmp_path)
    (tmp_path / FILE).unlink()
    with State(tmp_path) as state:
        state.database.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="later version"):
        State(tmp_path)


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be used"):
        State(tmp_path / "none")


@pytest.mark.parametrize(
    "address",
    [
        "https://news.test/a?id=7",
        "http://news.test/a?id=7#part",
        "https://news.test/a?id=7&utm_source=rss&utm_medium=x",
        "https://news.test/a?at_medium=RSS&id=7&at_campaign=x",
    ],
)
def test_ways_to_a_page_are_one_page(address: str) -> None:
    assert bare(address) == "news.test/a?id=7"


def test_what_only_looks_like_tracking_stays() -> None:
    assert bare("https://news.test/a?format=1&flat_x=2") == "news.test/a?format=1&flat_x=2"


CHILD = """
import hashlib, os, sys
from pathlib import Path
from dragoman.fetching import Fetcher
from dragoman.records import Document
from dragoman.watching import Feed, State, Watch
from webserver import QUICK

folder, feed = Path(sys.argv[1]), sys.argv[2]

class Files:
    def add(self, documents, problems):
        added = 0
        for one in documents:
            path = folder / one.id
            if not path.exists():
                part = folder / (one.id + ".part")
                part.write_text(one.text)
                part.replace(path)
                added += 1
        return added

def make(page, evidence):
    text = page.body.decode()
    return Document(hashlib.sha256(text.encode()).hexdigest()[:32], text, address=page.address)

if __name__ == "__main__":
    with State(folder) as state, Fetcher(QUICK(delay=0.004)) as fetcher:
        done = Watch(state, fetcher, Files(), make).round([Feed(feed)])
        print(done.waiting)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_watch_that_is_killed_again_and_again_ends_with_the_same_documents(
    site: Site, tmp_path: Path
) -> None:
    names = [f"n{number}" for number in range(150)]
    items = "".join(f"<item><title>t</title><link>/{name}</link></item>" for name in names)
    site.answers["/rss"] = lambda asked: Answer(
        "" if asked.headers.get("if-none-match") else f'<rss version="2.0"><channel>{items}</channel></rss>',
        304 if asked.headers.get("if-none-match") else 200,
        {"ETag": '"1"'},
    )
    for name in names:
        site.answers[f"/{name}"] = Answer(f"words of {name}")
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    folder = tmp_path / "corpus"
    folder.mkdir()
    command = [sys.executable, str(script), str(folder), site.root + "/rss"]
    path = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "src")])
    environment = os.environ | {"PYTHONPATH": path}
    kills = 0
    for wait in (0.0, 0.05, 0.2, 0.3, 0.1):
        asked = len(site.asked)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while len(site.asked) == asked and process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(wait)
        kills += process.poll() is None
        process.kill()
        process.wait()
    assert kills >= 3
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "0"
    kept = sorted(one.read_text() for one in folder.iterdir() if len(one.name) == 32)
    assert kept == sorted(f"words of {name}" for name in names)
