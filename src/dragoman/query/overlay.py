"""The record that queries read: events, with what people say of them laid over.

``record`` has all columns of events. ``lines`` has the plain ones, ``parties`` a row a party and ``tellings``
a row a mention: they are read from the index where there is one, and answer much faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from dragoman.errors import InputError
from dragoman.query.corrections import correct, read_value
from dragoman.query.verdicts import Verdicts, read_verdicts
from dragoman.reviews import CORRECTED, WRONG, Settled
from dragoman.store import TABLES, Snapshot
from dragoman.store.index import FLAT, KEY, lay_out, lines_of, parties_of

VERDICTS = pa.schema(
    [
        ("id", pa.string()),
        ("verdict", pa.string()),
        ("reviewer", pa.string()),
        ("review_reason", pa.string()),
        ("review_dispute", pa.bool_()),
        ("corrected", pa.list_(pa.string())),
    ]
)
"""The columns that ``record`` has beside those of ``events``."""
UNJUDGED = (
    "NULL::VARCHAR AS verdict, NULL::VARCHAR AS reviewer, NULL::VARCHAR AS review_reason, "
    "false AS review_dispute, NULL::VARCHAR[] AS corrected"
)
Row = dict[str, Any]


def lay_over(
    snapshot: Snapshot, reviews: bool = True, wrong: bool = False, index: bool = True
) -> Verdicts | None:
    """Makes the view ``record``: the columns of ``events``, and those of ``VERDICTS``; and the narrow ones.

    ``verdict`` is right, corrected, wrong or null, ``reviewer`` those on whose word it stands, ``corrected``
    the fields whose value is theirs. Events that were judged wrong are left out, unless ``wrong`` asks for
    them. Without ``reviews`` the view is ``events`` as they are, with no verdict. Without ``index`` all is
    read from the tables themselves. Gives back the verdicts.
    """
    lay_out(snapshot, index)
    if not reviews or not any(commit.reviews for commit in snapshot.commits):
        views(snapshot, False, [], wrong)
        return None
    verdicts = read_verdicts(snapshot)
    corrected = dict(corrected_rows(snapshot, verdicts.events))
    fields = {event: names for event, (names, _) in corrected.items()}
    keep(snapshot, "corrected_rows", [row for _, row in corrected.values()], TABLES["events"])
    rows = [verdict_row(one, fields.get(one.about, [])) for one in verdicts.events.values()]
    views(snapshot, bool(corrected), rows, wrong)
    return verdicts


def views(snapshot: Snapshot, corrected: bool, verdicts: list[Row], wrong: bool) -> None:
    """Makes the views, of events with these verdicts; ``corrected`` says that some were corrected."""
    keep(snapshot, "verdicts", verdicts, VERDICTS)
    flat = f"*, {KEY.format('')} AS line, {FLAT.format('')}"
    sources = {
        "record": (f"SELECT {flat} FROM events", f"SELECT {flat} FROM corrected_rows"),
        "lines": (
            "SELECT * FROM event_lines",
            lines_of("corrected_rows"),
        ),
    }
    for name, (made, said) in sources.items():
        if corrected:
            made = f"{made} WHERE id NOT IN (SELECT id FROM corrected_rows) UNION ALL {said}"
        view(snapshot, name, made, bool(verdicts), wrong)
    parties = "SELECT * FROM all_parties"
    if corrected:
        parties += " WHERE line NOT IN (SELECT line FROM corrected_lines) UNION ALL "
        parties += parties_of("corrected_rows")
        snapshot.connection.execute(
            f"CREATE OR REPLACE TABLE corrected_lines AS SELECT {KEY.format('')} AS line FROM corrected_rows"
        )
    snapshot.connection.execute(f"CREATE OR REPLACE VIEW parties AS {parties}")
    snapshot.connection.execute("CREATE OR REPLACE VIEW tellings AS SELECT * FROM all_tellings")


def view(snapshot: Snapshot, name: str, events: str, judged: bool, wrong: bool) -> None:
    """Makes a view of events with the verdicts, where there are any."""
    if judged:
        told = (
            "verdict, reviewer, review_reason, coalesce(review_dispute, false) AS review_dispute, corrected"
        )
        which = "true" if wrong else f"verdict IS DISTINCT FROM '{WRONG}'"
        events = (
            f"SELECT e.*, {told} FROM ({events}) AS e LEFT JOIN verdicts AS v ON e.id = v.id WHERE {which}"
        )
    else:
        # Nothing to be joined: filters reach the files.
        events = f"SELECT e.*, {UNJUDGED} FROM ({events}) AS e"
    snapshot.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {events}")


def keep(snapshot: Snapshot, name: str, rows: list[Row], schema: pa.Schema) -> None:
    """Makes a table of the snapshot's connection from the rows."""
    for view_name in ("record", "lines", "parties"):
        snapshot.connection.execute(f"DROP VIEW IF EXISTS {view_name}")
    snapshot.connection.register("arriving", pa.Table.from_pylist(rows, schema=schema))
    snapshot.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM arriving")
    snapshot.connection.unregister("arriving")


def verdict_row(one: Settled, fields: list[str]) -> Row:
    """A row of verdicts."""
    return {
        "id": one.about,
        "verdict": one.verdict,
        "reviewer": "; ".join(one.reviewers),
        "review_reason": one.reason or None,
        "review_dispute": one.disputed,
        "corrected": fields or None,
    }


def corrected_rows(
    snapshot: Snapshot, events: Mapping[str, Settled]
) -> list[tuple[str, tuple[list[str], Row]]]:
    """By id, the names of the corrected fields and the rows of the events with the corrections in them."""
    wanted = sorted(event for event, one in events.items() if one.verdict == CORRECTED)
    if not wanted:
        return []
    columns = ", ".join(f'"{name}"' for name in TABLES["events"].names)
    query = f"SELECT {columns} FROM events WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    found = []
    for row in snapshot.records(query, [wanted]):
        values = sound(dict(events[row["id"]].values), row["event_type"])
        found.append((row["id"], (sorted(values), correct(row, values))))
    return found


def sound(values: Mapping[str, str], event_type: str) -> dict[str, str]:
    """Those of the corrections that the codebook has; only foreign programs write others."""
    good: dict[str, str] = {}
    for field in sorted(values):  # the type comes before the mode, which goes by it
        try:
            good[field] = read_value(field, values[field], event_type)
        except InputError:
            continue
        if field == "event_type":
            event_type = good[field].strip('"')
    return good
