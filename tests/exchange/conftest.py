"""A corpus whose events are exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.query import Ground, open_ground
from war import war


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return war().write(tmp_path_factory.mktemp("war") / "corpus")


@pytest.fixture(scope="session")
def ground(folder: Path) -> Ground:
    return open_ground(folder)
