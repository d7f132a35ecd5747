"""Finds names in the text and says what they may stand for, before anything else is known."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from dragoman.entities.namebook import UNSURE, Entry, NameBook, slug
from dragoman.entities.nounbook import NounBook
from dragoman.entities.page import Page
from dragoman.records import Document, Entity

ORDER = {
    "country": 0, "adjective": 1, "people": 2, "capital": 3, "region": 4, "body": 5, "metonym": 6,
    "person": 7, "acronym": 8, "outlet": 9, "city": 10,
}  # fmt: skip
BEARERS = frozenset({"country", "adjective", "people", "capital", "metonym"})
PARTICLES = frozenset(
    "al el bin ibn ben abu de da dos del della di du la le van von der den ter ul ur y e of".split()
)
LOCATIVE = frozenset(
    "in at near from to around outside inside towards toward between into through over off via reach"
    " reached left leave"
    " town village city port district province region capital suburb of".split()
)
YEAR = re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b")


# Of the states that share an adjective, the one that is in the news more.
LIKELIER = frozenset({"DOM", "COD", "KOR", "GIN", "IND", "NER"})


@dataclass(slots=True)
class Hit:
    """A name in the text: its tokens, and what it may stand for, likeliest first."""

    start: int
    end: int
    key: str
    entries: list[Entry]

    @property
    def sort(self) -> str:
        """What kind of name it most likely is."""
        return self.entries[0].sort

    @property
    def entity(self) -> Entity:
        """What it most likely stands for."""
        return self.entries[0].entity


class Namer:
    """Finds the names of one report."""

    def __init__(self, page: Page, book: NameBook, nouns: NounBook, when: date | None) -> None:
        self.page, self.book, self.nouns = page, book, nouns
        self.when = when or date.max
        self.common = book.guards["common"]
        self.hits: list[Hit] = []
        self.codes: Counter[str] = Counter()
        self.surnames: set[str] = set()

    def find(self) -> list[Hit]:
        """All names in the text, in order; ambiguous ones lean to countries that the report names plainly."""
        raw = self._scan()
        self._koreas(raw)
        self._note_surnames(raw)
        for hit in raw:
            if len(hit.entries) and hit.entries[0].sort in BEARERS:
                codes = {e.entity.country for e in hit.entries if e.sort in BEARERS and e.weight > -2}
                if len(codes) == 1:
                    self.codes[codes.pop()] += 1
        self.hits = [hit for hit in raw if self._keep(hit)]
        return self.hits

    def _koreas(self, raw: list[Hit]) -> None:
        """'the North' and 'the South', where the report is about Korea."""
        codes = {hit.entries[0].entity.country for hit in raw if hit.entries and hit.sort in BEARERS}
        if not codes & {"PRK", "KOR"} or codes & {"SDN", "VNM", "YEM"}:
            return
        raw[:] = [hit for hit in raw if hit.key not in ("North", "South")]
        taken = {i for hit in raw for i in range(hit.start, hit.end)}
        page = self.page
        for i in range(1, page.size):
            code = {"North": "PRK", "South": "KOR"}.get(page.words[i])
            if (
                code
                and i not in taken
                and page.lower[i - 1] == "the"
                and not (i + 1 < page.size and page.words[i + 1][0].isupper())
            ):
                raw.append(
                    Hit(i, i + 1, "the " + page.words[i], [Entry(self.book.countries[code], "country")])
                )
        raw.sort(key=lambda hit: hit.start)

    def _note_surnames(self, raw: list[Hit]) -> None:
        """Words that end a longer unknown name somewhere ('Hassan Zahir') are that person's when they
        stand alone.
        """
        for hit in raw:
            if hit.sort == "person":
                self.surnames.add(self.page.words[hit.end - 1])
            first = hit.start
            if hit.end - first > 1 or not first or hit.sort not in ("city", "outlet", "region"):
                continue
            if self._namelike(first - 1) and self.page.sent[first - 1] == self.page.sent[first]:
                self.surnames.add(hit.key)

    def _scan(self) -> list[Hit]:
        page, book = self.page, self.book
        words = [w.replace("’", "'") if "’" in w else w for w in page.words]
        starts, entries, cities = book.starts, book.entries, book.cities
        titled: list[str] | None = None
        found, i, size = [], 0, page.size
        while i < size:
            word = words[i]
            match = None
            if word in starts or word in entries or word in cities:
                match = book.match(words, i, size)
            if (
                match is None
                and word.isupper()
                and (
                    len(word) > 3
                    or (len(word) > 1 and i + 1 < size and words[i + 1].isupper() and len(words[i + 1]) > 2)
                )
            ):
                titled = titled or [w.capitalize() if w.isupper() and len(w) > 1 else w for w in words]
                match = book.match(titled, i, size)
                if match and match[1] in self.common:
                    match = None
            if word in book.ships and i + 1 < size and words[i + 1][0].isupper():
                found.append(self._ship(i))
                i = found[-1].end
                continue
            if match is None:
                i += 1
                continue
            end, key = match
            found.append(Hit(i, end, key, self._entries(key)))
            i = end
        return found

    def _ship(self, start: int) -> Hit:
        """'HMS Westminster': the navy's, whatever the name behind its letters means by itself."""
        page, end = self.page, start + 1
        while end < page.size and page.words[end][0].isupper() and page.sent[end] == page.sent[start]:
            end += 1
        name = " ".join(page.words[start:end])
        entity = Entity(f"body:{slug(name)}", name, self.book.ships[page.words[start]], "MIL", "body")
        return Hit(start, end, name, [Entry(entity, "body")])

    def _entries(self, key: str) -> list[Entry]:
        """The things of that name on the day of the report, likeliest first."""
        named = self.book.entries.get(key, [])
        valid = [
            e for e in named if e.since <= self.when and (e.until >= self.when or e.sort != "person")
        ] or named
        places = self.book.city_entries(key) if key in self.book.cities else []
        if len(valid) > 1:
            valid = sorted(valid, key=lambda e: (ORDER[e.sort], -e.weight))
        return valid + places

    def _keep(self, hit: Hit) -> bool:
        """Whether the words are that name here; orders what it may stand for by the countries in the text."""
        page, first = self.page, hit.start
        word = page.words[first]
        if not hit.entries:
            return False
        if hit.end - first == 1:
            if hit.key in self.common or (not word[0].isupper() and not word[0].isdigit()):
                return False
            tagged = page.pos[first] in ("PROPN", "ADJ", "NOUN", "NUM", "X", "INTJ")
            if not tagged and not (hit.sort == "acronym" and len(word) > 3 and word.isupper()):
                return hit.sort in BEARERS and page.pos[first] != "VERB"
        if (
            hit.end - first == 1
            and hit.sort in ("city", "region", "outlet", "body")
            and page.lower[first] in self.nouns.nouns
        ):
            return False
        if hit.sort == "outlet" and hit.key in self.book.guards["outlet"]:
            return False
        if hit.sort not in ("country", "adjective", "people", "capital") and self._part_of_longer(hit):
            return False
        if hit.key == "Brussels":
            return self._brussels(hit)
        if hit.sort == "capital" and first and page.lower[first - 1] in ("de", "van", "von", "al", "bin"):
            return False  # 'Leila de Lima'
        if hit.key in ("Indians", "Indian") and not self.codes["IND"] and self.codes:
            return False  # 'the Indians called off the march', in Ecuador
        if hit.key in self.book.guards["given-name"] and self._before_surname(hit):
            return False
        return self._choose(hit)

    def _brussels(self, hit: Hit) -> bool:
        """'Brussels froze a grant': the Union, unless the report is about Belgium, or it is the place that
        is meant.
        """
        page = self.page
        place = (hit.start and page.lower[hit.start - 1] in ("in", "at", "near", "from")) or page.words[
            hit.start
        ].isupper()
        belgian = self.codes["BEL"] > sum(1 for w in page.words if w == "Brussels")
        union = next((e for e in self.book.entries["EuropeanUnion"]), None)
        if not place and not belgian and union:
            hit.entries = [union]
        return True

    def _choose(self, hit: Hit) -> bool:
        """Put the likeliest first; False where nothing it may stand for is likely here."""
        entries = hit.entries
        papers = [e for e in entries if e.sort == "outlet"]
        if hit.sort == "acronym" and papers and self._is_credit(hit, entries[0]):
            hit.entries = papers
            return True
        if hit.sort == "acronym":
            entries = [e for e in entries if self._acronym_fits(hit.key, e)]
        if hit.sort == "body":
            entries = [e for e in entries if e.weight > UNSURE or self.codes[e.entity.country]]
        if hit.sort in ("city", "region") and entries and entries[0].weight and not self._likely_place(hit):
            return False
        if len(entries) > 1:
            codes = self.codes
            if hit.sort in ("country", "adjective", "people", "capital"):
                entries = sorted(
                    entries,
                    key=lambda e: (
                        ORDER[e.sort],
                        e.weight < -1,
                        -codes[e.entity.country],
                        -e.weight,
                        e.entity.country not in LIKELIER,
                    ),
                )
            else:
                entries = sorted(entries, key=lambda e: -min(codes[e.entity.country], 1))
        hit.entries = entries
        return bool(entries)

    def _likely_place(self, hit: Hit) -> bool:
        """Whether a word that tables know as a town is one here, and not a person or a thing."""
        page, last = self.page, hit.end - 1
        top = max(e.weight for e in hit.entries)
        known = any(self.codes[e.entity.country] for e in hit.entries)
        other = hit.key in self.surnames or (page.pos[last] != "PROPN" and top < 1_000_000)
        if other and hit.end - hit.start == 1:
            return False
        before = page.lower[hit.start - 1] if hit.start else ""
        if before in PARTICLES - {"of", "y", "e"} and page.words[hit.start - 1].islower():
            return False  # 'Erick van Dongen'
        placed = (
            before in LOCATIVE
            or page.dep[last] in ("pobj", "appos", "npadvmod")
            or page.words[last].isupper()
        )
        if not placed and (hit.key in self.book.surnames or (not known and len(hit.entries) > 2)):
            return False
        return (
            (known and (placed or top >= 100_000 or page.dep[last] == "conj"))
            or placed
            or (top >= 500_000 or (top >= 80_000 and len(hit.entries) == 1))
        )

    def _is_credit(self, hit: Hit, body: Entry) -> bool:
        """'(AFP)' is the agency, as is AFP in a report that does not name the Philippines, whose forces
        bear the same letters.
        """
        page = self.page
        inside = hit.start and hit.end < page.size and page.words[hit.start - 1] in ("(", "/")
        bracketed = inside and page.words[hit.end] in (")", "/")
        return bracketed or not self.codes[body.entity.country]

    def _acronym_fits(self, key: str, entry: Entry) -> bool:
        if key in self.book.guards["acronym"]:
            return True
        return len(key) > 2 and (self.codes[entry.entity.country] > 0 or (len(key) > 3 and "." not in key))

    def _part_of_longer(self, hit: Hit) -> bool:
        """Whether unknown capitalised words stand directly before or after it ('Ali Hassan Salameh')."""
        page = self.page
        before, after = hit.start - 1, hit.end
        if before >= 0 and self._namelike(before) and page.sent[before] == page.sent[hit.start]:
            return True
        return after < page.size and self._namelike(after) and page.sent[after] == page.sent[hit.start]

    def _namelike(self, i: int) -> bool:
        page, word = self.page, self.page.words[i]
        if not word[0].isupper() or page.pos[i] != "PROPN" or (word.isupper() and len(word) > 4):
            return False
        low = page.lower[i]
        if low in self.nouns.title_words or low in self.nouns.nouns or low in self.nouns.last_words:
            return False
        held = self.book.entries.get(word)
        return not (held and held[0].sort in BEARERS)

    def _before_surname(self, hit: Hit) -> bool:
        page, after = self.page, hit.end
        if after >= page.size or not self._namelike(after):
            before = hit.start - 1
            return (
                (hit.sort != "adjective" or hit.key in ("Karen", "Roman", "Christian"))
                and before >= 0
                and self._namelike(before)
                and page.sent[before] == page.sent[hit.start]
            )
        return (hit.sort != "adjective" or hit.key in ("Karen", "Roman")) and page.sent[after] == page.sent[
            hit.start
        ]


def day_of(document: Document, text: str) -> tuple[date | None, str]:
    """The day on which offices are looked up, and a rule that says so where it is not the publication date.

    Without one it is the end of the latest year that the text names; without that, the latest holder counts.
    """
    published = document.published
    day = (published.end or published.start) if published else None
    if day:
        return day, ""
    years = [int(year) for year in YEAR.findall(text)]
    if years:
        return date(max(years), 12, 31), "offices/latest-year-in-the-text"
    return None, "offices/latest-holder"
