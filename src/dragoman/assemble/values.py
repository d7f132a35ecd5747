"""Type, mode, status, date, place and casualties of an event, from what its mentions give."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dragoman.assemble.aspects import CLOSE, Range, compatible, in_words, kilometres
from dragoman.assemble.voting import Ballot
from dragoman.records import Contradiction, Count, Day, EventMention, PlaceRef, Status, TimeRef

Value = TypeVar("Value")
FIRM = (Status.ASSERTED, Status.NEGATED, Status.DENIED)
"""What is said of an act that was to happen by now; of equally many voices the first stands."""
LOOSE = (Status.PLANNED, Status.REQUESTED, Status.POSSIBLE, Status.UNKNOWN)
TOWN, PROVINCE = 4, 3
PLACES = {"point": TOWN, "city": TOWN, "admin1": PROVINCE, "country": 2, "region": 1}


def agreed_status(ballot: Ballot) -> tuple[Status, Contradiction | None]:
    """The status most origins give, and the contradiction of those that tell and those that deny the act.

    What is told as done, not done or denied outweighs plans and wishes; these contradict nobody.
    """
    given = ballot.given(lambda mention: mention.status)
    firm = {status: given[status] for status in FIRM if status in given}
    if firm:
        status = max(firm, key=lambda one: ballot.votes(firm[one]))
        clash = ballot.clash("status", {str(one): firm[one] for one in firm}) if is_disputed(firm) else None
        return status, clash
    return max((one for one in LOOSE if one in given), key=lambda one: ballot.votes(given[one])), None


def is_disputed(firm: dict[Status, list[EventMention]]) -> bool:
    """Whether some say that it happened and others that it did not."""
    return Status.ASSERTED in firm and len(firm) > 1


def agreed_type(ballot: Ballot, status: Status) -> str:
    """The type that most origins give among the mentions of the agreed status."""
    given = ballot.given(lambda mention: mention.event_type if mention.status is status else None)
    return ballot.most(given) or ballot.mentions[0].event_type


def agreed_mode(ballot: Ballot, kind: str) -> str | None:
    """The mode that most origins give among the mentions of the agreed type."""
    return ballot.most(ballot.given(lambda mention: mention.mode if mention.event_type == kind else None))


def settle(
    ballot: Ballot,
    given: dict[Value, list[EventMention]],
    fits: Callable[[Value, Value], bool],
    grain: Callable[[Value], int],
) -> tuple[Value | None, dict[Value, list[EventMention]]]:
    """The value at the finest grain with which most origins agree, and the versions if some exclude it.

    A value that another one makes more exact is no candidate. The second part is empty where all agree.
    """
    candidates = [
        one for one in given if not any(grain(two) > grain(one) and fits(one, two) for two in given)
    ]
    if not candidates:
        return None, {}
    backers = {
        one: [mention for two, mentions in given.items() if fits(one, two) for mention in mentions]
        for one in candidates
    }
    best = max(candidates, key=lambda one: ballot.votes(backers[one]))
    others = {value: mentions for value, mentions in given.items() if not fits(best, value)}
    return best, {best: backers[best], **others} if others else {}


def agreed_date(ballot: Ballot) -> tuple[TimeRef | None, Contradiction | None]:
    """The most exact date with which most origins agree, and the dates that exclude it."""
    given = ballot.given(lambda one: days_of(one.date))
    best, clash = settle(ballot, given, days_meet, lambda days: -(days[1] - days[0]).days)
    if best is None:
        return next((one.date for one in ballot.mentions if one.date), None), None
    told = given[best][0].date
    return told, ballot.clash("date", {days_in_words(one): clash[one] for one in clash}) if clash else None


Days = tuple[Day, Day]


def days_of(when: TimeRef | None) -> Days | None:
    """First and last day of a date that is resolved."""
    if when is None:
        return None
    start, end = when.start or when.end, when.end or when.start
    return (start, end) if start and end else None


def days_meet(one: Days, two: Days) -> bool:
    """Whether the two stretches share a day."""
    return one[0] <= two[1] and two[0] <= one[1]


def days_in_words(days: Days) -> str:
    """'2020-10-25' or '2020-10-01 to 2020-10-31'."""
    start, end = days
    return start.isoformat() if start == end else f"{start.isoformat()} to {end.isoformat()}"


Spot = tuple[str, str, str, str, float | None, float | None, int]


def agreed_place(ballot: Ballot) -> tuple[PlaceRef | None, Contradiction | None]:
    """The most exact place with which most origins agree, and the places that exclude it."""
    given = ballot.given(lambda one: spot_of(one.place))
    best, clash = settle(ballot, given, spots_meet, lambda spot: spot[-1])
    if best is None:
        return None, None
    versions: dict[str, list[EventMention]] = {}
    for spot, mentions in clash.items():
        versions.setdefault(f"{spot[1]}, {spot[2]}".strip(", "), []).extend(mentions)
    return given[best][0].place, ballot.clash("place", versions) if len(versions) > 1 else None


def spot_of(place: PlaceRef | None) -> Spot | None:
    """What two places are compared by: id, name, country, province, coordinates, grain."""
    if place is None:
        return None
    known = str(place.geonames_id) if place.geonames_id else f"{place.name.casefold()}/{place.country}"
    grain = PLACES.get(place.precision, 0)
    return known, place.name, place.country, place.admin1 or "", place.lat, place.lon, grain


def spots_meet(one: Spot, two: Spot) -> bool:
    """Whether one place may be, or lie in, the other."""
    if one[0] == two[0]:
        return True
    if one[2] and two[2] and one[2] != two[2]:
        return False
    if one[-1] == two[-1] == TOWN:
        return kilometres(one[4], one[5], two[4], two[5]) <= CLOSE
    if min(one[-1], two[-1]) == PROVINCE:
        return not one[3] or not two[3] or one[3] == two[3]
    return True


def agreed_count(ballot: Ballot, name: str) -> tuple[Count | None, Contradiction | None]:
    """The number of people that most origins give, of equally many the last reported; and the others."""
    given = ballot.given(lambda one: range_of(getattr(one.casualties, name)))
    if not given:
        return None, None
    last = {value: last_day(ballot, mentions) for value, mentions in given.items()}
    backers = {
        one: [mention for two, mentions in given.items() if compatible(one, two) for mention in mentions]
        for one in given
    }
    best = max(given, key=lambda one: (ballot.votes(backers[one]), last[one], one[1] is not None, one[0]))
    others = {in_words(one): mentions for one, mentions in given.items() if not compatible(best, one)}
    clash = ballot.clash(name, {in_words(best): backers[best], **others}) if others else None
    return Count(*best), clash


def range_of(count: Count | None) -> Range | None:
    """The count as a range."""
    return None if count is None else (count.low, count.high)


def last_day(ballot: Ballot, mentions: list[EventMention]) -> int:
    """The last day on which one of the mentions was published; 0 if none is known."""
    days = [ballot.telling_of[one.id].published_end for one in mentions]
    return max((day.toordinal() for day in days if day is not None), default=0)
