"""What a corpus holds, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.store.corpus import Corpus
from dragoman.store.ledger import Commit
from dragoman.store.schemas import COUNTED
from dragoman.store.snapshots import Snapshot

MOST = 20
COUNTS = tuple(COUNTED.values())
"""How many of the commonest outlets are told."""


def describe(corpus: Corpus, snapshot: Snapshot) -> dict[str, Any]:
    """The corpus at that version as plain data: documents, mentions, coders, problems, runs, size on disk."""
    return {
        "corpus": str(corpus.folder),
        "schema": corpus.schema,
        "version": snapshot.version,
        "at": snapshot.commits[-1].at.isoformat() if snapshot.commits else None,
        "documents": documents(snapshot),
        "mentions": mentions(snapshot),
        "events": events(snapshot),
        "problems": open_problems(snapshot),
        "runs": pairs(snapshot, "SELECT state, count(*) FROM runs GROUP BY ALL ORDER BY ALL"),
        "size": {name: size(corpus, name) for name in corpus.tables},
    }


def documents(snapshot: Snapshot) -> dict[str, Any]:
    """Of the documents: how many, coded or why not, when published, by whom."""
    ((number, coded, copies, words, first, last),) = snapshot.rows(
        "SELECT count(*), count_if(coded), count(copy_of), coalesce(sum(words), 0)::BIGINT, "
        "min(published_start)::VARCHAR, max(published_end)::VARCHAR FROM documents"
    )
    outlets = f"SELECT outlet, count(*) AS n FROM documents GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST}"
    return {
        "number": number,
        "coded": coded,
        "not_coded": pairs(
            snapshot, "SELECT why_not, count(*) FROM documents WHERE NOT coded GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        "copies": copies,
        "words": words,
        "published_first": first,
        "published_last": last,
        "outlets": pairs(snapshot, outlets),
        "languages": pairs(
            snapshot, "SELECT language, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
    }


def mentions(snapshot: Snapshot) -> dict[str, Any]:
    """Of the event mentions: how many, of which types, and how many each coder made."""
    types = pairs(snapshot, "SELECT event_type, count(*) FROM event_mentions GROUP BY 1 ORDER BY 2 DESC, 1")
    coders = pairs(snapshot, "SELECT coder, count(*) FROM event_mentions GROUP BY 1 ORDER BY 2 DESC, 1")
    return {"number": sum(types.values()), "types": types, "coders": coders}


def events(snapshot: Snapshot) -> dict[str, Any]:
    """Of events, ties and reviews: how many, and whether all mentions were taken in."""
    types = pairs(snapshot, "SELECT event_type, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC, 1")
    ((held, ties, reviews),) = snapshot.rows(
        "SELECT (SELECT coalesce(sum(mentions), 0)::BIGINT FROM events), (SELECT count(*) FROM ties), "
        "(SELECT count(*) FROM reviews)"
    )
    return {
        "number": sum(types.values()),
        "mentions": held,
        "types": types,
        "ties": ties,
        "reviews": reviews,
        "up_to_date": snapshot.is_assembled,
    }


def open_problems(snapshot: Snapshot) -> int:
    """How many inputs could not be read, and have not become documents since."""
    return len(snapshot.rows(OPEN_PROBLEMS))


COLUMNS = (
    "path, reason, remedy, run_id, strftime(\"at\"::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ') AS noted FROM problems"
)
ALL_PROBLEMS = f"SELECT {COLUMNS} ORDER BY path, noted"
OPEN_PROBLEMS = (
    f"SELECT {COLUMNS} WHERE NOT EXISTS (SELECT 1 FROM documents WHERE documents.path = problems.path) "
    "ORDER BY path, noted"
)


def list_problems(snapshot: Snapshot, solved: bool = False) -> list[dict[str, Any]]:
    """The inputs that could not be read; with ``solved``, also those that have become documents since."""
    return list(snapshot.records(ALL_PROBLEMS if solved else OPEN_PROBLEMS))


def size(corpus: Corpus, name: str) -> dict[str, int]:
    """Files and bytes of a table as it now is."""
    files, bytes_ = corpus.tables[name].size()
    return {"files": files, "bytes": bytes_}


def pairs(snapshot: Snapshot, query: str) -> dict[str, int]:
    """A count by name; what has no name is under ''."""
    return {name or "": count for name, count in snapshot.rows(query)}


def by_run(commits: Sequence[Commit]) -> list[dict[str, Any]]:
    """The versions, those in a row from one run taken together."""
    lines: list[dict[str, Any]] = []
    for one in commits:
        if not lines or lines[-1]["run_id"] != one.run_id:
            lines.append(
                {"first": one.version, "run_id": one.run_id, "kind": one.kind, "coder": one.coder}
                | dict.fromkeys(COUNTS, 0)
            )
        line = lines[-1]
        line |= {"last": one.version, "at": one.at.isoformat()}
        for name in COUNTS:
            line[name] += getattr(one, name)
    return lines
