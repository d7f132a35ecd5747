"""``dragoman code --min-confidence``, ``--explain`` and ``--jobs``."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from wordcoder import FallingCoder

Run = Callable[..., Result]
REPORT = "Norway recalled its ambassador from Sweden on Wednesday, and Sweden recalled its own on Thursday.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve reports of different lengths, the earlier ones slower, and a bad one among them."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(12):
        slowly = "It went slowly.\n" if number < 3 else ""
        (reports / f"{number:02}.txt").write_text(slowly + REPORT * (1 + number % 3))
    (reports / "05.txt").write_bytes(b"")
    return reports


# --------------------------------------------------------------------------------------------- confidence


def test_events_below_the_bar_are_left_out_and_the_others_keep_their_ids(dragoman: Run) -> None:
    every = [
        json.loads(line)
        for line in dragoman("code", "-", "--format", "jsonl", stdin=REPORT).stdout.split("\n")[:-1]
    ]
    result = dragoman("code", "-", "--format", "jsonl", "--min-confidence", "0.5", stdin=REPORT)
    kept = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert len(every) == 2
    assert kept == [one for one in every if one["confidence"] >= 0.5]


@pytest.mark.parametrize(("least", "rows"), [("0", 2), ("0.9", 1), ("1", 0), ("1.0", 0), (".4", 2)])
def test_the_ends_of_the_scale_can_be_asked_for(dragoman: Run, least: str, rows: int) -> None:
    result = dragoman("code", "-", "--format", "csv", "--min-confidence", least, stdin=REPORT)
    assert result.exit_code == 0
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == rows


def test_a_report_without_an_event_left_is_still_a_report(dragoman: Run) -> None:
    result = dragoman("code", "-", "--min-confidence", "1", stdin=REPORT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no events" in result.stdout


@pytest.mark.parametrize("least", ["1.5", "-0.1", "nan", "inf", "much", "", "0,5", "50%"])
def test_a_confidence_that_makes_no_sense_is_refused_in_one_line(dragoman: Run, least: str) -> None:
    result = dragoman("code", "-", f"--min-confidence={least}", stdin=REPORT)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"dragoman: a least confidence of '{least}' makes no sense; give a number from 0 to 1\n"
    )


# ------------------------------------------------------------------------------------------------ reasons


def test_reasons_are_drawn_under_each_event(dragoman: Run) -> None:
    result = dragoman("code", "-", "--explain", stdin=REPORT)
    assert result.exit_code == 0
    assert result.stdout.count('trigger "recalled" 0.9, enough from 0.5') == 2


def test_reasons_are_one_json_object_a_report(dragoman: Run, folder: Path) -> None:
    result = dragoman("code", folder, "--explain", "--format", "jsonl", "--min-confidence", "0.5")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(told) == 11
    assert {one["schema"] for one in told} == {"dragoman/explanation/1"}
    assert [len(one["events"]) for one in told] == [1] * 11
    assert told[0]["events"][0]["mention"]["schema"] == "dragoman/event-mention/1"


def test_a_sheet_can_not_hold_reasons(dragoman: Run, tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    result = dragoman("code", "-", "--explain", "--format", "csv", "-o", target, stdin=REPORT)
    assert result.exit_code == 2
    assert result.stderr == "dragoman: reasons can't be written as csv; use --format table or jsonl\n"
    assert not target.exists()


# ---------------------------------------------------------------------------------------------- processes


@pytest.mark.parametrize("extra", [[], ["--explain"]], ids=["plain", "explained"])
@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_several_processes_write_the_same_bytes_as_one(
    dragoman: Run, folder: Path, form: str, extra: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.cli.coding.make_coder", FallingCoder)
    one, three = (dragoman("code", folder, "--format", form, "--jobs", jobs, *extra) for jobs in (1, 3))
    assert (three.exit_code, three.stdout, three.stderr) == (one.exit_code, one.stdout, one.stderr)
    assert one.exit_code == 1
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("end yourself", "a process that codes was ended from outside, perhaps for want of memory"),
        ("be refused", "the model is missing"),
    ],
)
def test_a_process_that_breaks_off_ends_the_run(
    dragoman: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.setattr("dragoman.cli.coding.make_coder", FallingCoder)
    (folder / "07.txt").write_text(f"The ministry told the coder that it had to {words} at once.")
    before = sorted(folder.iterdir())
    result = dragoman("code", folder, "-o", folder / "out.txt", "--jobs", "2")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(folder.iterdir()) == before


def test_standard_input_goes_with_several_processes_too(dragoman: Run, folder: Path) -> None:
    result = dragoman("code", "-", folder / "01.txt", "--format", "jsonl", "--jobs", "2", stdin=REPORT)
    assert result.exit_code == 0
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()][:2] == [None, None]


def test_no_more_is_read_ahead_than_a_few_reports_a_process(folder: Path) -> None:
    from functools import partial

    from dragoman.cli.coding import Wanted, make_work
    from dragoman.processes import AHEAD, code_in_processes
    from dragoman.records import Document
    from wordcoder import WordCoder

    read = 0

    def documents() -> object:
        nonlocal read
        for number in range(40):
            read += 1
            yield Document(str(number), REPORT)

    results = code_in_processes(documents(), partial(make_work, WordCoder, Wanted()), 2)  # type: ignore[arg-type]
    for number in range(5):
        document, _ = next(results)  # type: ignore[misc]
        assert document.id == str(number)
        assert read <= number + 1 + 2 * AHEAD
    results.close()  # type: ignore[attr-defined]


def test_fewer_processes_than_one_are_refused(dragoman: Run) -> None:
    assert dragoman("code", "-", "--jobs", "0", stdin=REPORT).exit_code == 2
