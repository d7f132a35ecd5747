"""PLOVER to CAMEO and back, by tables: ``cameo_events``, ``cameo_choices`` and ``sector_codes``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dragoman.exchange.happenings import Side
from dragoman.exchange.systems import BODIES, from_cameo, to_cameo
from dragoman.lexicon import cells, read_table
from dragoman.lexicon.codebook import QUADS

UNCODED = "---"


@dataclass(frozen=True, slots=True)
class CameoRow:
    """A code of CAMEO, its Goldstein score and Phoenix' class, and what it is in PLOVER (if anything)."""

    cameo: str
    label: str
    goldstein: str
    penta: str
    event: str
    mode: str
    contexts: str
    note: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """The code of CAMEO that comes nearest to a type, mode and context of PLOVER."""

    event: str
    mode: str
    context: str
    cameo: str


@dataclass(frozen=True, slots=True)
class SectorRow:
    """What a sector is in CAMEO and in ICEWS."""

    sector: str
    cameo: str
    icews: str


@cache
def events() -> dict[str, CameoRow]:
    """Every code of CAMEO."""
    return {row.cameo: row for row in read_table("cameo_events.tsv", CameoRow)}


@cache
def choices() -> dict[tuple[str, str, str], str]:
    """Codes of CAMEO by type, mode and context."""
    return {
        (row.event, row.mode, row.context): row.cameo for row in read_table("cameo_choices.tsv", ChoiceRow)
    }


@cache
def sectors() -> tuple[SectorRow, ...]:
    """Every sector's codes."""
    return tuple(read_table("sector_codes.tsv", SectorRow))


OTHER_ROLES = {
    "INS": "REB", "HRI": "SOC", "ENV": "SOC", "DEV": "SOC", "NGM": "SOC", "RAD": "OPP", "SET": "CVL",
    "UIS": "UNK",
}  # fmt: skip
"""Roles of CAMEO that no sector is written as."""


@cache
def sectors_by(system: str) -> dict[str, str]:
    """Sectors by their code in ``cameo`` or name in ``icews``; of several the first."""
    found: dict[str, str] = {}
    for row in sectors():
        if getattr(row, system):
            found.setdefault(getattr(row, system), row.sector)
    return found | (OTHER_ROLES if system == "cameo" else {})


@cache
def codes_of(system: str) -> dict[str, str]:
    """The code of each sector in ``cameo`` or its name in ``icews``."""
    return {row.sector: getattr(row, system) for row in sectors()}


def choose(event_type: str, mode: str, contexts: Sequence[str]) -> str:
    """The code of CAMEO that comes nearest; empty for no type of PLOVER."""
    for asked in (mode, ""):
        for context in (*contexts, ""):
            found = choices().get((event_type, asked, context))
            if found and (asked == mode or not mode or not context):
                return found
    return ""


def tidy_code(code: str) -> str:
    """The code with the zeros that it must have: '43' is 043, '10' is 010 where spreadsheets took them.

    Codes that CAMEO does not have ('13y') stay as they are.
    """
    code = code.strip().removesuffix(".0")
    if code in events() or not code.isdigit():
        return code
    padded = f"0{code}"
    return padded if padded in events() else code


def root_of(code: str) -> str:
    """The first two figures: the root."""
    return code[:2]


def base_of(code: str) -> str:
    """The first three."""
    return code[:3]


def plover_of(code: str) -> tuple[str, str, tuple[str, ...]]:
    """Type, mode and contexts in PLOVER; empty for codes that have none, such as statements (01)."""
    row = events().get(code) or events().get(base_of(code)) or events().get(f"{root_of(code)}0")
    return (row.event, row.mode, cells(row.contexts)) if row else ("", "", ())


def goldstein(code: str) -> str:
    """The Goldstein score as it is written; that of the code above where one has none."""
    for asked in (code, base_of(code), f"{root_of(code)}0"):
        row = events().get(asked)
        if row and row.goldstein:
            return row.goldstein
    return ""


def penta(code: str) -> str:
    """Phoenix' class, 0 to 4."""
    row = events().get(code) or events().get(base_of(code)) or events().get(f"{root_of(code)}0")
    return row.penta if row else ""


def quad_number(code: str) -> str:
    """GDELT's class, 1 to 4, of a code by its root."""
    root = root_of(code)
    if not root.isdigit():
        return ""
    number = int(root)
    return str(1 + (number > 5) + (number > 8) + (number > 14))


def quad_name(number: str) -> str:
    """The quad class of GDELT's number; empty for none."""
    return QUADS[int(number) - 1] if number in ("1", "2", "3", "4") else ""


def actor_code(side: Side) -> str:
    """An actor in CAMEO: country, then role ('ARMGOV'); a code that was read stays as it was."""
    if side.code:
        return side.code
    return to_cameo(side.country) + codes_of("cameo").get(side.sector, "")


def read_actor(code: str, name: str = "") -> Side:
    """The actor of a code of CAMEO: 'ISRMIL', 'IGOUNO', 'REB'."""
    code = code.strip().upper()
    if not code or code == UNCODED:
        return Side(name=name)
    country, rest = from_cameo(code[:3]), code[3:]
    if code.startswith("IGOUNO"):
        country, rest = "UNO", code[6:]
    elif code.startswith("IGOEUREEC"):
        country, rest = "EUR", code[9:]
    elif not country and code[:3] not in BODIES:
        rest = code
    roles = [rest[at : at + 3] for at in range(0, len(rest), 3)]
    sector = next((sectors_by("cameo")[one] for one in roles if one in sectors_by("cameo")), "")
    plain = Side(name, country, sector)
    return plain if actor_code(plain) == code else Side(name, country, sector, code=code)
