"""Tables of reports (JSON Lines, JSON, CSV, TSV, Parquet): each row or object a ``Document``."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.building import Found, build, tidy
from dragoman.intake.columns import ColumnMap, as_words, map_columns
from dragoman.intake.days import needs_order, on_day, read_day
from dragoman.intake.lines import Line, lines_of
from dragoman.intake.outlets import host_of, outlet_at
from dragoman.intake.packed import ALLOWANCE, bomb
from dragoman.intake.pages import foreign_code, paragraphs, parse, read_markup
from dragoman.intake.reading import PAGE
from dragoman.intake.sources import CHUNK, Item
from dragoman.intake.terms import MEGABYTE
from dragoman.records import Document, Problem

SAMPLE = 50
SAMPLE_CHARS = 4_000_000
BATCH = 64
HUGE = 64 * 1024 * MEGABYTE
TAGS = re.compile(r"</?(?:p|br|div|span|a|b|i|strong|em|li|ul|h[1-6])\b[^<>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
DELIMITERS = (",", "\t", ";", "|")
LONGEST_ID = 200
DEEPEST = 3
WRITE_AGAIN = "write it again as JSON Lines, one object a line"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number from 1 (that of the line in JSON Lines), its values, itself as JSON."""

    number: int
    values: dict[str, Any]
    original: str


Rows = Iterator[Row | Problem]


def read_rows(item: Item, rows: Rows) -> Iterator[Document | Problem]:
    """The documents of a table; the columns are told from its first rows, and said."""
    head: list[Row | Problem] = []
    size = 0
    for row in rows:
        head.append(row)
        size += len(row.original) if isinstance(row, Row) else 0
        if len(head) >= SAMPLE or size > SAMPLE_CHARS:
            break
    sample = [row.values for row in head if isinstance(row, Row)]
    if not sample:
        yield from (one for one in head if isinstance(one, Problem))
        if not head:
            raise InputError("there are no rows in it", "check the file")
        return
    names = list(dict.fromkeys(name for values in sample for name in values))
    columns = map_columns(names, sample, item.terms.columns)
    item.tell(item.name, columns.describe())
    for one in chain(head, rows):
        yield one if isinstance(one, Problem) else read_row(item, one, columns)


def read_row(item: Item, row: Row, columns: ColumnMap) -> Document | Problem:
    """The row's document, or why it is none."""
    name = item.part(str(row.number))
    ident = tidy(as_words(row.values.get(columns.id))) if columns.id else None
    path = item.part(ident[:LONGEST_ID], "#") if ident else name
    try:
        return build(found_in(row, columns, item), path, item.terms)
    except InputError as fault:
        return Problem(name, fault.reason, fault.remedy)


def found_in(row: Row, columns: ColumnMap, item: Item) -> Found:
    """The parts of the report that the row's cells hold."""

    def cell(name: str | None) -> str:
        return as_words(row.values.get(name)) if name else ""

    words = cell(columns.text)
    if not words.strip():
        raise InputError(f'there is no text in the column "{columns.text}"', "see whether it is in another")
    address = cell(columns.url).strip()[:2000] or None
    outlet, where = outlet_of(cell(columns.outlet))
    when = cell(columns.date)
    published = on_day(read_day(when, columns.order), f"column/{columns.date}", when.strip()[:60])
    notes = () if published or not when.strip() else (unread_date(when),)
    common: dict[str, Any] = {
        "title": html.unescape(cell(columns.title)),
        "published": published,
        "modified": read_day(cell(columns.modified), columns.order),
        "outlet": outlet,
        "address": address,
        "original": row.original,
    }
    if PAGE.match(words):
        page = read_markup(words, item.terms, address)
        known = {key: value for key, value in common.items() if value}
        return Found(**{name: getattr(page, name) for name in Found.__slots__} | known)
    return Found(text=plain(words), site=where, notes=notes, **common)


def outlet_of(words: str) -> tuple[str | None, str | None]:
    """The outlet that a cell names, and its domain where the cell gives that alone."""
    name = tidy(words)
    if name and re.fullmatch(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", name):
        address = name if "//" in name else f"https://{name}"
        return outlet_at(address), host_of(address)
    return name, None


def unread_date(words: str) -> str:
    """The note on a date that can't be told."""
    shown = words.strip()[:40]
    if needs_order(shown):
        return f"the date {shown!r} may be two days; write it as 2021-03-04"
    return f"the date {shown!r} can't be read"


def plain(words: str) -> str:
    """A cell's words without the tags and entities that a web page left in them."""
    if len(TAGS.findall(words[:20_000])) >= 2:
        with foreign_code("the text's markup"):
            tree = parse(words)
            words = "\n\n".join(paragraphs(tree)) if tree is not None else ""
    elif ENTITY.search(words):
        words = html.unescape(words)
    return words


def json_lines(item: Item) -> Rows:
    """The objects of JSON Lines; blank lines are passed over."""
    limit = item.terms.limits.line_bytes
    for line in lines_of(item.stream, limit, item.terms.encoding):
        name = item.part(str(line.number))
        if line.text is None:
            yield too_long(name, "line", limit)
        elif line.text.strip():
            try:
                yield as_row(line.number, load(line.text), item, line.text)
            except InputError as fault:
                yield Problem(name, fault.reason, fault.remedy)


def too_long(name: str, what: str, limit: int) -> Problem:
    """The problem of a line or cell that was passed over unread."""
    return Problem(name, f"the {what} has more than {limit // MEGABYTE} MB", "split it into single reports")


def load(text: str) -> Any:
    """The JSON value; raises ``InputError`` for broken, overlong and bottomless ones."""
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError("the JSON is nested too deeply", WRITE_AGAIN) from None
    except ValueError as fault:
        raise InputError(
            f"this is no valid JSON ({' '.join(str(fault).split())[:100]})", WRITE_AGAIN
        ) from None


def as_row(number: int, value: Any, item: Item, original: str | None = None) -> Row:
    """An object as a row, objects in it opened; raises ``InputError`` for anything else."""
    if not isinstance(value, dict):
        raise InputError("this is no JSON object", WRITE_AGAIN)
    if len(value) > item.terms.limits.columns:
        raise InputError(f"the object has {len(value):,} keys", WRITE_AGAIN)
    original = json.dumps(value, ensure_ascii=False, default=str) if original is None else original.strip()
    return Row(number, opened(value), original)


def opened(value: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """The object with those inside it opened: {"source": {"name": "AFP"}} has 'source.name'."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and depth < DEEPEST:
            flat |= opened(inner, f"{before}{key}.", depth + 1)
        else:
            flat[f"{before}{key}"] = inner
    return flat


def json_file(item: Item) -> Rows:
    """The objects of a .json file: an array of them, an object that holds one, a single object, or lines."""
    head = item.stream.peek(CHUNK).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"["):
        return json_array(item)
    first, _, rest = head.partition(b"\n")
    if rest.lstrip().startswith(b"{") or len(rest) > CHUNK // 2:
        try:
            json.loads(first)
            return json_lines(item)
        except (ValueError, RecursionError):
            pass
    return json_object(item)


def json_object(item: Item) -> Rows:
    """The objects in the longest list in the object ({"articles": […]}), or else the object itself."""
    data = item.stream.whole(item.terms.limits.parsed_bytes, "the JSON object")
    value = load(decoded(data, item))
    inner = value.values() if isinstance(value, dict) else ()
    objects: list[Any] = [value]
    for one in inner:
        if is_list_of_objects(one) and (objects == [value] or len(one) > len(objects)):
            objects = one
    for number, one in enumerate(objects, start=1):
        try:
            yield as_row(number, one, item)
        except InputError as fault:
            yield Problem(item.part(str(number)), fault.reason, fault.remedy)


def is_list_of_objects(value: Any) -> bool:
    """Whether it is a list, not empty, of objects only."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def decoded(data: bytes, item: Item) -> str:
    """The text of a whole JSON file."""
    from dragoman.intake.decoding import decode

    return decode(data, item.terms.encoding)[0]


def json_array(item: Item) -> Rows:
    """The objects of a JSON array, one after the other; what is broken ends it."""
    limit = item.terms.limits.line_bytes
    parts = Elements(item, limit)
    parts.skip("[")
    number = 0
    while parts.next_element():
        number += 1
        try:
            value, original = parts.take()
            yield as_row(number, value, item, original)
        except InputError as fault:
            yield Problem(item.part(str(number)), fault.reason, fault.remedy)
            if parts.lost:
                return


class Elements:
    """The elements of a JSON array, read through a window that grows only while one does not fit."""

    def __init__(self, item: Item, limit: int) -> None:
        self.lines = lines_of_pieces(item)
        self.window = ""
        self.limit = limit
        self.decoder = json.JSONDecoder()
        self.lost = False

    def more(self, size: int = CHUNK) -> bool:
        """Reads on; false at the end of the file."""
        parts = [self.window]
        while size > 0 and (piece := next(self.lines, None)) is not None:
            parts.append(piece)
            size -= len(piece)
        self.window = "".join(parts)
        return len(parts) > 1

    def skip(self, signs: str) -> str:
        """The next character that is no white space, which is passed over if it is one of the signs."""
        self.window = self.window.lstrip()
        while not self.window and self.more():
            self.window = self.window.lstrip("\ufeff \t\r\n")
        sign = self.window[:1]
        if sign and sign in signs:
            self.window = self.window[1:]
        return sign

    def next_element(self) -> bool:
        """Whether another element follows."""
        while self.skip(",") == ",":
            pass
        return self.window[:1] not in ("", "]")

    def take(self) -> tuple[Any, str]:
        """The next element and its text; raises ``InputError``, ``lost`` if what follows can't be found."""
        while True:
            try:
                value, end = self.decoder.raw_decode(self.window)
            except RecursionError:
                self.lost = True
                raise InputError("the JSON is nested too deeply; the rest is not read", WRITE_AGAIN) from None
            except ValueError as fault:
                if len(self.window) <= self.limit and self.more(max(CHUNK, len(self.window))):
                    continue
                self.lost = True
                told = (
                    f"larger than {self.limit // MEGABYTE} MB"
                    if len(self.window) > self.limit
                    else str(fault)[:100]
                )
                reason = (
                    f"the array is broken here, or its element is too large ({told}); the rest is not read"
                )
                raise InputError(reason, WRITE_AGAIN) from None
            text, self.window = self.window[:end], self.window[end:]
            return value, text


def lines_of_pieces(item: Item) -> Iterator[str]:
    """The file's text in pieces of any size."""
    import codecs

    from dragoman.intake.decoding import MARKS, unmarked_utf16

    head = item.stream.peek(4096)
    wide = next((name for mark, name in MARKS if head.startswith(mark)), None) or unmarked_utf16(head)
    name = item.terms.encoding or wide or "utf-8"
    decoder = codecs.getincrementaldecoder(name)("replace")
    while piece := item.stream.read(CHUNK):
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


def sheet(item: Item, delimiter: str | None = None) -> Rows:
    """The rows of CSV or TSV under their header; without one, the columns are called 1, 2, 3 …"""
    limit = item.terms.limits.line_bytes
    csv.field_size_limit(limit)
    lines = lines_of(item.stream, limit, item.terms.encoding)
    first = list(first_lines(lines))
    delimiter = delimiter or told_delimiter("".join(line.text or "" for line in first))
    reader = Reader(chain(first, lines), delimiter, item)
    header: list[str] | None = None
    for number, cells in reader.rows():
        if isinstance(cells, Problem):
            yield cells
            continue
        if header is None:
            header = header_of(cells)
            if header is None:
                header = [str(place) for place in range(1, len(cells) + 1)]
            else:
                continue
        yield sheet_row(item, number, header, cells)


def first_lines(lines: Iterator[Line]) -> Iterator[Line]:
    """Up to twenty lines, fewer where they are long."""
    size = 0
    for line in islice(lines, 20):
        yield line
        size += len(line.text or "")
        if size > MEGABYTE:
            return


def sheet_row(item: Item, number: int, header: list[str], cells: list[str]) -> Row | Problem:
    """The row under its header; a row that is longer was cut in wrong places."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(header):
        reason = f"the row has {len(cells)} cells, and the header {len(header)}"
        return Problem(item.part(str(number)), reason, "put quotes around cells that hold the delimiter")
    values = dict(zip(header, cells, strict=False))
    return Row(number, values, json.dumps(values, ensure_ascii=False))


class Reader:
    """The rows of a sheet with the number of the line each begins on."""

    def __init__(self, lines: Iterable[Line], delimiter: str, item: Item) -> None:
        self.item = item
        self.line = 0
        self.broken: int | None = None
        self.cells = csv.reader(self.texts(lines), delimiter=delimiter, strict=False)

    def texts(self, lines: Iterable[Line]) -> Iterator[str]:
        """The lines' texts; one that is too long ends the sheet: nobody knows in which cell it ends."""
        for line in lines:
            self.line = line.number
            if line.text is None:
                self.broken = line.number
                return
            yield line.text

    def rows(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """Each row that is not empty; a problem is the last one, unless the row alone is faulty."""
        while True:
            number = self.line + 1
            try:
                cells = next(self.cells, None)
            except csv.Error as fault:
                limit = self.item.terms.limits.line_bytes // MEGABYTE
                reason = (
                    f"a cell that begins here is larger than {limit} MB; the rest of the file is not read"
                )
                if "limit" not in str(fault):
                    reason = f"this is no valid table ({fault}); the rest of the file is not read"
                remedy = "look for a quotation mark that is not closed"
                yield number, Problem(self.item.part(str(number)), reason, remedy)
                return
            if self.broken is not None:
                limit = self.item.terms.limits.line_bytes
                problem = too_long(self.item.part(str(self.broken)), "line", limit)
                reason = f"{problem.reason}; the rest of the file is not read"
                yield self.broken, Problem(problem.path, reason, problem.remedy)
                return
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                if len(cells) > self.item.terms.limits.columns:
                    problem = Problem(
                        self.item.part(str(number)),
                        f"the row has {len(cells):,} cells",
                        "check the delimiter",
                    )
                    yield number, problem
                else:
                    yield number, cells


def told_delimiter(head: str) -> str:
    """The delimiter by which the first lines fall into the same number of cells, the most of them."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head.splitlines(True), delimiter=delimiter) if row]
        except csv.Error:
            continue
        if widths and widths[0] > 1:
            score = sum(width == widths[0] for width in widths[:10]) / len(widths[:10]) * min(widths[0], 8)
            if score > most:
                best, most = delimiter, score
    return best


def header_of(cells: list[str]) -> list[str] | None:
    """The columns' names, made different where two are the same; ``None`` if the row is one of reports."""
    if any(len(cell) > 100 or read_day(cell) for cell in cells):
        return None
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell.strip() or str(place)
        names.append(name if name not in names else f"{name}.{place}")
    return names


def parquet(item: Item) -> Rows:
    """The rows of a Parquet file, a few at a time; repeated values stay folded until they are asked for."""
    with foreign_code("the Parquet file"):
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile, read_metadata, read_schema

        whole = item.stream.as_file(HUGE, "the Parquet file")
        schema = read_schema(whole)
        whole.seek(0)
        if len(schema) > item.terms.limits.columns:
            raise InputError(f"the table has {len(schema):,} columns", "keep those that are needed")
        check_folded(read_metadata(whole), item.terms.limits.ratio)
        strings = [
            one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)
        ]
        whole.seek(0)
        table = ParquetFile(whole, read_dictionary=strings, pre_buffer=False)
        allowed = max(ALLOWANCE, item.terms.limits.ratio * whole.seek(0, 2))
        yield from rows_of(item, table.iter_batches(batch_size=BATCH), allowed)


def check_folded(metadata: Any, ratio: int) -> None:
    """Raises ``InputError`` where a part of a Parquet file would swell as no text does."""
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            size, packed = chunk.total_uncompressed_size, max(chunk.total_compressed_size, 1)
            if size > ALLOWANCE and size > ratio * packed:
                raise bomb(ratio)


def rows_of(item: Item, batches: Iterable[Any], allowed: int) -> Rows:
    """The rows of a table's batches, numbered from 1; ``InputError`` once they take more than is allowed."""
    number = 0
    for batch in batches:
        for place in range(batch.num_rows):
            number += 1
            row = parquet_row(item, number, batch, place)
            yield row
            allowed -= len(row.original) if isinstance(row, Row) else 0
            if allowed < 0:
                raise bomb(item.terms.limits.ratio)


def parquet_row(item: Item, number: int, batch: Any, place: int) -> Row | Problem:
    """One row of a batch; dates are written as in JSON."""
    try:
        values = {}
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            values[name] = plain_value(column[place].as_py())
        return as_row(number, values, item)
    except InputError as fault:
        return Problem(item.part(str(number)), fault.reason, fault.remedy)


def plain_value(value: Any) -> Any:
    """The value as JSON would have it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value


SHEETS: dict[str, Callable[[Item], Rows]] = {
    "jsonl": json_lines,
    "json": json_file,
    "csv": sheet,
    "tsv": lambda item: sheet(item, "\t"),
    "parquet": parquet,
}
