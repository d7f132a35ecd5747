"""A parsed report as plain lists, read out of spaCy once, for rules that look at many words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, SENT_START, TAG
from spacy.tokens import Doc

from dragoman.records import Span

CACHE_KEY = "dragoman.events.words"


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a report, one list an attribute; ``head`` and the sentences' bounds are token numbers."""

    starts: list[int]
    ends: list[int]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[Sequence[int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]

    def tokens_of(self, span: Span) -> range:
        """The numbers of the tokens that the span touches; the nearest one for an empty span."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        if first + 1 < len(self.starts) and self.ends[first] <= span.start:
            first += 1
        last = max(bisect_right(self.starts, max(span.end - 1, span.start)) - 1, first)
        return range(first, last + 1)

    def sentence_of(self, token: int) -> range:
        """The numbers of the tokens in the sentence that holds the token."""
        return range(*self.bounds[self.sentence[token]])

    def head_of(self, tokens: range) -> int:
        """The token among them that the others hang on."""
        for token in tokens:
            if self.head[token] not in tokens or self.head[token] == token:
                return token
        return tokens[0]


def words_of(doc: Doc) -> Words:
    """The report's words; made on the first call for a ``Doc`` and kept with it."""
    words: Words | None = doc.user_data.get(CACHE_KEY)
    if words is None:
        words = read_words(doc)
        doc.user_data[CACHE_KEY] = words
    return words


def read_words(doc: Doc) -> Words:
    """The words of a ``Doc``, read afresh."""
    table = doc.to_array([LOWER, LEMMA, TAG, DEP, HEAD, SENT_START, IDX, LENGTH])
    strings = doc.vocab.strings
    columns = [table[:, column].tolist() for column in range(4)]
    names = {code: strings[code] if code else "" for column in columns for code in set(column)}
    lower, lemma, tag, dep = ([names[code] for code in column] for column in columns)
    offsets, openers, starts, lengths = (table[:, column].astype("int64").tolist() for column in range(4, 8))
    head = [number + offset for number, offset in enumerate(offsets)]
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    children: list[Sequence[int]] = [()] * len(head)  # most words have none, and lists cost more to make
    made: dict[int, list[int]] = {}
    for number, above in enumerate(head):
        if above != number:
            below = made.get(above)
            if below is None:
                children[above] = made[above] = [number]
            else:
                below.append(number)
    openings = [number for number, flag in enumerate(openers) if flag == 1]
    if not openings or openings[0] != 0:
        openings.insert(0, 0)
    bounds = list(zip(openings, [*openings[1:], len(head)], strict=True))
    sentence = [number for number, (start, end) in enumerate(bounds) for _ in range(start, end)]
    return Words(starts, ends, lower, lemma, tag, dep, head, children, sentence, bounds)
