"""Towns, for places that a person writes."""

from __future__ import annotations

import csv
from functools import cache

from dragoman.lexicon import cells, table_path

Town = dict[str, str]


@cache
def towns_of(country: str) -> dict[str, Town]:
    """The towns of a country by each of their names in small letters; of two of one name the larger."""
    found: dict[str, Town] = {}
    with table_path("cities.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["iso3"] != country:
                continue
            for name in (row["name"], *cells(row["variants"])):
                other = found.setdefault(name.casefold(), row)
                if people(row) > people(other):
                    found[name.casefold()] = row
    return found


def people(row: Town) -> int:
    """How many people live there, 0 if the table does not say."""
    return int(row["population"] or 0)


def find_town(name: str, country: str) -> Town | None:
    """The row of the largest town of that name in the country; ``None`` if the table has none."""
    return towns_of(country).get(name.casefold())
