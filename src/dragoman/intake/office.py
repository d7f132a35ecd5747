"""Word documents and PDFs with a text layer."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.errors import InputError
from dragoman.intake.building import Found
from dragoman.intake.packed import ALLOWANCE, bomb
from dragoman.intake.pages import foreign_code
from dragoman.intake.terms import MEGABYTE, Terms

MAIN = "word/document.xml"
OTHERS = {
    "xl/workbook.xml": ("an Excel workbook", "save the sheet as CSV"),
    "ppt/presentation.xml": ("a presentation", "save its text as .txt"),
    "content.xml": ("an OpenDocument file", "save it as .docx or .txt"),
    "META-INF/container.xml": ("an e-book", "save its text as .txt"),
}
NO_LAYER = "run it through text recognition first, for example with ocrmypdf"
LEAST = 20
"""Letters on a page on average; under that a PDF is pictures of pages with a stamp on them."""
HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
FULL_LINE = 0.75


def office_kind(whole: BinaryIO) -> str | None:
    """'docx' for a Word document, ``None`` for any other archive; raises ``InputError`` for its relatives."""
    try:
        with zipfile.ZipFile(whole) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return None
    if MAIN in names:
        return "docx"
    for name, (what, remedy) in OTHERS.items():
        if name in names and ("mimetype" in names or name.startswith(("xl/", "ppt/"))):
            raise InputError(f"the file is {what}", remedy)
    return None


def read_docx(whole: BinaryIO, terms: Terms) -> Found:
    """The paragraphs and tables of a Word document, in order."""
    check_unpacked(whole, terms)
    with foreign_code("the Word document"):
        import docx

        document = docx.Document(whole)
        lines = list(docx_blocks(document))
        title = next((text for style, text in lines[:3] if style == "Title"), None)
        properties = document.core_properties
        modified = properties.modified.date() if properties.modified else None
    return Found(text="\n\n".join(text for _, text in lines), title=title, modified=modified)


def docx_blocks(document: Any) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph that is not empty; the cells of a table's row make one."""
    for element in document.iter_inner_content():
        if hasattr(element, "rows"):
            for row in element.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                if text := " | ".join(cell for cell in cells if cell):
                    yield "Table", text
        elif text := element.text.strip():
            yield (element.style.name if element.style is not None else ""), text


def check_unpacked(whole: BinaryIO, terms: Terms) -> None:
    """Raises ``InputError`` where the document would unpack to too much."""
    packed = max(whole.seek(0, 2), 1)
    whole.seek(0)
    with foreign_code("the Word document"), zipfile.ZipFile(whole) as archive:
        size = sum(one.file_size for one in archive.infolist())
        parsed = sum(one.file_size for one in archive.infolist() if one.filename.endswith((".xml", ".rels")))
        if MAIN not in archive.namelist():
            raise InputError("the file is no Word document, whatever its name says", "see what it is")
    if size > terms.limits.unpacked_bytes or (size > ALLOWANCE and size > terms.limits.ratio * packed):
        raise bomb(terms.limits.ratio)
    if parsed > terms.limits.parsed_bytes:
        raise InputError(f"the Word document has {parsed // MEGABYTE} MB of text and marks", "split it")
    whole.seek(0)


def read_pdf(whole: BinaryIO, terms: Terms) -> Found:
    """The text layer of a PDF; raises ``InputError`` where it has none, or is locked."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with foreign_code("the PDF"):
        from pypdf import PdfReader

        reader = PdfReader(whole)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is locked by a password", "save it without the password")
        count = len(reader.pages)
        if count > terms.limits.pages:
            raise InputError(f"the PDF has {count:,} pages", "take the pages out that are needed")
        texts = pdf_pages(reader, terms.max_chars)
        title = reader.metadata.title if reader.metadata else None
    letters = sum(char.isalpha() for text in texts for char in text)
    if letters < LEAST * max(len(texts), 1):
        raise InputError("the PDF has no text layer: its pages are pictures", NO_LAYER)
    text = "\n\n".join(reflow(text) for text in without_heads(texts))
    words = " ".join((title or "").split())
    return Found(
        text=text, title=words if words and words.casefold() in " ".join(text.split()).casefold() else None
    )


def pdf_pages(reader: Any, most: int) -> list[str]:
    """The text of each page; no more is read than a report may have."""
    texts: list[str] = []
    size = 0
    for page in reader.pages:
        texts.append(page.extract_text() or "")
        size += len(texts[-1])
        if size > most:
            break
    return texts


def without_heads(pages: list[str]) -> list[str]:
    """The pages without the line that heads or ends most of them, and without numbers of pages."""
    split = [[line.strip() for line in page.strip().split("\n")] for page in pages]
    for edge in (0, -1):
        lines = [re.sub(r"\d+", "#", page[edge]) for page in split if page]
        for page in split:
            bare = re.sub(r"\d+", "#", page[edge]) if page else ""
            if page and (bare == "#" or (len(pages) > 2 and lines.count(bare) > len(pages) / 2)):
                page.pop(edge)
    return ["\n".join(page) for page in split]


def reflow(text: str) -> str:
    """The lines of a page as paragraphs: a short line that ends a sentence ends one."""
    lines = [line.rstrip() for line in HYPHEN.sub("", text).split("\n")]
    full = FULL_LINE * max((len(line) for line in lines), default=0)
    parts: list[str] = []
    for line in lines:
        parts.append(line.strip() or "\n\n")
        ends = line.endswith((".", "?", "!", "”", '"', ":"))
        parts.append("\n\n" if line.strip() and len(line) < full and ends else " ")
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", re.sub(r" {2,}", " ", "".join(parts))).strip()
