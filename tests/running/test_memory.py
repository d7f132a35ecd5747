"""Reprints are found across runs, from the folder that is kept or from the documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus_rows import RUN
from dragoman.records import Document
from dragoman.running import CopyMemory, Plan, add
from dragoman.running.memory import FOLDER
from dragoman.store import Corpus
from wordcoder import WordCoder

WORDS = (
    "Norway recalled its ambassador from Stockholm on Monday after talks on fishing rights broke down, the "
    "foreign ministry in Oslo said, and the minister told reporters that the step was meant as a signal."
)
FIRST = Document("first", WORDS, path="first.txt")
REPRINT = Document("reprint", f"{WORDS} More soon.", path="reprint.txt")


@pytest.mark.parametrize("damage", ["none", "missing", "broken", "ahead", "a file"])
def test_a_reprint_is_found_in_a_later_run(tmp_path: Path, damage: str) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    plan = Plan(WordCoder, RUN)
    add(corpus, [FIRST], plan, copies=CopyMemory(corpus))
    folder = corpus.folder / FOLDER
    state = folder / "state.json"
    if damage == "missing":
        shutil.rmtree(folder)
    elif damage == "broken":
        next(folder.glob("*.part")).write_bytes(b"")
    elif damage == "ahead":
        state.write_text(state.read_text().replace('"mark": 1', '"mark": 9'))
    elif damage == "a file":
        shutil.rmtree(folder)
        folder.write_bytes(b"the memory of an older version")
    summary = add(corpus, [REPRINT], plan, copies=CopyMemory(corpus))
    assert summary.copies == 1
    assert '"mark": 2' in state.read_text()
    rows = corpus.at().rows("SELECT copy_of, copy_share > 0.5 FROM documents WHERE id = 'reprint'")
    assert rows == [("first", True)]
