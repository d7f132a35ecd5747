"""What the user named on the command line, as the files that it stands for."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.records import Problem

STDIN = "-"
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order; the files in folders that are no texts; arguments that name nothing."""

    paths: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_files(arguments: Iterable[str]) -> Found:
    """Every text that the arguments stand for, each once, folders in sorted order.

    A file that is named outright is read whatever its ending; in folders only .txt, .text and .md are, hidden
    files and folders are passed over in silence, and the others are listed in ``skipped``.
    """
    paths: dict[str, str] = {}
    skipped: list[str] = []
    problems: list[Problem] = []
    for argument in arguments:
        named = list(expand(argument))
        if not named:
            problems.append(Problem(argument, "there is no such file or folder", "check the path"))
        for name in named:
            for path in walk(name) if os.path.isdir(name) else [name]:  # noqa: PTH112
                if path != name and Path(path).suffix.lower() not in TEXT_SUFFIXES:
                    skipped.append(path)
                else:
                    paths.setdefault(identity(path), path)
        if named and os.path.isdir(named[0]) and not any(is_below(path, named) for path in paths.values()):  # noqa: PTH112
            problems.append(
                Problem(
                    argument, "the folder holds no text", "texts end in .txt, .text or .md; or name files"
                )
            )
    return Found(tuple(paths.values()), tuple(skipped), tuple(problems))


def expand(argument: str) -> Iterator[str]:
    """The argument itself where it exists, otherwise what it matches as a pattern ('reports/*.txt')."""
    if argument == STDIN or os.path.exists(argument):  # noqa: PTH110
        yield argument
    elif glob.has_magic(argument):
        yield from sorted(glob.glob(argument, recursive=True))  # noqa: PTH207


def walk(folder: str) -> Iterator[str]:
    """Every file below the folder that is not hidden, in sorted order; links to folders are not followed."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.join(top, name)  # noqa: PTH118


def identity(path: str) -> str:
    """The same for two spellings of one file."""
    return path if path == STDIN else os.path.realpath(path)


def is_below(path: str, folders: list[str]) -> bool:
    """Whether the file lies in one of the folders."""
    return any(Path(path).is_relative_to(folder) for folder in folders)
