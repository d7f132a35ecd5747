"""Fits the weights in ``salience.tsv`` on coded reports: which country does a bare description or pronoun
mean?

    python tools/fit_salience.py TRAIN.jsonl CACHE_FOLDER [--rounds 2] [--l2 0.5]

A conditional logit over the candidates: the probability of the gold country (of any right one, if several
are) is raised, with a ridge on all weights. Reports whose number is divisible by five and the fifth that the
room is checked on are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.entities import EntityFinder
from dragoman.lexicon import table_path
from measure_entities import document_of, gold_parties, is_held, judge, load, parsed

Instance = tuple[dict[str, list[str]], set[str], tuple[str, ...]]


def instances(finder: EntityFinder, reports: list[dict[str, Any]], docs: list[Any]) -> list[Instance]:
    """(features by candidate, right candidates, group) of every gold party that was left to salience."""
    found: list[Instance] = []
    for report, doc in zip(reports, docs, strict=True):
        if is_held(report):
            continue
        traced: dict[int, tuple[dict[str, list[str]], tuple[str, ...], dict[str, str]]] = {}

        def trace(
            draft: Any,
            feats: dict[str, list[str]],
            group: tuple[str, ...],
            codes: dict[str, str] | None = None,
            traced: Any = traced,
        ) -> None:
            traced[draft.head] = (feats, group, codes or {})

        finder.trace = trace
        mentions = finder.find(doc, document_of(report))
        starts = {token.idx: token.i for token in doc}
        for start, end, codes, fellows in gold_parties(report):
            _, mention = judge(doc, mentions, start, end, codes, fellows)
            if mention is None or starts.get(mention.head.start) not in traced:
                continue
            feats, group, values = traced[starts[mention.head.start]]
            if values:  # candidates are antecedents, each with its own set of countries
                right = {key for key, value in values.items() if value == ",".join(sorted(codes))}
                if right and len(feats) > 1:
                    found.append((feats, right, group))
            else:
                found += [(feats, {code}, group) for code in codes if code in feats and len(feats) > 1]
    finder.trace = None
    return found


def ridge(name: str) -> float:
    """How hard a weight is held back: those of one group harder, those of antecedents (a:) less."""
    antecedent = name.startswith("a:") or ":a:" in name
    own_group = name.count(":") > (1 if antecedent else 0) or "/" in name
    return (1.0 if own_group else 0.3) * (0.2 if antecedent else 1.0)


def fit(data: list[Instance], l2: float, least: int) -> dict[str, float]:
    """Weights by feature, from full-batch gradient ascent."""
    names: Counter[str] = Counter()
    for feats, _, group in data:
        for one in feats.values():
            names.update(one)
            names.update(f"{g}:{f}" for g in group for f in one)
    index = {name: i for i, name in enumerate(sorted(n for n, c in names.items() if c >= least))}
    rows, columns, owner, right, values = [], [], [], [], 0
    for number_of, (feats, gold, group) in enumerate(data):
        for code, one in feats.items():
            for feature in [*one, *(f"{g}:{f}" for g in group for f in one)]:
                if feature in index:
                    rows.append(values)
                    columns.append(index[feature])
            owner.append(number_of)
            right.append(code in gold)
            values += 1
    r, c, own = np.array(rows), np.array(columns), np.array(owner)
    good = np.array(right, dtype=float)
    weight: NDArray[np.float64] = np.zeros(len(index))
    general = np.array([ridge(name) for name in index]) * l2
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, 401):
        score = np.bincount(r, weight[c], minlength=values)
        score -= np.maximum.reduceat(score, np.searchsorted(own, np.arange(len(data))))[own]
        p = np.exp(score)
        p /= np.bincount(own, p)[own]
        mass = np.bincount(own, p * good)
        toward = p * good / mass[own] - p
        gradient = np.bincount(c, toward[r], minlength=len(index)) - general * weight
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weight += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        if step % 100 == 0:
            print(f"  step {step}: mean log-likelihood {np.log(mass).mean():.4f}")
    return {name: float(weight[i]) for name, i in index.items()}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("train", type=Path)
    options.add_argument("cache", type=Path)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--l2", type=float, default=40.0)
    options.add_argument("--least", type=int, default=30)
    chosen = options.parse_args()
    reports = load(chosen.train)
    docs = parsed(reports, chosen.cache)
    for _ in range(chosen.rounds):
        finder = EntityFinder()
        data = instances(finder, reports, docs)
        print(len(data), "instances", Counter(group[0] for _, _, group in data))
        weights = fit(data, chosen.l2, chosen.least)
        kept = {name: value for name, value in weights.items() if abs(value) >= 0.02}
        rows = [f"{name}\t{value:.3f}\n" for name, value in sorted(kept.items())]
        table_path("salience.tsv").write_text("feature\tweight\n" + "".join(rows), encoding="utf-8")
        print(len(kept), "weights")


if __name__ == "__main__":
    main()
