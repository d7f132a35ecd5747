"""Code systems of states: ISO 3166, Correlates of War, Gleditsch and Ward, FIPS 10-4, CAMEO.

A state's acts are filed under the code of today (RUS for the Soviet Union); its numbers are those of the day.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.lexicon import TODAY, table_path
from dragoman.query.countries import code_of, name_of

BODIES = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG")
"""Codes of what is no state."""
FIPS_PARTS = {"GZ": "PSE", "WE": "PSE", "SV": "SJM", "JN": "SJM", "IV": "CIV", "YI": "SRB", "RB": "SRB"}
"""Codes of FIPS for parts of what has one code elsewhere, and for states of the past."""
CAMEO_CODES = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX", "UNK": "XKX", "SUN": "RUS"}
CAMEO_PLACES = {"WSB": "PSE", "GZS": "PSE", "PAL": "PSE", "EUR": "EUR", "KOS": "XKX"}
"""Codes of CAMEO that are not those of ISO 3166."""


@dataclass(frozen=True, slots=True)
class State:
    """The numbers of a state for as long as they hold; ``until`` does not count. ``code`` is its own."""

    code: str
    cow: str
    gw: str
    fips: str
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether this was the state on that day."""
        return self.since <= day < self.until


@cache
def states() -> dict[str, tuple[State, ...]]:
    """By the code of today, all that went by it, those of the past first."""
    found: dict[str, list[State]] = {}
    with table_path("countries.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            code = TODAY.get(row["iso3"], row["iso3"])
            if row["iso3"].startswith("X") and row["iso3"] != "XKX":
                continue
            found.setdefault(code, []).append(
                State(
                    row["iso3"],
                    row["cow_number"],
                    row["gw_number"],
                    row["fips"],
                    bound(row["valid_from"], date.min),
                    bound(row["valid_until"], date.max),
                )
            )
    # Of two states of one day, that counts whose own code it is: West Germany before East Germany.
    return {
        code: tuple(sorted(ones, key=lambda one: (one.until, one.code != code)))
        for code, ones in found.items()
    }


def bound(cell: str, nothing: date) -> date:
    """The day of a cell, or what stands for none."""
    return date.fromisoformat(cell) if cell else nothing


def state_on(code: str, day: date | None) -> State | None:
    """What went by that code on that day, of today without a day; ``None`` for what is no state."""
    ones = states().get(code)
    if not ones:
        return None
    return next((one for one in ones if day is not None and one.holds(day)), ones[-1])


def cow_number(code: str, day: date | None = None) -> str:
    """The number of Correlates of War; empty for what has none."""
    one = state_on(code, day)
    return one.cow if one else ""


def gw_number(code: str, day: date | None = None) -> str:
    """The number of Gleditsch and Ward on that day; empty for what has none."""
    one = state_on(code, day)
    return one.gw if one else ""


def fips_code(code: str) -> str:
    """The code of FIPS 10-4; empty for what has none."""
    one = state_on(code, None)
    return one.fips if one and len(one.fips) == 2 else ""


@cache
def by_number(system: str) -> dict[str, str]:
    """Codes by number (``cow`` or ``gw``) or by ``fips``."""
    found: dict[str, str] = dict(FIPS_PARTS) if system == "fips" else {}
    for code, ones in states().items():
        for one in ones:
            number = getattr(one, system)
            if number:
                found.setdefault(number, code)
    return found


def from_cow(number: str) -> str:
    """The code of a number of Correlates of War; empty if there is none."""
    return by_number("cow").get(number.strip().removesuffix(".0"), "")


def from_gw(number: str) -> str:
    """The code of a number of Gleditsch and Ward; empty if there is none."""
    return by_number("gw").get(number.strip().removesuffix(".0"), "")


def from_fips(code: str) -> str:
    """The code of a place's FIPS code: UP is Ukraine. Empty if there is none."""
    return by_number("fips").get(code.strip().upper(), "")


def from_cameo(code: str) -> str:
    """The code of a state in CAMEO, which has kept some old ones; empty if there is none."""
    code = code.strip().upper()
    found = CAMEO_CODES.get(code) or CAMEO_PLACES.get(code) or code
    return found if found in states() or found in BODIES else ""


def to_cameo(code: str) -> str:
    """What CAMEO has for a code: the same, but for Romania, East Timor and Kosovo."""
    return {"ROU": "ROM", "TLS": "TMP", "XKX": "KSV", "UNO": "IGOUNO", "EUR": "IGOEUREEC"}.get(code, code)


def english(code: str) -> str:
    """The English name of a code; empty for none."""
    return name_of(code) if code else ""


def from_english(name: str) -> str:
    """The code that goes by an English name; empty if none does."""
    return code_of(name) or "" if name.strip() else ""
