"""The three formats, and their safety."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.output import COLUMNS, open_writer, printable
from dragoman.records import Document, EventMention, Party, Span
from samples import DOCUMENT, NORWAY, RECALL, SHELLING, mentions


def written(form: str, *pairs: tuple[Document, list[EventMention]]) -> str:
    stream = io.StringIO(newline="")
    writer = open_writer(form, stream)
    for document, found in pairs:
        writer.write(document, found)
    return stream.getvalue()


def test_jsonl_has_a_line_for_each_event() -> None:
    lines = written("jsonl", (DOCUMENT, [RECALL, SHELLING]), (DOCUMENT, [])).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["e1", "e2"]


def test_jsonl_holds_no_raw_line_separators_or_lone_surrogates() -> None:
    party = Party(replace(NORWAY, name="a\u2028b\x1b[31m\x9b\udc80"), "x", None)
    text = written("jsonl", (DOCUMENT, [replace(RECALL, actors=(party,))]))
    assert len(text.splitlines()) == 1
    text.encode("utf-8")
    assert json.loads(text)["actors"][0]["name"] == "a\u2028b\x1b[31m\x9b\udc80"


def test_csv_has_the_documented_columns_and_a_row_for_each_event() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", (DOCUMENT, [RECALL, SHELLING])))))
    assert tuple(rows[0]) == COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS)
    recall, shelling = rows
    assert (recall["actors"], recall["actor_countries"], recall["actor_sectors"]) == ("Norway", "NOR", "GOV")
    assert recall["score"] == "-5.0"
    assert (shelling["killed_low"], shelling["killed_high"], shelling["injured_high"]) == ("2", "3", "")
    assert shelling["date_start"] == ""


def test_csv_without_events_is_a_header() -> None:
    assert written("csv", (DOCUMENT, [])) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1"])
def test_csv_cells_are_no_formulas(name: str) -> None:
    party = Party(replace(NORWAY, name=name), "x", None)
    rows = list(csv.DictReader(io.StringIO(written("csv", (DOCUMENT, [replace(RECALL, actors=(party,))])))))
    assert rows[0]["actors"].startswith("'")


def test_lists_in_csv_run_in_step_even_with_semicolons_and_gaps() -> None:
    parties = (Party(replace(NORWAY, name="a;b", sector=None), "x", None), Party(NORWAY, "x", None))
    row = next(csv.DictReader(io.StringIO(written("csv", (DOCUMENT, [replace(RECALL, actors=parties)])))))
    assert row["actors"].split(";") == ["a,b", "Norway"]
    assert row["actor_sectors"].split(";") == ["", "GOV"]


def test_the_report_marks_triggers_and_parties_by_signs() -> None:
    text = written("table", (DOCUMENT, [RECALL, SHELLING]))
    assert "Norway recalls envoy" in text
    assert "_Norway_ [1 recalled] its ambassador from _Sweden_" in " ".join(text.split())
    assert "_Swedish guns_ [2 shelled]" in " ".join(text.split())
    for line in (
        "1 SANCTION withdraw: Norway (NOR GOV) > Sweden (SWE)",
        "2 ASSAULT heavy-weapons, denied: Swedish army (SWE MIL) > Norway (NOR GOV)",
        '2021-03-03 (day, "Wednesday")',
        "Vik, Vestland, NOR (city, 61.09 6.58)",
        "killed 2 to 3",
        "hurt at least 5",
        'says AFP (outlet FRA, "report")',
        "AFP (outlet), disputed",
        '"Swedish guns" is Swedish army',
        "answers 2",
    ):
        assert line in " ".join(text.split())


def test_the_report_is_plain_and_80_columns_wide_when_piped() -> None:
    text = written("table", (DOCUMENT, [RECALL, SHELLING]))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert "no events" in written("table", (DOCUMENT, []))


def test_one_trigger_for_two_events_is_marked_once() -> None:
    text = written("table", (DOCUMENT, [RECALL, replace(RECALL, id="e9", event_type="ACCUSE")]))
    assert "[1,2 recalled]" in text


def test_hostile_text_steers_no_terminal() -> None:
    body = "Norway \x1b]0;owned\x07\x1b[2J recalled\x9b31m \u202eit\u202c [bold]its[/bold] :smile: envoy."
    document = replace(DOCUMENT, text=body, title=None, path="a\x1b[31m.txt", outlet="x\x07")
    mention = replace(
        RECALL, trigger=Span(20, 28), span=Span(0, len(body)), actors=(), recipients=(), date=None
    )
    for form in ("table", "csv", "jsonl"):
        text = written(form, (document, [mention]))
        assert not set(text) & set("\x1b\x07\x9b\u202e\u202c")
    assert "[bold]its[/bold] :smile:" in " ".join(written("table", (document, [mention])).split())


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), mentions)
def test_no_text_breaks_a_writer(text: str, mention: EventMention) -> None:
    document = replace(DOCUMENT, text=text or " ", title=None)
    for form in ("table", "csv", "jsonl"):
        out = written(form, (document, [mention]))
        out.encode("utf-8")
        assert not set(out) & set("\x1b\x07\x9b\u202e")


def test_printable_keeps_letters_of_every_script() -> None:
    assert printable("Київ 北京 عمان 𝒜\n\t") == "Київ 北京 عمان 𝒜\n\t"
    assert printable("\x1b[0m") == "\ufffd[0m"
