"""Reprints are known for what they are, and reports of one event in other words are not taken for them."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.copies import CopyFinder
from dragoman.copies.sketching import runs
from dragoman.errors import InputError
from dragoman.records import Document


def load_reprints() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reprints", Path(__file__).parent / "reprints.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = load_reprints()
WORDS = st.lists(
    st.sampled_from("norway envoy recalled sweden oslo on monday the and a".split()), max_size=80
)


def document(text: str, ident: str | None = None) -> Document:
    import hashlib

    return Document(id=ident or hashlib.sha256(text.encode()).hexdigest()[:32], text=text)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str, str]]:
    return [pair for pair in made.reprints() if pair[1] != pair[2]]


@pytest.fixture(scope="module")
def finder(pairs: list[tuple[str, str, str]]) -> CopyFinder:
    """Has seen every agency's report; none of them was taken for a copy of another."""
    finder = CopyFinder()
    assert [text for _, text, _ in pairs if finder.seen(document(text))] == []
    return finder


@pytest.mark.parametrize("way", [way.__name__ for way in made.WAYS])
def test_reprints_of_every_kind_are_found(
    finder: CopyFinder, pairs: list[tuple[str, str, str]], way: str
) -> None:
    known = CopyFinder.from_bytes(finder.to_bytes())
    told = [(known.seen(document(copy)), document(text).id) for name, text, copy in pairs if name == way]
    right = [answer for answer, original in told if answer and answer[0] == original]
    wrong = [answer for answer, original in told if answer and answer[0] != original]
    assert len(told) > 200
    assert len(right) >= 0.99 * len(told)
    assert wrong == []


def test_reports_of_one_event_in_other_words_are_no_copies() -> None:
    finder = CopyFinder()
    pairs = made.lookalikes()
    assert len(pairs) >= 12
    assert [text for pair in pairs for text in pair if finder.seen(document(text))] == []


def test_the_share_is_that_of_the_report_which_the_earlier_one_has() -> None:
    first = " ".join(f"word{number}" for number in range(400))
    second = first + " " + " ".join(f"other{number}" for number in range(400))
    finder = CopyFinder()
    finder.seen(document(first))
    answer = finder.seen(document(second))
    assert answer is not None
    assert answer[0] == document(first).id
    assert answer[1] == pytest.approx(0.5, abs=0.12)


def test_a_digest_that_holds_a_brief_is_no_copy_of_it() -> None:
    brief = " ".join(f"word{number}" for number in range(40))
    digest = brief + " " + " ".join(f"other{number}" for number in range(900))
    finder = CopyFinder()
    finder.seen(document(brief))
    assert finder.seen(document(digest)) is None


def test_a_report_that_comes_again_is_no_copy_of_itself_and_is_kept_once() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    finder = CopyFinder()
    assert finder.seen(document(text)) is None
    assert finder.seen(document(text)) is None
    assert len(finder) == 1


def test_a_reprint_of_a_reprint_is_told_to_be_of_the_longest() -> None:
    words = [f"word{number}" for number in range(400)]
    finder = CopyFinder()
    for size in (400, 300):
        finder.seen(document(" ".join(words[:size])))
    answer = finder.seen(document(" ".join(words[:250])))
    assert answer is not None
    assert answer[0] == document(" ".join(words)).id


def test_short_texts_are_not_compared() -> None:
    finder = CopyFinder()
    for ident in "ab":
        assert (
            finder.seen(document("Norway recalled its ambassador from Sweden on Wednesday.", ident)) is None
        )


def test_more_reports_than_lie_fresh_are_found_again() -> None:
    """The index sorts what came in from time to time; nothing is lost on the way."""
    chance = random.Random(3)
    words = [f"w{number}" for number in range(3000)]
    texts = [" ".join(chance.choices(words, k=30)) for _ in range(5000)]
    finder = CopyFinder()
    assert not any(finder.seen(document(text)) for text in texts)
    again = [finder.seen(document("Breaking. " + text)) for text in texts[::50]]
    assert [answer[0] for answer in again if answer] == [document(text).id for text in texts[::50]]


def test_memory_of_another_kind_is_refused() -> None:
    whole = CopyFinder().to_bytes()
    for data in (b"", b"pickle", whole + b"x", whole[:-1]):
        with pytest.raises(InputError, match="memory of copies"):
            CopyFinder.from_bytes(data)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=12))
def test_what_is_saved_answers_as_what_was_not(texts: list[list[str]]) -> None:
    whole, halved, built = CopyFinder(), CopyFinder(), CopyFinder()
    answers = []
    for number, words in enumerate(texts):
        answers.append(whole.seen(document(" ".join(words))))
        assert halved.seen(document(" ".join(words))) == answers[-1]
        if number % 3 == 0:
            halved = CopyFinder.from_bytes(halved.to_bytes())
        built.remember(document(" ".join(words)).id, " ".join(words))
    assert halved.to_bytes() == whole.to_bytes() == built.to_bytes()
    assert all(0 < answer[1] <= 1 for answer in answers if answer)


@given(st.text(max_size=300))
def test_case_and_punctuation_do_not_count(text: str) -> None:
    assert runs(text) == runs(text.replace(",", " - ").replace("\n", "  "))
