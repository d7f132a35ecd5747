"""The common nouns that can stand for a party, with their PLOVER sector."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.entities.tables import NounRow, OfficeHomeRow, TitleRow
from dragoman.lexicon import cells, read_table

# Titles that say nothing by themselves about who somebody is, or that name no party.
IDLE_TITLES = frozenset(
    "some others dozens hundreds thousands national nationals body bodies individual private local major"
    " justice campaign"
    " industry business public".split()
)
ABBREVIATED = {
    "gen.": "general", "gen": "general", "lt.": "lieutenant", "lt": "lieutenant", "col.": "colonel",
    "col": "colonel", "maj.": "major", "maj": "major", "capt.": "captain", "capt": "captain",
    "sgt.": "sergeant", "sgt": "sergeant", "cpl": "corporal", "brig.": "brigadier", "brig": "brigadier",
    "adm.": "admiral", "adm": "admiral", "pres.": "president", "gov.": "governor", "sen.": "senator",
    "rep.": "representative", "rev.": "reverend", "supt.": "superintendent", "insp.": "inspector",
    "pm": "prime minister", "cdr": "commander", "cmdr.": "commander",
}  # fmt: skip
# Forms of address, which tell no office.
ADDRESS = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir lord lady dame dr dr. prof. prof madame monsieur don doña baroness"
    " baron comrade"
    " señor haji hajji sheikh sheik st. m. mme herr frau count viscount".split()
)
PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ee", "ant", "smith")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun can stand for: ``kind`` is person, group, thing, place or none."""

    kind: str
    sector: str | None


class NounBook:
    """Looks up descriptions by their words; a longer phrase ('prison guard') goes before its head
    ('guard').
    """

    def __init__(self) -> None:
        self.nouns: dict[str, Noun] = {}
        self.phrases: dict[str, Noun] = {}
        self.traits: dict[str, frozenset[str]] = {}
        self.title_words: set[str] = set(ADDRESS) | set(ABBREVIATED)
        for row in read_table("titles.tsv", TitleRow):
            if row.title in IDLE_TITLES:
                continue
            noun = Noun(row.person_or_group, row.sector)
            (self.phrases if " " in row.title else self.nouns)[row.title] = noun
            if row.person_or_group == "person":
                self.title_words.update(row.title.replace("-", " - ").split())
        for extra in read_table("nouns.tsv", NounRow):
            noun = Noun(extra.kind, extra.sector or None)
            if extra.traits:
                self.traits[extra.noun] = frozenset(cells(extra.traits))
            if " " in extra.noun:
                self.phrases.setdefault(extra.noun, noun)
            elif extra.kind in ("thing", "place", "none") or extra.noun not in self.nouns:
                self.nouns[extra.noun] = noun
        self.homes = {
            row.title: frozenset(cells(row.iso3)) for row in read_table("office_homes.tsv", OfficeHomeRow)
        }
        self.title_words -= {"of", "the", "to", "and", "at", "in", "without", "-", "for"}
        self.last_words = {phrase.rsplit(" ", 1)[-1] for phrase in self.phrases}

    def homes_of(self, words: list[str]) -> frozenset[str]:
        """The states that have the title with which these words end; empty where many have it."""
        for width in (3, 2, 1):
            found = self.homes.get(" ".join(words[-width:])) if len(words) >= width else None
            if found:
                return found
        return frozenset()

    def is_a(self, noun: str, trait: str) -> bool:
        """Whether the noun has that trait in the table: 'neighbour' is an "other"."""
        return trait in self.traits.get(noun, ())

    def find(self, lower: list[str], lemma: str, head: int, by_ending: bool = True) -> Noun | None:
        """What the noun at ``head``, with the words before it, can stand for; ``None`` if for no party.

        ``by_ending`` lets the ending decide for words that no table has: 'bricklayers' are people.
        """
        word = lower[head]
        if word in self.last_words or lemma in self.last_words:
            for width in (3, 2, 1):
                if head >= width:
                    before = " ".join(lower[head - width : head])
                    found = self.phrases.get(f"{before} {word}") or self.phrases.get(f"{before} {lemma}")
                    if found:
                        return found
        found = self.nouns.get(word) or self.nouns.get(lemma)
        if found:
            return found if found.kind != "none" else None
        if by_ending and len(lemma) > 5 and lemma.endswith(PERSON_ENDINGS):
            return Noun("person", None)
        return None
