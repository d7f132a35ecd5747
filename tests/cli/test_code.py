"""``dragoman code``: what goes in, what comes out, what is said, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dragoman.errors import ModelError
from dragoman.records import Document, EventMention
from wordcoder import WordCoder

Run = Callable[..., Result]
REPORT = "Norway recalled its ambassador from Sweden on Wednesday, the foreign ministry said in Oslo.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good reports, two bad ones and a file that is no text."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(REPORT)
    (reports / "b.txt").write_bytes(b"")
    (reports / "c.txt").write_bytes(b"\x00\x01\x02")
    (reports / "d.md").write_text(REPORT + "Sweden recalled its own.\n")
    (reports / "e.png").write_bytes(b"\x89PNG")
    return reports


def test_a_report_is_shown_for_people(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(REPORT)
    result = dragoman("code", file)
    assert result.exit_code == 0
    assert "[1 recalled]" in result.stdout
    assert result.stderr == ""


def test_standard_input_is_coded_and_has_no_path(dragoman: Run) -> None:
    result = dragoman(
        "code", "-", "--format", "jsonl", "--published", "2021-03-04", "--outlet", "AFP", stdin=REPORT
    )
    wire = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (wire["path"], wire["published"], wire["outlet"]) == (None, "2021-03-04", "AFP")
    assert wire["trigger"] == {"start": 7, "end": 15, "text": "recalled"}


def test_a_folder_goes_on_past_what_it_can_not_read(dragoman: Run, folder: Path) -> None:
    result = dragoman("code", folder, "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [Path(line["path"]).name for line in lines] == ["a.txt", "d.md", "d.md"]
    assert "b.txt: there is no text in it; put the report's words into it" in result.stderr
    assert "c.txt: the file is binary" in result.stderr
    assert "passed over 1 file of other kinds: " in result.stderr
    assert "e.png" in result.stderr
    assert "coded 2 reports, left out 2" in result.stderr


def test_a_sheet_is_written_to_a_file(dragoman: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    result = dragoman("code", folder / "a.txt", folder / "d.md", "--format", "csv", "-o", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len(list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))) == 3


@pytest.mark.parametrize("name", ["b.txt", "c.txt", "e.png", "none.txt", "*.html"])
def test_when_nothing_can_be_done_nothing_is_written(dragoman: Run, folder: Path, name: str) -> None:
    target = folder / "out.jsonl"
    target.write_text("kept")
    result = dragoman("code", folder / name, "--format", "jsonl", "-o", target)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("dragoman: ")
    assert target.read_text() == "kept"
    assert [path.name for path in folder.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize(
    "fault", [KeyboardInterrupt(), ModelError("the model is missing"), RuntimeError("bug")]
)
def test_a_run_that_breaks_off_leaves_nothing_half_written(
    dragoman: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    class Breaking(WordCoder):
        def code(self, document: Document) -> list[EventMention]:
            if document.path and document.path.endswith("d.md"):
                raise fault
            return []

    monkeypatch.setattr("dragoman.cli.coding.make_coder", Breaking)
    before = sorted(folder.iterdir())
    result = dragoman("code", folder / "a.txt", folder / "d.md", "-o", folder / "out.txt")
    assert result.exit_code == {KeyboardInterrupt: 130, ModelError: 2, RuntimeError: 1}[type(fault)]
    assert sorted(folder.iterdir()) == before


def test_options_that_make_no_sense_are_refused_before_work(dragoman: Run, folder: Path) -> None:
    report = folder / "a.txt"
    for arguments, said in (
        (["code"], "PATH"),
        (["code", report, "--published", "soon"], "publication date 'soon' can't be read"),
        (["code", report, "--format", "xml"], "xml"),
        (["code", report, "-o", folder], "is a folder"),
        (["code", report, "-o", folder / "none" / "x.csv"], "there is no folder"),
        (["code", report, "--max-chars", "0"], "max-chars"),
        (["code", report, "--encoding", "klingon"], "no encoding"),
    ):
        result = dragoman(*arguments)
        assert result.exit_code == 2, arguments
        assert said in result.stderr
        assert "Traceback" not in result.stderr


def test_a_guessed_encoding_is_noted(dragoman: Run, folder: Path) -> None:
    (folder / "a.txt").write_bytes((REPORT + "José Ramos-Horta said so in Bogotá.").encode("latin-1"))
    result = dragoman("code", folder / "a.txt")
    assert result.exit_code == 0
    assert "not UTF-8; its encoding was guessed as cp1252" in result.stderr
    assert "note: not UTF-8" in result.stdout


def test_another_language_is_refused_unless_allowed(dragoman: Run) -> None:
    text = "Le président a rencontré son homologue turc à Paris mardi pour parler de la trêve."
    refused = dragoman("code", "-", stdin=text)
    assert refused.exit_code == 2
    assert "standard input: the text is not in English (it looks like French)" in refused.stderr
    assert dragoman("code", "-", "--any-language", stdin=text).exit_code == 0


def test_a_hostile_file_name_steers_no_terminal(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31m\n.txt"
    file.write_bytes(b"")
    result = dragoman("code", file)
    assert "\x1b" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_one_file_named_twice_is_coded_once(dragoman: Run, folder: Path) -> None:
    result = dragoman("code", folder / "a.txt", folder / "a.txt", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 1
