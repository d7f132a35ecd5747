"""Reprints are found across runs, from the file that is kept or from the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_rows import RUN
from dragoman.records import Document
from dragoman.running import CopyMemory, Plan, add
from dragoman.running.memory import FILE
from dragoman.store import Corpus
from wordcoder import WordCoder

WORDS = (
    "Norway recalled its ambassador from Stockholm on Monday after talks on fishing rights broke down, the "
    "foreign ministry in Oslo said, and the minister told reporters that the step was meant as a signal."
)
FIRST = Document("first", WORDS, path="first.txt")
REPRINT = Document("reprint", f"{WORDS} More soon.", path="reprint.txt")


@pytest.mark.parametrize("damage", ["none", "missing", "broken", "ahead"])
def test_a_reprint_is_found_in_a_later_run(tmp_path: Path, damage: str) -> None:
    corpus = Corpus.create(tmp_path / "corpus")
    plan = Plan(WordCoder, RUN)
    add(corpus, [FIRST], plan, copies=CopyMemory(corpus))
    file = corpus.folder / FILE
    assert file.exists()
    if damage == "missing":
        file.unlink()
    elif damage == "broken":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "ahead":
        file.write_bytes(b"\xff" + file.read_bytes()[1:])
    summary = add(corpus, [REPRINT], plan, copies=CopyMemory(corpus))
    assert summary.copies == 1
    rows = corpus.at().rows("SELECT copy_of, copy_share > 0.5 FROM documents WHERE id = 'reprint'")
    assert rows == [("first", True)]
