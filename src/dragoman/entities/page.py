"""A parsed report as plain lists, which are many times faster to walk than spaCy's tokens, and drafts of
mentions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, POS, SENT_START, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

from dragoman.records import Entity, Mention, Span

LEFT_OF_NAME = frozenset({"amod", "compound", "nmod", "nummod", "poss", "quantmod"})


class Page:
    """One report's words and their parse; all lists have one item a token."""

    __slots__ = (
        "children", "dep", "end", "head", "lemma_ids", "lower", "para", "pos", "quoted", "sent", "size",
        "start", "store", "tag", "text", "words",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        store: StringStore = doc.vocab.strings
        columns = doc.to_array([POS, TAG, DEP, LEMMA, HEAD, IDX, LENGTH, SENT_START]).reshape(-1, 8).T
        pos, tag, dep, self.lemma_ids = columns[:4].tolist()
        head, idx, length, first = columns[4:].astype("int64").tolist()
        self.text: str = doc.text
        self.store = store
        self.size = len(pos)
        self.words = [self.text[i : i + n] for i, n in zip(idx, length, strict=True)]
        self.lower = [word.lower() for word in self.words]
        self.pos = named(pos, store)
        self.tag = named(tag, store)
        self.dep = named(dep, store)
        self.head = [i + offset for i, offset in enumerate(head)]
        self.start = idx
        self.end = [i + n for i, n in zip(idx, length, strict=True)]
        self.sent: list[int] = []
        self.para: list[int] = []
        self.quoted: list[bool] = []
        self.children: list[list[int]] = [[] for _ in pos]
        self._count(first)

    def _count(self, first: list[int]) -> None:
        sentence, paragraph, inside = -1, 0, False
        for i, word in enumerate(self.words):
            if first[i] == 1:
                sentence += 1
            self.sent.append(sentence)
            self.para.append(paragraph)
            if word in ("“", "''", "``", "”", '"'):
                inside = word == "“" or (word == '"' and not inside)
            elif word.count("\n") > 1:
                paragraph += 1
                inside = False
            self.quoted.append(inside)
            if self.head[i] != i:
                self.children[self.head[i]].append(i)

    def lemma(self, i: int) -> str:
        """The token's lemma in lower case."""
        return str(self.store[self.lemma_ids[i]]).lower()

    def span(self, start: int, end: int) -> Span:
        """The characters from one token up to (not with) another."""
        return Span(self.start[start], self.end[end - 1])


def named(ids: list[int], store: StringStore) -> list[str]:
    """The strings behind a list of ids; each distinct id is looked up once."""
    names = {one: store[one] if one else "" for one in set(ids)}
    return [names[one] for one in ids]


@dataclass(slots=True)
class Draft:
    """A mention in the making: token indices, and what is known so far about who it is.

    ``kind`` is the mention's; ``noun`` the head noun's lemma for a description, ``number`` "one", "many" or
    "body"; ``codes`` are the countries of its entities, kept apart because all rules ask for them.
    """

    start: int
    end: int
    head: int
    kind: str
    entities: tuple[Entity, ...] = ()
    noun: str = ""
    sector: str | None = None
    number: str = "one"
    person: bool = False
    role: str | None = None
    name: str = ""
    rules: list[str] = field(default_factory=list)
    inner: bool = False

    def codes(self) -> tuple[str, ...]:
        """The countries of its entities, without repeats, unknown ones left out."""
        return tuple(dict.fromkeys(e.country for e in self.entities if e.country))

    def settle(self, entities: tuple[Entity, ...], rule: str) -> None:
        """Say who it is, and why."""
        self.entities = entities
        self.rules.append(rule)

    def mention(self, page: Page) -> Mention:
        """The finished record."""
        return Mention(
            page.span(self.start, self.end), page.span(self.head, self.head + 1), self.entities, self.kind,
            tuple(self.rules),
        )  # fmt: skip
