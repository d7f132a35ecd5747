"""Draws scores as tables of plain text."""

from __future__ import annotations

from typing import Any

from dragoman.evaluation.scoring import ACCURACIES, LEVELS, Scores


def draw_scores(scores: Scores) -> str:
    """The figures of all documents together, then the F1 of each."""
    total = scores.total
    lines = [
        f"{len(scores.documents)} documents, {total['core']} core and {total['optional']} optional events "
        f"in the gold ({total['optional_found']} of these found), {total['predicted']} predicted",
        "",
        f"{'level':<12}{'P':>8}{'R':>8}{'F1':>8}{'tp':>6}{'fp':>6}{'fn':>6}",
    ]
    for level in LEVELS:
        row = total[level]
        ratios = "".join(f"{row[key]:>8.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"{level:<12}{ratios}{row['tp']:>6}{row['fp']:>6}{row['fn']:>6}")
    lines += ["", f"{'accuracy on typed core events':<36}{'right':>7}{'asked':>7}"]
    for name in ACCURACIES:
        row = total[name]
        lines.append(f"{name:<28}{row['accuracy']:>8.3f}{row['right']:>7}{row['asked']:>7}")
    lines += ["", f"traps violated: {total['traps']['violated']} of {total['traps']['total']}"]
    if len(scores.documents) > 1:
        lines += ["", *draw_documents(scores.documents)]
    return "\n".join(lines)


def draw_documents(documents: dict[str, dict[str, Any]]) -> list[str]:
    """A line for each document."""
    lines = [f"{'document':<36}" + "".join(f"{level + ' F1':>14}" for level in LEVELS) + f"{'traps':>8}"]
    for name, row in documents.items():
        ratios = "".join(f"{row[level]['f1']:>14.3f}" for level in LEVELS)
        lines.append(f"{name:<36}{ratios}{row['traps']['violated']:>8}")
    return lines


def draw_types(scores: Scores) -> str:
    """Hits, misses and false alarms of each type."""
    lines = [f"{'type':<12}{'tp':>6}{'fn':>6}{'fp':>6}"]
    for kind, row in scores.total["by_type"].items():
        lines.append(f"{kind:<12}{row['tp']:>6}{row['fn']:>6}{row['fp']:>6}")
    return "\n".join(lines)


def draw_notes(scores: Scores) -> str:
    """Everything that went wrong, by document."""
    parts = ["\n".join([f"== {name}", *(lines or ["all right"])]) for name, lines in scores.notes.items()]
    return "\n\n".join(parts)


SENTENCE_SHARES = {
    "coverage": "coverage",
    "hit_rate": "type hit rate",
    "hit_rate_alt": "type hit rate, other types accepted",
    "first_event_accuracy": "type of the first event",
    "who_whom": "who-whom (type and both sides)",
    "who_whom_specified": "who-whom, both sides specified",
    "pair": "pair (both sides, any type)",
    "pair_specified": "pair, both sides specified",
}


def draw_sentence_scores(scores: dict[str, Any]) -> str:
    """The figures of single sentences."""
    lines = [
        f"{scores['sentences']} sentences, {scores['gold_events']} events in the gold, "
        f"{scores['predicted_events']} predicted",
        "",
    ]
    for key in ("precision", "recall", "f1"):
        lines.append(f"{'type ' + key:<38}{scores['micro'][key]:.3f}")
    lines.append(f"{'type f1, mean of types':<38}{scores['macro_f1']['value']:.3f}")
    for key, label in SENTENCE_SHARES.items():
        share = scores[key]
        lines.append(f"{label:<38}{share['value']:.3f}   ({share['n']} of {share['of']})")
    lines += ["", f"{'type':<12}{'gold':>6}{'pred':>6}{'tp':>6}{'P':>8}{'R':>8}{'F1':>8}"]
    for kind, row in scores["per_type"].items():
        ratios = "".join(f"{row[key]:>8.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"{kind:<12}{row['gold']:>6}{row['predicted']:>6}{row['tp']:>6}{ratios}")
    return "\n".join(lines)
