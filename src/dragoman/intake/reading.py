"""Bytes to ``Document``: size, encoding, kind and language are checked before anything is coded."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.intake.decoding import decode
from dragoman.intake.language import foreign_language
from dragoman.intake.making import make_document
from dragoman.intake.terms import Terms
from dragoman.records import Document

WIDEST = 4  # bytes that a character takes at most in UTF-8, UTF-16 and UTF-32
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_path(path: str | Path, terms: Terms | None = None) -> Document:
    """The file as a ``Document``; raises ``InputError`` saying what is wrong and what to do.

    A file that is too large is refused by its size alone, before it is read.
    """
    terms = terms or Terms()
    file = Path(path)
    try:
        if file.is_dir():
            raise InputError(
                "this is a folder, not a file", "name the folder on the command line, or a file in it"
            )
        size = file.stat().st_size
        if size > WIDEST * terms.max_chars + WIDEST:
            raise too_long(f"the file has {size:,} bytes", terms.max_chars)
        with file.open("rb") as stream:
            return read_stream(stream, file_name(path), terms)
    except OSError as fault:
        raise unreadable(fault) from None


def read_stream(stream: BinaryIO, name: str | None = None, terms: Terms | None = None) -> Document:
    """The bytes of a stream as a ``Document`` of that path; raises ``InputError`` as ``read_path`` does.

    No more is read than the longest text that is allowed.
    """
    terms = terms or Terms()
    most = WIDEST * terms.max_chars + WIDEST
    data = stream.read(most + 1)
    if len(data) > most:
        raise too_long(f"there are more than {most:,} bytes", terms.max_chars)
    text, note = decode(data, terms.encoding)
    return read_text(text, name, terms, notes=(note,) if note else ())


def read_text(
    text: str, name: str | None = None, terms: Terms | None = None, notes: tuple[str, ...] = ()
) -> Document:
    """The text as a ``Document`` of that path; raises ``InputError`` as ``read_path`` does."""
    terms = terms or Terms()
    check_text(text, terms)
    return make_document(text, terms.published, terms.outlet, name, notes)


def file_name(path: str | Path) -> str:
    """The path as text that can be written anywhere, even where the locale can't read file names."""
    return os.fsencode(path).decode("utf-8", "replace")


def check_text(text: str, terms: Terms) -> None:
    """Raises ``InputError`` if the text is empty, too long, a web page or in another language."""
    check_size(text, terms)
    if PAGE.match(text):
        raise InputError("this is a web page, not a plain text", "save the article's words alone as .txt")
    if not terms.any_language and (code := foreign_language(text)):
        raise InputError(*foreign(code))


def check_size(text: str, terms: Terms) -> None:
    """Raises ``InputError`` if the text is empty or too long."""
    if not text.strip():
        raise InputError("there is no text in it", "put the report's words into it")
    if len(text) > terms.max_chars:
        raise too_long(f"the text has {len(text):,} characters", terms.max_chars)


def foreign(code: str) -> tuple[str, str]:
    """Why a text in that language is not coded, and what to do."""
    reason = f"the text is not in English (it looks like {language_name(code)})"
    return reason, "translate it, or use --any-language if that is wrong"


def too_long(what: str, limit: int) -> InputError:
    """The error for a text over the limit."""
    remedy = "split it into single reports, or raise the limit with --max-chars"
    return InputError(f"{what}, and a report may have {limit:,} characters", remedy)


def unreadable(fault: OSError) -> InputError:
    """The error for a file that the system does not give."""
    if fault.errno == errno.ENOENT:
        return InputError("there is no such file", "check the path")
    if fault.errno == errno.EACCES:
        return InputError("you are not allowed to read it", "change its permissions")
    return InputError(f"it can't be read ({fault.strerror})", "check the file")


LANGUAGES = dict(
    part.split("=")
    for part in "ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali ca=Catalan cs=Czech "
    "da=Danish de=German el=Greek es=Spanish et=Estonian fa=Persian fi=Finnish fr=French he=Hebrew hi=Hindi "
    "hr=Croatian hu=Hungarian hy=Armenian id=Indonesian it=Italian ja=Japanese ka=Georgian kk=Kazakh "
    "ko=Korean lt=Lithuanian lv=Latvian ms=Malay nl=Dutch no=Norwegian pl=Polish pt=Portuguese ro=Romanian "
    "ru=Russian sk=Slovak sl=Slovene sq=Albanian sr=Serbian sv=Swedish sw=Swahili th=Thai tr=Turkish "
    "uk=Ukrainian ur=Urdu vi=Vietnamese zh=Chinese".split()
)


def language_name(code: str) -> str:
    """The language's English name where it is a common one, its ISO 639 code otherwise."""
    return LANGUAGES.get(code, f"the language with the code {code}")
