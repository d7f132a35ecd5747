"""Rows of the field's files as they come: packed, in one encoding or two, with a column too many."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError
from dragoman.exchange.formats import Format

RENAMED = {"Event Intensity": "Intensity", "QuadClass": "PentaClass"}
"""Names that some files have for a column."""
SAID = 20
LONGEST = 8 * 1_048_576
"""Bytes of a line that is read; none of these datasets has one of a thousandth of it."""
LEAST = 0.6
"""What share of a format's columns a header must have."""


@dataclass
class Faults:
    """What was found wrong in a file: lines that can't be read, and columns that it lacks or has beside."""

    bad: list[tuple[int, str]] = field(default_factory=list)
    bad_lines: int = 0
    surplus: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def note(self, line: int, why: str) -> None:
        """Takes note of a line; only the first are told one by one."""
        self.bad_lines += 1
        if len(self.bad) < SAID:
            self.bad.append((line, why))


def read_rows(path: Path, form: Format, faults: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row with the number of its line; raises ``InputError`` for a file that is not of the format."""
    with opened(path) as content:
        lines = decoded(content, faults)
        if form.kind == "jsonl":
            yield from objects(lines, faults)
            return
        yield from named(split(lines, form, faults), form, faults, path)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, or what is packed in it."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, member(archive, path) as content:
                yield content
        elif path.suffix == ".gz":
            with gzip.open(path) as packed:
                yield io.BufferedReader(packed)
        else:
            with path.open("rb") as plain:
                yield plain
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError):
        raise InputError(f"{path} is no sound archive, or breaks off", "fetch it again") from None
    except OSError as fault:
        raise InputError(f"{path} can't be read: {fault.strerror or fault}", "check it") from None


def member(archive: zipfile.ZipFile, path: Path) -> IO[bytes]:
    """The one file in the archive."""
    names = [one for one in archive.namelist() if not one.endswith("/")]
    if len(names) != 1:
        raise InputError(f"{path} holds {len(names)} files", "unpack it, and give one of them")
    try:
        return archive.open(names[0])
    except (RuntimeError, NotImplementedError) as fault:
        raise InputError(f"{path} can't be unpacked here ({fault})", "unpack it, and give the file") from None


def decoded(content: IO[bytes], faults: Faults) -> Iterator[str]:
    """The lines as text, empty where one is too long; what is not UTF-8 is of Windows' western code page."""
    number = 0
    while line := content.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            faults.note(number, "is longer than 8 MB")
            while line and not line.endswith(b"\n"):
                line = content.readline(LONGEST)
            yield "\n"
            continue
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")


def objects(lines: Iterable[str], faults: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON Lines."""
    for number, line in enumerate(lines, start=1):
        try:
            found = json.loads(line) if line.strip() else None
        except ValueError:
            faults.note(number, "is no JSON")
            continue
        if isinstance(found, dict):
            yield number, found


def split(lines: Iterable[str], form: Format, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line; only CSV has quotes."""
    if form.kind == "csv":
        yield from quoted(lines, faults)
        return
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if text:
            yield number, text.split("\t")


def quoted(lines: Iterable[str], faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row of CSV; a row that breaks its rules, as by a quote that never ends, is noted."""
    reader = csv.reader(lines)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            faults.note(reader.line_num, f"is no CSV ({fault})")
            continue
        if row:
            yield reader.line_num, row


def named(
    rows: Iterator[tuple[int, list[str]]], form: Format, faults: Faults, path: Path
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The cells by column."""
    if not form.header:
        yield from counted(rows, form, faults)
        return
    _, header = next(rows, (0, []))
    names = [RENAMED.get(one.strip(), one.strip()) for one in header]
    have = [one for one in form.columns if one in names]
    if len(have) < LEAST * len(form.columns):
        raise InputError(
            f"{path} is not of the format {form.name}: it has {len(have)} of its {len(form.columns)} columns",
            "check --format, and whether the header is there",
        )
    faults.surplus = tuple(one for one in names if one and one not in form.columns)
    faults.missing = tuple(one for one in form.columns if one not in names)
    for number, row in rows:
        if len(row) < len(header) - trailing(header):
            faults.note(number, f"has {len(row)} cells, the header {len(header)}")
            continue
        cells = dict(zip(names, row, strict=False))
        yield number, {one: cells.get(one, "") for one in form.columns}


def trailing(header: list[str]) -> int:
    """How many names at the end of a header are empty."""
    return len(header) - len([one for one in header if one.strip()])


def counted(
    rows: Iterator[tuple[int, list[str]]], form: Format, faults: Faults
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The cells by place; a file may lack the last column, and may have a header after all."""
    for number, row in rows:
        if number == 1 and row[0].strip().lower() == form.columns[0].lower():
            continue
        while len(row) > len(form.columns) and not row[-1]:
            row.pop()
        if len(row) == len(form.columns) - 1:
            row.append("")
        if len(row) != len(form.columns):
            faults.note(number, f"has {len(row)} cells, there should be {len(form.columns)}")
            continue
        yield number, dict(zip(form.columns, row, strict=True))
