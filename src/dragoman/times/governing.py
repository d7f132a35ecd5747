"""Which date expression dates a word, judged by the sentence's syntax."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from dragoman.records import TimeRef

BREAKS_KEY = "dragoman.times.line-breaks"
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


# Words beside a date that belong to it.
AROUND = frozenset(
    "early late night morning evening afternoon eve end start beginning middle day week month".split()
)
# Conjunctions whose clause happens at the time of the clause around it.
AT_ONCE = frozenset({"when", "as", "while", "until"})
# A date that heads an entry of a chronology: 'April 8 - The minister flies to Geneva'.
ENTRY = frozenset({":", "-", "--", "–", "—"})


class Attachment:
    """A time expression and the word that it hangs on."""

    __slots__ = ("first", "head", "inner", "last", "time")

    def __init__(self, time: TimeRef, words: SpacySpan) -> None:
        self.time = time
        self.first, self.last = words.start, words.end - 1
        top = words.root
        # The words around a date that belong to it: 'on the night of', 'early', 'since'.
        while top.head != top and (top.dep_ in ("pobj", "pcomp") or is_around(top)):
            top = top.head
        self.inner = top
        self.head = top.head


def attachments(doc: Doc, sentence: SpacySpan, times: Sequence[TimeRef]) -> list[Attachment]:
    """The times of the sentence, without a dateline's, each with what it hangs on."""
    start, end = sentence.start_char, sentence.end_char
    found = []
    for one in times:
        if one.span is None or not start <= one.span.start < end or one.rule == "dateline":
            continue
        words = doc.char_span(one.span.start, one.span.end, alignment_mode="expand")
        if words is not None:
            found.append(Attachment(one, words))
    return found


def is_around(top: Token) -> bool:
    """Whether the word next to a date belongs to it: 'late on Tuesday'."""
    head = top.head
    return (abs(head.i - top.i) == 1 and head.lower_ in AROUND) or (
        head.dep_ == "advmod" and head.lower_ in AROUND
    )


def governing_time(doc: Doc, token_index: int, times: Sequence[TimeRef]) -> TimeRef | None:
    """The date expression that dates the word at the index, ``None`` if syntax points to none.

    It hangs on the word itself, on the clause whose act the word names, or on a verb with which that one is
    coordinated; a time at the head of a sentence or of a chronology's entry scopes over its main verbs. A
    time of the telling ('said on Friday') never dates what is told. A dateline's date dates nothing.
    """
    word = doc[token_index]
    here = attachments(doc, word.sent, times)
    ranked = [(rank(word, one, here), -abs(one.first - token_index), one) for one in here]
    best = max(ranked, key=lambda triple: triple[:2], default=None)
    if best is not None and best[0] > 0:
        return best[2].time
    return entry_time(doc, word, times)


def entry_time(doc: Doc, word: Token, times: Sequence[TimeRef]) -> TimeRef | None:
    """The date that heads the chronology's entry in which the word is a main verb, or joined to one."""
    main = word
    while main.head != main and main.dep_ in ("conj", "dobj", "attr", "acomp", "prep"):
        main = main.head
    if main.head != main:
        return None
    breaks = line_breaks(doc)
    before = bisect_left(breaks, main.i)
    start = breaks[before - 1] + 1 if before else 0
    for one in times:
        if one.span is not None and one.span.start == doc[start].idx:
            words = doc.char_span(one.span.start, one.span.end, alignment_mode="expand")
            ends = words is not None and words.end < len(doc) and doc[words.end].text in ENTRY
            return one if ends else None
    return None


def line_breaks(doc: Doc) -> list[int]:
    """The numbers of the tokens that hold a line's end; found once a ``Doc``."""
    kept: list[int] | None = doc.user_data.get(BREAKS_KEY)
    if kept is None:
        spaces = np.flatnonzero(doc.to_array("IS_SPACE")).tolist()
        kept = [space for space in spaces if "\n" in doc[space].text]
        doc.user_data[BREAKS_KEY] = kept
    return kept


def rank(word: Token, one: Attachment, others: Sequence[Attachment]) -> int:
    """How firmly the time hangs on the word: 0 not at all."""
    if one.time.rule.endswith("-of-clause"):
        return 4 if in_clause_after(word, one) else 0
    if one.head == word or one.inner == word:
        return 5
    if word.dep_ == "relcl" and one.first <= word.head.i <= one.last:
        # 'in July 2006, when the Russians closed the line'
        return 6
    if word.pos_ in NOUNS:
        return rank_noun(word, one)
    if word.dep_ in ("acomp", "attr", "oprd", "prep") and one.head == word.head:
        return 4
    return rank_verb(word, one, others)


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
    if one.inner.dep_ not in ("prep", "npadvmod", "advmod"):
        return one.inner.dep_ == "poss" and one.head.dep_ == "pobj" and is_during(one.head.head, verb)
    while head.pos_ in NOUNS and head.head != head:
        head = head.head
        while head.dep_ in ("prep", "agent") and head.head != head:
            head = head.head
        if head == verb:
            return True
    return False


def is_during(preposition: Token, verb: Token) -> bool:
    """Whether the verb's act fell into what the preposition introduces: 'killed in last year's unrest'."""
    return preposition.lower_ in ("in", "during", "at") and preposition.head == verb


def rank_verb(word: Token, one: Attachment, others: Sequence[Attachment]) -> int:
    """A verb is dated by what hangs on it, on the verb it is coordinated with, or on one that it
    accompanies.
    """
    if hangs_on(one, word):
        return 5
    if rank_below(word, one):
        return 2
    if any(hangs_on(other, word) for other in others):
        return 0
    verb, score = word, 4
    while verb.head != verb and shares_time(verb, one):
        verb, score = verb.head, score - 1
        if verb.pos_ in VERBS and hangs_on(one, verb):
            return max(1, score)
    return 0


def rank_below(word: Token, one: Attachment) -> bool:
    """Whether the time hangs on an infinitive that the word lets happen, or on a clause before it."""
    head = one.head
    if head.head != word:
        return False
    if head.dep_ == "xcomp":
        return True
    if head.dep_ == "ccomp":
        return word.lemma_ in ("let", "make", "see", "have")
    return head.dep_ == "advcl" and head.i < word.i and word.head == word


def shares_time(verb: Token, one: Attachment) -> bool:
    """Whether what happens at the verb's head happens with the verb: 'met and signed', 'shelled it, killing
    two'.
    """
    above = verb.head
    if verb.dep_ == "conj" and above.pos_ in VERBS:
        if any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children):
            return False
        return verb.tag_ == above.tag_ or one.first < above.i
    if verb.dep_ != "advcl":
        return False
    mark = next((child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod", "aux")), "")
    return mark in AT_ONCE or (verb.tag_ == "VBG" and mark == "") or (verb.tag_ == "VB" and mark == "to")
