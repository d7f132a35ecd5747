"""An event as it travels between datasets: what any of their formats can tell of it, and what gets lost."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from dragoman.records import Status

ASSERTED = str(Status.ASSERTED)


@dataclass(frozen=True, slots=True)
class Side:
    """Who acts or undergoes; ``code`` is a foreign code of it that says more than country and sector."""

    name: str = ""
    country: str = ""
    sector: str = ""
    role: str = ""
    text: str = ""
    code: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.country or self.sector or self.code)


@dataclass(frozen=True, slots=True)
class Site:
    """Where it happened; coordinates in degrees. ``precision`` is point, city, admin1, country or region."""

    name: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """One report that tells it: who printed it, when, where it stands, its words, and who says so.

    ``chain`` are the sources, innermost first, as (name, kind, country, verb, stance).
    """

    mention_id: str = ""
    document_id: str = ""
    outlet: str = ""
    published: date | None = None
    address: str = ""
    headline: str = ""
    words: str = ""
    sentence: int | None = None
    start: int | None = None
    end: int | None = None
    confidence: float | None = None
    chain: tuple[tuple[str, str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the corpus, or of another dataset.

    ``cameo`` is the code that its dataset gave it, empty for the corpus' own. ``killed`` and ``injured`` are
    ranges. ``extra`` are cells of its dataset that no field holds, by column, and ``form`` is the format that
    these are of.
    """

    id: str = ""
    event_type: str = ""
    mode: str = ""
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    status: str = ASSERTED
    actors: tuple[Side, ...] = ()
    recipients: tuple[Side, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: str = ""
    site: Site | None = None
    killed: tuple[int, int | None] | None = None
    injured: tuple[int, int | None] | None = None
    score: float | None = None
    quad: str = ""
    title: str = ""
    mentions: int | None = None
    documents: int | None = None
    origins: int | None = None
    denials: int | None = None
    confidence: float | None = None
    reported: date | None = None
    cited: tuple[Cited, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    form: str = ""

    @property
    def actor(self) -> Side:
        """The first that acts; an empty one where nobody is named."""
        return self.actors[0] if self.actors else Side()

    @property
    def recipient(self) -> Side:
        """The first that undergoes; an empty one where nobody is named."""
        return self.recipients[0] if self.recipients else Side()

    @property
    def report(self) -> Cited:
        """The first report that tells it; an empty one where there is none."""
        return self.cited[0] if self.cited else Cited()

    def countries(self, side: str) -> str:
        """The countries of ``actors`` or ``recipients`` in one text to search by: 'ARM AZE'."""
        return " ".join(sorted({one.country for one in getattr(self, side) if one.country}))


PARTS = {Site: "place", Cited: "report"}
LISTS = ("actors", "recipients", "cited")
NOT_TOLD = ("id", "extra", "form")


def flat(happening: Happening) -> dict[str, Any]:
    """All that the event tells, as single values by name: ``place.lat``, ``actors.country``."""
    found: dict[str, Any] = {}
    for one in fields(happening):
        value = getattr(happening, one.name)
        if one.name in NOT_TOLD:
            continue
        if one.name == "site":
            found |= {f"place.{part.name}": getattr(value, part.name, None) for part in fields(Site)}
        elif one.name in LISTS:
            kind = Cited if one.name == "cited" else Side
            label = "reports" if one.name == "cited" else one.name
            for part in fields(kind):
                found[f"{label}.{part.name}"] = tuple(getattr(each, part.name) for each in value)
        else:
            found[one.name] = value
    return {name: value for name, value in found.items() if is_told(value)}


def is_told(value: Any) -> bool:
    """Whether there is anything in it."""
    if isinstance(value, tuple):
        return any(is_told(one) for one in value)
    return value is not None and value != ""


def pairs(happening: Happening) -> Iterator[Happening]:
    """An event for each actor and recipient; ids after the first have '/2' and so on at their end."""
    actors, recipients = happening.actors or (Side(),), happening.recipients or (Side(),)
    together = [(one, other) for one in actors for other in recipients]
    for number, (one, other) in enumerate(together, start=1):
        name = happening.id if number == 1 else f"{happening.id}/{number}"
        yield replace(
            happening,
            id=name,
            actors=(one,) if one else (),
            recipients=(other,) if other else (),
        )


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file does not hold of an event: which field, what stood in it, and why."""

    event_id: str
    field: str
    value: str
    why: str


def shown(value: Any) -> str:
    """The value in one cell."""
    if isinstance(value, tuple):
        return "; ".join(shown(one) for one in value)
    return "" if value is None else str(value)


def number_of(name: str, bits: int) -> str:
    """A number that stands for an id where only numbers can; a number stays as it is."""
    if name.isascii() and name.isdigit() and int(name) < 2**bits:
        return str(int(name))
    return str(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> (64 - bits))


def as_csv(cells: list[str], delimiter: str = ",") -> str:
    """The cells as a line of CSV."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue()
