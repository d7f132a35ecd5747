"""Whether the verb that a date hangs on looks ahead."""

from __future__ import annotations

from spacy.tokens import Doc, Token

# 'will meet', 'would meet', 'may meet': the time is still to come, unless 'have' follows ('may have met').
AHEAD_AUXILIARIES = frozenset(
    {"will", "shall", "would", "may", "might", "can", "could", "must", "should", "'ll", "wo"}
)
# Words that put what hangs on them ahead: 'plans to meet', 'due on Friday', 'scheduled for May'.
AHEAD_WORDS = frozenset(
    "plan expect schedule due set slate agree intend vow promise pledge want ask urge call order prepare "
    "invite decide propose threaten hope seek demand offer ready likely unlikely sure bound poised aim "
    "mean need require request undertake commit appeal insist consider contemplate ponder willing bid "
    "summon reluctant able deadline ultimatum pencil slated planned scheduled upcoming forthcoming "
    "proposed tell instruct swear warn wait await advise hop hopes hoped".split()
)
# Nouns whose date is ahead whatever the verb: 'set a deadline of Friday', 'the forthcoming vote on Sunday'.
AHEAD_MODIFIERS = frozenset("planned scheduled upcoming forthcoming coming next proposed looming".split())
AHEAD_NOUNS = frozenset({"deadline", "ultimatum"})
# Present tense of these with a date tells a timetable: 'the talks resume on Monday'.
TIMETABLE_VERBS = frozenset(
    "open begin start resume meet leave arrive visit expire end take close come go be host hold fly "
    "travel run out vote convene reconvene return depart head fall".split()
)
DEADLINES = frozenset({"by", "until", "till", "before"})
# What these set lasts until a day to come: 'has given rebels until Saturday'.
TERM_SETTERS = frozenset(
    "give extend allow grant suspend postpone adjourn close ban bar impose delay put order shut prolong "
    "remand jail".split()
)
PLANNED = frozenset({"scheduled", "slated", "planned", "due", "expected", "pencilled", "set"})
CLAUSE = frozenset({"VERB", "AUX"})


def governor(token: Token) -> Token:
    """The verb, or the predicate adjective such as 'due', that the token hangs on; the root at the end."""
    teller = verb_before(token)
    while token.head != token:
        token = token.head
        if token.pos_ in CLAUSE or (token.pos_ == "ADJ" and token.lower_ in AHEAD_WORDS):
            return teller if teller is not None and teller == token.head else token
    return token


def verb_before(token: Token) -> Token | None:
    """The past verb right before the time: in 'said on Monday she would meet', Monday is not that of the
    meeting.
    """
    first = token.left_edge
    if first.i and first.nbor(-1).dep_ == "prep":
        first = first.nbor(-1)
    before = first.nbor(-1) if first.i else None
    return before if before is not None and before.tag_ == "VBD" else None


def noun_looks_ahead(token: Token) -> bool:
    """Whether a noun between the time and its verb says that it is still to come ('the planned talks on
    Monday').
    """
    while token.head != token and token.head.pos_ not in CLAUSE:
        token = token.head
        if token.lower_ in AHEAD_NOUNS:
            return True
        if token.pos_ in ("NOUN", "PROPN") and any(
            child.lower_ in AHEAD_MODIFIERS for child in token.children if child.dep_ in ("amod", "advmod")
        ):
            return True
    return False


def auxiliaries(verb: Token) -> set[str]:
    """The lower-cased auxiliaries of a verb; those of the verb that it is coordinated with where it has
    none.
    """
    found = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if not found and verb.dep_ == "conj" and not has_subject(verb):
        return auxiliaries(verb.head)
    return found


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)


def has_doer(verb: Token) -> bool:
    """Whether the verb has an active subject: 'men set up roadblocks', not 'talks set for Friday'."""
    return any(child.dep_ == "nsubj" for child in verb.children)


def infinitive_looks_ahead(verb: Token) -> bool:
    """Whether 'to meet' stands with something that looks ahead: 'is to meet', 'asked X to meet', 'due to
    meet'.
    """
    head = verb.head
    if head == verb:
        return True
    if head.lemma_ == "be" or head.lower_ in AHEAD_WORDS or head.lemma_ in AHEAD_WORDS:
        return True
    if head.dep_ == "conj" and head.head.lemma_ in AHEAD_WORDS:
        return True
    if verb.dep_ in ("acl", "relcl", "advcl"):
        return False
    return looks_ahead(head) if head.pos_ in CLAUSE else False


def deadline_looks_ahead(token: Token, verb: Token) -> bool:
    """Whether 'by Friday' or 'until May' sets a term: it does unless the act was over by then ('had left by
    May').
    """
    helpers = auxiliaries(verb)
    if verb.lemma_ in TERM_SETTERS and token.head.lower_ in ("until", "till", "by"):
        return "had" not in helpers
    return not ({"had", "was", "were"} & helpers) and verb.tag_ in ("VB", "VBP", "VBZ", "VBG")


def looks_ahead(verb: Token, direct: bool = False) -> bool:
    """Whether the verb's form puts its act after the report: future, modal, 'is to', or what is asked for.

    ``direct``: the time hangs on the verb itself, so that a present tense tells a timetable ('the talks
    resume on Monday').
    """
    helpers = auxiliaries(verb)
    if helpers & AHEAD_AUXILIARIES:
        return "have" not in helpers
    if verb.lower_ in AHEAD_WORDS and verb.pos_ == "ADJ":
        return True
    if verb.tag_ in ("VBN", "VBD") and verb.lower_ in PLANNED and not has_doer(verb):
        return True
    if "to" in helpers:
        return "have" not in helpers and infinitive_looks_ahead(verb)
    if is_condition(verb):
        return verb.tag_ in ("VBZ", "VBP") or bool(AHEAD_AUXILIARIES & auxiliaries(verb.head))
    if verb.tag_ == "VBG":
        if not helpers and verb.dep_ in ("xcomp", "conj", "pcomp") and verb.head.pos_ in CLAUSE:
            return looks_ahead(verb.head)
        return bool(helpers & {"is", "are", "'s", "'re"}) and "been" not in helpers
    if verb.tag_ in ("VBZ", "VBP"):
        return direct and (verb.lemma_ in TIMETABLE_VERBS or looks_forward(verb))
    # 'demanded that the army leave by Friday': the bare form after a demand.
    return verb.tag_ == "VB" and not helpers and verb.head.lemma_ in AHEAD_WORDS


def looks_forward(verb: Token) -> bool:
    """Whether a verb in the present plans or wants ('plan a sit-in on Saturday', 'a meeting in May is
    likely').
    """
    if verb.tag_ not in ("VBZ", "VBP"):
        return False
    # 'set free' and 'set up' look like a present where they are a past.
    if verb.lemma_ in AHEAD_WORDS and verb.lemma_ != "set":
        return True
    return verb.lemma_ == "be" and any(
        child.dep_ == "acomp" and child.lower_ in AHEAD_WORDS for child in verb.children
    )


def is_condition(verb: Token) -> bool:
    """Whether the verb's clause begins with 'if', 'unless' or 'when'."""
    return verb.dep_ == "advcl" and any(
        child.lower_ in ("if", "unless", "when", "once", "until") for child in verb.children
    )


def is_ahead(doc: Doc, index: int) -> bool:
    """Whether the time that the token names lies ahead of the report, judged by the verb that it hangs on."""
    token = doc[index]
    while token.dep_ in ("nummod", "compound") and abs(token.head.i - token.i) == 1:
        # 'May 27': the month bears the syntax.
        token = token.head
    verb = governor(token)
    preposition = token.head if token.head.dep_ == "prep" else None
    direct = verb in (token.head, preposition.head if preposition is not None else token.head)
    if noun_looks_ahead(token) or looks_ahead(verb, direct):
        return True
    before = preposition.lower_ if preposition is not None else doc[index - 1].lower_ if index else ""
    if before == "for" and token.dep_ == "pobj":
        return True
    if preposition is not None and preposition.i and doc[preposition.i - 1].lower_ in PLANNED:
        # 'raising doubts about talks due on May 27'
        return True
    if before == "from" and any(looks_ahead(above) for above in verb.ancestors if above.pos_ in CLAUSE):
        return True
    return looks_forward(verb) or (before in DEADLINES and deadline_looks_ahead(token, verb))


def is_told(doc: Doc, index: int) -> bool:
    """Whether the verb that the time hangs on is a plain past, as in a story ('Mexico severed ties that
    night').
    """
    verb = governor(doc[index])
    return verb.tag_ in ("VBD", "VBN") and not {"has", "have", "'ve"} & auxiliaries(verb)
