"""The one door for all inputs: files of any kind, archives, addresses in; documents and problems out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from dragoman.errors import DragomanError, InputError
from dragoman.intake.building import Found, build
from dragoman.intake.decoding import decode, decode_declared
from dragoman.intake.feeds import read_feed
from dragoman.intake.files import STDIN, is_address
from dragoman.intake.kinds import HEAD, kind_of
from dragoman.intake.office import office_kind
from dragoman.intake.packed import HUGE, check_index, read_packed, read_tar, read_zip
from dragoman.intake.pages import foreign_code
from dragoman.intake.reading import WIDEST, file_name, too_long
from dragoman.intake.rows import SHEETS, read_rows
from dragoman.intake.sources import Item, Stream, quiet
from dragoman.intake.stored import is_stored, is_table, open_stored, shown, table_rows
from dragoman.intake.terms import Fetch, Tell, Terms
from dragoman.intake.unread import Part, Unread, problem_of, unread, unread_file
from dragoman.intake.warcs import read_warc
from dragoman.records import Document, Problem

Results = Iterator[Part]


def documents_in(
    paths: Iterable[str], terms: Terms | None = None, fetch: Fetch | None = None, tell: Tell = quiet
) -> Iterator[Document | Problem]:
    """Every document in the files, archives and addresses, and a problem for each part that can't be read.

    One at a time and in order, in memory that does not grow with the files. Documents in other languages are
    given, too; ``why_not`` says which are not to be coded. ``fetch`` gets what is at an address: without it,
    addresses are problems. ``tell(path, message)`` is told what a person may want to know about a file that
    was read, such as the columns that were guessed. '-' is standard input.
    """
    for part in parts_in(paths, terms, fetch, tell):
        yield part.read() if isinstance(part, Unread) else part


def parts_in(
    paths: Iterable[str], terms: Terms | None = None, fetch: Fetch | None = None, tell: Tell = quiet
) -> Results:
    """The same, but pages, letters, Word documents and PDFs are not read yet; other processes may do that."""
    terms = terms or Terms()
    for path in paths:
        try:
            with foreign_code("it"):
                yield from open_path(path, terms, fetch, tell)
        except (DragomanError, OSError) as fault:
            yield problem_of(name_of(path), fault)


def open_path(path: str, terms: Terms, fetch: Fetch | None, tell: Tell) -> Results:
    """What is in one file, at one address, or in standard input."""
    if path == STDIN:
        yield from read_item(Item(STDIN, None, Stream(sys.stdin.buffer), terms, tell))
    elif is_address(path):
        yield from read_item(fetched(path, terms, fetch, tell))
    elif is_table(path):
        name = name_of(path)
        yield from read_table(Item(name, name, Stream(BytesIO()), terms, tell), path)
    elif is_stored(path):
        name = name_of(path)
        held = Stream(open_stored(path))
        yield from read_item(Item(name, name, held, terms, tell, file_name=PurePosixPath(name).name))
    else:
        name = file_name(path)
        if Path(path).is_dir():
            raise InputError("this is a folder, not a file", "name the folder on the command line")
        with Path(path).open("rb") as stream:
            yield from read_item(Item(name, name, Stream(stream), terms, tell, file_name=Path(name).name))


def name_of(path: str) -> str:
    """What to call the file, without the options of an address in storage."""
    return shown(path) if is_stored(path) else file_name(path)


def read_table(item: Item, path: str) -> Results:
    """The documents of a Delta table."""
    try:
        yield from read_rows(item, table_rows(item, path))
    except InputError as fault:
        yield Problem(item.name, fault.reason, fault.remedy)


def fetched(address: str, terms: Terms, fetch: Fetch | None, tell: Tell) -> Item:
    """What is at the address; raises what ``fetch`` raises."""
    if fetch is None:
        raise InputError("addresses are not read here", "save the page, and give the file")
    page = fetch(address)
    return Item(
        name=address,
        path=address,
        stream=Stream(BytesIO(page.body)),
        terms=terms,
        tell=tell,
        content_type=page.content_type,
        charset=page.charset,
        address=page.address or address,
        file_name=PurePosixPath(urlsplit(page.address or address).path).name,
    )


def read_item(item: Item) -> Results:
    """What is in it, by what kind of thing it is; broken files become problems with what came before kept."""
    try:
        with foreign_code("it"):
            yield from reader_of(item)(item)
    except InputError as fault:
        yield Problem(item.name, fault.reason, fault.remedy)


def reader_of(item: Item) -> Callable[[Item], Results]:
    """What reads this kind of thing."""
    kind = kind_of(item.file_name, item.stream.peek(HEAD), item.content_type)
    if kind in SHEETS:
        return lambda item: read_rows(item, SHEETS[kind](item))
    if kind in ("gzip", "bzip2", "xz"):
        return lambda item: read_packed(item, kind, read_item)
    return READERS[kind]


def read_plain(item: Item) -> Results:
    """A plain text, its header lines, title and dateline."""
    terms = item.terms
    most = WIDEST * terms.max_chars + WIDEST
    try:
        data = item.stream.whole(most, "the text")
    except InputError:
        raise too_long(f"there are more than {most:,} bytes", terms.max_chars) from None
    if item.charset and not terms.encoding:
        text, note = decode_declared(data, item.charset)
    else:
        text, note = decode(data, terms.encoding)
    found = Found(text, address=item.address, seen=item.seen, notes=(note,) if note else ())
    yield build(found, item.path, terms)


def read_html(item: Item) -> Results:
    """A web page."""
    yield unread(item, "page", item.stream.whole(item.terms.limits.page_bytes, "the page"))


def read_mail(item: Item) -> Results:
    """A letter."""
    yield unread(item, "letter", item.stream.whole(item.terms.limits.page_bytes, "the letter"))


def read_word(item: Item) -> Results:
    """A Word document."""
    with item.stream.as_file(item.terms.limits.file_bytes, "the Word document") as whole:
        yield unread_file(item, "docx", whole)


def read_portable(item: Item) -> Results:
    """A PDF."""
    with item.stream.as_file(item.terms.limits.file_bytes, "the PDF") as whole:
        yield unread_file(item, "pdf", whole)


def read_archive(item: Item) -> Results:
    """A zip archive, or a Word document whose name does not say so."""
    limit = HUGE if item.depth == 0 else item.terms.limits.file_bytes
    with item.stream.as_file(limit, "the archive") as whole:
        check_index(whole, item.terms.limits.index_bytes)
        if office_kind(whole):
            yield unread_file(item, "docx", whole)
        else:
            whole.seek(0)
            yield from read_zip(item, whole, read_item)


READERS: dict[str, Callable[[Item], Results]] = {
    "text": read_plain,
    "page": read_html,
    "letter": read_mail,
    "feed": read_feed,
    "docx": read_word,
    "pdf": read_portable,
    "zip": read_archive,
    "tar": lambda item: read_tar(item, read_item),
    "warc": lambda item: read_warc(item, read_item),
}
