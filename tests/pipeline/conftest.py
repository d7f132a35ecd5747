"""The coder, loaded once for all tests of the whole."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder, loaded once."""
    return Coder()
