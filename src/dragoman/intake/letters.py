"""Letters: newsletters by e-mail (.eml), and web pages that a browser saved as one (.mhtml)."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.building import Found
from dragoman.intake.days import on_day, read_day
from dragoman.intake.decoding import decode_declared
from dragoman.intake.outlets import outlet_at
from dragoman.intake.pages import foreign_code, paragraphs, parse, read_page
from dragoman.intake.terms import Terms

MOST_PARTS = 500
MOST_BOUNDARIES = 200
LEAST_TEXT = 200
"""Characters; a shorter text beside a page only says that the letter is to be seen in a browser."""


def read_letter(data: bytes, terms: Terms) -> Found:
    """Subject and text of a letter, its day, and its sender as the outlet."""
    if data.count(b"boundary=") > MOST_BOUNDARIES:
        raise InputError("the letter is nested too deeply to be read", "save its text as .txt")
    with foreign_code("the letter"):
        letter = message_from_bytes(data, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        parts = list(text_parts(letter))
        sent = header(letter, "Date")
        address = header(letter, "Snapshot-Content-Location") or None
        sender, domain = sender_of(letter)
        found = body(parts, terms, address)
        notes = found.notes + attachments_note(letter)
    published = on_day(read_day(sent), "letter/date", sent[:60])
    saved = address is not None  # a browser's Date is the day on which the page was saved
    return Found(
        text=found.text,
        title=found.title if saved else header(letter, "Subject") or found.title,
        published=found.published if saved else published,
        modified=found.modified,
        outlet=None if saved else outlet_at(f"https://{domain}") or sender,
        site=found.site if saved else None,
        address=address,
        original=found.original,
        seen=on_day(read_day(sent), "letter/saved", sent[:60]) if saved else None,
        notes=notes,
    )


def header(letter: EmailMessage, name: str) -> str:
    """A header's words on one line; "" if it is missing or can't be read."""
    try:
        return " ".join(str(letter.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, LookupError):
        return ""


def sender_of(letter: EmailMessage) -> tuple[str | None, str]:
    """The name by which the sender goes, and the domain of the address."""
    try:
        first = letter["From"].addresses[0]
        return first.display_name.strip() or None, first.domain
    except (AttributeError, IndexError, ValueError, TypeError, LookupError):
        return None, ""


def text_parts(letter: Message[Any, Any]) -> list[tuple[str, bytes, str | None]]:
    """Kind, bytes and character set of each text part that is no attachment."""
    found = []
    for number, part in enumerate(letter.walk()):
        if number >= MOST_PARTS:
            raise InputError(f"the letter has more than {MOST_PARTS} parts", "save its text as .txt")
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                found.append((kind, payload, part.get_content_charset()))
    return found


def body(parts: list[tuple[str, bytes, str | None]], terms: Terms, address: str | None) -> Found:
    """The letter's words: its plain text, or else its page, in which nothing is taken for decoration."""
    texts = [decode_declared(data, charset)[0] for kind, data, charset in parts if kind == "text/plain"]
    text = "\n\n".join(texts)
    pages = [part for part in parts if part[0] == "text/html"]
    if pages and (address or len(text.strip()) < LEAST_TEXT):
        _, data, charset = pages[0]
        if address:
            return read_page(data, terms, charset, address)
        markup = decode_declared(data, charset)[0]
        if markup.count("<") > terms.limits.page_tags:
            raise InputError(f"the letter has {markup.count('<'):,} tags", "save its text as .txt")
        tree = parse(markup)
        words = "\n\n".join(paragraphs(tree.find("body"))) if tree is not None else ""
        if len(words) > len(text):
            return Found(text=words, original=markup)
    if not text.strip():
        raise InputError("the letter has no text", "save what it holds as files")
    return Found(text=text)


def attachments_note(letter: EmailMessage) -> tuple[str, ...]:
    """A note on attachments, which are not read."""
    names = [part.get_filename() or part.get_content_type() for part in letter.walk() if is_attached(part)]
    return (f"attachments not read: {', '.join(names[:5])}",) if names else ()


def is_attached(part: Message[Any, Any]) -> bool:
    """Whether the part is an attachment."""
    return part.get_content_disposition() == "attachment"
