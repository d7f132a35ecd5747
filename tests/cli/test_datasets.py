"""Other datasets beside the corpus' own events, from the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from war import war

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus beside which its own events, and those of aid alone, were imported again."""
    folder = war().write(tmp_path_factory.mktemp("beside") / "corpus")

    def run(*arguments: object) -> None:
        done = CliRunner().invoke(main, [str(one) for one in arguments])
        assert done.exit_code == 0, done.output

    for name, narrowing in (("all", ()), ("aid", ("--type", "AID"))):
        goal = folder.parent / f"{name}.txt"
        run("export", folder, "--format", "polecat", "-o", goal, *narrowing)
        run("import", goal, "--format", "polecat", "--into", folder, "--name", name)
    return folder


def test_the_table_fits_on_100_columns_and_names_both(dragoman: Run, corpus: Path) -> None:
    done = dragoman("compare-datasets", corpus, "all", "aid")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert "all and aid: agreement 0." in done.stdout
    assert "Only aid has: 0" in done.stdout
    assert "2020-10" in done.stdout


def test_the_answer_is_json_with_its_version(dragoman: Run, corpus: Path) -> None:
    answer = json.loads(dragoman("compare-datasets", corpus, "corpus", "all", "--json").stdout)
    assert (answer["version"], answer["a"], answer["b"], answer["days"]) == (4, "corpus", "all", 3)
    assert answer["total"]["agreement"] == 1.0
    assert answer["only_count"] == {"corpus": 0, "all": 0}
    assert answer["correlations"][0]["months"] == len(answer["by_period"])


@pytest.mark.parametrize("part", ["total", "by_dyad", "by_type", "by_period", "only", "correlations"])
def test_every_part_is_a_sheet(dragoman: Run, corpus: Path, part: str) -> None:
    done = dragoman("compare-datasets", corpus, "all", "aid", "--csv", "--part", part)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    if part == "only":
        assert {row["dataset"] for row in rows} == {"all"}
        assert "AID" not in {row["event_type"] for row in rows}


def test_a_table_shows_as_many_rows_as_asked_for(dragoman: Run, corpus: Path) -> None:
    done = dragoman("compare-datasets", corpus, "all", "aid", "--limit", "1")
    assert "and 4 more (--limit 0 for all)" in done.stdout
    assert "more (--limit" not in dragoman("compare-datasets", corpus, "all", "aid", "--limit", "0").stdout


def test_a_dataset_that_is_not_there_is_named_with_those_that_are(dragoman: Run, corpus: Path) -> None:
    done = dragoman("compare-datasets", corpus, "corpus", "icews")
    assert done.exit_code == 2
    assert "there are: corpus, aid, all" in done.stderr


def test_what_never_meets_says_why(dragoman: Run, tmp_path: Path) -> None:
    folder = war().write(tmp_path / "corpus")
    path = tmp_path / "old.tsv"
    header = dragoman("export", folder, "--format", "polecat", "--type", "AID").stdout.splitlines()
    path.write_text(header[0] + "\n" + header[1].replace("2020-", "1999-") + "\n", encoding="utf-8")
    dragoman("import", path, "--format", "polecat", "--into", folder, "--name", "old")
    done = dragoman("compare-datasets", folder, "corpus", "old")
    assert done.exit_code == 0
    assert "no month in common" in done.stdout
