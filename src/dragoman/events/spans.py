"""The clause that holds an event's trigger."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.events.words import Words, words_of
from dragoman.records import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})


def span_of(doc: Doc, trigger_span: Span) -> Span:
    """The smallest clause with a subject of its own that holds the trigger, else its sentence.

    A clause whose subject is a relative pronoun ('who shelled Vik') says nothing alone, so the clause
    around it is given. The span cuts whole words, without blanks or a comma at its ends.
    """
    if not len(doc):
        return trigger_span
    words = words_of(doc)
    tokens = words.tokens_of(trigger_span)
    first, last = clause_around(doc, words.head_of(tokens))
    first, last = min(first, tokens[0]), max(last, tokens[-1])
    while first < tokens[0] and not _speaks(words.lower[first]):
        first += 1
    while last > tokens[-1] and not _speaks(words.lower[last]):
        last -= 1
    return Span(min(words.starts[first], trigger_span.start), max(words.ends[last], trigger_span.end))


def clause_around(doc: Doc, token: int) -> tuple[int, int]:
    """First and last token of the smallest clause with a subject around a token, else of the sentence."""
    words = words_of(doc)
    sentence = words.sentence_of(token)
    for _ in sentence:
        if any(_is_subject(words, child) for child in words.children[token]):
            return doc[token].left_edge.i, doc[token].right_edge.i
        if words.head[token] == token:
            break
        token = words.head[token]
    return sentence[0], sentence[-1]


def _is_subject(words: Words, token: int) -> bool:
    return words.dep[token] in SUBJECTS and words.tag[token] not in RELATIVE


def _speaks(text: str) -> bool:
    """Whether a token is more than blanks and marks; an opening quotation mark may stay out too."""
    return any(letter.isalnum() for letter in text)
