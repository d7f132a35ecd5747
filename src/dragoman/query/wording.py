"""The words that show an event: passages of its mentions, cut from the reports, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dragoman.query.ground import Ground, Row
from dragoman.store.index import TOLD, listed

AROUND = 400
"""Characters before and after a passage in which its sentences are looked for."""
DOCUMENT = "id, text, title, copy_of, dateline_span"
REMEMBERED, LONG_TEXT = 2_000, 20_000
"""So many texts are remembered, none longer than that."""
ENDS = (".", "!", "?", "”", '"')
DASHES = " -\u2013\u2014\n"
LONG, SHORT = 260, 30
"""Characters of a passage that reads well on its own."""


def cite(
    ground: Ground, events: Iterable[Row], known: Mapping[str, list[Row]] = MappingProxyType({})
) -> dict[str, list[Row]]:
    """The mentions of each event with their words, oldest report first; the events have their joins.

    ``known`` has the mentions of some events already.
    """
    found: dict[str, list[Row]] = {}
    joins: dict[str, tuple[str, Row]] = {}
    for event in events:
        found[event["id"]] = []
        joins |= {one["mention_id"]: (event["id"], one) for one in event["joins"]}
    for row in passages(ground, mentions_in(ground, joins, known)):
        event_id, join = joins[row["id"]]
        before, row["words"] = undated(row, row.pop("before"), row.pop("dateline_span"))
        row["sentence"] = sentence(before, row["words"], row.pop("after"))
        row["chain"] = chain(row["attribution"], row["outlet"])
        row |= {"event": event_id, "relation": join["relation"], "why": join["why"]}
        row |= {"join_score": join["score"], "joined_to": join["to"]}
        found[event_id].append(row)
    return found


def mentions_in(
    ground: Ground, joins: Mapping[str, tuple[str, Row]], known: Mapping[str, list[Row]]
) -> list[Row]:
    """The mentions that are joined to events."""
    rows = [dict(row) for told in known.values() for row in told if row["id"] in joins]
    rest = [name for name, (event, _) in joins.items() if event not in known]
    if rest:
        rows += ground.rows(ground.snapshot.fetching("event_mentions", rest, listed(TOLD)))
    return rows


def passages(ground: Ground, mentions: Sequence[Row]) -> list[Row]:
    """The mentions with their passages and what stands around them, the oldest reports first."""
    documents = read_documents(ground, sorted({row["document_id"] for row in mentions}))
    found = []
    for row in mentions:
        document = documents.get(row["document_id"])
        if document is None:
            continue
        text, start, end = document["text"], row["span"]["start"], row["span"]["end"]
        row["headline"] = document["title"]
        row |= {name: document[name] for name in ("copy_of", "dateline_span")}
        row["passage"] = text[start:end]
        row["before"] = text[max(start - AROUND, 0) : start]
        row["after"] = text[end : end + AROUND]
        found.append(row)
    found.sort(
        key=lambda row: (
            row["published_start"] or date.max,
            row["document_id"],
            row["trigger"]["start"],
            row["id"],
        )
    )
    return found


def read_documents(ground: Ground, ids: Sequence[str]) -> dict[str, Row]:
    """The texts of these documents with what is shown of them; those read lately are remembered."""
    lately = ground.snapshot.lately
    found = {one: lately[one] for one in ids if one in lately}
    missing = [one for one in ids if one not in found]
    if missing:
        rows = ground.rows(ground.snapshot.fetching("documents", missing, DOCUMENT))
        found |= {row["id"]: row for row in rows}
        if len(lately) > REMEMBERED:
            lately.clear()
        lately.update((row["id"], row) for row in rows if len(row["text"]) < LONG_TEXT)
    return found


def undated(row: Row, before: str, dateline: Row | None) -> tuple[str, str]:
    """What stands before the passage, and the passage, both without the dateline: 'OSLO, May 3 (AFP) - '."""
    passage: str = row["passage"]
    if dateline is None or dateline["end"] > row["trigger"]["start"]:
        return before, passage
    start = row["span"]["start"]
    if dateline["end"] > start:
        return "", passage[dateline["end"] - start :].lstrip(DASHES)
    gone = len(before) - (start - dateline["end"])
    return (before[gone:].lstrip(DASHES) if gone > 0 else before), passage


def sentence(before: str, passage: str, after: str) -> str:
    """The passage with what its sentences have before and after it, on one line."""
    start = max(before.rfind("\n\n") + 2 if "\n\n" in before else 0, last_end(before))
    stop = first_end(after) if passage.rstrip()[-1:] not in ENDS else 0
    return " ".join(f"{before[start:]}{passage}{after[:stop]}".split())


def last_end(text: str) -> int:
    """Where the last sentence of the text begins that is not over; 0 if none ends in it."""
    marks = [at for at in range(len(text) - 1) if text[at] in ".!?" and text[at + 1].isspace()]
    marks = [at for at in marks if not abbreviates(text, at)]
    return marks[-1] + 2 if marks else 0


def first_end(text: str) -> int:
    """Where the sentence ends that the text goes on with."""
    for at, mark in enumerate(text):
        ends = mark in ".!?" and (at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in "\"”'")
        if (ends and not abbreviates(text, at)) or text.startswith("\n\n", at):
            closing = at + 1 < len(text) and mark in ".!?" and text[at + 1] in '"”'
            return at + (0 if mark == "\n" else 2 if closing else 1)
    return len(text)


def abbreviates(text: str, at: int) -> bool:
    """Whether the full stop there belongs to an initial or a title ('U.S.', 'Mr.')."""
    word = text[:at].rsplit(None, 1)[-1] if text[:at].split() else ""
    short = len(word) == 1 or (len(word) > 1 and word[-2] == "." and word[-1].isalpha())
    return text[at] == "." and (short or word in {"Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Lt", "St", "Sen"})


def chain(attribution: Sequence[Row], outlet: str | None) -> list[str]:
    """Who says so, innermost first, the outlet last; the outlet alone is its own account."""
    names = [one["name"] for one in attribution]
    if outlet and (not names or names[-1].casefold() != outlet.casefold()):
        names.append(outlet)
    return names


def telling(mentions: Sequence[Row], event: Row) -> Row | None:
    """The mention whose words show the event best: of its status and day, sure, and short enough to read."""
    return max(mentions, key=lambda one: (*likeness(one, event), *clearness(one)), default=None)


def likeness(mention: Row, event: Row) -> tuple[bool, bool, bool]:
    """Whether a mention says what the event has come to be taken for."""
    day = mention["date"] and mention["date"]["start"]
    alike = mention["event_type"] == event["event_type"]
    return mention["status"] == event["status"], alike, day == event["start"] is not None


def clearness(mention: Row) -> tuple[bool, bool, float, str]:
    """How well a mention's words stand on their own."""
    size = len(mention["passage"])
    named = bool(mention["actors"]) and bool(mention["recipients"])
    return named, SHORT <= size <= LONG, mention["confidence"] or 0.0, mention["id"]
