"""A small server on this machine that speaks as much of S3 as reading takes: lists, sizes, and ranges."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

DAY = "2026-11-24T00:00:00.000Z"


class Handler(BaseHTTPRequestHandler):
    """Answers from a folder whose folders are buckets."""

    root: Path
    asked: list[str]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.asked.append(self.path)
        query = parse_qs(url.query, keep_blank_values=True)
        bucket, _, key = unquote(url.path).lstrip("/").partition("/")
        if "list-type" in query:
            self.say(200, self.listing(bucket, query).encode(), "application/xml")
        else:
            self.give(bucket, key)

    def do_HEAD(self) -> None:
        bucket, _, key = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
        if not key and (self.root / bucket).is_dir():
            self.say(200, b"", "application/xml")
        else:
            self.give(bucket, key)

    def give(self, bucket: str, key: str) -> None:
        path = self.root / bucket / key
        if not key or not path.is_file():
            code = "NoSuchKey" if (self.root / bucket).is_dir() else "NoSuchBucket"
            self.say(404, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode(), "text/xml")
            return
        data, asked = path.read_bytes(), self.headers.get("Range")
        if not asked:
            self.say(200, data, "binary/octet-stream")
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin, end = int(first), min(int(last or len(data) - 1), len(data) - 1)
        self.say(
            206,
            data[begin : end + 1],
            "binary/octet-stream",
            ("Content-Range", f"bytes {begin}-{end}/{len(data)}"),
        )

    def listing(self, bucket: str, query: dict[str, list[str]]) -> str:
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        top = self.root / bucket
        keys = sorted(one.relative_to(top).as_posix() for one in top.rglob("*") if one.is_file())
        found, common = [], []
        for key in (one for one in keys if one.startswith(prefix)):
            rest = key[len(prefix) :]
            if delimiter and delimiter in rest:
                common.append(prefix + rest.split(delimiter)[0] + delimiter)
            else:
                found.append(key)
        contents = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{DAY}</LastModified><ETag>&quot;e&quot;</ETag>"
            f"<Size>{(top / key).stat().st_size}</Size><StorageClass>STANDARD</StorageClass></Contents>"
            for key in found
        )
        folders = "".join(
            f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>"
            for one in dict.fromkeys(common)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(found)}</KeyCount>"
            f"<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>{contents}{folders}</ListBucketResult>"
        )

    def say(self, code: int, data: bytes, kind: str, *more: tuple[str, str]) -> None:
        self.send_response(code)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(data))),
            ("Last-Modified", "Tue, 24 Nov 2026 00:00:00 GMT"),
            ("ETag", '"e"'),
            ("Accept-Ranges", "bytes"),
            *more,
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Host and port of a server over the folder, and what it was asked."""
    asked: list[str] = []
    handler = type("Over", (Handler,), {"root": root, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
