"""What became of the record between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from dragoman.errors import InputError
from dragoman.query.corrections import FIELDS, in_words, value_of
from dragoman.query.verdicts import last_of, successors_of
from dragoman.store import Corpus, Snapshot

Row = dict[str, Any]
COUNTS = ("mentions", "documents", "origin_count", "denials")
THEN = "SELECT * FROM all_{name} WHERE since <= {version} AND (until IS NULL OR until > {version})"


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs at version ``after`` from what stood at ``before``; each entry is plain data for JSON.

    ``new`` events, with those that they were split off (``split_from``); ``changed`` ones with the fields
    that differ (``from``, ``to``) and what was merged into them; ``ended`` ones with what became of them
    (``how``: merged, split or gone; ``into``). ``ties`` that are new, changed or ended; ``reviews`` made in
    between.
    """

    before: int
    after: int
    documents: int
    mentions: int
    new: tuple[Row, ...]
    changed: tuple[Row, ...]
    ended: tuple[Row, ...]
    ties: tuple[Row, ...]
    reviews: tuple[Row, ...]


def version_at(corpus: Corpus, since: str) -> int:
    """The version that a number names, or that stood before a day, or at a time (UTC).

    Raises ``InputError`` for what is neither, ``CorpusError`` for a version that there is not.
    """
    if since.isascii() and since.isdigit() and len(since) < 10 and not is_day(since):
        return corpus.at(int(since)).version
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        raise InputError(
            f"{since!r} is neither a version nor a day",
            "give a number ('dragoman corpus versions' has them) or a day as 2026-11-24",
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((one.version for one in corpus.versions() if one.at < moment), default=0)


def is_day(text: str) -> bool:
    """Whether digits are a day without hyphens (20261124)."""
    return len(text) == len("20261124")


def changes(corpus: Corpus, before: int, after: int | None = None) -> Changes:
    """What changed from one version to a later one, or to the last."""
    corpus.at(before)
    now = corpus.at(after)
    since = [one for one in now.commits if one.version > before]
    then = {name: THEN.format(name=name, version=before) for name in ("events", "ties")}
    ended = list(ended_events(now, then["events"]))
    return Changes(
        before=before,
        after=now.version,
        documents=sum(one.documents for one in since if one.kind == "add"),
        mentions=sum(one.mentions for one in since),
        new=tuple(new_events(now, then["events"])),
        changed=tuple(changed_events(now, then["events"], ended)),
        ended=tuple(ended),
        ties=tuple(changed_ties(now, then["ties"])),
        reviews=tuple(new_reviews(now, before)),
    )


def new_events(now: Snapshot, then: str) -> Iterator[Row]:
    """Events that stand now and did not then."""
    query = (
        f"WITH old AS ({then}), fresh AS (SELECT * FROM events WHERE id NOT IN (SELECT id FROM old)), "
        "had AS (SELECT id, unnest(keys) AS key FROM old), "
        "has AS (SELECT id, unnest(keys) AS key FROM fresh) "
        "SELECT fresh.*, (SELECT list_sort(list(DISTINCT had.id)) FROM had JOIN has USING (key) "
        "WHERE has.id = fresh.id) AS split_from FROM fresh ORDER BY first_reported, id"
    )
    for row in now.records(query):
        yield {**brief(row), "split_from": row["split_from"] or []}


def ended_events(now: Snapshot, then: str) -> Iterator[Row]:
    """Events that stood then and do not now, and where their mentions are."""
    successors = successors_of(now)
    query = (
        f"WITH old AS ({then}), gone AS (SELECT * FROM old WHERE id NOT IN (SELECT id FROM events)), "
        "had AS (SELECT id, unnest(keys) AS key FROM gone), "
        "has AS (SELECT id, unnest(keys) AS key FROM events) "
        "SELECT gone.*, (SELECT list_sort(list(DISTINCT has.id)) FROM had JOIN has USING (key) "
        "WHERE had.id = gone.id) AS parts FROM gone ORDER BY first_reported, id"
    )
    for row in now.records(query):
        into = last_of(row["id"], successors)
        parts = row["parts"] or ([into] if into else [])
        how = "gone" if not parts else "split" if len(parts) > 1 else "merged"
        yield {**brief(row), "how": how, "into": parts, "superseded_by": into}


def changed_events(now: Snapshot, then: str, ended: list[Row]) -> Iterator[Row]:
    """Events that stood then and stand now in another state; those that show nothing else are left out."""
    merged: dict[str, list[str]] = {}
    for one in ended:
        for into in one["into"] if one["how"] == "merged" else ():
            merged.setdefault(into, []).append(one["id"])
    join = f'FROM ({then}) AS o JOIN events AS n ON o.id = n.id WHERE o."row" <> n."row"'
    old = {row["id"]: row for row in now.records(f"SELECT o.* {join}")}
    for row in now.records(f"SELECT n.* {join} ORDER BY n.first_reported, n.id"):
        fields = differences(old[row["id"]], row)
        if fields or row["id"] in merged:
            yield {**brief(row), "fields": fields, "merged": merged.get(row["id"], [])}


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Row:
    """The fields that differ, as people write them, and counts of what vouches."""
    found: Row = {}
    for name in FIELDS:
        before, after = (in_words(name, value_of(row, name)) for row in (old, new))
        if before != after:
            found[name] = {"from": before, "to": after}
    for name in COUNTS:
        if old[name] != new[name]:
            found[name] = {"from": old[name], "to": new[name]}
    return found


def brief(row: Mapping[str, Any]) -> Row:
    """What tells people which event it is."""
    return {
        "id": row["id"],
        "event_type": row["event_type"],
        "mode": row["mode"],
        "actors": row["actor_countries"],
        "recipients": row["recipient_countries"],
        "date": in_words("date", plain_date(row["date"])),
        "status": row["status"],
        "title": row["title"],
    }


def plain_date(when: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A date's row with its days as texts."""
    return when and {name: str(when[name]) if when[name] else None for name in ("start", "end", "precision")}


def changed_ties(now: Snapshot, then: str) -> Iterator[Row]:
    """Ties that are new, ended, or in another state or with other evidence than then."""
    old = {row["id"]: row for row in now.records(then)}
    new = {row["id"]: row for row in now.records("SELECT * FROM ties")}
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before and after and before["row"] == after["row"]:
            continue
        row = after or before or {}
        yield {
            "id": name,
            "kind": row["kind"],
            "sides": [row["first_side"], row["second_side"]],
            "subject": row["subject"],
            "what": "changed" if before and after else "new" if after else "ended",
            "state": {"from": before and before["state"], "to": after and after["state"]},
            "steps": list(new_steps(before, after)),
        }


def new_steps(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[Row]:
    """The steps in a tie's life that were not known then."""
    known = before["changes"] if before else []
    for one in after["changes"] if after else ():
        if one not in known:
            day = in_words("date", plain_date(one["date"]))
            yield {"step": one["step"], "date": day, "event_id": one["event_id"], "text": one["text"]}


def new_reviews(now: Snapshot, before: int) -> Iterator[Row]:
    """The reviews written since."""
    since = "batch IN (SELECT id FROM batches WHERE version > ?)"
    for one in now.read_reviews(since, [before]):
        yield {**asdict(one), "at": one.at.astimezone(UTC).isoformat()}
