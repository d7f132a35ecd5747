"""Names of what ties are about, and when two names may mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOUNS = "agreement|accords?|pact|treaty|deal|initiative|memorandum|convention|declaration|protocol|compact"
AGREEMENT = re.compile(
    rf"((?:[\w'’.-]+\s+){{0,5}})({NOUNS})\b(?:\s+(?:on|over|for)\s+((?:the\s+)?\w[\w-]*))?", re.IGNORECASE
)
STOP = frozenset(
    "a an the this that its their his her our of to from in into on with under by and or for at as which who "
    "new old sign signed signing ended end ending quit left leave agreed reached conclude concluded out "
    "second first any such another same final draft year-old proposed landmark historic said has have had "
    "is was were revive back never parallel peace between over after before through".split()
)
STEM = 5
GROUNDS = "peninsula island islands isle town city region province territory valley part parts".split()
PLAIN = frozenset(NOUNS.replace("s?", "").split("|")) | {"accords", *GROUNDS}


def named_agreement(text: str) -> str:
    """The agreement that the words name ('Black Sea grain initiative'), or '' if it has no name there."""
    best = ""
    for found in AGREEMENT.finditer(text):
        words = found[1].split()
        kept: list[str] = []
        for word in reversed(words):
            if word.lower().strip(",.") in STOP or word.endswith((",", ".", ";")):
                break
            kept.insert(0, word)
        if found[3] and not kept:
            name = f"{found[2]} on {found[3].removeprefix('the ')}"
        else:
            name = " ".join((*kept, found[2])) if kept else ""
        best = max(best, name, key=len)
    return best


def named_sides(names: Iterable[str]) -> str:
    """The sides within a country, by their names."""
    return " / ".join(sorted(set(names)))


def telling(subject: str) -> frozenset[str]:
    """The words by which a subject is known, without those that any may have."""
    words = re.findall(r"[^\W_]+", subject.lower())
    kept = frozenset(stem(word) for word in words if word not in STOP and word not in PLAIN)
    return kept or frozenset(words)


def stem(word: str) -> str:
    """The beginning by which 'Crimea' and 'Crimean' are one."""
    return word[:STEM]


def may_be_one(one: str, other: str) -> bool:
    """Whether two subjects may be the same: one's words are among the other's."""
    first, second = telling(one), telling(other)
    return first <= second or second <= first
