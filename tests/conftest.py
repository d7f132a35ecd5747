"""What several rooms' tests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from dragoman.parse import Parser
from dragoman.records import Document, Precision, TimeRef


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The language model, loaded once for all tests."""
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Doc]:
    """Text to spaCy ``Doc``."""
    return lambda text: parser.parse(Document(id="test", text=text))


@pytest.fixture(scope="session")
def read(parser: Parser) -> Callable[..., tuple[Document, Doc]]:
    """Text, and a publication date as ISO string if the test needs one, to ``Document`` and ``Doc``."""

    def make(text: str, published: str | None = None) -> tuple[Document, Doc]:
        day = date.fromisoformat(published) if published else None
        when = TimeRef(day, day, Precision.DAY, "given") if day else None
        document = Document(id="test", text=text, published=when)
        return document, parser.parse(document)

    return make
