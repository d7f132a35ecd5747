"""A run with a coder without models, to be killed in the middle of its work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus_events import add as add_stories
from corpus_events import story
from corpus_rows import RUN, report
from dragoman.records import Document, Problem
from dragoman.running import Plan, Summary, add, assemble, recode
from dragoman.store import Corpus, RunInfo, writing
from wordcoder import WordCoder

writing.TIDY = 7  # so that runs are also killed while they put files together
NUMBER = 120
PLAN = Plan(WordCoder, RUN, most_documents=3)
OTHER = replace(PLAN, info=RunInfo("recode", "words/2"))


def inputs() -> Iterator[Document | Problem]:
    """Reports, some of them in French, and some files that can't be read."""
    for number in range(NUMBER):
        document = report(number, recalled=number % 4)
        if number % 9 == 0:
            yield Problem(f"broken-{number}.txt", "it is empty", "fill it")
        yield replace(document, language="fr" if number % 7 == 0 else "en")


def fill(path: str) -> None:
    """Reports that are not assembled yet."""
    corpus = Corpus.create(Path(path))
    for first in range(0, 20, 4):
        add_stories(corpus, *map(story, range(first, first + 4)))


def run_assembling(path: str) -> None:
    """Assembles them, in several steps."""
    assemble(Corpus.create(Path(path)), step=14)


def run(path: str) -> Summary:
    """Adds all of them."""
    return add(Corpus.create(Path(path)), inputs(), PLAN)


def run_again(path: str) -> Summary:
    """Recodes them."""
    return recode(Corpus.create(Path(path)), OTHER)
