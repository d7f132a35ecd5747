"""What the user names: lists of feeds, durations."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.watching import Feed, parse_duration, read_lists

LIST = """\ufeff# what we follow
https://news.test/rss   The Norland Times  # daily

  https://other.test/feed#top
https://news.test/rss\tagain
"""


def test_a_list_has_comments_blank_lines_and_outlets(tmp_path: Path) -> None:
    path = tmp_path / "feeds.txt"
    path.write_text(LIST, encoding="utf-8")
    assert read_lists([str(path), "https://third.test/a"]) == [
        Feed("https://news.test/rss", "The Norland Times"),
        Feed("https://other.test/feed#top"),
        Feed("https://third.test/a"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"# nothing\n", "no feed is named"), (b"a\xff", "not UTF-8"), (b"\nnews.test/rss\n", ":2:")],
)
def test_a_list_that_can_not_be_used_is_refused_with_its_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "feeds.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_lists([str(path)])


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(InputError, match="can't be read"):
            read_lists([str(path)])


@pytest.mark.parametrize(("words", "seconds"), [("90s", 90), ("15m", 900), ("2H", 7200), ("1.5d", 129_600)])
def test_durations_are_read(words: str, seconds: float) -> None:
    assert parse_duration(words) == seconds


@pytest.mark.parametrize("words", ["", "15", "5s", "m", "-5m", "1w", "0m", "99999999999d"])
def test_what_is_no_duration_is_refused(words: str) -> None:
    with pytest.raises(InputError):
        parse_duration(words)
