"""The words that show an event: passages of its mentions, cut from the reports, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.query.ground import Ground, Row

CITE = """
SELECT m.id, m.document_id, m.event_type, m.mode, m.status, m.actors, m.recipients, m.attribution, m.date,
    m.place, m.casualties, m.trigger, m.span, m.rules, m.confidence, m.field_confidence, m.coder, m.outlet,
    m.path, m.published, m.published_start, d.title AS headline, d.copy_of, d.dateline_span,
    substr(d.text, m.span.start + 1, m.span.end - m.span.start) AS passage,
    substr(d.text, greatest(m.span.start - 400, 0) + 1, least(m.span.start, 400)) AS before,
    substr(d.text, m.span.end + 1, 400) AS after
FROM ({mentions}) AS m JOIN ({documents}) AS d ON d.id = m.document_id
ORDER BY m.published_start NULLS LAST, m.document_id, m.trigger.start
"""
MENTION = (
    "id, document_id, event_type, mode, status, actors, recipients, attribution, date, place, casualties, "
    "trigger, span, rules, confidence, field_confidence, coder, outlet, path, published, published_start"
)
DOCUMENT = "id, text, title, copy_of, dateline_span"
ENDS = (".", "!", "?", "”", '"')
DASHES = " -\u2013\u2014\n"
LONG, SHORT = 260, 30
"""Characters of a passage that reads well on its own."""


def cite(ground: Ground, events: Iterable[Row]) -> dict[str, list[Row]]:
    """The mentions of each event with their words, oldest report first; the events have their joins."""
    found: dict[str, list[Row]] = {}
    joins: dict[str, tuple[str, Row]] = {}
    for event in events:
        found[event["id"]] = []
        joins |= {one["mention_id"]: (event["id"], one) for one in event["joins"]}
    documents = sorted({one["document_id"] for _, one in joins.values()})
    query = CITE.format(
        mentions=ground.snapshot.fetching("event_mentions", list(joins), MENTION),
        documents=ground.snapshot.fetching("documents", documents, DOCUMENT),
    )
    for row in ground.rows(query) if joins else []:
        event_id, join = joins[row["id"]]
        before, row["words"] = undated(row, row.pop("before"), row.pop("dateline_span"))
        row["sentence"] = sentence(before, row["words"], row.pop("after"))
        row["chain"] = chain(row["attribution"], row["outlet"])
        row |= {"event": event_id, "relation": join["relation"], "why": join["why"]}
        row |= {"join_score": join["score"], "joined_to": join["to"]}
        found[event_id].append(row)
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
