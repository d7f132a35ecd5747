"""Corrections of an event's fields: read from what a person writes, checked, and laid into a row.

A person writes ``visit``, ``ARM:GOV, AZE``, ``2020-10``, ``Ganja, AZE``, ``20-30`` or ``none``; what is kept
is JSON with the same keys as the columns of an event.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.lexicon.codebook import load_codebook, quad_of, score_of
from dragoman.query.countries import COLLECTIVE, country, name_of, named
from dragoman.query.days import read_day
from dragoman.query.towns import find_town
from dragoman.records import Status

Row = dict[str, Any]
NOTHING = ("", "none", "null", "-")
MOST = 2**63 - 1
NUMBER = re.compile(r"(?P<low>\d{1,18})(?:\s*(?:-|\.\.|to)\s*(?P<high>\d{1,18})|(?P<more>\s*\+))?")
GRAINS = ("point", "city", "admin1", "country", "region")
LONGEST = 200
"""Code points that a name in a correction may have."""


def one_of(what: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value, where it is allowed, whatever its case; raises ``InputError`` with what is."""
    for one in allowed:
        if one.casefold() == value.strip().casefold():
            return one
    raise InputError(f"{value!r} is no {what}", f"give one of {', '.join(allowed)}")


def read_type(text: str, _: str) -> str:
    """A code of PLOVER's event types."""
    return one_of("event type", text, tuple(load_codebook().types))


def read_mode(text: str, event_type: str) -> str | None:
    """A mode of that type, or none."""
    if text.casefold() in NOTHING:
        return None
    modes = load_codebook().modes_of(event_type)
    if not modes:
        raise InputError(f"events of type {event_type} have no modes", "correct the type first, or give none")
    return one_of(f"mode of {event_type}", text, modes)


def read_contexts(text: str, _: str) -> list[str]:
    """Contexts, parted by commas."""
    allowed = tuple(load_codebook().contexts)
    return list(dict.fromkeys(one_of("context", one, allowed) for one in parts_of(text)))


def read_status(text: str, _: str) -> str:
    """What the texts commit to."""
    return one_of("status", text, tuple(str(one) for one in Status))


def read_parties(text: str, _: str) -> list[Row]:
    """Countries, parted by commas, each with a sector after a colon if need be."""
    return [read_party(one) for one in parts_of(text)]


def read_party(text: str) -> Row:
    """'ARM' or 'ARM:GOV'."""
    name, _, sector = (part.strip() for part in text.partition(":"))
    allowed = tuple(load_codebook().sectors)
    return {"country": code_for(name), "sector": one_of("sector", sector, allowed) if sector else None}


def code_for(name: str) -> str:
    """The code under which acts of that country are filed; raises ``InputError`` for states of the past."""
    code = country(name)
    if code not in {one for one, _, is_now in named() if is_now}:
        raise InputError(
            f"{name_of(code)} is no state of today", "give the code that its acts are filed under"
        )
    return code


def read_date(text: str, _: str) -> Row | None:
    """Days with their grain, see ``days``."""
    return None if text.casefold() in NOTHING else read_day(text)


def read_place(text: str, _: str) -> Row | None:
    """'Ganja, AZE' for a town, 'Ganja, AZE, admin1' for other grains, 'AZE' for a state."""
    if text.casefold() in NOTHING:
        return None
    *parts, last = parts_of(text) or [""]
    grain = next((one for one in GRAINS if one == last.casefold()), None)
    if grain and parts:
        *parts, last = parts
    if len(text) > LONGEST:
        raise InputError(f"{text[:LONGEST]!r} is no place", "give it as 'Ganja, AZE' or 'AZE'")
    code = code_for(last)
    return (
        place_of(", ".join(parts), code, grain or "city")
        if parts
        else place_of(name_of(code), code, "country")
    )


def place_of(name: str, code: str, precision: str) -> Row:
    """The place, with coordinates where it is a town that the table knows."""
    town = find_town(name, code) if precision == "city" else None
    return {
        "name": name,
        "country": code,
        "precision": precision,
        "admin1": (town["admin1"] or None) if town else None,
        "geonames_id": int(town["geonames_id"]) if town and town["geonames_id"] else None,
        "lat": float(town["lat"]) if town else None,
        "lon": float(town["lon"]) if town else None,
    }


def read_count(text: str, _: str) -> Row | None:
    """'20', '20-30', '20+' or none."""
    if text.casefold() in NOTHING:
        return None
    found = NUMBER.fullmatch(text.strip())
    if not found:
        raise InputError(f"{text[:LONGEST]!r} is no number of people", "give it as 20, 20-30, 20+ or none")
    low = int(found["low"])
    high = None if found["more"] else int(found["high"] or low)
    if high is not None and high < low:
        raise InputError(f"{text!r} runs backwards", f"give it as {high}-{low}")
    return {"low": low, "high": high}


def parts_of(text: str) -> list[str]:
    """The parts of a text with commas; none of 'none'."""
    if text.strip().casefold() in NOTHING:
        return []
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


READERS: Mapping[str, Callable[[str, str], Any]] = {
    "event_type": read_type,
    "mode": read_mode,
    "contexts": read_contexts,
    "actors": read_parties,
    "recipients": read_parties,
    "status": read_status,
    "date": read_date,
    "place": read_place,
    "killed": read_count,
    "injured": read_count,
}
FIELDS = tuple(READERS)
"""The fields that a review may correct."""


def read_value(field: str, text: str, event_type: str) -> str:
    """What a person wrote for a field, checked, as JSON.

    ``event_type`` is that of the event, by which modes are checked. JSON as this gives it back is read, too.
    Raises ``InputError`` for a field that can't be corrected and a value that is not in the codebook.
    """
    if field not in READERS:
        raise InputError(f"there is no field {field!r} to correct", f"give one of {', '.join(FIELDS)}")
    text = text.strip()
    if text[:1] in ("{", "[", '"'):
        text = written(field, text)
    return json.dumps(READERS[field](text, event_type), ensure_ascii=False)


def written(field: str, text: str) -> str:
    """The JSON of a correction as a person would write it; raises ``InputError`` if it is none."""
    try:
        return in_words(field, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{text[:LONGEST]!r} is no value for {field}", "see docs/reviews.md") from None


def in_words(field: str, value: Any) -> str:
    """A value as a person writes it: what ``read_value`` makes the same value of. 'none' for nothing."""
    if value is None or value == []:
        return "none"
    if field in ("actors", "recipients"):
        return ", ".join(":".join(filter(None, (one["country"] or "?", one["sector"]))) for one in value)
    if field == "contexts":
        return ", ".join(value)
    if field == "date":
        return date_in_words(value)
    if field == "place":
        is_state = value["precision"] == "country"
        return value["country"] if is_state else ", ".join(value[part] for part in PLACE_PARTS)
    if field in ("killed", "injured"):
        return f"{value['low']}+" if value["high"] is None else f"{value['low']}-{value['high']}"
    return str(value)


def date_in_words(value: Mapping[str, Any]) -> str:
    """'2020-10-25', or '2020-10-01/2020-10-31 month'; 'none' for days that are not known."""
    start, end, grain = (value[name] for name in ("start", "end", "precision"))
    if not start:
        return "none"
    return str(start) if start == end and grain == "day" else f"{start}/{end} {grain}"


PLACE_PARTS = ("name", "country", "precision")


def value_of(row: Mapping[str, Any], field: str) -> Any:
    """What a row of events (or mentions) has in a field that may be corrected."""
    return row["casualties"][field] if field in ("killed", "injured") else row[field]


def correct(row: Mapping[str, Any], values: Mapping[str, str]) -> Row:
    """The row of ``events`` with the corrections (JSON by field) laid in, and what follows from them."""
    new = dict(row)
    for field in sorted(values, key=FIELDS.index):
        value = json.loads(values[field])
        if field in ("killed", "injured"):
            new["casualties"] = {**new["casualties"], field: value}
            new |= {f"{field}_low": value and value["low"], f"{field}_high": value and value["high"]}
        elif field in ("actors", "recipients"):
            new |= with_parties(new, field, value)
        elif field == "date":
            new |= with_date(value)
        elif field == "place":
            new |= {"place": value and {**value, "rule": RULE, "span": None}}
            new |= {"place_country": value and value["country"]}
        else:
            new[field] = value
    return with_scores(new) if {"event_type", "mode"} & set(values) else new


RULE = "reviews/corrected"
"""What stands where a rule would tell how a value came about."""


def with_scores(row: Row) -> Row:
    """The row with the score and quad class of its type and mode; a mode that the type lacks is dropped."""
    if row["mode"] not in load_codebook().modes_of(row["event_type"]):
        row = {**row, "mode": None}
    return {
        **row,
        "score": score_of(row["event_type"], row["mode"]),
        "quad": quad_of(row["event_type"]),
    }


def with_parties(row: Mapping[str, Any], field: str, value: list[Row]) -> Row:
    """The columns of one side; a party of that country that was there already keeps its words."""
    parties = [party_of(one, row[field]) for one in value]
    named = sorted({party["country"] for party in parties})
    return {field: parties, f"{field.removesuffix('s')}_countries": " ".join(named) or None}


def party_of(wanted: Row, there: list[Row]) -> Row:
    """The party of that country (and sector), as it stands in the event if it does."""
    for one in there:
        if one["country"] == wanted["country"] and wanted["sector"] in (None, one["sector"]):
            return one
    code = wanted["country"]
    return {
        "entity_id": code,
        "name": name_of(code),
        "text": "",
        "country": code,
        "sector": wanted["sector"],
        "role": None,
        "kind": "body" if code in COLLECTIVE else "country",
        "span": None,
    }


def with_date(value: Row | None) -> Row:
    """The columns of a date."""
    if value is None:
        return {"date": None, "start": None, "end": None, "precision": None}
    start, end = (date.fromisoformat(value[name]) for name in ("start", "end"))
    when = {"start": start, "end": end, "precision": value["precision"]}
    return {**when, "date": {**when, "text": "", "rule": RULE, "span": None}}
