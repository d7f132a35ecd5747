"""Which date expression dates a word, judged by the sentence's syntax."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.records import TimeRef

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Verbs of telling: their time dates the telling, not what is told.
TELLING = frozenset(
    "say tell report announce state declare add note write claim allege accuse warn deny insist confirm "
    "quote cite argue maintain predict reveal disclose believe think know hear learn show suggest "
    "acknowledge admit describe recall".split()
)
# Verbs that only carry the noun that names the act: 'held talks on Friday', 'the attack took place on
# Friday'.
CARRIERS = frozenset(
    "hold take occur happen begin start come make have conduct carry stage launch give pay issue open end "
    "resume sign reach mount be follow mark continue suffer see face erupt break wage kill wound injure "
    "hit leave put deliver impose lodge strike sustain claim".split()
)


class Attachment:
    """A time expression and the word that it hangs on."""

    __slots__ = ("first", "head", "inner", "last", "time")

    def __init__(self, doc: Doc, time: TimeRef) -> None:
        self.time = time
        assert time.span is not None
        span = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        self.first, self.last = span.start, span.end - 1
        top = span.root
        # The words around a date that belong to it: 'on the night of', 'early', 'since'.
        while top.dep_ in ("pobj", "pcomp") or (
            top.head.i in (top.i - 1, top.i + 1) and top.head.lower_ in AROUND
        ):
            if top.head == top:
                break
            top = top.head
        self.inner = top
        self.head = top.head


AROUND = frozenset(
    "early late night morning evening afternoon eve end start beginning middle day week month".split()
)


def governing_time(doc: Doc, token_index: int, times: Sequence[TimeRef]) -> TimeRef | None:
    """The date expression that dates the word at the index, ``None`` if syntax points to none.

    It hangs on the word itself, on the clause whose act the word names, or on a verb with which that one is
    coordinated; a time at the head of a sentence or of a chronology's entry scopes over its main verbs. A
    time of the telling ('said on Friday') never dates what is told. A dateline's date dates nothing.
    """
    word = doc[token_index]
    sentence = word.sent
    start, end = sentence.start_char, sentence.end_char
    here = [
        Attachment(doc, one)
        for one in times
        if one.span is not None and start <= one.span.start < end and one.rule != "dateline"
    ]
    best = max(
        ((rank(word, one), -abs(one.first - token_index), one) for one in here),
        default=None,
        key=lambda x: x[:2],
    )
    if best is not None and best[0] > 0:
        return best[2].time
    return None


def rank(word: Token, one: Attachment) -> int:
    """How firmly the time hangs on the word: 0 not at all."""
    if one.time.rule.endswith("-of-clause"):
        return 4 if in_clause_after(word, one) else 0
    if one.head == word or one.inner == word:
        return 5
    if word.pos_ in NOUNS:
        return rank_noun(word, one)
    return rank_verb(word, one)


def in_clause_after(word: Token, one: Attachment) -> bool:
    """Whether the word heads the clause or phrase that 'two days after' introduces."""
    return word.i - one.last > 0 and (word.head.i in (one.last, one.head.i) or word.dep_ == "advcl")


def rank_noun(word: Token, one: Attachment) -> int:
    """A noun is dated by what hangs on it, or by the time of the verb that only carries it."""
    if one.head in word.subtree and one.inner.dep_ in (
        "prep",
        "npadvmod",
        "nmod",
        "compound",
        "poss",
        "amod",
    ):
        return 4 if one.head.dep_ in ("compound", "nmod", "prep", "pobj", "amod") else 2
    verb = carrier(word)
    if verb is None:
        return 0
    return 3 if hangs_on(one, verb) else 0


def carrier(word: Token) -> Token | None:
    """The verb that carries the noun's act, if it is one that only carries."""
    top = word
    while top.dep_ in ("conj", "compound", "nmod", "appos") and top.head.pos_ in NOUNS:
        top = top.head
    verb = top.head
    if top.dep_ == "pobj" and verb.dep_ == "prep":
        verb = verb.head
    if verb.pos_ in VERBS and (verb.lemma_ in CARRIERS or top.dep_ in ("nsubj", "nsubjpass", "dobj")):
        return verb if verb.lemma_ not in TELLING else None
    return None


def hangs_on(one: Attachment, verb: Token) -> bool:
    """Whether the time is the verb's: attached to it, or to a noun among its own words that no act names."""
    if one.head == verb:
        return True
    head = one.head
    while head.pos_ in NOUNS and head.head != head and one.inner.dep_ == "prep":
        head = head.head
        while head.dep_ == "prep" and head.head != head:
            head = head.head
        if head == verb:
            return True
    return False


def rank_verb(word: Token, one: Attachment) -> int:
    """A verb is dated by what hangs on it, on the verb it is coordinated with, or on one that it
    accompanies.
    """
    if hangs_on(one, word):
        return 5
    verb = word
    score = 4
    while verb.head != verb:
        if (verb.dep_ == "conj" and verb.head.pos_ in VERBS) or (
            verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ == "mark" for c in verb.children)
        ):
            verb, score = verb.head, score - 1
        else:
            break
        if verb.pos_ in VERBS and hangs_on(one, verb):
            return max(1, score)
    return 0
