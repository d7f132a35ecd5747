"""A corpus and its record for the tests of queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.query import Record
from war import war


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of that war."""
    return war().write(tmp_path_factory.mktemp("war") / "corpus")


@pytest.fixture(scope="session")
def record(folder: Path) -> Record:
    """Its record."""
    return Record.open(folder)
