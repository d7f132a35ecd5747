"""Documents go through the coders and into the corpus in order, in batches of bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus_rows import RUN, content, report
from dragoman.errors import DragomanError
from dragoman.records import Coded, Document, EventMention, Problem
from dragoman.running import Adder, Plan, add, recode
from dragoman.running import adding as adding_module
from dragoman.store import Corpus, RunInfo, check
from wordcoder import FallingCoder, WordCoder

PLAN = Plan(WordCoder, RUN, most_documents=4)


class StumblingCoder(WordCoder):
    """Falls over the report with a 3."""

    def code(self, document: Document) -> list[EventMention]:
        if "Report 3" in document.text:
            raise ZeroDivisionError("a fault in the coder")
        return super().code(document)


class FindsAll:
    """Takes each document for a copy of the one before."""

    def __init__(self) -> None:
        self.last: str | None = None

    def seen(self, document: Document) -> tuple[str, float] | None:
        last, self.last = self.last, document.id
        return (last, 0.9) if last else None

    def keep(self, version: int, commits: int) -> None:
        self.kept = (version, commits)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.create(tmp_path / "corpus")


def test_batches_are_of_bounded_size(corpus: Corpus) -> None:
    summary = add(corpus, map(report, range(10)), PLAN)
    assert (summary.documents, summary.added, summary.mentions) == (10, 10, 10)
    assert [one.documents for one in corpus.versions()] == [4, 4, 2]
    short = replace(PLAN, most_characters=100)
    add(corpus, map(report, range(10, 14)), short)
    assert [one.documents for one in corpus.versions()][3:] == [3, 1]


def test_a_pause_commits_what_is_in_hand(corpus: Corpus) -> None:
    seen: list[int] = []

    def inputs() -> Iterator[Document | None]:
        yield report(1)
        yield None
        seen.append(corpus.at().version)
        yield report(2)

    commits: list[int] = []
    add(corpus, inputs(), PLAN, on_commit=lambda: commits.append(1))
    assert seen == [1]
    assert len(commits) == 2


def test_a_document_twice_in_one_run_is_one(corpus: Corpus) -> None:
    summary = add(corpus, [report(1), report(2), report(1), *map(report, range(70)), report(1)], PLAN)
    assert (summary.added, summary.known) == (70, 4)


def test_documents_in_other_languages_are_kept_and_not_coded(corpus: Corpus) -> None:
    french = replace(report(1), language="fr")
    summary = add(corpus, [french, report(2)], PLAN)
    assert summary.not_coded == {"language: fr": 1}
    rows = corpus.at().rows("SELECT coded, why_not FROM documents ORDER BY path")
    assert rows == [(False, "language: fr"), (True, None)]
    other = Corpus.create(corpus.folder.with_name("other"))
    assert add(other, [french], replace(PLAN, any_language=True)).coded == 1


def test_copies_are_marked_and_kept(corpus: Corpus) -> None:
    finder = FindsAll()
    summary = add(corpus, map(report, range(2)), PLAN, copies=finder)
    assert summary.copies == 1
    assert finder.kept == (1, 1)
    rows = corpus.at().rows("SELECT copy_of, copy_share FROM documents ORDER BY path")
    assert rows == [(None, None), (report(0).id, 0.9)]


def test_a_document_that_the_coder_falls_over_is_a_problem_and_tried_again(corpus: Corpus) -> None:
    summary = add(corpus, map(report, range(6)), replace(PLAN, make_coder=StumblingCoder))
    assert (summary.added, summary.problems) == (5, 1)
    ((reason,),) = corpus.at().rows("SELECT reason FROM problems")
    assert reason == "it could not be coded (ZeroDivisionError: a fault in the coder)"
    assert add(corpus, map(report, range(6)), PLAN).added == 1


def test_a_document_that_a_new_coder_falls_over_keeps_its_mentions(corpus: Corpus) -> None:
    add(corpus, map(report, range(6)), PLAN)
    summary = recode(corpus, Plan(StumblingCoder, RunInfo("recode", "words/2")))
    assert (summary.added, summary.problems) == (6, 1)
    coders = corpus.at().rows("SELECT coder, count(*) FROM event_mentions GROUP BY 1 ORDER BY 1")
    assert coders == [("words/1", 1), ("words/2", 5)]
    assert recode(corpus, Plan(WordCoder, RunInfo("recode", "words/2"))).added == 0


def test_documents_in_other_languages_can_be_coded_later(corpus: Corpus) -> None:
    add(corpus, [replace(report(1), language="fr"), report(2)], PLAN)
    assert recode(corpus, PLAN).added == 0
    assert recode(corpus, replace(PLAN, any_language=True)).added == 2
    now = corpus.at()
    assert now.rows("SELECT coded, why_not FROM documents") == [(True, None), (True, None)]
    assert now.rows("SELECT count(*) FROM event_mentions") == [(2,)]
    assert corpus.at(1).rows("SELECT count(*) FROM documents WHERE coded") == [(1,)]
    assert recode(corpus, replace(PLAN, any_language=True)).added == 0
    assert recode(corpus, Plan(WordCoder, RunInfo("recode", "words/2"))).added == 2
    assert corpus.at().rows("SELECT count(*) FROM documents WHERE coded") == [(2,)]
    assert check(corpus) == []


def test_stopping_commits_what_is_coded_and_the_next_run_goes_on(corpus: Corpus) -> None:
    coded: list[int] = []
    summary = add(
        corpus,
        map(report, range(20)),
        PLAN,
        stop=lambda: len(coded) == 6,
        on_progress=lambda summary: coded.append(summary.documents),
    )
    assert summary.stopped
    assert summary.added == 6
    assert corpus.at().rows("SELECT state FROM runs") == [("stopped",)]
    assert add(corpus, map(report, range(20)), PLAN).added == 14


def test_several_processes_make_the_same_corpus(corpus: Corpus, tmp_path: Path) -> None:
    inputs = [report(number, number % 3) for number in range(12)]
    add(corpus, inputs, replace(PLAN, jobs=2))
    add(Corpus.create(tmp_path / "one"), inputs, PLAN)
    assert content(corpus.folder) == content(tmp_path / "one")


def test_what_was_coded_before_a_process_died_is_kept(corpus: Corpus) -> None:
    fatal = Document("fatal", "end yourself", path="fatal.txt")
    plan = replace(PLAN, make_coder=FallingCoder, jobs=2)
    with pytest.raises(DragomanError, match="ended from outside"):
        add(corpus, [*map(report, range(8)), fatal, *map(report, range(8, 20))], plan)
    states = corpus.at().rows("SELECT state FROM runs")
    assert states == [("failed",)]


def test_an_adder_takes_documents_as_they_come(corpus: Corpus) -> None:
    with Adder(corpus, PLAN) as adder:
        assert adder.add([report(1), report(2)], [Problem("x", "it is empty")]) == 2
        assert corpus.at().version == 1
        assert adder.add([report(2), report(3)]) == 1
    assert corpus.at().rows("SELECT count(*) FROM problems") == [(1,)]


def test_the_corpus_is_asked_for_many_documents_at_once(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    known = adding_module.Writer.known

    def counting(self: adding_module.Writer, ids: list[str]) -> set[str]:
        asked.append(len(ids))
        return known(self, ids)

    monkeypatch.setattr(adding_module.Writer, "known", counting)
    add(corpus, map(report, range(100)), replace(PLAN, most_documents=100))
    assert asked == [64, 36]
    assert re.fullmatch(r"\d{8}T\d{6}-\w+\.\d+", corpus.versions()[0].id)


class Unfolding(WordCoder):
    """Falls over a document that comes with what its text was taken from."""

    def record(self, document: Document) -> Coded:
        assert document.original is None
        return super().record(document)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_text_was_taken_from_is_kept_and_not_sent_to_the_coders(corpus: Corpus, jobs: int) -> None:
    pages = [replace(report(number), original=f"<p>{number}</p>") for number in range(5)]
    assert add(corpus, pages, replace(PLAN, make_coder=Unfolding, jobs=jobs)).problems == 0
    assert recode(corpus, Plan(Unfolding, RunInfo("recode", "words/2"), jobs)).added == 5
    rows = corpus.at().rows("SELECT id, original FROM documents ORDER BY path")
    assert rows == [(one.id, one.original) for one in pages]
