"""Events, ties and reviews: what stands at a version, what stood before, and what is half-written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus_events import (
    ASSEMBLING,
    CODING,
    add,
    day,
    document,
    entry_of,
    event_of,
    mention,
    record,
    small_corpus,
)
from dragoman.records import Review, Span, Status, Tie, TieChange, TieSpan, TieStatement
from dragoman.store import Batch, Corpus, Ending, Recording, Writer, check, event_row, write_reviews

TIE = Tie(
    "t1",
    "ambassador",
    ("NOR", "SWE"),
    "",
    "closed",
    (TieSpan("closed", None, day("2021-03-03")),),
    (TieChange("closed", day("2021-03-03"), "e1", None, "recall-envoy", "recalled its envoy"),),
    day("2021-03-03").end,
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return small_corpus(tmp_path / "corpus")


def test_events_come_back_equal_and_can_be_searched(corpus: Corpus) -> None:
    snapshot = corpus.at()
    (shelling,) = snapshot.read_events("killed_low >= 3")
    assert shelling.casualties.killed is not None
    assert shelling.place is not None
    assert shelling.place.name == "Vik"
    found = snapshot.rows(
        'SELECT event_type, mentions, documents, origin_count, "start"::VARCHAR, len(keys) FROM events '
        "WHERE contains(actor_countries, 'NOR')"
    )
    assert found == [("SANCTION", 2, 2, 2, "2021-03-03", 2)]
    assert snapshot.is_assembled
    assert check(corpus) == []


def test_a_new_state_takes_the_place_of_the_old_which_stays_readable(corpus: Corpus) -> None:
    before = corpus.at()
    ((row, name),) = before.rows("SELECT \"row\", id FROM events WHERE event_type = 'SANCTION'")
    (old,) = before.read_events("id = ?", [name])
    new = replace(old, status=Status.DENIED, denials=1)
    mentions = list(before.read_mentions("event_type = 'SANCTION'"))
    record(corpus, [(new, mentions)], [TIE], [Ending("events", row, name, name)])
    now = corpus.at()
    assert list(now.read_events("id = ?", [name])) == [new]
    assert list(now.read_ties()) == [TIE]
    assert list(corpus.at(before.version).read_events("id = ?", [name])) == [old]
    states = now.rows("SELECT status, since, until FROM all_events WHERE id = ? ORDER BY since", [name])
    assert states == [("asserted", 2, 3), ("denied", 3, None)]
    corpus.compact(0)
    assert list(corpus.at(before.version).read_events("id = ?", [name])) == [old]
    assert corpus.at(1).rows("SELECT count(*) FROM events") == [(0,)]


def test_new_documents_wait_to_be_assembled(corpus: Corpus) -> None:
    report = document("Norway thanked Sweden.", "2021-04-01")
    add(corpus, (report, [mention(report, "thanked", "SUPPORT", "NOR", "SWE")]))
    snapshot = corpus.at()
    assert (snapshot.version, snapshot.assembled, snapshot.is_assembled) == (3, 1, False)


def test_what_a_killed_assembling_leaves_is_seen_by_no_one_and_taken_out(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = corpus.at().rows("SELECT * FROM events ORDER BY id")
    (one, *_) = corpus.at().read_events()
    monkeypatch.setattr(Writer, "__exit__", lambda *_: None)
    with Writer(corpus, ASSEMBLING) as writer:
        recording = Recording(writer, 2)
        recording.add("events", [event_row(one, ["k"], "t")])
        recording.end([Ending("events", "x", "y", None)])
        writer.lock.release()  # as the system does for a killed process
    monkeypatch.undo()
    assert corpus.at().rows("SELECT * FROM events ORDER BY id") == before
    assert any("half-written" in finding.what for finding in check(corpus))
    with Writer(corpus, CODING):
        pass
    assert corpus.at().rows("SELECT * FROM events ORDER BY id") == before
    assert corpus.tables["events"].rows() == len(before)
    assert corpus.tables["endings"].rows() == 0
    assert check(corpus) == []


def test_of_two_assemblings_at_once_the_later_gives_way(corpus: Corpus) -> None:
    report = document("Norway thanked Sweden.", "2021-04-01")
    thanks = mention(report, "thanked", "SUPPORT", "NOR", "SWE")
    add(corpus, (report, [thanks]))
    row = event_row(event_of([thanks]), ["k"], "t")
    with Writer(corpus, ASSEMBLING) as one, Writer(Corpus.open(corpus.folder), ASSEMBLING) as two:
        first, second = Recording(one, 3), Recording(two, 3)
        first.add("events", [row])
        second.add("events", [row])
        assert first.commit(3) is not None
        assert second.commit(3) is None
    assert corpus.at().rows("SELECT count(*) FROM events") == [(3,)]
    assert corpus.at().is_assembled


def test_reviews_and_statements_are_kept(corpus: Corpus) -> None:
    review = Review("r1", "e1", "wrong", "Ada", datetime(2026, 1, 2, tzinfo=UTC), "it was Denmark")
    report = document("Norway keeps an embassy in Sweden.", "2021-04-01")
    says = TieStatement(
        "s1", report.id, "embassy", ("NOR", "SWE"), "open", Span(7, 33), "keeps an embassy in"
    )
    with Writer(corpus, CODING) as writer:
        writer.write(Batch((entry_of(report, [], [says]),)))
        assert write_reviews(writer, [review]) is not None
        assert write_reviews(writer, []) is None
    snapshot = corpus.at()
    assert list(snapshot.read_reviews()) == [review]
    assert list(snapshot.read_statements()) == [says]
    assert [one.kind for one in corpus.versions()] == ["add", "assemble", "add", "review"]
    assert list(corpus.at(3).read_reviews()) == []
    assert check(corpus) == []
