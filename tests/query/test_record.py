"""From Python, every question is answered in data frames."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dragoman.errors import CorpusError, InputError
from dragoman.query import Record, dyad, who
from stories import event_id


def test_events_are_rows_with_days_and_words(record: Record) -> None:
    found = record.events(actor="Israel", event_type="AID", sort="date")
    assert list(found["id"]) == [event_id("drones"), event_id("food")]
    assert list(found["start"]) == [pd.Timestamp("2020-01-01"), pd.Timestamp("2020-10-27")]
    assert found["origins"][1] == "Trend;Haaretz"
    assert found["says"][1] == "Trend"
    assert found["words"][0] == "Israel delivered drones to Azerbaijan in 2020"


def test_no_event_is_an_empty_frame(record: Record) -> None:
    assert record.events(actor="Norway").empty
    assert record.timeline(actor="Norway").empty
    assert record.ties(("NOR", "SWE")).empty


def test_a_dyad_counts_by_direction_type_and_status(record: Record) -> None:
    found = record.dyad("Armenia", "Israel")
    counts = found["counts"].set_index(["way", "event_type"])
    assert counts.loc[("ARM > ISR", "REJECT"), "asserted"] == 1
    assert counts.loc[("ISR > ARM", "AGREE"), "score"] == 2.5
    assert list(found["sums"]["events"]) == [4, 2]
    assert found["weightiest"]["id"][0] == event_id("recall")
    assert list(found["ties"]["kind"]) == ["ambassador"]


def test_a_dyad_of_a_person_has_no_ties(record: Record) -> None:
    answer = dyad(record.ground, "Pashinyan", "Israel")
    assert answer.ties == []
    assert [row["events"] for row in answer.sums] == [2, 0]


def test_a_timeline_carries_what_no_bin_holds(record: Record) -> None:
    assert record.timeline(by="month").attrs == {"coarser": 1, "undated": 2}


def test_a_comparison_has_its_parts(record: Record) -> None:
    found = record.compare("ARM", "AZE", "ISR")
    took = found["dealings"].query("dealing == 'took'").set_index("side")
    assert took.loc["AZE", "count"] == 2
    assert took.loc["ARM", "count"] == 0
    assert found["differences"]["text"][0].startswith("Unlike Armenia, which refused humanitarian help")


def test_an_actor_is_found_by_a_part_of_the_name(record: Record) -> None:
    answer = who(record.ground, "pashin")
    assert (answer.name, answer.country, answer.kind) == ("Nikol Pashinyan", "ARM", "person")
    assert [row["role"] for row in answer.roles] == ["prime minister"]
    assert [(row["country"], row["done"], row["undergone"]) for row in answer.partners] == [("ISR", 2, 0)]
    with pytest.raises(InputError, match="no actor or recipient of the corpus is called 'Nobody'"):
        who(record.ground, "Nobody")


def test_the_record_of_a_country_has_its_persons_acts(record: Record) -> None:
    found = record.who("Azerbaijan")
    assert list(found["partners"]["country"]) == ["ISR", "ARM"]
    assert event_id("thanks") in set(found["latest"]["id"])


def test_ties_can_be_asked_for_by_day_kind_and_change(record: Record) -> None:
    assert list(record.ties(on="2020-09-20")["state_on"]) == ["open", "open"]
    assert list(record.ties(on="2018")["kind"]) == ["arms_supply"]
    assert list(record.ties(kind="envoy")["kind"]) == ["ambassador"]
    assert list(record.ties(changed="2020-10")["kind"]) == ["ambassador"]
    steps = record.tie_steps(("ARM", "ISR"))
    assert list(steps["step"]) == ["opened", "closed"]
    assert steps["event_id"][1] == event_id("recall")
    with pytest.raises(InputError, match="there is no tie 'friendship'"):
        record.ties(kind="friendship")


def test_own_sql_reads_the_record(record: Record) -> None:
    found = record.sql("SELECT count(*) AS n FROM record WHERE contains(actor_countries, ?)", ["ARM"])
    assert found["n"][0] == 5


def test_an_older_version_is_read_as_it_was(folder: Path) -> None:
    assert Record.open(folder, version=1).events().empty
    assert len(Record.open(folder, version=2).events()) == 10
    assert Record.open(folder, as_of="2000-01-01").version == 0
    with pytest.raises(CorpusError, match="no version 9"):
        Record.open(folder, version=9)
    with pytest.raises(InputError, match="the time 'yesterday' can't be read"):
        Record.open(folder, as_of="yesterday")
