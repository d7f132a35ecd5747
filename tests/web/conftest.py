"""A corpus and its pages for the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.web import Settings, create_app
from war import war

Opens = Callable[..., TestClient]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of a small war; nobody writes to it."""
    return war().write(tmp_path_factory.mktemp("war") / "corpus")


def open_pages(path: Path, **settings: object) -> TestClient:
    """A client of the pages over that corpus."""
    told = Settings(path, **{"hosts": ("testserver",), "reviewer": "Ann", "rate": 1e6, **settings})  # type: ignore[arg-type]
    return TestClient(create_app(told), follow_redirects=False)


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[TestClient]:
    """A client of the pages."""
    with open_pages(folder) as found:
        yield found
