"""What is let in to be read, and what is kept out."""

from __future__ import annotations

import pytest

from dragoman.errors import TableError
from dragoman.gating import Gate, WordRow, load_gate, passages, words_of
from dragoman.records import Document

RECIPE = (
    "Leek soup\n\nWash two leeks and cut them into thin rings. Peel the potatoes, dice them, and keep "
    "them in cold water until they are wanted.\n\nMelt a spoon of butter in a large pot, add the leeks, "
    "and let them soften for five minutes without taking colour. Add the potatoes with a litre of stock "
    "and simmer for twenty minutes. Stir in a little cream, season with nutmeg, and serve with toasted bread."
)
REPORT = (
    "Kabul cuts power talks\n\nThe foreign minister of Tajikistan on Monday recalled the envoy from Kabul "
    "and accused the Afghan army of shelling a border village, which killed three soldiers. A spokesman of "
    "the Afghan government rejected the charge and said that the military had only returned fire after "
    "militants crossed the frontier. The United Nations called on both governments to hold talks."
)


def of(text: str) -> Document:
    return Document("d", text)


def gate(least: int = 10, **weights: int) -> Gate:
    rows = [WordRow(word, str(weight)) for word, weight in weights.items()]
    return Gate([WordRow("(least)", str(least)), *rows])


def test_a_report_is_read_and_a_recipe_is_not() -> None:
    assert load_gate().lets_in(of(REPORT))
    assert not load_gate().lets_in(of(RECIPE))


def test_one_passage_of_a_report_in_a_recipe_is_enough() -> None:
    assert load_gate().lets_in(of(f"{RECIPE}\n\n{REPORT}\n\n{RECIPE}"))


def test_a_short_text_is_read_whatever_it_says() -> None:
    assert load_gate().lets_in(of("Wash two leeks and cut them into thin rings."))


def test_a_text_of_unknown_words_is_read() -> None:
    assert load_gate().lets_in(of("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. " * 12))


def test_an_empty_text_does_no_harm() -> None:
    assert load_gate().lets_in(of(""))
    assert load_gate().lets_in(of(" \n\n \n"))


def test_each_word_counts_once_and_capitals_beside_small_letters() -> None:
    one = gate(least=10, war=6, War=4)
    assert one.may_hold("War")
    assert not one.may_hold("war war war")


def test_a_table_without_a_bar_is_refused() -> None:
    with pytest.raises(TableError, match="least"):
        Gate([WordRow("war", "5")])


def test_passages_hold_all_words_in_order() -> None:
    for text in (RECIPE, REPORT, f"{RECIPE}\n\n{REPORT}", "One. Two.", "no end" * 500):
        parts = list(passages(text))
        assert " ".join(" ".join(parts).split()) == " ".join(text.split())


def test_passages_are_of_whole_sentences_and_long_enough() -> None:
    parts = list(passages(f"{REPORT}\n\n{RECIPE}\n\n{REPORT}"))
    assert len(parts) >= 3
    assert all(len(part.split()) >= 60 for part in parts)
    assert all(part.endswith(".") for part in parts)


def test_words_are_parted_by_signs_and_digits() -> None:
    assert words_of("U.N. troops' 3rd Côte-d'Ivoire") == {"U", "N", "troops", "rd", "Côte", "d", "Ivoire"}
