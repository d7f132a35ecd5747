"""How well a person's name fits a country: 'Katrin Lohmann' is likelier German than French.

Names are compared by runs of letters with what is usual in some fifty cultures of naming (table
``name_cultures.tsv``); the weights (``name_grams.tsv``) are fitted by ``tools/fit_names.py``. This only
weighs between countries that the report names; nobody gets a country from a name alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.entities.namebook import fold
from dragoman.entities.tables import CultureRow, GramRow, cells
from dragoman.lexicon import read_table

BOUNDS = (-0.5, -0.2, 0.0, 0.2, 0.45, 0.8)  # of the mean weight of a name's runs
GAPS = (0.02, 0.2, 0.5, 1.0)  # behind the culture that fits best


def grams(word: str) -> Iterator[str]:
    """Runs of three letters of a word, its last four and the whole; '^' and '$' are its ends."""
    bounded = f"^{fold(word).lower()}$"
    for i in range(len(bounded) - 2):
        yield bounded[i : i + 3]
    if len(bounded) > 5:
        yield bounded[-5:]
        yield bounded


class Nationality:
    """Judges names by culture; reads its tables when the first name is judged."""

    def __init__(self) -> None:
        self.cultures: dict[str, list[tuple[int, int]]] = {}  # country -> its cultures, its rank in them
        self.absent: list[float] = []
        self.weights: dict[str, dict[int, float]] = {}
        self.judged: dict[str, list[float]] = {}

    def _load(self) -> None:
        rows = read_table("name_cultures.tsv", CultureRow)
        number = {row.culture: i for i, row in enumerate(rows)}
        for row in rows:
            self.absent.append(float(row.absent or 0.0))
            for rank, code in enumerate(cells(row.countries)):
                self.cultures.setdefault(code, []).append((number[row.culture], rank))
        for line in read_table("name_grams.tsv", GramRow):
            pairs = (pair.split(":") for pair in cells(line.weights))
            self.weights[line.gram] = {number[name]: float(weight) for name, weight in pairs}

    def _judge(self, name: str) -> list[float]:
        """The mean weight of the name's runs in every culture; empty where none is known."""
        found = self.judged.get(name)
        if found is not None:
            return found
        known = [
            self.weights[gram]
            for word in name.replace("-", " ").split()
            for gram in grams(word)
            if gram in self.weights
        ]
        found = [
            sum(run.get(k, absent) for run in known) / len(known) if known else 0.0
            for k, absent in enumerate(self.absent)
        ]
        if len(self.judged) > 4096:
            self.judged.clear()
        self.judged[name] = found = found if known else []
        return found

    def fits(self, name: str, code: str) -> tuple[str, ...]:
        """How well the name fits the country, as features: by itself, behind the best culture, and whether
        the culture that fits is at home there first of all.
        """
        if not self.absent:
            self._load()
        mine = self.cultures.get(code)
        scores = self._judge(name)
        if not mine or not scores:
            return ()
        score, rank = max((scores[k], -rank) for k, rank in mine)
        gap = max(scores) - score
        fit = f"nm{sum(score > bound for bound in BOUNDS)}"
        behind = f"ng{sum(gap > bound for bound in GAPS)}"
        return (fit, behind) if gap > GAPS[1] else (fit, behind, f"nr{min(-rank, 2)}")
