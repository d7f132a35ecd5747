"""Reads what a coder gave out, in the wire format, as far as it is scored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import GoldError
from dragoman.evaluation.gold import GoldPlace, check_codes, read_text
from dragoman.evaluation.values import Days, countries, days_of
from dragoman.records import Span

SHAPES: dict[str, type] = {
    "event_type": str,
    "mode": str,
    "status": str,
    "contexts": list,
    "actors": list,
    "recipients": list,
    "attribution": list,
    "date": dict,
    "place": dict,
    "trigger": dict,
}
ITEMS: dict[str, tuple[type, ...]] = {
    "actors": (dict,),
    "recipients": (dict,),
    "contexts": (str,),
    "attribution": (dict, str),
}


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """One event mention that a coder gave out. Two of them are never the same, even if all is equal."""

    event_type: str
    status: str
    trigger: Span
    words: str
    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    mode: str | None = None
    contexts: frozenset[str] = frozenset()
    days: Days | None = None
    place: GoldPlace | None = None
    sources: tuple[str, ...] = ()


def load_predictions(path: Path, text: str) -> list[Prediction]:
    """The event mentions of a JSON Lines file, less those in the title, which gold leaves out."""
    found = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            wire = json.loads(line)
        except ValueError as fault:
            raise GoldError(f"{where}: not JSON: {fault}") from None
        if not isinstance(wire, dict):
            raise GoldError(f"{where}: not a JSON object")
        found.append(prediction_of(wire, text, where))
    return outside_titles(found, text)


def outside_titles(predictions: list[Prediction], text: str) -> list[Prediction]:
    """The predictions that do not lie in the first line, or in a line that repeats it."""
    titles = list(title_lines(text))
    return [one for one in predictions if not any(title.covers(one.trigger) for title in titles)]


def title_lines(text: str) -> Iterator[Span]:
    """The first line, and every later one that says the same."""
    title = text.split("\n", 1)[0].strip()
    start = 0
    for line in text.split("\n"):
        if title and line.strip() == title:
            yield Span(start, start + len(line))
        start += len(line) + 1


def prediction_of(wire: dict[str, Any], text: str, where: str) -> Prediction:
    """One event mention in the wire format; raises ``GoldError`` where it breaks the format."""
    check_shapes(wire, where)
    status = wire.get("status") or "asserted"
    check_codes([wire.get("event_type")], status, where)
    trigger = read_trigger(wire.get("trigger"), text, where)
    place = wire.get("place")
    return Prediction(
        event_type=wire["event_type"],
        status=status,
        trigger=trigger,
        words=trigger.cut(text),
        actors=countries(party.get("country") for party in wire.get("actors") or []),
        recipients=countries(party.get("country") for party in wire.get("recipients") or []),
        mode=wire.get("mode") or None,
        contexts=frozenset(wire.get("contexts") or []),
        days=read_date(wire.get("date"), where),
        place=GoldPlace(str(place.get("name") or ""), str(place.get("country") or "")) if place else None,
        sources=tuple(one["name"] if isinstance(one, dict) else one for one in wire.get("attribution") or []),
    )


def check_shapes(wire: dict[str, Any], where: str) -> None:
    """Raises ``GoldError`` if a field that is there has another shape than the format gives it."""
    for key, shape in SHAPES.items():
        if wire.get(key) is not None and not isinstance(wire[key], shape):
            raise GoldError(f"{where}: {key} should be a {shape.__name__}, not {wire[key]!r}")
    for key, shapes in ITEMS.items():
        for item in wire.get(key) or []:
            if not isinstance(item, shapes):
                raise GoldError(f"{where}: {key} holds {item!r}")


def read_trigger(raw: Any, text: str, where: str) -> Span:
    """The trigger's span, which must lie in the text and cut the words out of it that it claims."""
    try:
        start, end = raw["start"], raw["end"]
    except (KeyError, TypeError):
        raise GoldError(f"{where}: the trigger has no start and end") from None
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        length = len(text)
        raise GoldError(f"{where}: the trigger {start!r} to {end!r} is not within the text of {length}")
    said = raw.get("text")
    if said is not None and said != text[start:end]:
        raise GoldError(f"{where}: the trigger says {said!r}, the text has {text[start:end]!r} there")
    return Span(start, end)


def read_date(raw: dict[str, Any] | None, where: str) -> Days | None:
    """The days of the date, or ``None`` where it is not resolved."""
    start, end = (raw.get("start"), raw.get("end")) if raw else (None, None)
    if not start and not end:
        return None
    try:
        return days_of(start or end)[0], days_of(end or start)[1]
    except (ValueError, TypeError):
        raise GoldError(f"{where}: not a date: {raw!r}") from None
