"""What is shown of an event are words of its reports, and who says so."""

from __future__ import annotations

import pytest

from dragoman.query import Filters, Record, find
from dragoman.query.wording import chain, sentence, undated


def test_every_span_cuts_its_words_out_of_the_report(record: Record) -> None:
    rows, _ = find(record.ground, Filters())
    texts = {row["id"]: row["text"] for row in record.ground.rows("SELECT id, text FROM documents")}
    cited = [one for row in rows for one in row["cited"]]
    assert len(cited) == 13
    for one in cited:
        text = texts[one["document_id"]]
        assert text[one["span"]["start"] : one["span"]["end"]] == one["passage"]
        assert text[one["trigger"]["start"] : one["trigger"]["end"]] == one["trigger"]["text"]


def test_the_telling_words_are_of_the_mention_that_has_the_events_day(record: Record) -> None:
    """'gave food last month' and 'handed over food on October 27': the second has the day."""
    (row,), _ = find(record.ground, Filters(event_type="AID", context="humanitarian"))
    assert row["words"] == "Israel handed over food and medicines to Azerbaijan on October 27"
    assert row["chain"] == ["Trend"]


def test_the_chain_runs_from_the_speaker_to_the_outlet() -> None:
    assert chain([{"name": "Ada"}, {"name": "AFP"}], "Le Monde") == ["Ada", "AFP", "Le Monde"]
    assert chain([{"name": "Ada"}, {"name": "AFP"}], "afp") == ["Ada", "AFP"]
    assert chain([], "AFP") == ["AFP"]
    assert chain([], None) == []


@pytest.mark.parametrize(
    ("before", "passage", "start", "dateline", "shown"),
    [
        ("", "OSLO, May 3 (AFP) - Norway left", 0, 17, ("", "Norway left")),
        ("OSLO, ", "May 3 (AFP) - Norway left", 6, 17, ("", "Norway left")),
        ("OSLO, May 3 (AFP) - On Monday ", "Norway left", 30, 17, ("On Monday ", "Norway left")),
        ("It rained. ", "Norway left", 900, 17, ("It rained. ", "Norway left")),
    ],
)
def test_a_dateline_is_no_part_of_the_words(
    before: str, passage: str, start: int, dateline: int, shown: tuple[str, str]
) -> None:
    at = start + passage.index("Norway")
    row = {"passage": passage, "span": {"start": start}, "trigger": {"start": at}}
    assert undated(row, before, {"start": 0, "end": dateline}) == shown
    assert undated(row, before, None) == (before, passage)


@pytest.mark.parametrize(
    ("before", "passage", "after", "whole"),
    [
        ("It rained. On Monday ", "Norway left", " the pact. It snowed.", "On Monday Norway left the pact."),
        ("The U.S. envoy said ", "Norway left", ", angrily.", "The U.S. envoy said Norway left, angrily."),
        ("Title\n\n", "Norway left.", " Then it came back.", "Norway left."),
        ("", "Norway left", "\n\nNext paragraph.", "Norway left"),
    ],
)
def test_a_passage_is_shown_in_its_sentence(before: str, passage: str, after: str, whole: str) -> None:
    assert sentence(before, passage, after) == whole
