"""A Frictionless data package (version 2): events, mentions, reports and ties as CSV, with what they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.exchange import sheet
from dragoman.exchange.happenings import Happening
from dragoman.exchange.panels import quoted
from dragoman.exchange.writing import export_csv, in_place
from dragoman.query import Ground

PROFILE = "https://datapackage.org/profiles/2.0"
Field = tuple[str, str, str, str]
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution Share-Alike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODC-BY-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What the owner says of a package: its name, licence (a code of SPDX), and who made it."""

    title: str = ""
    licence: str = ""
    author: str = ""


SPEAKERS = "list_transform(m.attribution, lambda s: s.name)"
MENTIONS: tuple[Field, ...] = (
    ("id", "string", "m.id", "Id of the event mention."),
    ("event_id", "string", "j.event", "The event that it tells."),
    ("document_id", "string", "m.document_id", "The report that it stands in."),
    ("event_type", "string", "m.event_type", "PLOVER type."),
    ("mode", "string", "m.mode", "PLOVER mode."),
    ("status", "string", "m.status", "What the passage commits to."),
    ("actor_countries", "string", "m.actor_countries", "ISO 3166 codes, parted by blanks."),
    ("recipient_countries", "string", "m.recipient_countries", "ISO 3166 codes, parted by blanks."),
    ("start", "date", 'm.date."start"', "First day of its date."),
    ("end", "date", 'm.date."end"', "Last day of its date."),
    ("trigger", "string", "m.trigger.text", "The words that bear the act."),
    ("trigger_start", "integer", "m.trigger.start", "Where they begin in the report, in code points."),
    ("trigger_end", "integer", 'm.trigger."end"', "Where they end."),
    ("sources", "string", f"list_aggregate({SPEAKERS}, 'string_agg', ' < ')",
     "Who says so, innermost first."),
    ("relation", "string", "j.relation", "same, or more_exact."),
    ("confidence", "number", "m.confidence", "How often mentions like this one are right, 0 to 1."),
    ("coder", "string", "m.coder", "The coder that made it."),
)  # fmt: skip
REPORTS: tuple[Field, ...] = (
    ("id", "string", "id", "Id of the report: a hash of its text."),
    ("outlet", "string", "outlet", "Who published it."),
    ("published", "date", "published_start", "Day of publication, or the first on which it may have been."),
    ("title", "string", "title", "Its headline."),
    ("address", "string", "address", "Where it stands on the web."),
    ("language", "string", "language", "Its language."),
    ("words", "integer", "words", "How long it is."),
    ("copy_of", "string", "copy_of", "The report that it reprints."),
)
TIES: tuple[Field, ...] = (
    ("id", "string", "id", "Id of the tie."),
    ("kind", "string", "kind", "What kind of tie."),
    ("first_side", "string", "first_side", "ISO 3166 code; the giver of directed kinds."),
    ("second_side", "string", "second_side", "ISO 3166 code."),
    ("subject", "string", "subject", "What it is about."),
    ("state", "string", "state", "open, reduced, closed or contested."),
    ("last_confirmed", "date", "last_confirmed", "The last day that shows it so."),
)
JOINED = (
    "(SELECT event, one.mention_id AS mention, one.relation AS relation FROM "
    "(SELECT id AS event, unnest(joins) AS one FROM record WHERE id IN (SELECT id FROM packed)))"
)
TABLES: tuple[tuple[str, str, tuple[Field, ...], str], ...] = (
    ("mentions", "What single passages say.", MENTIONS,
     f"{JOINED} AS j JOIN event_mentions AS m ON m.id = j.mention ORDER BY j.event, m.id"),
    ("reports", "The reports, without their texts.", REPORTS,
     f"documents WHERE id IN (SELECT m.document_id FROM {JOINED} AS j JOIN event_mentions AS m "
     "ON m.id = j.mention) ORDER BY id"),
    ("ties", "What stands between states.", TIES, "ties ORDER BY id"),
)  # fmt: skip
KEYS = {
    "mentions": [("event_id", "events"), ("document_id", "reports")],
    "events": [],
    "reports": [],
    "ties": [],
}


def write_package(ground: Ground, happenings: Iterable[Happening], folder: Path, about: About) -> int:
    """Writes the package into a new folder; gives back how many events it holds."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder} holds other things", "name a new or an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    ids: list[str] = []
    with in_place(folder / "events.csv") as lines:
        done = export_csv(noted(happenings, ids), lines)
    connection = ground.snapshot.connection
    connection.execute("CREATE OR REPLACE TABLE packed AS SELECT unnest(?::VARCHAR[]) AS id", [ids])
    for name, _, fields, source in TABLES:
        columns = ", ".join(f'{sql} AS "{column}"' for column, _, sql, _ in fields)
        goal = quoted(str(folder / f"{name}.csv"))
        connection.execute(f"COPY (SELECT {columns} FROM {source}) TO {goal} (FORMAT csv, HEADER)")
    package = describe(ground, folder, about)
    with in_place(folder / "datapackage.json") as lines:
        lines.write(json.dumps(package, indent=2, ensure_ascii=False) + "\n")
    return done.events


def noted(happenings: Iterable[Happening], ids: list[str]) -> Iterable[Happening]:
    """The events, with their ids noted down."""
    for happening in happenings:
        ids.append(happening.id)
        yield happening


def describe(ground: Ground, folder: Path, about: About) -> dict[str, Any]:
    """The descriptor: licence, version, coders, sources, how to cite, and each table with its columns."""
    snapshot = ground.snapshot
    coders = sorted({commit.coder for commit in snapshot.commits if commit.documents})
    outlets = snapshot.rows("SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL ORDER BY ALL")
    made = snapshot.commits[-1].at if snapshot.commits else datetime.now(UTC)
    title = about.title or f"Events of the corpus {snapshot.folder.name}"
    events = [(one.name, one.kind, one.told) for one in sheet.COLUMNS]
    found = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": slug(title),
        "title": title,
        "version": f"{snapshot.version}",
        "created": made.isoformat(timespec="seconds"),
        "licenses": licences(about.licence),
        "contributors": [{"title": about.author, "roles": ["creator"]}] if about.author else [],
        "sources": [{"title": outlet} for (outlet,) in outlets],
        "citation": cite(about, title, snapshot.version, made),
        "coder": coders,
        "resources": [
            resource(folder, "events", "What happened, concluded from what reports say.", events),
            *(
                resource(folder, name, said, [(one, kind, what) for one, kind, _, what in fields])
                for name, said, fields, _ in TABLES
            ),
        ],
    }
    return {name: value for name, value in found.items() if value not in ([], "")}


def slug(title: str) -> str:
    """The title as a name."""
    kept = "".join(one if one.isalnum() and one.isascii() else "-" for one in title.lower())
    return "-".join(filter(None, kept.split("-"))) or "events"


def licences(code: str) -> list[dict[str, str]]:
    """The licence, with its title and address where they are known."""
    if not code:
        return []
    title, path = LICENCES.get(code, ("", ""))
    return [{"name": code} | ({"title": title, "path": path} if title else {})]


def cite(about: About, title: str, version: int, made: datetime) -> str:
    """How to cite it."""
    author = f"{about.author} ({made.year}). " if about.author else f"({made.year}). "
    return f"{author}{title}, version {version}. Coded with Dragoman."


def resource(folder: Path, name: str, said: str, fields: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A table: its file, and its columns."""
    path = folder / f"{name}.csv"
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [{"name": one, "type": kind, "description": what} for one, kind, what in fields],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
        for column, other in KEYS[name]
    ]
    if keys:
        schema["foreignKeys"] = keys
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": name,
        "type": "table",
        "description": said,
        "path": path.name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"$schema": f"{PROFILE}/tabledialect.json", "delimiter": ",", "header": True},
        "schema": schema,
    }
