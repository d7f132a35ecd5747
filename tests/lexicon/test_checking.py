"""The checks that hold for every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.lexicon import check_table, tables


@pytest.mark.parametrize("path", tables(), ids=lambda path: path.name)
def test_every_table_is_sound(path: Path) -> None:
    rows, faults = check_table(path)
    assert rows
    assert faults == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id\tlemma\na\tsay\textra\n", "t.tsv:2: 3 cells, there should be 2"),
        ("id\tlemma\na\tsay\na\ttell\n", "t.tsv:3: the id 'a' is that of line 2"),
        ("id\tlemma\na\tsay\na\tsay\n", "t.tsv:3: the same row as line 2"),
        ("id\tlemma\n\tsay\n", "t.tsv:2: id: is empty"),
        ("id\tlemma\na\t say\n", "t.tsv:2: lemma: a space before or after 'say'"),
        ("name\tiso3\nNorway\tNO\n", "t.tsv:2: iso3: 'NO' is not of the right form"),
        (
            "id\texample\na\t\n",
            "t.tsv:2: example: is empty; a row proves itself by a sentence in which it fires",
        ),
        ("id\texample\tbut_not\na\tx\tx\n", "t.tsv:2: but_not: is the same as the example"),
        ("id\tid\na\tb\n", "t.tsv:1: a column has no name, or two have the same"),
        ("id\r\na\r\n", "t.tsv: has Windows line ends; save it with plain newlines"),
    ],
)
def test_each_fault_is_named_by_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(text.encode())
    assert check_table(path)[1] == [said]
