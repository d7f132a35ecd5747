"""Which place a word's act happened at, judged by the sentence's syntax."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.records import PlaceRef

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Prepositions after which an act's place stands.
WHERE = frozenset(
    "in at near off outside inside across around throughout on over along through within between".split()
)


def governing_place(doc: Doc, token_index: int, places: Sequence[PlaceRef]) -> PlaceRef | None:
    """The place at which the act happened that the word at the index names, ``None`` if syntax points to
    none.

    It hangs with 'in', 'at', 'near' or the like on the word itself, on its clause's verb, or on what that
    verb acts
    on; at the head of a sentence ('In Bucharest, ...') it scopes over the main verbs. A dateline's town places nothing.
    """
    word = doc[token_index]
    sentence = word.sent
    best: tuple[int, int, PlaceRef] | None = None
    for one in places:
        if one.rule == "dateline" or not sentence.start_char <= one.span.start < sentence.end_char:
            continue
        span = doc.char_span(one.span.start, one.span.end, alignment_mode="expand")
        if span is None:
            continue
        score = rank(word, span.root)
        if score > 0 and (best is None or (score, -abs(span.start - token_index)) > best[:2]):
            best = (score, -abs(span.start - token_index), one)
    return best[2] if best else None


def rank(word: Token, root: Token) -> int:
    """How firmly the place hangs on the word: 0 not at all."""
    while root.dep_ in ("appos", "conj", "compound", "nmod") and root.head != root:
        root = root.head
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in WHERE:
        return 0
    head = preposition.head
    if head == word:
        return 5
    while head.pos_ in NOUNS and head.head != head:
        head = head.head
        while head.dep_ == "prep" and head.head != head:
            head = head.head
        if head == word:
            return 3
    verb = word
    score = 4
    while verb.head != verb:
        if verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
            verb, score = verb.head, score - 1
        else:
            break
        if verb == head:
            return max(1, score)
    return 0
