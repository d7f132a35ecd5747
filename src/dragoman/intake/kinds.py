"""What kind of file something is: by its first bytes, by what a host said, by the ending of its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

TEXTS = frozenset({".txt", ".text", ".md"})
SUFFIXES: dict[str, str] = {
    **dict.fromkeys(TEXTS, "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "page"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    ".csv": "csv",
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".warc", ".wet"), "warc"),
    ".docx": "docx",
    ".pdf": "pdf",
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "letter"),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml"), "feed"),
    ".zip": "zip",
    ".tar": "tar",
    **dict.fromkeys((".gz", ".tgz"), "gzip"),
    **dict.fromkeys((".bz2", ".tbz2", ".tbz"), "bzip2"),
    **dict.fromkeys((".xz", ".txz"), "xz"),
}
PACKED_TARS = frozenset({".tgz", ".tbz2", ".tbz", ".txz"})
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
CONTENT_TYPES: dict[str, str] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "feed",
    "application/xml": "feed",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "message/rfc822": "letter",
    "text/plain": "text",
}
SINGLE = frozenset({"text", "page", "docx", "pdf", "letter"})
HEAD = 4096
WHITE = rb"[\s\xef\xbb\xbf\x00\xff\xfe]*"
COMMENTS = rb"(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--[^\x00]{0,2000}?-->\s*)*"
PAGE = re.compile(WHITE + COMMENTS + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
FEED = re.compile(WHITE + COMMENTS + rb"(?:<!DOCTYPE[^\x00]{0,2000}?>\s*)?<(?:rss|feed|rdf:RDF)\b")
XML = re.compile(WHITE + rb"<\?xml\b")
LETTER = re.compile(
    rb"(?:From [^\n]{3,200}\n)?(?:(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|X-[\w-]{2,40}|"
    rb"DKIM-Signature|From|Snapshot-Content-Location): [^\n]{1,900}\r?\n(?:[ \t][^\n]{0,900}\r?\n)*){2}",
    re.IGNORECASE,
)
OBJECT = re.compile(WHITE + rb"\{\s*\"[^\"\n]{1,100}\"\s*:")
OBJECTS = re.compile(WHITE + rb"\[\s*\{\s*\"")


def is_readable(name: str) -> bool:
    """Whether a file of that name in a folder or an archive may hold reports; hidden ones don't count."""
    path = PurePosixPath(name)
    if any(part.startswith((".", "__MACOSX")) for part in path.parts if part not in (".", "..")):
        return False
    return path.suffix.lower() in SUFFIXES


def holds_several(path: str) -> bool:
    """Whether a file of that name may hold more than one report."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower(), "text") not in SINGLE


def kind_of(name: str, head: bytes, content_type: str = "") -> str:
    """The kind, one of those in ``SUFFIXES``; 'text' where nothing says otherwise."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return "docx" if kind == "zip" and name.lower().endswith(".docx") else kind
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    sniffed = sniff(head)
    if content_type in CONTENT_TYPES:
        kind = CONTENT_TYPES[content_type]
        return sniffed or kind if kind in ("text", "feed", "page") else kind
    kind = SUFFIXES.get(PurePosixPath(name).suffix.lower(), "")
    if kind in ("text", "feed", "page"):
        # A page saved as .txt is a page; JSON in a .txt stays what it is called.
        return sniffed if sniffed in ("page", "feed") else kind
    return kind or sniffed or "text"


def sniff(head: bytes) -> str:
    """The kind that the first bytes of a text show; "" if they show none."""
    for pattern, kind in (
        (PAGE, "page"),
        (FEED, "feed"),
        (LETTER, "letter"),
        (OBJECT, "json"),
        (OBJECTS, "json"),
    ):
        if pattern.match(head):
            return kind
    return ""


def packed_name(name: str) -> str:
    """The name of what is in a packed file: 'a.txt' for 'a.txt.gz', 'a.tar' for 'a.tgz'."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix in PACKED_TARS:
        return path.stem + ".tar"
    return path.stem if SUFFIXES.get(suffix) in ("gzip", "bzip2", "xz") else name
