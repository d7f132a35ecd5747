"""Web pages: the article's words, its dates with their evidence, its outlet; whatever the markup is like."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.intake.pagedates import PageDateRow, Stated, date_rows
from dragoman.intake.pages import parse
from mess import FIRST, REPORT, SECOND, only, page, problem


def write(folder: Path, markup: str | bytes, name: str = "a.html") -> Path:
    file = folder / name
    file.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    return file


def test_a_page_gives_title_words_and_itself(tmp_path: Path) -> None:
    markup = page() + "<!-- end -->"
    document = only(write(tmp_path, markup))
    assert document.text == f"Envoy recalled\n\n{REPORT}"
    assert document.title
    assert document.title.cut(document.text) == "Envoy recalled"
    assert (document.original, document.language) == (markup, "en")


def test_what_stands_around_the_article_is_left_out(tmp_path: Path) -> None:
    around = (
        '<nav><a href="/">Home</a> <a href="/w">World</a></nav>',
        "<footer>Copyright 2021 Norland</footer>",
    )
    body = f"{around[0]}<article><h1>Envoy recalled</h1><p>{FIRST}</p><p>{SECOND}</p></article>{around[1]}"
    text = only(write(tmp_path, page(body))).text
    assert text == f"Envoy recalled\n\n{REPORT}"


def test_entities_and_odd_spaces_become_the_characters_they_stand_for(tmp_path: Path) -> None:
    words = "Norway&rsquo;s envoy&nbsp;left &#8211; for &quot;talks&quot; &amp; rest, at caf&eacute; 5."
    body = f"<p>{words}</p><p>{FIRST}</p>"
    text = only(write(tmp_path, page(body))).text
    assert 'Norway’s envoy left – for "talks" & rest, at café 5.' in text


def test_nested_tables_of_old_pages_are_read(tmp_path: Path) -> None:
    inner = f"<table><tr><td><font size=2><p>{FIRST}<p>{SECOND}</font></td></tr></table>"
    outer = f"<table><tr><td>{inner}</td></tr></table>"
    body = f"<table><tr><td width=90><a href=/>Home</a></td><td>{outer}</td></tr></table>"
    text = only(write(tmp_path, page(body))).text
    assert FIRST in text
    assert SECOND in text


def test_broken_markup_is_mended(tmp_path: Path) -> None:
    body = f"<div><p><b>{FIRST}<p><i>{SECOND}</b></div></td></span><br"
    text = only(write(tmp_path, page(body))).text
    assert FIRST in text
    assert SECOND in text


def test_a_page_of_frames_names_the_pages_in_them(tmp_path: Path) -> None:
    markup = '<html><frameset><frame src="menu.html"><frame src="story.html"></frameset></html>'
    found = problem(write(tmp_path, markup))
    assert "frames (menu.html, story.html)" in found.reason
    assert found.remedy


def test_a_page_that_a_script_fills_in_is_told(tmp_path: Path) -> None:
    found = problem(write(tmp_path, "<html><body><div id=app></div><script>go()</script></body></html>"))
    assert "script" in found.reason


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("windows-1251", '<meta charset="windows-1251">'),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-8", '<meta charset="utf-16">'),
    ],
)
def test_the_declared_encoding_is_followed(tmp_path: Path, encoding: str, declared: str) -> None:
    body = f"<p>President Владимир Зеленский said so. {FIRST}</p><p>{SECOND}</p>"
    document = only(write(tmp_path, page(body, declared).encode(encoding)))
    assert "Владимир Зеленский said so." in document.text
    assert document.notes == ()


def test_latin_1_is_read_as_the_windows_code_page_that_browsers_take_it_for(tmp_path: Path) -> None:
    markup = page(f"<p>“We deny it” – he said. {FIRST}</p><p>{SECOND}</p>", '<meta charset="iso-8859-1">')
    assert "“We deny it” – he said." in only(write(tmp_path, markup.encode("cp1252"))).text


def test_a_wrong_declaration_is_noted(tmp_path: Path) -> None:
    markup = page(f"<p>José left Bogotá. {FIRST}</p><p>{SECOND}</p>", '<meta charset="utf-8">')
    document = only(write(tmp_path, markup.encode("cp1252")))
    assert "José left Bogotá." in document.text
    assert "declared as utf-8 and is not" in document.notes[0]


def test_publication_and_change_are_told_apart(tmp_path: Path) -> None:
    head = (
        '<meta property="article:modified_time" content="2021-03-09T08:00:00Z">'
        '<meta property="article:published_time" content="2021-03-04T23:30:00-05:00">'
    )
    document = only(write(tmp_path, page(head=head)))
    assert document.published
    assert (document.published.start, document.published.rule) == (
        date(2021, 3, 4),
        "html/meta/article:published_time",
    )
    assert document.modified == date(2021, 3, 9)


def test_a_page_that_only_says_when_it_was_changed_has_no_date_of_publication(tmp_path: Path) -> None:
    document = only(write(tmp_path, page(head='<meta property="og:updated_time" content="2021-03-09">')))
    assert (document.published, document.modified) == (None, date(2021, 3, 9))


@pytest.mark.parametrize(
    ("head", "body", "day", "rule"),
    [
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},'
            '{"@type":["NewsArticle"],"datePublished":"2021-03-04"}]}</script>',
            "",
            date(2021, 3, 4),
            "html/json-ld/datePublished",
        ),
        ('<script type="application/ld+json">{broken</script>', "", None, None),
        (
            "",
            '<span class="post-date">Published: March 4, 2021 | Updated: March 9, 2021</span>',
            date(2021, 3, 4),
            "html/byline",
        ),
        ("", '<span class="last-updated">Updated: March 9, 2021</span>', None, None),
        ("", '<time datetime="2021-03-04">Thursday</time>', date(2021, 3, 4), "html/time/only"),
        ("", '<time datetime="2021-03-04">a</time><time datetime="2021-03-09">b</time>', None, None),
        (
            '<link rel="canonical" href="https://example.org/2021/03/04/envoy">',
            "",
            date(2021, 3, 4),
            "html/address",
        ),
        ('<meta name="date" content="1970-01-01">', "", None, None),
        ('<meta name="date" content="03/04/2021">', "", None, None),
    ],
)
def test_the_evidence_of_the_date_is_named(
    tmp_path: Path, head: str, body: str, day: date | None, rule: str | None
) -> None:
    document = only(write(tmp_path, page(f"{body}<p>{FIRST}</p><p>{SECOND}</p>", head)))
    published = document.published
    assert (published.start if published else None, published.rule if published else None) == (day, rule)


def test_dates_that_do_not_agree_are_noted(tmp_path: Path) -> None:
    head = (
        '<meta property="article:published_time" content="2021-03-04"><meta name="date" content="2021-03-11">'
    )
    assert "the page also has 2021-03-11 (html/meta/date)" in only(write(tmp_path, page(head=head))).notes[0]


@pytest.mark.parametrize(
    ("head", "outlet", "address"),
    [
        ('<link rel="canonical" href="https://www.tass.com/a">', "TASS", "https://www.tass.com/a"),
        ('<meta property="og:site_name" content="Norland Times">', "Norland Times", None),
        (
            '<meta property="og:site_name" content="World"><meta property="og:url" content="https://tass.com/b">',
            "TASS",
            "https://tass.com/b",
        ),
    ],
)
def test_the_outlet_is_told_by_the_domain_and_then_by_the_page(
    tmp_path: Path, head: str, outlet: str, address: str | None
) -> None:
    document = only(write(tmp_path, page(head=head)))
    assert (document.outlet, document.address) == (outlet, address)


def test_a_page_that_a_browser_saved_knows_where_it_came_from(tmp_path: Path) -> None:
    markup = page().replace("<html>", "<!-- saved from url=(0022)https://www.tass.com/a -->\n<html>")
    assert only(write(tmp_path, markup)).address == "https://www.tass.com/a"


def test_a_page_saved_as_text_is_still_a_page(tmp_path: Path) -> None:
    assert only(write(tmp_path, page(), "a.txt")).text == f"Envoy recalled\n\n{REPORT}"


def test_a_page_in_another_language_is_kept_and_marked(tmp_path: Path) -> None:
    words = (
        "Le président a rencontré son homologue turc à Paris mardi pour parler de la trêve et des sanctions."
    )
    document = only(write(tmp_path, page(f"<p>{words}</p><p>{words}</p>")))
    assert document.language == "fr"


@pytest.mark.parametrize("row", date_rows(), ids=lambda row: row.id)
def test_each_row_finds_its_date_and_not_the_other(row: PageDateRow) -> None:
    def told(markup: str) -> set[str]:
        stated = Stated(parse(f"<html><head></head><body>{markup}</body></html>"))
        return {one.rule for one in stated.days(row.tells)}

    assert f"html/{row.id}" in told(row.example)
    assert f"html/{row.id}" not in told(row.but_not)
