"""``dragoman code --into`` and ``dragoman corpus``, with a coder without models."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from corpus_rows import content
from dragoman.cli.keeping import moment
from dragoman.cli.progress import Meter, clock, progress_line
from dragoman.errors import InputError
from dragoman.records import Document
from dragoman.running import Summary
from dragoman.store import Corpus
from wordcoder import WordCoder

Dragoman = Callable[..., Result]
FRENCH = (
    "Le ministre des affaires étrangères a rappelé son ambassadeur à Stockholm après les déclarations du "
    "gouvernement suédois, et les relations entre les deux pays ne sont plus ce qu'elles étaient."
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(5):
        text = f"Report {number}: Norway recalled its envoy from Sweden, the ministry said on that day."
        (folder / f"{number}.txt").write_text(text)
    (folder / "fr.txt").write_text(FRENCH)
    (folder / "same.txt").write_text((folder / "1.txt").read_text())
    (folder / "empty.txt").write_text("")
    return folder


def info(dragoman: Dragoman, path: Path, *options: object) -> dict[str, object]:
    result = dragoman("corpus", "info", path, "--json", *options)
    assert result.exit_code == 0, result.output
    told: dict[str, object] = json.loads(result.stdout)
    return told


def test_files_of_other_kinds_in_a_folder_are_named(
    dragoman: Dragoman, reports: Path, tmp_path: Path
) -> None:
    (reports / "picture.jpg").write_bytes(b"\xff\xd8")
    result = dragoman("code", reports, "--into", tmp_path / "corpus")
    assert f"passed over 1 file of other kinds: {reports / 'picture.jpg'}" in result.stderr


def test_everything_is_read_if_that_is_wanted(
    dragoman: Dragoman, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.cli.coding.make_coder", None)
    monkeypatch.setattr("dragoman.cli.coding.make_thorough_coder", WordCoder)
    path = tmp_path / "corpus"
    assert "added 6 documents" in dragoman("code", reports, "--into", path, "--read-everything").stderr
    ((options,),) = Corpus.open(path).at().rows("SELECT options FROM runs WHERE kind = 'code'")
    assert json.loads(options)["read_everything"] is True
    assert "recalled" in dragoman("code", reports, "--read-everything", "--format", "jsonl").stdout


def test_a_folder_goes_into_a_corpus_once(dragoman: Dragoman, reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    first = dragoman("code", reports, "--into", path)
    assert first.exit_code == 1, first.output
    assert "added 6 documents with 5 event mentions; 1 was there" in first.stderr
    assert "1 kept and not coded (language: fr: 1); 1 could not be read" in first.stderr
    before = content(path)
    again = dragoman("code", reports, "--into", path)
    assert "added 0 documents" in again.stderr
    assert content(path) == before
    told = info(dragoman, path)
    assert (told["version"], told["problems"]) == (2, 1)
    assert told["events"]["mentions"] == 5  # type: ignore[index]
    assert told["events"]["up_to_date"]  # type: ignore[index]
    assert told["documents"]["number"] == 6  # type: ignore[index]
    assert told["documents"]["not_coded"] == {"language: fr": 1}  # type: ignore[index]
    people = dragoman("corpus", "info", path).stdout
    assert "6, 5 of them coded" in people
    assert dragoman("corpus", "check", path).stdout == "the corpus is sound\n"


def test_events_wait_for_assemble_where_that_is_wanted(
    dragoman: Dragoman, reports: Path, tmp_path: Path
) -> None:
    path = tmp_path / "corpus"
    dragoman("code", reports, "--into", path, "--no-assemble")
    assert "not up to date" in dragoman("corpus", "info", path).stdout
    told = json.loads(dragoman("assemble", path, "--json").stdout)
    assert (told["mentions"], told["version"]) == (5, 2)
    assert told["new"] + told["merged"] == 5
    assert "nothing to do" in dragoman("assemble", path).stdout
    assert "assembled:" in dragoman("corpus", "versions", path).stdout
    assert dragoman("assemble", tmp_path / "nowhere").exit_code == 2


def test_a_problem_stands_until_its_file_is_read(dragoman: Dragoman, reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    dragoman("code", reports, "--into", path)
    (problem,) = json.loads(dragoman("corpus", "problems", path, "--json").stdout)
    assert problem["path"].endswith("empty.txt")
    assert problem["remedy"]
    (reports / "empty.txt").write_text("Norway recalled its envoy, the ministry said on Monday.")
    dragoman("code", reports, "--into", path)
    assert dragoman("corpus", "problems", path).stdout == "no problems\n"
    assert "empty.txt" in dragoman("corpus", "problems", path, "--all").stdout
    assert "empty.txt" in dragoman("corpus", "problems", path, "--version", 1).stdout


def test_recoding_says_what_changed_and_keeps_the_old(
    dragoman: Dragoman, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corpus"
    dragoman("code", reports, "--into", path)
    assert "nothing to do" in dragoman("corpus", "recode", path).stdout
    monkeypatch.setattr("dragoman.running.identity.tables_digest", lambda: "newtable")
    result = dragoman("corpus", "recode", path)
    assert result.exit_code == 0, result.output
    assert "coded 5 documents again; of their event mentions 5 are the same" in result.stdout
    assert "stay readable with --version 2" in result.stdout
    (now,) = info(dragoman, path)["mentions"]["coders"]  # type: ignore[index,misc]
    (before,) = info(dragoman, path, "--version", 1)["mentions"]["coders"]  # type: ignore[index,misc]
    assert now.endswith("newtable")
    assert not before.endswith("newtable")
    assert "recoded 5 documents" in dragoman("corpus", "versions", path).stdout
    assert [one["kind"] for one in json.loads(dragoman("corpus", "versions", path, "--json").stdout)] == [
        "add",
        "assemble",
        "recode",
        "assemble",
    ]
    assert dragoman("corpus", "check", path).stdout == "the corpus is sound\n"


def test_compaction_changes_nothing_that_is_read(dragoman: Dragoman, reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    for name in ("0.txt", "1.txt", "2.txt"):
        dragoman("code", reports / name, "--into", path)
    before = content(path)
    result = dragoman("corpus", "compact", path, "--keep-hours", 0)
    assert "documents: 3 files are now 1" in result.stdout
    assert content(path) == before
    assert info(dragoman, path, "--version", 3)["documents"]["number"] == 2  # type: ignore[index]


@pytest.mark.parametrize("table", ["documents", "event_mentions", "batches"])
def test_a_damaged_table_is_named(dragoman: Dragoman, reports: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "corpus"
    dragoman("code", reports, "--into", path, "--no-assemble")
    (file,) = (path / table).glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-40] + b"x" * 40)
    result = dragoman("corpus", "check", path)
    assert result.exit_code == 2
    assert f"{table}: the file {file.name} can't be read" in result.stdout
    assert "backup" in result.stdout
    read = dragoman("corpus", "info", path)
    assert read.exit_code == 2
    assert "dragoman corpus check" in read.stderr
    file.unlink()
    assert "is missing" in dragoman("corpus", "check", path).stdout
    shutil.rmtree(path / table)
    result = dragoman("corpus", "check", path)
    assert result.exit_code == 2
    assert f"{table}: the table can't be opened" in result.stdout


def test_what_a_corpus_does_not_take_is_said(dragoman: Dragoman, reports: Path, tmp_path: Path) -> None:
    result = dragoman("code", reports, "--into", tmp_path / "corpus", "--explain")
    assert result.exit_code == 2
    assert "leave them out" in result.stderr
    assert not (tmp_path / "corpus").exists()
    assert dragoman("corpus", "info", tmp_path / "corpus").exit_code == 2
    assert dragoman("corpus", "compact", reports).exit_code == 2


def test_a_corpus_of_a_newer_program_is_refused(dragoman: Dragoman, tmp_path: Path) -> None:
    path = Corpus.create(tmp_path / "corpus").folder
    (path / "corpus.json").write_text('{"schema": 99}')
    result = dragoman("corpus", "info", path)
    assert result.exit_code == 2
    assert "upgrade" in result.stderr


def test_a_day_means_its_end() -> None:
    assert moment(None) is None
    assert moment("2026-11-24") > moment("2026-11-24T23:59")  # type: ignore[operator]
    assert str(moment("2026-11-24T01:00+01:00")) == "2026-11-24 01:00:00+01:00"
    with pytest.raises(InputError, match="2026-11-24T15:30"):
        moment("yesterday")


def test_progress_tells_rate_and_time_left() -> None:
    summary = Summary(documents=1204, known=200, words=50_000)
    line = progress_line(summary, 0.25, 100.0)
    assert line == "1,204 documents (200 known) · 500 words a second · 0:05:00 left"
    assert clock(3723) == "1:02:03"


def test_the_share_that_is_done_lags_behind_what_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text("x" * 100)
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.jsonl")]
    meter, summary, shares = Meter(paths), Summary(), []
    for path in meter.passing(paths):
        for _ in range(2 if path.endswith("jsonl") else 1):
            meter.count(Document("x", "x" * 50))
    for done in range(5):
        summary.documents = done
        meter.show(summary)
        shares.append(round(meter.share(), 2))
    assert shares == [0.0, 0.0, 0.33, 0.83, 1.0]


@pytest.mark.skipif(os.name == "nt", reason="another coder in other processes")
def test_documents_are_the_same_whatever_the_order(dragoman: Dragoman, reports: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    names = sorted(reports.glob("?.txt"))
    dragoman("code", *names, "--into", one)
    dragoman("code", *reversed(names), "--into", other)
    assert content(one) == content(other)
