"""Web pages: the article's words without what stands around them, and what the page says about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dragoman.errors import DragomanError, InputError
from dragoman.intake.building import Found
from dragoman.intake.decoding import decode_declared
from dragoman.intake.pagedates import Dates, page_dates
from dragoman.intake.terms import Terms

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
BLOCKS = frozenset(
    "p head item quote code cell row table list div ab h1 h2 h3 h4 h5 h6 li td th tr blockquote pre dt dd "
    "section article header footer main center caption figcaption title".split()
)
DROPPED = frozenset("script style noscript template svg math object select textarea button".split())
SHORT = 200  # characters; what is shorter is looked for again with less restraint
SAVE_WORDS = "save the article's words as .txt"


def read_page(data: bytes, terms: Terms, charset: str | None = None, address: str | None = None) -> Found:
    """The article of a page; raises ``InputError`` where the page is too large or holds none."""
    if len(data) > terms.limits.page_bytes:
        raise InputError(
            f"the page has more than {terms.limits.page_bytes // 1_048_576} MB", "save the article alone"
        )
    declared = charset or declared_charset(data)
    markup, note = decode_declared(data, declared, terms.encoding)
    return read_markup(markup, terms, address, (note,) if note else ())


def declared_charset(data: bytes) -> str | None:
    """The character set that the page's head names, if it does."""
    match = META_CHARSET.search(data, 0, 8192) or XML_ENCODING.match(data.lstrip()[:300])
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    # A page in UTF-16 can't hold this line in ASCII: who declares it there saved the page as UTF-8.
    return "utf-8" if name.startswith(("utf-16", "utf-32", "unicode")) else name


def read_markup(markup: str, terms: Terms, address: str | None = None, notes: tuple[str, ...] = ()) -> Found:
    """The article of a page that has been decoded."""
    if markup.count("<") > terms.limits.page_tags:
        raise InputError(f"the page has {markup.count('<'):,} tags", SAVE_WORDS)
    with foreign_code("the page"):
        tree = parse(markup)
        if tree is None:
            raise InputError("there is no text in it", "check what was saved")
        saved = SAVED_FROM.search(markup, 0, 4096)
        address = address or (saved[1] if saved else None) or own_address(tree)
        dates = page_dates(tree, address)
        article = extract(tree, address)
        text = "\n\n".join(article_paragraphs(article.body, article.title)) if article else ""
    if not text.strip():
        raise no_article(tree)
    return Found(
        text=text,
        title=article.title,
        published=dates.published,
        modified=dates.modified,
        site=article.sitename or dates.publisher,
        address=address,
        original=markup,
        notes=notes + dates_note(dates),
    )


@contextmanager
def foreign_code(what: str) -> Iterator[None]:
    """Turns whatever a library raises over a broken file into an ``InputError``.

    The readers of PDF, HTML and office files raise all kinds of errors over what they did not expect.
    """
    try:
        yield
    except (DragomanError, OSError):
        raise
    except RecursionError:
        raise InputError(f"{what} is nested too deeply to be read", SAVE_WORDS) from None
    except MemoryError:
        raise InputError(f"{what} needs more memory than there is", SAVE_WORDS) from None
    except Exception as fault:
        told = " ".join(str(fault).split())[:120]
        reason = f"{what} is broken ({type(fault).__name__}{': ' * bool(told)}{told})"
        raise InputError(reason, f"open and save it again, or {SAVE_WORDS}") from None


def parse(markup: str) -> Any:
    """The page's tree; ``None`` for an empty page. Broken markup is mended as browsers mend it."""
    from lxml import html

    data = markup.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, collect_ids=False, no_network=True)
    return html.document_fromstring(data, parser=parser, ensure_head_body=True) if data.strip() else None


def extract(tree: Any, address: str | None) -> Any:
    """What trafilatura takes for the article, with title and site; ``None`` if it finds none."""
    # Without this the library complains on the terminal over every odd page.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    found: Any = None
    for recall in (False, True):
        again: Any = bare_extraction(
            tree,
            url=address,
            include_comments=False,
            with_metadata=True,
            favor_recall=recall,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if again is not None and (found is None or len(again.text or "") > 2 * len(found.text or "")):
            found = again
        if found is not None and len(found.text or "") >= SHORT:
            break
    return found


def article_paragraphs(body: Any, title: str | None) -> Iterator[str]:
    """The paragraphs of the article, headings among them, without the title at its head."""
    first = True
    for paragraph in paragraphs(body):
        if not (first and same(paragraph, title)):
            yield paragraph
        first = False


def same(one: str, other: str | None) -> bool:
    """Whether the two are the same but for spaces and capitals."""
    return " ".join(one.split()).casefold() == " ".join((other or "").split()).casefold()


def paragraphs(tree: Any) -> Iterator[str]:
    """The text of each block of a tree, white space tidied, in order; line breaks are kept."""
    from lxml import etree

    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in BLOCKS and not hidden:
            yield from block(parts)
        if tag in DROPPED:
            hidden += 1 if event == "start" else -1
        if event == "start":
            parts += ["\n"] * (tag in ("lb", "br"))
            parts.append(element.text or "") if not hidden else None
        elif not hidden:
            parts.append((element.tail or "") if element is not tree else "")
    yield from block(parts)


def block(parts: list[str]) -> Iterator[str]:
    """The parts as one paragraph, if there is anything in them; they are emptied."""
    words = "".join(part if part == "\n" else re.sub(r"\s+", " ", part) for part in parts)
    parts.clear()
    lines = [line for line in (re.sub(r" +", " ", line).strip() for line in words.split("\n")) if line]
    if lines:
        yield "\n".join(lines)


def own_address(tree: Any) -> str | None:
    """The address that the page gives as its own."""
    for path in (
        "//link[@rel='canonical']/@href",
        "//meta[@property='og:url']/@content",
        "//base/@href",
    ):
        for value in tree.xpath(path):
            if re.match(r"https?://[^\s/]+\.[^\s]+$", value.strip()):
                return str(value.strip())
    return None


def no_article(tree: Any) -> InputError:
    """The error for a page without an article: what is in it instead."""
    frames = [str(value) for value in tree.xpath("//frame/@src | //iframe/@src")][:3]
    if frames:
        return InputError(f"the page only shows others in frames ({', '.join(frames)})", "give those pages")
    if tree.xpath("//script"):
        return InputError(
            "no article is in the page; it may be one that a script fills in",
            f"save it from the browser after it has loaded, or {SAVE_WORDS}",
        )
    return InputError("no article is in the page", SAVE_WORDS)


def dates_note(dates: Dates) -> tuple[str, ...]:
    """A note where the page gives several days as that of its publication."""
    if dates.published is None or not dates.others:
        return ()
    told = ", ".join(f"{other.start} ({other.rule})" for other in dates.others[:3])
    return (f"published {dates.published.start} by {dates.published.rule}; the page also has {told}",)
