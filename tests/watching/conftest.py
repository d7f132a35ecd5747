"""What the tests of watching share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.fetching import Fetcher
from dragoman.watching import State
from webserver import QUICK, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path) as state:
        yield state


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(QUICK(attempts=1)) as fetcher:
        yield fetcher
