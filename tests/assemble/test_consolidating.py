"""Events out of mentions: the most exact values most origins agree on, and the contradictions that remain."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.assemble import (
    consolidate,
    event_id,
    group,
    mention_key,
    origins_of,
    sketch_of,
    telling_words,
)
from dragoman.records import Contradiction, Count, Event, Join, Status
from happenings import day, row, said, telling_of


def event_of(*rows: dict[str, Any]) -> Event:
    """The event of these rows, put together whatever judging says."""
    joins = [
        Join(one["id"], one["document_id"], rows[0]["id"] if number else None, "same", (), 1.0)
        for number, one in enumerate(rows)
    ]
    return consolidate([telling_of(one) for one in rows], joins)


def attack(document: str, **more: Any) -> dict[str, Any]:
    more = {"when": day(), "where": "Senafe, ERI"} | more
    return row(document, "ASSAULT/heavy-weapons", more.pop("who", "ERI>ETH"), "shelled", **more)


def clash_of(event: Event, name: str) -> Contradiction | None:
    return next((one for one in event.contradictions if one.field == name), None)


def test_the_event_of_one_mention_is_as_the_mention_has_it() -> None:
    one = attack("a", killed=7)
    event, mention = event_of(one), telling_of(one).mention
    assert event.id == event_id(mention_key(mention))
    assert event.date == mention.date
    assert event.place == mention.place
    assert event.actors == mention.actors
    assert event.casualties == mention.casualties
    assert event.contradictions == ()
    assert len(event.origins) == 1


def test_the_id_is_that_of_the_founder_and_stays_as_evidence_grows() -> None:
    one, two = attack("a"), attack("b", published=day(1))
    assert event_of(one).id == event_of(one, two).id != event_of(two, one).id
    assert event_of(one).id[0] == "e"
    assert len(event_of(one).id) == 17


def test_the_most_exact_grain_stands() -> None:
    vague = attack("a", when=(day(-4), day(26)), where="Eritrea, ERI", grain="country")
    exact = attack("b", who="ERI/MIL>ETH")
    event = event_of(vague, exact)
    assert event.date is not None
    assert (event.date.start, event.date.end) == (day(), day())
    assert event.place is not None
    assert event.place.name == "Senafe"
    assert event.actors[0].entity.sector == "MIL"
    assert event.contradictions == ()


def test_tolls_that_exclude_each_other_are_a_contradiction_and_most_origins_win() -> None:
    event = event_of(
        attack("a", killed=20), attack("b", killed=50), attack("c", killed=20), attack("d", killed=None)
    )
    assert event.casualties.killed == Count(20, 20)
    clash = clash_of(event, "killed")
    assert clash is not None
    assert [(one.value, len(one.mention_ids)) for one in clash.versions] == [("20", 2), ("50", 1)]


def test_of_tolls_that_as_many_give_the_last_stands() -> None:
    event = event_of(attack("a", killed=20), attack("b", killed=31, published=day(2)))
    assert event.casualties.killed == Count(31, 31)
    assert clash_of(event, "killed") is not None


def test_reprints_do_not_outvote_an_outlet() -> None:
    event = event_of(
        attack("a", killed=20, published=day(-1)),
        attack("b", killed=20, copy_of="a", published=day(-1)),
        attack("c", killed=20, copy_of="a", published=day(-1)),
        attack("d", killed=31),
    )
    assert event.casualties.killed == Count(31, 31)


def test_an_act_told_and_denied_is_asserted_with_the_contradiction_and_the_denial_counted() -> None:
    event = event_of(attack("a"), attack("b", status="denied"))
    assert event.status is Status.ASSERTED
    assert event.denials == 1
    clash = clash_of(event, "status")
    assert clash is not None
    assert {one.value for one in clash.versions} == {"asserted", "denied"}


def test_an_act_that_is_only_denied_is_denied() -> None:
    event = event_of(attack("a", status="denied"))
    assert (event.status, event.denials) == (Status.DENIED, 1)


def test_a_plan_that_was_carried_out_contradicts_nothing() -> None:
    planned = row("a", "AGREE", "ARM>AZE", "will meet", when=day(), status="planned", published=day(-3))
    event = event_of(planned, row("b", "CONSULT", "ARM>AZE", "met", when=day()))
    assert (event.event_type, event.status) == ("CONSULT", Status.ASSERTED)
    assert event.contradictions == ()
    assert event.score == pytest.approx(2.5)
    assert event.quad == "verbal_cooperation"


def test_dates_that_exclude_each_other_are_a_contradiction() -> None:
    event = event_of(attack("a"), attack("b", when=day(1)), attack("c"))
    assert event.date is not None
    assert event.date.start == day()
    clash = clash_of(event, "date")
    assert clash is not None
    assert [one.value for one in clash.versions] == ["2020-10-05", "2020-10-06"]


def test_a_month_speaks_for_each_day_in_it_and_is_no_version_of_its_own() -> None:
    month = (day(-4), day(26))
    event = event_of(attack("a", when=month), attack("b", when=day(3)), attack("c"), attack("d"))
    assert event.date is not None
    assert event.date.start == day()
    clash = clash_of(event, "date")
    assert clash is not None
    assert [one.value for one in clash.versions] == ["2020-10-05", "2020-10-08"]


def test_places_that_exclude_each_other_are_a_contradiction() -> None:
    event = event_of(attack("a"), attack("b", where="Badme, ERI"), attack("c"))
    assert event.place is not None
    assert event.place.name == "Senafe"
    assert clash_of(event, "place") is not None


def test_two_accounts_of_who_did_it_are_a_contradiction() -> None:
    event = event_of(attack("a"), attack("b", who="ETH>ETH"), attack("c"))
    assert [party.entity.country for party in event.actors] == ["ERI"]
    clash = clash_of(event, "actors")
    assert clash is not None
    assert [one.value for one in clash.versions] == ["ERI", "ETH"]


def test_a_meeting_told_from_either_end_has_each_party_on_one_side() -> None:
    event = event_of(
        row("a", "CONSULT", "ARM>AZE", "met", when=day()), row("b", "CONSULT", "AZE>ARM", "met", when=day())
    )
    assert [party.entity.country for party in event.actors] == ["ARM"]
    assert [party.entity.country for party in event.recipients] == ["AZE"]
    assert event.contradictions == ()


def test_the_fuller_side_stands() -> None:
    event = event_of(attack("a", who="FRA>MLI"), attack("b", who="FRA;DEU>MLI"))
    assert sorted(party.entity.country for party in event.actors) == ["DEU", "FRA"]
    assert event.contradictions == ()


def test_first_and_last_day_of_reports() -> None:
    event = event_of(
        attack("a", published=day(2)), attack("b", published=day(9)), attack("c", published=None)
    )
    assert (event.first_reported, event.last_reported) == (day(2), day(9))


def test_confidence_is_that_of_the_surest_mention() -> None:
    assert event_of(attack("a", confidence=0.6), attack("b", confidence=0.8)).confidence == 0.8
    assert event_of(attack("a", confidence=None), attack("b", confidence=None)).confidence is None


def test_an_event_does_not_depend_on_the_order_of_tellings() -> None:
    rows = [
        attack("a", killed=20, via=[said("body Ethiopian government/ETH")]),
        attack("b", killed=31, published=day(2)),
        attack("c", status="denied"),
        attack("d", when=(day(-4), day(26)), published=day(60)),
    ]
    made = group([sketch_of(one) for one in rows])
    tellings = {one["id"]: telling_of(one) for one in rows}
    for one in made:
        members = [tellings[member] for member in one.members]
        assert consolidate(members, one.joins) == consolidate(members[::-1], one.joins)
        assert consolidate(members, one.joins).origins == origins_of(members)


def test_the_answered_event_is_kept() -> None:
    one = attack("a")
    join = Join(one["id"], "a", None, "same", (), 1.0)
    assert consolidate([telling_of(one)], [join], responds_to="e1").responds_to == "e1"


def test_the_title_is_cut_about_the_trigger_at_words() -> None:
    words = "On a cold morning in the hills " * 8 + "guns shelled Senafe " + "and the market burned down " * 8
    one = {**attack("a", passage=words, at=words.index("shelled")), "span": {"start": 0, "end": len(words)}}
    title = telling_words([telling_of(one)])
    assert "shelled Senafe" in title
    assert title.startswith("… ")
    assert title.endswith(" …")
    assert len(title) <= 164
    assert telling_words([telling_of(attack("a"))]) == ""
    assert (
        telling_words([telling_of(attack("a", passage="Guns shelled\n\nSenafe."))]) == "Guns shelled Senafe."
    )
