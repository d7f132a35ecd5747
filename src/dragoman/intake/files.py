"""What the user named on the command line, as the files that it stands for."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import InputError
from dragoman.intake.kinds import SUFFIXES
from dragoman.intake.stored import LOG, find_stored, is_stored, is_table, shown
from dragoman.records import Problem

STDIN = "-"
SAVED = ("_files", ".files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder with what belongs to a saved page."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order; the files in folders that are no texts; arguments that name nothing."""

    paths: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_files(arguments: Iterable[str]) -> Found:
    """Every file and address that the arguments stand for, each once, folders in sorted order.

    A file that is named outright is read whatever its ending; in folders only those are whose ending is that
    of a kind that can be read. Hidden files and folders, and folders with the pictures of saved pages, are
    passed over in silence; the others are listed in ``skipped``. A Delta table counts as one file.
    """
    paths: dict[str, str] = {}
    skipped: list[str] = []
    problems: list[Problem] = []
    for argument in arguments:
        if is_stored(argument):
            keep_stored(argument, paths, skipped, problems)
            continue
        named = list(expand(argument))
        if not named:
            problems.append(Problem(argument, "there is no such file or folder", "check the path"))
        for name in named:
            for path in walk(name) if os.path.isdir(name) else [name]:  # noqa: PTH112
                if path != name and Path(path).suffix.lower() not in SUFFIXES and not is_table(path):
                    skipped.append(path)
                else:
                    paths.setdefault(identity(path), path)
        if named and os.path.isdir(named[0]) and not any(is_below(path, named) for path in paths.values()):  # noqa: PTH112
            problems.append(
                Problem(
                    argument,
                    "the folder holds nothing that can be read",
                    "texts end in .txt, pages in .html; or name files",
                )
            )
    return Found(tuple(paths.values()), tuple(skipped), tuple(problems))


def keep_stored(argument: str, paths: dict[str, str], skipped: list[str], problems: list[Problem]) -> None:
    """Puts each file of object storage where it belongs."""
    try:
        found = list(find_stored(argument))
    except InputError as fault:
        problems.append(Problem(shown(argument), fault.reason, fault.remedy))
        return
    for path in found:
        if path == argument or Path(shown(path)).suffix.lower() in SUFFIXES or is_table(path):
            paths.setdefault(path, path)
        else:
            skipped.append(shown(path))
    if not found:
        reason = "there is no such file or folder, or nothing in it"
        problems.append(Problem(shown(argument), reason, "check the address"))


def expand(argument: str) -> Iterator[str]:
    """The argument itself where it exists, otherwise what it matches as a pattern ('reports/*.txt')."""
    if argument == STDIN or is_address(argument) or os.path.exists(argument):  # noqa: PTH110
        yield argument
    elif glob.has_magic(argument):
        yield from sorted(glob.glob(argument, recursive=True))  # noqa: PTH207


def walk(folder: str) -> Iterator[str]:
    """Every file below the folder that is not hidden, in sorted order; links to folders are not followed."""
    for top, folders, names in os.walk(folder):
        if LOG in folders:
            folders.clear()
            yield top
            continue
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not is_saved(name, names)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.join(top, name)  # noqa: PTH118


def is_saved(folder: str, files: list[str]) -> bool:
    """Whether the folder holds what belongs to a web page that was saved beside it."""
    for ending in SAVED:
        if folder.endswith(ending):
            stem = folder.removesuffix(ending)
            return f"{stem}.html" in files or f"{stem}.htm" in files
    return False


def is_address(argument: str) -> bool:
    """Whether the argument is the address of a page and not the path of a file."""
    return argument.lower().startswith(("http://", "https://"))


def identity(path: str) -> str:
    """The same for two spellings of one file."""
    return path if path == STDIN or is_address(path) or is_stored(path) else os.path.realpath(path)


def is_below(path: str, folders: list[str]) -> bool:
    """Whether the file lies in one of the folders."""
    return any(Path(path).is_relative_to(folder) for folder in folders)
