"""Marked reports as gold."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.evaluation import gold_of_report
from dragoman.evaluation.marked import sentence_around
from dragoman.evaluation.reports import parse_report
from dragoman.records import Span

REPORT = """A01 envoy
title: Norway recalls envoy
outlet: AFP
published: 2021-03-04
relays: NTB
---
OSLO, March 4 - Norway {1:recalled} its envoy on Wednesday after Gen. Lund said the guns of Sweden
had {2:shelled} Vik. They {3:killed} two.

It {4:shelled} Oslo as well.
---
1 SANCTION+REJECT/withdraw asserted | who: Norway = NOR/GOV | to: Sweden = SWE | when: Wednesday = 2021-03-03 | ctx: diplomatic
2 ASSAULT asserted | who: guns of Sweden -> Swedish army = SWE/MIL | to: Vik = NOR | in: Vik = NOR | via: Gen. Lund
3 ASSAULT asserted | core: no
4 ASSAULT asserted | same: 2
"""  # noqa: E501


def test_a_marked_report_becomes_gold() -> None:
    document = gold_of_report(parse_report(REPORT))
    recall, shelling, killing, repeat = document.events
    assert document.sources == ("AFP", "NTB")
    assert recall.types == ("SANCTION", "REJECT")
    assert (recall.actors, recall.recipients) == ({"NOR"}, {"SWE"})
    assert recall.days == (date(2021, 3, 3), date(2021, 3, 3))
    assert recall.modes == ("withdraw",)
    assert shelling.sources == ("Gen. Lund",)
    assert shelling.place is not None
    assert (shelling.place.name, shelling.place.country) == ("Vik", "NOR")
    assert shelling.speakers == ("guns of Sweden", "Swedish army")
    assert [event.core for event in document.events] == [True, True, False, False]
    assert repeat.same_as == shelling.id
    assert [passage.anchor.cut(document.text) for passage in shelling.passages] == ["shelled", "shelled"]
    assert killing.quote == "They killed two."
    assert recall.quote.startswith("OSLO, March 4 - Norway recalled")
    assert recall.quote.endswith("Gen. Lund said the guns of Sweden had shelled Vik.")


@pytest.mark.parametrize(
    ("before", "sentence", "after"),
    [
        ("It left. ", "U.S. troops fired on Sept. 3 at 4.5 km.", " They left."),
        ('"No," he said. ', '"We fired on J. Smith."', " He left."),
        ("Title\n\n", "They fired", "\n\nThey left."),
        ("", "They fired at No. 10!", " 10 men left."),
    ],
)
def test_a_sentence_is_cut_out_around_its_trigger(before: str, sentence: str, after: str) -> None:
    text = before + sentence + after
    at = text.index("fired")
    assert sentence_around(Span(at, at + 5), text).cut(text) == sentence
