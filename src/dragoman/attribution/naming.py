"""Names the source of a claim: from the mention that covers its head, or from the words themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.clauses import Clauses
from dragoman.attribution.tables import DETERMINERS, Tables
from dragoman.records import Entity, Mention, Source, Span

# What hangs on a noun to its right and still belongs to its name: 'spokesman for the ministry', 'officials
# and residents'. Relative clauses and appositions do not.
NAME_RIGHT = frozenset({"prep", "pobj", "nummod", "cc", "conj", "compound", "nmod", "amod", "poss"})
NO_NAME = frozenset({"PUNCT", "SPACE"})
# 'Radio Bombolom', 'the newspaper Le Matinal', 'the Evening Herald': an outlet that no table knows.
PRESS_WORDS = frozenset(
    "radio tv channel television broadcaster newspaper daily weekly magazine times post herald tribune "
    "gazette news telegraph".split()
)
NOBODY = frozenset({"no", "nobody", "none", "neither", "any", "anyone"})
APPOSITION_ENDS = frozenset({",", "said", "says", "told", "."})
BODY_PRONOUNS = frozenset({"it", "they", "them"})
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


def is_named_person(entity: Entity) -> bool:
    """Whether the entity is somebody with a name, and not 'a nurse', who stands for her country."""
    return entity.id.startswith("person:")


class Namer:
    """Turns the head of a noun phrase into a ``Source``."""

    def __init__(self, text: Clauses, mentions: Sequence[Mention], tables: Tables) -> None:
        self.text = text
        self.tables = tables
        self.mentions: dict[int, Mention] = {}
        self.spelt: dict[str, str] = {}
        for mention in mentions:
            if mention.entities:
                self.mentions[mention.head.start] = mention
                if mention.kind == "name":
                    self.note_spelling(mention)
        self.known: dict[int, str | None] = {}

    def note_spelling(self, mention: Mention) -> None:
        """Keep how the report itself spells the name, its longest form, without title."""
        entity, words = mention.entities[0], mention.span.cut(self.text.raw)
        if is_named_person(entity):
            parts = words.split()
            words = " ".join(parts[-len(entity.name.split()) :])
        if len(words) > len(self.spelt.get(entity.id, "")):
            self.spelt[entity.id] = words

    def mention(self, head: int) -> Mention | None:
        """The resolved mention whose head is the token, or the one of its apposition."""
        places = [self.text.start[one] for one in (head, *self.text.kids_by(head, "appos"))]
        found = [self.mentions[place] for place in places if place in self.mentions]
        named = [one for one in found if is_named_person(one.entities[0])]
        return next(iter(named or found), None)

    def source(self, head: int, verb: str) -> Source:
        """The source that the noun phrase with this head names, under its own words if no mention does."""
        head = self.text.meant(head)
        mention = self.mention(head)
        words = self.words(head)
        name, kind, country = words.cut(self.text.raw), self.kind(head), self.outlet(head)
        appositive = self.text.kid(head, "appos")
        if (
            appositive is not None
            and self.text.pos[appositive] == "PROPN"
            and self.text.pos[head]
            in (
                "NOUN",
                "NUM",
                "PRON",
                "ADJ",
            )
        ):
            name = self.words(appositive).cut(self.text.raw)
            kind = "person" if kind in ("office", "unnamed") else kind
        elif kind in ("office", "unnamed") or self.text.pos[head] in ("NUM", "PRON"):
            apposed = self.apposed(words)
            if apposed is not None:
                name, kind = apposed, "person"
        if mention is not None:
            entity = mention.entities[0]
            country = entity.country or country
            if self.names(mention, words):
                name = " and ".join(self.spelt.get(one.id, one.name) for one in mention.entities)
                kind = ENTITY_KINDS.get(entity.kind, kind)
            elif kind == "unknown":
                kind = ENTITY_KINDS.get(entity.kind, "body")
        kind = "unnamed" if kind == "press" else kind
        if kind == "unknown":
            kind = "person" if self.text.pos[head] == "PROPN" else "unnamed"
        return Source(name, kind, country or None, verb, span=words)

    def names(self, mention: Mention, words: Span) -> bool:
        """Whether the mention's entities name the source better than its own words do.

        A person does, unless the words say that it is somebody of his ('a spokesman for President Habre');
        a country or body only in place of 'it' and 'they'.
        """
        entity = mention.entities[0]
        if is_named_person(entity):
            surname = entity.name.rpartition(" ")[2].casefold()
            whole = words.cut(self.text.raw).casefold()
            if mention.kind in ("name", "pronoun"):
                return True
            return surname not in whole and not self.is_aside_only(words, surname)
        told = words.cut(self.text.raw).lower()
        bare = " " not in told and mention.kind == "description" and entity.id.startswith("body:")
        bare = bare and self.tables.source_kinds.get(told) not in ("office", "unnamed", "crowd", "press")
        return bare or (mention.kind == "pronoun" and told in BODY_PRONOUNS)

    def is_aside_only(self, words: Span, surname: str) -> bool:
        """Whether 'Gola, its consul said' makes an apposition of what only stands behind a comma."""
        raw = self.text.raw
        ahead = raw[max(0, words.start - 40) : words.start].casefold().split()
        close = any(word.rstrip(",") == surname and word.endswith(",") for word in ahead[-3:])
        return close and not raw.startswith(",", words.end)

    def apposed(self, words: Span) -> str | None:
        """The name in 'a member of the ruling family, Sheikh Majid,' where the parser hung it elsewhere."""
        text = self.text
        i = text.token_at(words.end)
        if i >= text.size - 2 or text.lower[i] != "," or text.start[i] < words.end - 1:
            return None
        first = i + 1
        while first < text.size and text.pos[first] in ("DET", "NOUN", "ADJ") and first < i + 4:
            first += 1
        last = first
        while last < text.size and text.pos[last] == "PROPN":
            last += 1
        if last == first or last >= text.size or text.lower[last] not in APPOSITION_ENDS:
            return None
        return text.span(first, last - 1).cut(text.raw)

    def words(self, head: int) -> Span:
        """The naming part of the noun phrase, without article, relative clause and apposition."""
        first, last = self.text.left[head], head
        first = self.hyphenated(first)
        while first < head and self.is_before_name(first):
            first += 1
        for kid in self.text.kids[head]:
            if kid < head:
                continue
            if self.text.dep[kid] not in NAME_RIGHT:
                break
            last = self._name_end(kid)
        return self.text.span(first, last)

    def hyphenated(self, first: int) -> int:
        """The first token of a name that the tokeniser cut at its hyphen ('Pastor Nam Ki-chul')."""
        text = self.text
        while first > 1 and text.lower[first - 1] == "-" and text.start[first] == text.end[first - 1]:
            first = text.left[first - 2]
        return first

    def is_before_name(self, i: int) -> bool:
        """Whether the token belongs to no name: an article, a mark, a dateline that the parser hung on it."""
        text = self.text
        return text.lower[i] in DETERMINERS or text.pos[i] in NO_NAME or text.in_dateline(i)

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

    def is_nobody(self, head: int) -> bool:
        """Whether the words deny that there is a source: 'no one', 'nobody in the town'."""
        return self.text.lower[self.text.left[head]] in NOBODY

    def is_bare(self, head: int) -> bool:
        """Whether the noun stands with 'the' alone: 'the channel', 'the newspaper'."""
        text = self.text
        named = head + 1 < text.size and text.pos[head + 1] == "PROPN"
        return head > 0 and text.lower[head - 1] == "the" and text.left[head] == head - 1 and not named

    def is_bare_outlet(self, head: int) -> bool:
        """Whether it is a bare 'the newspaper', which names no outlet."""
        return self.tables.source_kinds.get(self.text.lower[head]) == "outlet" and self.is_bare(head)

    def is_capitals(self, head: int) -> bool:
        """Whether the word is all in capitals and no acronym, as a dateline's town is."""
        word = self.text.raw[self.text.start[head] : self.text.end[head]]
        return len(word) > 4 and word.isupper()

    def may_be(self, head: int, kinds: frozenset[str]) -> bool:
        """Whether a noun could be a source of one of the kinds; a town or state is no person."""
        if self.text.in_dateline(head) or self.is_capitals(head):
            return False
        mention = self.mention(head)
        if mention is not None and mention.kind == "name":
            return self.source(head, "").kind in kinds
        known = self.kind(head)
        if known != "unknown":
            return known in kinds
        return self.text.pos[head] == "PROPN" and "person" in kinds and mention is None

    def passes_on(self, head: int) -> bool:
        """Whether what is told to the one named is told to the world: an outlet, or a body that reports."""
        mention = self.mention(head)
        if mention is not None:
            entity = mention.entities[0]
            return entity.country == "NGO" or entity.kind == "outlet" or self.kind(head) == "outlet"
        # 'told the Star': a name that no room knows, and that is nobody's whom the report introduced.
        if self.mentions and self.text.pos[head] == "PROPN" and self.kind(head) == "unknown":
            return True
        named = head + 1 < self.text.size and self.text.pos[head + 1] == "PROPN"
        return self.kind(head) == "outlet" and not (named and self.text.pos[head] == "NOUN")

    def outlet(self, head: int) -> str | None:
        """The home of the outlet that the words name ("" if it has none), or None if they name no outlet."""
        if head not in self.known:
            self.known[head] = self._find_outlet(head)
        return self.known[head]

    def _find_outlet(self, head: int) -> str | None:
        if (
            self.text.pos[head] not in ("PROPN", "NOUN", "ADJ", "NUM")
            or self.text.raw[self.text.start[head]].islower()
        ):
            return None
        last = head
        first = max(self.text.left[head], head - 5)
        text = self.text.raw
        for end in (last, self._name_end(head)):
            for begin in range(first, last + 1):
                words = text[self.text.start[begin] : self.text.end[end]].casefold().removeprefix("the ")
                if words in self.tables.outlets:
                    return self.tables.outlets[words]
        if first > 0 and self.tables.source_kinds.get(self.text.lower[first - 1]) == "outlet":
            return "" if self.text.pos[head] == "PROPN" else None
        named = any(self.text.pos[i] == "PROPN" for i in range(first, last + 1))
        press = any(self.text.lower[i] in PRESS_WORDS for i in range(first, last + 1))
        return "" if named and press else None
