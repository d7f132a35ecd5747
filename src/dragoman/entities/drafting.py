"""Walks over a report once and drafts every mention: names, runs of unknown names, descriptions,
pronouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.entities.naming import PARTICLES, Hit
from dragoman.entities.nounbook import ADDRESS, Noun, NounBook
from dragoman.entities.page import Draft, Page

PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she",
    "herself": "she", "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they",
    "their": "they", "theirs": "they", "themselves": "they", "we": "we", "us": "we", "our": "we",
    "ours": "we", "i": "i", "me": "i", "my": "i", "you": "you", "your": "you", "who": "who",
    "which": "which", "whose": "who", "whom": "who",
}  # fmt: skip
DATE_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december jan feb mar apr jun jul aug sep sept oct nov dec gmt am"
    " pm ramadan"
    " christmas easter god islam christianity internet".split()
)
SETS = frozenset("both two three four five six seven all either each neither".split())
PREMODIFIERS = frozenset(
    {"amod", "compound", "nmod", "nummod", "poss", "quantmod", "advmod", "npadvmod", "punct", "case"}
)
MODIFIERS = frozenset("US U.S. UK U.K. UN U.N. EU E.U. AU NATO UAE USSR OAU OAS OSCE PLO IMF EC".split())
# Words that stand for people without a noun.
CROWDS = frozenset(
    "thousands hundreds dozens tens millions scores accused injured wounded others some several those"
    " many pair duo trio"
    " source dead none anyone nobody everyone one".split()
)


class Drafter:
    """Drafts the mentions of one report; resolves nothing."""

    def __init__(self, page: Page, hits: list[Hit], nouns: NounBook) -> None:
        self.page, self.nouns = page, nouns
        self.hit_of: dict[int, Hit] = {}
        self.surnames: set[str] = set()  # of the persons named so far
        for hit in hits:
            for i in range(hit.start, hit.end):
                self.hit_of[i] = hit

    def drafts(self) -> Iterator[tuple[Draft, Hit | Noun | None]]:
        """Every draft in text order, with the name or noun behind it."""
        page, i, size = self.page, 0, self.page.size
        while i < size:
            hit = self.hit_of.get(i)
            if hit is not None:
                yield self._named(hit), hit
                i = hit.end
                continue
            low = page.lower[i]
            if low in PRONOUNS and page.words[i] != "US":
                yield from self._pronoun(i)
            elif page.words[i][0].isalpha():
                end = self._run(i)
                if end > i:
                    draft = self._unknown(i, end)
                    if draft:
                        yield draft, None
                    i = end
                    continue
                noun = self._noun(i)
                if noun:
                    yield self._described(i, noun), noun
                elif low in SETS:
                    yield from self._set(i)
                elif low in CROWDS:
                    yield from self._crowd(i)
            i += 1

    def _named(self, hit: Hit) -> Draft:
        page, sort = self.page, hit.sort
        kind = "demonym" if sort in ("adjective", "people") else "name"
        start = self.left_edge(hit.start) if sort == "person" else hit.start
        draft = Draft(start, hit.end, hit.end - 1, kind, name=hit.key)
        draft.person = sort == "person"
        if draft.person:
            self.surnames.add(page.words[hit.end - 1])
        draft.number = "one" if sort == "person" else "many" if sort == "people" else "body"
        draft.inner = sort == "adjective" or page.dep[hit.end - 1] in ("poss", "compound", "amod", "nmod")
        return draft

    def _pronoun(self, i: int) -> Iterator[tuple[Draft, None]]:
        page = self.page
        if page.lower[i] in ("who", "which", "whom") and page.dep[page.head[i]] not in ("relcl", "acl"):
            return
        kind = "possessive" if page.dep[i] == "poss" else "pronoun"
        draft = Draft(i, i + 1, i, kind, noun=PRONOUNS[page.lower[i]])
        yield draft, None

    def _set(self, i: int) -> Iterator[tuple[Draft, None]]:
        """'both', 'the two', 'all three' standing alone."""
        page = self.page
        if page.dep[i] in ("nsubj", "nsubjpass", "pobj", "dobj", "conj", "dep") and page.pos[i] in (
            "NUM",
            "PRON",
            "DET",
            "NOUN",
        ):
            pair = page.lower[i] in ("both", "two", "either", "neither", "each") or (
                page.lower[i] == "three" and i > 0 and page.lower[i - 1] in ("the", "all")
            )
            draft = Draft(i, i + 1, i, "pronoun", noun="set:" + page.lower[i] if pair else "they")
            draft.number = "many"
            yield draft, None

    def _crowd(self, i: int) -> Iterator[tuple[Draft, Noun]]:
        """'tens of thousands', 'the accused', 'those responsible'."""
        page = self.page
        if (
            page.dep[i] in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "agent", "nmod")
            and page.pos[i] != "DET"
        ):
            if any(page.lower[k] == "of" for k in page.children[i]) and page.lower[i] not in (
                "those",
                "others",
            ):
                return
            noun = Noun("person", "CVL")
            draft = Draft(
                self.left_edge(i), i + 1, i, "description", noun=page.lower[i], sector="CVL", number="many"
            )
            yield draft, noun

    def _run(self, i: int) -> int:
        """The end of the run of unknown capitalised names that begins here; ``i`` itself where none does."""
        page = self.page
        if not self._proper(i):
            return i
        end = i + 1
        while end < page.size and page.sent[end] == page.sent[i] and end not in self.hit_of:
            if self._proper(end):
                end += 1
            elif self._links(end):
                end += 2
            else:
                break
        return end

    def _links(self, end: int) -> bool:
        page = self.page
        if end + 1 >= page.size or (end + 1 in self.hit_of and page.words[end] != "-"):
            return False
        joins = page.lower[end] in PARTICLES - {"of"} or page.words[end] == "-"
        return joins and self._proper(end + 1) and end + 1 not in self.hit_of

    def _proper(self, i: int) -> bool:
        page, word, low = self.page, self.page.words[i], self.page.lower[i]
        if not word[0].isupper() or low in DATE_WORDS:
            return False
        if page.pos[i] not in ("PROPN", "X") and word not in self.surnames:
            return False  # a surname at the head of a sentence may pass for a noun ('Daouk said')
        return self._party_noun(i) is None and (low not in self.nouns.title_words or low.rstrip(".") != low)

    def _party_noun(self, i: int) -> Noun | None:
        page = self.page
        if page.lower[i] in ADDRESS:
            return None
        return self.nouns.find(page.lower, page.lemma(i), i, by_ending=page.pos[i] == "NOUN")

    def _unknown(self, start: int, end: int) -> Draft | None:
        page, head = self.page, end - 1
        if self._begins_body(end):
            return None  # the first words of 'Democratic League'
        over = page.head[head]
        if page.dep[head] in ("compound", "nmod", "amod") and over >= end and page.pos[over] == "NOUN":
            if page.lower[over] not in ("administration", "government", "cabinet", "regime"):
                return None
            return Draft(start, end, head, "name", name=page.words[head], person=True, inner=True)
        word = page.words[head]
        if head == start and word.isupper() and len(word) > 1:
            return Draft(self.left_edge(start), end, head, "name", name=word, number="body")
        after_the = page.lower[start - 1 : start] == ["the"]
        # A surname in s may pass for a plural: 'said he and Guterres had agreed'.
        plural = page.tag[head] == "NNPS" and (after_the or word not in self.surnames)
        if plural or (after_the and word.endswith("s")):
            draft = Draft(
                self.left_edge(start), end, head, "description", noun=page.lower[head], number="many"
            )
            draft.sector = "PTY"  # 'the Tigers', 'Social Democrats'
            return draft
        name = " ".join(page.words[start:end]).replace(" - ", "-")
        self.surnames.add(word)
        return Draft(self.left_edge(start), end, head, "name", name=name, person=True)

    def _begins_body(self, end: int) -> bool:
        """Whether the run that ends there goes on with a capitalised noun that names a body."""
        page = self.page
        return (
            end < page.size
            and page.words[end][0].isupper()
            and page.sent[end] == page.sent[end - 1]
            and end not in self.hit_of
            and page.lower[end] not in self.nouns.title_words
            and self._party_noun(end) is not None
        )

    def _noun(self, i: int) -> Noun | None:
        page = self.page
        pos = page.pos[i]
        if pos not in ("NOUN", "PROPN", "ADJ") or (
            pos == "ADJ" and page.dep[i] not in ("nsubj", "dobj", "pobj", "nsubjpass")
        ):
            return None
        noun = self._party_noun(i)
        if noun is None or self._premodifies(i):
            return None
        return noun

    def _premodifies(self, i: int) -> bool:
        """Whether the noun only qualifies a following one: 'army' in 'army chief', 'minister' before a
        name.
        """
        page, after = self.page, i + 1
        if after >= page.size:
            return False
        head = page.head[i]
        if page.dep[i] in ("compound", "nmod", "amod") and head > i:
            if page.pos[head] == "NOUN" and self._party_noun(head) is None and head - i < 3:
                return False  # 'rebel fire', 'a settler protest'
            return not any(page.words[k] in (",", ";") for k in range(i, head))
        hit = self.hit_of.get(after)
        introduces = page.lower[i] in self.nouns.title_words or self._calls(i)
        if introduces and (hit.sort == "person" if hit else self._proper(after)):
            return True
        return page.words[after] == "-" and after + 1 < page.size and page.head[i] == after + 1

    def _described(self, i: int, noun: Noun) -> Draft:
        page = self.page
        draft = Draft(self.left_edge(i), i + 1, i, "description", noun=page.lemma(i), sector=noun.sector)
        plural = page.tag[i] in ("NNS", "NNPS")
        draft.person = noun.kind == "person" and not plural
        draft.number = (
            "body" if noun.kind in ("group", "place", "thing") and not plural else "many" if plural else "one"
        )
        return draft

    def _joins_adjectives(self, i: int, edge: int) -> bool:
        """'Mozambican and Rwandan troops'."""
        before, after = self.hit_of.get(i - 1), self.hit_of.get(i + 1)
        if before is None or after is None or edge != i + 1 or after.sort not in ("adjective", "country"):
            return False
        dep = self.page.dep
        linked = dep[after.end - 1] == "conj" or dep[before.end - 1] in ("amod", "compound", "nmod")
        return before.sort == "adjective" or (linked and before.sort == "country")

    def _modifies(self, hit: Hit) -> bool:
        """'Russian troops', 'ECOWAS ministers', and 'Botswana' in 'South African and Botswana soldiers'."""
        if hit.sort in ("adjective", "acronym") or hit.key in MODIFIERS:
            return True
        before = hit.start - 1
        return (
            hit.sort == "country"
            and self.page.dep[hit.end - 1] == "conj"
            and before > 0
            and self.page.lower[before] == "and"
            and self._joins_adjectives(before, hit.start)
        )

    def _calls(self, i: int) -> bool:
        """'mediator Dante Caputo': a word for a person that stands directly before a name."""
        page, after = self.page, i + 1
        if after >= page.size or not page.words[i].islower() or not page.words[after][0].isupper():
            return False
        noun = self.nouns.nouns.get(page.lower[i])
        return noun is not None and noun.kind == "person" and page.tag[i] != "NNS"

    def left_edge(self, head: int) -> int:
        """Where the naming part of the noun phrase begins, without its article."""
        page, edge = self.page, head
        i = head - 1
        while i >= 0 and page.sent[i] == page.sent[head]:
            low, dep = page.lower[i], page.dep[i]
            if low in ("and", ",") and self._joins_adjectives(i, edge):
                i -= 1
                continue
            if low in DATE_WORDS or low in ("last", "next", "then", "former", ")"):
                break
            if page.words[i] == "-" and page.start[i] != page.end[i - 1]:
                break
            if low in (
                "the",
                "a",
                "an",
                "this",
                "that",
                "these",
                "those",
                ",",
                "and",
                "or",
                "(",
                '"',
                ":",
                ";",
                "\n",
            ):
                break
            hit = self.hit_of.get(i)
            if hit is not None and hit.end == edge and self._modifies(hit):
                i = edge = hit.start  # "Russian troops", "UN monitors", whatever the parser makes of it
                i -= 1
                continue
            reaches = page.head[i]
            inside = i < reaches <= head or low in ("'s", "’s", "'", "’") or page.words[i] == "-"
            title = low in self.nouns.title_words or (i == edge - 1 and self._calls(i))
            if not ((inside and dep in PREMODIFIERS) or title or low in ("'s", "’s") or page.words[i] == "-"):
                break
            edge = i
            i -= 1
        while edge < head and page.lower[edge] in ("'s", "’s", "-", "'", "’", "."):
            edge += 1
        return edge
