"""Finds the words of date expressions: the rows of date_expressions.tsv, matched in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.errors import TableError
from dragoman.lexicon import read_table
from dragoman.times.words import Slot, first_word, slots

# White space within a paragraph: a blank line ends an expression.
SPACE = r"(?:[ \t\xa0]+\n?[ \t\xa0]*|\n[ \t\xa0]*(?!\s))"
# After these, a comma may stand: 'Monday, July 17, 2023'.
COMMA_SLOTS = frozenset({"weekday", "dayabbr", "month", "monthname", "day", "nth", "season"})
WORDS = re.compile(r"\d[\d\w]*|[^\W\d_]+")
MARKS = {"~": r"\s?(?:[-–—/]|\bto\b|\bthrough\b|\buntil\b)\s?", ".": r"\.", "-": "-", "/": "/", ",": ","}


@dataclass(frozen=True, slots=True)
class DateRow:
    """A row of date_expressions.tsv: the words of an expression, and what they mean.

    ``words`` are parted by spaces: ``{slot}`` stands for a slot of time_words.tsv, ``a|b`` for either,
    ``word?`` for a word that may be missing, ``_`` for a space inside an alternative, ``~`` for a dash or
    'to'. ``gives`` is the date in ``example`` if that is published on Wednesday 17 March 2021.
    """

    id: str
    words: str
    meaning: str
    guard: str
    example: str
    gives: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row made ready for matching."""

    row: DateRow
    regex: re.Pattern[str]
    meaning: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the text that a row matched, with the values of its slots in the order of the text."""

    pattern: Pattern
    start: int
    end: int
    values: tuple[tuple[str, str], ...]

    def get(self, slot: str, nth: int = 0) -> str | None:
        """The value of a slot, ``None`` if it was not filled; ``nth`` counts slots of one name."""
        found = [value for name, value in self.values if name == slot]
        return found[nth] if nth < len(found) else None

    def step(self, slot: str) -> int | None:
        """The value of a slot that tells a direction: -1, 0 or 1."""
        value = self.get(slot)
        return None if value is None else int(value)

    def number(self, slot: str, nth: int = 0) -> int | None:
        """The value of a slot as a number, without 'st' or 'th'."""
        value = self.get(slot, nth)
        return None if value is None else int(re.sub(r"\D", "", value))


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a row's pattern, as regular expression, and the first words that it allows."""

    regex: str
    first: frozenset[str]
    optional: bool
    comma: bool
    glued: bool
    hyphen: bool


def read_part(word: str, names: list[str], row: DateRow) -> Part:
    """A word of a row; slots that it holds are appended to ``names`` in the order of their groups."""
    if word in MARKS:
        return Part(MARKS[word], frozenset(), False, False, True, False)
    optional, word = word.endswith("?"), word.removesuffix("?")
    regexes: list[str] = []
    first: set[str] = set()
    comma = hyphen = False
    for choice in word.split("|"):
        if choice.startswith("{"):
            name = choice.strip("{}")
            if name not in slots():
                raise TableError(f"date_expressions.tsv: {row.id}: there is no slot {choice}")
            slot: Slot = slots()[name]
            regexes.append(f"({slot.pattern})")
            names.append(name)
            first |= slot.first
            comma |= name in COMMA_SLOTS
            hyphen |= name == "part"
        else:
            plain = choice.replace("_", " ")
            regexes.append(literal(plain))
            first.add(first_word(plain))
    return Part(f"(?:{'|'.join(regexes)})", frozenset(first), optional, comma, False, hyphen)


def literal(words: str) -> str:
    """Words of a pattern as regular expression; a capital letter in them must stand in the text."""
    flag = "" if words != words.lower() else "?i:"
    return f"({flag or '?:'}{re.escape(words)})" + (r"(?!\w)" if words[-1].isalnum() else "")


def joint(part: Part) -> str:
    """What may stand between a word of a pattern and the next one."""
    if part.glued:
        return ""
    if part.hyphen:
        return f"(?:{SPACE}|-)(?:the )?"
    return f"(?:{SPACE}|-|['’]s? )" if not part.comma else f",?{SPACE}"


def compile_row(row: DateRow) -> tuple[Pattern, tuple[str, ...], frozenset[str]]:
    """A row as pattern, the names of its groups, and the words with which a match may begin."""
    names: list[str] = []
    parts = [read_part(word, names, row) for word in row.words.split()]
    regex, begun = "", False
    first: set[str] = set()
    for index, part in enumerate(parts):
        before = joint(parts[index - 1]) if begun and not part.glued else ""
        after = joint(part) if part.optional and not begun else ""
        regex += f"(?:{before}{part.regex}{after})?" if part.optional else before + part.regex
        first |= frozenset() if begun else part.first
        begun = begun or not part.optional
    meaning, *arguments = row.meaning.split()
    pattern = Pattern(row, re.compile(regex), meaning, tuple(arguments))
    return pattern, tuple(names), frozenset(first)


class Finder:
    """The rows, indexed by the word with which a match may begin."""

    def __init__(self, rows: list[DateRow]) -> None:
        self.by_first: dict[str, list[tuple[Pattern, tuple[str, ...]]]] = {}
        for row in rows:
            pattern, names, first = compile_row(row)
            for word in first:
                self.by_first.setdefault(word, []).append((pattern, names))
        # At most words no row matches, which one expression tells faster than each row's own.
        self.any_of = {
            word: re.compile("|".join(f"(?:{pattern.regex.pattern})" for pattern, _ in patterns))
            for word, patterns in self.by_first.items()
        }

    def hits_at(self, text: str, start: int, word: str) -> list[Hit]:
        """Every row's match that begins there, longest first, the table's order between equals."""
        hits: list[Hit] = []
        key = "#" if word[0].isdigit() else word.lower()
        if key not in self.any_of or self.any_of[key].match(text, start) is None:
            return hits
        for pattern, names in self.by_first[key]:
            found = pattern.regex.match(text, start)
            if found is not None:
                values = tuple(
                    (name, slots()[name].value(found[index]))
                    for index, name in enumerate(names, 1)
                    if found[index] is not None
                )
                hits.append(Hit(pattern, start, found.end(), values))
        return sorted(hits, key=lambda hit: -hit.end)

    def scan(self, text: str) -> Iterator[list[Hit]]:
        """For each word at which some row matches: its matches, longest first.

        The matches of different words may overlap; who takes one skips what lies within it.
        """
        by_first = self.by_first
        for found in WORDS.finditer(text):
            word = found[0]
            if (word[0].isdigit() or word.lower() in by_first) and (
                hits := self.hits_at(text, found.start(), word)
            ):
                yield hits


@cache
def finder() -> Finder:
    """The rows of date_expressions.tsv, compiled once."""
    return Finder(read_table("date_expressions.tsv", DateRow))
