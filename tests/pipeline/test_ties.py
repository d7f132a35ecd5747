"""What a report says of standing ties comes beside its event mentions."""

from __future__ import annotations

import pytest

from dragoman.intake import make_document
from dragoman.pipeline import Coder

pytestmark = pytest.mark.model
TEXT = (
    "Britain's embassy in Iran has been closed since 2011. "
    "Norway recalled its ambassador from Sweden on Wednesday."
)


def test_statements_come_beside_the_mentions_that_code_gives(coder: Coder) -> None:
    document = make_document(TEXT, "2013-11-13")
    coded = coder.record(document)
    assert list(coded.mentions) == coder.code(document)
    first = coded.statements[0]
    assert (first.kind, first.sides, first.state) == ("embassy", ("GBR", "IRN"), "closed")
    assert first.span.cut(document.text) == first.text


def test_a_report_that_is_not_read_says_nothing_of_ties(coder: Coder) -> None:
    document = make_document(
        "United beat City 3-1 on Saturday as the striker scored a hat-trick in the second half."
    )
    assert coder.is_read(document) or coder.record(document).statements == ()
