"""Links an answer to what it answers: a refusal to the request, an acceptance to the offer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.assemble.agreement import Link, countries
from dragoman.assemble.families import words_of
from dragoman.records import Document, EventMention, Status

# How far back an answer reaches, in sentences, by what it answers.
REACH = {
    ("REQUEST", "REJECT"): 2,
    ("AGREE", "REJECT"): 2,
    ("REQUEST", "AGREE"): 1,
    ("AGREE", "AGREE"): 1,
    ("REQUEST", "CONCEDE"): 1,
    ("ACCUSE", "REJECT"): 2,
    ("THREATEN", "REJECT"): 2,
}
REFUSING = re.compile(
    r"\b(?:reject\w*|refus\w*|turn\w* down|rebuff\w*|spurn\w*|declin\w*|snub\w*|brush\w* aside|dismiss\w*|"
    r"said no|rul\w* out|would not|will not|won't|balk\w*)\b",
    re.IGNORECASE,
)
ACCEPTING = re.compile(
    r"\b(?:accept\w*|compl(?:y|ied)|oblig\w*|repl(?:y|ied)|respond\w*|answer\w*|took up|taken up|take up|"
    r"agreed to the|consent\w*|heed\w*)\b",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\b(?:in (?:response|reply|retaliation|answer)|retaliat\w+|reciprocat\w+|responded|hit back|"
    r"shot back|struck back|tit-for-tat|in kind|followed suit)\b",
    re.IGNORECASE,
)
ANSWERED = re.compile(
    r"\b(?:the|this|that|its|his|her|their|'s)\s+(?:\w+\s+)?(?:offer|proposal|plan|request|demands?|call|calls|"
    r"appeal|plea|invitation|ultimatum|charges?|accusations?|claims?|idea|deal|terms)\b",
    re.IGNORECASE,
)


def answered_by(
    later: EventMention,
    before: Sequence[EventMention],
    after: Sequence[EventMention],
    document: Document,
) -> Link | None:
    """The act that the mention answers, or None where nothing shows that there is one."""
    named = object_of(later, after, document)
    if named is not None:
        return named, "answers/object"
    best: tuple[float, EventMention] | None = None
    cued = later.event_type in HOSTILE and CUE.search(clause_around(later, document.text)) is not None
    for distance, first in enumerate(reversed(before[-8:])):
        if not cued and (first.event_type, later.event_type) not in REACH:
            continue  # nothing else makes an answer
        score = fit(first, later, document) - 0.1 * distance
        if best is None or score > best[0]:
            best = score, first
    return (best[1], "answers/mirrored") if best is not None and best[0] >= ENOUGH else None


ENOUGH = 1.0


def object_of(answer: EventMention, after: Sequence[EventMention], document: Document) -> EventMention | None:
    """What the answer names as its object: 'turned down a request by Suriname', 'accepted the offer'."""
    wanted = OBJECTS.get(answer.event_type, frozenset())
    for asked in after[:2]:
        gap = document.text[answer.trigger.end : asked.trigger.start]
        words = frozenset(words_of(asked.trigger.cut(document.text)))
        close = len(gap) < 40 and not PARTING.search(gap)
        own = countries(asked.actors) == countries(answer.actors) and not is_domestic(asked, answer)
        if close and not own and asked.event_type in wanted and words & ASKED:
            return asked
    return None


OBJECTS = {
    "REJECT": frozenset({"REQUEST", "AGREE", "ACCUSE", "THREATEN"}),
    "AGREE": frozenset({"REQUEST", "AGREE"}),
    "CONCEDE": frozenset({"REQUEST"}),
}
ASKED = frozenset(
    "request requests demand demands call calls appeal appeals plea pleas proposal proposals offer offers "
    "plan invitation motion ultimatum claim claims charge charges allegation allegations accusation "
    "accusations bid threat threats petition pressure suggestion".split()
)
PARTING = re.compile(r"[.;:\n]|\b(?:to|and|but|who|which|that|after)\b")


def fit(first: EventMention, later: EventMention, document: Document) -> float:
    """How well the later act answers the earlier one; below one it does not."""
    gap = document.text[first.trigger.end : later.trigger.start]
    sentences = gap.count(". ") + 2 * gap.count("\n\n")
    mirror = mirrored(first, later)
    pair = first.event_type, later.event_type
    around = clause_around(later, document.text)
    trigger = later.trigger.cut(document.text)
    score = 0.0
    if pair in REACH and sentences <= REACH[pair] and mirror:
        score = BASE.get(pair, 0.3) + 0.25 * (mirror - 1)
        if later.event_type == "REJECT" and REFUSING.search(trigger):
            score += 0.2
        if later.event_type in ("AGREE", "CONCEDE") and ACCEPTING.search(trigger):
            score += 0.5
        if ANSWERED.search(document.text[later.trigger.start : later.trigger.end + 40]):
            score += 0.2
    if mirror == 2 and sentences <= 1 and later.event_type in HOSTILE and CUE.search(around):
        score = max(score, 1.1)
    if is_domestic(first, later) and not ANSWERED.search(around):
        return 0.0
    if later.status is Status.NEGATED and pair == ("AGREE", "AGREE") and ACCEPTING.search(trigger):
        score += 0.2
    return score


HOSTILE = frozenset({"SANCTION", "ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "ACCUSE", "REJECT"})
BASE = {
    ("REQUEST", "REJECT"): 0.9,
    ("AGREE", "REJECT"): 0.6,
    ("REQUEST", "AGREE"): 0.5,
    ("AGREE", "AGREE"): 0.3,
}


def clause_around(later: EventMention, text: str) -> str:
    """The words about the trigger that stand in its sentence, fifty characters either way."""
    low, high = later.trigger.start, later.trigger.end
    ahead = text[max(0, low - 50) : low].rpartition(". ")[2]
    return ahead.rpartition("\n")[2] + text[low : high + 50].partition(". ")[0]


def is_domestic(first: EventMention, later: EventMention) -> bool:
    """Whether all happens within one country, so that countries can't show who answers whom."""
    sides = (first.actors, first.recipients, later.actors, later.recipients)
    return len(frozenset().union(*(countries(side) for side in sides))) == 1


def mirrored(first: EventMention, later: EventMention) -> int:
    """2 if the sides have changed places, 1 if one of them has and the other is not named, 0 otherwise."""
    asked, asker = countries(first.recipients), countries(first.actors)
    actor, recipient = countries(later.actors), countries(later.recipients)
    forth, back = bool(asked & actor), bool(asker & recipient)
    if forth and back:
        return 2
    return 1 if (forth and not recipient) or (back and not asked) else 0
