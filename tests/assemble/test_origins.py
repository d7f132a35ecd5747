"""Origins: whose own word an event stands on, however many outlets print it."""

from __future__ import annotations

from typing import Any

from dragoman.assemble import origins_of
from dragoman.assemble.origins import Telling
from dragoman.records import Status
from happenings import day, row, said, telling_of


def told(document: str, *chain: str, dateline: str = "", **more: Any) -> Telling:
    """A report of one recalled envoy, on the word of the chain, innermost first."""
    made = row(document, "SANCTION/withdraw", "ARM>HUN", "recalled", via=[said(one) for one in chain], **more)
    return telling_of(made, dateline)


def names(*tellings: Telling) -> list[str]:
    return sorted(origin.name for origin in origins_of(tellings))


def test_each_outlet_with_its_own_account_is_an_origin() -> None:
    assert names(told("a", outlet="Haaretz"), told("b", outlet="Reuters")) == ["Haaretz", "Reuters"]


def test_reprints_count_with_what_they_reprint() -> None:
    found = origins_of(
        [
            told("a", outlet="Haaretz"),
            told("b", outlet="Kyiv Post", copy_of="a"),
            told("c", outlet="Dawn", copy_of="a"),
        ]
    )
    assert [origin.name for origin in found] == ["Haaretz"]
    assert found[0].outlets == ("Dawn", "Haaretz", "Kyiv Post")
    assert found[0].document_ids == ("a", "b", "c")


def test_copies_of_a_report_that_is_silent_here_are_one_origin() -> None:
    found = origins_of([told("b", outlet="Dawn", copy_of="a"), told("c", outlet="Haaretz", copy_of="a")])
    assert len(found) == 1


def test_wire_copies_count_with_the_agency() -> None:
    assert names(
        told("a", outlet="AFP"),
        told("b", outlet="Haaretz", dateline="BUDAPEST, Aug 31 (AFP)"),
        told("c", outlet="Dawn/AFP"),
        told("d", outlet="Agence France-Presse"),
    ) == ["Agence France-Presse"]


def test_a_relay_counts_with_the_outlet_relayed() -> None:
    assert names(
        told("a", outlet="The Jerusalem Post"),
        told("b", "outlet The Jerusalem Post", outlet="Azertac"),
        told("c", "outlet Jerusalem Post", "outlet Azertac", outlet="News.am"),
    ) == ["The Jerusalem Post"]


def test_one_speaker_quoted_by_many_is_one_origin() -> None:
    found = origins_of(
        [
            told("a", "body Armenian Foreign Ministry/ARM", outlet="AFP"),
            told("b", "body the Foreign Ministry of Armenian/ARM", outlet="Reuters"),
            told("c", "body Armenian foreign ministry spokesman/ARM", "outlet TASS", outlet="Dawn"),
        ]
    )
    assert len(found) == 1
    assert found[0].kind == "body"
    assert found[0].country == "ARM"
    assert found[0].outlets == ("AFP", "Dawn", "Reuters")


def test_a_person_is_known_by_the_surname() -> None:
    assert (
        len(origins_of([told("a", "person Edward Nalbandian/ARM"), told("b", "person Nalbandian/ARM")])) == 1
    )


def test_unnamed_sources_are_one_for_each_outlet_that_asked_them() -> None:
    found = origins_of([told("a", "unnamed officials/ARM"), told("b", "unnamed officials/ARM")])
    assert len(found) == 2


def test_unnamed_sources_that_an_agency_asked_are_one_however_often_printed() -> None:
    found = origins_of(
        [
            told("a", "unnamed witnesses", outlet="AFP"),
            told("b", "unnamed witnesses", "outlet AFP", outlet="Dawn"),
        ]
    )
    assert len(found) == 1


def test_who_denies_his_own_act_is_an_origin_that_says_denied() -> None:
    found = origins_of([told("a", outlet="AFP"), told("b", outlet="AFP", status="denied")])
    assert {origin.says for origin in found} == {Status.ASSERTED, Status.DENIED}
    assert len(origins_of([told("b", status="denied"), told("c", status="denied")])) == 1


def test_an_origin_says_what_it_said_last() -> None:
    found = origins_of(
        [
            told("a", outlet="AFP", status="planned"),
            told("b", outlet="AFP", published=day(3)),
        ]
    )
    assert [origin.says for origin in found] == [Status.ASSERTED]


def test_reports_without_outlet_are_origins_of_their_own() -> None:
    assert len(origins_of([told("a", outlet=None), told("b", outlet=None)])) == 2


def test_the_order_of_tellings_does_not_matter() -> None:
    tellings = [
        told("a", outlet="AFP"),
        told("b", "body Armenian foreign ministry/ARM", outlet="Reuters"),
        told("c", outlet="Dawn", copy_of="a"),
        told("d", "person Edward Nalbandian/ARM", outlet="TASS", published=day(1)),
    ]
    assert origins_of(tellings) == origins_of(tellings[::-1])
