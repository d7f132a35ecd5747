"""Decides which names are places, and which place each of them is."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc

from dragoman.places.gazetteer import Gazetteer, Site
from dragoman.places.nouns import PlaceNouns, plural
from dragoman.places.scanning import COMPASS, LOCATIVE, PREPOSITIONS, Candidate, Scan

# A city of this size is known by name alone; a smaller one needs its country or a preposition beside it.
KNOWN, MIDDLE, SMALL = 300_000, 60_000, 15_000
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec today "
    "yesterday jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. mon. tues. wed. thurs. fri. "
    "sat. sun.".split()
)
# Last words of a name that is a body, an office or a document, whatever stands before.
BODIES = frozenset(
    "ministry parliament congress senate council court committee commission assembly government party "
    "union agency bureau department office army force forces navy police guard corps front movement "
    "alliance league bank fund treaty agreement accord accords convention charter protocol conference "
    "summit club post times group company corporation foundation institute organisation organization "
    "authority association federation confederation television radio news press act bill plan pact "
    "declaration nations states cup olympics tribunal initiative programme program process resolution "
    "community secretariat chamber house cabinet".split()
)


# What is done to a place: the object of these is one, if nothing says that it is a person.
REACHING = frozenset(
    "shell storm pound bomb strike hit bombard seize capture take overrun enter reach leave cross visit "
    "besiege occupy retake recapture raid attack quit evacuate liberate encircle surround tour shake rock "
    "ransack blockade cut hold control loot burn torch level fill picket mortar gas line reopen mob "
    "repair tighten".split()
)


@dataclass(slots=True)
class Evidence:
    """Which countries the report speaks of, and where."""

    counts: Counter[str] = field(default_factory=Counter)
    at: list[tuple[int, str, str]] = field(default_factory=list)
    dateline: str = ""


@dataclass(slots=True)
class Named:
    """Tokens that name a place, and what is known of it."""

    first: int
    last: int
    core: tuple[int, int]
    site: Site | None
    country: str
    precision: str
    rule: str


class Judge:
    """Judges the names of one report."""

    def __init__(self, doc: Doc, found: Scan, gazetteer: Gazetteer, nouns: PlaceNouns) -> None:
        self.doc, self.found, self.gazetteer, self.nouns = doc, found, gazetteer, nouns
        self.words = found.words
        self.lower = [word.lower() for word in found.words]
        strings = doc.vocab.strings
        self.proper = [pos == strings["PROPN"] for pos in doc.to_array("POS").tolist()]
        self.ends = {one.first: one.last for one in found.candidates}
        self.sites = {one.first: gazetteer.named(one.key) for one in found.candidates}
        self.persons = self.person_names()
        self.evidence = self.gather()

    def at(self, index: int) -> str:
        """The lower-cased word at the index, '' beyond the edges."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def paragraph_start(self, index: int) -> int:
        """The first token of the paragraph in which the index lies."""
        while index > 0 and "\n" not in self.words[index - 1]:
            index -= 1
        return index

    def capital_at(self, index: int) -> bool:
        """Whether a capitalised proper noun stands there."""
        return 0 <= index < len(self.words) and self.words[index][:1].isupper() and self.proper[index]

    def person_names(self) -> set[str]:
        """Last words of names with several words that end in no place noun: surnames, mostly."""
        names = set()
        for first, last in self.found.unknown:
            word = self.lower[last - 1]
            if word in self.nouns.after or word in BODIES:
                continue
            long = (
                sum(part[:1].isalpha() for part in self.words[first:last]) > 1
                and "-" not in self.words[first:last]
            )
            if self.at(first - 1) in LOCATIVE:
                continue
            if long or (self.capital_at(first - 1) and first - 1 not in self.ends):
                names.add(word)
        for one in self.found.candidates:
            if self.is_name_part(one) and not self.capital_at(one.last):
                names.add(self.lower[one.last - 1])
        return names

    def is_name_part(self, one: Candidate) -> bool:
        """Whether the words are part of a longer name: 'Jack London', 'Washington Post', 'Paris Club'."""
        if one.dateline:
            return False
        before, after = one.first - 1, one.last
        if self.capital_at(before) and not self.stands_apart(before):
            head = self.doc[before].head.i
            if head >= one.first and head < max(one.last, after + 2):
                return True
        if self.capital_at(after) and self.at(after) in BODIES:
            return True
        if not self.capital_at(after) or self.at(after) in TIMES or self.is_place_noun(after):
            return False
        if after in self.ends and self.sites[after][0].kind == "country":
            return False
        token = self.doc[one.last - 1]
        return token.head.i >= after and token.dep_ in ("compound", "nmod", "amod", "poss", "nsubj")

    def stands_apart(self, index: int) -> bool:
        """Whether a capitalised word before a name is no part of it: a direction, a place noun, a country."""
        word = self.lower[index]
        return word in COMPASS or word in self.nouns.before or word in self.nouns.after or word in TIMES

    def is_place_noun(self, index: int) -> bool:
        """Whether a noun that makes a place of the name before it begins there."""
        return self.noun_after(index) is not None

    def noun_after(self, index: int) -> tuple[int, str] | None:
        """End and precision of the longest such noun that begins at the index."""
        for length in (3, 2, 1):
            words = " ".join(self.lower[index : index + length])
            precision = self.nouns.after.get(words)
            if precision is None and words != "states":
                precision = self.nouns.after.get(plural(words))
            if precision is not None:
                return index + length, precision
        return None

    def gather(self) -> Evidence:
        """Which countries are named, by name, by their peoples, by capitals and datelines."""
        evidence = Evidence()
        for index, code in self.found.adjectives:
            evidence.counts[code] += 1
            evidence.at.append((index, code, "people"))
        for one in self.found.candidates:
            sites = self.sites[one.first]
            code = sure_country(sites)
            if code and (sites[0].kind in ("country", "region") or not self.is_name_part(one)):
                evidence.counts[code] += 1
                if not one.dateline:
                    evidence.at.append((one.first, code, self.manner(one, sites[0])))
        for one in self.found.candidates:
            if one.dateline and not evidence.dateline:
                site = self.choose(one, evidence)
                evidence.dateline = site.iso3 if site else ""
        evidence.at.sort()
        return evidence

    def manner(self, one: Candidate, site: Site) -> str:
        """How a name brings its country up: as possessor, as place of something, as country, or by a city."""
        if self.at(one.last) in ("'s", "’s"):
            return "possessive"
        if self.preposition(one.first - 1) in LOCATIVE:
            return "located"
        return "country" if site.kind == "country" else "city"

    def choose(self, one: Candidate, evidence: Evidence, admin: bool = False) -> Site | None:
        """The likeliest site of that name, by what it lies in, its country's presence and its size."""
        told = self.container(one)
        sites = self.sites[one.first]
        if told:
            sites = [site for site in sites if site.iso3 == told] or sites
        alone, famous = Counter(site.iso3 for site in sites), self.gazetteer.famous

        def worth(site: Site) -> float:
            size = 1.6 * math.log10(site.population + 1000)
            if site.kind == "country":
                size = 14.0
            elif site.kind == "region":
                size = 9.0
            present = evidence.counts[site.iso3] - (1 if len(alone) == 1 else 0)
            size += 2.5 if present > 0 else 0.0
            size += 1.5 if site.iso3 == evidence.dateline else 0.0
            size += 1.5 if site.capital else 0.0
            size += 3.0 if (one.key, site.iso3) in famous else 0.0
            return size + (3.0 if admin == (site.kind == "admin1") else 0.0)

        return max(sites, key=worth, default=None)

    def container(self, one: Candidate) -> str:
        """The country that the words put it in: 'Tripoli, Lebanon', 'the Russian city of Kazan'."""
        after = one.last
        if self.at(after) in (",", "(", "in"):
            after += 1
            while self.at(after) in COMPASS or self.at(after) == "the":
                after += 1
            if after in self.ends:
                return self.holder(one, after)
        before = one.first - 1
        if self.at(before) == "of" and self.at(before - 1) in self.nouns.of:
            before -= 2
            steps = 0
            adjectives = dict(self.found.adjectives)
            while steps < 3 and before >= 0:
                if before in adjectives:
                    return adjectives[before]
                before, steps = before - 1, steps + 1
        return ""

    def holder(self, one: Candidate, after: int) -> str:
        """The country of a name that follows, if that is a country, or a province with such a town in it."""
        holders = self.sites[after]
        if holders[0].kind == "country":
            return holders[0].iso3
        provinces = {(site.iso3, site.name) for site in holders if site.kind == "admin1"}
        inside = [site.iso3 for site in self.sites[one.first] if (site.iso3, site.admin1) in provinces]
        return inside[0] if inside else ""

    def preposition(self, index: int) -> str:
        """The preposition before the index, over article, direction and adjective; '' if there is none."""
        steps = 0
        while steps < 3 and (
            self.at(index) in COMPASS or self.at(index) in ("the", "-", "central", "nearby")
        ):
            index, steps = index - 1, steps + 1
        word = self.at(index)
        return word if word in PREPOSITIONS else ""

    def tells(self, index: int) -> bool:
        """Whether an adjective stands there: 'over besieged Jaffna'."""
        return index >= 0 and self.words[index].islower() and self.doc[index].tag_ in ("JJ", "VBN")

    def is_place(self, one: Candidate, site: Site) -> bool:
        """Whether the name is a place here, by its size, its country's presence and its preposition."""
        if one.dateline:
            return True
        if self.is_name_part(one):
            return False
        if site.kind in ("country", "region"):
            return True
        preposition = self.preposition(one.first - 1)
        surname = self.lower[one.last - 1] in self.persons and one.last - one.first == 1
        present = self.is_present(one, site)
        if preposition in LOCATIVE:
            return not surname or site.population >= SMALL
        if surname:
            return False
        if (
            site.capital
            or (one.key, site.iso3) in self.gazetteer.famous
            or site.population >= KNOWN
            or self.container(one)
        ):
            return True
        if self.is_place_noun(one.last) or self.at(one.first - 2) in self.nouns.of:
            return True
        if preposition:
            return site.population >= (SMALL if present else 2 * MIDDLE)
        if self.is_object(one.last - 1):
            return present or site.population >= MIDDLE
        return present and site.population >= MIDDLE and self.proper[one.first]

    def is_present(self, one: Candidate, site: Site) -> bool:
        """Whether the report speaks of the site's country elsewhere too, or the place is known without it."""
        if (one.key, site.iso3) in self.gazetteer.famous:
            return True
        return self.evidence.counts[site.iso3] > (1 if sure_country(self.sites[one.first]) else 0)

    def is_object(self, index: int) -> bool:
        """Whether the word is what is shelled, stormed, crossed or visited."""
        token = self.doc[index]
        return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in REACHING


def sure_country(sites: list[Site]) -> str:
    """The country of a name that can hardly be another: a country, a region, a capital or a great city."""
    if not sites:
        return ""
    if sites[0].kind in ("country", "region"):
        return sites[0].iso3
    best = max(sites, key=lambda site: site.population)
    others = [site.population for site in sites if site.iso3 != best.iso3]
    if best.population >= KNOWN and max(others, default=0) * 5 < best.population:
        return best.iso3
    return ""
