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
        known = last_of(book, draft.head, kinds, past) if kinds else None
        if known is not None:
            name, kind, country = known.name, known.kind, known.country
            draft.source = replace(draft.source, name=name, kind=kind, country=country)
        if known is not None or not kinds:
            past.append(draft)


def last_of(book: Notebook, head: int, kinds: frozenset[str], past: list[Draft]) -> Source | None:
    """The nearest source or subject before the token that is of one of the kinds."""
    text = book.text
    told = next((one for one in reversed(past) if one.source.kind in kinds and one.head != head), None)
    nearest = told.head if told is not None and told.head is not None else -1
    for i in range(head - 1, max(nearest, head - FARTHEST), -1):
        if text.dep[i] in SUBJECTS and text.pos[i] in ("NOUN", "PROPN") and book.namer.may_be(i, kinds):
            return book.namer.source(i, "")
    return told.source if told is not None else None


def carried_kinds(book: Notebook, head: int) -> frozenset[str]:
    """The kinds of source that a pronoun or 'the channel' may stand for; empty if it names itself."""
    word, mention = book.text.lower[head], book.namer.mention(head)
    entity = mention.entities[0] if mention is not None else None
    if word in ("he", "she"):
        return frozenset() if entity is not None and is_named_person(entity) else PEOPLE
    if word in ("it", "they") and entity is None:
        return BODIES
    return frozenset({"outlet"}) if book.namer.is_bare_outlet(head) else frozenset()
