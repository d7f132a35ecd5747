"""Why an event is in the record: its mentions and their words, who says so, joins, reviews, earlier ids."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.query.finding import THIN, with_words
from dragoman.query.ground import Ground, Row

FEWEST = 3
"""Characters of an id that are enough to look for it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer of ``why``: the event with all that it stands on.

    ``asked`` is what was asked for, ``mention`` the mention where one was named. ``earlier`` are ids that
    ended in this event, ``states`` its own states by version. ``related`` are events that it answers or that
    answer it, ``ties`` those that it changed, ``reviews`` what people say of it, oldest first.
    """

    asked: str
    event: Row
    mention: str | None
    reviews: list[Row]
    earlier: list[Row]
    states: list[Row]
    related: list[Row]
    ties: list[Row]
    left_out: bool = False


def why(ground: Ground, given: str) -> Trace:
    """The event of that id, of an id that ended in it, or of a mention's id; the beginning is enough.

    Raises ``InputError`` where nothing or more than one thing goes by it.
    """
    event, mention = resolve(ground, given.strip())
    shown = ground.number("SELECT count(*) FROM lines WHERE id = ?", [event])
    (row,) = with_words(ground, [event], "record" if shown else "events")
    keys = ground.rows("SELECT keys FROM events WHERE id = ?", [event])[0]["keys"]
    earlier = earlier_ids(ground, event)
    about = [event, *keys, *(one["id"] for one in earlier)]
    return Trace(
        given,
        row,
        mention,
        ground.rows(
            'SELECT id, about, verdict, reviewer, "at", reason, field, value, other FROM reviews '
            'WHERE about IN (SELECT unnest(?)) ORDER BY "at", id',
            [about],
        ),
        earlier,
        ground.rows("SELECT since, until FROM all_events WHERE id = ? ORDER BY since", [event]),
        related(ground, row),
        ties_of(ground, event),
        left_out=not shown,
    )


def resolve(ground: Ground, given: str) -> tuple[str, str | None]:
    """The id of the event that is meant, and that of the mention where one was named."""
    if len(given) < FEWEST:
        raise InputError(f"{given!r} is too short for an id", f"give at least {FEWEST} characters")
    events = found(ground, "SELECT id FROM event_lines WHERE starts_with(id, ?)", given)
    if len(events) == 1:
        return events[0], None
    if events:
        raise InputError(f"{len(events)} events begin with {given!r}", f"{', '.join(events[:5])}")
    ended = found(ground, "SELECT id FROM endings WHERE \"table\" = 'events' AND starts_with(id, ?)", given)
    if len(ended) == 1:
        return follow(ground, ended[0]), None
    return of_mention(ground, given)


def found(ground: Ground, query: str, given: str) -> list[str]:
    """The ids that a query finds, each once."""
    return sorted({row["id"] for row in ground.rows(query, [given])})


def follow(ground: Ground, ended: str) -> str:
    """The event that an ended one became; raises ``InputError`` where nothing took its place."""
    seen: set[str] = set()
    at: str | None = ended
    while at and at not in seen:
        if ground.number("SELECT count(*) FROM events WHERE id = ?", [at]):
            return at
        seen.add(at)
        rows = ground.rows(
            "SELECT superseded_by FROM endings WHERE \"table\" = 'events' AND id = ? "
            "AND superseded_by IS DISTINCT FROM id",
            [at],
        )
        at = rows[-1]["superseded_by"] if rows else None
    raise InputError(
        f"the event {ended} has ended, and no other holds its mentions",
        "an older version has it: --version (see: dragoman corpus versions)",
    )


def of_mention(ground: Ground, given: str) -> tuple[str, str]:
    """The event that has the mention, and the mention's id."""
    mentions = found(ground, "SELECT id FROM event_mentions WHERE starts_with(id, ?)", given)
    if len(mentions) > 1:
        raise InputError(f"{len(mentions)} mentions begin with {given!r}", f"{', '.join(mentions[:5])}")
    if not mentions:
        raise InputError(
            f"nothing in the corpus has the id {given!r}",
            "ids of events stand in the answers of: dragoman events CORPUS",
        )
    query = "SELECT id FROM events WHERE list_contains(list_transform(joins, lambda j: j.mention_id), ?)"
    events = found(ground, query, mentions[0])
    if not events:
        raise InputError(
            f"the mention {mentions[0]} is in no event yet",
            f"run: dragoman assemble {ground.snapshot.folder}",
        )
    return events[0], mentions[0]


def earlier_ids(ground: Ground, event: str) -> list[Row]:
    """The ids that ended in this event, one after another, with the version in which each ended."""
    return ground.rows(
        "WITH RECURSIVE gone AS ("
        "SELECT id, superseded_by, batch FROM endings WHERE \"table\" = 'events' AND superseded_by = $1 "
        "AND id <> $1 UNION SELECT e.id, e.superseded_by, e.batch FROM endings AS e "
        "JOIN gone ON e.superseded_by = gone.id WHERE e.\"table\" = 'events' AND e.id <> e.superseded_by) "
        "SELECT gone.id, gone.superseded_by, b.version FROM gone JOIN batches AS b ON b.id = gone.batch "
        "ORDER BY b.version, gone.id",
        [event],
    )


def related(ground: Ground, event: Row) -> list[Row]:
    """The event that this one answers, and those that answer it."""
    query = f"SELECT {THIN} FROM lines WHERE id = ? OR responds_to = ? ORDER BY first_reported, id"
    rows = ground.rows(query, [event["responds_to"] or "", event["id"]])
    for row in rows:
        row["relation"] = "answers" if row["id"] == event["responds_to"] else "answered by"
    return rows


def ties_of(ground: Ground, event: str) -> list[Row]:
    """The ties in whose history the event is a step, with that step."""
    rows = ground.rows(
        "SELECT id, kind, first_side, second_side, subject, state, unnest(changes) AS step FROM ties "
        "WHERE list_contains(list_transform(changes, lambda c: c.event_id), ?)",
        [event],
    )
    return [row for row in rows if row["step"]["event_id"] == event]
