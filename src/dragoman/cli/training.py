"""``dragoman train``: marked reports in, a model folder out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dragoman.errors import ModelError


def train_reader(
    reports: Sequence[Path],
    output: Path,
    epochs: int,
    seed: int,
    folds: int,
    work: Path | None,
    teacher: Path | None,
    start: Path | None,
) -> None:
    """Trains, with the log on standard error; ``ModelError`` where the packages for it are missing."""
    try:
        from dragoman.training.train import train
    except ModuleNotFoundError as fault:
        raise ModelError(
            f"training needs the package {fault.name}; install it with: pip install 'dragoman[train]'"
        ) from None
    train(reports, output, epochs, seed, lambda line: click.echo(line, err=True), folds, work, teacher, start)
