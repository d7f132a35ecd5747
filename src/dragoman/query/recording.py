"""Reviews written into the corpus: one version for what one person says at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dragoman.errors import InputError
from dragoman.output.cleaning import one_line
from dragoman.records import Review
from dragoman.reviews import WITHDRAWN, review_id
from dragoman.store import Corpus, RunInfo, Writer, write_reviews

LONGEST_NAME = 100


def record_reviews(path: Path, reviews: Sequence[Review]) -> None:
    """Writes the reviews into the corpus as one version."""
    corpus = Corpus.create(Corpus.open(path).folder)
    with Writer(corpus, run_info(reviews)) as writer:
        write_reviews(writer, reviews)


def run_info(reviews: Sequence[Review]) -> RunInfo:
    """What the run says of itself: people make reviews, no coder does."""
    return RunInfo("review", "people", options={"reviewers": sorted({one.reviewer for one in reviews})})


def taken_back(review: Review, reason: str = "undone") -> Review:
    """The review that takes that one back."""
    back = replace(review, verdict=WITHDRAWN, value=None, at=later(review), reason=reason)
    return replace(back, id=review_id(back))


def later(review: Review) -> datetime:
    """The present moment, or a moment after the review's where clocks are unsure."""
    return max(datetime.now(UTC), review.at + timedelta(microseconds=1))


def clean_name(name: str) -> str:
    """A reviewer's name on one line; raises ``InputError`` where nothing is left of it."""
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise InputError("the reviewer's name is empty or too long", "give it: --by 'Ann Lee'")
    return name
