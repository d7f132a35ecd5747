"""Finds who says what in a report: every attribution with its source, its content and its cue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from dragoman.attribution.carrying import carry_names
from dragoman.attribution.charges import read_accuse, read_adverb, read_blame, read_label, read_noun
from dragoman.attribution.citations import PHRASES, read_channel, read_later, read_phrase
from dragoman.attribution.clauses import Clauses
from dragoman.attribution.drafts import VERBS, Notebook
from dragoman.attribution.quotes import extend_quotes
from dragoman.attribution.relays import mark_relays
from dragoman.attribution.sayings import read_find, read_hear, read_say, read_show, read_tell
from dragoman.attribution.tables import Cue, tables
from dragoman.records import Claim, Document, Mention

READERS: dict[str, Callable[[Notebook, int, Cue], None]] = {
    "say": read_say,
    "tell": read_tell,
    "think": read_say,
    "find": read_find,
    "show": read_show,
    "hear": read_hear,
    "deny": read_say,
    "accuse": read_accuse,
    "blame": read_blame,
    "label": read_label,
    "noun": read_noun,
    "adverb": read_adverb,
}
WORD_CLASSES = {"noun": frozenset({"NOUN"}), "adverb": frozenset({"ADV"})}


def find_claims(doc: Doc, document: Document, mentions: Sequence[Mention]) -> list[Claim]:
    """Every attribution in the report, in the order of its cues; nested claims give the chain.

    A claim whose ``source.name`` is empty is hearsay that nobody is named for ('reportedly', 'is said to').
    Claims of the outlet itself, and of the author whom the report as a whole retells, are kept with a rule
    that begins with ``relay/``.
    """
    book = Notebook(Clauses.of(doc, document.text), mentions, tables())
    read_cues(book)
    extend_quotes(book)
    carry_names(book)
    mark_relays(book, document)
    return [
        Claim(draft.source, tuple(draft.content), book.text.span(draft.cue, draft.cue), draft.rule)
        for draft in sorted(book.drafts, key=lambda one: (one.cue, one.length))
    ]


def read_cues(book: Notebook) -> None:
    """First the words that bear claims, then what is cited in or around these, then who passed them on."""
    text, table = book.text, book.words.cues
    later: list[int] = []
    for i, lemma in enumerate(text.lemma):
        if lemma in PHRASES:
            read_phrase(book, i)
        for cue in table.get(lemma, ()):
            if cue.kind == "cite" or (lemma == "attribute" and text.tag[i] == "VBG"):
                later.append(i)
            elif text.pos[i] in WORD_CLASSES.get(cue.kind, VERBS) and not text.in_dateline(i):
                READERS[cue.kind](book, i, cue)
    for i in later:
        read_later(book, i)
    for draft in list(book.drafts):
        read_channel(book, draft)
