"""Bytes to text: which encoding a file is in, told from its bytes, or refused."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError

# The first bytes of what people pass by mistake, and what to do with it.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first"),
    (b"BZh", "compressed (bzip2)", "unpack it first"),
    (b"\xfd7zXZ", "compressed (xz)", "unpack it first"),
    (b"\x89PNG", "a picture", "give the text itself"),
    (b"\xff\xd8\xff", "a picture", "give the text itself"),
    (b"GIF8", "a picture", "give the text itself"),
)
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text has; form feed, vertical tab, escape and the like do turn up in old wires.
CONTROLS = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f]")
TO_UTF8 = "save it as UTF-8, or name its encoding with --encoding"
BINARY = "give a plain text file"
GUESSES = ["cp1251", "koi8_r", "iso8859_5", "cp1250", "cp1252", "iso8859_9", "cp1253", "cp1256"]


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """The text of a file, and a note on its encoding where that had to be guessed.

    Byte order marks are taken off. Raises ``InputError`` where the bytes are no text, or their encoding
    can't be told.
    """
    for signature, what, remedy in SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"the file is {what}, not a plain text", remedy)
    text, note = decode_as(data, encoding) if encoding else decode_by_sight(data)
    if "\0" in text or len(CONTROLS.findall(text[:20_000])) > max(2, len(text[:20_000]) // 200):
        raise InputError("the file is binary, not a text", BINARY)
    return text, note


# Names by which pages call an encoding while they mean a larger one (https://encoding.spec.whatwg.org/).
LARGER = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-9": "cp1254",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
}


def decode_declared(data: bytes, declared: str | None, encoding: str | None = None) -> tuple[str, str | None]:
    """Text that says in which encoding it is: by byte order mark, then by its word, then by sight.

    ``encoding`` is what the user named, and goes before all. Gives a note where the declaration was not
    followed, or bytes were lost. Raises ``InputError`` for what is no text.
    """
    if encoding:
        return decode_as(data, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), None
    name = (declared or "").strip().strip("\"'").lower()
    name = LARGER.get(name, name)
    if name and is_text_encoding(name):
        try:
            return data.decode(name), None
        except (UnicodeDecodeError, ValueError):
            pass
    if b"\0" in data and not unmarked_utf16(data):
        data = data.replace(b"\0", b"")
    try:
        text, note = decode_by_sight(data)
    except InputError:
        fallback = name if name and is_text_encoding(name) else "utf-8"
        return data.decode(fallback, "replace"), f"some bytes can't be read as {fallback}"
    return text, f"declared as {declared} and is not; {note or 'read as UTF-8'}" if name else note


def is_text_encoding(name: str) -> bool:
    """Whether the name is that of a character encoding."""
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError, TypeError):
        return False


def decode_as(data: bytes, encoding: str) -> tuple[str, None]:
    """The text in the encoding that the user named."""
    try:
        return data.decode(encoding).removeprefix("\ufeff"), None
    except LookupError:
        raise InputError(f"there is no encoding {encoding!r}", "try utf-8, cp1252 or cp1251") from None
    except UnicodeDecodeError as fault:
        reason = f"byte {fault.start} can't be read as {encoding}"
        raise InputError(reason, "leave out --encoding, or name another") from None


def decode_by_sight(data: bytes) -> tuple[str, str | None]:
    """The text in the encoding that the bytes show."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return decode_marked(data[len(mark) :], encoding), None
    if wide := unmarked_utf16(data):
        return decode_marked(data, wide), "no byte order mark; read as UTF-16"
    if b"\0" in data:
        raise InputError("the file is binary, not a text", BINARY)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        encoding = guess_encoding(data)
    return data.decode(encoding), f"not UTF-8; its encoding was guessed as {encoding}"


def decode_marked(data: bytes, encoding: str) -> str:
    """The text in the encoding that the byte order mark names."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        reason = f"the file begins as {encoding.upper()} and does not go on so"
        raise InputError(reason, "save it again as UTF-8") from None


def unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: in Western text every other byte is zero."""
    head = data[:4000]
    if len(head) < 8 or len(data) % 2:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def guess_encoding(data: bytes) -> str:
    """The likely encoding of bytes that are not UTF-8; raises ``InputError`` if none is likely.

    English with a few accented letters or curly quotes is Windows-1252, of which Latin-1 is a part. Bytes
    above 127 that stand in whole words are another alphabet, and charset-normalizer says which.
    """
    high = sum(byte > 127 for byte in data)
    in_words = sum(len(run) for run in re.findall(rb"[\xa8\xb8\xc0-\xff]{3,}", data))
    if in_words < 0.2 * high and high < 0.15 * len(data):
        try:
            data.decode("cp1252")
            return "cp1252"
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=GUESSES).best()
    if best is None:
        raise InputError("its encoding can't be told", TO_UTF8)
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        raise InputError("its encoding can't be told", TO_UTF8) from None
    return best.encoding
