"""The telling words of a passage, in a form in which two passages are quickly compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

from dragoman.lexicon import read_table

WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+")
WIDTH = 1024
"""Bits that words are spread over; two passages of fifteen words share a bit by chance one time in five."""
STOP = frozenset(
    """
    a about above accord according account across act acting add added adding after afternoon again
    against agency ago agree agreed all almost along already also although always am amid among an and
    another any anyone anything april are area around as asked at august authorities away back be became
    because become been before began being below between both bring but by call called calling came can
    capital case chief city come coming concern condition could countries country cut dawn day days
    december declare declared denied deputy did do does doing down due during dusk each early east eastern
    eight either eleven end even evening ever every expected express february few first five following for
    foreign former forward four friday from further gave general get give given go going government group
    had half has have having he head held her here hers herself him himself his hold holding hour hours
    how however i if in including into is issue it its itself january july june just keep known last late
    later leader leading least leave led left less let like likely local long made make making man many
    march may me meanwhile member men might minister ministers ministry minute monday month months more
    morning most much must my name named nation national near nearly never new news next night nine no
    nobody none noon nor north northern not noted nothing november now october of off office officer
    official officials on once one only onto or other others our out outside over own part party people
    per person place point president prime put quote quoted rather reached report reported reporters
    reporting republic right round said same saturday saw say saying says second see seen senior september
    set seven several shall she should since six so some someone something south southern speaking spoke
    spokesman spokesperson spokeswoman state stated statement states still such sunday take taken taking
    tell ten than that the their them themselves then there these they thing third this those though three
    through thursday time times to today together told tomorrow too took toward towards town tuesday
    twelve two under until up upon us use used very via was way we wednesday week weeks well went were
    west western what when where whether which while who whom whose why will with within without woman
    women word work world would year years yesterday yet you your
    """.split()
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The word without a common English ending: 'shipments', 'shipment' -> 'shipment'."""
    word = word.lower()
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


@lru_cache(maxsize=200_000)
def telling(word: str) -> str:
    """The word's stem, or "" for a word that stands in any report."""
    low = word.lower()
    if low in STOP or (len(low) < 3 and not low.isdigit()):
        return ""
    return stem(low)


def stems_of(text: str) -> set[str]:
    """The stems of the telling words."""
    found = set(map(telling, WORD.findall(text)))
    found.discard("")
    return found


@lru_cache(maxsize=200_000)
def bit_of(word: str) -> int:
    """The bit that stands for a stem; the same on every machine."""
    return 1 << (crc32(word.encode()) % WIDTH)


def bits_of(words: Iterable[str]) -> int:
    """The stems as a set of bits."""
    bits = 0
    for word in words:
        bits |= bit_of(word)
    return bits


@dataclass(frozen=True, slots=True)
class CommonStem:
    """A stem that stands in the news every day."""

    stem: str


@cache
def common_stems() -> frozenset[str]:
    """The thousand stems that most paragraphs of news have; they tell little of the matter."""
    return frozenset(row.stem for row in read_table("common_stems.tsv", CommonStem))


def is_rare(word: str) -> bool:
    """Whether the stem is not common, and no number."""
    return word not in common_stems() and not word[0].isdigit()


def rare_bits_of(words: Iterable[str]) -> int:
    """The stems that are not common as a set of bits."""
    return bits_of(filter(is_rare, words))
