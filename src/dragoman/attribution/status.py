"""Hints at the status of an act, from the words that stand over its trigger: 'failed to', 'may', 'denied'."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dragoman.attribution.clauses import Clauses
from dragoman.attribution.tables import tables
from dragoman.lexicon import cells, read_table
from dragoman.records import Span, Status

A, N, M, P, R, D = (
    Status.ASSERTED,
    Status.NEGATED,
    Status.POSSIBLE,
    Status.PLANNED,
    Status.REQUESTED,
    Status.DENIED,
)
# What an operator makes of the status that stands under it. Two negations cancel each other; a denied
# negation asserts ('denied that it had not'), but what is not denied or not ruled out is only possible; a
# request stays one, whatever stands over it.
EFFECTS: dict[str, dict[Status, Status]] = {
    "negate": {A: N, N: A, M: N, P: N, R: R, D: M},
    "deny": {A: D, N: A, M: D, P: D, R: R, D: A},
    "possible": {A: M, N: M, M: M, P: M, R: R, D: M},
    "plan": {A: P, N: N, M: M, P: P, R: R, D: D},
    "request": {A: R, N: R, M: R, P: R, R: R, D: R},
    "exclude": {A: D, N: A, M: D, P: D, R: D, D: A},
    "undo": {A: A, N: N, M: N, P: N, R: R, D: D},
    "keep": {A: A, N: N, M: M, P: P, R: R, D: D},
}
LIGHT = frozenset(
    "hold carry make have take give conduct launch stage mount begin start open do see be".split()
)
OCCURRING = frozenset("take occur happen go place begin start follow come".split())
# Acts done by saying so: what a speaker says he will do is his promise, refusal or threat, and has happened.
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
DIRECT = frozenset({"not", "never", "nt", "no", "no-phrase", "not-one", "nobody", "no-one", "neither-phrase"})
OWN = frozenset({"it", "they", "he", "she", "i", "we", "its", "their", "his", "her", "our", "my"})
# Types that nobody is blamed for: to say that one has not met or been paid is no denial.
HARMLESS = frozenset({"CONSULT", "SANCTION", "AID", "RETREAT", "COOPERATE", "SUPPORT"})
CLAIM_NOUNS = frozenset(
    "claim report allegation accusation charge suggestion rumour rumor talk assertion".split()
)
NEGATIVE = frozenset({"no", "not", "nobody", "none", "nothing", "neither", "never", "nor", "cannot"})
FUTURE = frozenset({"will", "would", "'ll", "shall", "wo", "’ll"})
FARTHEST = 8


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """One word that changes the status of what it governs or modifies.

    ``place`` is modifier (it hangs on the act) or governor (the act hangs on it); ``relations`` how: for a
    governor to, x-to (with a subject of its own), that, ing, object, claim, or a preposition, '+word' where a
    particle must stand by; ``effect`` a key of ``EFFECTS``; ``gives`` the status in ``example``.
    """

    id: str
    lemma: str
    place: str
    relations: str
    effect: str
    example: str
    gives: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StatusHint:
    """What the words over a trigger say of its status.

    ``status`` is None where no operator decides. ``rules`` names the rows that fired, innermost first, also
    where something unknown stands over them. It is ``sure`` where nothing else can be meant.
    """

    trigger: Span
    status: Status | None
    rules: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Operators:
    """The rows by word and by relation."""

    modifiers: dict[tuple[str, str], OperatorRow]
    governors: dict[tuple[str, str], OperatorRow]


@cache
def operators() -> Operators:
    """The table of operators, read on first use."""
    found = Operators({}, {})
    for row in read_table("status_operators.tsv", OperatorRow):
        rows = found.modifiers if row.place == "modifier" else found.governors
        for lemma in cells(row.lemma):
            for relation in cells(row.relations):
                rows[lemma, relation] = row
    return found


def status_hints(
    doc: Doc, trigger_spans: Sequence[Span], event_types: Sequence[str] = ()
) -> list[StatusHint]:
    """For each trigger what negation, modals, plans, requests and denials over it make of its status.

    The types, where they are given, one a trigger, spare promises, refusals and threats from being read as
    plans ('said it would not sign' is a refusal that has happened).
    """
    text = Clauses.of(doc)
    types = event_types or [""] * len(trigger_spans)
    told = list(zip(trigger_spans, types, strict=True))
    asking = {text.token_at(span.start) for span, kind in told if kind == "REQUEST"}
    return [Reader(text, span, kind, asking).read() for span, kind in told]


class Reader:
    """Walks from one trigger outward along the parse and applies the operators that it meets."""

    def __init__(self, text: Clauses, trigger: Span, event_type: str, asking: Set[int] = frozenset()) -> None:
        self.text = text
        self.asking = asking
        self.trigger = trigger
        self.event_type = event_type
        self.spoken = event_type in SPOKEN
        self.rows = operators()
        first, last = text.token_at(trigger.start), text.token_at(trigger.end - 1)
        self.inside = range(first, last + 1)
        self.status = Status.ASSERTED
        self.rules: list[str] = []
        self.used: set[int] = set()
        self.open = False
        self.excluded = False

    def read(self) -> StatusHint:
        """The hint for this trigger."""
        node = self.top()
        if any(kid in self.asking and self.text.dep[kid] == "aux" for kid in self.text.kids[node]):
            # 'Norland {should} {send} aid': the modal asks, and what it asks for has not happened.
            return StatusHint(self.trigger, Status.REQUESTED, ("status/asked-by-modal",), sure=True)
        self.modify(node)
        for _ in range(FARTHEST):
            above = self.climb(node)
            if above is None:
                break
            node = above
        if not self.rules or self.open or self.is_asked(node):
            return StatusHint(self.trigger, None, tuple(self.rules))
        status = N if self.excluded and self.status is D else self.status
        return StatusHint(self.trigger, status, tuple(self.rules))

    def is_asked(self, node: int) -> bool:
        """Whether the sentence is a question."""
        first, last = self.text.sentence(node)
        return "?" in self.text.lower[max(first, last - 3) : last]

    def top(self) -> int:
        """The token of the trigger on which its other tokens hang."""
        for i in self.inside:
            if self.text.head[i] == i or self.text.head[i] not in self.inside:
                return i
        return self.inside[0]

    def apply(self, row: OperatorRow) -> None:
        """Let one operator work on the status."""
        if row.effect == "open":
            self.open = True
        elif row.effect == "undo" and self.open:
            self.status, self.open = N, False
        else:
            self.status = EFFECTS[row.effect][self.status]
            self.excluded = self.excluded or row.effect == "exclude"
        self.rules.append(f"status_operators/{row.id}")

    # ---------------------------------------------------------------------------------------- modifiers

    def modify(self, node: int) -> None:
        """Apply what hangs on the node itself: negation first, then modals, adverbs and conjunctions."""
        text = self.text
        found: list[tuple[int, OperatorRow]] = []
        for kid in text.kids[node]:
            if kid in self.inside or kid in self.used:
                continue
            row = self.modifier(kid, node)
            if row is not None:
                self.used.add(kid)
                found.append(({"negate": 0, "plan": 1}.get(row.effect, 2), row))
        for _, row in sorted(found, key=lambda one: one[0]):
            self.apply(row)

    def modifier(self, kid: int, node: int) -> OperatorRow | None:
        """The row for one dependent, if it is an operator."""
        text, relation = self.text, self.text.dep[kid]
        rows, word = self.rows.modifiers, self.text.lower[kid]
        if relation == "neg":
            return None if self.refuses(node) else rows.get((word, "neg"))
        if relation in ("aux", "auxpass"):
            return self.modal(kid, node)
        if relation == "mark":
            return rows.get((word, "mark"))
        if relation == "advmod":
            if word == "longer" and text.lower[kid - 1] == "no":
                return rows.get((word, "no-longer"))
            return rows.get((word, "adverb")) if -3 < kid - node < 3 else None
        if relation == "det":
            return rows.get((word, "det"))
        if relation in ("nsubj", "nsubjpass", "dobj"):
            return self.negative_phrase(kid, node)
        return None

    def negative_phrase(self, kid: int, node: int) -> OperatorRow | None:
        """'no shell was fired', 'signed nothing'; not 'post No. 12', nor 'reported no losses'."""
        text = self.text
        first = text.left[kid]
        row = self.rows.modifiers.get((text.lower[first], "phrase"))
        if row is None or first in self.inside or first in self.used or self.refuses(node):
            return None
        if text.lower[first] == "no" and (text.lower[first + 1] == "." or text.pos[first + 1] == "NUM"):
            return None
        if text.dep[kid] == "dobj" and text.lemma[node] in tables().cues:
            return None
        self.used.add(first)
        return row

    def refuses(self, node: int) -> bool:
        """Whether a negation makes the act instead of undoing it: 'will not sign', coded as a refusal."""
        if self.event_type == "REJECT":
            return True
        return self.spoken and any(self.text.lower[kid] in FUTURE for kid in self.text.kids[node])

    def modal(self, kid: int, node: int) -> OperatorRow | None:
        """The row for a modal verb; a promise or refusal is made, not broken, by 'will'."""
        text, rows, word = self.text, self.rows.modifiers, self.text.lower[kid]
        if self.spoken and word in (*FUTURE, "must", "should", "can"):
            return None
        if word in ("could", "can") and text.kid(node, "neg") is not None:
            return None
        subject = text.kid(node, "nsubj", "nsubjpass")
        if word == "should" and subject is not None and kid < subject:
            return rows.get((word, "aux-inverted"))
        if word in ("will", "would") and self.is_conditional(node):
            return rows.get((word, "aux-if"))
        if word == "would":
            return rows.get((word, "aux-said")) if self.is_said(node) else None
        return rows.get((word, "aux"))

    def is_conditional(self, node: int) -> bool:
        """Whether an if-clause hangs on the node."""
        text = self.text
        return any(
            text.lower[mark] in ("if", "unless", "provided")
            for clause in text.kids_by(node, "advcl")
            for mark in text.kids_by(clause, "mark")
        )

    def is_said(self, node: int) -> bool:
        """Whether the clause is the content of a verb of saying."""
        text = self.text
        while text.dep[node] == "conj":
            node = text.head[node]
        cues = tables().cues.get(text.lemma[text.head[node]], ())
        return text.dep[node] == "ccomp" and any(cue.kind in ("say", "tell") for cue in cues)

    # ---------------------------------------------------------------------------------------- governors

    def climb(self, node: int) -> int | None:
        """Apply what the node hangs on; the next node outward, or None where the walk ends."""
        text = self.text
        above, relation = text.head[node], text.dep[node]
        if above == node:
            return None
        if relation == "conj":
            return self.climb_conjunct(node, above)
        if self.spoken and relation == "ccomp":
            return None
        if relation in ("pobj", "pcomp"):
            preposition, above = above, text.head[above]
            word, before = text.lower[preposition], text.lower[preposition - 1]
            return self.govern(node, above, f"instead {word}" if before == "instead" else word, preposition)
        if relation in ("dobj", "nsubjpass"):
            light = text.lemma[above] in LIGHT or self.status is N
            if light and self.governor(above, "object", node) is None:
                self.modify(above)
                return above
            return self.govern(node, above, "object", node)
        if relation == "nsubj" and text.lemma[above] in OCCURRING:
            self.modify(above)
            return above
        if relation in ("xcomp", "ccomp", "advcl", "acl", "acomp", "attr"):
            form = self.form(node)
            if relation == "advcl" and form == "that":
                return None
            adjective = text.kid(above, "acomp")
            if form == "to" and relation == "xcomp" and adjective is not None and adjective < node:
                above = adjective
            return self.govern(node, above, form, node)
        return None

    def climb_conjunct(self, node: int, above: int) -> int | None:
        """'did not attack or loot', 'will meet and sign': what the first conjunct has, the second shares."""
        text = self.text
        for kid in text.kids[above]:
            row = self.rows.modifiers.get((text.lower[kid], "than"))
            if text.dep[kid] == "cc" and above < kid < node and row is not None:
                self.apply(row)
                return None
        own = any(text.dep[kid] in ("nsubj", "nsubjpass", "aux") for kid in text.kids[node])
        if not own and above not in self.inside:
            joined = {text.lower[kid] for kid in text.kids[above] if text.dep[kid] == "cc"}
            for kid in text.kids[above]:
                row = self.modifier(kid, above) if text.dep[kid] in ("aux", "neg", "mark") else None
                if row is not None and (row.effect != "negate" or "or" in joined or "nor" in joined):
                    self.apply(row)
        return above if not own or text.dep[above] in ("ccomp", "xcomp") else None

    def form(self, node: int) -> str:
        """How a clause hangs on what governs it: to, x-to, ing or that."""
        text = self.text
        if text.tag[node] == "VBG":
            return "ing"
        if any(text.lower[kid] == "to" and text.dep[kid] == "aux" for kid in text.kids[node]):
            return "x-to" if text.kid(node, "nsubj", "nsubjpass") is not None else "to"
        return "that"

    def governor(self, above: int, relation: str, node: int) -> OperatorRow | None:
        """The row for what the node hangs on, the one that asks for a particle first."""
        rows, text = self.rows.governors, self.text
        lemma = text.lemma[above]
        beside = {text.lower[kid] for kid in text.kids[above] if text.dep[kid] in ("prt", "prep", "advmod")}
        for word in sorted(beside):
            row = rows.get((lemma, f"{relation}+{word}")) or rows.get(("*", f"{relation}+{word}"))
            if row is not None:
                return row
        if text.kid(above, "auxpass") is not None and (lemma, f"{relation}+passive") in rows:
            return rows[lemma, f"{relation}+passive"]
        return rows.get((lemma, relation)) or rows.get(("*", relation))

    def govern(self, node: int, above: int, relation: str, at: int) -> int | None:
        """Apply the operator that governs the node, then what hangs on that operator."""
        text = self.text
        if above in self.inside:
            return None
        if (
            relation == "that"
            and text.lemma[above] in CLAIM_NOUNS
            and text.dep[above] in ("dobj", "nsubjpass")
        ):
            above, relation = text.head[above], "claim"
        row = self.governor(above, relation, at)
        if row is None:
            return self.pass_through(node, above, relation)
        if row.id == "be-to" and text.lower[above] in ("was", "were") and self.has_have(node):
            row = self.rows.modifiers["*", "was-to-have"]
        self.apply(row)
        if row.effect != "request":
            self.modify(above)
            return above
        return above if text.pos[above] == "NOUN" else None

    def has_have(self, node: int) -> bool:
        """Whether the infinitive is a perfect one ('to have met')."""
        return any(self.text.lower[kid] == "have" for kid in self.text.kids_by(node, "aux"))

    def pass_through(self, node: int, above: int, relation: str) -> int | None:
        """Whether an unknown word lets the walk go on: a copula does, a verb of saying may deny."""
        text = self.text
        if relation == "that" and self.status == N and text.dep[node] == "ccomp" and self.is_said(node):
            if self.is_own_denial(node, above):
                self.status = D
                self.rules.append("status_operators/said-not")
            elif self.event_type not in HARMLESS and not self.is_future(node):
                # 'A spokesman said no such request had been received': who knows whose part he takes.
                self.open = True
            return None
        if text.dep[node] in ("acomp", "attr") and text.lemma[above] in ("be", "remain", "become"):
            self.modify(above)
            return above
        return None

    def is_own_denial(self, node: int, above: int) -> bool:
        """'The army said it had not shelled the town': the speaker clears his own side of something past."""
        text = self.text
        if (
            self.is_future(node)
            or self.rules[-1].removeprefix("status_operators/") not in DIRECT
            or self.event_type in HARMLESS
        ):
            return False
        subject = text.kid(node, "nsubj", "nsubjpass")
        if subject is None:
            return False
        first = text.lower[text.left[subject]]
        return first in OWN or first in NEGATIVE

    def is_future(self, node: int) -> bool:
        """Whether the clause speaks of what is to come ('will not', 'would not')."""
        return any(self.text.lower[kid] in FUTURE for kid in self.text.kids[node])
