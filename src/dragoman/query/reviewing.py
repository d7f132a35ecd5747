"""Reviews made: what is meant is looked up, a correction checked, and the record of it put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from dragoman.errors import InputError
from dragoman.query.corrections import read_value
from dragoman.query.ground import Ground
from dragoman.query.tracing import resolve
from dragoman.query.verdicts import MENTION_KEY, read_verdicts
from dragoman.records import Review
from dragoman.reviews import CORRECTED, DIFFERENT, SAME, WITHDRAWN, review_id, standing
from dragoman.store import Snapshot

LINKS = (SAME, DIFFERENT)
LONGEST = 1000
"""Code points that a reason or a name may have."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a review is about: an event (``about`` is its id) or a mention (``about`` is its key).

    ``event`` is the event, or the one that holds the mention (``None`` if none does), ``key`` the mention's
    key, or that of the event's founding mention; ``event_type`` is the one that corrections go by.
    """

    about: str
    event: str | None
    key: str
    event_type: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says: a verdict, or a field and its value as written, of a thing or of two."""

    verdict: str | None = None
    field: str | None = None
    value: str | None = None
    reason: str = ""
    sample: str | None = None


def find_target(ground: Ground, given: str) -> Target:
    """The event or mention that an id, the beginning of one, or a mention's key means.

    An id that ended in another event means that one. Raises ``InputError`` where nothing or more than one
    thing goes by it.
    """
    given = given.strip()
    if found := MENTION_KEY.fullmatch(given):
        return of_key(ground, given, found["type"])
    event, mention = resolve(ground, given)
    if mention is not None:
        (row,) = ground.rows(f"SELECT {KEY} AS key, event_type FROM event_mentions WHERE id = ?", [mention])
        return Target(row["key"], event, row["key"], row["event_type"])
    # A type that was corrected is the one by which its mode is.
    (row,) = ground.rows(
        "SELECT keys, coalesce((SELECT event_type FROM record WHERE id = $1), event_type) AS type "
        "FROM events WHERE id = $1",
        [event],
    )
    return Target(event, event, row["keys"][0], row["type"])


KEY = """document_id || ':' || "trigger"."start" || '-' || "trigger"."end" || ':' || event_type"""
"""A mention's key in SQL."""


def of_key(ground: Ground, key: str, event_type: str) -> Target:
    """The mention of that key; raises ``InputError`` if the corpus has none."""
    if not ground.number(f"SELECT count(*) FROM event_mentions WHERE {KEY} = ?", [key]):
        raise InputError(f"no mention has the key {key!r}", "'dragoman why CORPUS ID' has those of an event")
    rows = ground.rows("SELECT id FROM events WHERE list_contains(keys, ?)", [key])
    return Target(key, rows[0]["id"] if rows else None, key, event_type)


def make_review(target: Target, wish: Wish, by: str, other: Target | None = None) -> Review:
    """The review that says so, of this moment; raises ``InputError`` for what does not fit together."""
    verdict = verdict_of(wish)
    for text in (wish.reason, by):
        if len(text) > LONGEST:
            raise InputError(f"{text[:40]!r}… is too long", f"leave it at {LONGEST} characters")
    about, second = linked(target, other, verdict)
    value = None
    if verdict == CORRECTED and wish.field is not None:
        value = read_value(wish.field, wish.value or "", target.event_type)
    review = Review(
        id="",
        about=about,
        verdict=verdict,
        reviewer=by,
        at=datetime.now(UTC),
        reason=wish.reason,
        field=wish.field,
        value=value,
        other=second,
        sample=wish.sample,
    )
    return replace(review, id=review_id(review))


def verdict_of(wish: Wish) -> str:
    """The verdict, told from what is given with it."""
    verdict = WITHDRAWN if wish.verdict == "withdraw" else wish.verdict
    if wish.value is not None and wish.field is None:
        raise InputError("a value is given and no field", "say which: --field status --value denied")
    if wish.field is None:
        if verdict is None or verdict == CORRECTED:
            raise InputError("nothing is said of it", "give --verdict, or --field and --value")
        return verdict
    if verdict == WITHDRAWN and wish.value is None:
        return verdict
    if wish.value is None:
        raise InputError(f"no value is given for {wish.field}", "give --value; 'none' for no value")
    if verdict not in (None, CORRECTED):
        raise InputError(f"a correction can't be {verdict}, too", "leave --verdict or --field out")
    return CORRECTED


def linked(target: Target, other: Target | None, verdict: str) -> tuple[str, str | None]:
    """What the review is about, and the other thing where it is about two: by the keys of mentions then."""
    if verdict not in LINKS and not (verdict == WITHDRAWN and other):
        if other:
            raise InputError(f"a thing is {verdict} by itself", "leave --other out")
        return target.about, None
    if other is None:
        raise InputError(f"{verdict} as what?", "give --other with the id of the second event or mention")
    if target.key == other.key:
        raise InputError("both are the same mention", "name two mentions, or two events")
    if verdict == SAME and target.event == other.event and target.event is not None:
        raise InputError(f"both are of event {target.event} already", "nothing to do")
    return target.key, other.key


def has_said(snapshot: Snapshot, review: Review) -> bool:
    """Whether there is something that the review takes back."""
    before = [one for one in snapshot.read_reviews() if one.reviewer == review.reviewer]
    return len(standing([*before, review])) < len(standing(before))


def judged_by(snapshot: Snapshot, reviewer: str) -> set[str]:
    """The ids of the events that the person has judged, and has not taken back."""
    return judged_by_each(snapshot).get(reviewer, set())


def judged_by_each(snapshot: Snapshot, later: Iterable[Review] = ()) -> dict[str, set[str]]:
    """By reviewer, the ids of the events that the person has judged, and has not taken back.

    ``later`` are reviews that were made since, and which the snapshot may not have yet.
    """
    now = read_verdicts(snapshot).now
    reviews = {one.id: one for one in (*snapshot.read_reviews(), *later)}
    found: dict[str, set[str]] = {}
    for one in standing(reviews.values()):
        event = now.get(one.about, one.about)
        if one.verdict not in (*LINKS, WITHDRAWN) and event is not None:
            found.setdefault(one.reviewer, set()).add(event)
    return found


def list_reviews(snapshot: Snapshot, every: bool = False) -> Iterator[dict[str, Any]]:
    """The reviews that stand as plain data, oldest first; with ``every`` also those replaced or taken back.

    ``state`` is ``stands``, ``replaced`` (by a later review of the same person) or ``stale`` (what it is
    about stands no longer, or is the smaller part of something else), ``now`` the event that it is about
    today.
    """
    reviews = list({one.id: one for one in snapshot.read_reviews()}.values())
    held = {one.id for one in standing(reviews)}
    verdicts = read_verdicts(snapshot)
    stale = {one.id for one in verdicts.stale}
    for one in reviews:
        state = "replaced" if one.id not in held else "stale" if one.id in stale else "stands"
        if every or state != "replaced":
            yield {**to_plain(one), "state": state, "now": verdicts.now.get(one.about)}


def to_plain(review: Review) -> dict[str, Any]:
    """The review as data for JSON."""
    return {**asdict(review), "at": review.at.astimezone(UTC).isoformat()}
