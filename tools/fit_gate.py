"""Fits the words by which a report is told to hold events or none (src/dragoman/tables/gate_words.tsv).

    python tools/fit_gate.py             fits, writes the table, and prints what it loses
    python tools/fit_gate.py --check     measures the table that is there

Passages of the marked reports that hold an event stand against passages of plain prose (data/plain). Reports
and texts whose number is divisible by 5 are kept out of the fitting, and it is measured on them. Needs
scikit-learn ('pip install .[train]').
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.errors import GoldError
from dragoman.evaluation.reports import MarkedReport, read_reports
from dragoman.events.triggers import load_triggers
from dragoman.gating import LEAST, TABLE, Gate, WordRow, passages, words_of
from dragoman.lexicon import cells, table_path
from dragoman.records import Document

ROOT = Path(__file__).resolve().parent.parent
FOLDS = range(1, 5)
PULL = 0.3
"""Inverse strength of the pull of weights towards zero."""
LOST = 0.003
"""Share of the events that may stand in passages kept out, each passage taken for a text of its own."""
SEEN = 2
"""Passages in which a word must stand to be counted."""
FAINT = 3
"""Hundredths below which a word is left out of the table."""
SMALL = frozenset("the of and in for on to".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the number of events in it; ``text`` numbers the text that it is of."""

    words: frozenset[str]
    events: int
    text: int
    fold: int
    kept: bool
    plain: bool


def plain_texts() -> Iterator[tuple[str, str]]:
    """Name ('sport-05') and text of all plain prose."""
    for path in sorted((ROOT / "data" / "plain").glob("*.texts")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, text = block.split("\n", 1)
            yield name.strip(), text.strip()


def letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def passages_of(report: MarkedReport, number: int) -> Iterator[Passage]:
    """The passages of a marked report; where one begins is told by the letters before it."""
    text = report.document.text
    begins = [letters(text[: event.trigger.start]) for event in report.events]
    at = 0
    for passage in passages(text):
        end = at + letters(passage)
        events = sum(at <= begin < end for begin in begins)
        words = frozenset(words_of(passage))
        yield Passage(words, events, number, report.number % 5, report.is_test, False)
        at = end


def marked_reports() -> Iterator[MarkedReport]:
    """All marked reports; a file in which one breaks the format is left out, and that is said."""
    for path in sorted((ROOT / "data" / "reports").glob("*.reports")):
        try:
            yield from list(read_reports([path]))
        except GoldError as fault:
            print(f"left out: {fault}", file=sys.stderr)


def read_passages() -> list[Passage]:
    found: list[Passage] = []
    for number, report in enumerate(marked_reports()):
        found += passages_of(report, number)
    for number, (name, text) in enumerate(plain_texts(), start=1_000_000):
        fold = int(name.rpartition("-")[2]) % 5
        for passage in passages(text):
            found.append(Passage(frozenset(words_of(passage)), 0, number, fold, fold == 0, True))
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    with table_path(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def named(value: str) -> list[str]:
    """The words of names in a cell, such as are written with a capital."""
    words = [word for name in cells(value) for word in words_of(name)]
    return [word for word in words if len(word) > 2 and word[0].isupper() and word.lower() not in SMALL]


def classes() -> dict[str, set[str]]:
    """What the other tables know of each word, so that names never met in a report say something, too."""
    known: dict[str, set[str]] = {}

    def add(kind: str, words: list[str]) -> None:
        for word in words:
            known.setdefault(word, set()).add(kind)

    for row in rows_of("countries.tsv"):
        for column in ("name", "other_names", "capital", "government_metonyms"):
            add("#country", named(row[column]))
        for column in ("demonym_adjectives", "people_nouns"):
            add("#people", named(row[column]))
    for row in rows_of("peoples.tsv"):
        for column in ("name", "adjectives", "people_nouns"):
            add("#people", named(row[column]))
    for row in rows_of("organisations.tsv"):
        add("#body", [word for word in cells(row["acronym"]) if re.fullmatch("[A-Z]{2,}", word)])
    for table, column in (("nouns.tsv", "noun"), ("titles.tsv", "title")):
        for row in rows_of(table):
            words = [word.lower() for word in words_of(row[column]) if len(word) > 2]
            add(f"#noun:{row['sector']}", [word for word in words if word not in SMALL])
    for form, senses in load_triggers().senses.items():
        for sense in senses:
            add("#phrase" if sense.rest or sense.near else f"#trigger:{sense.types[0]}", [form])
    return known


def features(words: frozenset[str], known: dict[str, set[str]]) -> Counter[str]:
    """The words of a passage, as written and in small letters, and how many there are of each class."""
    small = {word.lower() for word in words}
    found = Counter(small)
    for word in words | small:
        found.update(known.get(word, ()))
    return found


def fit(given: list[Passage], counts: list[Counter[str]], known: dict[str, set[str]]) -> dict[str, float]:
    """The weight of every word, what is known of it by other tables included."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for one in counts for name in one)
    columns = {name: at for at, name in enumerate(sorted(name for name in seen if seen[name] >= SEEN))}
    cells = [
        (at, columns[name], n) for at, one in enumerate(counts) for name, n in one.items() if name in columns
    ]
    down, across, values = zip(*cells, strict=True)
    table = csr_matrix((values, (down, across)), shape=(len(counts), len(columns)), dtype=float)
    plain = np.array([one.plain for one in given])
    weights = np.where(plain, (~plain).sum() / plain.sum(), 1.0)
    model = LogisticRegression(C=PULL, max_iter=300, solver="liblinear").fit(table, ~plain, weights)
    told = dict(zip(columns, model.coef_[0].tolist(), strict=True))
    words = {name for name in told if not name.startswith("#")} | known.keys()
    sums = {
        word: told.get(word, 0.0) + sum(told.get(kind, 0.0) for kind in known.get(word, ())) for word in words
    }
    return {**sums, "": float(model.intercept_[0])}


def table_of(weights: dict[str, float], least: int) -> list[WordRow]:
    hundredths = {word: round(100 * weight) for word, weight in weights.items() if word}
    rows = [WordRow(word, str(n)) for word, n in sorted(hundredths.items()) if abs(n) >= FAINT]
    return [WordRow(LEAST, str(least)), *rows]


def worths(weights: dict[str, float], given: list[Passage]) -> np.ndarray:
    """In hundredths, how much each passage says for events."""
    words = [one.words | {word.lower() for word in one.words} for one in given]
    return np.array([sum(round(100 * weights.get(word, 0)) for word in one) for one in words])


def train(given: list[Passage]) -> list[WordRow]:
    """Fits on four fifths; where the bar is comes from passages that were left out in turns."""
    known = classes()
    used = [one for one in given if not one.kept and (one.plain or one.events)]
    counts = [features(one.words, known) for one in used]
    worth, events = [], []
    bias = fit(used, counts, known)[""]
    for fold in FOLDS:
        inside = [at for at, one in enumerate(used) if one.fold != fold]
        outside = [one for one in used if one.fold == fold and not one.plain]
        weights = fit([used[at] for at in inside], [counts[at] for at in inside], known)
        worth.append(worths(weights, outside) + round(100 * (weights[""] - bias)))
        events.append([one.events for one in outside])
    least = bar(np.concatenate(worth), np.concatenate(events))
    return table_of(fit(used, counts, known), least)


def bar(worth: np.ndarray, events: np.ndarray) -> int:
    """The highest worth below which no more than ``LOST`` of the events are."""
    order = np.argsort(worth)
    share = np.cumsum(events[order]) / events.sum()
    return int(worth[order][np.searchsorted(share, LOST)])


def measure(given: list[Passage], gate: Gate) -> dict[str, float]:
    """What the gate loses and lets in of the part that nothing was fitted on."""
    kept = [one for one in given if one.kept]
    passed = np.array([gate.may_hold(" ".join(one.words)) for one in kept])
    events = np.array([one.events for one in kept])
    plain = np.array([one.plain for one in kept])
    texts = np.array([one.text for one in kept])
    let_in = {text for text, through in zip(texts, passed, strict=True) if through}
    whole = np.isin(texts, list(let_in))
    path = ROOT / "data" / "gsr" / "dev.jsonl"
    single = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {
        "events of reports": int(events.sum()),
        "lost, whole reports": float(events[~whole].sum() / events.sum()),
        "lost, each passage by itself": float(events[~passed].sum() / events.sum()),
        "PLOVER's single sentences": len(single),
        "lost of these": sum(not gate.lets_in(Document("", one)) for one in single) / len(single),
        "plain texts": len(set(texts[plain])),
        "let in of these": len(set(texts[plain]) & let_in) / len(set(texts[plain])),
        "plain passages let in": float(passed[plain].mean()),
    }


def shown(told: dict[str, float]) -> str:
    """What was measured, as a table of the page on speed."""
    rows = ["| of the part kept out of the fitting | measured |", "| --- | ---: |"]
    for name, value in told.items():
        rows.append(f"| {name} | {f'{100 * value:.2f} %' if isinstance(value, float) else f'{value:,}'} |")
    return "\n".join(rows)


def fill(text: str) -> None:
    """Puts the table between its marks in the page on speed."""
    page = ROOT / "docs" / "benchmarks.md"
    before, rest = page.read_text(encoding="utf-8").split("<!-- gate -->", 1)
    after = rest.split("<!-- /gate -->", 1)[1]
    page.write_text(f"{before}<!-- gate -->\n{text}\n<!-- /gate -->{after}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="measure the table that is there")
    parser.add_argument("--write", action="store_true", help="write what is measured into docs/benchmarks.md")
    options = parser.parse_args()
    given = read_passages()
    if not options.check:
        rows = [f"{row.word}\t{row.weight}\n" for row in train(given)]
        table_path(TABLE).write_text("word\tweight\n" + "".join(rows), encoding="utf-8")
    text = shown(measure(given, Gate()))
    print(text)
    if options.write:
        fill(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
