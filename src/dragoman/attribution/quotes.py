"""Quotations: lets a claim reach over all sentences and paragraphs of the quotation that it begins."""

from __future__ import annotations

from dragoman.attribution.clauses import Clauses
from dragoman.attribution.drafts import Draft, Notebook
from dragoman.records import Span

OPENERS, CLOSERS, STRAIGHT = "“„«", "”»", '"'
# Shorter quotations are scare quotes or words inside the narrator's sentence, whose claim is there already.
SHORTEST = 12


def quotations(text: str) -> list[Span]:
    """Every quotation, its marks included; one that runs on into the next paragraph is given in parts.

    A straight mark opens and closes in turn; a paragraph begins closed, and one that ends open ends its part.
    """
    found: list[Span] = []
    start: int | None = None
    for at, character in enumerate(text):
        if character == "\n" and text.startswith("\n", at + 1) and start is not None:
            found.append(Span(start, at))
            start = None
        elif start is None and (character in OPENERS or character == STRAIGHT):
            start = at
        elif start is not None and (character in CLOSERS or character == STRAIGHT):
            found.append(Span(start, at + 1))
            start = None
    if start is not None:
        found.append(Span(start, len(text)))
    return found


def extend_quotes(book: Notebook) -> None:
    """Lets each claim that covers part of a quotation cover all of it, and carries speakers over."""
    text, drafts = book.text, book.drafts
    words = text.raw
    last: Draft | None = None
    last_end = 0
    speech = [one for one in drafts if one.source.name and text.pos[one.cue] in ("VERB", "AUX")]
    for quotation in quotations(words):
        if quotation.end - quotation.start < SHORTEST:
            continue
        owner = _owner(text, speech, quotation)
        if owner is not None:
            _cover(owner, quotation)
        elif last is not None and _runs_on(words, last_end, quotation):
            owner = last
            _cover(owner, quotation)
        if owner is not None:
            last, last_end = owner, max(quotation.end, text.end[owner.cue])
            _, final = text.sentence(owner.cue)
            last_end = max(last_end, text.end[final - 1])


def _owner(text: Clauses, drafts: list[Draft], quotation: Span) -> Draft | None:
    """The claim that the quotation is said in: its cue stands outside the marks, its content within."""
    best: tuple[int, Draft] | None = None
    for draft in drafts:
        at = text.start[draft.cue]
        if quotation.start <= at < quotation.end:
            continue
        if any(part.overlaps(quotation) for part in draft.content):
            distance = min(abs(at - quotation.start), abs(at - quotation.end))
            if best is None or distance < best[0]:
                best = distance, draft
    return best[1] if best else None


def _cover(draft: Draft, quotation: Span) -> None:
    """Add the quotation to the claim's content, merging what overlaps."""
    start, end = quotation.start, quotation.end
    apart = []
    for part in draft.content:
        if part.overlaps(quotation):
            start, end = min(start, part.start), max(end, part.end)
        else:
            apart.append(part)
    draft.content[:] = sorted([*apart, Span(start, end)])


def _runs_on(words: str, end: int, quotation: Span) -> bool:
    """Whether nothing but space lies between the last attributed sentence and the quotation."""
    return end <= quotation.start and not words[end : quotation.start].strip(' \n\t"”')
