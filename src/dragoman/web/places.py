"""What a map draws of places: no finer than they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dragoman.query.ground import Row
from dragoman.web.atlas import outlines

EXACT = ("city", "point")
"""What is drawn as a circle; a country is tinted, and the rest stands in the table alone."""


def drawing(rows: Sequence[Row]) -> dict[str, Any]:
    """Towns and points with their counts, and events by country where no more is told."""
    countries: Counter[str] = Counter()
    for row in rows:
        if row["precision"] == "country" and row["country"]:
            countries[row["country"]] += row["events"]
    places = [row for row in rows if row["lat"] is not None and row["precision"] in EXACT]
    return {"places": places, "countries": countries, "outlines": outlines()}
