"""What one state took, refused, asked for, was refused or offered in its dealings with another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import cells, read_table
from dragoman.query.ground import Row

SELF, OTHER = "self", "other"
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class DealingRow:
    """A row of ``dealings.tsv``: which acts of one side are which dealing; the first row that fits counts.

    ``phrase`` says it of the one that is looked at. ``answers`` are the types of what the act answers: empty
    asks for nothing, '-' that it answers nothing. ``example`` and ``but_not`` are acts in the same words.
    """

    id: str
    dealing: str
    phrase: str
    doer: str
    event_types: str
    modes: str
    statuses: str
    answers: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table, its cells taken apart."""

    id: str
    dealing: str
    phrase: str
    doer: str
    event_types: frozenset[str]
    modes: frozenset[str]
    statuses: frozenset[str]
    answers: frozenset[str]

    def fires(self, event: Row, doer: str, answered: str | None) -> bool:
        """Whether the act is of this dealing; ``answered`` is the type of what it answers."""
        return (
            doer == self.doer
            and event["event_type"] in self.event_types
            and (not self.modes or event["mode"] in self.modes)
            and event["status"] in self.statuses
            and (not self.answers or (answered or NOTHING) in self.answers)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """The table's rows in order."""
    return tuple(
        Rule(
            row.id,
            row.dealing,
            row.phrase,
            row.doer,
            *(frozenset(cells(cell)) for cell in (row.event_types, row.modes, row.statuses, row.answers)),
        )
        for row in read_table("dealings.tsv", DealingRow)
    )


def phrases() -> dict[str, str]:
    """What is said of a dealing, by its name, in the table's order."""
    return {rule.dealing: rule.phrase for rule in rules()}


def dealing_of(event: Row, doer: str, answered: str | None) -> str | None:
    """The dealing that the act is; ``None`` if it is none."""
    return next((rule.dealing for rule in rules() if rule.fires(event, doer, answered)), None)


def sort_dealings(
    done: Iterable[Row], undergone: Iterable[Row], types: Mapping[str, str]
) -> dict[str, list[Row]]:
    """The acts of a state, and of another toward it, by dealing; ``types`` has those of answered events."""
    found: dict[str, list[Row]] = {name: [] for name in phrases()}
    for doer, events in ((SELF, done), (OTHER, undergone)):
        for event in events:
            name = dealing_of(event, doer, types.get(event["responds_to"] or ""))
            if name and event not in found[name]:
                found[name].append(event)
    return found
