"""``dragoman code`` over tables, archives, pages and addresses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dragoman.errors import FetchError
from mess import REPORT, json_lines, page, samples, zip_bytes

Run = Callable[..., Result]


def events(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_table_is_coded_row_by_row_and_its_columns_are_said(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json_lines() + "{broken\n")
    result = dragoman("code", file, "--format", "jsonl")
    assert result.exit_code == 1
    assert [(one["path"], one["published"], one["outlet"]) for one in events(result)] == [
        (f"{file}#{100 + number}", f"2021-03-0{number + 1}", "AFP") for number in range(3)
    ]
    assert 'reads text from "body", title from "headline"' in result.stderr
    assert f"{file}:4: this is no valid JSON" in result.stderr
    assert "coded 3 reports, left out 1" in result.stderr


def test_columns_can_be_told(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'a,b,c,d,e,f\n"{REPORT}",Envoy,4 March 2021,AFP,x7,https://example.org/1\n')
    options = (
        "--text-column a --title-column b --date-column c --outlet-column d --id-column e --url-column f"
    )
    result = dragoman("code", file, "--format", "jsonl", *options.split())
    assert (result.exit_code, "guessed" in result.stderr) == (0, False)
    (one,) = events(result)
    assert (one["path"], one["published"], one["outlet"]) == (f"{file}#x7", "2021-03-04", "AFP")
    refused = dragoman("code", file, "--text-column", "words")
    assert refused.exit_code == 2
    assert "there is no column 'words'" in refused.stderr


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
@pytest.mark.parametrize("name", samples())
def test_every_kind_is_coded_into_every_format(dragoman: Run, tmp_path: Path, name: str, form: str) -> None:
    (tmp_path / name).write_bytes(samples()[name])
    result = dragoman("code", tmp_path / name, "--format", form)
    assert result.exit_code == 0, result.stderr
    assert "recalled" in result.stdout


def test_one_archive_is_coded_in_several_processes_as_in_one(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(
        zip_bytes({f"{number}.html": page(f"<p>{REPORT} {number}</p>").encode() for number in range(9)})
    )
    one, two = (dragoman("code", file, "--format", "jsonl", "--jobs", jobs).stdout for jobs in (1, 2))
    assert one == two
    assert len(one.splitlines()) == 18


def test_addresses_are_fetched(dragoman: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.fetching import Fetcher, Page

    def fetch(self: Fetcher, address: str) -> Page:
        if "none" in address:
            raise FetchError("there is no such page", "check the address")
        return Page(address, content_type="text/html", body=page().encode())

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    result = dragoman("code", "https://www.tass.com/a", "https://example.org/none", "--format", "jsonl")
    assert result.exit_code == 1
    assert {(one["path"], one["outlet"]) for one in events(result)} == {("https://www.tass.com/a", "TASS")}
    assert "https://example.org/none: there is no such page; check the address" in result.stderr


def test_a_hundred_messages_are_enough(dragoman: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json_lines() + "{broken\n" * 500)
    result = dragoman("code", file, "--format", "jsonl")
    assert len(result.stderr.splitlines()) < 110
    assert "coded 3 reports, left out 500" in result.stderr


def test_a_plain_text_needs_none_of_the_libraries_for_other_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    program = (
        "import sys; from dragoman.intake import documents_in; list(documents_in([sys.argv[1]]));"
        "print([name for name in sys.modules if name.split('.')[0] in sys.argv[2].split()])"
    )
    others = "lxml trafilatura pyarrow docx pypdf warcio feedparser defusedxml httpx rensa numpy spacy"
    result = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a.txt", others],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"
