"""Names the source of a claim: from the mention that covers its head, or from the words themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.clauses import Clauses
from dragoman.attribution.tables import DETERMINERS, Tables
from dragoman.records import Mention, Source, Span

# What hangs on a noun to its right and still belongs to its name: 'spokesman for the ministry', 'officials
# and residents'. Relative clauses and appositions do not.
NAME_RIGHT = frozenset({"prep", "pobj", "nummod", "cc", "conj", "compound", "nmod", "amod", "case", "poss"})
NO_NAME = frozenset({"PUNCT", "SPACE"})
PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "i", "me"})

ENTITY_KINDS = {
    "person": "person",
    "outlet": "outlet",
    "body": "body",
    "armed_group": "body",
    "country": "body",
    "region": "body",
    "city": "body",
    "people": "crowd",
}


class Namer:
    """Turns the head of a noun phrase into a ``Source``."""

    def __init__(self, text: Clauses, mentions: Sequence[Mention], tables: Tables) -> None:
        self.text = text
        self.tables = tables
        self.mentions: dict[int, Mention] = {}
        for mention in mentions:
            if mention.entities:
                self.mentions[mention.head.start] = mention
        self.known: dict[int, str | None] = {}

    def mention(self, head: int) -> Mention | None:
        """The resolved mention whose head is the token, or the one of its apposition."""
        for token in (head, self.text.kid(head, "appos")):
            if token is not None and self.text.start[token] in self.mentions:
                return self.mentions[self.text.start[token]]
        return None

    def source(self, head: int, verb: str) -> Source:
        """The source that the noun phrase with this head names, under its own words if no mention does."""
        mention = self.mention(head)
        words = self.words(head)
        name, kind, country = words.cut(self.text.doc.text), self.kind(head), self.outlet(head)
        appositive = self.text.kid(head, "appos")
        if appositive is not None and self.text.pos[appositive] == "PROPN" and self.text.pos[head] == "NOUN":
            name = self.words(appositive).cut(self.text.doc.text)
            kind = "person" if kind in ("office", "unnamed") else kind
        if mention is not None:
            entity = mention.entities[0]
            country = entity.country or country
            if mention.kind == "pronoun" or entity.kind == "person":
                name = " and ".join(one.name for one in mention.entities)
                kind = ENTITY_KINDS.get(entity.kind, kind)
            elif kind == "unknown":
                kind = ENTITY_KINDS.get(entity.kind, "body")
        if kind == "unknown":
            kind = "person" if self.text.pos[head] == "PROPN" else "unnamed"
        return Source(name, kind, country or None, verb, span=words)

    def words(self, head: int) -> Span:
        """The naming part of the noun phrase, without article, relative clause and apposition."""
        first, last = self.text.left(head), head
        while first < head and (self.text.lower[first] in DETERMINERS or self.text.pos[first] in NO_NAME):
            first += 1
        for kid in self.text.kids[head]:
            if kid < head:
                continue
            if self.text.dep[kid] not in NAME_RIGHT:
                break
            last = self._name_end(kid)
        return self.text.span(first, last)

    def _name_end(self, i: int) -> int:
        """The last token of a dependent, short of any clause or comma in it."""
        last = i
        for kid in self.text.kids[i]:
            if kid > i:
                if self.text.dep[kid] not in NAME_RIGHT:
                    break
                last = self._name_end(kid)
        return last

    def kind(self, head: int) -> str:
        """Which kind of source the noun makes; 'unknown' if no table says."""
        lemma = self.text.lemma[head].lower()
        if self.text.lower[head] in PERSON_PRONOUNS:
            return "person"
        if self.outlet(head) is not None:
            return "outlet"
        return self.tables.source_kinds.get(lemma, "unknown")

    def is_source_like(self, head: int) -> bool:
        """Whether the noun could be a source at all: a name, a pronoun, or a noun that the table knows."""
        if self.text.pos[head] in ("PROPN", "PRON"):
            return True
        return self.kind(head) != "unknown" or self.text.start[head] in self.mentions

    def outlet(self, head: int) -> str | None:
        """The home of the outlet that the words name ("" if it has none), or None if they name no outlet."""
        if head not in self.known:
            self.known[head] = self._find_outlet(head)
        return self.known[head]

    def _find_outlet(self, head: int) -> str | None:
        if self.text.pos[head] not in ("PROPN", "NOUN", "ADJ"):
            return None
        last = head
        first = max(self.text.left(head), head - 5)
        text = self.text.doc.text
        for begin in range(first, last + 1):
            words = text[self.text.start[begin] : self.text.end[last]].casefold().removeprefix("the ")
            if words in self.tables.outlets:
                return self.tables.outlets[words]
        return None
