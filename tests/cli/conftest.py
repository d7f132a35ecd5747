"""A coder without models, for what the command line does around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from wordcoder import WordCoder


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command line in this process with that coder."""
    monkeypatch.setattr("dragoman.cli.coding.make_coder", WordCoder)

    def run(*arguments: object, stdin: str | bytes | None = None, **options: Any) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin, **options)

    return run
