"""The names of places: countries, regions, provinces and cities, and what each may stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.errors import TableError
from dragoman.lexicon import cells, read_table, table_path

CITY_COLUMNS = "name variants iso3 admin1 geonames_id lat lon population feature".split()
# Former and breakaway states are filed under the state that bears or claims them now (coding guide, section
# 4).
FILED_UNDER = {
    "SUN": "RUS", "DDR": "DEU", "CSK": "CZE", "YUG": "SRB", "SCG": "SRB", "YMD": "YEM", "YAR": "YEM",
    "VDR": "VNM",
    "XAR": "AZE", "XAB": "GEO", "XSO": "GEO", "XTR": "MDA", "XNC": "CYP", "XSL": "SOM",
}  # fmt: skip
# No name of a place has more tokens than these.
LONGEST = 8
BRACKET = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class TownRow:
    """A row of meeting_towns.tsv: a small place so well known that it needs no country beside it."""

    name: str
    iso3: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Site:
    """One place that a name may stand for; ``kind`` is city, admin1, country or region."""

    name: str
    kind: str
    iso3: str
    admin1: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    capital: bool = False


def read_columns(table: str, *names: str) -> Iterator[list[str]]:
    """The cells of some columns of a table that has more; raises ``TableError`` if it lacks one of them."""
    path = table_path(table)
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(lines).rstrip("\r\n").split("\t")
        if missing := set(names) - set(header):
            raise TableError(f"{path.name}:1: there is no column {', '.join(sorted(missing))}")
        at = [header.index(name) for name in names]
        for line in lines:
            row = line.rstrip("\r\n").split("\t")
            yield [row[index] for index in at]


def fold(name: str) -> str:
    """The name without diacritics, as wire copy prints it."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def city_of(line: str) -> Site:
    """A row of cities.tsv as a site."""
    name, _, iso3, admin1, number, lat, lon, population, feature = line.rstrip("\n").split("\t")
    kind = "admin1" if feature == "admin1" else "city"
    return Site(
        name=name,
        kind=kind,
        iso3=iso3,
        admin1=admin1 or None,
        geonames_id=int(number) if number else None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population or 0),
        capital=feature == "capital",
    )


class Gazetteer:
    """All names, looked up by their tokens joined without spaces."""

    def __init__(self) -> None:
        self.sites: dict[str, list[Site]] = {}
        self.lines: dict[str, list[str]] = {}
        self.reach: dict[str, int] = {}
        self.adjectives: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.famous = {
            (row.name.replace(" ", ""), row.iso3) for row in read_table("meeting_towns.tsv", TownRow)
        }
        self._read_countries()
        self._read_regions()
        self._read_cities()
        for row in read_table("meeting_towns.tsv", TownRow):
            if not self.knows(row.name.replace(" ", "")):
                self._add([row.name], Site(row.name, "city", row.iso3))

    def _add(self, forms: Iterable[str], site: Site) -> None:
        """Enters a site under each of its names."""
        for form in forms:
            self.sites.setdefault(form.replace(" ", ""), []).append(site)
            self._start(form)

    def _start(self, form: str) -> None:
        """Remembers how long the names are that begin with this form's first token."""
        first = form.split(" ", 1)[0].split("-", 1)[0]
        length = len(form.replace(" ", ""))
        if length > self.reach.get(first, 0):
            self.reach[first] = length

    def _read_countries(self) -> None:
        columns = "iso3 name official_name other_names demonym_adjectives people_nouns capital status".split()
        for iso3, name, official, others, adjectives, people, capital, status in read_columns(
            "countries.tsv", *columns
        ):
            code = FILED_UNDER.get(iso3, iso3)
            site = Site(name, "region" if iso3 != code and status != "former" else "country", code)
            names = {name, official, *cells(others)} - {"", "the South", "the North"}
            if iso3 == "USA":
                names.add(iso3)
            self._add(dict.fromkeys(form for one in sorted(names) for form in (one, fold(one))), site)
            for word in (*cells(adjectives), *cells(people)):
                self.adjectives.setdefault(word.replace(" ", ""), code)
                self._start(word)
            if capital:
                self.capitals.setdefault(iso3, capital)

    def _read_regions(self) -> None:
        for name, variants, iso3 in read_columns("regions.tsv", "name", "name_variants", "iso3"):
            site = Site(BRACKET.sub("", name), "region", iso3)
            names = [BRACKET.sub("", one) for one in (name, *cells(variants))]
            self._add(dict.fromkeys(form for one in names for form in (one, fold(one))), site)

    def _read_cities(self) -> None:
        """Keeps the rows as they stand, and reads one only when its name is looked up: there are 40,000."""
        path, lines_by_key = table_path("cities.tsv"), self.lines
        with path.open(encoding="utf-8") as lines:
            header = next(lines).rstrip("\n").split("\t")
            if header != CITY_COLUMNS:
                raise TableError(f"{path.name}:1: the columns are {header}, they should be {CITY_COLUMNS}")
            for line in lines:
                name, variants, _ = line.split("\t", 2)
                for form in (name, *variants.split("|")) if variants else (name,):
                    key = form
                    if " " in form or "-" in form:
                        key = form.replace(" ", "")
                        self._start(form)
                    lines_by_key.setdefault(key, []).append(line)

    def named(self, key: str) -> list[Site]:
        """Every site of that name, tokens joined without spaces; an empty list if no table knows it."""
        return [*self.sites.get(key, ()), *(city_of(line) for line in self.lines.get(key, ()))]

    def knows(self, key: str) -> bool:
        """Whether some table has the name."""
        return key in self.sites or key in self.lines

    def match(self, words: list[str], start: int) -> tuple[int, str] | None:
        """The end and key of the longest name that begins at that token, ``None`` if there is none.

        A demonym counts as a name, so that 'South Korean' is not taken for 'South' and 'Korean'.
        """
        word = words[start]
        best = (start + 1, word) if self.knows(word) or word in self.adjectives else None
        reach = self.reach.get(word, 0)
        if reach <= len(word):
            return best
        key = word
        for end in range(start + 2, min(len(words), start + LONGEST) + 1):
            key += words[end - 1]
            if len(key) > reach:
                break
            if key in self.sites or key in self.lines or key in self.adjectives:
                best = (end, key)
        return best
