"""Events are the same in whatever pieces and order documents come, and only what is touched is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_events import CODING, add, document, entry_of, mention, small_corpus, story
from dragoman.assemble import event_id, mention_key
from dragoman.records import Review, Span, TieStatement
from dragoman.running import Assembled, assemble
from dragoman.store import Batch, Corpus, RunInfo, Writer, check, write_reviews

RECODING = RunInfo("recode", "hand/2")


def states(corpus: Corpus, name: str = "events") -> list[dict[str, Any]]:
    """What stands, without what differs from run to run."""
    rows = corpus.at().records(f'SELECT * EXCLUDE ("row", run_id, batch) FROM {name} ORDER BY id')
    return list(rows)


def grouped(corpus: Corpus) -> set[frozenset[str]]:
    """The mentions that are one event, whatever its id."""
    return {frozenset(keys) for (keys,) in corpus.at().rows("SELECT keys FROM events")}


def test_one_happening_in_two_reports_is_one_event_and_ends_a_tie(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    one = document("Norway recalled its ambassador from Sweden on Wednesday.", "2021-03-04", "A")
    two = document("Norway has recalled its ambassador to Sweden, Reuters said.", "2021-03-04", "B")
    recall = mention(one, "recalled", "SANCTION", "NOR", "SWE", "2021-03-03", mode="withdraw")
    again = mention(two, "recalled", "SANCTION", "NOR", "SWE", "2021-03-03", mode="withdraw")
    add(corpus, (one, [recall]))
    first = assemble(corpus)
    assert (first.new, first.changed, first.ties, first.version) == (1, 0, 1, 2)
    add(corpus, (two, [again]))
    second = assemble(corpus)
    assert (second.new, second.changed, second.merged, second.version) == (0, 1, 1, 4)
    (event,) = corpus.at().read_events()
    assert event.id == event_id(mention_key(recall))
    assert [join.mention_id for join in event.joins] == [recall.id, again.id]
    (tie,) = corpus.at().read_ties()
    assert (tie.kind, tie.state) == ("ambassador", "closed")
    assert {change.event_id for change in tie.changes} == {event.id}
    assert assemble(corpus).version == 4
    assert [one.kind for one in corpus.versions()] == ["add", "assemble", "add", "assemble"]
    assert check(corpus) == []


def test_what_is_not_touched_is_not_written_again(tmp_path: Path) -> None:
    corpus = small_corpus(tmp_path / "corpus")
    assemble(corpus, anew=True)
    before = corpus.tables["events"].rows()
    far = document("Peru thanked Chile.", "2021-04-01")
    add(corpus, (far, [mention(far, "thanked", "SUPPORT", "PER", "CHL")]))
    done = assemble(corpus)
    assert (done.new, done.changed, done.ended) == (1, 0, 0)
    assert corpus.tables["events"].rows() == before + 1
    again = assemble(corpus, anew=True)
    assert (again.new, again.changed, again.ended) == (0, 0, 0)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True), st.data())
def test_in_pieces_and_in_any_order_the_events_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("corpora")
    once, pieces, mixed = (Corpus.create(folder / name) for name in ("once", "pieces", "mixed"))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(numbers) - 1), max_size=2)))
    parts = [numbers[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    for part in parts:
        add(once, *map(story, part))
    for part in parts:
        add(pieces, *map(story, part))
        assemble(pieces)
    for number in data.draw(st.permutations(numbers)):
        add(mixed, story(number))
    assemble(once)
    assemble(mixed, step=7)
    assert states(pieces) == states(once)
    assert states(pieces, "ties") == states(once, "ties")
    assert grouped(mixed) == grouped(once)
    for corpus in (once, pieces, mixed):
        assert check(corpus) == []


def test_several_processes_make_the_same_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = Corpus.create(tmp_path / "one"), Corpus.create(tmp_path / "two")
    for corpus in (one, two):
        add(corpus, *map(story, range(12)))
    assemble(one)
    monkeypatch.setattr("dragoman.running.assembling.FEW", 0)
    assemble(two, jobs=2)
    assert states(one) == states(two)


def test_recoding_ends_events_whose_mentions_are_gone(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    told = [story(number) for number in (1, 2)]
    commit = add(corpus, *told)
    assemble(corpus)
    before = states(corpus)
    (report, mentions), other = told
    renamed = [replace(one, id=f"{one.id}x", responds_to=None) for one in mentions[:2]]
    with Writer(corpus, RECODING) as writer:
        writer.write(Batch((entry_of(report, renamed), entry_of(*other)), replaces=commit))
    assert not corpus.at().is_assembled
    assemble(corpus)
    fresh = Corpus.create(tmp_path / "fresh")
    add(fresh, (report, renamed), other)
    assemble(fresh)
    assert states(corpus) == states(fresh)
    past = corpus.at(2).records('SELECT * EXCLUDE ("row", run_id, batch) FROM events ORDER BY id')
    assert list(past) == before
    gone = {row["id"] for row in before} - {row["id"] for row in states(corpus)}
    for name in gone:
        ends = corpus.at().rows("SELECT superseded_by FROM endings WHERE id = ?", [name])
        assert len(ends) == 1
        assert ends[0][0] != name
    assert check(corpus) == []


def test_reviewers_part_and_join_events(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    one = document("Norway recalled its ambassador from Sweden.", "2021-03-04", "A")
    two = document("Norway has recalled its ambassador to Sweden.", "2021-03-04", "B")
    recall = mention(one, "recalled", "SANCTION", "NOR", "SWE", "2021-03-03", mode="withdraw")
    again = mention(two, "recalled", "SANCTION", "NOR", "SWE", "2021-03-03", mode="withdraw")
    add(corpus, (one, [recall]), (two, [again]))
    assemble(corpus)
    together = grouped(corpus)
    assert len(together) == 1
    first, second = sorted((mention_key(recall), mention_key(again)))
    for number, verdict in enumerate(("different", "same", "different", "withdrawn")):
        at = datetime(2026, 1, 1 + number, tzinfo=UTC)
        said = Review(f"r{number}", first, verdict, "Ada", at, other=second)
        with Writer(corpus, CODING) as writer:
            write_reviews(writer, [said])
        assemble(corpus)
        assert (grouped(corpus) == together) == (verdict != "different")
    assert check(corpus) == []


def test_statements_make_ties(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    report = document("Norway keeps an embassy in Sweden.", "2021-04-01")
    says = TieStatement(
        "s1", report.id, "embassy", ("NOR", "SWE"), "open", Span(7, 33), "keeps an embassy in", rule="hand"
    )
    with Writer(corpus, CODING) as writer:
        commit = writer.write(Batch((entry_of(report, [], [says]),)))
    assert assemble(corpus).ties == 1
    (tie,) = corpus.at().read_ties()
    assert (tie.kind, tie.state, tie.last_confirmed) == ("embassy", "open", date(2021, 4, 1))
    with Writer(corpus, RECODING) as writer:
        writer.write(Batch((entry_of(report, []),), replaces=commit))
    assert assemble(corpus).ties == 1
    assert list(corpus.at().read_ties()) == []
    assert len(list(corpus.at(2).read_ties())) == 1


def test_stopping_leaves_events_as_they_were(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    add(corpus, story(1))
    stages: list[str] = []

    def note(done: Assembled) -> None:
        stages.append(done.stage)

    for most in range(1, 6):
        stages.clear()
        done = assemble(corpus, on_progress=note, stop=lambda most=most: len(stages) >= most)  # type: ignore[misc]
        assert done.stopped
        assert states(corpus) == []
        assert not corpus.at().is_assembled
        assert corpus.tables["events"].rows() == 0
    assert assemble(corpus).new == 3


def test_sketches_that_were_lost_or_damaged_are_made_again(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    add(corpus, story(1))
    assemble(corpus)
    for path in (corpus.folder / "_sketches").glob("*.parquet"):
        path.write_bytes(b"no parquet")
    add(corpus, story(2))
    assemble(corpus)
    whole = Corpus.create(tmp_path / "whole")
    add(whole, story(1))
    add(whole, story(2))
    assemble(whole)
    assert json.dumps(states(corpus), default=str) == json.dumps(states(whole), default=str)
