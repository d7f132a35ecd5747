"""Reports in object storage and in Delta tables."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from dragoman.intake import documents_in, find_files
from dragoman.intake.stored import is_stored, shown
from dragoman.records import Document, Problem
from objectserver import serving

WORDS = "Norway recalled its ambassador to Sweden on Monday, the foreign ministry in Oslo said. "


def text(number: int) -> str:
    return f"Report {number}. {WORDS * 4}"


def row(number: int) -> dict[str, str]:
    return {"title": f"Title {number}", "text": text(number), "date": "2021-03-04", "outlet": "AFP"}


def lines(*numbers: int) -> bytes:
    return "".join(json.dumps(row(number)) + "\n" for number in numbers).encode()


def table(*numbers: int) -> pa.Table:
    return pa.Table.from_pylist([row(number) for number in numbers])


def fill(folder: Path) -> None:
    """Reports 0 to 8 in files of several kinds, some in folders."""
    (folder / "b").mkdir(parents=True)
    (folder / "a.jsonl").write_bytes(lines(0, 1))
    (folder / "b" / "c.jsonl.gz").write_bytes(gzip.compress(lines(2)))
    pq.write_table(table(3, 4), folder / "b" / "d.parquet")
    write_deltalake(str(folder / "e"), table(5, 6))
    write_deltalake(str(folder / "e"), table(7, 8), mode="append")
    (folder / "f.xlsx").write_bytes(b"x")
    (folder / ".hidden.jsonl").write_bytes(lines(9))


def read(*arguments: str) -> tuple[list[str], list[Problem]]:
    """The numbers of the reports in order, and the problems."""
    found = find_files(arguments)
    parts = [*found.problems, *documents_in(found.paths)]
    reports = [one for one in parts if isinstance(one, Document)]
    numbers = [one.text.split("Report ")[1].split(".")[0] for one in reports]
    return numbers, [one for one in parts if isinstance(one, Problem)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("stored") / "bucket"
    fill(made)
    return made


@pytest.fixture(scope="module")
def bucket(folder: Path) -> Iterator[str]:
    """The address of the same in a store that speaks S3."""
    with pytest.MonkeyPatch.context() as patch, serving(folder.parent) as (host, _):
        patch.setenv("AWS_ACCESS_KEY_ID", "someone")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield f"s3://bucket{{}}?endpoint_override={host}&scheme=http&region=us-east-1"


ALL = [str(number) for number in range(9)]


def test_a_folder_is_read_with_the_delta_table_in_it(folder: Path) -> None:
    numbers, problems = read(str(folder))
    assert (sorted(numbers), problems) == (ALL, [])
    assert numbers[:2] == ["0", "1"]
    assert find_files([str(folder)]).skipped == (str(folder / "f.xlsx"),)


def test_the_same_is_read_by_its_address(folder: Path) -> None:
    assert sorted(read(folder.as_uri())[0]) == ALL
    assert read(f"{folder.as_uri()}/a.jsonl")[0] == ["0", "1"]


def test_the_same_is_read_from_object_storage(folder: Path, bucket: str) -> None:
    numbers, problems = read(bucket.format(""))
    assert (sorted(numbers), problems) == (ALL, [])
    assert numbers == read(folder.as_uri())[0]


@pytest.mark.parametrize(
    ("inside", "numbers"),
    [("/a.jsonl", "01"), ("/b/", "234"), ("/b", "234"), ("/b/d.parquet", "34"), ("/e", "5678")],
)
def test_a_part_of_it_can_be_named(bucket: str, inside: str, numbers: str) -> None:
    assert sorted(read(bucket.format(inside))[0]) == list(numbers)


def test_documents_are_named_by_their_address_without_its_options(bucket: str) -> None:
    (first, *_) = documents_in(find_files([bucket.format("/a.jsonl")]).paths)
    assert isinstance(first, Document)
    assert first.path == "s3://bucket/a.jsonl:1"
    assert shown("s3://key:secret@bucket/a?region=x") == "s3://bucket/a"


def test_what_is_not_there_is_a_problem_that_says_so(bucket: str) -> None:
    for address in (bucket.format("/nothing"), bucket.format("").replace("bucket", "bucked")):
        numbers, (problem,) = read(address)
        assert numbers == []
        assert "there is no such" in problem.reason or "can't be reached" in problem.reason
        assert "secret" not in problem.reason + problem.path


def test_storage_of_other_kinds_comes_by_fsspec() -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/reports/a.jsonl", lines(0, 1))
    assert read("memory://reports")[0] == ["0", "1"]
    (problem,) = read("nowhere://reports/a.jsonl")[1]
    assert "nowhere://" in problem.reason


def test_what_was_taken_out_of_a_delta_table_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "reports"
    write_deltalake(str(path), table(0, 1))
    write_deltalake(str(path), table(2, 3), mode="append")
    DeltaTable(str(path)).delete("title = 'Title 2'")
    write_deltalake(str(path), table(4), mode="append")
    assert len(list(path.glob("*.parquet"))) > 3
    assert sorted(read(str(path))[0]) == ["0", "1", "3", "4"]


def test_columns_by_which_a_delta_table_is_parted_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reports"
    rows = [row(number) | {"outlet": name} for number, name in enumerate(("AFP", "TASS"))]
    write_deltalake(str(path), pa.Table.from_pylist(rows), partition_by=["outlet"])
    found = [one for one in documents_in(find_files([str(path)]).paths) if isinstance(one, Document)]
    assert sorted(one.outlet or "" for one in found) == ["AFP", "TASS"]
    assert {one.path for one in found} == {f"{path}:1", f"{path}:2"}


def test_a_damaged_delta_table_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "reports"
    write_deltalake(str(path), table(0))
    for one in path.glob("*.parquet"):
        one.unlink()
    numbers, problems = read(str(path))
    assert (numbers, len(problems)) == ([], 1)
    (path / "_delta_log" / "00000000000000000000.json").write_text("{", encoding="utf-8")
    numbers, problems = read(str(path))
    assert (numbers, len(problems)) == ([], 1)


@pytest.mark.parametrize(
    ("argument", "is_so"),
    [
        ("s3://a/b", True),
        ("gs://a", True),
        ("file:///a", True),
        ("https://example.org/a", False),
        ("HTTP://example.org", False),
        ("a.txt", False),
        ("C:\\a.txt", False),
        ("-", False),
    ],
)
def test_what_is_in_storage_is_told_from_files_and_pages(argument: str, is_so: bool) -> None:
    assert is_stored(argument) is is_so
