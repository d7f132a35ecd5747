"""Tables: JSON Lines, JSON, CSV, TSV and Parquet, their columns told or guessed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.intake import Columns, Terms, documents_in
from dragoman.intake.columns import ColumnRow, column_values, holds, map_columns
from dragoman.intake.documents import read_item
from dragoman.intake.lines import lines_of
from dragoman.intake.sources import Item, Stream
from dragoman.lexicon import read_table
from dragoman.records import Document, Problem
from mess import REPORT, json_lines, only, parquet_bytes, problem, read, rows

COLUMN_ROWS = read_table("column_names.tsv", ColumnRow)


def write(folder: Path, name: str, data: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", json_lines()),
        ("a.ndjson", json_lines().replace("\n", "\r\n\r\n")),
        ("a.jsonl", json_lines().replace("\n", "\r")),
        ("a.jsonl", b"\xef\xbb\xbf" + json_lines().encode()),
        ("a.jsonl", json_lines().encode("utf-16")),
        ("a.json", json.dumps(rows(), indent=2)),
        ("a.json", json.dumps(rows()).encode("utf-16")),
        ("a.json", json.dumps({"status": "ok", "tags": ["a"], "articles": rows()})),
        ("a.json", json_lines()),
        ("a.parquet", parquet_bytes()),
    ],
)
def test_objects_become_documents_with_all_that_they_say(
    tmp_path: Path, name: str, data: str | bytes
) -> None:
    file = write(tmp_path, name, data)
    first, second, third = read(file)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.text == f"Envoy 0\n\n{REPORT} 0"
    assert first.published
    assert (first.published.start, first.published.rule) == (date(2021, 3, 1), "column/pub_date")
    assert (first.outlet, first.address, first.language) == ("AFP", "https://example.org/0", "en")
    assert first.path == f"{file}#100"
    assert json.loads(first.original or "")["body"] == f"{REPORT} 0"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_sheets_of_every_make_are_read(tmp_path: Path, delimiter: str, line_end: str, encoding: str) -> None:
    stream = io.StringIO()
    sheet = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
    sheet.writerow(["Headline", "Full Text", "Date", "Newspaper"])
    words = f'"Нет", сказал Зеленский, according to the ministry. {REPORT}'.replace("\n", line_end)
    for number in range(3):
        sheet.writerow([f"Envoy {number}", f"{words} {number}", "25/03/2021", "TASS"])
    found = read(write(tmp_path, "a.csv", stream.getvalue().encode(encoding)))
    assert [one.path.rsplit(":", 1)[1] for one in found if one.path] == ["2", "5", "8"]
    for number, one in enumerate(found):
        assert isinstance(one, Document)
        assert one.text == f"Envoy {number}\n\n" + words.replace(line_end, "\n") + f" {number}"
        assert one.published
        assert (one.published.start, one.outlet) == (date(2021, 3, 25), "TASS")


def test_a_sheet_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    file = write(tmp_path, "a.tsv", f"2021-03-04\tAFP\t{REPORT[:91]}\n" * 2)
    terms = Terms(columns=Columns(date="1", outlet="2", text="3"))
    found = read(file, terms)
    assert [one.outlet for one in found if isinstance(one, Document)] == ["AFP", "AFP"]


def test_columns_that_are_told_go_before_guesses(tmp_path: Path) -> None:
    line = json.dumps({"text": REPORT, "Summary Text": f"{REPORT} In short.", "day": "2021-03-04"})
    document = only(write(tmp_path, "a.jsonl", line), Terms(columns=Columns(text="summary_text")))
    assert document.text == f"{REPORT} In short."


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    found = problem(write(tmp_path, "a.jsonl", json_lines()), Terms(columns=Columns(text="words")))
    assert "there is no column 'words'; the columns are 'id', 'headline', 'body'" in found.reason
    assert "--text-column" in found.remedy


def test_a_table_without_reports_is_refused_once(tmp_path: Path) -> None:
    found = problem(write(tmp_path, "a.csv", "name,size\na,1\nb,2\n"))
    assert "no column has the text of reports; the columns are 'name', 'size'" in found.reason


def test_the_columns_are_said(tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []
    file = write(tmp_path, "a.jsonl", json_lines())
    list(documents_in([str(file)], tell=lambda path, message: said.append((path, message))))
    assert said == [
        (
            str(file),
            'reads text from "body", title from "headline", date from "pub_date", outlet from "source.name", '
            'id from "id", url from "link"; guessed: change it with --text-column',
        )
    ]


def test_columns_that_are_not_read_are_said(tmp_path: Path) -> None:
    said: list[str] = []
    file = write(tmp_path, "a.csv", f'Titel,Text,Ressort\nEnvoy recalled,"{REPORT}",Ausland\n')
    list(documents_in([str(file)], tell=lambda path, message: said.append(message)))
    assert said == [
        "reads text from \"Text\"; not read: 'Titel', 'Ressort'; guessed: change it with --text-column"
    ]


def test_the_text_is_told_by_what_it_looks_like_where_no_name_does(tmp_path: Path) -> None:
    line = json.dumps(
        {"feld_1": "Envoy recalled", "feld_2": f"{REPORT}", "feld_3": "https://example.org/" * 20}
    )
    assert only(write(tmp_path, "a.jsonl", line)).text == REPORT


def test_bad_rows_are_problems_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps({"text": REPORT})
    lines = [good, "{broken", '{"text": ""}', '"a string"', '{"other": 1}', good.replace("Norway", "Iceland")]
    found = read(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [type(one) for one in found] == [Document, Problem, Problem, Problem, Problem, Document]
    assert [one.path.rsplit(":", 1)[1] for one in found if isinstance(one, Problem)] == ["2", "3", "4", "5"]
    assert all(one.reason and one.remedy for one in found if isinstance(one, Problem))


def test_a_row_that_was_cut_in_wrong_places_is_not_read_as_if_it_were_whole(tmp_path: Path) -> None:
    sheet = f'title,text\na,"{REPORT}"\nb,Norway said no, and left, it said\nc,"{REPORT} 2",,\n'
    found = read(write(tmp_path, "a.csv", sheet))
    assert [type(one) for one in found] == [Document, Problem, Document]
    assert "the row has 4 cells, and the header 2" in found[1].reason  # type: ignore[union-attr]


def test_a_broken_array_keeps_what_came_before(tmp_path: Path) -> None:
    whole = json.dumps(rows())
    found = read(write(tmp_path, "a.json", whole[:-30]))
    assert [type(one) for one in found] == [Document, Document, Problem]


def test_dates_that_may_be_two_days_are_read_by_the_column_or_not_at_all(tmp_path: Path) -> None:
    def published(*days: str) -> list[Any]:
        lines = "".join(
            json.dumps({"text": f"{REPORT} {at}", "date": day}) + "\n" for at, day in enumerate(days)
        )
        found = read(write(tmp_path, "a.jsonl", lines))
        return [
            one.published.start if one.published else one.notes for one in found if isinstance(one, Document)
        ]

    assert published("03/04/2021", "25/04/2021") == [date(2021, 4, 3), date(2021, 4, 25)]
    assert published("03/04/2021", "04/25/2021") == [date(2021, 3, 4), date(2021, 4, 25)]
    assert "may be two days" in published("03/04/2021", "05/06/2021")[0][0]
    assert "may be two days" in published("03/04/2021", "25/06/2021", "06/25/2021")[0][0]


def test_markup_and_entities_in_cells_are_resolved(tmp_path: Path) -> None:
    first, second = REPORT.split("\n\n")
    lines = [
        json.dumps({"text": f"<p>{first}</p><p>{second} &amp; more.</p>", "title": "Envoy &#8211; home"}),
        json.dumps({"text": f"{REPORT} caf&eacute; &amp; AT&T", "title": ""}),
        json.dumps({"text": [first, second], "title": None}),
    ]
    texts = [
        one.text for one in read(write(tmp_path, "a.jsonl", "\n".join(lines))) if isinstance(one, Document)
    ]
    assert texts == [f"Envoy – home\n\n{REPORT} & more.", f"{REPORT} café & AT&T", REPORT]


def test_an_outlet_given_as_a_domain_is_looked_up(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": f"{REPORT} {at}", "source": at}) for at in ("tass.com", "www.nobody.example")
    ]
    found = read(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [one.outlet for one in found if isinstance(one, Document)] == ["TASS", "nobody.example"]


def test_what_no_text_has_is_taken_out_and_noted(tmp_path: Path) -> None:
    line = json.dumps({"text": REPORT}).replace("Norway", "\\u0000Nor\\ud83dway")
    document = only(write(tmp_path, "a.jsonl", line))
    assert document.text == REPORT
    assert document.notes == ("2 characters that no text has left out",)
    assert document.original
    document.original.encode("utf-8")


@pytest.mark.parametrize("row", COLUMN_ROWS, ids=lambda row: row.id)
def test_each_name_stands_for_its_part_where_the_values_fit(row: ColumnRow) -> None:
    sample = [{row.name: row.example, "other": "x"}]
    assert holds(row.field, column_values(sample, row.name))
    assert not holds(row.field, column_values([{row.name: row.but_not}], row.name))
    told = Columns(text="other") if row.field != "text" else Columns()
    assert getattr(map_columns(list(sample[0]), sample, told), row.field) == row.name


def test_no_name_stands_for_two_parts() -> None:
    names = [row.name for row in COLUMN_ROWS]
    assert len(set(names)) == len(names)


CELL = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_a_sheet_gives_back_the_cells_that_were_written(
    tmp_path: Path, cells: list[tuple[str, str]], delimiter: str
) -> None:
    from dragoman.intake.building import cleaned

    stream = io.StringIO()
    sheet = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    sheet.writerow(["Title", "Text"])
    sheet.writerows([title, f"Norway said: {text}."] for title, text in cells)
    name = "a.tsv" if delimiter == "\t" else "a.csv"
    found = read(
        write(tmp_path, name, stream.getvalue()), Terms(any_language=True, columns=Columns("text", "title"))
    )
    assert all(isinstance(one, Document) for one in found)
    for (_, text), one in zip(cells, found, strict=True):
        if "<" not in text and "&" not in text:
            assert one.text.endswith(cleaned(f"Norway said: {text}.")[0])  # type: ignore[union-attr]


@QUIET
@given(
    st.lists(st.tuples(st.binary(max_size=40), st.sampled_from([b"\n", b"\r\n", b"\r"])), max_size=12),
    st.integers(1, 60),
    st.integers(1, 9),
)
def test_lines_are_numbered_and_bounded_however_they_arrive(
    lines: list[tuple[bytes, bytes]], limit: int, size: int
) -> None:
    class Drops(io.BytesIO):
        def read(self, wanted: int | None = -1, /) -> bytes:
            return super().read(min(size, wanted or size))

    data = b"".join(line + end for line, end in lines)
    expected = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    found = list(lines_of(Stream(Drops(data)), limit, "latin-1"))
    numbers = [line.number for line in found]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == len(expected) - (expected[-1] == b"")
    for line, words in zip(found, expected, strict=False):
        if line.text is None:
            assert len(words) + 2 > limit
        else:
            assert len(line.text) <= limit
            assert line.text.rstrip("\r\n") == words.decode("latin-1")


@QUIET
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | CELL,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(CELL, inner, max_size=4),
        max_leaves=20,
    )
)
def test_any_json_is_answered(tmp_path: Path, value: Any) -> None:
    for name, data in (("a.json", json.dumps(value)), ("a.jsonl", json.dumps(value) + "\n")):
        for one in read(write(tmp_path, name, data)):
            assert isinstance(one, Document) or (one.reason and one.remedy)


def test_columns_by_number_and_by_name_are_the_same() -> None:
    sample = [{"a": REPORT, "b": "x"}]
    assert map_columns(["a", "b"], sample, Columns(text="1")).text == "a"
    with pytest.raises(InputError, match="no column '3'"):
        map_columns(["a", "b"], sample, Columns(text="3"))


def test_a_table_without_end_is_read_as_it_comes() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            return (json.dumps({"text": REPORT}) + "\n").encode()

    item = Item("a.jsonl", "a.jsonl", Stream(Endless()), Terms(), file_name="a.jsonl")
    found = list(islice(read_item(item), 2000))
    assert len({one.path for one in found}) == 2000
