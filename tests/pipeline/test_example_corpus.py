"""The example corpus, from its reports to what a comparison says of it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
write_compare_docs: Any = import_module("write_compare_docs")

HEADLINES = (
    "Unlike Armenia, which refused humanitarian help of Israel",
    "Unlike Azerbaijan, Armenia refused Israel",
    "On 2020-11-24 there was arms supply: Israel > Azerbaijan",
    "Azerbaijan took help or arms from Israel more often",
    "Armenia asked something of Israel more often",
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """In what Armenia and Azerbaijan differ toward Israel, coded anew."""
    corpus = write_compare_docs.coded_into(tmp_path_factory.mktemp("example") / "corpus")
    return write_compare_docs.differences(corpus)


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_comparison_tells_what_a_person_who_knows_the_reports_expects(
    headline: str, lines: list[str]
) -> None:
    assert any(line.startswith(headline) for line in lines), lines


def test_nobody_is_told_to_have_taken_what_he_refused(lines: list[str]) -> None:
    assert not [line for line in lines if "Armenia took humanitarian" in line]
    assert not [line for line in lines if "Azerbaijan refused" in line]


def test_the_page_has_marks_between_which_the_tool_writes() -> None:
    page = write_compare_docs.PAGE.read_text(encoding="utf-8")
    told = page.split(write_compare_docs.MARK, 1)[1].split(write_compare_docs.END, 1)[0]
    assert all(headline in told for headline in HEADLINES)
