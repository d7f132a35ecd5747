"""What the parts of resolving share: the report, its drafts, what the tables know, and small questions
about phrases.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from datetime import date

from dragoman.entities.antecedents import Antecedents
from dragoman.entities.atlas import Atlas
from dragoman.entities.context import Context, Weights
from dragoman.entities.drafting import Drafter
from dragoman.entities.namebook import NameBook
from dragoman.entities.naming import Hit
from dragoman.entities.nationality import Nationality
from dragoman.entities.nounbook import Noun, NounBook
from dragoman.entities.page import Draft, Page
from dragoman.records import Entity

OWNING = frozenset("led owned flagged registered run based controlled manned crewed".split())
PLACE_PREPOSITIONS = frozenset(
    {"of", "in", "from", "at", "for", "near", "inside", "outside", "on", "off", "across"}
)
# Words between 'in' and the name of a country of which a part is meant.
NARROWING = frozenset(
    "the northern southern eastern western central north south east west northeastern northwestern"
    " southeastern southwestern upper lower".split()
)
GUESS = "context/nearest-country"
CLOSE_CALL = "context/close-call"
UNINTRODUCED = "context/unintroduced-name"
GUESSES = frozenset({GUESS, CLOSE_CALL, UNINTRODUCED})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
THE_COURT = Entity("body:court-in-the-hague", "international court in The Hague", "IGO", "JUD", "body")


class Desk(ABC):
    """One report on the desk: its drafts, and what is known about them so far."""

    def __init__(
        self,
        page: Page,
        drafter: Drafter,
        book: NameBook,
        nouns: NounBook,
        when: date | None,
        weights: Weights,
        atlas: Atlas,
        names: Nationality,
    ) -> None:
        self.page, self.drafter, self.book, self.nouns = page, drafter, book, nouns
        self.when, self.context = when, Context(page, nouns, weights, names)
        self.atlas = atlas
        self.drafts: list[Draft] = []
        self.behind: dict[int, Hit | Noun | None] = {}
        self.by_head: dict[int, Draft] = {}
        self.started: set[int] = set()
        self.heads: list[int] = []
        self.people: dict[str, Entity] = {}
        self.introducer: Draft | None = None
        self.aliases: dict[str, tuple[Entity, ...]] = {}
        self.antecedents = Antecedents(page, self.drafts, self.heads, self.by_head)
        self.antecedents.weights = weights

    @abstractmethod
    def resolve(self, draft: Draft) -> Draft:
        """The draft with its entities, if they can be told."""

    def _state(self, code: str, sector: str | None) -> Entity:
        known = self.book.countries.get(code)
        return Entity(
            code, known.name if known else code, code, sector or "GOV", known.kind if known else "body"
        )

    def _ending_at(self, token: int) -> Draft | None:
        at = bisect_left(self.heads, token)
        found = self.drafts[at - 1] if at else None
        return found if found and found.end == token else None

    def _definite(self, draft: Draft) -> bool:
        """'the council', 'Council', but not 'a council' or 'councils'."""
        page = self.page
        if draft.number == "many" and draft.noun not in ("tiger",):
            return page.words[draft.head][0].isupper()
        before = page.lower[draft.start - 1] if draft.start else ""
        possessed = draft.start < draft.head and any(
            page.lower[i] in ("'s", "’s") or page.dep[i] == "poss" for i in range(draft.start, draft.head)
        )
        return (
            possessed
            or before in ("the", "this", "that")
            or (page.words[draft.head][0].isupper() and before not in ("a", "an"))
        )

    def _modifiers(self, start: int, stop: int) -> tuple[Entity, ...]:
        """The countries and bodies that the words before a head name; the nearest adjective first, else
        the owner.
        """
        adjectives, owners = self._premodifiers(start, stop)
        return adjectives or owners

    def _premodifiers(self, start: int, stop: int) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Those named by adjectives ('Turkish'), and those that possessives name ('Turkey's', 'its')."""
        page = self.page
        owners: list[Entity] = []
        adjectives: list[Entity] = []
        i = start
        while i < stop:
            hit = self.drafter.hit_of.get(i)
            draft = self.by_head.get(hit.end - 1) if hit else self.by_head.get(i)
            end = hit.end if hit else i + 1
            if hit is not None and hit.sort == "outlet":
                i = end
                continue
            if draft is not None and end <= stop and not self._hyphened(end, i):
                possessive = end < page.size and page.lower[end] in ("'s", "’s", "'", "’")
                named = draft.person and draft.kind == "name"
                if hit is None and not possessive and draft.kind != "possessive" and not named:
                    i = end
                    continue
                entities = self.resolve(draft).entities
                if entities:
                    (owners if possessive or draft.kind == "possessive" else adjectives).extend(entities)
            i = end
        return tuple(dict.fromkeys(adjectives)), tuple(dict.fromkeys(owners))

    def _hyphened(self, end: int, start: int) -> bool:
        """'Norwegian-built', 'pro-Russian': the country is not that of the thing itself."""
        page = self.page
        if end + 1 < page.size and page.words[end] == "-" and end + 1 not in self.drafter.hit_of:
            return page.lower[end + 1] not in OWNING and page.pos[end + 1] in ("VERB", "ADJ", "NOUN")
        return start > 1 and page.words[start - 1] == "-" and page.lower[start - 2] in ("pro", "anti", "ex")

    def _within(self, head: int, depth: int = 0) -> tuple[Entity, ...]:
        """'police in Nairobi', 'ministry of the republic', 'Ministry of Foreign Affairs of Bulgaria'."""
        page = self.page
        for child in page.children[head]:
            if page.dep[child] == "prep" and child > head and page.lower[child] in PLACE_PREPOSITIONS:
                for grandchild in page.children[child]:
                    if page.dep[grandchild] != "pobj":
                        continue
                    if grandchild in self.by_head:
                        found = self._with_conjuncts(grandchild)
                        guessed = GUESSES.issuperset(self.by_head[grandchild].rules[-1:] or [""])
                        if page.lower[grandchild] == "hague" and self.nouns.is_a(page.lemma(head), "court"):
                            return (THE_COURT,)
                        if found and not guessed:
                            return found
                    if depth < 2:
                        found = self._within(grandchild, depth + 1)
                        if found:
                            return found
        return ()

    def _place_beside(self, end: int) -> Entity | None:
        """What follows a place's name to say where it lies: ', India', 'in northern Kosovo'."""
        page, at = self.page, end
        if at + 1 >= page.size or page.lower[at] not in (",", "in", "("):
            return None
        for at in range(end + 1, min(end + 4, page.size)):
            hit = self.drafter.hit_of.get(at)
            if hit is not None:
                places = hit.sort in ("country", "region", "city", "capital") and hit.start == at
                # 'in Rameswaram, India, a union', but not 'In Africa, Guinea quarrels with Mali'
                closed = hit.end >= page.size or not page.words[hit.end][0].isalnum()
                return hit.entity if places and (closed or page.lower[end] == "in") else None
            if page.lower[end] == "," or page.lower[at] not in NARROWING:
                return None
        return None

    def _with_conjuncts(self, head: int) -> tuple[Entity, ...]:
        page, found = self.page, list(self.resolve(self.by_head[head]).entities)
        for child in page.children[head]:
            if page.dep[child] == "conj" and child in self.by_head:
                found += self._with_conjuncts(child)
        return tuple(dict.fromkeys(found))
