"""Answers into HTML: templates with everything escaped, and how dates, people and codes are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from dragoman import __version__
from dragoman.lexicon.codebook import QUADS, load_codebook
from dragoman.output.cleaning import printable
from dragoman.query import name_of
from dragoman.query.flattening import plain
from dragoman.query.ground import Row
from dragoman.records import Status
from dragoman.web.library import Reading
from dragoman.web.settings import Settings

HERE = Path(__file__).parent
SIGNS = {
    "asserted": "✓",
    "negated": "–",
    "possible": "?",
    "planned": "▷",
    "requested": "!",
    "denied": "✗",
    "unknown": "·",
}
"""A sign beside each word of a status."""
PAGES = (
    ("/", "Overview"),
    ("/events", "Events"),
    ("/reports", "Reports"),
    ("/dyad", "Dyad"),
    ("/compare", "Compare"),
    ("/ties", "Ties"),
    ("/actors", "Actors"),
    ("/map", "Map"),
    ("/accuracy", "Accuracy"),
    ("/problems", "Problems"),
    ("/review", "Review"),
    ("/try", "Try"),
)
"""What the head of each page leads to."""
SECTORS = {
    "COP": "police",
    "GOV": "government",
    "JUD": "courts",
    "LEG": "legislature",
    "MIL": "armed forces",
    "PRM": "paramilitaries",
    "PTY": "party",
    "REB": "rebels",
    "SPY": "intelligence",
    "UAF": "unidentified armed forces",
    "AGR": "farmers",
    "BUS": "business",
    "CRM": "criminals",
    "CVL": "civilians",
    "EDU": "education",
    "ELI": "elite",
    "JRN": "press",
    "LAB": "labour",
    "MED": "medical workers",
    "REF": "refugees",
    "OPP": "opposition",
    "REL": "clergy",
    "SOC": "civil society",
}
"""What a country's name is followed by where a part of the country is meant."""
WRITING = ("/review", "/try")
"""Pages that a server which only shows does not have."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(value: date | str | None) -> str:
    """'25 Oct 2020'."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def span_words(start: date | None, end: date | None, grain: str | None) -> str:
    """A date as exactly as it is known, and no more."""
    if start is None or end is None:
        return ""
    if grain == "month" and start.day == 1 and (start.year, start.month) == (end.year, end.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if grain == "year" and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if grain == "season" and start.day == 1:
        year = "" if start.year == end.year else f" {start.year}"
        return f"{MONTHS[start.month - 1]}{year} – {MONTHS[end.month - 1]} {end.year}"
    if grain == "decade":
        return f"{start.year}s" if start.year % 10 == 0 else f"{start.year}–{end.year}"
    if start == end:
        return day(start)
    if grain == "week":
        return f"week of {day(start)}"
    return f"{day(start)} – {day(end)}"


def when(row: Mapping[str, Any]) -> str:
    """An event's date; that of its first report, said to be so, where none is told."""
    if row["start"] is not None:
        return span_words(row["start"], row["end"], row["precision"])
    reported = row.get("first_reported")
    return f"no date; reported {day(reported)}" if reported else "no date"


def told_date(value: Mapping[str, Any] | None) -> str:
    """A date of a mention or a step."""
    if not value:
        return "no date"
    if value["start"] is None:
        return f"“{printable(value['text'])}” (unresolved)" if value.get("text") else "no date"
    return span_words(value["start"], value["end"], value["precision"])


def parties(ones: Iterable[Mapping[str, Any]]) -> str:
    """'Armenia; Nikol Pashinyan (ARM)'; 'none named' for nobody."""
    return "; ".join(dict.fromkeys(map(party_words, ones))) or "none named"


def party_words(one: Mapping[str, Any]) -> str:
    """'Armenia', 'Armenia (armed forces)', 'Nikol Pashinyan (ARM)': who it is, and whose."""
    name: str = one["name"]
    if one["kind"] == "country":
        return name
    if one["country"] and name == name_of(one["country"]):
        sector = SECTORS.get(one["sector"] or "")
        return f"{name} ({sector})" if sector else name
    return f"{name} ({one['country'] or 'country unknown'})"


def years(first: date | None, last: date | None) -> str:
    """'1992 – 2023': two days whose grain is not known, told by what is known of them in any case."""
    if first is None or last is None:
        return "–"
    return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"


def since(tie: Mapping[str, Any]) -> str:
    """Since when a tie has been in its state, as exactly as it is known."""
    state = tie.get("state_on") or tie["state"]
    spans = [one for one in tie["spans"] if one["state"] == state]
    began = spans[-1]["opened"] if spans else None
    return told_date(began) if began and began["start"] else "not told"


def shown_of(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The mention whose words are shown for an event."""
    return next((one for one in row["cited"] if one["id"] == row["shown"]), None)


def at_trigger(mention: Mapping[str, Any] | None) -> tuple[str, str, str] | None:
    """A mention's sentence in three: before its trigger, the trigger, after it; ``None`` if it is not found.

    The sentence is on one line and may lack the dateline, so the place is found by the words before it.
    """
    if mention is None:
        return None
    sentence: str = mention["sentence"]
    passage: str = mention["passage"]
    word = " ".join(mention["trigger"]["text"].split())
    before = passage[: mention["trigger"]["start"] - mention["span"]["start"]]
    start = max(sentence.find(" ".join(mention["words"].split())), 0)
    for _ in range(" ".join(before.split()).count(word) + 1 if word else 0):
        at = sentence.find(word, start)
        if at < 0:
            return None
        start = at + len(word)
    return (sentence[:at], word, sentence[start:]) if word else None


def count_words(value: Mapping[str, Any] | None) -> str:
    """'20', '20–30', 'at least 20'; 'not told' for nothing."""
    if not value:
        return "not told"
    low, high = value["low"], value["high"]
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def place_words(place: Mapping[str, Any] | None) -> str:
    """'Ganja, Azerbaijan', with its grain where it is no town."""
    if not place:
        return "not told"
    country = name_of(place["country"]) if place["country"] else "country unknown"
    if place["precision"] == "country":
        return country
    grain = {"admin1": " (province)", "region": " (region)"}.get(place["precision"], "")
    return f"{place['name']}, {country}{grain}"


def words(code: str | None) -> str:
    """'material_conflict' as 'material conflict'."""
    return (code or "").replace("_", " ")


def act(row: Mapping[str, Any]) -> str:
    """'sanction: withdraw'."""
    return words(row["event_type"].lower()) + (f": {words(row['mode'])}" if row["mode"] else "")


def meaning(event_type: str) -> str:
    """What the codebook says of a type."""
    found = load_codebook().types.get(event_type)
    return found.definition if found else ""


def signed(value: float | None) -> str:
    """'+3.4', '−6'; an en dash for nothing."""
    if value is None:
        return "–"
    text = f"{value:+.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("+0", "-0") else text.replace("-", "−")


def web_address(value: str | None) -> str | None:
    """The address, if a link to it is safe: of the web, and nothing that runs."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.netloc else None


def file_name(path: str | None) -> str:
    """The last part of a path: where reports lie on the server is nobody's matter."""
    return (path or "").replace("\\", "/").rstrip("/").rpartition("/")[2]


def grouped(value: float | None) -> str:
    """'1,234'."""
    return "–" if value is None else f"{value:,}"


def query_of(**given: Any) -> str:
    """A query of an address, without what is empty."""
    pairs: list[tuple[str, str]] = []
    for name, value in given.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one not in (None, "", False):
                pairs.append((name.rstrip("_"), str(one)))
    return urlencode(pairs)


def event_columns(row: Row) -> Row:
    """What a chart or a map needs of an event."""
    return {
        "id": row["id"],
        "when": when(row),
        "act": act(row),
        "words": row["words"],
        "status": row["status"],
    }


@cache
def environment() -> Environment:
    """The templates; what they are given is escaped unless it is markup of their own."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=safe,
        auto_reload=False,
    )
    made.filters |= {
        "day": day,
        "when": when,
        "told_date": told_date,
        "parties": parties,
        "years": years,
        "since": since,
        "shown_of": shown_of,
        "at_trigger": at_trigger,
        "people": count_words,
        "place": place_words,
        "words": words,
        "act": act,
        "meaning": meaning,
        "signed": signed,
        "web_address": web_address,
        "file_name": file_name,
        "grouped": grouped,
        "name_of": name_of,
        "plain": plain,
        "data": data,
        "shown": shown,
    }
    codebook = load_codebook()
    made.globals |= {
        "SIGNS": SIGNS,
        "TYPES": tuple(codebook.types),
        "QUADS": QUADS,
        "CONTEXTS": tuple(codebook.contexts),
        "STATUSES": tuple(str(one) for one in Status),
        "query_of": query_of,
        "software": __version__,
        "year": lambda: datetime.now().year,
    }
    return made


def shown(text: str | None) -> str:
    """Words of a report without characters that reorder or hide others."""
    return printable(text or "")


def page(request: Request, name: str, title: str, status: int = 200, **given: Any) -> HTMLResponse:
    """A page from its template."""
    settings: Settings = request.app.state.settings
    reading: Reading | None = getattr(request.state, "reading", None)
    version = reading.shelf.version if reading else None
    told = {
        "title": title,
        "path": request.url.path,
        "query": request.url.query,
        "asked": request.query_params,
        "pages": [one for one in PAGES if not (settings.read_only and one[0] in WRITING)],
        "corpus": settings.name,
        "note": settings.note,
        "read_only": settings.read_only,
        "version": version,
        "fixed": reading is not None and reading.fixed,
        "without_reviews": reading is not None and not reading.ground.reviews,
        "up_to_date": reading is None or reading.ground.snapshot.is_assembled,
        "permanent_view": permanent(request, version),
        "keep": query_of(
            version=version if reading and reading.fixed else None,
            reviews=None if reading is None or reading.ground.reviews else "false",
        ),
    }
    text = environment().get_template(name).render({**told, **given})
    return HTMLResponse(text, status)


def permanent(request: Request, version: int | None) -> str | None:
    """The address that shows this view as it is now, whatever comes into the corpus."""
    if version is None or request.method != "GET":
        return None
    address = request.url.include_query_params(version=version)
    return f"{address.path}?{address.query}"


def data(value: Any) -> Markup:
    """Data for a script, in a page, such that nothing in it can end the element that it stands in."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(safe(plain(value)))


def rest_of(request: Request, *without: str) -> str:
    """The query of the address without these fields."""
    from starlette.datastructures import QueryParams

    left = [(name, value) for name, value in request.query_params.multi_items() if name not in without]
    return str(QueryParams(left))


def safe(value: Any) -> Any:
    """Words without characters that reorder or hide others, in whatever holds them; markup stays as it is."""
    if type(value) is str:
        return printable(value)
    if isinstance(value, dict):
        return {name: safe(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [safe(one) for one in value]
    return value
