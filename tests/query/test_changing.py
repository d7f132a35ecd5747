"""What became of the record between two versions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dragoman.errors import CorpusError, InputError
from dragoman.query.changing import changes, version_at
from dragoman.records import Status
from dragoman.store import Corpus
from hand_record import Told, add_reviews, assemble, build, event_of, say

ONE, TWO, THREE, FOUR = Told("one"), Told("two"), Told("three", "AID"), Told("four", "ASSAULT")
E1, E2, E3, E4 = (event_of([one]).id for one in (ONE, TWO, THREE, FOUR))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return build(tmp_path / "corpus", [[ONE], [TWO], [THREE]])


def test_from_nothing_all_is_new(corpus: Corpus) -> None:
    found = changes(corpus, 0)
    assert (found.before, found.after, found.documents, found.mentions) == (0, 2, 3, 3)
    assert {one["id"] for one in found.new} == {E1, E2, E3}
    assert not found.changed
    assert not found.ended
    assert found.new[0]["date"] == "2021-03-04"


def test_between_a_version_and_itself_nothing_changed(corpus: Corpus) -> None:
    found = changes(corpus, 2)
    assert (found.documents, found.new, found.changed, found.ended, found.ties, found.reviews) == (
        0, (), (), (), (), (),
    )  # fmt: skip


def test_a_merge_ends_one_event_and_changes_the_other(corpus: Corpus) -> None:
    assemble(corpus, [[ONE, TWO]], {E1: E1, E2: E1})
    found = changes(corpus, 2)
    (ended,) = found.ended
    assert (ended["id"], ended["how"], ended["into"], ended["superseded_by"]) == (E2, "merged", [E1], E1)
    (changed,) = found.changed
    assert (changed["id"], changed["merged"]) == (E1, [E2])
    assert changed["fields"]["mentions"] == {"from": 1, "to": 2}
    assert not found.new


def test_a_split_tells_the_parts(tmp_path: Path) -> None:
    corpus = build(tmp_path / "corpus", [[ONE, TWO]])
    assemble(corpus, [[ONE], [TWO]], {E1: E1})
    (new,) = changes(corpus, 2).new
    assert (new["id"], new["split_from"]) == (E2, [E1])


def test_what_is_coded_no_longer_is_gone(corpus: Corpus) -> None:
    assemble(corpus, [], {E3: None})
    (ended,) = changes(corpus, 2).ended
    assert (ended["id"], ended["how"], ended["into"]) == (E3, "gone", [])


def test_changed_fields_are_told_from_what_to_what(corpus: Corpus) -> None:
    denied = Told("one", status=Status.DENIED, day=None)
    assert event_of([denied]).id == E1
    assemble(corpus, [[denied]], {E1: E1})
    (changed,) = changes(corpus, 2).changed
    assert changed["fields"] == {
        "status": {"from": "asserted", "to": "denied"},
        "date": {"from": "2021-03-04", "to": "none"},
    }


def test_a_state_that_shows_nothing_else_is_no_change(corpus: Corpus) -> None:
    assemble(corpus, [[ONE]], {E1: E1})
    assert not changes(corpus, 2).changed


def test_reviews_of_the_time_between_are_told(corpus: Corpus) -> None:
    add_reviews(corpus, say(E1, "wrong"))
    add_reviews(corpus, say(E2, "wrong", "Bo"))
    assert [one["reviewer"] for one in changes(corpus, 2).reviews] == ["Ann", "Bo"]
    assert [one["reviewer"] for one in changes(corpus, 3).reviews] == ["Bo"]
    assert [one["reviewer"] for one in changes(corpus, 2, 3).reviews] == ["Ann"]


def test_a_version_is_named_by_number_day_or_time(corpus: Corpus) -> None:
    last = corpus.versions()[-1].at
    assert version_at(corpus, "1") == 1
    assert version_at(corpus, "0") == 0
    assert version_at(corpus, f"{last:%Y-%m-%d}") == 0
    assert version_at(corpus, f"{last + timedelta(days=1):%Y-%m-%d}") == 2
    assert version_at(corpus, f"{last + timedelta(days=1):%Y%m%d}") == 2
    assert version_at(corpus, last.isoformat()) == 1
    with pytest.raises(InputError):
        version_at(corpus, "yesterday")
    with pytest.raises(CorpusError):
        version_at(corpus, "99")
    with pytest.raises(CorpusError):
        changes(corpus, 99)
