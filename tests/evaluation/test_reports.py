"""Reading reports with marked events."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import GoldError
from dragoman.evaluation.reports import parse_report, read_reports

BLOCK = """A10 vik-shelled
title: Norland shells Vik
outlet: AFP
published: 2021-03-04
---
OSLO - Norland {1:shelled} Vik on
Wednesday, Sudria {2,3:said}.

It {4:recalled} its envoy.
---
1 ASSAULT/aerial asserted | who: Norland = NOR/MIL | to: Vik = SWE | when: Wednesday = 2021-03 | killed: 2-3
2 ACCUSE asserted | who: Sudria = SWE
3 REQUEST+AGREE possible | who: Sudria = /CRM | core: no | same: 2
4 SANCTION/withdraw asserted | who: It -> Sudria = SWE/GOV | via: Sudria
"""


def test_triggers_and_parties_cut_their_words():
    report = parse_report(BLOCK)
    text = report.document.text
    assert text.startswith(
        "Norland shells Vik\n\nOSLO - Norland shelled Vik on Wednesday, Sudria said.\n\nIt"
    )
    first, second, third, fourth = report.events
    assert [one.trigger.cut(text) for one in report.events] == ["shelled", "said", "said", "recalled"]
    assert first.actors[0].span.cut(text) == "Norland"
    assert first.actors[0].span.start > len("Norland shells Vik"), "the title is not marked"
    assert (first.actors[0].country, first.actors[0].sector) == ("NOR", "MIL")
    assert first.when is not None
    assert first.when[1:] == (date(2021, 3, 1), date(2021, 3, 31))
    assert first.counts == {"killed": "2-3"}
    assert third.types == ("REQUEST", "AGREE")
    assert not third.core
    assert third.same == 2
    assert (third.actors[0].country, third.actors[0].sector) == ("", "CRM")
    assert (fourth.actors[0].words, fourth.actors[0].name) == ("It", "Sudria")
    assert fourth.via[0][1] == "Sudria"
    assert second.actors[0].country == "SWE"


def test_every_fifth_report_is_for_testing():
    assert parse_report(BLOCK).is_test
    assert not parse_report(BLOCK.replace("A10", "A11")).is_test


def test_a_fault_names_the_report(tmp_path):
    path = tmp_path / "x.reports"
    path.write_text("=== " + BLOCK.replace("to: Vik", "to: Atlantis") + "===\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"x\.reports: A10 vik-shelled: .*Atlantis"):
        list(read_reports([path]))
