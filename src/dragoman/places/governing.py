"""Which place a word's act happened at, judged by the sentence's syntax."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.places.judging import REACHING
from dragoman.records import PlaceRef

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
# Prepositions after which an act's place stands.
WHERE = frozenset(
    "in at near off outside inside across around throughout over along through within between above below "
    "behind beyond beside before".split()
)
# 'to' and 'into' tell where an act happened only after verbs and nouns of going.
GOING = frozenset(
    "go come fly travel arrive march visit trip journey return move head drive sail walk rush pour cross "
    "enter land flee send deploy dispatch tour pay bring advance".split()
)
# Nouns that only place what they belong to: 'the port of Vlore', 'south of Bear Island', 'the outskirts of
# Maputo'.
SURROUNDINGS = frozenset(
    "port town city village suburb suburbs outskirts south north east west center centre streets street "
    "heart edge shore coast side border middle district region province area airport base camp capital "
    "hills southeast northwest northeast southwest waters gates gate front site part parts".split()
)
# Verbs of telling: where they happen is where it was said, not what was told.
TELLING = frozenset("say tell report announce state declare add note write claim allege".split())
# Verbs that only carry the noun that names the act.
CARRIERS = frozenset(
    "hold take occur happen begin start have conduct carry stage launch give pay open end resume sign "
    "reach mount follow mark continue erupt break wage kill wound injure leave lodge come go make put".split()
)
ARTICLE_DEPS = frozenset({"appos", "conj", "compound", "nmod"})


def governing_place(doc: Doc, token_index: int, places: Sequence[PlaceRef]) -> PlaceRef | None:
    """The place where the act happened that the word at the index names, ``None`` if syntax points to none.

    It hangs with 'in', 'at', 'near' or the like on the word itself, on its clause's verb, or on what that
    verb acts on; at the head of a sentence ('In Bucharest, ...') it scopes over the main verbs. The seat of
    a body that acts ('the High Court in Eldoret') is no place of its act, nor is a dateline's town.
    """
    word = act_word(doc[token_index])
    sentence = word.sent
    best: tuple[float, int, PlaceRef] | None = None
    for one in places:
        if (
            one.rule in ("dateline", "described")
            or not sentence.start_char <= one.span.start < sentence.end_char
        ):
            continue
        span = doc.char_span(one.span.start, one.span.end, alignment_mode="expand")
        if span is None:
            continue
        score = rank(word, span.root, one)
        key = (score, -abs(span.start - token_index))
        if score > 0 and (best is None or key > best[:2]):
            best = (*key, one)
    return best[2] if best else None


def act_word(word: Token) -> Token:
    """The verb that names the act where the word is only its auxiliary: 'are to meet'."""
    if word.lemma_ == "be" and word.pos_ in VERBS:
        return next((child for child in word.children if child.dep_ == "xcomp"), word)
    return word


def rank(word: Token, root: Token, place: PlaceRef) -> float:
    """How firmly the place hangs on the word: 0 not at all."""
    if root.dep_ in ("compound", "nmod") and root.head == word:
        return 4.0
    if word.dep_ == "relcl" and word.head == root and any(child.lower_ == "where" for child in word.children):
        return 4.0
    while root.dep_ in ARTICLE_DEPS and root.head != root:
        root = root.head
    root = surroundings(root)
    if root.dep_ in ("dobj", "nsubjpass"):
        return reached(word, root, place)
    if root.dep_ not in ("pobj", "advmod", "npadvmod"):
        return 0.0
    preposition = root.head if root.dep_ == "pobj" else root
    if not is_where(preposition, word, place):
        return 0.0
    return rank_attachment(word, preposition)


def reached(word: Token, root: Token, place: PlaceRef) -> float:
    """The place is what is shelled, stormed, visited: more exact than any other in the sentence."""
    if root.head == word and word.lemma_ in REACHING:
        return (
            5.5 if place.precision != "country" or word.lemma_ in ("visit", "tour", "leave", "enter") else 0.0
        )
    return 0.0


def surroundings(root: Token) -> Token:
    """The noun that only places what the name names: for 'Maputo' in 'the suburbs of Maputo', 'suburbs'."""
    steps = 0
    while steps < 3 and root.dep_ == "pobj" and root.head.head.lower_ in SURROUNDINGS:
        if root.head.lower_ not in ("of", "in", "at", "to", "from", "near"):
            break
        root, steps = root.head.head, steps + 1
    return root


def is_where(preposition: Token, word: Token, place: PlaceRef) -> bool:
    """Whether the preposition tells where the act is: 'in', 'near'; 'on' an island; 'to' after going."""
    lower = preposition.lower_
    if lower in WHERE or preposition.dep_ in ("advmod", "npadvmod"):
        return True
    if lower == "of":
        return preposition.head.lower_ in ("out", "inside", "outside")
    if lower == "on":
        return place.precision in ("point", "region")
    if lower in ("to", "into", "onto"):
        return preposition.head == word and word.lemma_ in GOING
    return False


def rank_attachment(word: Token, preposition: Token) -> float:
    """How firmly what the preposition introduces hangs on the word."""
    head = preposition.head
    while head.dep_ in ("prep", "agent") and head.head != head:
        head = head.head
    if head == word:
        return 5.0
    if head.pos_ in NOUNS:
        return rank_through_noun(word, head)
    return rank_through_verb(word, head, preposition)


def rank_through_noun(word: Token, head: Token) -> float:
    """The place hangs on a noun: on what a verb acts on, or in, but not on who acts."""
    score = 3.5
    while head.pos_ in NOUNS and head.head != head:
        if head.dep_ == "nsubj" and head.head.lemma_ not in CARRIERS:
            # 'Villagers in Karelia blocked a road' did so there; 'the High Court in Eldoret ordered' tells a
            # seat.
            if head.tag_ != "NNS":
                return 0.0
            score -= 1.0
        head = head.head
        while head.dep_ in ("prep", "agent") and head.head != head:
            head = head.head
        if head == word:
            return score
        score -= 0.5
    return max(0.0, rank_through_verb(word, head, None) - 1.5)


def rank_through_verb(word: Token, verb: Token, preposition: Token | None) -> float:
    """The place hangs on a verb: the word's own, one that carries it, or one with which it is coordinated."""
    if word.pos_ in NOUNS:
        top = word
        while top.dep_ in ("conj", "compound") and top.head.pos_ in NOUNS:
            top = top.head
        if top.dep_ == "pobj" and top.head.dep_ == "prep":
            top = top.head
        carried = top.head == verb and verb.lemma_ not in TELLING
        return 3.0 if carried and (verb.lemma_ in CARRIERS or top.dep_ in ("dobj", "nsubj")) else 0.0
    score, step = 4.0, word
    while step.head != step:
        if step.dep_ == "conj" or step.dep_ == "xcomp" or (step.dep_ == "advcl" and step.tag_ == "VBG"):
            step, score = step.head, score - 1.0
        else:
            break
        if step == verb:
            initial = preposition is not None and preposition.i < word.i
            return max(0.5, score + (0.5 if initial else -1.0))
    return 0.0
