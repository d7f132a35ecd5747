"""Statements of ties: each row of the words fires in its example and not in what it must not fire in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from spacy.tokens import Doc

from dragoman.lexicon import read_table
from dragoman.records import Claim, Document, Entity, Mention, PlaceRef, Source, Span, TieStatement
from dragoman.ties import find_statements
from dragoman.ties.frames import WordRow
from dragoman.times import find_times

Read = Callable[..., tuple[Document, Doc]]
ROWS = read_table("tie_words.tsv", WordRow)
NAMES = re.compile(r"Norland|Sudria(?=n\b)?|Ola Vik|isle of Orm|\bits\b")
CODES = {"Norland": "NOR", "Sudria": "SUD", "Ola Vik": "NOR", "its": "NOR"}


def named(text: str) -> list[Mention]:
    """The invented states and a person, as the entity finder would give them."""
    found = []
    for match in NAMES.finditer(text):
        words = match[0]
        if words == "isle of Orm":
            continue
        kind = "person" if words == "Ola Vik" else "country"
        entity = Entity(CODES[words], words, CODES[words], kind=kind)
        end = match.end() + (1 if text[match.end() : match.end() + 1] == "n" else 0)
        span = Span(match.start(), end)
        found.append(Mention(span, span, (entity,), "name"))
    return found


def placed(text: str) -> list[PlaceRef]:
    return [PlaceRef("Orm", "", "region", Span(*one.span())) for one in re.finditer("isle of Orm", text)]


def told(
    read: Read, text: str, published: str = "2023-10-01", claims: tuple[Claim, ...] = ()
) -> list[TieStatement]:
    document, doc = read(text, published)
    return find_statements(doc, document, named(text), find_times(doc, document), placed(text), claims)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_row_fires_in_its_example_and_not_in_what_it_must_not(row: WordRow, read: Read) -> None:
    fired = [one for one in told(read, row.example) if one.rule.split("/")[1] == row.id]
    words = [" ".join((*(side for side in one.sides if side), one.state)) for one in fired]
    subjects = [one.subject for one in fired]
    gives = row.gives.split()
    end = next(number for number, word in enumerate(gives) if word in ("open", "closed", "reduced")) + 1
    subject = " ".join(gives[end:])
    assert not subject or subject in subjects
    assert " ".join(gives[:end]) in words, row.example
    silent = [one.rule.split("/")[1] for one in told(read, row.but_not)]
    assert row.id not in silent, row.but_not


def test_a_statement_cuts_its_own_words_and_has_its_date_and_source(read: Read) -> None:
    text = "Norland's embassy in Sudria has been closed since 2011, a clerk said."
    clerk = Source("clerk", "unnamed")
    claim = Claim(clerk, (Span(0, 54),), Span(64, 68), "attribution_verbs/say")
    [one] = told(read, text, claims=(claim,))
    assert (one.kind, one.sides, one.state) == ("embassy", ("NOR", "SUD"), "closed")
    assert one.span.cut(text) == one.text == "embassy in Sudria has been closed"
    assert one.date is not None
    assert one.date.start == date(2011, 1, 1)
    assert one.rule == "tie_words/embassy/since"
    assert one.attribution == (clerk,)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Norland and Sudria have not restored diplomatic relations.", ["closed"]),
        ("Norland has not severed diplomatic relations with Sudria.", ["open"]),
        ("Norland may sever diplomatic relations with Sudria.", []),
        ("Norland and Sudria plan to resume direct flights.", ["closed"]),
        ("Norland was urged to lift its sanctions on Sudria.", ["open"]),
        ("If Norland closes its border with Sudria, prices will rise.", []),
        ("Norland refused to reopen its border with Sudria.", ["closed"]),
        ("Norland decided to open an embassy in Sudria.", []),
        ("Norland said that its defence pact does not cover Sudria.", []),
        ("Norland decided to close its embassy in Sudria.", ["closed"]),
        ("Norland has no resident ambassador to recall from Sudria.", ["closed"]),
    ],
)
def test_negation_turns_a_state_about_and_what_is_only_wished_takes_it_for_granted(
    text: str, states: list[str], read: Read
) -> None:
    assert [one.state for one in told(read, text)] == states


def test_a_report_without_words_of_ties_gives_nothing(read: Read) -> None:
    assert told(read, "Norland and Sudria exchanged sweets on Sunday.") == []


def test_the_title_is_not_read(read: Read) -> None:
    text = "Norland closes border with Sudria\n\nNorland counted its sheep on Sunday."
    document, doc = read(text, "2023-10-01")
    titled = Document(document.id, text, title=Span(0, 33), published=document.published)
    assert find_statements(doc, titled, named(text), find_times(doc, titled)) == []
