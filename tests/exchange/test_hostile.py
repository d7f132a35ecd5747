"""Files of other datasets that are broken, huge, or not what they are called."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.exchange.importing import READERS, Imported, import_file
from dragoman.query import open_ground
from dragoman.store import Corpus

LONG = 50_000_000
SEPARATORS = {name: "," if form.kind == "csv" else "\t" for name, form in READERS.items()}


def header(name: str) -> bytes:
    """The first line of a file of the format, where it has one."""
    form = READERS[name]
    has_one = form.header and form.kind != "jsonl"
    return SEPARATORS[name].join(form.columns).encode() + b"\n" if has_one else b""


def line(name: str, word: str = "1") -> bytes:
    """A line with the same word in each cell."""
    form = READERS[name]
    if form.kind == "jsonl":
        return json.dumps({"id": word, "actor": {"code": word}, "event": word}).encode() + b"\n"
    return SEPARATORS[name].join([word] * len(form.columns)).encode() + b"\n"


def take(folder: Path, name: str, data: bytes, file: str = "file.txt") -> Imported:
    (folder / file).write_bytes(data)
    return import_file(folder / file, name, Corpus.create(folder / "corpus"))


@pytest.mark.parametrize("name", READERS)
def test_an_empty_file_is_refused_or_holds_nothing(name: str, tmp_path: Path) -> None:
    if READERS[name].header and READERS[name].kind != "jsonl":
        with pytest.raises(DragomanError, match="not of the format"):
            take(tmp_path, name, b"")
    else:
        assert take(tmp_path, name, b"").rows == 0


@pytest.mark.parametrize("name", READERS)
def test_lines_with_too_few_and_too_many_cells_are_named_and_the_rest_is_read(
    name: str, tmp_path: Path
) -> None:
    if READERS[name].kind == "jsonl":
        data = line(name, "a") + b'{"id": "b", "actor"\n' + b"[1, 2]\n" + line(name, "c")
        least = 1
    else:
        sep = SEPARATORS[name].encode()
        few = line(name, "2").rstrip(b"\n").rsplit(sep, 4)[0] + b"\n"
        data = header(name) + line(name, "1") + few + line(name, "3")
        least = 1
    done = take(tmp_path, name, data)
    assert done.faults.bad_lines >= least
    assert done.rows == 2


@pytest.mark.parametrize("name", READERS)
def test_a_line_of_fifty_megabytes_is_named_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    begun = time.process_time()
    done = take(tmp_path, name, header(name) + line(name, "1") + b"x" * LONG + b"\n" + line(name, "2"))
    assert time.process_time() - begun < 20
    assert done.rows == 2
    assert done.faults.bad_lines == 1
    assert len(str(done.faults.bad)) < 1000


@pytest.mark.parametrize("name", READERS)
def test_a_cell_of_fifty_megabytes_does_not_stop_the_import(name: str, tmp_path: Path) -> None:
    done = take(
        tmp_path, name, header(name) + line(name, "1") + line(name, "2").replace(b"2", b"y" * LONG, 1)
    )
    assert done.rows == 1
    assert done.faults.bad_lines == 1


@pytest.mark.parametrize("name", READERS)
def test_latin_1_is_read(name: str, tmp_path: Path) -> None:
    done = take(tmp_path, name, header(name) + line(name, "Ü".encode().decode()).decode().encode("cp1252"))
    assert (done.rows, done.faults.bad_lines) == (1, 0)
    ground = open_ground(tmp_path / "corpus")
    assert "Ü" in ground.rows("SELECT cells FROM imported_events")[0]["cells"]


@pytest.mark.parametrize("name", READERS)
def test_noise_never_ends_in_anything_but_an_error_of_our_own(name: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    for number in range(6):
        noise = bytes(chance.randrange(256) for _ in range(4000))
        for data in (noise, header(name) + noise, header(name) + line(name, "1") + noise):
            try:
                take(tmp_path, name, data, f"{number}.txt")
            except DragomanError:
                continue


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "word", ["", "nan", "inf", "-1", "9" * 400, "1e999", "\x00", "2020-13-45", "=1+1", "٣"]
)
def test_strange_cells_are_kept_or_named(name: str, word: str, tmp_path: Path) -> None:
    done = take(tmp_path, name, header(name) + line(name, word))
    assert done.rows + done.faults.bad_lines >= (0 if word == "" else 1)


def packed(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", data)
    return whole.getvalue()


@pytest.mark.parametrize(("file", "pack"), [("a.zip", packed), ("a.gz", gzip.compress)], ids=["zip", "gz"])
def test_packed_files_that_break_off_are_refused_and_leave_nothing(
    file: str, pack: object, tmp_path: Path
) -> None:
    rows = b"".join(line("gdelt2", str(number)) for number in range(3000))
    whole = pack(rows)  # type: ignore[operator]
    for share in (0.02, 0.5, 0.98):
        with pytest.raises(DragomanError, match="archive"):
            take(tmp_path, "gdelt2", whole[: int(len(whole) * share)], file)
    assert open_ground(tmp_path / "corpus").number("SELECT count(*) FROM imported_events") == 0


def test_a_packed_file_with_a_flaw_in_the_middle_is_refused(tmp_path: Path) -> None:
    rows = b"".join(line("gdelt2", str(number)) for number in range(3000))
    for file, data in (("a.zip", packed(rows)), ("a.gz", gzip.compress(rows))):
        middle = len(data) // 2
        with pytest.raises(DragomanError, match="archive"):
            take(tmp_path, "gdelt2", data[:middle] + b"\xff" * 40 + data[middle + 40 :], file)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(DragomanError, match="can't be read"):
            import_file(path, "icews", Corpus.create(tmp_path / "corpus"))


def test_windows_line_ends_and_a_mark_at_the_beginning_do_no_harm(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + (header("acled") + line("acled", "1")).replace(b"\n", b"\r\n")
    done = take(tmp_path, "acled", data)
    assert (done.rows, done.faults.missing, done.faults.bad_lines) == (1, (), 0)
