"""Two mentions are one happening by what they say: parties, act, time, place, toll; not by headlines."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.assemble import ENOUGH, LOW, Judgement, block_keys, judge, near, sketch_of
from happenings import day, row


def judged(one: dict[str, Any], two: dict[str, Any]) -> Judgement | None:
    """The judgement of two rows, the same either way round."""
    a, b = sketch_of(one), sketch_of(two)
    there, back = judge(a, b), judge(b, a)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert (there.score, there.why) == (back.score, back.why)
    return there


def are_one(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Whether the rows are compared at all, and judged to be one happening."""
    a, b = sketch_of(one), sketch_of(two)
    found = judged(one, two)
    compared = bool(set(block_keys(a)) & set(block_keys(b))) and near(a, b)
    return compared and found is not None and found.score >= ENOUGH


MET = row("a", "CONSULT", "ARM>AZE", "met", when=day(), where="Vienna, AUT")
RECALL = row("a", "SANCTION/withdraw", "ARM>HUN", "recalled", when=day())
SHELLING = row("a", "ASSAULT/heavy-weapons", "ERI>ETH", "shelled", when=day(), where="Senafe, ERI", killed=7)
DEMAND = row(
    "a",
    "REQUEST/yield",
    "ETH/GOV person:hirut-wolde>ERI",
    "demanded",
    passage="She demanded that Eritrea pull its guns back from the ridge above the market town",
)

SAME = {
    "parties of a meeting stand either way round": (
        MET,
        row("b", "CONSULT", "AZE>ARM", "talks", when=day(), published=day(1)),
    ),
    "a report of the next day that gives no date": (
        RECALL,
        row("b", "SANCTION/withdraw", "ARM>HUN", "withdrew", published=day(1)),
    ),
    "a month that contains the day, months later": (
        RECALL,
        row("b", "SANCTION", "ARM>HUN", "recall", when=(day(-4), day(26)), published=day(200)),
    ),
    "a toll that grows": (
        SHELLING,
        row("b", "ASSAULT", ">ETH", "shelling", where="Senafe, ERI", killed=12, published=day(2)),
    ),
    "told by one and denied by the other": (
        SHELLING,
        row("b", "ASSAULT", "ERI>ETH", "shelled", when=day(), where="Senafe, ERI", status="denied"),
    ),
    "a meeting that is announced, coded AGREE, and held": (
        MET,
        row("b", "AGREE", "ARM>AZE", "will meet", when=day(), status="planned", published=day(-3)),
    ),
    "two types for one signing": (
        row("a", "AGREE", "ARM>AZE", "signed", when=day(), passage="signed a truce on prisoners"),
        row("b", "SUPPORT", "ARM>AZE", "signed", when=day(), passage="signed the truce on prisoners"),
    ),
    "one speaker's demand in two reports": (
        DEMAND,
        row(
            "b",
            "REQUEST/yield",
            "ETH/GOV person:wolde>ERI",
            "called",
            passage="Wolde called on Eritrea to draw back its guns from the ridge",
            published=day(1),
        ),
    ),
    "two accounts of who shelled the town, with one toll": (
        SHELLING,
        row("b", "ASSAULT/heavy-weapons", "SDN>ETH", "shelled", when=day(), where="Senafe, ERI", killed=7),
    ),
}
APART = {
    "meetings a week apart": (MET, row("b", "CONSULT", "ARM>AZE", "met", when=day(7), published=day(7))),
    "one town shelled on two days running": (
        SHELLING,
        row("b", "ASSAULT/heavy-weapons", "ERI>ETH", "shelled", when=day(1), where="Senafe, ERI"),
    ),
    "two towns shelled on one day": (
        row("a", "ASSAULT", "ERI>ETH", "shelled", when=day(), where="Senafe, ERI"),
        row("b", "ASSAULT", "ERI>ETH", "shelled", when=day(), where="Badme, ERI"),
    ),
    "another speaker makes the demand": (
        DEMAND,
        row(
            "b",
            "REQUEST/yield",
            "ETH/GOV person:tekle-habte>ERI",
            "demanded",
            passage="He demanded that Eritrea pull its guns back from the ridge",
        ),
    ),
    "condemned for two matters on one day": (
        row(
            "a", "ACCUSE", "TUR>ISR", "condemned", passage="condemned the bombing of a hospital in Khan Yunis"
        ),
        row(
            "b",
            "ACCUSE",
            "TUR>ISR",
            "condemned",
            passage="condemned plans to build homes near Hebron's mosque",
        ),
    ),
    "the visit and the talks on it": (
        row("a", "CONSULT/visit", "USA>CHN", "arrived", when=day()),
        row("b", "CONSULT", "USA>CHN", "talks", when=day()),
    ),
    "two persons arrested by one state": (
        row("a", "COERCE/arrest", "TUR>TUR person:ali-demir", "arrested", when=day()),
        row("b", "COERCE/arrest", "TUR>TUR person:can-yildiz", "arrested", when=day(), published=day(1)),
    ),
    "fighting of a day, of which nothing more is known": (
        row("a", "ASSAULT", "SDN>SDN", "attacked", when=day()),
        row("b", "ASSAULT", "SDN>SDN", "clashes", when=day()),
    ),
    "other parties": (RECALL, row("b", "SANCTION/withdraw", "ARM>TUR", "recalled", when=day())),
    "a closure and its prolongation": (
        row("a", "COERCE/restrict", "VEN>COL", "closed", when=day()),
        row("b", "COERCE/restrict", "VEN>COL", "prolonged", published=day(2)),
    ),
    "a toll of another order in another town": (
        SHELLING,
        row("b", "ASSAULT", "ERI>ETH", "attack", where="Badme, ERI", killed=50, published=day(1)),
    ),
    "acts of one type that a report tells apart": (
        row("a", "SANCTION", "ARM>HUN", "recalled", at=10, when=day()),
        row("a", "SANCTION", "ARM>HUN", "suspended", at=80, when=day()),
    ),
    "bodies under one collective code": (
        row("a", "REQUEST", "IGO body:nato>SRB", "urged", when=day(), passage="urged an end of shelling"),
        row("b", "REQUEST", "IGO body:osce>SRB", "urged", when=day(), passage="urged an end of shelling"),
    ),
}


@pytest.mark.parametrize("case", SAME, ids=list(SAME))
def test_one_happening(case: str) -> None:
    assert are_one(*SAME[case])


@pytest.mark.parametrize("case", APART, ids=list(APART))
def test_two_happenings(case: str) -> None:
    assert not are_one(*APART[case])


def test_a_report_links_its_own_repeats() -> None:
    first = row("a", "ASSAULT", "ERI>ETH", "shelled", when=day())
    later = row("a", "ASSAULT", "", "attack", at=90, same_as=first["id"])
    found = judged(first, later)
    assert found is not None
    assert found.score > 0.9
    assert found.why == ("the report itself links them",)
    assert are_one(first, later)


def test_a_reprint_tells_the_same_at_the_same_words() -> None:
    words = "gunmen stormed the radio station at dawn and played marches"
    one = row("a", "ASSAULT", "MLI>MLI", "stormed", passage=words)
    copy = row("b", "ASSAULT", "MLI>MLI", "stormed", at=14, passage=words, copy_of="a", published=day(40))
    found = judged(one, copy)
    assert found is not None
    assert found.why == ("the same words in a reprint",)
    assert are_one(one, copy)


def test_reasons_are_words_and_what_speaks_against_comes_last() -> None:
    other = row("b", "ASSAULT", "ERI>ETH", "shelled", when=day(), where="Senafe, ERI", killed=20)
    found = judged(SHELLING, other)
    assert found is not None
    assert {"same day", "same town", "same parties"} <= set(found.why)
    assert found.why[-1].startswith("but 7 or 20 killed")


def test_the_more_exact_mention_is_told_from_the_vaguer_one() -> None:
    vague = row("b", "SANCTION", "ARM>HUN", "recall", when=(day(-4), day(26)), published=day(200))
    found, back = judge(sketch_of(vague), sketch_of(RECALL)), judge(sketch_of(RECALL), sketch_of(vague))
    assert found is not None
    assert back is not None
    assert (found.relation, back.relation) == ("more_exact", "less_exact")


def test_scores_lie_between_nothing_and_one() -> None:
    for one, two in [*SAME.values(), *APART.values()]:
        found = judged(one, two)
        assert found is None or 0.0 <= found.score <= 1.0
        assert found is None or found.score >= LOW or found.why == ()


def test_a_publication_day_known_only_to_months_says_nothing_of_the_day() -> None:
    vague = {**RECALL, "id": "v", "document_id": "v", "date": None}
    vague |= {"published_start": day(-300), "published_end": day()}
    assert sketch_of(vague).published is None


def test_keys_are_few_and_each_stands_once() -> None:
    for one, two in [*SAME.values(), *APART.values()]:
        for keys in (block_keys(sketch_of(one)), block_keys(sketch_of(two))):
            assert len(keys) == len(set(keys)) <= 40
