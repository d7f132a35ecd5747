"""Whether a verb over a tie's words says that something is so, is not so, or only that it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

MODALS = frozenset("will would 'll ’ll wo may might could can ca should must shall".split())
NEGATIONS = frozenset("not n't n’t never no neither nor hardly".split())
CONDITIONS = frozenset("if unless whether until till before once lest".split())
FAILING = frozenset("fail refuse decline omit neglect".split())
CARRYING = frozenset("begin start continue keep finish complete manage decide remain go use".split())
"""Verbs under which what hangs on them is done all the same ('decided to close', as reports use it)."""
TELLING = frozenset(
    "say tell report announce state declare add note confirm write disclose reveal show mean see find "
    "complain explain recall remember acknowledge admit stress mark follow come".split()
)
WISHES = frozenset(
    "demand call request proposal plan threat promise hope offer bid idea possibility appeal "
    "condition".split()
)
DONE = frozenset("decision move order step measure".split())
"""Nouns whose infinitive is done: 'its decision to recall the ambassador'."""
SO, NOT_SO, UNREAL = "so", "not so", "unreal"


def reality(verb: Token) -> str:
    """``so``, ``not so`` or ``unreal`` (planned, asked, possible, conditional)."""
    words = {
        kid.lower_
        for kid in verb.children
        if kid.dep_ in ("aux", "auxpass", "neg", "mark", "advmod", "det", "preconj")
    }
    negated = bool(words & NEGATIONS) or _is_yet_to(verb)
    if words & MODALS or words & CONDITIONS:
        return UNREAL
    above = _above(verb, is_infinitive="to" in words)
    if above == SO:
        return NOT_SO if negated else SO
    return above if above == UNREAL else (SO if negated else NOT_SO)


def _is_yet_to(verb: Token) -> bool:
    return (
        verb.dep_ == "xcomp"
        and verb.head.lemma_ in ("have", "be")
        and any(kid.lower_ == "yet" for kid in verb.head.children)
    )


def _above(verb: Token, is_infinitive: bool) -> str:
    """What the words over the verb make of it."""
    head, relation = verb.head, verb.dep_
    if head.i == verb.i:
        return SO
    if relation == "conj" and head.pos_ in ("VERB", "AUX"):
        own = any(
            kid.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") and kid.lower_ != "to"
            for kid in verb.children
        )
        return SO if own else reality(head)
    if relation == "pcomp":
        if head.lower_ in ("without", "instead"):
            return NOT_SO
        return SO if head.lower_ in ("after", "by", "since", "in") else UNREAL
    if relation in ("acl", "ccomp", "relcl") and head.lemma_ in WISHES:
        return UNREAL
    if relation in ("relcl", "advcl") and not is_infinitive:
        return SO
    if relation == "acl":
        return UNREAL if is_infinitive and head.lemma_ not in DONE else SO
    if relation in ("xcomp", "ccomp", "advcl", "pobj", "dobj"):
        lemma = head.lemma_.lower()
        if lemma in FAILING:
            return NOT_SO
        if is_infinitive:
            return reality(head) if lemma in CARRYING and relation == "xcomp" else UNREAL
        if lemma in TELLING or lemma in CARRYING or relation == "advcl":
            return SO
        return UNREAL if relation == "ccomp" else SO
    return SO
