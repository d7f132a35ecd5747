"""A sentence that names a tie, with the states named in it, as plain lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.lexicon.datelines import find_datelines
from dragoman.records import Mention, PlaceRef, Span, TimeRef
from dragoman.ties.subjects import named_agreement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELATIVES = frozenset({"which", "who", "that", "whom", "whose"})
CONTROL = frozenset(
    "urge ask call press tell order pressure want force appeal allow invite oblige compel".split()
)
REACH = 8
"""Words after a noun within which the preposition to its other side stands."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name states, by their tokens; ``name`` is what to call what is no state."""

    first: int
    last: int
    codes: tuple[str, ...]
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class When:
    """A date expression by its tokens; ``is_since`` where its state still holds."""

    first: int
    last: int
    time: TimeRef
    is_since: bool


class Page:
    """A parsed report, with its mentions and times by token."""

    def __init__(
        self,
        doc: Doc,
        text: str,
        mentions: Sequence[Mention],
        times: Sequence[TimeRef],
        places: Sequence[PlaceRef],
    ) -> None:
        self.doc = doc
        self.text = text
        self.starts: list[int] = doc.to_array("IDX").tolist() if len(doc) else []
        lines = [one.span for one in find_datelines(text)]
        self.named = [
            self._named(one)
            for one in mentions
            if one.entities
            and one.entities[0].kind != "outlet"
            and not any(line.overlaps(one.span) for line in lines)
        ]
        self.places = [
            Named(*self.tokens(one.span), (one.country,) if one.country else (), one.name, "place")
            for one in places
        ]
        self.times = [self._when(one) for one in times if one.span is not None and one.start is not None]

    def tokens(self, span: Span) -> tuple[int, int]:
        """The first and the last token of a span."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        return first, max(first, bisect_left(self.starts, span.end) - 1)

    def _named(self, mention: Mention) -> Named:
        codes = tuple(dict.fromkeys(one.country for one in mention.entities if one.country))
        first = mention.entities[0]
        return Named(*self.tokens(mention.span), codes, first.name, first.kind)

    def _when(self, time: TimeRef) -> When:
        assert time.span is not None
        first, last = self.tokens(time.span)
        ahead = [self.doc[i].lower_ for i in range(max(0, first - 1), first + 1)]
        return When(first, last, time, "since" in ahead)

    def within(self, items: Iterable[Named], first: int, end: int) -> list[Named]:
        """Those that stand between two tokens, in order."""
        return sorted(
            (one for one in items if first <= one.first and one.last < end),
            key=lambda one: (one.first, -one.last),
        )

    def year_before(self, i: int) -> bool:
        """Whether a date stands just before the word: 'a 1951 mutual defence treaty'."""
        return any(0 < i - one.last <= 3 for one in self.times)

    def agreement_before(self, start: int) -> str:
        """The agreement that the report named last before a token ('the pact'), or ''."""
        name = ""
        for sentence in self.doc.sents:
            if sentence.start >= start:
                break
            name = named_agreement(sentence.text) or name
        return name

    def is_mainly_on(self, code: str) -> bool:
        """Whether the report speaks of one state far more than of any other."""
        counts = Counter(one.codes[0] for one in self.named if len(one.codes) == 1)
        others = [count for other, count in counts.items() if other != code]
        return counts[code] > 1.5 * max(others, default=0)

    def leading(self) -> tuple[str, ...]:
        """The two states that the report speaks of most, where no third comes near; else none."""
        counts = Counter(code for one in self.named if len(one.codes) == 1 for code in one.codes)
        order = counts.most_common(3)
        if len(order) < 2 or (len(order) == 3 and order[2][1] * 2 > order[1][1]):
            return ()
        return tuple(sorted(code for code, _ in order[:2]))


def verb_over(token: Token) -> Token | None:
    """The verb that the noun hangs on, however deep within its phrase."""
    node: Token = token
    for _ in range(8):
        if node.head.i == node.i:
            return None
        node = node.head
        if node.pos_ in VERBS:
            return node
    return None


def _asked(verb: Token) -> Token | None:
    """Who is asked to do something: 'urged Norland to lift it', 'called on Norland to lift it'."""
    for kid in verb.children:
        if kid.dep_ in ("dobj", "dative"):
            return kid
        if kid.dep_ == "prep" and kid.lower_ in ("on", "upon", "to"):
            return next((one for one in kid.children if one.dep_ == "pobj"), None)
    return None


def subject_of(verb: Token) -> Token | None:
    """Who does what the verb says, shared subjects and relative pronouns followed to their nouns."""
    node = verb
    for _ in range(6):
        # A dateline ('RIYADH, June 7 - Iran reopened …') is taken for a subject too; the nearest one is it.
        for kid in reversed(list(node.lefts)):
            if kid.dep_ in SUBJECTS:
                if kid.lower_ in RELATIVES and node.dep_ in ("relcl", "acl"):
                    return node.head
                return kid
        if node.dep_ in ("relcl", "acl") and node.head.pos_ in ("NOUN", "PROPN"):
            return node.head
        if node.dep_ == "xcomp" and node.head.lemma_ in CONTROL:
            asked = _asked(node.head)
            if asked is not None:
                return asked
        if node.head.i == node.i or node.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "aux"):
            return None
        node = node.head
    return None
