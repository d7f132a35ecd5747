"""Which outlines of the map are which country."""

from __future__ import annotations

import json
from functools import cache

from dragoman.query import code_of
from dragoman.web.rendering import HERE

OUTLINES = HERE / "static" / "vendor" / "countries-110m-2.0.2.json"
SHORT = {
    "W. Sahara": "ESH",
    "Dem. Rep. Congo": "COD",
    "Dominican Rep.": "DOM",
    "Falkland Is.": "FLK",
    "Central African Rep.": "CAF",
    "Eq. Guinea": "GNQ",
    "Solomon Is.": "SLB",
    "Bosnia and Herz.": "BIH",
    "S. Sudan": "SSD",
}
"""Names that the outlines shorten."""


@cache
def outlines() -> dict[str, str]:
    """The code of a country by the name that its outline bears; outlines of none are left out."""
    shapes = json.loads(OUTLINES.read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    names = [one["properties"]["name"] for one in shapes]
    codes = {name: SHORT.get(name) or code_of(name) for name in names}
    return {name: code for name, code in codes.items() if code}
