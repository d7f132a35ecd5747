"""A corpus of an older version is read as it is, and brought up to date when it is written to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from corpus_rows import content, fill
from dragoman.records import FieldConfidence
from dragoman.running import assemble
from dragoman.store import SCHEMA_VERSION, Corpus, check
from dragoman.store import corpus as corpus_module


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    old = Path(__file__).parent / f"schema{request.param}"
    return Path(shutil.copytree(old, tmp_path / "corpus"))


def test_an_older_corpus_is_read_without_touching_it(path: Path) -> None:
    before = sorted(path.rglob("*"))
    snapshot = Corpus.open(path).at()
    mentions = list(snapshot.read_mentions())
    assert len(mentions) == 3
    assert {mention.field_confidence for mention in mentions} == {FieldConfidence()}
    assert snapshot.rows("SELECT count(*) FROM events") == [(0,)]
    assert (list(snapshot.read_ties()), list(snapshot.read_reviews())) == ([], [])
    assert check(Corpus.open(path)) == []
    assert sorted(path.rglob("*")) == before


def test_an_older_corpus_is_migrated_when_it_is_written_to(path: Path) -> None:
    before = content(path)
    corpus = Corpus.create(path)
    assert corpus.schema == SCHEMA_VERSION
    assert content(path) == before
    fill(corpus, [3, 4])
    assert Corpus.open(path).at().rows("SELECT count(*) FROM documents") == [(4,)]
    assert Corpus.open(path).at(2).rows("SELECT count(*) FROM event_mentions") == [(3,)]
    Corpus.create(path).compact(0)
    assert check(Corpus.open(path)) == []
    fill(Corpus.create(path), [5])
    assert len(list(Corpus.open(path).at().read_mentions())) == 5
    assert assemble(Corpus.create(path)).mentions == 5
    assert Corpus.open(path).at().rows("SELECT sum(mentions)::INTEGER FROM events") == [(5,)]
    assert check(Corpus.open(path)) == []


def test_a_migration_that_was_broken_off_is_done_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus_module, "write_manifest", killed)
    with pytest.raises(KeyboardInterrupt):
        Corpus.create(path)
    monkeypatch.undo()
    assert Corpus.open(path).schema < SCHEMA_VERSION
    fill(Corpus.create(path), [4])
    assert Corpus.open(path).schema == SCHEMA_VERSION
    assert len(list(Corpus.open(path).at().read_mentions())) == 4
