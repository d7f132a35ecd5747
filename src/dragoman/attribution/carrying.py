"""Names the sources that stand behind a pronoun or a bare noun: 'he said', 'the channel reported'."""

from __future__ import annotations

from dataclasses import replace

from dragoman.attribution.drafts import Draft, Notebook
from dragoman.attribution.naming import is_named_person
from dragoman.records import Source

PEOPLE = frozenset({"person", "office", "unnamed"})
BODIES = frozenset({"body", "outlet", "crowd", "document"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# How many tokens back a pronoun looks for whom it stands for.
FARTHEST = 90


def carry_names(book: Notebook) -> None:
    """Give sources that don't name themselves the name of the last source or subject that fits."""
    past: list[Draft] = []
    for draft in sorted(book.drafts, key=lambda one: one.cue):
        if draft.head is None:
            continue
        kinds = carried_kinds(book, draft.head)
        known = last_of(book, draft, draft.head, kinds, past) if kinds else None
        if known is not None and not agrees(book, draft.head, known):
            known = None
        if known is not None:
            name, kind, country = known.name, known.kind, known.country
            draft.source = replace(draft.source, name=name, kind=kind, country=country)
        if known is not None or not kinds:
            past.append(draft)


def last_of(
    book: Notebook, draft: Draft, head: int, kinds: frozenset[str], past: list[Draft]
) -> Source | None:
    """The nearest source or subject before the token that is of one of the kinds, outside what is said."""
    text = book.text
    told = next((one for one in reversed(past) if one.source.kind in kinds and one.head != head), None)
    nearest = told.head if told is not None and told.head is not None else -1
    for i in range(head - 1, max(nearest, head - FARTHEST), -1):
        subject = text.dep[i] in SUBJECTS and text.pos[i] in ("NOUN", "PROPN")
        if subject and not is_said(draft, text.start[i]) and book.namer.may_be(i, kinds):
            return book.namer.source(i, "")
    return told.source if told is not None else None


def is_said(draft: Draft, at: int) -> bool:
    """Whether the character stands in what the claim says: who speaks is not looked for there."""
    return any(part.start <= at < part.end for part in draft.content)


def agrees(book: Notebook, head: int, source: Source) -> bool:
    """Whether the one found is of the country that the pronoun is known to stand for."""
    mention = book.namer.mention(head)
    if mention is None or book.text.lower[head] not in ("it", "they"):
        return True
    return source.country is not None and source.country == mention.entities[0].country


def carried_kinds(book: Notebook, head: int) -> frozenset[str]:
    """The kinds of source that a pronoun or 'the channel' may stand for; empty if it names itself."""
    word, mention = book.text.lower[head], book.namer.mention(head)
    entity = mention.entities[0] if mention is not None else None
    if word in ("he", "she"):
        return frozenset() if entity is not None and is_named_person(entity) else PEOPLE
    if word in ("it", "they") and (entity is None or entity.kind in ("country", "body")):
        return BODIES
    return frozenset({"outlet"}) if book.namer.is_bare_outlet(head) else frozenset()
