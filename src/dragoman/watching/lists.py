"""What the user named on the command line: feeds, how often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import InputError

COMMENT = re.compile(r"(?:^|\s)#.*")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LARGEST = 10_000_000
HOW = "a list has one feed a line: its address and, if you like, the outlet's name after it"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to be watched; ``outlet`` is who publishes it, where the user says so."""

    address: str
    outlet: str | None = None


def read_lists(arguments: Iterable[str]) -> list[Feed]:
    """Every feed that the arguments name (addresses, or files of them), each once, in order.

    Raises ``InputError`` for a file that can't be read, a line that names no feed, and if there is none.
    """
    feeds: dict[str, Feed] = {}
    for argument in arguments:
        named = [Feed(argument)] if is_address(argument) else read_list(Path(argument))
        for feed in named:
            feeds.setdefault(feed.address, feed)
    if not feeds:
        raise InputError("no feed is named", HOW)
    return list(feeds.values())


def is_address(words: str) -> bool:
    """Whether this is an address and no file's name."""
    return re.match(r"https?://", words, re.IGNORECASE) is not None


def read_list(path: Path) -> Iterator[Feed]:
    """The feeds of a file, in order."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is too large to be a list of feeds", HOW)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8", "save it as UTF-8") from None
    except OSError as fault:
        raise InputError(f"{path} can't be read ({fault.strerror})", "name a file or an address") from None
    for number, line in enumerate(text.splitlines(), start=1):
        words = COMMENT.sub("", line).split(maxsplit=1)
        if not words:
            continue
        if not is_address(words[0]):
            raise InputError(f"{path}:{number}: {words[0][:80]!r} is no address of the web", HOW)
        yield Feed(words[0], words[1].strip() if len(words) > 1 else None)


def parse_duration(words: str) -> float:
    """'90s', '15m', '2h', '1d' in seconds; raises ``InputError`` for anything else or less than a minute."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])\s*", words, re.IGNORECASE)
    seconds = float(match[1]) * UNITS[match[2].lower()] if match else 0.0
    if seconds < 60:
        raise InputError(f"{words!r} is no time between two rounds", "give it as 15m, 2h or 1d, at least 1m")
    return seconds
