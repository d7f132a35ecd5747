"""What reviewers say of which mentions tell one happening."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.records import Review
from dragoman.reviews.settling import LINKS, SAME, Opinion, pair_of, standing, vote

Pair = tuple[str, str]


def constraints(reviews: Iterable[Review]) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """The pairs of mentions that must, and those that must not, be of one event.

    Each pair holds two mention keys in the order of the alphabet. Where reviewers differ on a pair, the
    majority of their newest verdicts stands, of a tie the newest. A pair of which a mention is no longer
    there asks for nothing; whoever assembles passes over it.
    """
    voices: dict[Pair, list[Opinion]] = {}
    for one in standing(reviews):
        if one.verdict in LINKS and one.other and one.other != one.about:
            voices.setdefault(pair_of(one), []).append(Opinion((one,)))
    says = {pair: vote(ones, lambda one: one.reviews[-1].verdict)[0] for pair, ones in voices.items()}
    same = frozenset(pair for pair, verdict in says.items() if verdict == SAME)
    return same, frozenset(says) - same
