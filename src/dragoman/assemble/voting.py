"""Counts the origins behind each value that the mentions of an event give for a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from dragoman.assemble.origins import Telling
from dragoman.records import Contradiction, EventMention, Origin, Version

Value = TypeVar("Value")


class Ballot:
    """The mentions of one event in order of rank, and the origin of each."""

    def __init__(self, tellings: Sequence[Telling], origins: Sequence[Origin]) -> None:
        self.telling_of = {telling.mention.id: telling for telling in tellings}
        self.mentions: list[EventMention] = [telling.mention for telling in tellings]
        self.origin_of = {
            mention_id: number for number, origin in enumerate(origins) for mention_id in origin.mention_ids
        }

    def votes(self, mentions: Iterable[EventMention]) -> int:
        """How many origins stand behind these mentions."""
        return len({self.origin_of[mention.id] for mention in mentions})

    def given(self, read: Callable[[EventMention], Value | None]) -> dict[Value, list[EventMention]]:
        """The mentions by the value that they give; those that give none are left out."""
        found: defaultdict[Value, list[EventMention]] = defaultdict(list)
        for mention in self.mentions:
            value = read(mention)
            if value is not None and value != "" and value != ():
                found[value].append(mention)
        return found

    def most(self, given: dict[Value, list[EventMention]]) -> Value | None:
        """The value behind which most origins stand; of equals the one given first."""
        return max(given, key=lambda value: self.votes(given[value])) if given else None

    def all_of(self, read: Callable[[EventMention], tuple[str, ...]]) -> tuple[str, ...]:
        """All values of a list field, those of most origins first."""
        found: defaultdict[str, list[EventMention]] = defaultdict(list)
        for mention in self.mentions:
            for value in read(mention):
                found[value].append(mention)
        return tuple(sorted(found, key=lambda value: (-self.votes(found[value]), value)))

    def clash(self, name: str, versions: dict[str, list[EventMention]]) -> Contradiction:
        """The contradiction of these versions, those of most origins first."""
        ordered = sorted(versions.items(), key=lambda item: (-self.votes(item[1]), item[0]))
        return Contradiction(
            name, tuple(Version(value, tuple(one.id for one in mentions)) for value, mentions in ordered)
        )
