"""What people say of events, laid over what the program says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.query.overlay import lay_over
from dragoman.query.verdicts import read_verdicts
from dragoman.records import Casualties, Count
from dragoman.store import Corpus
from hand_record import Told, add_reviews, assemble, build, event_of, say

ONE, TWO, THREE = (
    Told("one"),
    Told("two", "AID"),
    Told("three", "ASSAULT", casualties=Casualties(Count(2, 2))),
)
E1, E2, E3 = (event_of([one]).id for one in (ONE, TWO, THREE))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return build(tmp_path / "corpus", [[ONE], [TWO], [THREE]])


def record(corpus: Corpus, version: int | None = None, **options: Any) -> dict[str, dict[str, Any]]:
    snapshot = corpus.at(version)
    lay_over(snapshot, **options)
    return {row["id"]: row for row in snapshot.records("SELECT * FROM record")}


def test_without_reviews_the_record_is_the_events(corpus: Corpus) -> None:
    found = record(corpus)
    assert set(found) == {E1, E2, E3}
    assert {row["verdict"] for row in found.values()} == {None}
    assert not any(row["review_dispute"] for row in found.values())


def test_wrong_events_are_left_out_marked_or_kept_as_is_asked(corpus: Corpus) -> None:
    add_reviews(corpus, say(E1, "wrong", reason="not an act"), say(E2, "right", "Bo"))
    found = record(corpus)
    assert set(found) == {E2, E3}
    assert (found[E2]["verdict"], found[E2]["reviewer"]) == ("right", "Bo")
    marked = record(corpus, wrong=True)[E1]
    assert (marked["verdict"], marked["review_reason"]) == ("wrong", "not an act")
    off = record(corpus, reviews=False)
    assert set(off) == {E1, E2, E3}
    assert off[E2]["verdict"] is None
    assert set(record(corpus, version=2)) == {E1, E2, E3}


def test_corrected_fields_take_their_columns_along(corpus: Corpus) -> None:
    party = json.dumps([{"country": "DNK", "sector": None}, {"country": "NOR", "sector": None}])
    when = json.dumps({"start": "2020-10-01", "end": "2020-10-31", "precision": "month"})
    place = json.dumps({"name": "Ganja", "country": "AZE", "precision": "city"})
    fixes = {
        "actors": party,
        "date": when,
        "place": place,
        "killed": '{"low": 5, "high": null}',
        "status": '"denied"',
    }
    add_reviews(
        corpus,
        *(
            say(E3, "corrected", minute=at, field=name, value=fix)
            for at, (name, fix) in enumerate(fixes.items())
        ),
    )
    row = record(corpus)[E3]
    assert row["actor_countries"] == "DNK NOR"
    assert [one["name"] for one in row["actors"]] == ["Denmark", "Norway"]
    assert row["actors"][1]["span"] is not None  # who was there keeps the words
    assert (row["start"], row["end"], row["precision"]) == (date(2020, 10, 1), date(2020, 10, 31), "month")
    assert row["date"]["start"] == date(2020, 10, 1)
    assert (row["place"]["name"], row["place_country"], row["place"]["geonames_id"]) == (
        "Ganja",
        "AZE",
        586523,
    )
    assert (row["killed_low"], row["killed_high"], row["casualties"]["killed"]["low"]) == (5, None, 5)
    assert row["casualties"]["injured"] is None
    assert row["status"] == "denied"
    assert row["verdict"] == "corrected"
    assert row["corrected"] == sorted(fixes)
    assert row["recipients"][0]["country"] == "SWE"
    assert record(corpus, reviews=False)[E3]["status"] == "asserted"


def test_a_corrected_type_brings_its_score_and_loses_a_mode_that_is_not_its(tmp_path: Path) -> None:
    corpus = build(tmp_path / "corpus", [[told := Told("visit", "CONSULT", mode="visit")]])
    event = event_of([told]).id
    add_reviews(corpus, say(event, "corrected", field="event_type", value='"ASSAULT"'))
    row = record(corpus)[event]
    assert (row["event_type"], row["mode"], row["quad"]) == ("ASSAULT", None, "material_conflict")
    assert row["score"] < 0
    add_reviews(corpus, say(event, "corrected", minute=1, field="mode", value='"beat"'))
    assert record(corpus)[event]["mode"] in ("beat", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_type", '"NONSENSE"'),
        ("mode", "5"),
        ("place", "{"),
        ("made_up", '"x"'),
        ("date", '{"start": 1}'),
        ("actors", "[[["),
    ],
)
def test_corrections_that_the_codebook_does_not_have_change_nothing(
    corpus: Corpus, field: str, value: str
) -> None:
    before = record(corpus)[E1]
    add_reviews(corpus, say(E1, "corrected", field=field, value=value))
    after = record(corpus)[E1]
    assert {name: after[name] for name in before if name not in ("verdict", "reviewer")} == {
        name: before[name] for name in before if name not in ("verdict", "reviewer")
    }


def test_a_dispute_is_shown(corpus: Corpus) -> None:
    add_reviews(corpus, say(E1, "wrong"), say(E1, "right", "Bo", 1))
    row = record(corpus)[E1]
    assert (row["verdict"], row["reviewer"], row["review_dispute"]) == ("right", "Bo", True)


def test_a_review_of_the_only_mention_counts_for_its_event(corpus: Corpus) -> None:
    add_reviews(corpus, say(ONE.key, "wrong"), say(TWO.key, "corrected", field="status", value='"planned"'))
    found = record(corpus)
    assert set(found) == {E2, E3}
    assert found[E2]["status"] == "planned"


def test_an_event_is_wrong_once_all_its_mentions_are(tmp_path: Path) -> None:
    corpus = build(tmp_path / "corpus", [[ONE, TWO]])
    add_reviews(corpus, say(ONE.key, "wrong"))
    assert set(record(corpus)) == {E1}
    add_reviews(corpus, say(TWO.key, "wrong", "Bo", 1))
    assert record(corpus) == {}
    add_reviews(corpus, say(E1, "right", "Cy", 2))
    assert set(record(corpus)) == {E1}


def test_a_verdict_follows_a_merge_where_its_event_is_the_most_of_what_came_of_it(corpus: Corpus) -> None:
    add_reviews(corpus, say(E2, "wrong"))
    four, five = Told("four"), Told("five")
    assemble(corpus, [[ONE, TWO]], {E1: E1, E2: E1})
    assert set(record(corpus)) == {E3}
    assert read_verdicts(corpus.at()).now == {E2: E1}
    assemble(corpus, [[ONE, TWO, four, five]], {E1: E1})
    assert set(record(corpus)) == {E1, E3}
    verdicts = read_verdicts(corpus.at())
    assert [one.about for one in verdicts.stale] == [E2]
    assert (verdicts.now, dict(verdicts.events)) == ({E2: E1}, {})


def test_a_verdict_follows_a_chain_of_merges_and_ends_where_nothing_is_left(corpus: Corpus) -> None:
    add_reviews(corpus, say(E3, "right"))
    assemble(corpus, [[TWO, THREE]], {E2: E2, E3: E2})
    assemble(corpus, [[ONE, TWO, THREE]], {E1: E1, E2: E1})
    assert read_verdicts(corpus.at()).now == {E3: E1}
    assemble(corpus, [], {E1: None})
    verdicts = read_verdicts(corpus.at())
    assert (verdicts.now, [one.about for one in verdicts.stale]) == ({E3: None}, [E3])
    assert record(corpus) == {}


def test_a_verdict_is_back_when_its_event_is(corpus: Corpus) -> None:
    add_reviews(corpus, say(E1, "wrong"))
    assemble(corpus, [], {E1: None})
    assemble(corpus, [[ONE]])
    assert set(record(corpus)) == {E2, E3}


def test_reviews_of_what_never_was_are_stale(corpus: Corpus) -> None:
    add_reviews(
        corpus, say("e" + "0" * 16, "wrong"), say("x:1-2:AID", "wrong"), say("nonsense'; DROP", "wrong")
    )
    assert len(read_verdicts(corpus.at()).stale) == 3
    assert set(record(corpus)) == {E1, E2, E3}


def test_laying_over_twice_is_the_same_as_once(corpus: Corpus) -> None:
    add_reviews(corpus, say(E1, "corrected", field="status", value='"denied"'))
    snapshot = corpus.at()
    for _ in range(2):
        lay_over(snapshot)
        assert snapshot.rows("SELECT count(*), count(verdict) FROM record") == [(3, 1)]
    lay_over(snapshot, reviews=False)
    assert snapshot.rows("SELECT count(*), count(verdict) FROM record") == [(3, 0)]
