"""Puts mentions together into happenings: the same groups whatever the order they come in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.assemble.judging import Judgement
from dragoman.assemble.sketches import Sketch
from dragoman.records import Join

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one happening: ids and keys in order of rank, the founding one first.

    ``joins`` has one entry a mention, in the same order; together they make a tree that ends at the founder.
    """

    members: tuple[str, ...]
    keys: tuple[str, ...]
    joins: tuple[Join, ...]


def candidate_pairs(sketches: Sequence[Sketch]) -> Iterable[tuple[int, int]]:
    """Positions of all pairs that share a key and are near each other, each once, smaller first."""
    raise NotImplementedError


def linked(sketches: Sequence[Sketch]) -> list[tuple[int, int, Judgement]]:
    """The pairs whose judgement reaches ``LOW``, by position: what components are made of."""
    raise NotImplementedError


def components(sketches: Sequence[Sketch], must: Collection[Pair] = ()) -> list[list[int]]:
    """Positions of the mentions that hang together by links or by ``must`` (pairs of keys)."""
    raise NotImplementedError


def group(
    sketches: Sequence[Sketch],
    must: Collection[Pair] = (),
    must_not: Collection[Pair] = (),
    rank: Mapping[str, object] | None = None,
) -> list[Group]:
    """The happenings among the mentions, in order of their founders' rank.

    ``must`` and ``must_not`` are pairs of mention keys that people have said to be one, or not one; where
    the two clash, ``must_not`` wins. ``rank`` gives each mention id its place in the order in which
    documents came (any values that can be compared); without it, document id, position and type decide.
    The result is the same in any order, and the same for a whole corpus as for its components one by one.
    """
    raise NotImplementedError
