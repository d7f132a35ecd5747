"""All names that the tables know, compiled into one dictionary that reads tokens.

A name is looked up as its characters without spaces, so that it does not matter how the tokeniser cuts
'Guinea-Bissau' or "Côte d'Ivoire".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dragoman.entities.tables import (
    BREAKAWAY,
    CountryRow,
    GuardRow,
    OfficeRow,
    OrganisationRow,
    OutletRow,
    PeopleRow,
    RegionRow,
    ShipRow,
    cells,
    first_day,
    last_day,
    today,
)
from dragoman.lexicon import read_table, table_path
from dragoman.records import Entity

FIRST_CHUNK = re.compile(r"[^\s,\-–/]+")
BRACKET = re.compile(r"\s*\([^)]*\)$")
SPACE = re.compile(r"\s+")
LONGEST = 14  # tokens
PLAIN = str.maketrans("’‘ʼıŁłØøĐđÐðßƏəÞþ", "'''iLlOoDdDdsAaTt")

# States before what once were states, these before territories that share an adjective with their sovereign.
RANK = {
    "state": 0,
    "partially_recognised": 1,
    "special_region": 1,
    "breakaway": 2,
    "former": 3,
    "former_name": 4,
}

# Weight of a bare name that bodies of several states bear ('National Party (Uruguay)').
UNSURE = -1.0

# Where the father's surname, by which people are called, stands before the mother's.
TWO_SURNAMES = frozenset(
    "ARG BOL CHL COL CRI CUB DOM ECU ESP GNQ GTM HND MEX NIC PAN PER PRY SLV URY VEN".split()
)

# Parts of the world whose adjectives stand before 'ministers' or 'states', but that are nobody's state.
CONSTRUCTS = (
    "European|Arab|Western|African|Asian|Latin American|Nordic|Baltic|Balkan|Central Asian"
    "|West African|East African|Central American|South American|Caribbean|Scandinavian|Pacific"
    "|Central European|Eastern European|Gulf|Sahelian|Andean"
).split("|")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name may stand for: ``sort`` says what kind of name it is.

    Sorts: country, adjective, people, capital, metonym, city, region, body, acronym, outlet, person.
    """

    entity: Entity
    sort: str
    since: date = date.min
    until: date = date.max
    weight: float = 0.0


def fold(name: str) -> str:
    """The name without diacritics, as wire copy prints it."""
    if name.isascii():
        return name
    plain = name.translate(PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def slug(name: str) -> str:
    """The name as part of an id: lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


SPECIAL = ("the ", "al-", "Al-", "UN ", "United Nations ", "Saint ", "St. ")


def forms(names: Iterable[str]) -> list[str]:
    """Every way in which these names may be printed: with and without brackets, diacritics, article."""
    found: dict[str, None] = {}
    for name in names:
        bare = BRACKET.sub("", name).strip() if "(" in name else name.strip()
        if not bare:
            continue
        if bare.isascii() and not bare.startswith(SPECIAL) and "rgani" not in bare:
            found[bare] = None
            continue
        for one in (bare, fold(bare), bare.removeprefix("the ")):
            if one:
                found[one] = None
            if any(c in "äöü" for c in one):
                found[fold(one.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))] = None
            if "rganisation" in one or "rganization" in one:
                found[one.replace("rganisation", "rganization")] = None
                found[one.replace("rganization", "rganisation")] = None
            if one.startswith(("al-", "Al-")):
                found |= dict.fromkeys(("al-" + one[3:], "Al-" + one[3:], "Al " + one[3:], "al " + one[3:]))
            elif one.startswith("UN "):
                found |= dict.fromkeys(("U.N. " + one[3:], "United Nations " + one[3:]))
            elif one.startswith("United Nations ") and one != "United Nations ":
                found |= dict.fromkeys(("U.N. " + one[15:], "UN " + one[15:]))
            elif one.startswith("Saint "):
                found |= dict.fromkeys(("St " + one[6:], "St. " + one[6:]))
            elif one.startswith("St. "):
                found |= dict.fromkeys(("St " + one[4:], "Saint " + one[4:]))
    return list(found)


def with_singulars(people: Sequence[str]) -> list[str]:
    """'Spaniards' and 'Spaniard'."""
    return [
        *people,
        *(name[:-1] for name in people if name.endswith("s") and not name.endswith(("ss", "ois", "ais"))),
    ]


def shorter(name: str, code: str, given: set[str]) -> list[str]:
    """The forms in which reports print a name with two surnames: 'Jorge Serrano' for Jorge Serrano Elías.

    ``given`` are words that are first names.
    """
    words = name.split(" ")
    if code not in TWO_SURNAMES or len(words) < 3 or any(word[0].islower() for word in words):
        return []
    father = next((i for i, word in enumerate(words[1:-1], 1) if word not in given), None)
    if father is None:
        return []
    return list(dict.fromkeys((" ".join(words[: father + 1]), f"{words[0]} {words[father]}")))


def is_generic(row: OrganisationRow) -> bool:
    """Whether the bare name belongs to many states' bodies ('Constitutional Court (Turkey)', 'National
    Guard').
    """
    return row.kind == "state_body" and BRACKET.search(row.name) is not None


class NameBook:
    """Looks up names in token sequences."""

    def __init__(self) -> None:
        self.guards: dict[str, set[str]] = {}
        for guard in read_table("guards.tsv", GuardRow):
            self.guards.setdefault(guard.guard, set()).add(guard.name)
        self.filed: dict[str, str] = {}  # organisation -> code under which its acts are filed
        self.entries: dict[str, list[Entry]] = {}
        self.cities: dict[str, list[str]] = {}
        self.ships = {row.prefix: row.iso3 for row in read_table("ships.tsv", ShipRow)}
        self.starts: dict[str, int] = {}
        self.countries: dict[str, Entity] = {}
        self.holders: dict[tuple[str, str], list[tuple[Entity, date, date]]] = {}
        self.tenures: dict[str, list[tuple[Entity, OfficeRow, date, date]]] = {}
        self.surnames: dict[str, list[str]] = {}
        self._read_countries()
        self._read_peoples()
        self._read_constructs()
        self._read_regions()
        self._read_organisations()
        self._read_outlets()
        self._read_offices()
        self._read_cities()

    def add(self, name: str, entry: Entry) -> None:
        """One more thing that the name may stand for."""
        key = name.replace(" ", "")
        held = self.entries.get(key)
        if held is None:
            self.entries[key] = [entry]
        elif entry not in held:
            held.append(entry)
        self._start(name, len(key))

    def _start(self, name: str, length: int) -> None:
        first = FIRST_CHUNK.match(name)
        if first:
            # The tokeniser parts the possessive from its noun: 'Lord's Resistance Army' begins with 'Lord'.
            word = first.group().removesuffix("'s")
            if self.starts.get(word, 0) < length:
                self.starts[word] = length

    def _read_countries(self) -> None:
        for row in sorted(read_table("countries.tsv", CountryRow), key=lambda r: RANK.get(r.status, 5)):
            code = today(row.iso3)
            sector = "PRE" if row.iso3 in BREAKAWAY else "GOV"
            entity = Entity(
                code if sector == "GOV" else f"region:{slug(row.name)}", row.name, code, sector, "country"
            )
            if sector == "GOV" and code not in self.countries:
                self.countries[code] = entity
            if code == row.iso3 or code in self.countries:
                entity = self.countries.get(code, entity) if sector == "GOV" else entity
            rank = -RANK.get(row.status, 5)
            since, until = first_day(row.valid_from), last_day(row.valid_until)
            for name in forms([row.name, row.official_name, *cells(row.other_names)]):
                self.add(name, Entry(entity, "country", since, until, rank))
            for name in forms(cells(row.demonym_adjectives)):
                self.add(name, Entry(entity, "adjective", since, until, rank))
            people = Entity(entity.id, row.name, code, "CVL", "people")
            for name in forms(with_singulars(cells(row.people_nouns))):
                self.add(name, Entry(people, "people", since, until, rank))
            for name in forms([row.capital, *cells(row.capital_variants)]):
                self.add(name, Entry(entity, "capital", since, until, rank))
            for name in forms(cells(row.government_metonyms)):
                self.add(name, Entry(entity, "metonym", since, until, rank))

    def _read_peoples(self) -> None:
        for row in read_table("peoples.tsv", PeopleRow):
            for rank, code in enumerate(cells(row.iso3)):
                entity = Entity(f"people:{slug(row.name)}", row.name, code, "CVL", "people")
                for name in forms(cells(row.adjectives)):
                    self.add(name, Entry(entity, "adjective", weight=-rank))
                for name in forms(cells(row.people_nouns)):
                    self.add(name, Entry(entity, "people", weight=-rank))

    def _read_constructs(self) -> None:
        """'European ministers', 'Arab envoys': no state's, and so not the nearest state's either."""
        for word in CONSTRUCTS:
            code = "EUR" if word == "European" else ""
            self.add(
                word,
                Entry(Entity(f"region:{slug(word)}", word, code, None, "region"), "adjective", weight=-9),
            )

    def _read_regions(self) -> None:
        for row in read_table("regions.tsv", RegionRow):
            sector = "PRE" if row.kind == "breakaway" else None
            entity = Entity(f"region:{slug(row.name)}", row.name, today(row.iso3), sector, "region")
            for name in forms([row.name, *cells(row.name_variants)]):
                self.add(name, Entry(entity, "region"))

    def _read_organisations(self) -> None:
        generic = self.guards["generic-body"]
        for row in read_table("organisations.tsv", OrganisationRow):
            name = BRACKET.sub("", row.name)
            self.filed[row.name] = today(row.code)
            kind = (
                "armed_group" if row.kind == "armed_group" else "outlet" if row.kind == "outlet" else "body"
            )
            entity = Entity(f"body:{slug(row.name)}", name, today(row.code), row.sector or None, kind)
            since, until = first_day(row.active_from), last_day(row.active_until)
            bare = is_generic(row)
            for form in forms([row.name, *cells(row.name_variants)]):
                shared = form in generic or (bare and form == name)
                if not shared and not form.startswith(("the ", "oil ", "chemical ", "morality ", "anti-")):
                    weight = UNSURE if form == name != row.name else 0.0
                    self.add(form, Entry(entity, "body", since, until, weight))
            for form in forms(cells(row.acronym)):
                sort = "body" if form.upper() != form and len(form) > 3 else "acronym"
                self.add(form, Entry(entity, sort, since, until))

    def _read_outlets(self) -> None:
        for row in read_table("outlets.tsv", OutletRow):
            entity = Entity(f"body:{slug(row.name)}", row.name, today(row.iso3), "JRN", "outlet")
            for form in forms([row.name, *cells(row.variants)]):
                if form[0].isupper():
                    self.add(form, Entry(entity, "outlet"))

    def _read_offices(self) -> None:
        rows = list(read_table("offices.tsv", OfficeRow))
        names = [row.person_name.split(" ") for row in rows]
        given = {words[0] for words in names} | {words[1] for words in names if len(words) > 3} | {"Ángel"}
        for row in rows:
            code = today(row.iso3) or self.filed.get(row.organisation, "IGO")
            entity = Entity(
                f"person:{slug(row.person_name)}",
                row.person_name,
                code,
                row.sector or None,
                "person",
                row.title,
            )
            tenure = (entity, row, first_day(row.since), last_day(row.until))
            self.tenures.setdefault(entity.id, []).append(tenure)
            if not row.organisation:
                self.holders.setdefault((code, row.office), []).append((entity, tenure[2], tenure[3]))
            for form in forms(
                [row.person_name, *cells(row.name_variants), *shorter(row.person_name, code, given)]
            ):
                if " " in form or "-" in form:
                    self.add(form, Entry(entity, "person", tenure[2], tenure[3]))
                parts = form.split(" ")
                holders = self.surnames.setdefault(parts[-1], [])
                if entity.id not in holders:
                    holders.append(entity.id)

    def _read_cities(self) -> None:
        cities = self.cities
        with table_path("cities.tsv").open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                name, variants, _ = line.split("\t", 2)
                for form in (name, *variants.split("|")) if variants else (name,):
                    if " " in form or "-" in form:
                        key = form.replace(" ", "")
                        self._start(form, len(key))
                    else:
                        key = form
                    held = cities.get(key)
                    if held is None:
                        cities[key] = [line]
                    else:
                        held.append(line)

    def city_entries(self, key: str) -> list[Entry]:
        """The places of that name, most populous first."""
        found = []
        for line in self.cities.get(key, ()):
            name, _, iso3, _, number, _, _, population, feature = line.rstrip("\n").split("\t")
            place = f"city:{number}" if number else f"region:{slug(name)}"
            kind = "region" if feature == "admin1" else "city"
            entity = Entity(place, name, iso3, None, kind)
            found.append(
                Entry(entity, kind, weight=float(population) * (1000 if feature == "capital" else 1))
            )
        return sorted(found, key=lambda e: -e.weight)

    def match(self, words: Sequence[str], start: int, stop: int) -> tuple[int, str] | None:
        """The end and key of the longest name that begins at that token, or ``None``."""
        word = words[start]
        reach = self.starts.get(word)
        entries, cities = self.entries, self.cities
        best: tuple[int, str] | None = (start + 1, word) if word in entries or word in cities else None
        if reach is None or reach == len(word):
            return best
        key = word
        for end in range(start + 2, min(stop, start + LONGEST) + 1):
            key += words[end - 1]
            if len(key) > reach:
                break
            if words[end - 1].islower() and (key not in entries or entries[key][0].sort == "outlet"):
                continue  # 'Men in' is not the town of Menin, 'EU observer' not the EUobserver
            if key in entries or key in cities:
                best = (end, key)
        return best
