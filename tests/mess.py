"""Inputs of every kind as people have them, made small."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

from dragoman.intake import Terms, documents_in
from dragoman.records import Document, Problem

REPORT = (
    "Norway recalled its ambassador from Sweden on Wednesday, the foreign ministry said in Oslo.\n\n"
    "Sweden denied the claims that were made by the ministry, and said it would answer them in time."
)
FIRST, SECOND = REPORT.split("\n\n")


def read(path: Path | str, terms: Terms | None = None) -> list[Document | Problem]:
    return list(documents_in([str(path)], terms))


def only(path: Path | str, terms: Terms | None = None) -> Document:
    """The one document in it; fails if there are problems or others."""
    found = read(path, terms)
    assert len(found) == 1, found
    assert isinstance(found[0], Document), found
    return found[0]


def problem(path: Path | str, terms: Terms | None = None) -> Problem:
    """The one problem in it."""
    found = read(path, terms)
    assert len(found) == 1, found
    assert isinstance(found[0], Problem), found
    return found[0]


def page(body: str = "", head: str = "") -> str:
    body = body or f"<h1>Envoy recalled</h1><p>{FIRST}</p><p>{SECOND}</p>"
    return f"<!DOCTYPE html><html><head><title>Envoy recalled</title>{head}</head><body>{body}</body></html>"


def docx_bytes() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Envoy recalled", 0)
    for paragraph in (FIRST, SECOND):
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Envoys", "2"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_bytes(lines: list[str]) -> bytes:
    """A PDF of one page with these lines as its text layer; a picture of nothing without lines."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    content = f"BT /F1 11 Tf 60 760 Td {shown}ET".encode() if lines else b"0 0 100 100 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return data + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, start)
    )


def letter(body: str = REPORT, kind: str = "text/plain; charset=utf-8") -> str:
    return (
        "From: Norland Brief <news@tass.com>\nTo: you@example.org\nSubject: =?utf-8?q?Envoy_recalled?=\n"
        "Date: Thu, 04 Mar 2021 23:30:00 -0500\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}\n\n{body}\n"
    )


def rss() -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Times</title>'
        f"<item><title>Envoy &amp;amp; co</title><description>&lt;p&gt;{FIRST}&lt;/p&gt;</description>"
        "<pubDate>Thu, 04 Mar 2021 23:30:00 -0500</pubDate><link>https://www.tass.com/1</link></item>"
        "<item><title>Sweden answers</title></item></channel></rss>"
    )


def warc_bytes(gzipped: bool = True) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    dated = page(head='<meta property="article:published_time" content="2021-03-04">')
    for address, status, kind, body in (
        ("https://www.tass.com/dated", "200 OK", "text/html; charset=utf-8", dated.encode()),
        ("https://example.org/undated", "200 OK", "text/html; charset=windows-1251", page().encode()),
        ("https://example.org/text", "200 OK", "text/plain", f"OSLO, March 3 (AFP) - {REPORT}".encode()),
        ("https://example.org/none", "404 Not Found", "text/html", b"<html>none</html>"),
        ("https://example.org/picture", "200 OK", "image/png", b"\x89PNG"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2021-03-06T10:00:00Z"},
        )
        writer.write_record(record)
    return stream.getvalue()


def rows() -> list[dict[str, object]]:
    return [
        {
            "id": 100 + number,
            "headline": f"Envoy {number}",
            "body": f"{REPORT} {number}",
            "source": {"name": "AFP"},
            "pub_date": f"2021-03-0{number + 1}T23:00:00Z",
            "link": f"https://example.org/{number}",
        }
        for number in range(3)
    ]


def json_lines() -> str:
    return "".join(json.dumps(row) + "\n" for row in rows())


def parquet_bytes() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows()), stream)
    return stream.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def samples() -> dict[str, bytes]:
    """A sound file of each kind, under its name."""
    plain = {
        "a.txt": REPORT.encode(),
        "a.html": page().encode(),
        "a.jsonl": json_lines().encode(),
        "a.json": json.dumps(rows()).encode(),
        "a.csv": f'title,text\nEnvoy,"{REPORT}"\nEnvoy,"{REPORT} So it said."\n'.encode(),
        "a.parquet": parquet_bytes(),
        "a.docx": docx_bytes(),
        "a.pdf": pdf_bytes(REPORT.replace("\n\n", " ").split(", ")),
        "a.eml": letter().encode(),
        "a.rss": rss().encode(),
        "a.warc": warc_bytes(gzipped=False),
        "a.warc.gz": warc_bytes(),
    }
    return {**plain, "a.zip": zip_bytes({name: plain[name] for name in ("a.txt", "a.csv", "a.docx")})}


def garbled(data: bytes, seed: int) -> bytes:
    """The file, cut somewhere or with some bytes changed."""
    chance = random.Random(seed)
    if seed % 2:
        return data[: chance.randrange(1, len(data))]
    changed = bytearray(data)
    for _ in range(1 + len(data) // 500):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)
