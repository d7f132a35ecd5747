"""Marks the claims of the outlet itself and of whom the report as a whole retells."""

from __future__ import annotations

import re

from dragoman.attribution.drafts import Draft, Notebook
from dragoman.records import Document

# 'X writes in an analysis for NK News', 'Haaretz reporter X writes in the article'.
RETELLING = frozenset({"write", "argue", "observe", "remark", "note", "contend", "conclude", "report"})
RETOLD = re.compile(
    r"\b(?:in|for) (?:an?|the|this|his|her|its|their)?\s*(?:\S+ ){0,2}?"
    r"(?:article|analysis|paper|study|commentary|essay|column|piece|dispatch|feature|post)\b"
)
AUTHOR = frozenset({"author", "writer", "article", "analysis", "essay", "column"})
# Only the first two paragraphs say whom the whole report retells.
OPENING = 2


def mark_relays(book: Notebook, document: Document) -> None:
    """Put ``relay/`` before the rule of each claim made by the outlet or by whom the report retells.

    A channel that is only 'the newspaper' and that no earlier words name is the outlet itself.
    """
    outlet = plain(document.outlet or "")
    author = retold_author(book, document)
    for draft in book.drafts:
        name = plain(draft.source.name)
        own = bool(outlet) and name == outlet
        own = own or (author != "" and name.rpartition(" ")[2] == author)
        own = own or (author != "" and draft.head is not None and book.text.lemma[draft.head] in AUTHOR)
        if own or is_own_voice(book, draft):
            draft.rule = "relay/" + draft.rule


def is_own_voice(book: Notebook, draft: Draft) -> bool:
    """'told this newspaper', 'our correspondent says', 'told the paper' where no paper was named."""
    text, head = book.text, draft.head
    if head is None or head == 0:
        return False
    if text.lower[head - 1] in ("this", "our") and book.namer.kind(head) in ("outlet", "press"):
        return True
    told = draft.rule.endswith("/channel")
    return told and book.namer.is_bare_outlet(head) and text.lower[head] == draft.source.name.lower()


def retold_author(book: Notebook, document: Document) -> str:
    """The surname of the person whose article the whole report retells; "" if there is none."""
    text = document.text
    end = -1
    for _ in range(OPENING + (document.title is not None)):
        end = text.find("\n\n", end + 1)
        if end < 0:
            break
    opening = len(text) if end < 0 else end
    for draft in book.drafts:
        at = book.text.start[draft.cue]
        if at > opening or draft.head is None or draft.source.kind != "person":
            continue
        if draft.source.verb in RETELLING and (
            RETOLD.search(text[at : at + 60]) or of_outlet(book, draft.head)
        ):
            return plain(draft.source.name).rpartition(" ")[2]
    return ""


def of_outlet(book: Notebook, head: int) -> bool:
    """Whether the person is an outlet's: 'Haaretz reporter X', 'the Nikkei's X'."""
    text = book.text
    return any(book.namer.outlet(kid) is not None for kid in text.kids_by(head, "poss", "compound", "nmod"))


def plain(name: str) -> str:
    """A name in lower case without its article."""
    return name.casefold().removeprefix("the ")
