"""A parsed report as plain lists, read out of spaCy once, and the questions that this room asks of it."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from dragoman.lexicon.datelines import find_datelines
from dragoman.records import Span

CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "parataxis", "csubj"})
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "LEMMA", "POS", "TAG", "LOWER", "LENGTH", "SENT_START", "IDX"]
CACHE_KEY = "dragoman.attribution.clauses"


class Clauses:
    """The parse of a whole report: each token's head, relation, lemma, word class and place.

    Asking spaCy for one attribute of one token is slow; asking for all of them at once is not.
    """

    def __init__(self, doc: Doc, raw: str) -> None:
        self.raw = raw
        size = len(doc)
        table = doc.to_array(ATTRIBUTES)
        strings = doc.vocab.strings
        columns = [table[:, number].tolist() for number in range(9)] if size else [[] for _ in range(9)]
        names: dict[int, str] = {code: strings[code] for column in columns[1:6] for code in set(column)}
        self.head: list[int] = [
            i + (step if step < 1 << 63 else step - (1 << 64)) for i, step in enumerate(columns[0])
        ]
        self.dep, self.lemma, self.pos, self.tag, self.lower = (
            [names[code] for code in column] for column in columns[1:6]
        )
        self.start: list[int] = columns[8]
        self.end = [start + length for start, length in zip(self.start, columns[6], strict=True)]
        self.kids: list[list[int]] = [[] for _ in range(size)]
        for i, above in enumerate(self.head):
            if above != i:
                self.kids[above].append(i)
        self.firsts = [i for i, mark in enumerate(columns[7]) if mark == 1 or i == 0]
        self.size = size
        self.left, self.right = _edges(self.head)
        self.datelines = [one.span for one in find_datelines(self.raw)]

    @classmethod
    def of(cls, doc: Doc, raw: str | None = None) -> Clauses:
        """The clauses of the document, read once and kept with it.

        ``raw`` is the text where the caller has it; spaCy has to put it together token by token.
        """
        found = doc.user_data.get(CACHE_KEY)
        if not isinstance(found, cls):
            found = cls(doc, doc.text if raw is None else raw)
            doc.user_data[CACHE_KEY] = found
        return found

    def in_dateline(self, i: int) -> bool:
        """Whether the token stands in 'LISBON, April 20 -'."""
        at = self.start[i]
        return any(one.start <= at < one.end for one in self.datelines)

    def sentence(self, i: int) -> tuple[int, int]:
        """First token and end (exclusive) of the sentence that the token stands in."""
        number = bisect_right(self.firsts, i)
        last = self.firsts[number] if number < len(self.firsts) else self.size
        return self.firsts[number - 1], last

    def under(self, i: int, above: int) -> bool:
        """Whether the token is the other one or hangs on it, however deep."""
        while i != above and self.head[i] != i:
            i = self.head[i]
        return i == above

    def kid(self, i: int, *deps: str) -> int | None:
        """The first dependent with one of these relations."""
        return next((kid for kid in self.kids[i] if self.dep[kid] in deps), None)

    def kids_by(self, i: int, *deps: str) -> list[int]:
        """All dependents with one of these relations, in order."""
        return [kid for kid in self.kids[i] if self.dep[kid] in deps]

    def span(self, first: int, last: int) -> Span:
        """The characters from the first token to the last one, both included."""
        return Span(self.start[first], self.end[last])

    def token_at(self, offset: int) -> int:
        """The token that covers the character, or the next one before it."""
        return max(0, bisect_right(self.start, offset) - 1)

    def clause(self, i: int) -> int:
        """The verb (or other head) of the clause that the token stands in."""
        while self.dep[i] not in CLAUSE_DEPS and not self._is_verb_conjunct(i) and self.head[i] != i:
            i = self.head[i]
        return i

    def _is_verb_conjunct(self, i: int) -> bool:
        return self.dep[i] == "conj" and self.pos[i] in ("VERB", "AUX")

    def subject(self, verb: int) -> int | None:
        """Who does what the verb says: its own subject, or the one that it shares or is controlled by."""
        for _ in range(6):
            found = self.kid(verb, "nsubj", "nsubjpass", "csubj")
            if found is not None:
                return self._antecedent(found, verb)
            relation, above = self.dep[verb], self.head[verb]
            if relation in ("acl", "relcl") and self.pos[above] in ("NOUN", "PROPN", "PRON"):
                return above
            if relation not in ("conj", "xcomp", "advcl", "parataxis", "pcomp", "prep") or above == verb:
                return None
            verb = above
        return None

    def meant(self, i: int) -> int:
        """The noun that a relative pronoun stands for, however it hangs in its clause; else the token."""
        if self.lower[i] not in RELATIVES:
            return i
        verb = i
        while self.dep[verb] not in ("relcl", "acl") and self.head[verb] != verb:
            verb = self.head[verb]
        return self.head[verb] if self.head[verb] != verb else i

    def _antecedent(self, subject: int, verb: int) -> int:
        """The noun that a relative pronoun stands for, or the subject itself."""
        if self.lower[subject] not in RELATIVES:
            return subject
        while self.dep[verb] == "conj":
            verb = self.head[verb]
        above = self.head[verb]
        return above if self.dep[verb] in ("relcl", "acl") and above != verb else subject


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """For each token the first and the last token of all that hangs on it."""
    left, right = list(range(len(head))), list(range(len(head)))
    for i in range(len(head)):
        above = head[i]
        while left[above] > i:
            left[above] = i
            above = head[above]
    for i in range(len(head) - 1, -1, -1):
        above = head[i]
        while right[above] < i:
            right[above] = i
            above = head[above]
    return left, right
