"""What the words around a trigger say of other acts."""

from __future__ import annotations

import pytest

from dragoman.assemble.pointing import is_another, points_back
from dragoman.assemble.sketches import families_of


@pytest.mark.parametrize(
    ("passage", "trigger", "back"),
    [
        ("Nine died in Tuesday's shelling of the market.", "shelling", True),
        ("The bloodshed outside the palace cost him the churches.", "bloodshed", True),
        ("The ministers' first encounter ended in smiles.", "encounter", True),
        ("A shelling of the market killed nine.", "shelling", False),
        ("The army shelled the market.", "shelled", False),
        ("The head of a raid was caught.", "raid", False),
    ],
)
def test_a_noun_that_the_reader_is_taken_to_know_points_back(passage: str, trigger: str, back: bool) -> None:
    assert points_back(passage, passage.index(trigger), trigger) is back


@pytest.mark.parametrize(
    ("passage", "trigger", "another"),
    [
        ("Shells fell on the town again early on Wednesday.", "fell", True),
        ("A second bombardment follows within a day.", "bombardment", True),
        ("A bombardment follows within a day.", "bombardment", False),
        ("The shelling, which was heard for many miles around, came again.", "shelling", False),
    ],
)
def test_words_close_by_set_an_act_apart_from_one_like_it(passage: str, trigger: str, another: bool) -> None:
    start = passage.index(trigger)
    assert is_another(passage, start, start + len(trigger)) is another


def test_a_word_of_many_kinds_is_taken_by_the_type_of_its_event() -> None:
    assert "arrest" in families_of("took", "COERCE")
    assert "arrest" not in families_of("took", "ASSAULT")
    assert "abduct" in families_of("took", "ASSAULT")
    assert families_of("took", "CONSULT"), "of a type without such a family every one stays"
