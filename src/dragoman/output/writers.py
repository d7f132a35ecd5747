"""One writer for each format: it takes documents with their event mentions, and writes to a text stream."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TextIO

from dragoman.output.sheet import COLUMNS, to_row
from dragoman.output.wire import to_wire
from dragoman.records import Document, EventMention

# JSON leaves these as they are; some steer a terminal, and some readers take the separators for line ends.
ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Writer(Protocol):
    """Writes documents' event mentions, in the order in which they are given."""

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Writes one document's event mentions."""


class JsonLinesWriter:
    """The wire format, one event mention a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Writes one line for each event mention; nothing for a document without any."""
        for mention in mentions:
            line = json.dumps(to_wire(mention, document), ensure_ascii=False)
            self.stream.write(ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n")


class CsvWriter:
    """One row for each event mention, under a header that is there even when there are none."""

    def __init__(self, stream: TextIO) -> None:
        self.rows = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        self.rows.writeheader()

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Writes the document's rows."""
        self.rows.writerows(to_row(mention, document) for mention in mentions)


def open_table(stream: TextIO) -> Writer:
    """The writer for people; what draws it is loaded only here."""
    from dragoman.output.report import ReportWriter

    return ReportWriter(stream)


FORMATS: dict[str, Callable[[TextIO], Writer]] = {
    "table": open_table,
    "jsonl": JsonLinesWriter,
    "csv": CsvWriter,
}


def open_writer(name: str, stream: TextIO) -> Writer:
    """A writer of that format ('table', 'jsonl' or 'csv') onto the stream."""
    return FORMATS[name](stream)
