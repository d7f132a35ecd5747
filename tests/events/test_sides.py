"""Who stands on which side, where the sentence itself says so and the models had it otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from dragoman.entities import EntityFinder
from dragoman.events.pairs import Picked
from dragoman.events.roles import Cast, cast_of
from dragoman.events.sides import SideRow, forms_of, mend_sides
from dragoman.events.words import words_of
from dragoman.intake import make_document
from dragoman.lexicon import cells, read_table
from dragoman.parse import Parser

ROWS = read_table("side_words.tsv", SideRow)
LISTS = frozenset({"envoy", "deed", "accord", "calm", "caller"})
"""Rules whose rows only list words that other rules look for."""
Mend = Callable[..., list[tuple[str, tuple[str, ...]]]]


@pytest.fixture(scope="session")
def mend(parser: Parser) -> Mend:
    """Text with triggers in braces, and for each its type and sides, to the sides as mended and the rules."""
    finder = EntityFinder()

    def sides(marked: str, *told: tuple[str, str]) -> list[tuple[str, tuple[str, ...]]]:
        text = marked.replace("{", "").replace("}", "")
        starts = [one.start() - 2 * number for number, one in enumerate(re.finditer(r"\{", marked))]
        document = make_document(text)
        doc = parser.parse(document)
        words, cast = words_of(doc), cast_of(doc, document, finder.find(doc, document))
        acts = [(words.starts.index(start), kind) for start, (kind, _) in zip(starts, told, strict=True)]
        who, whom = (table(cast, [pair.split(">")[side] for _, pair in told]) for side in (0, 1))
        picked = Picked(who, whom, np.ones(len(acts), dtype=np.float32))
        chances = np.full(who.shape, 0.1, dtype=np.float32)
        picked, rules = mend_sides(words, cast, acts, picked, chances, chances)
        drawn = [
            f"{drawn_of(cast, a)}>{drawn_of(cast, b)}" for a, b in zip(picked.who, picked.whom, strict=True)
        ]
        return list(zip(drawn, rules, strict=True))

    return sides


def table(cast: Cast, sides: list[str]) -> np.ndarray:
    """Which countries of the cast stand on each side."""
    return np.array([[one in side.split("+") for one in cast.countries] for side in sides], dtype=bool)


def drawn_of(cast: Cast, side: np.ndarray) -> str:
    """The countries of a side, sorted."""
    return "+".join(sorted(cast.countries[one] for one in np.flatnonzero(side)))


@pytest.mark.parametrize("row", [row for row in ROWS if row.rule not in LISTS], ids=lambda row: row.id)
def test_each_row_turns_its_example_and_leaves_the_other(row: SideRow, mend: Mend) -> None:
    kind = cells(row.types)[0]
    (sides, rules), *_ = mend(row.example, (kind, row.told))
    assert sides == row.becomes
    assert any(one.startswith("side_words/") for one in rules)
    (sides, rules), *_ = mend(row.but_not, (kind, row.told))
    assert (sides, rules) == (row.told, ())


@pytest.mark.parametrize("row", [row for row in ROWS if row.rule in LISTS], ids=lambda row: row.id)
def test_each_list_has_the_word_of_its_example_and_not_the_other(row: SideRow) -> None:
    listed, other = (re.findall(r"\{(.+?)\}", text)[0] for text in (row.example, row.but_not))
    assert listed in forms_of(row.rule)
    assert other not in forms_of(row.rule)


def test_ids_are_those_of_one_row() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)


def one(mend: Mend, text: str, kind: str, told: str) -> str:
    """The sides of the only act, as mended."""
    return mend(text, (kind, told))[0][0]


def test_all_that_is_joined_stands_on_one_side(mend: Mend) -> None:
    thanked = "Lithuania, Estonia and Poland were {thanked} by President Mikheil Saakashvili of Georgia."
    assert one(mend, thanked, "SUPPORT", "EST+GEO+POL>LTU") == "GEO>EST+LTU+POL"
    charged = "Malaysian police said an Indonesian woman and a Vietnamese woman have been {charged}."
    assert one(mend, charged, "ACCUSE", "MYS>VNM") == "MYS>IDN+VNM"


def test_parties_who_act_on_each_other_stay_on_both_sides(mend: Mend) -> None:
    assert (
        one(mend, "France and Poland {signed} a treaty.", "SUPPORT", "FRA+POL>FRA+POL") == "FRA+POL>FRA+POL"
    )


def test_an_envoy_whom_both_sides_threw_out_is_no_ground_to_tell_them_apart(mend: Mend) -> None:
    text = "Malaysia and North Korea quarrelled, and each {threw} out the other's ambassador."
    assert one(mend, text, "SANCTION", "MYS+PRK>MYS+PRK") == "MYS+PRK>MYS+PRK"


def test_a_summoned_envoy_does_not_summon(mend: Mend) -> None:
    text = "The Czech minister {summoned} Russian Ambassador Alexei Fomin this morning."
    assert one(mend, text, "ACCUSE", "RUS>CZE") == "CZE>RUS"


def test_forces_moved_at_home_are_aimed_at_nobody(mend: Mend) -> None:
    assert one(mend, "Ethiopia {moved} two battalions to Adigrat.", "MOBILIZE", "ETH>ETH") == "ETH>"


@pytest.mark.parametrize(
    "text",
    [
        "Two Georgian policemen {died} when a mine exploded under their car.",
        "Shells {struck} a market in Georgia.",
        "A car with two Georgian soldiers was {blown} up near the bridge.",
        "The {blast} in Georgia was heard for miles.",
    ],
)
def test_who_did_it_stays_open_where_nobody_is_named(text: str, mend: Mend) -> None:
    assert one(mend, text, "ASSAULT", "GEO>GEO") == ">GEO"


def test_who_is_named_as_the_doer_stays(mend: Mend) -> None:
    assert one(mend, "Georgian police {beat} protesters in Tbilisi.", "ASSAULT", "GEO>GEO") == "GEO>GEO"
    assert one(mend, "Protesters in Georgia were {beaten} by police.", "ASSAULT", "GEO>GEO") == "GEO>GEO"
    assert one(mend, "Georgia's {attack} on the village lasted hours.", "ASSAULT", "GEO>GEO") == "GEO>GEO"


def test_two_passives_that_are_joined_have_the_same_sides(mend: Mend) -> None:
    text = "Turkey's ambassador was {called} to the Greek ministry and {told} that the flights must stop."
    told = mend(text, ("ACCUSE", "GRC>TUR"), ("REQUEST", "TUR>GRC"))
    assert [sides for sides, _ in told] == ["GRC>TUR", "GRC>TUR"]


def test_whom_a_host_receives_is_not_himself(mend: Mend) -> None:
    text = "President Chirac of France met President Mugabe of Zimbabwe and {received} him in the evening."
    assert one(mend, text, "CONSULT", "FRA>FRA") == "FRA>ZWE"


def test_two_sides_that_are_named_are_not_one(mend: Mend) -> None:
    assert one(mend, "Norway {refused} Sweden.", "REJECT", "NOR>NOR") == "NOR>SWE"


def test_who_condemns_an_attack_blames_the_attacker(mend: Mend) -> None:
    text = "Sudan {bombed} Chad on Friday. The United Nations {condemned} the incursion into Chad."
    told = mend(text, ("ASSAULT", "SDN>TCD"), ("ACCUSE", "UNO>TCD"))
    assert told[1] == ("UNO>SDN", ("sides/blamed",))


def test_who_condemns_an_attack_by_somebody_is_left_as_told(mend: Mend) -> None:
    text = "Sudan {bombed} Chad on Friday. France {condemned} the raid by Libya."
    told = mend(text, ("ASSAULT", "SDN>TCD"), ("ACCUSE", "FRA>LBY"))
    assert told[1] == ("FRA>LBY", ())


def test_nothing_is_mended_where_nobody_is_named(mend: Mend) -> None:
    assert mend("The wind {blew} all day.", ("ASSAULT", ">")) == [(">", ())]


def test_who_welcomes_an_accord_backs_all_who_made_it(mend: Mend) -> None:
    text = "Sudan and Chad {signed} an accord on Sunday. The agreement was {hailed} by France."
    told = mend(text, ("SUPPORT", "SDN+TCD>SDN+TCD"), ("SUPPORT", "FRA>SDN"))
    assert told[1] == ("FRA>SDN+TCD", ("sides/welcomed",))


QUARREL = "Malaysia {expelled} a North Korean. North Korea {banned} Malaysians from leaving. "


def test_who_urges_calm_calls_on_both_who_quarrel(mend: Mend) -> None:
    acts = ("SANCTION", "MYS>PRK"), ("COERCE", "PRK>MYS")
    told = mend(QUARREL + "China {urged} calm.", *acts, ("REQUEST", "CHN>MYS"))
    assert told[2] == ("CHN>MYS+PRK", ("sides/calmed",))


def test_who_calls_on_one_of_them_for_calm_calls_on_nobody_else(mend: Mend) -> None:
    acts = ("SANCTION", "MYS>PRK"), ("COERCE", "PRK>MYS")
    told = mend(QUARREL + "China {called} on Malaysia for restraint.", *acts, ("REQUEST", "CHN>MYS"))
    assert told[2] == ("CHN>MYS", ())


def test_those_whom_a_clause_tells_apart_are_not_the_country_named_in_it(mend: Mend) -> None:
    told = mend("France accused Spain of {arming} those who attack Morocco.", ("AID", "ESP>MAR"))
    assert told == [("ESP>", ("sides/whoever",))]
    assert mend("Spain {armed} Morocco.", ("AID", "ESP>MAR"))[0] == ("ESP>MAR", ())


@pytest.mark.parametrize("words", ["Israeli help", "Israel's help", "help from Israel"])
def test_whose_help_is_taken_gives_it(mend: Mend, words: str) -> None:
    assert mend(f"Azerbaijan has {{taken}} {words}.", ("AID", "AZE>ISR"))[0][0] == "ISR>AZE"
    assert mend(f"Azerbaijan has {{sent}} {words}.", ("AID", "AZE>ISR"))[0][0] == "AZE>ISR"


def test_who_condemns_a_deed_means_those_whom_he_blamed_before(mend: Mend) -> None:
    text = "Russia {{blamed}} Ukraine for the blast. The Russian president {{condemned}} the {}."
    told = (("ACCUSE", "RUS>UKR"), ("ACCUSE", "RUS>RUS"))
    assert mend(text.format("attack"), *told)[1] == ("RUS>UKR", ("sides/blamed-before",))
    assert mend(text.format("opposition"), *told)[1] == ("RUS>RUS", ())
