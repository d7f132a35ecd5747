"""Scores single sentences, each of which illustrates one event (data/gsr).

The gold names only that event, so precision is a lower bound: a right further event counts as wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import GoldError
from dragoman.evaluation.gold import read_text
from dragoman.evaluation.scoring import ratio
from dragoman.evaluation.values import TYPES

CODE = re.compile(r"[A-Z]{3}|")
# Names of the coding manual that are no countries; a side that has none but these matches anything.
NO_COUNTRIES = frozenset({"", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class SentenceEvent:
    """An event of a sentence, gold or predicted; ``others`` are types that the gold accepts in one figure."""

    event_type: str
    actors: frozenset[str]
    recipients: frozenset[str]
    reciprocal: bool
    others: frozenset[str] = frozenset()

    @property
    def specified(self) -> bool:
        """Whether both sides have a country, so that there is something to get wrong."""
        return bool(self.actors) and (self.reciprocal or bool(self.recipients))


Events = Mapping[str, Sequence[SentenceEvent]]


def load_sentences(path: Path) -> dict[str, list[SentenceEvent]]:
    """The gold events of each sentence, by its id, in the file's order."""
    gold: dict[str, list[SentenceEvent]] = {}
    for where, raw in read_lines(path):
        gold.setdefault(sentence_id(raw, where), []).append(read_event(raw, where))
    if not gold:
        raise GoldError(f"{path}: there are no events in it")
    return gold


def load_sentence_predictions(path: Path, gold: Events) -> dict[str, list[SentenceEvent]]:
    """The predicted events of each sentence; just the sentences of the gold must each have a line."""
    found: dict[str, list[SentenceEvent]] = {}
    for where, raw in read_lines(path):
        name = sentence_id(raw, where)
        if name in found or name not in gold:
            fault = "has a line already" if name in found else "is not in the gold"
            raise GoldError(f"{where}: the sentence {name} {fault}")
        if not isinstance(raw.get("events"), list):
            raise GoldError(f"{where}: there is no list of events")
        found[name] = [read_event(one, f"{where}, event {n}") for n, one in enumerate(raw["events"], start=1)]
    missing = [name for name in gold if name not in found]
    if missing:
        raise GoldError(f"{path}: no line for {len(missing)} of {len(gold)} sentences, such as {missing[0]}")
    return found


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a JSON Lines file with its place."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise GoldError(f"{where}: not JSON: {fault}") from None
        if not isinstance(raw, dict):
            raise GoldError(f"{where}: not a JSON object")
        yield where, raw


def sentence_id(raw: dict[str, Any], where: str) -> str:
    """The id of the line's sentence."""
    name = raw.get("sent_id")
    if not isinstance(name, str) or not name:
        raise GoldError(f"{where}: there is no sent_id")
    return name


def read_event(raw: Any, where: str) -> SentenceEvent:
    """One event, gold or predicted."""
    if not isinstance(raw, dict):
        raise GoldError(f"{where}: an event should be an object, not {raw!r}")
    actors, recipients = (read_side(raw, key, where) for key in ("actors", "recipients"))
    return SentenceEvent(
        event_type=read_type(raw.get("event_type"), where),
        actors=frozenset(actors) - NO_COUNTRIES,
        recipients=frozenset(recipients) - NO_COUNTRIES,
        reciprocal=len(actors) >= 2 and not recipients,
        others=frozenset(read_type(one, where) for one in raw.get("alt_types", [])),
    )


def read_side(raw: dict[str, Any], key: str, where: str) -> list[str]:
    """The country code of each party on one side."""
    side = raw.get(key)
    if not isinstance(side, list) or not all(isinstance(party, dict) for party in side):
        raise GoldError(f"{where}: {key} should be a list of objects")
    codes = [party.get("country", "") for party in side]
    for code in codes:
        if not isinstance(code, str) or not CODE.fullmatch(code):
            raise GoldError(f"{where}: {code!r} in {key} is no country code")
    return codes


def read_type(value: Any, where: str) -> str:
    """The event type, if it is one of the sixteen."""
    if value not in TYPES:
        raise GoldError(f"{where}: unknown type {value!r}")
    return str(value)


def sides_match(gold: SentenceEvent, predicted: SentenceEvent) -> bool:
    """Whether the predicted countries are the gold's, on the gold's sides.

    A side of the gold without a country matches anything; the parties of a reciprocal event may be spread
    over the two sides in any way.
    """
    if gold.reciprocal:
        return not gold.actors or predicted.actors | predicted.recipients == gold.actors
    actors = not gold.actors or gold.actors == predicted.actors
    return actors and (not gold.recipients or gold.recipients == predicted.recipients)


def score_sentences(gold: Events, predicted: Events) -> dict[str, Any]:
    """All figures over the sentences; each share comes with its counts."""
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for name, events in gold.items():
        found = predicted[name]
        types, found_types = (Counter(one.event_type for one in side) for side in (events, found))
        wanted += types
        given += found_types
        hits += types & found_types
        counts["coverage"] += bool(found)
        counts["first_event_accuracy"] += bool(found) and found[0].event_type in types
        for event in events:
            counts.update(count_event(event, found))
    total = wanted.total()
    return {
        "sentences": len(gold),
        "gold_events": total,
        "predicted_events": given.total(),
        "coverage": share(counts["coverage"], len(gold)),
        "micro": precision_recall(hits.total(), given.total(), total),
        "macro_f1": mean_f1(hits, given, wanted),
        "hit_rate": share(counts["hit_rate"], total),
        "hit_rate_alt": share(counts["hit_rate_alt"], total),
        "first_event_accuracy": share(counts["first_event_accuracy"], len(gold)),
        "who_whom": share(counts["who_whom"], total),
        "who_whom_specified": share(counts["who_whom_specified"], counts["specified"]),
        "pair": share(counts["pair"], total),
        "pair_specified": share(counts["pair_specified"], counts["specified"]),
        "per_type": {kind: precision_recall(hits[kind], given[kind], wanted[kind]) for kind in TYPES},
    }


def count_event(event: SentenceEvent, found: Sequence[SentenceEvent]) -> dict[str, int]:
    """What the predictions for its sentence get right of one gold event."""
    types = {one.event_type for one in found}
    pairs = [one for one in found if sides_match(event, one)]
    whole = any(one.event_type == event.event_type for one in pairs)
    return {
        "hit_rate": event.event_type in types,
        "hit_rate_alt": not types.isdisjoint({event.event_type, *event.others}),
        "who_whom": whole,
        "pair": bool(pairs),
        "specified": event.specified,
        "who_whom_specified": whole and event.specified,
        "pair_specified": bool(pairs) and event.specified,
    }


def share(part: int, whole: int) -> dict[str, float]:
    """A share with its counts."""
    return {"value": ratio(part, whole), "n": part, "of": whole}


def precision_recall(hits: int, given: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 with their counts."""
    return {
        "precision": ratio(hits, given),
        "recall": ratio(hits, wanted),
        "f1": ratio(2 * hits, given + wanted),
        "tp": hits,
        "predicted": given,
        "gold": wanted,
    }


def mean_f1(hits: Counter[str], given: Counter[str], wanted: Counter[str]) -> dict[str, float]:
    """The mean F1 of the types that occur."""
    kinds = [kind for kind in TYPES if given[kind] or wanted[kind]]
    scores = [precision_recall(hits[kind], given[kind], wanted[kind])["f1"] for kind in kinds]
    return {"value": ratio(sum(scores), len(kinds)), "types": len(kinds)}
