"""A batch is there wholly or not at all, and no document twice."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from corpus_rows import RUN, content, entry, fill, raw_rows, report
from dragoman.errors import CorpusError
from dragoman.records import Document, EventMention, Problem
from dragoman.store import Batch, Corpus, Entry, Writer, check
from dragoman.store.rows import Stamp, document_in, document_row, mention_in, mention_rows, to_table
from dragoman.store.schemas import DOCUMENTS, EVENT_MENTIONS
from dragoman.store.writing import now
from samples import DOCUMENT, RECALL, documents, mentions


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.create(tmp_path / "corpus")


def test_a_new_corpus_is_empty(corpus: Corpus) -> None:
    snapshot = corpus.at()
    assert snapshot.version == 0
    assert snapshot.rows("SELECT count(*) FROM documents") == [(0,)]
    assert snapshot.rows("SELECT count(*) FROM event_mentions") == [(0,)]


def test_a_document_is_added_once(corpus: Corpus) -> None:
    fill(corpus, [1, 2, 2, 3])
    fill(corpus, [3, 2, 4])
    assert [one.documents for one in corpus.versions()] == [3, 1]
    assert corpus.at().rows("SELECT count(*), count(DISTINCT id) FROM documents") == [(4, 4)]


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    fill(Corpus.create(one), [1, 2, 3, 4])
    fill(Corpus.create(other), [4, 2])
    fill(Corpus.create(other), [3, 1, 2])
    assert content(one) == content(other)


def test_what_adds_nothing_makes_no_version(corpus: Corpus) -> None:
    fill(corpus, [1])
    fill(corpus, [1])
    assert corpus.at().version == 1


def test_a_problem_is_told_once(corpus: Corpus) -> None:
    for _ in range(2):
        with Writer(corpus, RUN) as writer:
            writer.write(Batch(problems=(Problem("a.txt", "it is empty"), Problem("a.txt", "it is empty"))))
    assert corpus.at().rows("SELECT path, reason FROM problems") == [("a.txt", "it is empty")]


@settings(max_examples=100, deadline=None)
@given(documents, mentions)
def test_what_is_stored_comes_back_equal(document: Document, mention: EventMention) -> None:
    mention = replace(mention, document_id=document.id)
    one = Entry(document, document.published, (mention,))
    stamp = Stamp("run", "run.1", "words/1", now())
    (row,) = to_table([document_row(one, stamp)], DOCUMENTS).to_pylist()
    assert document_in(row) == document
    (row,) = to_table(mention_rows(one, stamp), EVENT_MENTIONS).to_pylist()
    assert mention_in(row) == mention


def test_records_come_back_equal_from_disk(corpus: Corpus) -> None:
    with Writer(corpus, RUN) as writer:
        writer.write(Batch((Entry(DOCUMENT, DOCUMENT.published, (RECALL,)),)))
    snapshot = corpus.at()
    assert list(snapshot.read_documents()) == [DOCUMENT]
    assert list(snapshot.read_mentions()) == [RECALL]


def test_half_a_surrogate_pair_does_not_stop_a_batch(corpus: Corpus) -> None:
    with Writer(corpus, RUN) as writer:
        writer.write(Batch((Entry(Document("x", "a\ud800b")),)))
    assert [one.text for one in corpus.at().read_documents()] == ["a?b"]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("last", ["event_mentions", "documents", "problems", "batches"])
def test_what_is_half_written_is_seen_by_no_one_and_taken_out_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    path = tmp_path / "corpus"
    corpus = Corpus.create(path)
    fill(corpus, [1])
    before = content(path)
    table = corpus.tables[last]

    def killed(*_: Any) -> Any:
        raise Killed

    monkeypatch.setattr(table, "append" if last != "batches" else "append_as", killed)
    problem = Problem("p.txt", "it is empty")
    with pytest.raises(Killed), Writer(corpus, RUN) as writer:
        writer.write(Batch((entry(report(2)),), (problem,)))
    monkeypatch.undo()
    assert content(path) == before
    fill(Corpus.create(path), [])
    assert content(path) == before
    for name in ("documents", "event_mentions", "problems"):
        assert raw_rows(path, name) == before[name]
    with Writer(Corpus.create(path), RUN) as writer:
        writer.write(Batch((entry(report(2)),), (problem,)))
    assert len(content(path)["documents"]) == 2


def test_what_a_living_run_writes_is_left_alone(corpus: Corpus) -> None:
    with Writer(corpus, RUN) as writer:
        commit = writer._put(Batch((entry(report(1)),)))
        fill(Corpus.open(corpus.folder), [2])
        assert writer._commit(Batch((entry(report(1)),)), commit) is not None
    assert corpus.at().rows("SELECT count(*) FROM documents") == [(2,)]


def test_of_two_runs_over_the_same_documents_the_later_one_gives_way(corpus: Corpus) -> None:
    batch = Batch((entry(report(1)), entry(report(2))))
    with Writer(corpus, RUN) as writer:
        commit = writer._put(batch)
        fill(Corpus.open(corpus.folder), [2])
        assert writer._commit(batch, commit) is None
        kept = writer.write(batch)
    assert kept is not None
    assert kept.documents == 1
    assert raw_rows(corpus.folder, "documents") == content(corpus.folder)["documents"]


TWO = """
import sys
sys.path.insert(0, {tests!r})
from corpus_rows import RUN, entry, report
from dragoman.store import Batch, Corpus, Writer
corpus = Corpus.create({path!r})
with Writer(corpus, RUN) as writer:
    for start in range(0, 30, 3):
        numbers = range(start, start + 3) if {forward} else range(29 - start, 26 - start, -1)
        writer.write(Batch(tuple(entry(report(number)) for number in numbers)))
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path, tests = tmp_path / "corpus", str(Path(__file__).parents[1])
    programs = [TWO.format(tests=tests, path=str(path), forward=forward) for forward in (True, False)]
    running = [subprocess.Popen([sys.executable, "-c", program]) for program in programs]
    while not (path / "corpus.json").exists():
        time.sleep(0.01)
    seen = 0
    while any(process.poll() is None for process in running):
        snapshot = Corpus.open(path).at()  # reading beside writing: never half a batch
        ((orphans,),) = snapshot.rows(
            "SELECT count(*) FROM event_mentions ANTI JOIN documents ON document_id = documents.id"
        )
        ((count,),) = snapshot.rows("SELECT count(*) FROM documents")
        assert orphans == 0
        assert count >= seen
        seen = count
    assert [process.wait() for process in running] == [0, 0]
    fill(Corpus.create(tmp_path / "alone"), range(30))
    assert content(path) == content(tmp_path / "alone")
    assert raw_rows(path, "event_mentions") == content(path)["event_mentions"]


def test_a_folder_with_other_things_is_not_made_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(CorpusError, match=r"thesis\.doc.*empty folder"):
        Corpus.create(tmp_path)


@pytest.mark.parametrize("name", ["mein Korpus ü", "it's 100% *?#x", "日本"])
def test_a_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    corpus = Corpus.create(tmp_path / name)
    fill(corpus, [1, 2])
    fill(corpus, [2, 3])
    corpus.compact(0)
    fill(corpus, [4])
    assert Corpus.open(tmp_path / name).at().rows("SELECT count(*) FROM documents") == [(4,)]
    assert check(corpus) == []


@pytest.mark.parametrize("name", ["a[b]", "a^b", "a%20b"])
def test_what_delta_lake_can_not_take_for_a_path_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="name another folder"):
        Corpus.create(tmp_path / name)


def test_a_corpus_half_made_is_made_whole(tmp_path: Path) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    (corpus.folder / "corpus.json").unlink()
    fill(Corpus.create(corpus.folder), [1])
    assert Corpus.open(corpus.folder).at().version == 1


def test_no_corpus_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="--into"):
        Corpus.open(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="is no corpus"):
        Corpus.open(tmp_path)


def test_how_runs_ended_is_kept(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(corpus, [1])
    with pytest.raises(ValueError), Writer(corpus, RUN):
        raise ValueError
    monkeypatch.setattr(Writer, "__exit__", lambda *_: None)
    with Writer(corpus, RUN) as writer:
        writer.write(Batch((entry(report(2)),)))
        writer.lock.release()  # as the system does for a killed process
    monkeypatch.undo()
    fill(corpus, [3])
    states = corpus.at().rows("SELECT state, documents FROM runs ORDER BY started")
    assert states == [("done", 1), ("failed", 0), ("killed", 1), ("done", 1)]
