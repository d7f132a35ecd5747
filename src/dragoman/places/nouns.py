"""Words that make a place of the name beside them: 'Goma airport', 'the town of Vik', 'Lake Chad'."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.lexicon import read_table


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A row of place_nouns.tsv.

    ``where`` lists where the noun stands: after the name, before it with 'of', before it, alone,
    or after the name of a people;
    ``precision`` is that of the place so named.
    """

    word: str
    precision: str
    where: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(slots=True)
class PlaceNouns:
    """The nouns by position, each with the precision that it tells; keys are lower-case words in a row."""

    after: dict[str, str] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    of_people: dict[str, str] = field(default_factory=dict)


def read_place_nouns() -> PlaceNouns:
    """The table, by position."""
    nouns = PlaceNouns()
    for row in read_table("place_nouns.tsv", PlaceNoun):
        for where in row.where.split(","):
            table: dict[str, str] = getattr(nouns, where.replace("-", "_"))
            table[row.word.lower()] = row.precision
    return nouns


def plural(word: str) -> str:
    """The singular of 'districts', 'bases'; the word itself where it is none."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
