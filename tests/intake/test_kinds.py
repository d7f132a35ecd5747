"""Word, PDF, letters, feeds, web archives, packed files, archives and addresses."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import FetchError
from dragoman.intake import Terms, documents_in, find_files, refusal, why_not
from dragoman.records import Document, Problem
from mess import (
    FIRST,
    REPORT,
    docx_bytes,
    garbled,
    json_lines,
    letter,
    only,
    page,
    pdf_bytes,
    problem,
    read,
    rss,
    samples,
    warc_bytes,
    zip_bytes,
)

SAMPLES = samples()


def write(folder: Path, name: str, data: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


# -------------------------------------------------------------------------------------------- Word and PDF


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "report"])
def test_a_word_document_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    document = only(write(tmp_path, name, docx_bytes()))
    assert document.text == f"Envoy recalled\n\n{REPORT}\n\nEnvoys | 2"
    assert document.title
    assert document.title.cut(document.text) == "Envoy recalled"


def test_the_text_layer_of_a_pdf_is_read_as_paragraphs(tmp_path: Path) -> None:
    lines = [
        "Norway recalled its ambassador from Sweden on Wednesday, the for-",
        "eign ministry said in Oslo, and Sweden denied the claims that were",
        "made.",
        "It said that it would answer them in time, and that all would be in",
    ]
    text = only(write(tmp_path, "a.pdf", pdf_bytes(lines))).text
    assert text.split("\n\n")[0].endswith(
        "the foreign ministry said in Oslo, and Sweden denied the claims that were made."
    )
    assert text.split("\n\n")[1].startswith("It said that")


def test_a_pdf_of_pictures_is_told(tmp_path: Path) -> None:
    found = problem(write(tmp_path, "a.pdf", pdf_bytes([])))
    assert "no text layer" in found.reason
    assert "ocrmypdf" in found.remedy


@pytest.mark.parametrize(
    ("member", "what"),
    [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "presentation"), ("content.xml", "OpenDocument")],
)
def test_the_relatives_of_word_documents_are_told(tmp_path: Path, member: str, what: str) -> None:
    assert what in problem(write(tmp_path, "a", zip_bytes({"mimetype": b"x", member: b"<x/>"}))).reason


# --------------------------------------------------------------------------------------- letters and feeds


def test_a_letter_gives_subject_day_and_sender(tmp_path: Path) -> None:
    document = only(write(tmp_path, "a.eml", letter()))
    assert document.text.strip() == f"Envoy recalled\n\n{REPORT}"
    assert document.published
    assert (document.published.start, document.published.rule) == (date(2021, 3, 4), "letter/date")
    assert document.outlet == "TASS"


def test_a_sender_whom_no_table_knows_goes_by_his_own_name(tmp_path: Path) -> None:
    text = letter().replace("news@tass.com", "a@nobody.example")
    assert only(write(tmp_path, "a.eml", text)).outlet == "Norland Brief"


def test_a_letter_of_a_page_and_a_hint_is_read_from_the_page(tmp_path: Path) -> None:
    body = (
        "--x\nContent-Type: text/plain\n\nView this in your browser.\n--x\n"
        "Content-Type: text/html; charset=windows-1251\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"<p>=C2=EB=E0=E4=E8=EC=E8=F0 said so.</p><table><tr><td><p>{REPORT}</p></td></tr></table>\n--x\n"
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=b.txt\n\nsecret\n--x--"
    )
    document = only(write(tmp_path, "a.eml", letter(body, 'multipart/mixed; boundary="x"')))
    assert "Владимир said so." in document.text
    assert "secret" not in document.text
    assert document.notes == ("attachments not read: b.txt",)


def test_a_page_saved_as_one_file_is_a_page(tmp_path: Path) -> None:
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://www.tass.com/a\nSubject: x\n"
        "Date: Sat, 06 Mar 2021 10:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset=utf-8\n\n'
        f"{page()}\n--x--\n"
    )
    document = only(write(tmp_path, "a.mhtml", saved))
    assert document.text == f"Envoy recalled\n\n{REPORT}"
    assert (document.outlet, document.address) == ("TASS", "https://www.tass.com/a")
    assert document.published
    assert document.published.rule == "letter/saved"


def test_a_feed_gives_a_document_an_entry(tmp_path: Path) -> None:
    first, second = read(write(tmp_path, "a.rss", rss()))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"Envoy & co\n\n{FIRST}"
    assert first.published
    assert (first.published.start, first.published.rule) == (date(2021, 3, 4), "feed/published")
    assert (first.outlet, first.address) == ("TASS", "https://www.tass.com/1")
    assert (second.text.strip(), second.outlet) == ("Sweden answers", "Norland Times")


def test_atom_with_content_tells_publication_from_change(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>Envoy</title>'
        "<published>2021-03-04T23:00:00+01:00</published><updated>2021-03-09T10:00:00Z</updated>"
        f'<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>'
    )
    document = only(write(tmp_path, "a.xml", atom))
    assert document.published
    assert (document.published.start, document.modified) == (date(2021, 3, 4), date(2021, 3, 9))
    assert document.notes == ()


def test_a_feed_that_is_not_well_formed_is_read_all_the_same(tmp_path: Path) -> None:
    broken = rss().replace("</channel></rss>", "<item><title>Cut &nbsp; off")
    assert [type(one) for one in read(write(tmp_path, "a.rss", broken))][:2] == [Document, Document]


def test_other_xml_is_told(tmp_path: Path) -> None:
    assert "no RSS or Atom feed" in problem(write(tmp_path, "a.xml", "<?xml version='1.0'?><x/>")).reason


# -------------------------------------------------------------------------------------------- web archives


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_web_archive_gives_its_pages_with_the_day_of_capture_as_a_last_resort(
    tmp_path: Path, gzipped: bool
) -> None:
    said: list[str] = []
    file = write(tmp_path, "a.warc.gz" if gzipped else "a.warc", warc_bytes(gzipped))
    found = list(documents_in([str(file)], tell=lambda path, message: said.append(message)))
    assert all(isinstance(one, Document) for one in found), found
    assert [
        (one.address, one.outlet, one.published.rule if one.published else None)
        for one in found
        if isinstance(one, Document)
    ] == [
        ("https://www.tass.com/dated", "TASS", "html/meta/article:published_time"),
        ("https://example.org/undated", "example.org", "warc/record-date"),
        ("https://example.org/text", "AFP", None),
    ]
    assert found[1].path == f"{file}!https://example.org/undated"
    assert "no date of publication in it" in found[1].notes[0]  # type: ignore[union-attr]
    assert said == ["passed over 2 records of other kinds or without an answer"]


# ------------------------------------------------------------------------------------- packed and archives


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)],
)
def test_packed_files_are_read_as_what_is_in_them(tmp_path: Path, name: str, pack: object) -> None:
    data = pack(REPORT.encode())  # type: ignore[operator]
    assert only(write(tmp_path, name, data)).text == REPORT
    assert only(write(tmp_path, "b" + name, data + data)).text == REPORT + REPORT
    assert "breaks off" in problem(write(tmp_path, "c" + name, data[: len(data) // 2])).reason


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [("tar", "w"), ("tar.gz", "w:gz"), ("tgz", "w:gz"), ("tar.bz2", "w:bz2"), ("tar.xz", "w:xz")],
)
def test_archives_hold_files_of_every_kind_and_other_archives(tmp_path: Path, suffix: str, mode: str) -> None:
    file = tmp_path / f"a.{suffix}"
    with tarfile.open(file, mode) as archive:
        for name, data in {
            **SAMPLES,
            "b.png": b"\x89PNG",
            ".hidden.txt": b"x",
            "__MACOSX/c.txt": b"x",
        }.items():
            info = tarfile.TarInfo(f"in/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    whole = {name: read(write(tmp_path, name, data)) for name, data in SAMPLES.items()}
    found = read(file)
    assert not [one for one in found if isinstance(one, Problem)]
    assert len(found) == sum(map(len, whole.values()))
    assert [one.text for one in found if isinstance(one, Document)] == [
        one.text for name in SAMPLES for one in whole[name] if isinstance(one, Document)
    ]
    assert [one.path for one in found][-1] == f"{file}!in/a.zip!a.docx"


def test_a_broken_archive_keeps_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    with tarfile.open(file, "w") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(REPORT)
            archive.addfile(info, io.BytesIO(REPORT.encode()))
    file.write_bytes(file.read_bytes()[:1400])
    found = read(file)
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], Problem)
    assert "list of contents is missing" in problem(write(tmp_path, "a.zip", SAMPLES["a.zip"][:-40])).reason


# --------------------------------------------------------------------------- addresses, streams, languages


@dataclass
class Page:
    address: str
    content_type: str
    charset: str | None
    body: bytes


def test_addresses_are_fetched_by_what_is_given_for_it() -> None:
    def fetch(address: str) -> Page:
        if address.endswith("none"):
            raise FetchError("there is no such page", "check the address")
        if address.endswith("feed"):
            return Page(address, "application/rss+xml", None, rss().encode())
        return Page(
            "https://www.tass.com/b",
            "text/html",
            "windows-1251",
            page("<p>Владимир: " + FIRST).encode("cp1251"),
        )

    addresses = ["https://tass.com/a", "https://example.org/none", "https://example.org/feed"]
    assert find_files(addresses).paths == tuple(addresses)
    first, second, *entries = documents_in(addresses, fetch=fetch)
    assert isinstance(first, Document)
    assert "Владимир: Norway" in first.text
    assert (first.path, first.address, first.outlet) == (addresses[0], "https://www.tass.com/b", "TASS")
    assert second == Problem(addresses[1], "there is no such page", "check the address")
    assert len(entries) == 2
    assert "not read here" in problem(addresses[0]).reason


@pytest.mark.parametrize("name", SAMPLES)
def test_standard_input_is_read_by_what_it_shows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "a.csv":
        pytest.skip("a table on standard input can't be told from a text")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SAMPLES[name])))
    found = list(documents_in(["-"]))
    assert found
    assert all(isinstance(one, Document) for one in found), found


def test_other_languages_are_given_and_marked(tmp_path: Path) -> None:
    words = "Le président a rencontré son homologue turc à Paris mardi pour parler de la trêve."
    document = only(write(tmp_path, "a.txt", words))
    assert (document.language, why_not(document)) == ("fr", "language: fr")
    told = refusal(document)
    assert told
    assert "looks like French" in told.reason
    english = only(write(tmp_path, "b.txt", REPORT))
    assert (english.language, why_not(english), refusal(english)) == ("en", None, None)
    assert why_not(only(write(tmp_path, "c.txt", "Kyiv denied it."))) is None


def test_what_the_user_says_goes_before_what_a_file_says(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2021-03-04"><link rel="canonical" href="https://tass.com/a">'
    document = only(write(tmp_path, "a.html", page(head=head)), Terms(published="2020", outlet="AFP"))
    assert document.published
    assert (document.published.start, document.outlet) == (date(2020, 1, 1), "AFP")


def test_files_that_are_not_there_or_no_files_are_problems(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.html").reason
    assert "folder" in problem(tmp_path).reason


def test_the_pictures_of_a_saved_page_are_no_reports(tmp_path: Path) -> None:
    write(tmp_path, "a.html", page())
    (tmp_path / "a_files").mkdir()
    write(tmp_path / "a_files", "frame.html", page())
    (tmp_path / "b_files").mkdir()
    write(tmp_path / "b_files", "c.html", page())
    assert [Path(path).name for path in find_files([str(tmp_path)]).paths] == ["a.html", "c.html"]


@pytest.mark.parametrize("name", SAMPLES)
def test_garbled_files_are_answered_without_a_traceback(tmp_path: Path, name: str) -> None:
    for seed in range(16):
        for one in read(write(tmp_path, name, garbled(SAMPLES[name], seed))):
            if isinstance(one, Problem):
                assert one.reason, (name, seed)
                assert one.remedy, (name, seed)
            else:
                one.text.encode("utf-8")


def test_the_order_of_files_does_not_change_what_is_read(tmp_path: Path) -> None:
    files = [str(write(tmp_path, name, data)) for name, data in SAMPLES.items()]
    forward = list(documents_in(files))
    backward = [one for path in reversed(files) for one in documents_in([path])]
    assert sorted(map(repr, forward)) == sorted(map(repr, backward))
    assert len(json_lines().splitlines()) == 3
