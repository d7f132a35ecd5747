"""``dragoman evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dragoman.cli.exits import complain
from dragoman.evaluation import (
    draw_notes,
    draw_scores,
    draw_sentence_scores,
    draw_types,
    load_sentence_predictions,
    load_sentences,
    score_paths,
    score_sentences,
)


def print_scores(gold: Path, predicted: Path, *, gsr: bool, as_json: bool, verbose: bool) -> None:
    """Prints the figures; the details go to standard error where the figures are JSON."""
    if gsr:
        print_sentence_scores(gold, predicted, as_json=as_json)
        return
    scores = score_paths(gold, predicted)
    for warning in scores.warnings:
        complain(warning)
    figures = {"total": scores.total, "documents": scores.documents}
    click.echo(json.dumps(figures, indent=1, ensure_ascii=False) if as_json else draw_scores(scores))
    if verbose:
        click.echo(f"\n{draw_types(scores)}\n\n{draw_notes(scores)}", err=as_json)


def print_sentence_scores(gold: Path, predicted: Path, *, as_json: bool) -> None:
    """Prints the figures over single sentences."""
    sentences = load_sentences(gold)
    scores = score_sentences(sentences, load_sentence_predictions(predicted, sentences))
    click.echo(json.dumps(scores, indent=2) if as_json else draw_sentence_scores(scores))
