"""The words that name ties, row by row of ``tie_words.tsv``, ready to be looked up by their last word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.errors import TableError
from dragoman.lexicon import cells, read_table
from dragoman.ties.kinds import tie_kinds
from dragoman.ties.patterns import Pattern, pattern


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of ``tie_words.tsv``.

    ``form`` is noun ('embassy'), verb ('recognises') or adj ('occupied'). ``giver`` says where a noun's own
    side stands (before, subject, by), ``taker`` the prepositions before the other; ``state`` is what the bare
    words say ('' for nothing). ``closed``, ``reduced`` and ``opened`` are lemmas that say how it stands.
    ``unless`` are patterns that must not stand in the clause; '…:' before words of a verb's object limits it
    to those objects. ``gives`` is what the example gives: sides, state, subject.
    """

    id: str
    kind: str
    form: str
    words: str
    giver: str
    taker: str
    state: str
    closed: str
    reduced: str
    opened: str
    unless: str
    example: str
    gives: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A row made ready."""

    id: str
    kind: str
    form: str
    takers: frozenset[str]
    state: str
    states: Mapping[str, str]
    unless: Pattern | None
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording of a frame: the words before its last one, which is the key."""

    before: tuple[str, ...]
    frame: Frame


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Every wording by its last word, the longest first."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for row in read_table("tie_words.tsv", WordRow):
        frame = _made_ready(row)
        for words in cells(row.words):
            *before, last = words.replace("-", " - ").split()
            found[last].append(Phrase(tuple(before), frame))
    return {word: tuple(sorted(some, key=lambda one: -len(one.before))) for word, some in found.items()}


def _made_ready(row: WordRow) -> Frame:
    if row.kind not in tie_kinds() or row.form not in ("noun", "verb", "adj"):
        raise TableError(f"tie_words.tsv: row {row.id}: no such kind or form")
    states: dict[str, str] = {}
    for state, words in (("open", row.opened), ("reduced", row.reduced), ("closed", row.closed)):
        states.update(dict.fromkeys(cells(words), state))
    limited = row.unless.startswith("object:")
    return Frame(
        id=row.id,
        kind=row.kind,
        form=row.form,
        takers=frozenset(cells(row.taker)),
        state=row.state,
        states=states,
        unless=None if limited else pattern(row.unless),
        objects=frozenset(cells(row.unless.removeprefix("object:"))) if limited else frozenset(),
    )
