"""The words that date expressions are made of, and what each means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import cells, read_table

# Slots whose words are proper names: 'May' is a month, 'may' is not.
NAMES = frozenset({"month", "weekday", "holiday"})


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A row of time_words.tsv: words that stand for one value of a slot."""

    slot: str
    words: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What may fill a slot of a date expression: a regular expression, and the values by lower-cased word."""

    pattern: str
    values: dict[str, str]
    first: frozenset[str]

    def value(self, words: str) -> str:
        """What the words that filled the slot mean; the words themselves where they are figures."""
        key = " ".join(words.lower().replace(".", "").replace("-", " ").split())
        return self.values.get(key, words)


def first_word(words: str) -> str:
    """The key under which an expression is looked up: its first run of letters, or '#' for figures."""
    found = re.match(r"[^\W\d_]+|\d", words)
    if found is None:
        return words[:1].lower()
    return "#" if found[0].isdigit() else found[0].lower()


def word_pattern(words: str, named: bool) -> str:
    """Words as a regular expression; names also in capitals ('KYIV, JULY 17'), other words in any case."""
    plain = re.escape(words).replace(r"\ ", r"[ -]")
    if not named:
        return f"(?i:{plain})"
    return plain if words.upper() == words else f"{plain}|{re.escape(words.upper())}"


def word_slot(name: str, rows: list[TimeWord]) -> Slot:
    """The slot that a list of words fills; longer words are tried first."""
    values = {}
    for row in rows:
        for words in cells(row.words):
            values[words] = row.value
    ordered = sorted(values, key=len, reverse=True)
    pattern = "(?:" + "|".join(word_pattern(words, name in NAMES) for words in ordered) + r")(?!\w)"
    lowered = {" ".join(k.lower().replace(".", "").replace("-", " ").split()): v for k, v in values.items()}
    return Slot(pattern, lowered, frozenset(first_word(words) for words in ordered))


def number_slot(words: Slot) -> Slot:
    """Numbers in words and figures, with compounds such as 'twenty-five'."""
    tens = [
        word for word, value in words.values.items() if value.isdigit() and int(value) in range(20, 100, 10)
    ]
    ones = [
        word
        for word, value in words.values.items()
        if value.isdigit() and 0 < int(value) < 10 and len(word) > 2
    ]
    values = dict(words.values)
    for ten in tens:
        for one in ones:
            values[f"{ten} {one}"] = str(int(words.values[ten]) + int(words.values[one]))
    compound = f"(?i:(?:{'|'.join(tens)})[ -](?:{'|'.join(ones)}))(?!\\w)"
    pattern = rf"(?:{compound}|{words.pattern}|\d{{1,3}}(?![\d,.]\d|\w))"
    return Slot(pattern, values, words.first | {"#"})


def figure_slots() -> dict[str, Slot]:
    """The slots that figures fill."""
    return {
        "year": Slot(r"(?:1[6-9]\d\d|20\d\d)(?![\w,]*\d|\w)", {}, frozenset("#")),
        "shortyear": Slot(r"[’']\d\d(?!\w)", {}, frozenset("'’")),
        "yy": Slot(r"\d\d(?!\w)", {}, frozenset("#")),
        "day": Slot(r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|:\d|,\d|\.\d|\w)", {}, frozenset("#")),
        "num": Slot(r"\d{1,2}(?!\d)", {}, frozenset("#")),
        "decade": Slot(r"(?:1[6-9]\d0|20\d0)[’']?s(?!\w)", {}, frozenset("#")),
        "iso": Slot(
            r"(?:1[6-9]|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])(?!\w)", {}, frozenset("#")
        ),
    }


@cache
def slots() -> dict[str, Slot]:
    """Every slot by name, as time_words.tsv and the figures fill them."""
    by_slot: dict[str, list[TimeWord]] = {}
    for row in read_table("time_words.tsv", TimeWord):
        by_slot.setdefault(row.slot, []).append(row)
    made = {name: word_slot(name, rows) for name, rows in by_slot.items()}
    made["number"] = number_slot(made["number"])
    made["nth"] = nth_slot(made["nth"])
    return made | figure_slots()


def nth_slot(words: Slot) -> Slot:
    """Ordinals: 'the 17th', 'the third', 'the twenty-first'."""
    values = dict(words.values)
    ones = [word for word, value in words.values.items() if int(value) < 10]
    for word, ten in (("twenty", 20), ("thirty", 30)):
        values |= {f"{word} {one}": str(ten + int(words.values[one])) for one in ones}
    compound = f"(?i:(?:twenty|thirty)[ -](?:{'|'.join(ones)}))(?!\\w)"
    pattern = rf"(?:{compound}|{words.pattern}|(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)(?!\w))"
    return Slot(pattern, values, words.first | {"#", "twenty", "thirty"})
