"""Fits how much each kind of cue word says for a context, and how often event types have it.

    python tools/fit_contexts.py REPORTS.jsonl     (as tools/check_reports.py --jsonl writes them)

Writes context_weights.tsv and context_priors.tsv beside the other tables. Reports whose number is divisible
by 5 (the test part) or ends in 3 (kept to check on) are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from string import ascii_letters

import numpy as np

from dragoman.events.contexts import FEATURES, ContextFinder
from dragoman.lexicon import table_path
from dragoman.parse import Parser
from dragoman.records import Document, Span

PULL = 20.0
"""How many events of the broader class a narrower one's share is drawn towards."""
SHRINK = 3.0


def read_events(path: Path, contexts: list[str], finder: ContextFinder):
    parser = Parser()
    for line in path.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        number = report["id"].lstrip(ascii_letters)
        if int(number) % 5 == 0 or number.endswith("3"):
            continue
        doc = parser.parse(Document(id=report["id"], text=report["text"]))
        for event in report["events"]:
            span = Span(event["trigger"]["start"], event["trigger"]["end"])
            found = finder.evidence(doc, span, event["event_type"], event["mode"])
            values = np.array([found.get(context, [0.0] * 9) for context in contexts])
            yield event["event_type"], event["mode"] or "", values, [c in event["contexts"] for c in contexts]


def shares(events, count: int):
    totals, sums = Counter(), defaultdict(lambda: np.zeros(count))
    for event, mode, _, gold in events:
        for key in {("", ""), (event, ""), (event, mode)} if mode else {("", ""), (event, "")}:
            totals[key] += 1
            sums[key] += gold
    whole = (sums["", ""] + 0.5) / (totals["", ""] + 1)
    broad = {
        key: (sums[key] + PULL * whole) / (totals[key] + PULL) for key in sums if key[1] == "" and key[0]
    }
    fine = {key: (sums[key] + PULL * broad[key[0], ""]) / (totals[key] + PULL) for key in sums if key[1]}
    return {("", ""): whole, **broad, **fine}


def fit(rows: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, the last weight being the bias."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(rows.shape[1])
    penalty = SHRINK * np.r_[np.ones(len(weights) - 1), 0]
    for _ in range(12):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (chance - gold) + penalty * weights
        curvature = (rows * (chance * (1 - chance))[:, None]).T @ rows + SHRINK * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def main() -> None:
    finder = ContextFinder()
    contexts = sorted({cues.context for cues in finder.cues})
    events = list(read_events(Path(sys.argv[1]), contexts, finder))
    prior = shares(events, len(contexts))
    rows, gold = [], []
    for event, mode, values, truth in events:
        share = prior[event, mode] if (event, mode) in prior else prior[event, ""]
        logit = np.log(share / (1 - share))
        rows.append(np.hstack([values, logit[:, None], 0.3 * np.eye(len(contexts))]))
        gold.append(truth)
    weights = fit(np.vstack(rows), np.hstack(gold).astype(float))
    lines = ["feature\tweight"]
    lines += [f"{name}\t{weight:.3f}" for name, weight in zip(FEATURES, weights, strict=False)]
    lines += [f"{c}\t{0.3 * w:.3f}" for c, w in zip(contexts, weights[len(FEATURES) : -1], strict=True)]
    lines.append(f"bias\t{weights[-1]:.3f}")
    table_path("context_weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["event\tmode\tcontext\tshare"]
    for (event, mode), share in sorted(prior.items()):
        kept = range(len(contexts)) if not event else np.where(share >= 0.002)[0]
        lines += [f"{event}\t{mode}\t{contexts[one]}\t{share[one]:.4f}" for one in kept]
    table_path("context_priors.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
