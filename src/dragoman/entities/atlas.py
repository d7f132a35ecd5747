"""Who borders whom, and which states are kingdoms or islands: for 'its northern neighbour' and 'the
kingdom'.
"""

from __future__ import annotations

from dragoman.entities.tables import NeighbourRow, cells
from dragoman.lexicon import read_table

DIRECTIONS = {
    "northern": (1, 0), "southern": (-1, 0), "eastern": (0, 1), "western": (0, -1), "north": (1, 0),
    "south": (-1, 0), "east": (0, 1), "west": (0, -1),
}  # fmt: skip


class Atlas:
    """Neighbours, forms and rough positions of states."""

    def __init__(self) -> None:
        self.neighbours: dict[str, frozenset[str]] = {}
        self.forms: dict[str, frozenset[str]] = {}
        self.places: dict[str, tuple[float, float]] = {}
        by_form: dict[str, set[str]] = {}
        for row in read_table("neighbours.tsv", NeighbourRow):
            self.neighbours[row.iso3] = frozenset(cells(row.neighbours))
            if row.lat:
                self.places[row.iso3] = (float(row.lat), float(row.lon))
            for form in cells(row.forms):
                by_form.setdefault(form, set()).add(row.iso3)
        self.forms = {form: frozenset(codes) for form, codes in by_form.items()}

    def beside(self, code: str, direction: str | None = None) -> frozenset[str]:
        """The neighbours of a state, those in one direction if it is given."""
        near = self.neighbours.get(code, frozenset())
        if direction not in DIRECTIONS or code not in self.places:
            return near
        north, east = DIRECTIONS[direction]
        lat, lon = self.places[code]
        there = {n for n in near if n in self.places
                 and (self.places[n][0] - lat) * north + (self.places[n][1] - lon) * east > 0}  # fmt: skip
        return frozenset(there)
