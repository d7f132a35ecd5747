"""Reads gold: reports with the events that a person coded in them (NAME.gold.yaml beside NAME.txt)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import yaml

from dragoman.errors import GoldError
from dragoman.evaluation.values import PLAIN, STATUSES, TYPES, Days, countries, days_of, listed
from dragoman.records import Span

SUFFIX = ".gold.yaml"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an event stands: the words that bear it, and the stretch in which a trigger counts for them."""

    anchor: Span
    quote: Span


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """Where an event happened, as far as the text says; "" where it does not."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event of the gold.

    ``types`` holds the coded type, then those that are accepted beside it; ``modes`` any of which is right;
    ``contexts`` all of which must be there. ``passages`` holds the event's own passage first, then those of
    its repeats. ``speakers`` are the actors' names, which a coder may give as sources of their own words.
    """

    id: str
    core: bool
    types: tuple[str, ...]
    status: str
    quote: str
    passages: tuple[Passage, ...]
    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    recipients_optional: bool = False
    modes: tuple[str, ...] = ()
    contexts: frozenset[str] = frozenset()
    days: Days | None = None
    place: GoldPlace | None = None
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    same_as: str | None = None

    @property
    def reciprocal(self) -> bool:
        """Whether every party stands on both sides."""
        return bool(self.actors) and self.actors == self.recipients


@dataclass(frozen=True, slots=True)
class Trap:
    """A reading that the text rules out; no types means any type."""

    quote: str
    span: Span
    types: frozenset[str]
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A report with its gold. ``sources`` are its outlet and whom it relays, which a coder may name."""

    name: str
    text: str
    events: tuple[GoldEvent, ...]
    traps: tuple[Trap, ...] = ()
    sources: tuple[str, ...] = ()


def load_gold(path: Path, text_path: Path) -> GoldDocument:
    """The gold of one report; raises ``GoldError`` with file, place and fault."""
    text = read_text(text_path)
    try:
        content = yaml.safe_load(read_text(path))
    except yaml.YAMLError as fault:
        raise GoldError(f"{path}: not YAML: {' '.join(str(fault).split())}") from None
    if not isinstance(content, dict) or not isinstance(content.get("events"), list):
        raise GoldError(f"{path}: there is no list of events")
    events = read_each(content["events"], read_event, text, f"{path}: events")
    traps = read_each(content.get("must_not") or [], read_trap, text, f"{path}: must_not")
    about = content.get("document") or {}
    return GoldDocument(
        name=path.name.removesuffix(SUFFIX),
        text=text,
        events=join_repeats(events, str(path)),
        traps=tuple(traps),
        sources=tuple(str(name) for key in ("outlet", "relays") for name in listed(about.get(key))),
    )


def read_text(path: Path) -> str:
    """The file's text with newlines as line ends."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise GoldError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise GoldError(f"{path}: can't be read: {fault}") from None


def read_each(
    items: Iterable[Any], read: Callable[[dict[str, Any], str, str], Item], text: str, where: str
) -> list[Item]:
    """Each item of a list in the gold, read."""
    found = []
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise GoldError(f"{where} {number}: not a mapping")
        found.append(read(item, text, f"{where} {number}"))
    return found


def read_event(raw: dict[str, Any], text: str, where: str) -> GoldEvent:
    """One event of the gold file."""
    missing = [key for key in ("id", "type", "quote", "anchor") if raw.get(key) in (None, "")]
    if missing:
        raise GoldError(f"{where}: no {missing[0]}")
    where = f"{where} (id {raw['id']})"
    types = tuple(dict.fromkeys([raw["type"], *listed(raw.get("alt"))]))
    status = raw.get("status", "asserted")
    check_codes(types, status, where)
    quote = find_once(raw["quote"], text, where)
    return GoldEvent(
        id=bare_id(raw["id"]),
        core=bool(raw.get("core", True)),
        types=types,
        status=status,
        quote=raw["quote"],
        passages=(Passage(find_within(raw["anchor"], text, quote, where), quote),),
        actors=countries(listed(raw.get("who"))),
        recipients=countries(listed(raw.get("to"))),
        recipients_optional=bool(raw.get("to_optional", False)),
        modes=tuple(listed(raw.get("mode"))),
        contexts=frozenset(listed(raw.get("context"))),
        days=read_days(raw.get("date"), where),
        place=read_place(raw.get("place")),
        sources=tuple(map(str, listed(raw.get("via")))),
        speakers=tuple(map(str, listed(raw.get("who_name")))),
        same_as=None if raw.get("same_as") is None else bare_id(raw["same_as"]),
    )


def read_trap(raw: dict[str, Any], text: str, where: str) -> Trap:
    """One reading that the text rules out."""
    if not raw.get("quote"):
        raise GoldError(f"{where}: no quote")
    types, status = frozenset(listed(raw.get("type"))), raw.get("status", "asserted")
    check_codes(types, status, where)
    return Trap(raw["quote"], find_once(raw["quote"], text, where), types, status, raw.get("why", ""))


def read_days(value: Any, where: str) -> Days | None:
    """The days of a date in the gold file."""
    if value in (None, ""):
        return None
    try:
        return days_of(value)
    except (ValueError, TypeError):
        raise GoldError(f"{where}: not a date: {value!r}") from None


def read_place(raw: dict[str, Any] | None) -> GoldPlace | None:
    """The place of an event in the gold file."""
    return GoldPlace(str(raw.get("name") or ""), str(raw.get("country") or "")) if raw else None


def bare_id(value: Any) -> str:
    """The id without leading zeros: YAML reads 07 as a number and 08 as a string."""
    return str(value).lstrip("0") or "0"


def check_codes(types: Iterable[Any], status: Any, where: str) -> None:
    """Raises ``GoldError`` if a type or status is none of PLOVER's or of ours."""
    for kind in types:
        if kind not in TYPES:
            raise GoldError(f"{where}: unknown type {kind!r}")
    if status not in STATUSES:
        raise GoldError(f"{where}: unknown status {status!r}")


def find_once(words: str, text: str, where: str) -> Span:
    """Where the words stand in the text, in which they may stand once only."""
    hay, needle = text.translate(PLAIN), words.translate(PLAIN)
    at = hay.find(needle)
    if at < 0:
        raise GoldError(f"{where}: not found in the text: {words!r}")
    if hay.find(needle, at + 1) >= 0:
        raise GoldError(f"{where}: stands more than once in the text: {words!r}")
    return Span(at, at + len(needle))


def find_within(words: str, text: str, quote: Span, where: str) -> Span:
    """Where the words first stand within the quote."""
    needle = words.translate(PLAIN)
    at = text.translate(PLAIN).find(needle, quote.start, quote.end)
    if at < 0:
        raise GoldError(f"{where}: not found in the quote: {words!r}")
    return Span(at, at + len(needle))


def join_repeats(events: Sequence[GoldEvent], where: str) -> tuple[GoldEvent, ...]:
    """The events, each with the passages of its optional repeats added, where it may be found as well."""
    by_id = {event.id: event for event in events}
    if len(by_id) < len(events):
        raise GoldError(f"{where}: the same id twice")
    added: dict[str, list[Passage]] = {event.id: [] for event in events}
    for event in events:
        if event.same_as is None:
            continue
        if event.same_as not in by_id or event.same_as == event.id:
            raise GoldError(f"{where} (id {event.id}): same_as names no other event: {event.same_as}")
        if not event.core:
            added[event.same_as].append(event.passages[0])
    return tuple(replace(event, passages=(*event.passages, *added[event.id])) for event in events)
