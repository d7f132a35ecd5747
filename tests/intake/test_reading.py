"""Files and streams to documents."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.intake import Terms, find_files, read_path, read_stream, read_text

REPORT = "Norway recalled its ambassador from Sweden on Wednesday, the foreign ministry said in Oslo.\n"


def test_a_file_keeps_its_path_and_its_words(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(REPORT)
    document = read_path(file)
    assert (document.path, document.text) == (str(file), REPORT)


def test_standard_input_has_no_path() -> None:
    assert read_stream(io.BytesIO(REPORT.encode()), None).path is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        (b" \n\n ", "no text"),
        ("Le président a rencontré son homologue turc à Paris mardi matin.".encode(), "looks like French"),
        (b"<!DOCTYPE html>\n<html><body><p>Norway recalled its envoy.</p></body></html>", "web page"),
        (b"%PDF-1.4", "PDF"),
    ],
)
def test_what_can_not_be_coded_is_refused_with_a_remedy(data: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(InputError, match=reason) as caught:
        read_path(file)
    assert caught.value.remedy


def test_any_language_lets_another_language_through() -> None:
    data = io.BytesIO("Le président a rencontré son homologue turc à Paris mardi matin.".encode())
    assert read_stream(data, "a.txt", Terms(any_language=True)).text.startswith("Le président")


def test_a_text_with_a_few_tags_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"<p>{REPORT}</p> <b>It said so.</b>")
    assert read_path(file).text.startswith("<p>Norway")


def test_fifty_megabytes_are_refused_by_size_without_reading(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    started = time.perf_counter()
    with pytest.raises(InputError, match="--max-chars"):
        read_path(file)
    assert time.perf_counter() - started < 0.1


def test_an_endless_stream_is_refused() -> None:
    with (
        Path(os.devnull.replace("null", "zero")).open("rb") as stream,
        pytest.raises(InputError, match="more than"),
    ):
        read_stream(stream, None)


def test_the_limit_counts_characters() -> None:
    terms = Terms(max_chars=len(REPORT))
    assert read_stream(io.BytesIO(REPORT.encode()), None, terms).text == REPORT
    with pytest.raises(InputError, match="characters"):
        read_stream(io.BytesIO((REPORT + "x").encode()), None, terms)


def test_names_in_any_script_are_cut_by_their_offsets() -> None:
    text = "Norway said that 王毅 (Wang Yi) and Володимир Зеленський had met 𝒜 on Wednesday in Oslo."
    document = read_stream(io.BytesIO(text.encode()), None)
    at = document.text.index("Володимир")
    assert document.text[at : at + 9] == "Володимир"


def test_missing_files_and_folders_are_no_crash(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_path(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read_path(tmp_path)


def test_folders_are_walked_in_order_and_say_what_they_pass_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.TEXT", "d.png", ".hidden.txt", ".git/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT)
    found = find_files([str(tmp_path), str(tmp_path / "b.txt")])
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found.paths] == [
        "a.md",
        "b.txt",
        "sub/c.TEXT",
    ]
    assert [Path(path).name for path in found.skipped] == ["d.png"]
    assert not found.problems


def test_a_named_file_is_read_whatever_its_ending(tmp_path: Path) -> None:
    file = tmp_path / "report.dat"
    file.write_text(REPORT)
    assert find_files([str(file)]).paths == (str(file),)


def test_patterns_are_expanded_where_the_shell_did_not(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(REPORT)
    found = find_files([str(tmp_path / "*.txt")])
    assert [Path(path).name for path in found.paths] == ["a.txt", "b.txt"]


def test_what_names_nothing_becomes_a_problem(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = find_files([str(tmp_path / "none*.txt"), str(tmp_path / "x.txt"), str(tmp_path / "empty")])
    assert [problem.reason for problem in found.problems] == [
        "there is no such file or folder",
        "there is no such file or folder",
        "the folder holds nothing that can be read",
    ]


def test_a_text_at_hand_is_checked_as_a_file_is() -> None:
    assert read_text(REPORT, "a.txt").path == "a.txt"
    for text, reason in (
        ("", "no text"),
        ("x" * 1_000_001, "1,000,001 characters"),
        ("Je ne sais pas " * 9, "English"),
    ):
        with pytest.raises(InputError, match=reason):
            read_text(text)
