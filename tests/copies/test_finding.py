"""Reprints are known for what they are, and reports of one event in other words are not taken for them."""

from __future__ import annotations

import importlib.util
import random
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.copies import CopyFinder, parts
from dragoman.copies.finding import MOST
from dragoman.copies.sketching import band_keys, runs, sketch_of
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


def saved(finder: CopyFinder, folder: Path) -> CopyFinder:
    """What was kept in a folder, from there."""
    finder.save(folder, 7)
    known, mark = CopyFinder.load(folder)
    assert mark == 7
    assert len(known) == len(finder)
    return known


def drawn(number: int) -> list[str]:
    """So many texts that have nothing in common."""
    chance = random.Random(3)
    words = [f"w{number}" for number in range(3000)]
    return [" ".join(chance.choices(words, k=30)) for _ in range(number)]


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
    finder: CopyFinder, pairs: list[tuple[str, str, str]], way: str, tmp_path: Path
) -> None:
    known = saved(finder, tmp_path)
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


@pytest.mark.parametrize("held", [None, 600])
def test_more_reports_than_lie_fresh_are_found_again(
    held: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came in is sorted from time to time, and much of it lies on disk; nothing is lost on the way."""
    if held is not None:
        for name, value in (("HELD", held), ("RANGE", 5000), ("CHUNK", 1000)):
            monkeypatch.setattr(parts, name, value)
    texts = drawn(3000)
    finder = CopyFinder(tmp_path)
    assert not any(finder.seen(document(text)) for text in texts)
    assert any(part.keys is None for part in finder.parts) == (held is not None)
    for known in (finder, saved(finder, tmp_path / "kept")):
        again = [known.seen(document("Breaking. " + text)) for text in texts[::50]]
        assert [answer[0] for answer in again if answer] == [document(text).id for text in texts[::50]]


def test_texts_that_all_have_the_same_words_lie_on_disk_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their keys are the same, over many blocks."""
    for name, value in (("HELD", 10), ("RANGE", 1000)):
        monkeypatch.setattr(parts, name, value)
    words = " ".join(f"word{number}" for number in range(60))
    finder = CopyFinder(tmp_path)
    for number in range(1100):
        finder.seen(document(f"{words} {number}"))
    finder.settle()
    assert {part.keys for part in finder.parts} == {None}
    answer = finder.seen(document(words))
    assert answer is not None
    assert answer[1] > 0.9
    assert len(finder.find(band_keys(sketch_of(runs(words))))) == MOST


def test_what_is_held_in_memory_does_not_grow_with_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HELD", 600), ("RANGE", 20_000), ("CHUNK", 10_000)):
        monkeypatch.setattr(parts, name, value)
    finder = CopyFinder(tmp_path)
    sizes = []
    tracemalloc.start()
    for number, text in enumerate(drawn(5121), start=1):
        finder.remember(str(number), text)
        if number % 2560 == 1 and number > 1:
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert len(finder) == 5121
    assert sizes[1] - sizes[0] < 200_000, "2,560 reports are 1.6 MB"


def test_only_what_is_new_is_written_when_it_is_kept_again(tmp_path: Path) -> None:
    texts = drawn(600)
    finder = CopyFinder()
    for text in texts[:500]:
        finder.seen(document(text))
    known = saved(finder, tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    for text in texts[500:550]:
        known.seen(document(text))
    again = saved(known, tmp_path)
    assert len({path.name for path in tmp_path.iterdir()} - before) == 1
    assert before - {path.name for path in tmp_path.iterdir()} == set()
    assert again.seen(document("Breaking. " + texts[0])) == known.seen(document("Breaking. " + texts[0]))


@pytest.mark.parametrize("damage", ["none", "empty", "short", "gone", "other"])
def test_memory_of_another_kind_is_refused(tmp_path: Path, damage: str) -> None:
    finder = CopyFinder()
    finder.remember("one", drawn(1)[0])
    finder.save(tmp_path, 1)
    state, part = tmp_path / "state.json", next(tmp_path.glob("*.part"))
    if damage == "none":
        state.unlink()
    elif damage == "empty":
        state.write_text("")
    elif damage == "short":
        part.write_bytes(part.read_bytes()[:-1])
    elif damage == "gone":
        part.unlink()
    else:
        state.write_text(state.read_text().replace("copies/2", "copies/1"))
    with pytest.raises(InputError):
        CopyFinder.load(tmp_path)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=12))
def test_what_is_saved_answers_as_what_was_not(texts: list[list[str]]) -> None:
    whole, halved, built = CopyFinder(), CopyFinder(), CopyFinder()
    answers = []
    with TemporaryDirectory() as folder:
        for number, words in enumerate(texts):
            answers.append(whole.seen(document(" ".join(words))))
            assert halved.seen(document(" ".join(words))) == answers[-1]
            if number % 3 == 0:
                halved = saved(halved, Path(folder))
            built.remember(document(" ".join(words)).id, " ".join(words))
    assert len(halved) == len(whole) == len(built)
    everything = document(" ".join(" ".join(words) for words in texts))
    assert halved.seen(everything) == whole.seen(everything) == built.seen(everything)
    assert all(0 < answer[1] <= 1 for answer in answers if answer)


@given(st.text(max_size=300))
def test_case_and_punctuation_do_not_count(text: str) -> None:
    assert runs(text) == runs(text.replace(",", " - ").replace("\n", "  "))
