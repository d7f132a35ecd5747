"""The wire format."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from dragoman.errors import InputError
from dragoman.output import from_wire, to_wire
from dragoman.records import Document, EventMention
from samples import DOCUMENT, RECALL, SHELLING, TEXT, documents, mentions

# The keys that the format promises, at every level; null where nothing is known, never left out.
KEYS: dict[str, Any] = {
    "": "schema id document_id path outlet published event_type mode contexts actors recipients status "
    "attribution date place casualties score quad trigger span rules confidence same_as responds_to",
    "actors": "entity_id name text country sector role span",
    "attribution": "name kind country verb stance span",
    "date": "start end precision text rule span",
    "place": "name country admin1 geonames_id lat lon precision span",
    "casualties": "killed injured",
    "trigger": "start end text",
    "span": "start end",
}


def test_every_key_is_there_in_the_order_of_the_format() -> None:
    recall, shelling = to_wire(RECALL, DOCUMENT), to_wire(SHELLING, DOCUMENT)
    assert list(recall) == KEYS[""].split()
    assert list(recall["actors"][0]) == KEYS["actors"].split()
    assert list(recall["recipients"][0]) == KEYS["actors"].split()
    assert list(recall["attribution"][0]) == KEYS["attribution"].split()
    assert list(recall["date"]) == KEYS["date"].split()
    assert list(shelling["place"]) == KEYS["place"].split()
    for key in ("casualties", "trigger", "span"):
        assert list(recall[key]) == KEYS[key].split()


def test_a_mention_on_the_wire() -> None:
    wire = to_wire(SHELLING, DOCUMENT)
    assert wire["schema"] == "dragoman/event-mention/1"
    assert wire["published"] == "2021-03-04"
    assert wire["status"] == "denied"
    assert wire["casualties"] == {"killed": {"low": 2, "high": 3}, "injured": {"low": 5, "high": None}}
    assert wire["date"] is None
    assert wire["mode"] == "heavy-weapons"
    assert wire["recipients"][0]["span"] is None
    assert wire["attribution"][0]["stance"] == "disputed"


def test_spans_cut_their_own_words() -> None:
    wire = to_wire(RECALL, DOCUMENT)
    pieces = [wire["trigger"], *wire["actors"], *wire["recipients"], wire["date"]]
    for piece in pieces:
        span = piece.get("span", piece)
        assert TEXT[span["start"] : span["end"]] == piece["text"]


@settings(max_examples=50, deadline=None)
@given(mentions, documents)
def test_what_goes_out_comes_back(mention: EventMention, document: Document) -> None:
    wire = json.loads(json.dumps(to_wire(mention, document)))
    back = from_wire(wire)
    assert to_wire(back, document) == wire
    assert back == mention


def test_another_schema_or_a_missing_key_is_refused() -> None:
    with pytest.raises(InputError, match="schema"):
        from_wire({"schema": "other/2"})
    wire = to_wire(RECALL, DOCUMENT)
    del wire["casualties"]
    with pytest.raises(InputError, match="casualties"):
        from_wire(wire)
