"""How many: numbers in words and digits, with what blurs them ('at least 20', 'dozens', 'two or three')."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import read_table
from dragoman.records import Count

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
MULTIPLES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000}
JOINTS = frozenset({"to", "or", "-", "\u2013", "and"})


@dataclass(frozen=True, slots=True)
class VagueRow:
    """A word for a number of people that is not exact, and the range it is read as."""

    word: str
    low: str
    high: str
    note: str


@cache
def vague_numbers() -> dict[str, Count]:
    """The ranges of vague number words ('dozens'), by word."""
    return {row.word: Count(int(row.low), int(row.high)) for row in read_table("vague_numbers.tsv", VagueRow)}


def read_digits(word: str) -> int | None:
    """The value of a number in digits, with thousands' commas or points ('1,200'); None for other words."""
    plain = word.replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else None


def read_number(lower: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The number that begins at ``start``, in words or digits, and the place after it; None if none does.

    'one hundred and five', 'twenty-one', '1,200' and '20 million' are one number each; 'two three' is not.
    """
    digits = read_digits(lower[start]) if start < end else None
    if digits is not None:
        scaled = start + 1 < end and lower[start + 1] in SCALES
        return (digits * SCALES[lower[start + 1]], start + 2) if scaled else (digits, start + 1)
    total = group = 0
    place = start
    before = ""
    while place < end:
        step = _step(lower, place, end, before, group)
        if step is None:
            break
        if lower[place] in SCALES and lower[place] != "hundred":
            total, group = total + group * SCALES[lower[place]], 0
        else:
            group = step
        before = lower[place]
        place += 1
    return (total + group, place) if place > start else None


def _step(lower: Sequence[str], place: int, end: int, before: str, group: int) -> int | None:
    """What the group of hundreds is after one more word, or None where the word does not go on."""
    word = lower[place]
    opens = before in ("", "and") or before in SCALES
    if word in UNITS and (opens or (before in ("-", *TENS) and 0 < UNITS[word] < 10)):
        return group + UNITS[word]
    if word in TENS and opens:
        return group + TENS[word]
    if word in SCALES and before and before != "and" and group:
        return group * 100 if word == "hundred" and group < 100 else group if word != "hundred" else None
    following = lower[place + 1] if place + 1 < end else ""
    if word == "-" and before in TENS and 0 < UNITS.get(following, 0) < 10:
        return group
    if word == "and" and before in SCALES and (following in UNITS or following in TENS):
        return group
    return None


def read_count(
    lower: Sequence[str], start: int, end: int, sight: int | None = None
) -> tuple[Count, int] | None:
    """The first expression of quantity between two places, as a range, and the place after it.

    'at least 20' has no upper end, 'up to 50' begins at 1; about, some and nearly change nothing.
    ``sight`` is how far back such words are looked for, if farther than ``start``.
    """
    floor = start if sight is None else sight
    for place in range(start, end):
        first = _amount(lower, place, end)
        if first is None:
            continue
        count, after = first
        second = _amount(lower, after + 1, end) if after + 1 < end and lower[after] in JOINTS else None
        # 'two and three others' are two numbers; only 'between two and three' is a range.
        ranged = second is not None and (
            lower[after] != "and" or "between" in lower[max(floor, place - 1) : place]
        )
        if second is not None and ranged and second[0].low > count.low:
            return Count(count.low, second[0].high), second[1]
        return _blurred(count, lower[max(floor, place - 3) : place]), after
    return None


def _amount(lower: Sequence[str], place: int, end: int) -> tuple[Count, int] | None:
    """A number or a vague word at a place, multiplied by what follows ('two dozen', 'tens of thousands')."""
    number = read_number(lower, place, end)
    vague = vague_numbers()
    if number is not None:
        value, after = number
        if after < end and lower[after] in ("dozen", "score"):
            unit = vague[lower[after]].low
            return Count(value * unit, value * unit), after + 1
        return Count(value, value), after
    known = vague.get(lower[place])
    if known is None:
        return None
    after = place + 1
    if lower[place] in ("several", "few", "couple") and after < end and lower[after] in MULTIPLES:
        unit = MULTIPLES[lower[after]]
        return Count(2 * unit, known.high * unit if known.high else None), after + 1
    if lower[place] == "tens" and after + 1 < end and lower[after + 1] == "thousands":
        return Count(20_000, 99_999), after + 2
    return known, after


def _blurred(count: Count, before: Sequence[str]) -> Count:
    """The range after the words before a number: 'at least', 'more than', 'up to', 'as many as'."""
    joined = " ".join(before)
    if any(
        phrase in joined
        for phrase in ("at least", "more than", "over", "no fewer than", "no less than", "upward")
    ):
        return Count(count.low, None)
    if any(
        phrase in joined
        for phrase in ("up to", "as many as", "at most", "fewer than", "less than", "no more than")
    ):
        return Count(1, count.high)
    return count
