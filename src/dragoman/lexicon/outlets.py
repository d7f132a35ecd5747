"""The row of the table of outlets, for every room that reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutletRow:
    """A newspaper, agency, broadcaster or site, and where it is based."""

    name: str
    variants: str
    kind: str
    iso3: str
    state_owned: str
    domain: str
    origin: str
    checked: str
