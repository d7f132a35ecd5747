"""Events are found by any of their fields, and nothing that is asked for becomes SQL."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.query import Filters, Record, find, why_none
from stories import event_id


def ids(record: Record, **filters: Any) -> set[str]:
    rows, total = find(record.ground, Filters(**filters))
    assert total == len(rows)
    return {row["id"] for row in rows}


def named(*names: str) -> set[str]:
    return {event_id(name) for name in names}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"actor": "Israel"}, ["no-stop", "offer", "drones", "food"]),
        ({"actor": "isr", "recipient": "Armenia"}, ["no-stop", "offer"]),
        ({"actor": "pashinyan"}, ["refusal", "accuse"]),
        ({"actor": "person:ilham-aliyev"}, ["thanks"]),
        ({"party": ("Aliyev", "Rivlin")}, ["thanks", "offer"]),
        ({"between": ("AZE", "ISR")}, ["drones", "food", "thanks"]),
        ({"event_type": "aid"}, ["drones", "food"]),
        ({"mode": ("assist", "withdraw")}, ["refusal", "recall"]),
        ({"context": "military"}, ["drones"]),
        ({"status": "denied"}, []),
        ({"quad": "material_conflict"}, ["recall", "ganja"]),
        ({"place": "ganja"}, ["ganja"]),
        ({"country": "Azerbaijan"}, ["ganja"]),
        ({"speaker": "Pashinyan"}, ["refusal", "accuse"]),
        ({"speaker": "ARM", "outlet": "armenpress"}, ["ganja"]),
        ({"outlet": ["TASS", "Haaretz"]}, ["recall", "food"]),
        ({"min_origins": 2}, ["recall", "food", "ganja"]),
        ({"contested": True}, ["ganja"]),
        ({"text": "refused aid"}, ["refusal"]),
        ({"text": '"food and medicines"'}, ["food"]),
        ({"text": '"medicines and food"'}, []),
        ({"actor": "Israel", "event_type": "AID", "context": "humanitarian"}, ["food"]),
        ({"min_confidence": 0.9}, []),
    ],
)
def test_a_filter_keeps_what_has_it(record: Record, filters: dict[str, Any], names: list[str]) -> None:
    assert ids(record, **filters) == named(*names)


def test_a_day_is_touched_by_dates_of_any_grain(record: Record) -> None:
    """2020-10-05 lies in October and in 2020; what is dated 'in 2020' may be of that day."""
    assert ids(record, since="2020-10-05", until="2020-10-05") == named("offer", "drones")
    assert ids(record, since="2020-11") == named("refusal", "thanks", "drones")
    assert ids(record, until="2019") == set()


def test_events_without_a_date_pass_by_the_day_of_the_report_only_where_asked(record: Record) -> None:
    assert event_id("accuse") not in ids(record, since="2020-11-03", until="2020-11-03")
    assert event_id("accuse") in ids(record, since="2020-11-03", until="2020-11-03", or_reported=True)


@pytest.mark.parametrize("words", ["'; DROP TABLE events; --", "%", "?", "$1", '"', "\\"])
def test_what_is_asked_for_never_becomes_sql(record: Record, words: str) -> None:
    before = ids(record)
    for name in ("actor", "place", "speaker", "outlet", "text"):
        ids(record, **{name: words})
    assert ids(record) == before


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"event_type": "HELP"}, "there is no type 'HELP'; there are: AGREE"),
        ({"status": "maybe"}, "there is no status 'maybe'"),
        ({"country": "Isreal"}, r"did you mean Israel \(ISR\)"),
        ({"since": "last week"}, "the day 'last week' can't be read"),
    ],
)
def test_what_does_not_exist_is_a_clear_error(record: Record, filters: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        find(record.ground, Filters(**filters))


def test_an_unknown_sort_is_a_clear_error(record: Record) -> None:
    with pytest.raises(InputError, match="can't be sorted by 'beauty'"):
        find(record.ground, Filters(), sort="beauty")


def test_an_empty_answer_says_why(record: Record) -> None:
    assert "no event of the corpus has actor Foo Bar" in why_none(record.ground, Filters(actor="Foo Bar"))
    together = Filters(actor="Israel", event_type="ASSAULT")
    assert why_none(record.ground, together) == "no event has all of this together"


def test_events_come_newest_first_and_a_limit_tells_how_many_there_are(record: Record) -> None:
    rows, total = find(record.ground, Filters(), limit=2)
    assert [row["id"] for row in rows] == [
        event_id("thanks"),
        *(named("refusal", "accuse") & {rows[1]["id"]}),
    ]
    assert total == 10
    rows, _ = find(record.ground, Filters(), sort="score", limit=1)
    assert rows[0]["id"] == event_id("ganja")
