"""Marked reports whose events name their happening, and the mentions that follow from the marks."""

from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import GoldError
from dragoman.evaluation.happenings import is_person, mentions_of, read_set, read_sets
from dragoman.records import Count, EventMention, Precision, Status

FOLDER = Path(__file__).parents[2] / "data" / "merging"
SET = """\
=== 021 flash
title: Envoy called home
outlet: Reuters
published: 2003-06-03
style: wire
---
LIMA, June 3 - Peru {1:recalled} its ambassador from Ecuador on Tuesday. Foreign Minister Allan Rebaza
{2:blamed} the coast guard for a raid in Machala last month in which two men {3:died}, an official said.
---
1 SANCTION/withdraw asserted | who: Peru = PER | to: Ecuador = ECU | when: Tuesday = 2003-06-03 | hap: recall
2 ACCUSE/allege asserted | who: Allan Rebaza = PER/GOV | to: coast guard = ECU/COP | hap: blame
3 ASSAULT denied | when: last month = 2003-05 | in: Machala = ECU | via: official | killed: 2-3 | hap: raid
===
=== 022 next
title: Rebaza speaks again
outlet: Andina
published: 2003-06-04
style: wire
---
Rebaza {1:repeated} the charge. "The {2:raid} must not go unpunished," he said.
---
1 ACCUSE/allege asserted | who: Rebaza = PER/GOV | hap: blame-again
2 ASSAULT asserted | same: 1 | hap: raid
===
"""


@pytest.fixture
def mentions(tmp_path: Path) -> list[EventMention]:
    """The mentions of the small set above."""
    path = tmp_path / "02-lima.reports"
    path.write_text(SET, encoding="utf-8")
    return mentions_of(read_set(path))


def test_mentions_have_what_the_marks_say(mentions: list[EventMention]) -> None:
    raid = mentions[2]
    assert (raid.id, raid.document_id, raid.event_type, raid.status) == (
        "021-3",
        "021",
        "ASSAULT",
        Status.DENIED,
    )
    assert raid.date is not None
    assert (raid.date.start, raid.date.end) == (date(2003, 5, 1), date(2003, 5, 31))
    assert raid.date.precision is Precision.MONTH
    assert raid.casualties.killed == Count(2, 3)
    assert [(one.name, one.kind) for one in raid.attribution] == [("official", "unnamed")]
    assert mentions[4].same_as == "022-1"


def test_places_are_found_by_name_and_country(mentions: list[EventMention]) -> None:
    place = mentions[2].place
    assert place is not None
    assert (place.name, place.country, place.precision) == ("Machala", "ECU", "city")
    assert place.geonames_id is not None


def test_states_go_by_their_code_and_persons_by_their_full_name(mentions: list[EventMention]) -> None:
    assert [one.entity.id for one in mentions[0].actors] == ["PER"]
    # The second report has the surname alone; the set gives the full name.
    assert [mention.actors[0].entity.id for mention in (mentions[1], mentions[3])] == [
        "person:allan-rebaza"
    ] * 2
    assert [one.entity.id for one in mentions[1].recipients] == ["ECU"]


@pytest.mark.parametrize("name", ["Allan Rebaza", "Ban Ki-moon", "Nouri al-Maliki", "Juan Manuel de Santos"])
def test_names_of_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["South Africa", "Security Council", "Rebaza", "coast guard", "African Union"]
)
def test_other_names(name: str) -> None:
    assert not is_person(name)


def test_an_event_without_a_happening_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "02-lima.reports"
    path.write_text(SET.replace(" | hap: blame\n", "\n"), encoding="utf-8")
    with pytest.raises(GoldError, match="event 2 has no happening"):
        read_set(path)


def test_the_shipped_sets_are_split_as_their_readme_says() -> None:
    sets = read_sets(sorted(FOLDER.glob("*.reports")))
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    dev = [one.name[:2] for one in sets if one.is_dev]
    assert " ".join(dev) in readme
    assert 0.3 < len(dev) / len(sets) < 0.7
    told: dict[tuple[str, str | None], set[str]] = {}
    for one in sets:
        for report in one.reports:
            for event in report.events:
                told.setdefault((one.name, event.happening), set()).add(report.id)
    assert sum(len(reports) > 1 for reports in told.values()) >= 60
