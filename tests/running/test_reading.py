"""Pages, Word documents and PDFs are read where documents are coded, and nothing else changes by that."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

import mess
from corpus_rows import RUN, content, report
from dragoman.errors import ModelError
from dragoman.intake import Terms, Unread, documents_in, parts_in
from dragoman.intake import unread as unread_module
from dragoman.processes import AHEAD
from dragoman.records import Document, Problem
from dragoman.running import Adder, Plan, Summary
from dragoman.running.adding import read_ahead
from dragoman.store import Corpus, check
from wordcoder import WordCoder

PLAN = Plan(WordCoder, RUN, most_documents=4)
LETTER = (
    "From: A B <a@example.org>\r\nTo: c@example.org\r\nSubject: Envoy recalled\r\n"
    "Date: Thu, 4 Mar 2021 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
)


class NoCoder(WordCoder):
    """A coder that can't be loaded."""

    def __init__(self) -> None:
        raise ModelError("there is no model")


class Recorder:
    """Stands for coders, and notes how much it was given; nothing is done before it is asked for."""

    def __init__(self, jobs: int = 2) -> None:
        self.jobs = jobs
        self.ahead = AHEAD
        self.given: list[Future[Document | Problem]] = []

    def read(self, unread: Unread) -> Future[Document | Problem]:
        self.given.append(Late(unread))
        return self.given[-1]


class Late(Future[Document | Problem]):
    """Is done only when somebody waits for it."""

    def __init__(self, unread: Unread) -> None:
        super().__init__()
        self.unread = unread

    def result(self, timeout: float | None = None) -> Document | Problem:
        return self.unread.read()


def numbered(number: int) -> str:
    return mess.page(f"<h1>Envoy {number}</h1><p>{mess.FIRST}</p><p>{mess.SECOND} Page {number}.</p>")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Files of each kind, two the same, some broken, in an order that mixes them."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(20):
        (folder / f"page-{number:02d}.html").write_text(numbered(number), encoding="utf-8")
    (folder / "page-05-again.html").write_text(numbered(5), encoding="utf-8")
    (folder / "page-07-empty.html").write_text("<html><body></body></html>", encoding="utf-8")
    (folder / "page-08-plain.txt").write_text(f"{mess.REPORT}\n\nOn paper.", encoding="utf-8")
    (folder / "page-09.docx").write_bytes(mess.docx_bytes())
    (folder / "page-10-broken.docx").write_bytes(mess.docx_bytes()[:-300])
    (folder / "page-11.pdf").write_bytes(mess.pdf_bytes(mess.REPORT.replace("\n\n", "\n").split("\n")))
    (folder / "page-12-pictures.pdf").write_bytes(mess.pdf_bytes([]))
    (folder / "page-13.eml").write_text(LETTER + mess.REPORT, encoding="utf-8", newline="")
    with zipfile.ZipFile(folder / "page-14.zip", "w") as archive:
        archive.writestr("one.html", numbered(100))
        archive.writestr("two.html", "<html><frameset><frame src='a.html'></frameset></html>")
        archive.writestr("three.txt", f"{mess.REPORT}\n\nIn an archive.")
    return [str(path) for path in sorted(folder.iterdir())]


def add_files(path: Path, files: list[str], plan: Plan) -> Summary:
    with Adder(Corpus.create(path), plan) as adder:
        adder.take(adder.read(parts_in(files)))
    return adder.summary


def in_order(path: Path) -> list[str]:
    """The paths of the documents, as they were committed."""
    query = "SELECT path FROM documents JOIN batches ON documents.batch = batches.id ORDER BY version, path"
    return [name for (name,) in Corpus.open(path).at().rows(query)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_corpus_is_that_of_files_read_one_by_one(tmp_path: Path, files: list[str], jobs: int) -> None:
    with Adder(Corpus.create(tmp_path / "before"), PLAN) as adder:
        adder.take(documents_in(files))
    summary = add_files(tmp_path / "after", files, replace(PLAN, jobs=jobs))
    assert content(tmp_path / "after") == content(tmp_path / "before")
    assert in_order(tmp_path / "after") == in_order(tmp_path / "before")
    assert (summary.known, summary.problems) == (1, 4)
    assert check(Corpus.open(tmp_path / "after")) == []


def test_what_comes_is_in_the_files_order(files: list[str]) -> None:
    assert list(read_ahead(parts_in(files), Recorder())) == list(documents_in(files))  # type: ignore[arg-type]


def test_only_a_few_files_are_opened_ahead(files: list[str]) -> None:
    opened: list[str] = []

    def noted() -> Iterator[str]:
        for path in files:
            opened.append(path)
            yield path

    recorder = Recorder(jobs=1)
    for number, _ in enumerate(read_ahead(parts_in(noted()), recorder)):  # type: ignore[arg-type]
        assert len(opened) <= number + AHEAD // 2 + 1
    assert opened == files


def test_what_needs_no_reading_waits_for_nothing() -> None:
    reports = [report(number) for number in range(3)]
    given: list[Document] = []

    def noted() -> Iterator[Document]:
        for one in reports:
            given.append(one)
            yield one

    for number, one in enumerate(read_ahead(noted(), Recorder())):  # type: ignore[arg-type]
        assert one is reports[number]
        assert len(given) == number + 1


def test_files_that_the_corpus_has_load_no_coder(tmp_path: Path, files: list[str]) -> None:
    add_files(tmp_path / "corpus", files, PLAN)
    again = add_files(tmp_path / "corpus", files, replace(PLAN, make_coder=NoCoder))
    assert (again.added, again.known) == (0, again.documents)
    more = [*files, str(tmp_path / "more.txt")]
    Path(more[-1]).write_text("Sweden recalled its envoy, the ministry said.", encoding="utf-8")
    with pytest.raises(ModelError):
        add_files(tmp_path / "corpus", more, replace(PLAN, make_coder=NoCoder))


def test_large_files_are_not_kept_waiting_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "a.html", tmp_path / "a.docx"]
    paths[0].write_text(mess.page(), encoding="utf-8")
    paths[1].write_bytes(mess.docx_bytes())
    names = [str(path) for path in paths]
    assert all(isinstance(one, Unread) for one in parts_in(names))
    monkeypatch.setattr(unread_module, "MOST_BYTES", 10)
    assert list(parts_in(names)) == list(documents_in(names))
    assert all(isinstance(one, Document) for one in parts_in(names))


def test_an_unread_file_can_be_sent_to_another_process(files: list[str]) -> None:
    unread = [one for one in parts_in(files, Terms(outlet="AFP")) if isinstance(one, Unread)]
    assert len(unread) == 29
    sent = [pickle.loads(pickle.dumps(one)) for one in unread]
    assert [one.read() for one in sent] == [one.read() for one in unread]
