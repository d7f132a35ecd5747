"""What people say of the events of a snapshot, whatever became of the ids under which they said it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dragoman.records import Review
from dragoman.reviews import DIFFERENT, SAME, WRONG, Settled, settle, standing
from dragoman.store import Snapshot

EVENT_ID = re.compile(r"e[0-9a-f]{16}")
Moved = dict[str, str | None]
MENTION_KEY = re.compile(r"(?P<document>[^\s:]+):(?P<start>\d{1,12})-(?P<end>\d{1,12}):(?P<type>[A-Z]+)")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The settled verdicts.

    ``events`` by the ids of events that stand, ``mentions`` by the keys of mentions in an event that stands.
    ``stale`` are reviews of what stands no longer, or has become the smaller part of something else: they
    count for nothing until somebody looks again. ``now`` says which event each thing reviewed is, or went
    into (``None``: nowhere).
    """

    events: Mapping[str, Settled]
    mentions: Mapping[str, Settled]
    stale: tuple[Review, ...]
    now: Mapping[str, str | None]


def read_verdicts(snapshot: Snapshot) -> Verdicts:
    """What reviewers say of the snapshot's events.

    A review of an event that was merged into another counts for that one if at least half of its mentions
    were in the reviewed one: who rejected a single false report did not reject the event that nine others
    tell. A review of a mention counts for its event if it is the only one; an event all of whose mentions
    are wrong is wrong.
    """
    reviews = [one for one in snapshot.read_reviews() if one.verdict not in (SAME, DIFFERENT)]
    ids = {one.about for one in reviews if EVENT_ID.fullmatch(one.about)}
    holders = events_holding(snapshot, {one.about for one in reviews} - ids)
    targets, now = follow(snapshot, ids)
    for key, (event, keys) in holders.items():
        now[key] = event
        targets[key] = event if len(keys) == 1 else None
    counted = [(targets.get(one.about), one) for one in reviews]
    events = settle(replace(one, about=event) for event, one in counted if event is not None)
    mentions = settle(one for one in reviews if one.about in holders)
    events = dict(rejected(holders, mentions)) | events
    gone = tuple(one for one in standing(reviews) if not targets.get(one.about) and one.about not in holders)
    return Verdicts(events, mentions, gone, now)


def events_holding(snapshot: Snapshot, keys: Collection[str]) -> dict[str, tuple[str, list[str]]]:
    """By mention key, the event that holds the mention, with the keys of all of its mentions."""
    if not keys:
        return {}
    each = "SELECT id, unnest(keys) AS key FROM events"
    which = f"SELECT id FROM ({each}) WHERE key IN (SELECT unnest(?::VARCHAR[]))"
    query = f"SELECT id, keys FROM events WHERE id IN ({which})"
    found = snapshot.rows(query, [sorted(keys)])
    return {key: (event, held) for event, held in found for key in held if key in keys}


def rejected(
    holders: Mapping[str, tuple[str, list[str]]], mentions: Mapping[str, Settled]
) -> Iterator[tuple[str, Settled]]:
    """The events of which every mention was judged wrong."""
    wrong = {key for key, one in mentions.items() if one.verdict == WRONG}
    for event, keys in dict(holders.values()).items():
        if wrong.issuperset(keys):
            newest = max((mentions[key] for key in keys), key=lambda one: one.at)
            yield event, replace(newest, about=event)


def follow(snapshot: Snapshot, ids: Collection[str]) -> tuple[Moved, Moved]:
    """For each event id, the event that a review of it counts for, and the one that it is now."""
    there = among(snapshot, ids)
    successors = {} if there >= set(ids) else successors_of(snapshot)
    now: Moved = {one: one if one in there else last_of(one, successors) for one in ids}
    moved = {old: new for old, new in now.items() if new is not None and new != old}
    keys = keys_of(snapshot, {*moved, *moved.values()})
    is_most = {old: makes_up(keys.get(old, []), keys.get(new, [])) for old, new in moved.items()}
    return {old: new if is_most.get(old, True) else None for old, new in now.items()}, now


def among(snapshot: Snapshot, ids: Collection[str]) -> set[str]:
    """Those of the ids under which events stand."""
    query = "SELECT id FROM events WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    return {one for (one,) in snapshot.rows(query, [sorted(ids)])} if ids else set()


def makes_up(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether at least half of their mentions are ours."""
    return 2 * len({*ours} & {*theirs}) >= len(theirs) > 0


def successors_of(snapshot: Snapshot) -> dict[str, str | None]:
    """By the id of an event that stands no longer, the event that took over most of its mentions."""
    return dict(
        snapshot.rows(
            "SELECT e.id, arg_max_null(e.superseded_by, b.version) "
            "FROM endings AS e JOIN batches AS b ON e.batch = b.id "
            "WHERE e.\"table\" = 'events' AND e.id NOT IN (SELECT id FROM events) GROUP BY e.id"
        )
    )


def last_of(event: str, successors: Mapping[str, str | None]) -> str | None:
    """The event that stands at the end of the chain; ``None`` where it ends in nothing, or in a circle."""
    seen = {event}
    here: str | None = event
    while here is not None and here in successors:
        here = successors[here]
        if here in seen:
            return None
        if here is not None:
            seen.add(here)
    return here if here != event else None


def keys_of(snapshot: Snapshot, ids: Collection[str]) -> dict[str, list[str]]:
    """The mention keys of events in their last state, whether they stand or not."""
    wanted = "SELECT unnest(?::VARCHAR[])"
    query = f"SELECT id, arg_max(keys, since) FROM all_events WHERE id IN ({wanted}) GROUP BY id"
    return dict(snapshot.rows(query, [sorted(ids)])) if ids else {}
