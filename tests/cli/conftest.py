"""A coder without models, for what the command line does around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.records import Document, Entity, EventMention, Party, Span, Status


class WordCoder:
    """Takes each 'recalled' for an event, so that tests need no models."""

    def code(self, document: Document) -> list[EventMention]:
        """One event mention for each 'recalled'."""
        norway = Entity("NOR", "Norway", "NOR", "GOV")
        return [
            EventMention(
                id=f"{document.id}-{found.start()}",
                document_id=document.id,
                trigger=Span(*found.span()),
                span=Span(*found.span()),
                event_type="SANCTION",
                actors=(Party(norway, "Norway", None),),
                status=Status.ASSERTED,
            )
            for found in re.finditer("recalled", document.text)
        ]


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command line in this process with that coder."""
    monkeypatch.setattr("dragoman.cli.coding.make_coder", WordCoder)

    def run(*arguments: object, stdin: str | bytes | None = None, **options: Any) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin, **options)

    return run
