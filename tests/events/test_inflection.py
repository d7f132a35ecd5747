"""English word forms."""

from __future__ import annotations

import pytest

from dragoman.events.inflection import noun_forms, verb_forms


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("rape", {"rape", "rapes", "raped", "raping"}),
        ("rap", {"rap", "raps", "rapped", "rapping"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("quell", {"quell", "quells", "quelled", "quelling"}),
    ],
)
def test_a_verb_has_these_forms(lemma: str, forms: set[str]) -> None:
    assert verb_forms(lemma) == forms


def test_british_and_american_doubling_are_both_known() -> None:
    assert {"levelled", "leveled"} <= verb_forms("level")


@pytest.mark.parametrize(
    ("lemma", "plural"), [("treaty", "treaties"), ("clash", "clashes"), ("raid", "raids")]
)
def test_a_noun_has_a_plural(lemma: str, plural: str) -> None:
    assert noun_forms(lemma) == {lemma, plural}
