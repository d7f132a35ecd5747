"""Every past version can be read, whatever is written, recoded or compacted after it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pytest

from corpus_rows import RUN, content, entry, fill, report
from dragoman.errors import CorpusError
from dragoman.records import Precision, TimeRef
from dragoman.store import Batch, Corpus, Entry, RunInfo, Writer, check, sorting

OTHER = RunInfo("recode", "words/2")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.create(tmp_path / "corpus")


def count(corpus: Corpus, version: int | None = None, as_of: datetime | None = None) -> int:
    ((number,),) = corpus.at(version, as_of).rows("SELECT count(*) FROM documents")
    return int(number)


def test_past_versions_stay_readable_after_compaction(corpus: Corpus) -> None:
    for number in range(5):
        fill(corpus, [number])
    before = content(corpus.folder)
    corpus.compact(keep_hours=0)
    assert content(corpus.folder) == before
    assert [count(corpus, version) for version in range(6)] == list(range(6))
    assert corpus.tables["documents"].size()[0] == 1
    fill(corpus, [5])
    assert count(corpus, 3) == 3


def test_compaction_puts_mentions_in_the_order_of_their_days(corpus: Corpus) -> None:
    days = [date(2020, 1, 1 + (7 * number) % 25) for number in range(12)]
    with Writer(corpus, RUN) as writer:
        for number, day in enumerate(days):
            when = TimeRef(day, day, Precision.DAY, "given")
            dated = tuple(
                replace(one, date=when if number % 2 else None) for one in entry(report(number)).mentions
            )
            writer.write(Batch((Entry(report(number), when, dated),)))
    before = content(corpus.folder)
    corpus.compact(keep_hours=0)
    assert content(corpus.folder) == before
    (file,) = corpus.tables["event_mentions"].files()
    query = """SELECT coalesce("date"."start", published_start) FROM read_parquet(?)"""
    assert [day for (day,) in duckdb.execute(query, [file]).fetchall()] == sorted(days)
    assert corpus.at(4).rows("SELECT count(*) FROM event_mentions") == [(4,)]
    assert check(corpus) == []


def test_what_is_added_while_rows_are_sorted_is_there_once(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(corpus, [1])
    fill(corpus, [2])
    late = iter([3])
    scan = sorting.scan

    def scan_and_add(*given: Any) -> str:
        query = scan(*given)
        fill(Corpus.open(corpus.folder), islice(late, 1))
        return query

    monkeypatch.setattr(sorting, "scan", scan_and_add)
    corpus.compact(keep_hours=0)
    assert corpus.at().rows("SELECT count(*), count(DISTINCT document_id) FROM event_mentions") == [(3, 3)]
    assert check(corpus) == []


def test_a_version_can_be_asked_for_by_time(corpus: Corpus) -> None:
    fill(corpus, [1])
    time.sleep(0.01)
    between = datetime.now(UTC)
    fill(corpus, [2])
    assert count(corpus, as_of=between) == 1
    assert count(corpus, as_of=datetime(2000, 1, 1, tzinfo=UTC)) == 0


def test_a_version_that_is_not_there_is_a_clear_error(corpus: Corpus) -> None:
    fill(corpus, [1])
    with pytest.raises(CorpusError, match="no version 7; the corpus has versions 0 to 1"):
        corpus.at(7)


def test_a_snapshot_does_not_change_under_its_reader(corpus: Corpus) -> None:
    fill(corpus, [1])
    snapshot = corpus.at()
    fill(Corpus.open(corpus.folder), [2])
    assert snapshot.rows("SELECT count(*) FROM documents") == [(1,)]


def test_recoded_mentions_stand_in_for_the_old_which_stay_readable(corpus: Corpus) -> None:
    fill(corpus, [1, 2])
    (old,) = corpus.versions()
    with Writer(corpus, OTHER) as writer:
        writer.write(Batch((entry(report(1)),), replaces=old))
        assert writer.write(Batch((entry(report(1)),), replaces=old)) is None
    now = corpus.at()
    assert now.rows("SELECT coder, count(*) FROM event_mentions GROUP BY ALL") == [("words/2", 1)]
    assert now.rows("SELECT count(*) FROM all_mentions") == [(3,)]
    assert now.rows("SELECT count(*) FROM documents") == [(2,)]
    assert corpus.at(1).rows("SELECT coder, count(*) FROM event_mentions GROUP BY ALL") == [("words/1", 2)]
