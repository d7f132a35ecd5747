"""Events that fit what is asked, sorted, with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.errors import InputError
from dragoman.query.filters import ALL, Filters, Where
from dragoman.query.ground import Ground, Row
from dragoman.query.wording import cite, telling
from dragoman.store.index import CARD, listed, read_cards
from dragoman.store.snapshots import quoted

DAY = 'coalesce("start", first_reported)'
SORTS = {
    "date": DAY,
    "reported": "first_reported",
    "score": "score",
    "origins": "origin_count",
    "reports": "documents",
    "confidence": "confidence",
    "killed": "killed_low",
    "type": "event_type",
}
"""What events can be sorted by; an event without a date stands on the day of its first report."""
SORTED = '"start", first_reported, score, origin_count, documents, confidence, killed_low, event_type'
THIN = (
    "id, title, event_type, mode, contexts, status, actor_countries, recipient_countries, "
    '"start", "end", "precision", killed_low, killed_high, score, quad, mentions, documents, origin_count, '
    "denials, confidence, responds_to, first_reported, last_reported, contradicted, "
    "verdict"
)
"""The columns that counting and weighing need; parties, places and the like are fetched for what is shown."""
REVIEWED = ("verdict", "reviewer", "review_reason", "review_dispute", "corrected")
FULL = listed(CARD)
UNSAID: Row = dict.fromkeys(REVIEWED) | {"review_dispute": False}
Cards = Mapping[str, tuple[Row, list[Row]]]


def find(
    ground: Ground, filters: Filters, sort: str = "-date", limit: int | None = None, offset: int = 0
) -> tuple[list[Row], int]:
    """The events that fit, and how many there are in all; newest first unless ``sort`` says otherwise.

    The first ``offset`` are passed over.
    """
    where = filters.where()
    cut = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    # What fits is looked for once, and then counted and sorted.
    fit = f"WITH fit AS MATERIALIZED (SELECT id, {SORTED} FROM lines WHERE {where.sql}) "
    rows = ground.snapshot.rows(
        f"{fit}SELECT id, (SELECT count(*) FROM fit) FROM fit {ordering(sort)}{cut}", where.values
    )
    if not rows and offset:
        return [], ground.number(f"SELECT count(*) FROM lines WHERE {where.sql}", where.values)
    return with_words(ground, [name for name, _ in rows]), rows[0][1] if rows else 0


def ordering(sort: str) -> str:
    """The order as SQL: a name of ``SORTS``, with a '-' before it the other way round."""
    name = sort.lstrip("-")
    if name not in SORTS:
        raise InputError(f"events can't be sorted by {name!r}", f"sort by: {', '.join(SORTS)}")
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"ORDER BY {SORTS[name]} {way} NULLS LAST, {DAY} {way} NULLS LAST, id"


def with_words(ground: Ground, ids: Sequence[str], table: str = "record") -> list[Row]:
    """The events of these ids in that order, each with its mentions and the one that shows it best."""
    if not ids:
        return []
    cards = read_cards_of(ground, ids)
    rows = fetched(ground, ids, cards) if table == "record" else plain(ground, ids, cards)
    by_id = {row["id"]: row for row in rows}
    words = cite(ground, rows, {name: told for name, (_, told) in cards.items()})
    found = [by_id[one] for one in ids if one in by_id]
    for row in found:
        row.pop("joins", None)
        tell(row, words[row["id"]])
    return found


def read_cards_of(ground: Ground, ids: Sequence[str]) -> dict[str, tuple[Row, list[Row]]]:
    """The events and their mentions by id, as far as the index has them."""
    wanted = ", ".join(map(quoted, dict.fromkeys(ids)))
    places = ground.snapshot.rows(f"SELECT card_file, card_number FROM event_ids WHERE id IN ({wanted})")
    return {event["id"]: (event, told) for event, told in read_cards(ground.snapshot, places)}


def fetched(ground: Ground, ids: Sequence[str], cards: Cards) -> list[Row]:
    """Those of the events that ``record`` has, as it has them."""
    said = {
        row["id"]: row for row in ground.rows("SELECT * FROM verdicts WHERE id IN (SELECT unnest(?))", [ids])
    }
    if not said:
        return plain(ground, ids, cards)
    there = "SELECT id FROM lines WHERE id IN (SELECT unnest(?))"
    shown = {row["id"] for row in ground.rows(there, [list(said)])}
    rows = ground.rows(f"SELECT {FULL} FROM corrected_rows WHERE id IN (SELECT unnest(?))", [list(said)])
    corrected = {row["id"] for row in rows}
    others = [one for one in ids if one not in corrected and (one in shown or one not in said)]
    rows += plain(ground, others, cards)
    for row in rows:
        row |= {name: said[row["id"]][name] for name in REVIEWED} if row["id"] in said else {}
    return [row for row in rows if row["id"] in shown or row["id"] not in said]


def plain(ground: Ground, ids: Sequence[str], cards: Cards) -> list[Row]:
    """The events as they were assembled."""
    wanted = list(dict.fromkeys(ids))
    rows = [cards[one][0] | UNSAID for one in wanted if one in cards]
    rest = [one for one in wanted if one not in cards]
    if rest:
        rows += [row | UNSAID for row in ground.rows(ground.snapshot.fetching("events", rest, FULL))]
    return rows


def tell(row: Row, mentions: Sequence[Row]) -> None:
    """Puts the mentions to the event, and what the telling one says and who says so."""
    best = telling(mentions, row)
    row["cited"] = list(mentions)
    row["words"] = " ".join(best["words"].split()) if best else row["title"]
    row["sentence"] = best["sentence"] if best else row["title"]
    row["chain"] = best["chain"] if best else []
    row["shown"] = best["id"] if best else None


def thin(ground: Ground, where: Where = ALL) -> list[Row]:
    """The events that fit, with what counting needs, in the order of their days."""
    query = f"SELECT {THIN} FROM lines WHERE {where.sql} ORDER BY {DAY} NULLS LAST, id"
    return ground.rows(query, where.values)


def why_none(ground: Ground, filters: Filters) -> str:
    """Why nothing fits, as far as it can be told: nothing assembled, or the first part that nothing has."""
    if not ground.number("SELECT count(*) FROM lines"):
        return unassembled(ground) or "the corpus has no events"
    for name, value in filters.asked().items():
        alone: Any = {name: value}
        if name == "or_reported":
            continue
        where = Filters(**alone).where()
        if not ground.number(f"SELECT count(*) FROM lines WHERE {where.sql}", where.values):
            return f"no event of the corpus has {name.replace('_', ' ')} {shown(value)}"
    return "no event has all of this together"


def shown(value: object) -> str:
    """What was asked for, as a user writes it."""
    return " or ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def unassembled(ground: Ground) -> str | None:
    """What to do where mentions were not yet made into events; ``None`` if all were."""
    if ground.snapshot.is_assembled:
        return None
    return (
        f"event mentions were added that are in no event yet; run: dragoman assemble {ground.snapshot.folder}"
    )
