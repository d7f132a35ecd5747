"""Fits what is added to the weights that merging has by hand, and says what that is worth on sets left out.

    python tools/fit_merging.py                    each development set with weights fitted on the others
    python tools/fit_merging.py --write            weights fitted on all development sets go into the package
    … --coded --write                              the same, as the package's table was made
    … --hold 20                                    how firmly weights are held to those set by hand

Pairs are those that merging compares within a development set (data/merging/README.md), and pairs of one
report of data/reports (the test part left out). Every feature's weight is held to 0, that is to what
stands by hand, so that few pairs move it little.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from dragoman.assemble import Sketch, candidate_pairs
from dragoman.assemble.fitting import features, fitted
from dragoman.assemble.judging import HOPELESS, link_of, weigh
from dragoman.evaluation.happenings import Setting, mention_id, mention_of, read_sets, surnames_in
from dragoman.evaluation.merging import Told, intervals, score_merging
from dragoman.evaluation.reports import MarkedReport, read_reports
from dragoman.lexicon import table_path
from dragoman.store.rows import Entry
from measure_merging import FOLDER, Material, coded, document_of, draw, marked, row_of, sketches, told

REPORTS = FOLDER.parent / "reports"
TEST_PART = 5
SHARE_OF_REPORTS = 0.1
"""What a pair of one report counts, against 1 of a pair of a set."""


class Pairs:
    """Pairs as features, with what they weigh by hand and whether they are one."""

    def __init__(self) -> None:
        self.values: list[list[tuple[str, float]]] = []
        self.by_hand: list[float] = []
        self.one: list[bool] = []
        self.count: list[float] = []
        self.part: list[str] = []

    def add(self, a: Sketch, b: Sketch, is_one: bool, part: str, count: float) -> None:
        """Take the pair if it is weighed at all."""
        found = weigh(a, b)
        if found is None:
            return
        total = sum(weight for weight, _ in found)
        if total > HOPELESS:
            self.values.append(features(a, b))
            self.by_hand.append(total)
            self.one.append(is_one)
            self.part.append(part)
            self.count.append(count)


def add_set(pairs: Pairs, material: Material, count: float) -> None:
    """The pairs of one set that merging compares, but for those that their report links."""
    (setting,) = material.settings
    happening = {
        material.standing.get(mention_id(report, event.number)): event.happening
        for report in setting.reports
        for event in report.events
    }
    drawn = [one for one in sketches(material) if one.mention_id in happening]
    for one, two in candidate_pairs(drawn):
        a, b = drawn[one], drawn[two]
        if link_of(a, b) is None:
            pairs.add(a, b, happening[a.mention_id] == happening[b.mention_id], setting.name, count)


def pairs_of_sets(settings: Sequence[Setting]) -> Pairs:
    """The pairs of every set's own mentions."""
    pairs = Pairs()
    for setting in settings:
        add_set(pairs, marked([setting]), 1.0)
    return pairs


def add_reports(pairs: Pairs) -> None:
    """Pairs of one report of the training reports: its repeats, and acts that it tells apart."""
    for report in read_reports(sorted(REPORTS.glob("*.reports"))):
        number = "".join(mark for mark in report.id.split()[0] if mark.isdigit())
        if number and int(number) % TEST_PART == 0:
            continue
        for a, b, same in pairs_in(report):
            pairs.add(a, b, same, "", SHARE_OF_REPORTS)


def pairs_in(report: MarkedReport) -> Iterator[tuple[Sketch, Sketch, bool]]:
    """The pairs of a report that merging compares, as if the report did not link them."""
    from dataclasses import replace

    from dragoman.assemble import sketch_of

    surnames = surnames_in(Setting("", True, (report,)))
    entry = Entry(document_of(report), report.document.published)
    first = {event.number: event.same or event.number for event in report.events}
    drawn = [
        (first[event.number], sketch_of(row_of(mention_of(event, report, surnames), entry)))
        for event in report.events
    ]
    bare = [replace(sketch, same_as=None) for _, sketch in drawn]
    for one, two in candidate_pairs(bare):
        yield bare[one], bare[two], drawn[one][0] == drawn[two][0]


def fit(pairs: Pairs, hold: float, without: str = "-") -> dict[str, float]:
    """The weights by feature, fitted on the pairs of all sets but one."""
    chosen = [at for at, part in enumerate(pairs.part) if part != without]
    names = sorted({name for at in chosen for name, _ in pairs.values[at]})
    column = {name: at for at, name in enumerate(names)}
    given = np.zeros((len(chosen), len(names)))
    for row, at in enumerate(chosen):
        for name, value in pairs.values[at]:
            given[row, column[name]] += value
    offset = np.array([pairs.by_hand[at] for at in chosen])
    one = np.array([pairs.one[at] for at in chosen], dtype=float)
    count = np.array([pairs.count[at] for at in chosen])
    weights = np.zeros(len(names))
    for _ in range(25):
        chance = 1 / (1 + np.exp(-(offset + given @ weights)))
        slope = given.T @ (count * (chance - one)) + hold * weights
        bend = (given * (count * chance * (1 - chance))[:, None]).T @ given + hold * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def use(weights: Mapping[str, float]) -> None:
    """Judge with these weights from now on."""
    table = fitted()
    table.clear()
    table.update(weights)


def left_out(settings: Sequence[Setting], pairs: Pairs, hold: float) -> list[Told]:
    """Every set merged by itself with weights fitted on the others."""
    found: list[Told] = []
    for setting in settings:
        use(fit(pairs, hold, setting.name))
        material: Material = marked([setting])
        found += told(material, sketches(material))
    return found


def by_hand(settings: Sequence[Setting]) -> list[Told]:
    """Every set merged by itself with the weights set by hand alone."""
    use({})
    return [one for setting in settings for one in told(marked([setting]), sketches(marked([setting])))]


def write(weights: Mapping[str, float], pairs: Pairs, path: Path) -> None:
    """The table of the package."""
    count = Counter(name for values in pairs.values for name, _ in values)
    rows = [f"{name}\t{weights[name]:.3f}\t{count[name]}" for name in sorted(weights)]
    path.write_text("\n".join(["feature\tweight\tpairs", *rows]) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--hold", type=float, default=8.0)
    options.add_argument("--no-reports", action="store_true", help="fit on the sets alone")
    options.add_argument("--coded", action="store_true", help="what the coder finds in the sets counts half")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    settings = [one for one in read_sets(sorted(FOLDER.glob("*.reports"))) if one.is_dev]
    pairs = pairs_of_sets(settings)
    print(f"{len(pairs.one)} pairs of sets, {sum(pairs.one)} of them one")
    for setting in settings if chosen.coded else ():
        add_set(pairs, coded([setting]), 0.5)
    if not chosen.no_reports:
        add_reports(pairs)
        print(f"{len(pairs.one)} with those of single reports, {sum(pairs.one)} one")
    for title, result in (
        ("by hand", by_hand(settings)),
        ("left out", left_out(settings, pairs, chosen.hold)),
    ):
        print("\n".join(draw(title, score_merging(result), intervals(result))))
    if chosen.write:
        weights = fit(pairs, chosen.hold)
        write(weights, pairs, table_path("merging_weights.tsv"))


if __name__ == "__main__":
    main()
