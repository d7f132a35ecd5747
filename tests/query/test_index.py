"""Answers from the index are those that the tables give."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from dragoman.query import Filters, compare, dyad, find, open_ground, timeline, who, why
from dragoman.query.cast import countries_told_of, entities_told_of
from dragoman.query.flattening import plain
from dragoman.query.overview import overview
from dragoman.query.reports import list_reports, report
from dragoman.store import Batch, Corpus, Entry, Writer
from dragoman.store.index import MANY, chosen, complete, sets_in
from hand_record import RUN, Told, add_reviews, assemble, build, event_of, say

ASKED = (
    Filters(),
    Filters(actor="Armenia", since="2020-10"),
    Filters(between=("ARM", "AZE")),
    Filters(party="pashinyan"),
    Filters(recipient="Rivlin"),
    Filters(actor="person:reuven-rivlin"),
    Filters(text="Israeli aid"),
    Filters(text='"its ambassador"', outlet="reuters"),
    Filters(speaker="AZE"),
    Filters(speaker="defence ministry", text="ganja"),
    Filters(place="ganja"),
    Filters(contested=True),
    Filters(context="humanitarian"),
)


def answers(folder: Path, **options: Any) -> dict[str, Any]:
    """Whatever can be asked."""
    ground = open_ground(folder, **options)
    ids = [name for (name,) in ground.snapshot.rows("SELECT id FROM events ORDER BY id")]
    found: dict[str, Any] = {str(one): find(ground, one) for one in ASKED}
    found["second page"] = find(ground, Filters(), "-origins", 2, 2)
    found["behind the last"] = find(ground, Filters(), "date", 5, 500)
    found["dyad"] = dyad(ground, "ARM", "AZE")
    found["lines"] = timeline(ground, Filters(), "month", directed=True)
    found["compare"] = compare(ground, "ARM", "AZE", "ISR")
    found["why"] = [why(ground, one) for one in ids]
    found["overview"] = overview(ground)
    found["cast"] = [countries_told_of(ground), entities_told_of(ground)]
    found["who"] = [who(ground, name) for name in ("ARM", "Ilham")]
    reports, _ = list_reports(ground, limit=100)
    found["reports"] = [report(ground, one["id"]) for one in reports]
    return {name: plain(one) for name, one in found.items()}


@pytest.fixture
def war_corpus(folder: Path, tmp_path: Path) -> Path:
    """A corpus of its own that is indexed."""
    path = tmp_path / "war"
    shutil.copytree(folder, path)
    assert complete(Corpus.open(path)) > 0
    assert complete(Corpus.open(path)) == 0
    return path


def test_the_index_answers_as_the_tables_do(war_corpus: Path) -> None:
    assert chosen(Corpus.open(war_corpus).at())
    assert answers(war_corpus) == answers(war_corpus, index=False)


def test_reviews_win_over_the_index(war_corpus: Path) -> None:
    ground = open_ground(war_corpus)
    (offer,), _ = find(ground, Filters(event_type="AGREE"))
    (accuse,), _ = find(ground, Filters(event_type="ACCUSE"))
    party = '[{"country": "TUR", "sector": null}]'
    add_reviews(
        Corpus.open(war_corpus),
        say(accuse["id"], "wrong"),
        say(offer["id"], "corrected", field="actors", value=party),
        say(offer["id"], "corrected", field="event_type", value='"AID"'),
    )
    found = answers(war_corpus)
    assert found == answers(war_corpus, index=False)
    assert found[str(Filters(recipient="Rivlin"))] == [[], 0]
    ground = open_ground(war_corpus)
    assert find(ground, Filters(event_type="ACCUSE")) == ([], 0)
    assert [row["id"] for row in find(ground, Filters(actor="TUR"))[0]] == [offer["id"]]
    assert answers(war_corpus, reviews=False) == answers(war_corpus, reviews=False, index=False)


def test_a_damaged_or_missing_index_changes_no_answer(war_corpus: Path) -> None:
    before = answers(war_corpus)
    (one,) = sets_in(war_corpus)
    one.manifest.write_text("{", encoding="utf-8")
    assert chosen(Corpus.open(war_corpus).at()) == []
    assert answers(war_corpus) == before
    shutil.rmtree(one.folder)
    assert answers(war_corpus) == before


def rows(corpus: Corpus, version: int | None = None, index: bool = True) -> list[Any]:
    """The events with their words."""
    ground = open_ground(corpus.folder, version, index=index)
    return [plain(find(ground, Filters(), "reported")), plain(find(ground, Filters(text="acted")))]


def test_states_that_ended_are_asked_of_their_versions_alone(tmp_path: Path) -> None:
    told = [Told(name) for name in ("one", "two", "three")]
    corpus = build(tmp_path / "corpus", [[one] for one in told])
    complete(corpus)
    gone = event_of([told[1]]).id
    assemble(corpus, [], {gone: event_of([told[0]]).id})
    last = corpus.at().version
    for version in (last, last - 1):
        assert len(rows(corpus, version)[0][0]) == 2 + (version < last)
        assert rows(corpus, version) == rows(corpus, version, index=False)
    # What is indexed only now is of no use for the version at which the event stood.
    shutil.rmtree(tmp_path / "corpus" / "_index")
    assert complete(corpus) == 1
    assert chosen(corpus.at())
    assert not chosen(corpus.at(last - 1))
    assert rows(corpus, last - 1) == rows(corpus, last - 1, index=False)


def test_many_small_sets_become_one_and_say_the_same(tmp_path: Path) -> None:
    corpus = build(tmp_path / "corpus", [[Told("first")]])
    complete(corpus)
    for number in range(MANY + 1):
        one = Told(f"n{number}", "AID", "SWE", "NOR")
        with Writer(corpus, RUN) as writer:
            writer.write(Batch((Entry(one.document, one.document.published, (one.mention,)),)))
        assemble(corpus, [[one]])
        complete(corpus)
    assert len(chosen(corpus.at())) < MANY
    assert rows(corpus) == rows(corpus, index=False)
    assert len(rows(corpus)[0][0]) == MANY + 2
