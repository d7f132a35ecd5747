"""Which outlet a dateline's abbreviation or a web address belongs to, by the table of outlets."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from dragoman.lexicon import cells, table_path


def known_outlet(words: str) -> str | None:
    """The outlet of that name, as the words give it ('AFP'), or ``None`` if the table has none such.

    The words may hold more than the name: 'Reuters/AP', 'APP, monitored'.
    """
    names = outlet_names()
    for part in (words, *words.replace("/", ",").replace(" - ", ",").split(",")):
        if part.strip().casefold() in names:
            return part.strip()
    return None


def outlet_at(address: str | None) -> str | None:
    """The outlet whose domain the address lies in, by the table's name for it; ``None`` if it has none such.

    'edition.bbc.co.uk' lies in 'bbc.co.uk', and where two outlets share a domain ('rferl.org',
    'azattyq.rferl.org') the longer one decides.
    """
    host = host_of(address)
    domains = outlet_domains()
    while "." in host:
        if host in domains:
            return domains[host]
        host = host.split(".", 1)[1]
    return None


def host_of(address: str | None) -> str:
    """The host of an address in small letters, without 'www.'; "" where there is none."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").rstrip(".")


def table_rows() -> Iterator[dict[str, str]]:
    """The rows of the table; none where it is not installed."""
    path = table_path("outlets.tsv")
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def outlet_names() -> frozenset[str]:
    """Every name and variant of an outlet, case-folded."""
    names = {name for row in table_rows() for name in (row["name"], *cells(row.get("variants") or ""))}
    bare = {name.split(" (")[0] for name in names}  # 'AAP (Australia)'
    return frozenset(name.casefold() for name in names | bare)


@lru_cache(maxsize=1)
def outlet_domains() -> dict[str, str]:
    """Every domain of an outlet, and the outlet's name."""
    domains: dict[str, str] = {}
    for row in table_rows():
        for domain in cells(row.get("domain") or ""):
            domains.setdefault(domain.lower().removeprefix("www."), row["name"])
    return domains
