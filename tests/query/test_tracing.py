"""Every event can be followed to its words, whatever id of it somebody kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.query import Record, open_ground, why
from dragoman.store import Corpus, Writer
from dragoman.store.recording import Ending, Recording
from stories import RUN, event_id
from war import war


def test_the_beginning_of_an_id_is_enough(record: Record) -> None:
    whole = event_id("ganja")
    trace = why(record.ground, whole[:8])
    assert trace.event["id"] == whole
    assert [one["status"] for one in trace.event["cited"]] == ["asserted", "denied"]
    assert trace.event["contradictions"][0]["field"] == "killed"
    assert [one["name"] for one in trace.event["origins"]] == [
        "Defence Ministry of Azerbaijan",
        "Armenian Defence Ministry",
    ]


def test_a_mention_leads_to_its_event(record: Record) -> None:
    mention = why(record.ground, event_id("recall")).event["cited"][1]["id"]
    trace = why(record.ground, mention)
    assert (trace.event["id"], trace.mention) == (event_id("recall"), mention)
    assert trace.event["cited"][1]["why"] == ["same day"]


def test_answers_are_shown_from_both_sides(record: Record) -> None:
    (offer,) = why(record.ground, event_id("refusal")).related
    assert (offer["id"], offer["relation"]) == (event_id("offer"), "answers")
    (refusal,) = why(record.ground, event_id("offer")).related
    assert (refusal["id"], refusal["relation"]) == (event_id("refusal"), "answered by")


def test_the_ties_that_an_event_changed_are_told(record: Record) -> None:
    (tie,) = why(record.ground, event_id("recall")).ties
    assert (tie["kind"], tie["step"]["step"]) == ("ambassador", "closed")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("e", "too short"),
        ("zzzz", "nothing in the corpus has the id 'zzzz'"),
    ],
)
def test_what_is_not_there_is_a_clear_error(record: Record, given: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        why(record.ground, given)


def test_an_id_that_ended_leads_to_what_holds_its_mentions_now(tmp_path: Path) -> None:
    folder = war().write(tmp_path / "corpus")
    end(folder, {"accuse": "refusal", "recall": None})
    ground = open_ground(folder)
    trace = why(ground, event_id("accuse"))
    assert trace.event["id"] == event_id("refusal")
    assert [(one["id"], one["version"]) for one in trace.earlier] == [(event_id("accuse"), 3)]
    with pytest.raises(InputError, match="has ended, and no other holds its mentions"):
        why(ground, event_id("recall"))
    assert why(open_ground(folder, version=2), event_id("recall")).event["event_type"] == "SANCTION"


def end(folder: Path, events: dict[str, str | None]) -> None:
    """Ends events in favour of others."""
    corpus = Corpus.open(folder)
    version = corpus.versions()[-1].version
    query = "SELECT row FROM events WHERE id = ?"
    rows = {name: corpus.at().rows(query, [event_id(name)])[0][0] for name in events}
    with Writer(corpus, RUN) as writer:
        recording = Recording(writer, version)
        recording.end(
            Ending("events", rows[name], event_id(name), goal and event_id(goal))
            for name, goal in events.items()
        )
        assert recording.commit(version)
