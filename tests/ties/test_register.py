"""The register: spans from cited evidence, the state on a day, and independence of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.records import (
    Entity,
    Event,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Span,
    Status,
    Tie,
    TieStatement,
    TimeRef,
)
from dragoman.ties import TieEvidence, clause_of, evidence_of, kind_of, register, state_on, tie_kinds


def day(iso: str) -> TimeRef:
    return TimeRef(date.fromisoformat(iso), date.fromisoformat(iso), Precision.DAY, "day")


def year(number: int) -> TimeRef:
    return TimeRef(date(number, 1, 1), date(number, 12, 31), Precision.YEAR, "year")


def act(
    trigger: str,
    after: str,
    when: TimeRef | None,
    reported: str,
    event_type: str = "SANCTION",
    status: Status = Status.ASSERTED,
    actors: tuple[str, ...] = ("NOR",),
    recipients: tuple[str, ...] = ("SUD",),
    is_denied: bool = False,
) -> TieEvidence:
    return TieEvidence(
        event_id=f"e-{trigger}-{when.start if when else None}-{reported}-{status}",
        event_type=event_type,
        mode=None,
        status=status,
        actors=actors,
        recipients=recipients,
        date=when,
        reported=date.fromisoformat(reported),
        before="Norland ",
        trigger=trigger,
        after=after,
        is_denied=is_denied,
    )


def said(
    state: str, document: str, when: TimeRef | None = None, rule: str = "tie_words/embassy"
) -> TieStatement:
    return TieStatement(
        f"s-{document}-{state}",
        document,
        "embassy",
        ("NOR", "SUD"),
        state,
        Span(0, 7),
        "embassy",
        when,
        rule=rule,
    )


CLOSED = act("closed", " its embassy in Sudria", day("2011-11-30"), "2011-12-01")
OPENED = act("reopened", " its embassy in Sudria", day("2015-08-23"), "2015-08-24", "SUPPORT")


def only(ties: list[Tie]) -> Tie:
    assert len(ties) == 1, ties
    return ties[0]


def test_acts_open_and_close_spans_and_each_step_cites_its_event() -> None:
    tie = only(register([OPENED, CLOSED]))
    assert (tie.kind, tie.sides, tie.state) == ("embassy", ("NOR", "SUD"), "open")
    assert [(one.state, one.opened, one.closed) for one in tie.spans] == [
        ("closed", CLOSED.date, OPENED.date),
        ("open", OPENED.date, None),
    ]
    assert [(one.step, one.event_id) for one in tie.changes] == [
        ("closed", CLOSED.event_id),
        ("opened", OPENED.event_id),
    ]
    assert tie.last_confirmed == date(2015, 8, 23)


def test_before_the_first_evidence_the_state_is_unknown_and_after_the_last_it_is_the_last_known() -> None:
    tie = only(register([OPENED, CLOSED]))
    assert state_on(tie, date(2011, 1, 1)).state == "unknown"
    between = state_on(tie, date(2013, 1, 1))
    assert (between.state, between.sure) == ("closed", "shown")
    after = state_on(tie, date(2015, 9, 2))
    assert (after.state, after.sure, after.days_since) == ("open", "last-known", 10)


def test_a_second_report_confirms_and_opens_nothing_new() -> None:
    again = act("shut", " its embassy in Sudria", day("2011-11-30"), "2012-02-01")
    tie = only(register([CLOSED, again]))
    assert [one.step for one in tie.changes] == ["closed", "confirmed"]
    assert len(tie.spans) == 1


def test_what_is_planned_requested_or_possible_changes_nothing() -> None:
    for status in (Status.PLANNED, Status.REQUESTED, Status.POSSIBLE, Status.UNKNOWN):
        plan = act("reopen", " its embassy in Sudria", None, "2014-01-01", "SUPPORT", status)
        assert register([CLOSED, plan]) == register([CLOSED])


def test_a_negated_reopening_confirms_that_the_embassy_is_closed_as_of_the_report() -> None:
    negated = act("reopened", " its embassy in Sudria", None, "2014-01-01", "SUPPORT", Status.NEGATED)
    tie = only(register([CLOSED, negated]))
    assert (tie.state, tie.last_confirmed) == ("closed", date(2014, 1, 1))
    assert [one.step for one in tie.changes] == ["closed", "confirmed"]


def test_an_act_that_another_origin_denies_leaves_the_tie_contested() -> None:
    truce = act("agreed", " to a ceasefire", day("2022-12-31"), "2023-01-01", "AGREE", is_denied=True)
    assert only(register([truce])).state == "contested"


def test_a_year_is_the_day_that_another_report_tells() -> None:
    statement = said("closed", "d1", year(2011), "tie_words/embassy/since")
    tie = only(register([CLOSED], [statement], {"d1": date(2013, 11, 12)}))
    assert len(tie.spans) == 1
    assert tie.spans[0].opened == CLOSED.date
    assert tie.last_confirmed == date(2013, 11, 12)


def test_a_year_alone_leaves_its_days_unsure() -> None:
    statement = said("closed", "d1", year(2011), "tie_words/embassy/since")
    tie = only(register([], [statement], {"d1": date(2013, 11, 12)}))
    assert state_on(tie, date(2011, 6, 1)).sure == "unsure"
    assert state_on(tie, date(2010, 6, 1)).state == "unknown"
    assert state_on(tie, date(2012, 6, 1)).state == "closed"


def test_words_on_the_state_before_an_act_of_the_same_report_do_not_undo_it() -> None:
    statement = said("closed", "d2")
    tie = only(register([OPENED], [statement], {"d2": date(2015, 8, 24)}))
    assert tie.state == "open"


def test_two_reports_of_one_day_that_can_not_both_be_right_leave_the_tie_contested() -> None:
    days = {"d1": date(2020, 5, 1), "d2": date(2020, 5, 1)}
    tie = only(register([], [said("open", "d1"), said("closed", "d2")], days))
    assert tie.state == "contested"


def test_a_bare_mention_of_a_tie_does_not_reopen_it() -> None:
    """'He hoped that the ambassador would soon come back': the noun alone tells no state."""
    hoped = said("open", "d3", rule="tie_words/embassy/bare")
    tie = only(register([CLOSED], [hoped], {"d3": date(2012, 1, 5)}))
    assert tie.state == "closed"
    assert [one.step for one in tie.changes] == ["closed"]
    alone = only(register([], [hoped], {"d3": date(2012, 1, 5)}))
    assert alone.state == "open"


def test_an_act_yields_to_its_own_words_where_they_tell_whose_embassy_it_is() -> None:
    turned = act(
        "closed", " embassy in Norland", day("2011-11-30"), "2011-12-01", actors=("SUD",), recipients=("NOR",)
    )
    words = TieStatement(
        "s1",
        "d1",
        "embassy",
        ("NOR", "SUD"),
        "closed",
        Span(0, 9),
        "closed embassy",
        rule="tie_words/embassy",
    )
    tie = only(register([turned], [words], {"d1": date(2011, 12, 1)}))
    assert (tie.sides, tie.state) == (("NOR", "SUD"), "closed")


def test_a_truce_of_three_states_counts_only_between_those_that_something_else_shows_at_war() -> None:
    """Presidents sign for those who fought and for the broker alike."""
    three = act(
        "agreed", " on a ceasefire", day("2020-11-10"), "2020-11-10", "AGREE",
        actors=("NOR", "SUD", "TAR"), recipients=("NOR", "SUD", "TAR"),
    )  # fmt: skip
    before = act("agreed", " on a ceasefire", day("2020-10-10"), "2020-10-10", "AGREE")
    assert register([three]) == []
    tie = only(register([three, before]))
    assert (tie.sides, tie.last_confirmed) == (("NOR", "SUD"), date(2020, 11, 10))


def test_ground_that_the_words_do_not_name_is_no_territory_taken() -> None:
    hills = replace(
        act("had taken", " two strategic hills and a village", day("2016-04-02"), "2016-04-02", "ASSAULT"),
        place="Vik", place_country="SUD",
    )  # fmt: skip
    assert register([hills]) == []
    assert only(register([replace(hills, after=" the town of Vik")])).subject == "Vik"


def test_without_any_day_a_statement_is_no_evidence() -> None:
    assert register([], [said("open", "d1")], {"d1": None}) == []


def test_four_states_that_cut_ties_with_a_fifth_keep_theirs_with_one_another() -> None:
    cut = act(
        "severed",
        " diplomatic relations with Sudria",
        day("2017-06-05"),
        "2017-06-05",
        actors=("NOR", "VIK", "ORM"),
    )
    assert [tie.sides for tie in register([cut])] == [("NOR", "SUD"), ("ORM", "SUD"), ("SUD", "VIK")]


def test_a_truce_within_a_country_names_its_sides() -> None:
    truce = TieEvidence(
        event_id="e1",
        event_type="AGREE",
        mode=None,
        status=Status.ASSERTED,
        actors=("SUD",),
        recipients=("SUD",),
        date=day("2023-05-20"),
        reported=date(2023, 5, 21),
        before="The army and the Orm Front ",
        trigger="agreed",
        after=" to a ceasefire",
        actor_names=("Orm Front",),
    )
    tie = only(register([truce]))
    assert (tie.kind, tie.sides, tie.subject, tie.state) == ("ceasefire", ("SUD", "SUD"), "Orm Front", "open")


def test_names_of_one_agreement_are_one_tie() -> None:
    signed = act(
        "signed", " the Vik Sea grain accord with Sudria", day("2022-07-22"), "2022-07-22", "SUPPORT"
    )
    left = act("quit", " the grain deal with Sudria", day("2023-07-17"), "2023-07-17")
    tie = only(register([signed, left]))
    assert (tie.subject, tie.state) == ("Vik Sea grain accord", "closed")


def test_the_clause_ends_where_the_next_act_begins() -> None:
    text = "Norland expelled the ambassador and suspended trade with Sudria."
    expelled, suspended = Span(8, 16), Span(36, 45)
    whole = Span(0, len(text))
    assert clause_of(text, suspended, whole, [expelled])[0] == " the ambassador and "
    before, trigger, after = clause_of(text, expelled, whole, [suspended])
    assert (before, trigger, after) == ("Norland ", "expelled", " the ambassador and ")


def test_evidence_comes_from_each_mention_whose_text_is_at_hand() -> None:
    norland = Party(Entity("NOR", "Norland", "NOR"), "Norland", None)
    front = Party(Entity("body:orm-front", "Orm Front", "SUD", kind="armed_group"), "the Front", None)
    text = "Norland shelled the Front in Vik."
    mention = EventMention("m1", "d1", Span(8, 15), Span(0, 33), "ASSAULT", status=Status.NEGATED)
    place = PlaceRef("Vik", "SUD", "city", Span(29, 32))
    event = Event(
        id="e1",
        event_type="ASSAULT",
        mode=None,
        contexts=(),
        actors=(norland,),
        recipients=(front,),
        status=Status.ASSERTED,
        date=None,
        place=place,
        casualties=mention.casualties,
        score=None,
        quad=None,
        joins=(),
        origins=(),
        denials=1,
    )
    [one] = evidence_of(event, [mention], {"d1": text}, {"d1": date(2020, 5, 1)})
    assert (one.event_id, one.actors, one.recipients, one.recipient_names) == (
        "e1",
        ("NOR",),
        ("SUD",),
        ("Orm Front",),
    )
    assert (one.status, one.is_denied, one.place_country) == (Status.NEGATED, True, "SUD")
    assert evidence_of(event, [mention], {}, {}) == []


WORDS = [
    ("closed", " its embassy in Sudria", "SANCTION"),
    ("reopened", " its embassy in Sudria", "SUPPORT"),
    ("severed", " diplomatic relations with Sudria", "SANCTION"),
    ("imposed", " sanctions on Sudria", "SANCTION"),
    ("lifted", " its sanctions on Sudria", "CONCEDE"),
    ("signed", " the Vik fisheries pact with Sudria", "SUPPORT"),
    ("agreed", " to a truce with Sudria", "AGREE"),
]
FIRST = date(2020, 1, 1)
ACTS = st.builds(
    lambda words, start, length, late, status: act(
        words[0],
        words[1],
        TimeRef(FIRST + timedelta(start), FIRST + timedelta(start + length), Precision.DAY, "x")
        if length < 400
        else None,
        (FIRST + timedelta(start + late)).isoformat(),
        words[2],
        status,
    ),
    st.sampled_from(WORDS),
    st.integers(0, 60),
    st.sampled_from([0, 0, 0, 6, 30, 365, 400]),
    st.integers(0, 40),
    st.sampled_from([Status.ASSERTED, Status.ASSERTED, Status.NEGATED, Status.DENIED, Status.PLANNED]),
)
STATEMENTS = st.builds(
    lambda state, document, since: said(
        state, document, year(2020) if since else None, "tie_words/embassy" + ("/since" if since else "")
    ),
    st.sampled_from(["open", "closed", "reduced"]),
    st.sampled_from(["d1", "d2", "d3"]),
    st.booleans(),
)
DAYS = {"d1": date(2020, 1, 20), "d2": date(2020, 2, 10), "d3": date(2021, 3, 1)}


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=7), st.lists(STATEMENTS, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(acts, statements, random) -> None:  # type: ignore[no-untyped-def]
    ties = register(acts, statements, DAYS)
    for items in (acts, statements):
        random.shuffle(items)
    assert register([*acts, *acts], statements, DAYS) == ties
    cited = {one.event_id for one in acts} | {one.id for one in statements}
    for tie in ties:
        assert all((one.event_id or one.statement_id) in cited for one in tie.changes)
        assert tie.spans[-1].state == tie.state
        assert [one.state for one in tie.spans[1:]] != [one.state for one in tie.spans[:-1]] or len(
            tie.spans
        ) == 1


def test_every_kind_is_known_by_its_synonyms() -> None:
    assert kind_of("truce") == "ceasefire"
    assert kind_of("direct_flights") == "flights"
    assert kind_of("sheep") is None
    names = [name for kind in tie_kinds().values() for name in (kind.name, *kind.synonyms)]
    assert len(names) == len(set(names))
