"""Each row of the tables of attribution verbs and of stance words proves itself on its own two sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.attribution import find_claims
from dragoman.attribution.claims import READERS
from dragoman.attribution.tables import CueRow, SourceNounRow, StanceRow
from dragoman.lexicon import cells, read_table
from dragoman.records import Claim, Document, Stance

CUES = read_table("attribution_verbs.tsv", CueRow)
STANCES = read_table("stance_words.tsv", StanceRow)
PLACES = frozenset("clause infinitive object quote aside of for on to as with".split())


def claims(parse: Callable[[str], Doc], text: str) -> list[Claim]:
    return find_claims(parse(text), Document("d", text), [])


def fired(found: list[Claim], row: CueRow) -> bool:
    """Whether a claim of this row was found; what is cited shares one rule."""
    rule = "attribution_verbs/" + ("cite" if row.kind == "cite" else row.id)
    return any(one.rule == rule for one in found)


@pytest.mark.parametrize("row", CUES, ids=[row.id for row in CUES])
def test_row_finds_the_claim_in_its_example(row: CueRow, parse: Callable[[str], Doc]) -> None:
    found = [one for one in claims(parse, row.example) if fired([one], row)]
    assert found
    assert all(part.cut(row.example).strip() for one in found for part in one.content)


@pytest.mark.parametrize("row", CUES, ids=[row.id for row in CUES])
def test_row_is_silent_in_its_counterexample(row: CueRow, parse: Callable[[str], Doc]) -> None:
    assert not fired(claims(parse, row.but_not), row)


@pytest.mark.parametrize("row", STANCES, ids=[row.id for row in STANCES])
def test_stance_words_work_on_the_claim_they_stand_by(row: StanceRow, parse: Callable[[str], Doc]) -> None:
    assert any(one.source.stance == Stance(row.stance) for one in claims(parse, row.example))
    assert all(one.source.stance != Stance(row.stance) for one in claims(parse, row.but_not))


def test_ids_are_unique_and_codes_known() -> None:
    assert len({row.id for row in CUES}) == len(CUES)
    assert len({row.id for row in STANCES}) == len(STANCES)
    assert {row.kind for row in CUES} <= {*READERS, "cite"}
    assert {place for row in CUES for place in cells(row.content)} <= PLACES
    nouns = read_table("source_nouns.tsv", SourceNounRow)
    assert len({row.lemma for row in nouns}) == len(nouns)
    assert {row.kind for row in nouns} <= set("unnamed crowd office body outlet press document".split())
