"""The tables of a corpus as Arrow schemas; a change to them is a new schema version and a migration."""

from __future__ import annotations

import pyarrow as pa

SCHEMA_VERSION = 2
"""Which version of the tables this program writes; ``migrations`` brings older ones up to it."""

TEXT = pa.string()
NUMBER = pa.int64()
REAL = pa.float64()
DAY = pa.date32()
MOMENT = pa.timestamp("us", "UTC")
SPAN = pa.struct([("start", NUMBER), ("end", NUMBER)])
TRIGGER = pa.struct([("start", NUMBER), ("end", NUMBER), ("text", TEXT)])
COUNT = pa.struct([("low", NUMBER), ("high", NUMBER)])
PARTY = pa.struct(
    [
        ("entity_id", TEXT),
        ("name", TEXT),
        ("text", TEXT),
        ("country", TEXT),
        ("sector", TEXT),
        ("role", TEXT),
        ("kind", TEXT),
        ("span", SPAN),
    ]
)
SOURCE = pa.struct(
    [("name", TEXT), ("kind", TEXT), ("country", TEXT), ("verb", TEXT), ("stance", TEXT), ("span", SPAN)]
)
WHEN = pa.struct(
    [("start", DAY), ("end", DAY), ("precision", TEXT), ("text", TEXT), ("rule", TEXT), ("span", SPAN)]
)
PLACE = pa.struct(
    [
        ("name", TEXT),
        ("country", TEXT),
        ("admin1", TEXT),
        ("geonames_id", NUMBER),
        ("lat", REAL),
        ("lon", REAL),
        ("precision", TEXT),
        ("rule", TEXT),
        ("span", SPAN),
    ]
)
CASUALTIES = pa.struct([("killed", COUNT), ("injured", COUNT)])
FIELD_CONFIDENCE = pa.struct([("who", REAL), ("status", REAL), ("date", REAL), ("place", REAL)])

DOCUMENTS = pa.schema(
    [
        ("id", TEXT),
        ("text", TEXT),
        ("original", TEXT),
        ("original_hash", TEXT),
        ("path", TEXT),
        ("address", TEXT),
        ("outlet", TEXT),
        ("published_start", DAY),
        ("published_end", DAY),
        ("published_precision", TEXT),
        ("published_rule", TEXT),
        ("published_text", TEXT),
        ("published_span", SPAN),
        ("published_inferred", pa.bool_()),
        ("modified", DAY),
        ("language", TEXT),
        ("coded", pa.bool_()),
        ("why_not", TEXT),
        ("title", TEXT),
        ("title_span", SPAN),
        ("dateline_span", SPAN),
        ("notes", pa.list_(TEXT)),
        ("copy_of", TEXT),
        ("copy_share", REAL),
        ("words", NUMBER),
        ("run_id", TEXT),
        ("batch", TEXT),
        ("added_at", MOMENT),
    ]
)
EVENT_MENTIONS = pa.schema(
    [
        ("id", TEXT),
        ("document_id", TEXT),
        ("path", TEXT),
        ("outlet", TEXT),
        ("published", TEXT),
        ("published_start", DAY),
        ("published_end", DAY),
        ("event_type", TEXT),
        ("mode", TEXT),
        ("contexts", pa.list_(TEXT)),
        ("actors", pa.list_(PARTY)),
        ("recipients", pa.list_(PARTY)),
        ("actor_countries", TEXT),
        ("recipient_countries", TEXT),
        ("status", TEXT),
        ("attribution", pa.list_(SOURCE)),
        ("date", WHEN),
        ("place", PLACE),
        ("casualties", CASUALTIES),
        ("score", REAL),
        ("quad", TEXT),
        ("trigger", TRIGGER),
        ("span", SPAN),
        ("rules", pa.list_(TEXT)),
        ("confidence", REAL),
        ("same_as", TEXT),
        ("responds_to", TEXT),
        ("coder", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
        ("field_confidence", FIELD_CONFIDENCE),
    ]
)
PROBLEMS = pa.schema(
    [
        ("path", TEXT),
        ("reason", TEXT),
        ("remedy", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
        ("at", MOMENT),
    ]
)
RUNS = pa.schema(
    [
        ("id", TEXT),
        ("kind", TEXT),
        ("state", TEXT),
        ("coder", TEXT),
        ("program", TEXT),
        ("model", TEXT),
        ("tables", TEXT),
        ("options", TEXT),
        ("documents", NUMBER),
        ("known", NUMBER),
        ("mentions", NUMBER),
        ("problems", NUMBER),
        ("started", MOMENT),
        ("ended", MOMENT),
        ("at", MOMENT),
    ]
)
BATCHES = pa.schema(
    [
        ("id", TEXT),
        ("version", NUMBER),
        ("at", MOMENT),
        ("run_id", TEXT),
        ("kind", TEXT),
        ("coder", TEXT),
        ("origin", TEXT),
        ("replaces", TEXT),
        ("documents", NUMBER),
        ("mentions", NUMBER),
        ("problems", NUMBER),
    ]
)
TABLES = {
    "documents": DOCUMENTS,
    "event_mentions": EVENT_MENTIONS,
    "problems": PROBLEMS,
    "runs": RUNS,
    "batches": BATCHES,
}
BATCHED = ("documents", "event_mentions", "problems")
"""The tables whose rows belong to a batch, and are there only once ``batches`` names it."""
