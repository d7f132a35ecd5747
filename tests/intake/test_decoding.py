"""Which encoding a file is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.intake.decoding import decode, decode_declared

REPORT = "Norway recalled its ambassador from Sweden on Wednesday, the foreign ministry said in Oslo. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_its_byte_order_mark(encoding: str) -> None:
    text, note = decode((REPORT + "Зеленський").encode(encoding))
    assert text == REPORT + "Зеленський"
    assert note is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised_and_noted(encoding: str) -> None:
    text, note = decode(REPORT.encode(encoding))
    assert text == REPORT
    assert "UTF-16" in (note or "")


def test_latin1_accents_are_read_and_the_guess_is_noted() -> None:
    report = REPORT + "José Ramos-Horta met Gustavo Petro in Bogotá."
    text, note = decode(report.encode("latin-1"))
    assert text == report
    assert "guessed as cp1252" in (note or "")


def test_windows_quotes_and_dashes_are_read() -> None:
    report = REPORT + "“We deny it” – the ministry’s words."
    assert decode(report.encode("cp1252"))[0] == report


def test_cyrillic_names_in_an_english_text_are_not_read_as_accents() -> None:
    report = REPORT + "President Владимир Зеленский met министр обороны Сергей Шойгу on Monday. " * 3
    assert decode(report.encode("cp1251"))[0] == report


def test_a_named_encoding_is_taken_at_its_word() -> None:
    assert decode("Тирасполь".encode("koi8-r"), "koi8-r") == ("Тирасполь", None)


def test_a_named_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="byte 0 can't be read as utf-8"):
        decode(b"\xff\xfe", "utf-8")
    with pytest.raises(InputError, match="no encoding 'klingon'"):
        decode(b"abc", "klingon")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"{\\rtf1 text}", "rich text"),
        (b"\x00\x01\x02\x03 binary \x00", "binary"),
        (b"plain ascii \x01\x02\x03\x04\x05\x06 noise", "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        decode(data)
    assert caught.value.remedy


def test_bytes_of_no_known_encoding_are_refused() -> None:
    noise = bytes(129 + (i * 37) % 31 for i in range(400))
    with pytest.raises(InputError):
        decode(noise)


def test_a_broken_utf16_file_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-16"):
        decode(b"\xff\xfea\x00b")


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200)


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_what_was_written_in_unicode_comes_back(words: str, encoding: str) -> None:
    text = f"Norway recalled its envoy. {words}".replace("\ufeff", "")
    assert decode(text.encode(encoding))[0] == text
    assert decode_declared(text.encode(encoding), None)[0] == text


@given(WORDS, st.sampled_from(["cp1251", "koi8-r", "iso-8859-7", "gb2312", "shift_jis", "iso-8859-1"]))
def test_what_was_declared_comes_back(words: str, encoding: str) -> None:
    text = "Norway recalled its envoy. " + words.encode(encoding, "ignore").decode(encoding)
    read, note = decode_declared(text.encode(encoding), encoding)
    if encoding in (
        "gb2312",
        "shift_jis",
        "iso-8859-1",
    ):  # read as the larger set that browsers take them for
        assert len(read) == len(text)
    else:
        assert (read, note) == (text, None)


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "cp1251", "klingon", "utf-16", "rot13", "hex", ""]),
)
def test_any_bytes_are_text_under_some_declaration(data: bytes, declared: str | None) -> None:
    text, _ = decode_declared(data, declared)
    assert len(text) <= len(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_remedy(data: bytes) -> None:
    def answer() -> str:
        try:
            return decode(data)[0]
        except InputError as fault:
            return fault.remedy or "\0"

    assert "\0" not in answer()
