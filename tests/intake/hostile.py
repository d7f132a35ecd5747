"""Makes hostile and broken inputs, and reads a folder of them in a process with little memory.

python tests/intake/hostile.py make FOLDER      python tests/intake/hostile.py read FILE…
"""

from __future__ import annotations

import gzip
import io
import json
import resource
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

MEGABYTE = 1_048_576
MEMORY = 2_500 * MEGABYTE
"""Address space; of real memory much less is used."""
REPORT = (
    "Norway recalled its ambassador from Sweden on Wednesday, the foreign ministry said in Oslo. "
    "Sweden denied the claims that were made by the ministry, and said it would answer them in time."
)
ROW = json.dumps({"title": "Envoy recalled", "text": REPORT, "date": "2021-03-04"})
LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(12)
)
Maker = Callable[[Path], None]
MAKERS: dict[str, Maker] = {}


def makes(name: str) -> Callable[[Maker], Maker]:
    """Enters what makes the file of that name."""

    def enter(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return enter


def zeros(size: int) -> Iterator[bytes]:
    """So many bytes of nothing, in pieces."""
    for _ in range(size // MEGABYTE):
        yield b" " * MEGABYTE


def zipped(path: Path, members: dict[str, bytes | str]) -> None:
    """A zip archive of these."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


@makes("bomb.zip")
def bomb_zip(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.jsonl", "w", force_zip64=True) as member,
    ):
        for piece in zeros(400 * MEGABYTE):
            member.write(piece)


@makes("bomb-in-bomb.zip")
def bomb_in_bomb(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * (90 * MEGABYTE))
    zipped(path, {f"{number}.zip": inner.getvalue() for number in range(5)})


@makes("bomb.jsonl.gz")
def bomb_gzip(path: Path) -> None:
    with gzip.open(path, "wb") as stream:
        for piece in zeros(400 * MEGABYTE):
            stream.write(piece)


@makes("bomb.tar.gz")
def bomb_tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("a.csv")
        info.size = 400 * MEGABYTE
        archive.addfile(info, io.BufferedReader(Zeros(info.size)))


class Zeros(io.RawIOBase):
    """So many blanks."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), self.left)
        buffer[:size] = b" " * size
        self.left -= size
        return size


@makes("matryoshka.zip")
def matryoshka(path: Path) -> None:
    data = REPORT.encode()
    name = "a.txt"
    for depth in range(12):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, data)
        data, name = stream.getvalue(), f"{depth}.zip"
    path.write_bytes(data)


@makes("matryoshka.txt.gz")
def matryoshka_gzip(path: Path) -> None:
    data = REPORT.encode()
    for _ in range(30):
        data = gzip.compress(data)
    path.write_bytes(data)


@makes("climbing.zip")
def climbing_zip(path: Path) -> None:
    zipped(path, {"../../climbed.txt": REPORT, "/etc/absolute.txt": REPORT, "fine.txt": REPORT})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")


@makes("climbing.tar")
def climbing_tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("../climbed.txt", tarfile.REGTYPE),
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("device.txt", tarfile.CHRTYPE),
            ("fine.txt", tarfile.REGTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            info.size = len(REPORT) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(REPORT.encode()))


@makes("locked.zip")
def locked_zip(path: Path) -> None:
    zipped(path, {"a.txt": REPORT, "b.txt": REPORT})
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    path.write_bytes(data)


@makes("crowded.zip")
def crowded_zip(path: Path) -> None:
    """Says that its list of contents has a gigabyte."""
    zipped(path, {"a.txt": REPORT})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = (1 << 30).to_bytes(4, "little")
    path.write_bytes(data)


@makes("liar.zip")
def lying_zip(path: Path) -> None:
    """Says that a member of two megabytes has a hundred bytes."""
    zipped(path, {"a.txt": REPORT * 10_000, "b.txt": REPORT})
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(sign) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(data)


def long_line(path: Path, megabytes: int, head: bytes, tail: bytes) -> None:
    """A line of that length, and what comes after it."""
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(megabytes):
            stream.write(b"x" * MEGABYTE)
        stream.write(tail)


for name, size, head, tail in (
    ("line.txt", 200, b"", b""),
    ("line.html", 40, b"<html><body><p>", b""),
    ("line.jsonl", 200, (ROW + '\n{"text": "').encode(), ('"}\n' + ROW + "\n").encode()),
    ("line.json", 200, b'[{"text": "', b'"}]'),
    ("object.json", 200, b'{"text": "', b'"}'),
    ("line.csv", 200, b'title,text\na,"' + REPORT.encode() + b'"\nb,', b"\nc,d\n"),
    ("quote.csv", 40, b'title,text\na,"' + REPORT.encode() + b'"\nb,"', b""),
    ("line.eml", 40, b"From: a@b.c\nSubject: x\n\n", b""),
    ("line.rss", 40, b"<rss><channel><title>", b"</title></channel></rss>"),
    ("line.warc", 40, b"WARC/1.0\r\nWARC-Type: response\r\nX: ", b"\r\n\r\n"),
):
    makes(name)(partial(long_line, megabytes=size, head=head, tail=tail))


@makes("laughs.rss")
def laughs(path: Path) -> None:
    path.write_text(
        f"{LAUGHS}]><rss><channel><title>x</title><item><title>&m;</title></item></channel></rss>"
    )


@makes("outside.rss")
def outside(path: Path) -> None:
    head = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    path.write_text(f"{head}<rss><channel><item><title>&a;</title></item></channel></rss>")


def word(path: Path, document: str, blanks: int = 0) -> None:
    """A Word document with that inside."""
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, document if info.filename == "word/document.xml" else data)
        if blanks:
            new.writestr("word/media/blank.xml", b" " * blanks)


@makes("laughs.docx")
def laughs_word(path: Path) -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "<w:body><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body>"
    words = f'<w:document xmlns:w="{namespace}">{text}</w:document>'
    word(path, LAUGHS.replace("rss", "w:document") + "]>" + words)


@makes("bomb.docx")
def bomb_word(path: Path) -> None:
    word(path, "<x/>", 300 * MEGABYTE)


@makes("deep.json")
def deep_json(path: Path) -> None:
    path.write_text("[" * 200_000 + "]" * 200_000)


@makes("deep.jsonl")
def deep_lines(path: Path) -> None:
    path.write_text(ROW + "\n" + '{"a":' * 200_000 + "1" + "}" * 200_000 + "\n" + ROW + "\n")


@makes("numbers.jsonl")
def numbers(path: Path) -> None:
    path.write_text(ROW + "\n" + '{"text": ' + "9" * 50_000 + "}\n")


@makes("deep.html")
def deep_page(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 40_000 + REPORT)


@makes("tables.html")
def deep_tables(path: Path) -> None:
    path.write_text("<html><body>" + "<table><tr><td>" * 5_000 + REPORT)


@makes("tags.html")
def many_tags(path: Path) -> None:
    path.write_text("<html><body>" + "<p>a</p>" * 500_000)


@makes("deep.eml")
def deep_letter(path: Path) -> None:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(3_000))
    path.write_text("From: a@b.c\nMIME-Version: 1.0\n" + head + "Content-Type: text/plain\n\nx")


@makes("wide.csv")
def wide_sheet(path: Path) -> None:
    path.write_text(",".join(f"c{at}" for at in range(100_000)) + "\n" + "," * 99_999 + "\n")


@makes("nul.txt")
def nul(path: Path) -> None:
    path.write_bytes(REPORT.encode() + b"\0\0" + REPORT.encode())


@makes("nul.jsonl")
def nul_lines(path: Path) -> None:
    path.write_bytes(ROW.encode().replace(b"Norway", b"Nor\\u0000way") + b"\n" + b"\0" * 100 + b"\n")


@makes("surrogates.jsonl")
def surrogates(path: Path) -> None:
    path.write_text(ROW.replace("Norway", "\\ud83d Norway") + "\n")


@makes("xz.txt.xz")
def hungry_xz(path: Path) -> None:
    """Asks for a dictionary of a gigabyte and a half."""
    import lzma

    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 4096}]
    data = bytearray(lzma.compress(REPORT.encode(), filters=filters))
    data[16] = 39  # the size of the dictionary in the block's head; its checksum is wrong now, too
    path.write_bytes(data)


@makes("bomb.parquet")
def bomb_parquet(path: Path) -> None:
    """Fifty thousand rows that all point to one text of eight megabytes."""
    import pyarrow as pa
    from pyarrow import parquet

    text = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 8 * MEGABYTE]))
    parquet.write_table(pa.table({"text": text}), path, compression="zstd")


@makes("swelling.parquet")
def swelling_parquet(path: Path) -> None:
    """A page of half a gigabyte in a few kilobytes."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"text": pa.array(["x" * MEGABYTE]).take(pa.array([0] * 500))})
    parquet.write_table(table, path, compression="zstd", use_dictionary=False, data_page_size=1 << 30)


@makes("swelling.pdf")
def swelling_pdf(path: Path) -> None:
    """A page whose content unpacks to 300 MB."""
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(piece) for piece in zeros(300 * MEGABYTE)) + packer.flush()
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF" % (len(packed), packed)
    )


@makes("lists.jsonl")
def many_lists(path: Path) -> None:
    """A line of three million empty lists, which take thirty times their size."""
    path.write_text(ROW + "\n[" + "[]," * 2_600_000 + "[]]\n" + ROW + "\n")


@makes("lists.json")
def object_of_lists(path: Path) -> None:
    path.write_text('{"a": [' + "[]," * 3_000_000 + "[]]}")


@makes("entries.rss")
def many_entries(path: Path) -> None:
    path.write_text("<rss><channel>" + "<item><title>a</title></item>" * 30_000 + "</channel></rss>")


@makes("tags.docx")
def many_marks(path: Path) -> None:
    word(path, "<w:p><w:r/></w:p>" * 2_000_000)


def make(folder: Path) -> None:
    """Every hostile file, and broken ones of every kind."""
    for name, maker in MAKERS.items():
        maker(folder / name)


def read(paths: list[str]) -> None:
    """Reads the files, and prints what came of them as a line of JSON, and what memory it took."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    from dragoman.intake import documents_in
    from dragoman.records import Problem

    for path in paths:
        documents, problems, longest = 0, [], 0
        for one in documents_in([path]):
            if isinstance(one, Problem):
                problems.append([one.path, one.reason, one.remedy])
            else:
                documents += 1
                longest = max(longest, len(one.text))
        peak = most_memory()
        told = {"path": path, "documents": documents, "longest": longest, "problems": problems[:20]}
        print(json.dumps({**told, "count": len(problems), "peak": peak}), flush=True)


def most_memory() -> int:
    """The most real memory, in megabytes, that this program has held.

    What ``getrusage`` tells begins with the memory of the process that started this one, here that of the
    whole test run.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        read(sys.argv[2:])
