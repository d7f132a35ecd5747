"""Resolves all drafts of a report: names at once, everything else once, on demand and in text order."""

from __future__ import annotations

from dataclasses import replace

from dragoman.entities.context import ABOVE_STATES
from dragoman.entities.descriptions import NUMBERS, Descriptions
from dragoman.entities.desk import POSSESSIVE
from dragoman.entities.naming import Hit
from dragoman.entities.page import Draft
from dragoman.entities.pronouns import Pronouns

SYNONYMS = {
    "North Atlantic Treaty Organization": ("alliance",), "European Union": ("bloc",),
    "European Community": ("bloc",), "Association of Southeast Asian Nations": ("bloc",),
    "Economic Community of West African States": ("bloc",),
    "Southern African Development Community": ("bloc",), "Caribbean Community": ("bloc",),
    "African Union": ("bloc",), "Eurasian Economic Union": ("bloc",),
    "Gulf Cooperation Council": ("bloc",), "Southern Common Market": ("bloc",),
    "International Atomic Energy Agency": ("watchdog",),
    "Collective Security Treaty Organization": ("alliance",), "International Monetary Fund": ("lender",),
    "World Bank": ("lender",),
}  # fmt: skip


class Resolver(Descriptions, Pronouns):
    """Resolves the drafts of one report."""

    def resolve_all(self) -> list[Draft]:
        """Every draft, resolved as far as it can be."""
        for draft, behind in self.drafter.drafts():
            self.drafts.append(draft)
            self.by_head[draft.head] = draft
            self.behind[draft.head] = behind
            if isinstance(behind, Hit):
                self._named(draft, behind)
        self.heads.extend(draft.head for draft in self.drafts)
        self.antecedents.trace = self.context.trace
        self._find_datelines()
        for draft in self.drafts:
            if draft.kind == "description":
                self._note_explicit(draft)
        for draft in self.drafts:
            self.resolve(draft)
        for draft in self.drafts:
            if draft.person and draft.kind == "name" and not draft.codes():
                self._recall(draft)
        return self.drafts

    def _note_explicit(self, draft: Draft) -> None:
        """'the Turkish police': which country's the police are stands before the noun."""
        for i in range(draft.head - 1, draft.start - 1, -1):
            hit = self.drafter.hit_of.get(i)
            if hit is not None and hit.sort in ("adjective", "country", "capital") and hit.entity.country:
                self.context.say_explicitly(draft, hit.entity.country)
                return

    def _find_datelines(self) -> None:
        """The countries of the datelines: a place in capitals at the head of a paragraph."""
        for draft in self.drafts:
            hit = self.behind[draft.head]
            if isinstance(hit, Hit) and hit.entity.country not in ABOVE_STATES and self._heads_paragraph(hit):
                self.context.datelines.append((draft.start, hit.entity.country))

    def _heads_paragraph(self, hit: Hit) -> bool:
        page, start = self.page, hit.start
        word = page.words[start]
        if hit.sort not in ("capital", "city", "region", "country") or not word.isupper():
            return False
        if len(word) < 2 or (len(word) < 4 and hit.end - start == 1):
            return False  # 'US', 'UK'
        return (
            start == 0 or page.para[start] != page.para[start - 1] or page.words[start - 1].startswith("\n")
        )

    def resolve(self, draft: Draft) -> Draft:
        """The draft with its entities, if they can be told."""
        if draft.head in self.started:
            return draft
        self.started.add(draft.head)
        behind = self.behind[draft.head]
        if isinstance(behind, Hit):
            if behind.sort == "person":
                self._known_person(draft, behind)
            elif behind.sort == "people":
                self._people(draft)
        elif draft.kind == "name":
            self._unknown_name(draft)
        elif draft.noun.startswith("set:"):
            self._collective(draft, NUMBERS.get(draft.noun[4:], 2))
        elif draft.kind == "description":
            self._description(draft)
        else:
            self._pronoun(draft)
        return draft

    def _named(self, draft: Draft, hit: Hit) -> None:
        entity = hit.entity
        if hit.sort != "person":
            home = self._home_before(hit) if hit.sort in ("body", "acronym") else ""
            if home:
                entity = replace(entity, country=home)
            draft.settle((entity,), f"names/{hit.sort}")
            if hit.sort != "outlet":
                self.context.add(draft.head, entity.country)
            if hit.sort in ("body", "acronym"):
                words = entity.name.lower().split()
                ends = frozenset(
                    {words[0], words[-1], words[-1].removesuffix("s"), *SYNONYMS.get(entity.name, ())}
                )
                if entity.kind == "armed_group":
                    ends |= frozenset(words)
                self.context.bodies.append((draft.head, ends, entity))
            self._abbreviation(draft)
        else:
            self.context.add(draft.head, self._holder(entity.id).country)

    def _home_before(self, hit: Hit) -> str:
        """The country that stands before a body's name and is not the table's: 'the Turkish Red Crescent',
        "Italy's Eni", 'the Pakistani Taliban'; a body of states has none.
        """
        page, before = self.page, hit.start - 1
        owned = before > 0 and page.lower[before] in POSSESSIVE
        owner = self.drafter.hit_of.get(before - 1 if owned else before)
        if owner is None or owner.sort not in ("adjective", "country"):
            return ""
        code, table = owner.entity.country, hit.entity.country
        if not code or code in ABOVE_STATES or table in ("UNO", "EUR", "IGO", code):
            return ""
        if owned or owner.sort == "country":
            return code if table in ("NGO", "MNC") and owned else ""
        return code

    def _abbreviation(self, draft: Draft) -> None:
        """'Southern African Development Community (SADC)': the letters stand for the same body from here
        on.
        """
        page, after = self.page, draft.end
        if after + 2 < page.size and page.words[after] == "(" and page.words[after + 2] == ")":
            self.aliases[page.words[after + 1]] = draft.entities
