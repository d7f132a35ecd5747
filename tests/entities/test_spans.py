"""Every span cuts its own words out of the text, in any script, and mentions stand in order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.entities import EntityFinder

TEXTS = [
    "",
    "\n\n",
    "Владимир Путин met 习近平 in Москва. Путин thanked 金正恩.",
    "KYIV, Oct. 3 — Зеленський said: “We will not yield.” He thanked Poland’s president.",
    "東京, March 4 - Japan's 外務省 protested.",
    "🚀 Turkey–Greece talks; U.S.–China, N. Korea/S. Korea (DPRK).",
    "a" * 3000,
]


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder()


@pytest.mark.parametrize("text", TEXTS)
def test_spans_lie_in_the_text_and_hold_their_heads(finder: EntityFinder, read, text: str) -> None:
    document, doc = read(text, "2022-10-03")
    starts = []
    for mention in finder.find(doc, document):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.covers(mention.head)
        assert mention.head.cut(text).strip() == mention.head.cut(text) != ""
        starts.append(mention.span.start)
    assert starts == sorted(starts)


WORDS = st.sampled_from(
    "Turkey Greece 's the both sides its president He Путин 日本 , . \" and police in Kiev"
    " said ( SADC ) - who".split()
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=25))
def test_any_order_of_words_can_be_read(finder: EntityFinder, read, words: list[str]) -> None:
    text = " ".join(words)
    document, doc = read(text, "2022-10-03")
    for mention in finder.find(doc, document):
        assert mention.span.covers(mention.head)
