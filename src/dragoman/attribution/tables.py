"""The tables of this room, read once: attribution verbs, stance words, kinds of sources, outlets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import cells, read_table
from dragoman.lexicon.outlets import OutletRow
from dragoman.records import Stance

DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "this", "that", "some"})


@dataclass(frozen=True, slots=True)
class CueRow:
    """One word that puts content on somebody's word, and where the content stands.

    ``kind`` is say, tell, think, find, show, hear, accuse, blame, deny, label, cite, noun or adverb;
    ``content`` lists the places: clause, infinitive, object, quote, aside ('C, X said'), or a preposition
    (of, for, on, to, as, with).
    """

    id: str
    lemma: str
    kind: str
    content: str
    stance: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StanceRow:
    """Words by which the narrator endorses or disputes what a source says."""

    id: str
    words: str
    stance: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceNounRow:
    """A common noun for sources, and which kind of source it makes."""

    lemma: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue row, made ready for use."""

    id: str
    lemma: str
    kind: str
    content: frozenset[str]
    stance: Stance


@dataclass(frozen=True, slots=True)
class Tables:
    """All that this room knows about words."""

    cues: dict[str, tuple[Cue, ...]]
    stances: dict[str, tuple[tuple[tuple[str, ...], Stance, str], ...]]
    source_kinds: dict[str, str]
    outlets: dict[str, str]
    neutral: Stance = Stance.NEUTRAL


@cache
def tables() -> Tables:
    """The tables, read on first use."""
    return Tables(_cues(), _stances(), _source_kinds(), _outlets())


def _cues() -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for row in read_table("attribution_verbs.tsv", CueRow):
        cue = Cue(row.id, row.lemma, row.kind, frozenset(cells(row.content)), Stance(row.stance or "neutral"))
        found.setdefault(row.lemma, []).append(cue)
    return {lemma: tuple(rows) for lemma, rows in found.items()}


def _stances() -> dict[str, tuple[tuple[tuple[str, ...], Stance, str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], Stance, str]]] = {}
    for row in read_table("stance_words.tsv", StanceRow):
        words = tuple(row.words.split())
        found.setdefault(words[0], []).append((words, Stance(row.stance), row.id))
    return {word: tuple(sorted(rows, key=lambda r: -len(r[0]))) for word, rows in found.items()}


def _source_kinds() -> dict[str, str]:
    return {row.lemma: row.kind for row in read_table("source_nouns.tsv", SourceNounRow)}


def _outlets() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table("outlets.tsv", OutletRow):
        for name in (row.name, *cells(row.variants)):
            found[name.casefold().removeprefix("the ")] = row.iso3
    return found
