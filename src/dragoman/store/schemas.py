"""The tables of a corpus as Arrow schemas; a change to them is a new schema version and a migration."""

from __future__ import annotations

import pyarrow as pa

SCHEMA_VERSION = 4
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
JOIN = pa.struct(
    [
        ("mention_id", TEXT),
        ("document_id", TEXT),
        ("to", TEXT),
        ("relation", TEXT),
        ("why", pa.list_(TEXT)),
        ("score", REAL),
    ]
)
ORIGIN = pa.struct(
    [
        ("key", TEXT),
        ("name", TEXT),
        ("kind", TEXT),
        ("country", TEXT),
        ("says", TEXT),
        ("outlets", pa.list_(TEXT)),
        ("document_ids", pa.list_(TEXT)),
        ("mention_ids", pa.list_(TEXT)),
    ]
)
CONTRADICTION = pa.struct(
    [("field", TEXT), ("versions", pa.list_(pa.struct([("value", TEXT), ("mention_ids", pa.list_(TEXT))])))]
)
TIE_CHANGE = pa.struct(
    [
        ("step", TEXT),
        ("date", WHEN),
        ("event_id", TEXT),
        ("statement_id", TEXT),
        ("rule", TEXT),
        ("text", TEXT),
    ]
)
TIE_SPAN = pa.struct([("state", TEXT), ("opened", WHEN), ("closed", WHEN)])
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
EVENTS = pa.schema(
    [
        ("row", TEXT),
        ("id", TEXT),
        ("title", TEXT),
        ("event_type", TEXT),
        ("mode", TEXT),
        ("contexts", pa.list_(TEXT)),
        ("actors", pa.list_(PARTY)),
        ("recipients", pa.list_(PARTY)),
        ("actor_countries", TEXT),
        ("recipient_countries", TEXT),
        ("status", TEXT),
        ("date", WHEN),
        ("start", DAY),
        ("end", DAY),
        ("precision", TEXT),
        ("place", PLACE),
        ("place_country", TEXT),
        ("casualties", CASUALTIES),
        ("killed_low", NUMBER),
        ("killed_high", NUMBER),
        ("injured_low", NUMBER),
        ("injured_high", NUMBER),
        ("score", REAL),
        ("quad", TEXT),
        ("joins", pa.list_(JOIN)),
        ("keys", pa.list_(TEXT)),
        ("origins", pa.list_(ORIGIN)),
        ("contradictions", pa.list_(CONTRADICTION)),
        ("mentions", NUMBER),
        ("documents", NUMBER),
        ("origin_count", NUMBER),
        ("denials", NUMBER),
        ("confidence", REAL),
        ("responds_to", TEXT),
        ("first_reported", DAY),
        ("last_reported", DAY),
        ("tie_sides", pa.list_(TEXT)),
        ("tie_evidence", TEXT),
        ("digest", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
    ]
)
ENDINGS = pa.schema(
    [
        ("table", TEXT),
        ("row", TEXT),
        ("id", TEXT),
        ("superseded_by", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
    ]
)
TIE_STATEMENTS = pa.schema(
    [
        ("id", TEXT),
        ("document_id", TEXT),
        ("outlet", TEXT),
        ("published_start", DAY),
        ("published_end", DAY),
        ("kind", TEXT),
        ("first_side", TEXT),
        ("second_side", TEXT),
        ("subject", TEXT),
        ("state", TEXT),
        ("date", WHEN),
        ("attribution", pa.list_(SOURCE)),
        ("span", SPAN),
        ("text", TEXT),
        ("rule", TEXT),
        ("coder", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
    ]
)
TIES = pa.schema(
    [
        ("row", TEXT),
        ("id", TEXT),
        ("kind", TEXT),
        ("first_side", TEXT),
        ("second_side", TEXT),
        ("subject", TEXT),
        ("state", TEXT),
        ("spans", pa.list_(TIE_SPAN)),
        ("changes", pa.list_(TIE_CHANGE)),
        ("last_confirmed", DAY),
        ("digest", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
    ]
)
REVIEWS = pa.schema(
    [
        ("id", TEXT),
        ("about", TEXT),
        ("verdict", TEXT),
        ("reviewer", TEXT),
        ("at", MOMENT),
        ("reason", TEXT),
        ("field", TEXT),
        ("value", TEXT),
        ("other", TEXT),
        ("sample", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
    ]
)
IMPORTED_SIDE = pa.struct(
    [("name", TEXT), ("country", TEXT), ("sector", TEXT), ("role", TEXT), ("text", TEXT), ("code", TEXT)]
)
IMPORTED_EVENTS = pa.schema(
    [
        ("row", TEXT),
        ("dataset", TEXT),
        ("format", TEXT),
        ("file", TEXT),
        ("line", NUMBER),
        ("id", TEXT),
        ("event_type", TEXT),
        ("mode", TEXT),
        ("contexts", pa.list_(TEXT)),
        ("cameo", TEXT),
        ("status", TEXT),
        ("actors", pa.list_(IMPORTED_SIDE)),
        ("recipients", pa.list_(IMPORTED_SIDE)),
        ("actor_countries", TEXT),
        ("recipient_countries", TEXT),
        ("start", DAY),
        ("end", DAY),
        ("precision", TEXT),
        ("place_country", TEXT),
        ("killed_low", NUMBER),
        ("killed_high", NUMBER),
        ("score", REAL),
        ("quad", TEXT),
        ("first_reported", DAY),
        ("cells", TEXT),
        ("run_id", TEXT),
        ("batch", TEXT),
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
        ("tie_statements", NUMBER),
        ("events", NUMBER),
        ("ties", NUMBER),
        ("endings", NUMBER),
        ("reviews", NUMBER),
        ("assembled", NUMBER),
        ("imported", NUMBER),
    ]
)
TABLES = {
    "documents": DOCUMENTS,
    "event_mentions": EVENT_MENTIONS,
    "tie_statements": TIE_STATEMENTS,
    "events": EVENTS,
    "ties": TIES,
    "endings": ENDINGS,
    "reviews": REVIEWS,
    "imported_events": IMPORTED_EVENTS,
    "problems": PROBLEMS,
    "runs": RUNS,
    "batches": BATCHES,
}
SINCE = {"tie_statements": 3, "events": 3, "ties": 3, "endings": 3, "reviews": 3, "imported_events": 4}
"""The schema version with which a table came, where it was not there from the first."""
COUNTED = {
    "documents": "documents",
    "event_mentions": "mentions",
    "tie_statements": "tie_statements",
    "events": "events",
    "ties": "ties",
    "endings": "endings",
    "reviews": "reviews",
    "imported_events": "imported",
    "problems": "problems",
}
"""The tables whose rows belong to a batch, and are there only once ``batches`` names it: by the column of
``batches`` that counts them."""
BATCHED = tuple(COUNTED)
