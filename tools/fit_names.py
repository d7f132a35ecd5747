"""Fits ``name_grams.tsv``: how much a run of letters in a name speaks for each culture of naming.

    python tools/fit_names.py

From the names that stand in ``name_cultures.tsv`` and those of the office holders in ``offices.tsv``; where
several cultures live in a state, a holder's name counts for the one that fits it best, in two rounds. The
weight of a run in a culture is how much more often it comes there than everywhere, as a logarithm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from dragoman.entities.nationality import grams
from dragoman.entities.tables import CultureRow, OfficeRow, cells
from dragoman.lexicon import read_table, table_path

SMOOTHING = 150.0
LEAST = 2


def counted(words: Iterable[str]) -> Counter[str]:
    """How often each run of letters comes in these words."""
    return Counter(gram for word in words for gram in grams(word))


def main() -> None:
    rows = read_table("name_cultures.tsv", CultureRow)
    listed = {
        row.culture: [word for word in row.names.replace("-", " ").split() if len(word) > 1] for row in rows
    }
    homes: dict[str, list[str]] = {}
    for row in rows:
        for code in cells(row.countries):
            homes.setdefault(code, []).append(row.culture)
    holders = {
        (row.person_name, row.iso3) for row in read_table("offices.tsv", OfficeRow) if row.iso3 in homes
    }
    counts = {culture: counted(words) for culture, words in listed.items()}
    for _ in range(2):
        weights, absent = weighed(counts)
        counts = {culture: counted(words) for culture, words in listed.items()}
        for name, code in sorted(holders):
            words = [word for word in name.replace("-", " ").split() if len(word) > 1]
            counts[best(words, homes[code], weights, absent)].update(counted(words))
    weights, absent = weighed(counts)
    lines = [
        f"{gram}\t" + "|".join(f"{culture}:{weight:.2f}" for culture, weight in sorted(found.items())) + "\n"
        for gram, found in sorted(weights.items())
    ]
    table_path("name_grams.tsv").write_text("gram\tweights\n" + "".join(lines), encoding="utf-8")
    head = "culture\tcountries\tabsent\tnames\n"
    body = [f"{row.culture}\t{row.countries}\t{absent[row.culture]:.3f}\t{row.names}\n" for row in rows]
    table_path("name_cultures.tsv").write_text(head + "".join(body), encoding="utf-8")
    print(len(weights), "runs")


def weighed(counts: dict[str, Counter[str]]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """The weights of runs by culture where they come, and the weight by culture of runs that don't."""
    total: Counter[str] = Counter()
    for one in counts.values():
        total.update(one)
    everything = sum(total.values())
    sums = {culture: sum(one.values()) for culture, one in counts.items()}
    absent = {culture: math.log(SMOOTHING / (size + SMOOTHING)) for culture, size in sums.items()}
    weights: dict[str, dict[str, float]] = {}
    for culture, one in counts.items():
        for gram, count in one.items():
            if total[gram] < LEAST:
                continue
            share = total[gram] / everything
            weight = math.log((count / share + SMOOTHING) / (sums[culture] + SMOOTHING))
            weights.setdefault(gram, {})[culture] = min(weight, 3.0)
    return weights, absent


def best(
    words: list[str], cultures: list[str], weights: dict[str, dict[str, float]], absent: dict[str, float]
) -> str:
    """The culture that fits these words best."""
    known = [weights[gram] for word in words for gram in grams(word) if gram in weights]
    return max(cultures, key=lambda culture: sum(run.get(culture, absent[culture]) for run in known))


if __name__ == "__main__":
    main()
