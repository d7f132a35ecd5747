from dragoman.events.meetings import RULE_THIRD, with_meeting_mode
from dragoman.records import Entity, EventMention, Party, PlaceRef, Span


def party(country: str) -> Party:
    return Party(Entity(country, country, country), country, Span(0, 3))


def meeting(actors: str, recipients: str, place: str | None, mode: str | None = None) -> EventMention:
    where = PlaceRef("Vik", place, "city", Span(0, 3)) if place is not None else None
    return EventMention(
        "e",
        "d",
        Span(0, 3),
        Span(0, 3),
        "CONSULT",
        mode,
        actors=tuple(map(party, actors.split())),
        recipients=tuple(map(party, recipients.split())),
        place=where,
    )


def test_a_meeting_on_a_third_country_s_ground_is_third_party():
    told = with_meeting_mode(meeting("IND CHN", "IND CHN", "KAZ"))
    assert told.mode == "third-party"
    assert told.rules == (RULE_THIRD,)


def test_a_traveller_received_at_home_is_a_visit():
    assert with_meeting_mode(meeting("FRA", "MLI", "MLI")).mode == "visit"


def test_both_sides_at_one_s_home_leave_the_mode_open():
    assert with_meeting_mode(meeting("IND CHN", "IND CHN", "IND")).mode is None


def test_a_mode_that_the_words_gave_stays():
    assert with_meeting_mode(meeting("IND CHN", "IND CHN", "KAZ", "phone")).mode == "phone"


def test_without_place_country_or_one_side_nothing_is_told():
    assert with_meeting_mode(meeting("IND", "CHN", None)).mode is None
    assert with_meeting_mode(meeting("IND", "CHN", "")).mode is None
    assert with_meeting_mode(meeting("IND", "", "KAZ")).mode is None
