"""One writer for each format: it takes documents with their event mentions, and writes to a text stream."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TextIO

from dragoman.output.sheet import COLUMNS, to_row
from dragoman.output.wire import Wire, explanation_to_wire, to_wire
from dragoman.reasons import Explanation
from dragoman.records import Document, EventMention

# JSON leaves these as they are; some steer a terminal, and some readers take the separators for line ends.
ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Writer(Protocol):
    """Writes documents' event mentions, in the order in which they are given."""

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Writes one document's event mentions."""


def json_line(wire: Wire) -> str:
    """The data as one line of JSON that any terminal and any reader can bear."""
    line = json.dumps(wire, ensure_ascii=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"


class JsonLinesWriter:
    """The wire format, one event mention a line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, document: Document, mentions: Sequence[EventMention]) -> None:
        """Writes one line for each event mention; nothing for a document without any."""
        for mention in mentions:
            self.stream.write(json_line(to_wire(mention, document)))


class ExplanationLinesWriter:
    """One JSON object a document with its event mentions and their reasons, also where there are none."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, explanation: Explanation) -> None:
        """Writes one line."""
        self.stream.write(json_line(explanation_to_wire(explanation)))


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


class Explainer(Protocol):
    """Writes explanations, in the order in which they are given."""

    def write(self, explanation: Explanation) -> None:
        """Writes one document's explanation."""


def open_explained_table(stream: TextIO) -> Explainer:
    """The writer for people; what draws it is loaded only here."""
    from dragoman.output.explained import ExplanationReportWriter

    return ExplanationReportWriter(stream)


EXPLAINERS: dict[str, Callable[[TextIO], Explainer]] = {
    "table": open_explained_table,
    "jsonl": ExplanationLinesWriter,
}


def open_explainer(name: str, stream: TextIO) -> Explainer:
    """A writer of explanations in that format ('table' or 'jsonl') onto the stream."""
    return EXPLAINERS[name](stream)
