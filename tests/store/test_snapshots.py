"""Every past version can be read, whatever is written, recoded or compacted after it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus_rows import content, entry, fill, report
from dragoman.errors import CorpusError
from dragoman.store import Batch, Corpus, RunInfo, Writer

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
