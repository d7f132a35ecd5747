"""Finds the words of a report that say that a tie stands, or no longer does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.records import Claim, Document, Mention, PlaceRef, Source, Span, TieStatement, TimeRef
from dragoman.ties.frames import Frame, Phrase, phrases
from dragoman.ties.kinds import tie_kinds
from dragoman.ties.patterns import plain
from dragoman.ties.reality import NOT_SO, SO, UNREAL, reality
from dragoman.ties.register import BARE, SINCE
from dragoman.ties.sentences import REACH, VERBS, Named, Page, When, subject_of, verb_over
from dragoman.ties.subjects import named_agreement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FLIP = {"open": "closed", "closed": "open", "reduced": "open"}
AGAIN = frozenset(
    "reopen re-open resume restore reestablish re-establish restart rejoin renew normalise normalize "
    "return".split()
)
PLAIN_POS = frozenset({"ADJ", "NOUN", "PROPN", "PART", "NUM", "PUNCT", "ADV", "VERB", "DET"})
NOT_PLACES = frozenset({"person", "outlet"})
TIME_REACH = 10
NEAR_BEFORE = 12
"""Words before a sentence within which the state it is about may have been named."""
LONGEST = 6
"""Words before its last one that a wording may have."""
OWN = frozenset({"its", "their", "his", "her", "our"})
IN_PLACE = frozenset({"place", "force", "effect"})
WISHING = frozenset(
    "ask want call demand seek urge need request propose plan offer discuss consider vote threaten support "
    "back".split()
)
STATEHOOD = frozenset("state statehood country republic independence government nation".split())
BESIDE = frozenset({"amod", "compound", "aux", "auxpass"})
LISTING = frozenset({",", "and", "the"})
FIRST_OF = frozenset("a an no any".split())
GROUND_KINDS = frozenset({"territorial_control", "territorial_claim"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a frame in the text: tokens ``first`` to ``last``, in a sentence from ``start`` to ``end``."""

    frame: Frame
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A state that the words around a hit tell, and the word that tells it."""

    state: str
    word: int


def find_statements(
    doc: Doc,
    document: Document,
    mentions: Sequence[Mention],
    times: Sequence[TimeRef],
    places: Sequence[PlaceRef] = (),
    claims: Sequence[Claim] = (),
) -> list[TieStatement]:
    """What the report says of standing ties, in text order; empty where it says nothing of any."""
    hits = find_hits(doc)
    if not hits:
        return []
    page = Page(doc, document.text, mentions, times, places)
    title = document.title.end if document.title else 0
    found: dict[str, TieStatement] = {}
    for hit in hits:
        if page.starts[hit.first] < title:
            continue
        for one in Reader(page, hit).read(document.id, claims):
            found.setdefault(one.id, one)
    return without_bare(list(found.values()))


def without_bare(statements: list[TieStatement]) -> list[TieStatement]:
    """The statements without bare nouns ('the embassy') of ties whose state the report tells elsewhere."""
    told = {(one.kind, one.sides) for one in statements if not one.rule.endswith(BARE)}
    return [one for one in statements if not one.rule.endswith(BARE) or (one.kind, one.sides) not in told]


def find_hits(doc: Doc) -> list[Hit]:
    """Where words of the table stand; the longest wording wins that its row does not forbid there."""
    if not len(doc):
        return []
    wordings, strings = phrases_by_hash(), doc.vocab.strings
    lower: list[int] = doc.to_array("LOWER").tolist()
    hits: list[Hit] = []
    for last, code in enumerate(lower):
        if code in wordings:
            hits += hits_at(doc, last, [strings[one] for one in lower[max(0, last - LONGEST) : last]])
    return hits


@cache
def phrases_by_hash() -> dict[int, tuple[Phrase, ...]]:
    """Every wording by the number under which spaCy knows its last word, in any vocabulary."""
    from spacy.strings import get_string_id

    return {get_string_id(word): some for word, some in phrases().items()}


def hits_at(doc: Doc, last: int, ahead: Sequence[str]) -> list[Hit]:
    """The hits that end with a word: one a kind and form, the longest wording that its row allows here."""
    sentence = doc[last].sent
    clause = ""
    found: dict[tuple[str, str], Hit] = {}
    for phrase in phrases()[doc[last].lower_]:
        size, frame = len(phrase.before), phrase.frame
        if (frame.kind, frame.form) in found or (size and tuple(ahead[-size:]) != phrase.before):
            continue
        clause = clause or plain(sentence.text)
        if frame.unless is None or not frame.unless.search(clause):
            found[frame.kind, frame.form] = Hit(frame, last - size, last, sentence.start, sentence.end)
    return list(found.values())


class Reader:
    """Reads one hit: what state the words tell, between whom, since when."""

    def __init__(self, page: Page, hit: Hit) -> None:
        self.page = page
        self.doc = page.doc
        self.hit = hit
        self.frame = hit.frame
        self.head = page.doc[hit.last]
        self.named = page.within(page.named, hit.start, hit.end)

    def read(self, document_id: str, claims: Sequence[Claim]) -> Iterator[TieStatement]:
        """The statements that the hit gives."""
        told = list(self.tellings())
        if not told:
            return
        for sides, subject in self.sides():
            if self.frame.kind == "agreement" and not subject:
                continue
            for one in told:
                when = self.when(one)
                if when is None and self.is_past(one):
                    continue
                yield self.statement(document_id, claims, sides, subject, one, when)

    # ------------------------------------------------------------------------------------- states

    def tellings(self) -> Iterator[Telling]:
        """The states that are told, the one that stood first, first."""
        if self.frame.form == "adj":
            if self.head.dep_ in ("amod", "compound") or self.head.pos_ in ("ADJ", "PROPN"):
                yield Telling(self.frame.state, self.hit.last)
        elif self.frame.form == "verb":
            yield from self.verb_telling()
        else:
            yield from self.noun_tellings()

    def is_past(self, told: Telling) -> bool:
        """Whether a clause only looks back: 'since 2020, when Armenia recalled its ambassador'."""
        verb = self.doc[told.word]
        had = any(kid.lower_ == "had" and kid.dep_ == "aux" for kid in verb.children)
        return verb.dep_ in ("advcl", "relcl") and (verb.tag_ == "VBD" or had) and not is_in_place(verb)

    def verb_telling(self) -> Iterator[Telling]:
        """'does not recognise': the verb is the tie, and what is denied of it is its closed state."""
        if self.head.pos_ != "VERB":
            return
        so = reality(self.head)
        if so == SO:
            yield Telling(self.frame.state, self.hit.last)
        elif so == NOT_SO and self.frame.kind == "recognition":
            yield Telling("closed", self.hit.last)

    def noun_tellings(self) -> Iterator[Telling]:
        """The states that participles, relative clauses and the verb over the noun tell, or the bare noun."""
        found: list[Telling] = []
        for verb in self.state_verbs():
            state = self.state_by(verb)
            if state is not None:
                found.append(Telling(state, verb.i))
        if found:
            yield from found
        elif self.frame.state and self.presupposes():
            yield Telling(self.frame.state, self.hit.last)

    def state_verbs(self) -> list[Token]:
        """The words that may tell the noun's state, nearest to it first, the main verb last."""
        found: list[Token] = []
        for kid in self.head.children:
            if kid.dep_ in ("acl", "relcl", "amod", "advcl"):
                found += [kid, *(other for other in kid.children if other.dep_ in ("conj", "xcomp", "acomp"))]
        verb = verb_over(self.head)
        if verb is None:
            found += [one for one in self.head.subtree if one.pos_ == "VERB" and one.i > self.hit.last]
        else:
            found.append(verb)
            found += [other for other in verb.children if other.dep_ in ("acomp", "oprd", "xcomp")]
            if verb.dep_ in ("xcomp", "pcomp") and verb.head.pos_ in VERBS:
                found.append(verb.head)
            if verb.lemma_ not in self.frame.states:
                found += [other for other in verb.children if other.dep_ == "conj"]
        unique = {one.i: one for one in found if one.lemma_.lower() in self.frame.states or is_in_place(one)}
        return list(unique.values())

    def state_by(self, verb: Token) -> str | None:
        """The state that a word tells: turned about where it is not so; of an unreal change, what it takes
        for granted ('urged it to lift the embargo': there is one)."""
        lemma = verb.lemma_.lower()
        state = self.frame.states.get(lemma, "open")
        if lemma == "call" and not any(kid.lower_ in ("home", "back") for kid in verb.children):
            return None
        if verb.dep_ == "amod":
            return state
        so = reality(verb) if verb.pos_ in VERBS else reality(verb.head) if verb.head.pos_ in VERBS else SO
        if so == SO and state == "open" and is_only_decided(verb):
            so = UNREAL
        if any(kid.lower_ in ("no", "neither") for kid in self.head.children) or self.noun_is_none():
            if so == UNREAL or any(kid.lower_ == "to" and kid.dep_ == "aux" for kid in verb.children):
                return None
            so = NOT_SO if so == SO else so
        if so == SO:
            return state
        if so == NOT_SO:
            return FLIP[state]
        if self.frame.state and state != self.frame.state:
            return self.frame.state
        return "closed" if lemma in AGAIN and self.frame.kind != "ceasefire" else None

    def noun_is_none(self) -> bool:
        """'no diplomatic relations'."""
        return any(
            self.doc[i].lower_ == "no" for i in range(max(self.hit.start, self.hit.first - 2), self.hit.first)
        )

    def presupposes(self) -> bool:
        """Whether the bare noun takes its tie for granted: it is definite, or said to be there."""
        if self.noun_is_none():
            return False
        if self.page.year_before(self.hit.first):
            return True
        first = next((kid for kid in self.head.children if kid.dep_ in ("det", "poss")), None)
        if first is not None and first.lower_ in FIRST_OF:
            return False
        verb = verb_over(self.head)
        if first is None and verb is not None and verb.lemma_ in WISHING and self.before() is None:
            return False
        so = reality(verb) if verb is not None else SO
        if self.frame.kind in ("basing", "agreement", "peacekeeping", "aid"):
            return False if first is None and so != SO else self.frame.kind == "peacekeeping"
        return so == SO or (first is not None and first.lower_ not in FIRST_OF)

    # -------------------------------------------------------------------------------------- sides

    def sides(self) -> list[tuple[tuple[str, str], str]]:
        """The tie's sides, with what it is about; none where a side can't be told."""
        if self.frame.form == "noun":
            return self.noun_sides()
        return self.verb_sides() if self.frame.form == "verb" else self.adjective_sides()

    def noun_sides(self) -> list[tuple[tuple[str, str], str]]:
        """The sides of a noun: who has it, and with, in or on whom."""
        kind = tie_kinds()[self.frame.kind]
        owner, after, agent = self.before(), self.after(self.frame.takers), self.after(frozenset({"by"}))
        verb = verb_over(self.head)
        subject = self.at(subject_of(verb)) if verb is not None else None
        # 'its embassy' is the subject's, whoever else 'its' may be taken for.
        if owner is not None and subject is not None and self.doc[owner.first].lower_ in OWN:
            owner = subject
        subject_codes = subject.codes if subject is not None else ()
        if not kind.is_directed:
            subject_text = self.subject()
            codes: dict[str, None] = {}
            if kind.family == "conflict":
                inside = self.after(frozenset({"in"}))
                alone = owner is None and after in (None, inside) and len(set(subject_codes)) < 2
                if alone and inside and len(inside.codes) == 1 and self.page.is_mainly_on(inside.codes[0]):
                    return [((inside.codes[0], inside.codes[0]), "")]
            for one in (owner, after, subject):
                if one is not None and len(codes) < 2:
                    codes.update(dict.fromkeys(one.codes))
            return [(pair, subject_text) for pair in self.undirected(tuple(codes), subject_codes, after)]
        if owner is None and agent is None and subject is None and after is None:
            return []
        if self.frame.kind in GROUND_KINDS:
            of = next((kid for kid in self.head.children if kid.lower_ == "of"), None)
            if owner is None or of is None:
                return []
            return self.ground(owner, of.i + 1, of.right_edge.i + 1)
        givers = (owner.codes if owner else ()) or (agent.codes if agent else ()) or subject_codes
        takers = after.codes if after else ()
        if owner and not after and subject_codes and subject_codes != owner.codes:
            if self.frame.kind in ("sanctions", "ambassador"):
                takers = subject_codes
            elif self.head.lower_ == "supplier":
                givers, takers = subject_codes, owner.codes
        if self.is_vague(owner, after):
            return []
        if self.frame.kind == "terrorist_listing":
            givers = (owner.codes if owner else ()) or subject_codes
            takers = self.others(givers)
        if self.frame.kind == "ambassador" and self.is_bare():
            return [((giver, taker), "") for giver in givers for taker in takers if giver != taker]
        takers = takers or self.partner(givers) or self.others(givers)
        givers = givers or self.others(takers)
        if not takers and self.frame.kind == "military_training":
            # 'Norland and Sudria have military cooperation': each gives and takes.
            takers = givers
        pairs = [(giver, taker) for giver in givers for taker in takers if giver != taker]
        if len(pairs) > 4:
            return []
        name = self.subject(givers) or self.body_name(owner or agent or subject)
        return [(pair, name) for pair in pairs]

    def is_bare(self) -> bool:
        """Whether no word tells the noun's state."""
        return all(one.word == self.hit.last for one in self.tellings())

    def is_vague(self, owner: Named | None, after: Named | None) -> bool:
        """Whether nothing by the noun says whose it is: 'protested at the arms sales', 'the ambassador'."""
        if self.frame.id == "arms":
            return owner is None
        if self.frame.kind != "ambassador":
            return False
        return (owner is None and after is None) or (self.is_bare() and (owner is None or after is None))

    def undirected(
        self, codes: tuple[str, ...], subject: tuple[str, ...], after: Named | None
    ) -> list[tuple[str, str]]:
        """The pairs of a tie without direction."""
        kind = tie_kinds()[self.frame.kind]
        if kind.family == "conflict" and len(self.acting()) > 2:
            return []  # three presidents signed it: who fought, and who only brokered, isn't told
        own = any(kid.lower_ in OWN for kid in self.head.children)
        if self.frame.id == "treaty" and own and self.head.dep_ == "nsubj" and len(codes) < 2:
            return []  # 'its defence pact does not cover Karabakh': with whom, other words tell
        if len(codes) < 2:
            several = [one for one in self.named if len(one.codes) == 2]
            others = self.others(codes)
            if several:
                codes = several[0].codes
            elif len(codes) == 1 and others and kind.family != "conflict":
                codes = (*codes, *others)
            else:
                if kind.family == "conflict":
                    torn = self.torn(codes)
                    if torn:
                        return [(torn, torn)]
                leading = self.page.leading()
                if codes and not set(codes) <= set(leading):
                    return []
                codes = leading
        if len(codes) < 2:
            return []
        if after is not None and subject and not set(subject) & set(after.codes) and len(subject) > 1:
            return [kind.order(one, other) for one in subject for other in after.codes]
        return [kind.order(codes[0], codes[1])]

    def acting(self) -> set[str]:
        """The states of those named in the sentence before the noun, regions and outlets left out."""
        ahead = [
            one for one in self.named if one.last < self.hit.first and one.kind not in ("region", "outlet")
        ]
        return {code for one in ahead for code in one.codes}

    def partner(self, givers: Sequence[str]) -> tuple[str, ...]:
        """The other of the two states that the report is about, for kinds whose nouns often stand alone."""
        if self.frame.kind not in ("sanctions", "ambassador") or len(givers) != 1:
            return ()
        leading = self.page.leading()
        if givers[0] not in leading:
            return ()
        found = tuple(code for code in leading if code not in givers)
        nearest = self.nearest_before(givers[0])
        return () if nearest and nearest not in found else found

    def nearest_before(self, giver: str) -> str:
        """The state that was named last before the sentence, other than the giver; '' if none is near.

        'Azerbaijan decided to open an embassy in Tel Aviv. It named its first ambassador.'
        """
        near = [
            one
            for one in (*self.page.named, *self.page.places)
            if 0 < self.hit.start - one.last <= NEAR_BEFORE
            and one.kind not in ("region", "outlet")
            and one.codes
            and giver not in one.codes
        ]
        return max(near, key=lambda one: one.last).codes[0] if near else ""

    def torn(self, codes: Sequence[str]) -> str:
        """The country whose own groups fight in this report, if the sentence names no other; else ''."""
        groups = {code for one in self.page.named if one.kind == "armed_group" for code in one.codes}
        here = {code for one in self.named for code in one.codes} | set(codes)
        found = groups & here if here else groups
        if len(found) != 1 or len(here) > 1:
            return ""
        code = next(iter(found))
        return code if self.page.is_mainly_on(code) else ""

    def verb_sides(self) -> list[tuple[tuple[str, str], str]]:
        """The sides of a verb: its subject and its object."""
        verb = self.head
        objects = [kid for kid in verb.children if kid.dep_ in ("dobj", "nsubjpass")]
        passive = any(kid.dep_ == "nsubjpass" for kid in verb.children)
        if not objects:
            return []
        whole = list(objects[0].subtree)
        if self.frame.objects and not any(token.lower_ in self.frame.objects for token in whole):
            return []
        if self.frame.kind == "detention":
            return self.captivity(objects[0])
        agent = self.after(frozenset({"by"})) if passive else self.at(subject_of(verb))
        if agent is None or not agent.codes:
            return []
        first, end = whole[0].i, whole[-1].i + 1
        if self.frame.kind in GROUND_KINDS:
            return self.ground(agent, first, end)
        takers = self.page.within(self.named, first, end)
        if self.frame.kind == "recognition" and not self.is_state(objects[0], takers):
            return []
        to = self.after(self.frame.takers - {"object"})
        codes = to.codes if to is not None else takers[0].codes if takers else ()
        return [((giver, taker), "") for giver in agent.codes for taker in codes if giver != taker]

    def is_state(self, word: Token, takers: Sequence[Named]) -> bool:
        """Whether a state is what is recognised, not its border, a genocide, or a region as part of it."""
        if word.lemma_ in STATEHOOD:
            return True
        return bool(takers) and takers[0].first <= word.i <= takers[0].last and takers[0].kind != "region"

    def captivity(self, held: Token) -> list[tuple[tuple[str, str], str]]:
        """Who is held; by his own country's people unless another is named."""
        person = self.at(held)
        if person is None or person.kind != "person" or not person.codes:
            return []
        by = self.after(frozenset({"by", "in"}))
        return [((by.codes[0] if by and by.codes else person.codes[0], person.codes[0]), person.name)]

    def ground(self, holder: Named, first: int, end: int) -> list[tuple[tuple[str, str], str]]:
        """The ground that is held or claimed, and whose it is by others' account."""
        places = self.page.within(self.page.places, first, end)
        named = self.page.within(self.named, first, end)
        spots = places or [one for one in named if one.kind not in NOT_PLACES]
        if spots:
            codes = [code for code in spots[0].codes if code not in holder.codes]
            name = "" if codes and spots[0].kind == "country" else spots[0].name
            return [((giver, codes[0] if codes else ""), name) for giver in holder.codes]
        proper = [token for token in self.doc[first:end] if token.pos_ == "PROPN"]
        if not proper:
            return []
        name = self.doc[proper[0].i : proper[-1].i + 1].text
        return [((giver, ""), name) for giver in holder.codes]

    def adjective_sides(self) -> list[tuple[tuple[str, str], str]]:
        """'the occupied Crimean peninsula': the ground comes next; who holds it is the other state named."""
        after = [
            one
            for one in (*self.page.places, *self.named)
            if 0 < one.first - self.hit.last <= 2 and one.codes and self.head.nbor(1).pos_ != "ADP"
        ]
        if not after:
            return []
        ground = next((one for one in after if one.kind == "place"), after[0])
        holders = self.others(ground.codes)
        name = "" if ground.kind == "country" else ground.name
        return [((holder, ground.codes[0]), name) for holder in holders]

    # -------------------------------------------------------------------------------- who is where

    def before(self) -> Named | None:
        """Whose the noun is: 'Norland's embassy', 'its embassy', 'the Norlandic embassy'."""
        for one in reversed(self.named):
            if one.first < self.hit.first <= one.last and not self.is_own(one):
                return one
            if one.last < self.hit.first and self.hit.first - one.last <= 5 and one.kind not in ("outlet",):
                gap = [self.doc[i] for i in range(one.last + 1, self.hit.first)]
                plain_gap = all(
                    token.pos_ in PLAIN_POS and token.lower_ not in (",", "which", "and") for token in gap
                )
                owns = self.hangs_on(one)
                return one if plain_gap and owns else None
        return None

    def hangs_on(self, one: Named) -> bool:
        """Whether the words belong to the noun's phrase."""
        node = self.doc[one.last]
        for _ in range(5):
            if node.i == self.head.i:
                return True
            if node.head.i == node.i or node.pos_ in VERBS:
                return False
            node = node.head
        return False

    def after(self, prepositions: frozenset[str]) -> Named | None:
        """Who stands behind one of the prepositions, soon after the noun; both of 'A and B'."""
        for i in range(self.hit.last + 1, min(self.hit.end, self.hit.last + 1 + REACH)):
            word = self.doc[i]
            if word.lower_ in (";", ":") or word.is_space:
                return None
            # 'recalled its ambassador over the sale of arms to Sudria': the arms go there.
            is_others = word.head.pos_ == "NOUN" and word.head.i > self.hit.last
            if is_others and tie_kinds()[self.frame.kind].family == "diplomatic":
                continue
            if word.lower_ in prepositions and word.pos_ != "PUNCT":
                found = self.next_named(i)
                if found is not None:
                    return found
        if self.hit.frame.form == "noun" and self.head.nbor(0).lower_ in prepositions:
            return self.next_named(self.hit.last)
        return None

    def next_named(self, i: int) -> Named | None:
        """The states named just after a word, or the country of a place there."""
        near = [one for one in self.named if 0 < one.first - i <= 4 and one.codes]
        if not near:
            near = [
                one
                for one in self.page.within(self.page.places, i, self.hit.end)
                if one.first - i <= 4 and one.codes
            ]
        if not near or any(self.doc[k].pos_ in (*VERBS, "PUNCT") for k in range(i + 1, near[0].first)):
            return None
        one = near[0]
        following = [
            other
            for other in self.named
            if other.first == one.last + 2 and self.doc[one.last + 1].lower_ in ("and", ",")
        ]
        for other in following:
            one = Named(
                one.first,
                other.last,
                (*one.codes, *(c for c in other.codes if c not in one.codes)),
                one.name,
                one.kind,
            )
        return one

    def at(self, token: Token | None) -> Named | None:
        """The states that a noun phrase's head names, coordinated ones too."""
        if token is None:
            return None
        found = [one for one in self.named if one.first <= token.i <= one.last and one.codes]
        if not found:
            found = [
                one
                for one in self.named
                if one.codes and one.first >= token.left_edge.i and one.last <= token.i
            ]
        if found and self.is_own(found[0]) and not found[0].first <= token.i <= found[0].last:
            # 'renewed its pledge to defend': the pledge is theirs who renewed it.
            verb = verb_over(token)
            owner = subject_of(verb) if verb is not None else None
            if owner is not None and owner.i != token.i and not self.is_own_token(owner):
                return self.at(owner)
        codes = [code for one in self.listed(found[:1]) for code in one.codes]
        for kid in token.conjuncts:
            for one in self.named:
                if one.first <= kid.i <= one.last:
                    codes += [code for code in one.codes if code not in codes]
        return (
            Named(found[0].first, found[0].last, tuple(codes), found[0].name, found[0].kind)
            if found
            else None
        )

    def is_own(self, one: Named) -> bool:
        """Whether the words begin with 'its', 'their' or the like."""
        return self.doc[one.first].lower_ in OWN

    def is_own_token(self, token: Token) -> bool:
        """Whether the noun phrase begins so."""
        return token.left_edge.lower_ in OWN

    def listed(self, found: Sequence[Named]) -> list[Named]:
        """The same, and what stands in one list with it: 'A, B, the C and D'."""
        items = list(found)
        for one in reversed(self.named):
            if items and one.last < items[0].first and self.is_list(one.last + 1, items[0].first):
                items.insert(0, one)
        for one in self.named:
            if items and one.first > items[-1].last and self.is_list(items[-1].last + 1, one.first):
                items.append(one)
        return items

    def is_list(self, first: int, end: int) -> bool:
        """Whether only commas, 'and' and articles stand there."""
        return 0 < end - first <= 3 and all(self.doc[i].lower_ in LISTING for i in range(first, end))

    def others(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The one other state that the sentence names; none where it names several."""
        if self.frame.kind in ("peacekeeping", "basing"):
            return ()
        named = [one for one in self.named if not self.is_own(one) and one.kind != "region"]
        found = {code for one in named for code in one.codes if code not in codes}
        if len(found) != 1:
            near = [one for one in named if abs(one.first - self.hit.last) < 10]
            found = {code for one in near for code in one.codes if code not in codes}
        return tuple(found) if len(found) == 1 else ()

    def body_name(self, one: Named | None) -> str:
        """The name of the body that is the giver, for kinds that keep it ('NATO')."""
        return one.name if one and self.frame.kind == "peacekeeping" and one.kind == "body" else ""

    def subject(self, givers: Sequence[str] = ()) -> str:
        """What the tie is about: an agreement's name, the group on a list."""
        if self.frame.kind == "agreement":
            first = max(self.hit.start, self.hit.first - 6)
            here = named_agreement(self.doc[first : min(self.hit.end, self.hit.last + 4)].text)
            return here or self.page.agreement_before(self.hit.start)
        if self.frame.kind == "terrorist_listing":
            groups = [one for one in self.named if one.kind in ("armed_group", "body")]
            return next((one.name for one in groups if not set(one.codes) & set(givers)), "")
        return ""

    # --------------------------------------------------------------------------------------- when

    def when(self, told: Telling) -> When | None:
        """The date of the state: after the word that tells it, or just before the noun ('a 1951 treaty')."""
        times = [one for one in self.page.times if self.hit.start <= one.first < self.hit.end]
        for one in times:
            if (
                one.last < self.hit.first
                and self.hit.first - one.last <= 4
                and self.frame.kind in ("defence_treaty", "agreement")
            ):
                return one
        if told.word == self.hit.last and self.frame.form == "noun":
            times = [one for one in times if one.is_since and one.first > told.word]
        dated = [one for one in times if self.dates(one, told.word)]
        return min(
            dated, key=lambda one: (self.is_apart(one, told.word), abs(one.first - told.word)), default=None
        )

    def is_apart(self, when: When, word: int) -> bool:
        """Whether the date hangs on another verb than the word that tells the state."""
        node = self.doc[when.last]
        while node.head.i != node.i and node.i != word:
            node = node.head
            if node.pos_ in VERBS:
                break
        return node.i != word

    def dates(self, when: When, word: int) -> bool:
        """Whether the date hangs on the word that tells the state, or on the verb that it is joined to."""
        if when.is_since and 0 < when.first - word <= TIME_REACH:
            between = [self.doc[i] for i in range(word + 1, when.first)]
            if not any(token.pos_ in VERBS and token.dep_ not in BESIDE for token in between):
                return True
        joined = {word, self.hit.last}
        node = self.doc[word]
        while (
            node.dep_ in ("conj", "xcomp", "acomp", "oprd", "amod", "acl", "pcomp", "prep")
            and node.head.i != node.i
        ):
            node = node.head
            joined.add(node.i)
        node = self.doc[when.last]
        while node.head.i != node.i:
            node = node.head
            if node.i in joined:
                return True
            if node.pos_ in VERBS:
                return False
        return False

    # ---------------------------------------------------------------------------------- statement

    def statement(
        self,
        document_id: str,
        claims: Sequence[Claim],
        sides: tuple[str, str],
        subject: str,
        told: Telling,
        when: When | None,
    ) -> TieStatement:
        """The record."""
        tokens = [self.hit.first, self.hit.last, told.word]
        start = self.page.starts[min(tokens)]
        last = self.doc[max(tokens)]
        span = Span(start, last.idx + len(last.text))
        name = f"{document_id}:{self.frame.kind}:{sides[0]}:{sides[1]}:{subject}:{told.state}:{span.start}"
        is_bare = self.frame.form == "noun" and told.word == self.hit.last and when is None
        rule = f"tie_words/{self.frame.id}" + (BARE if is_bare else "")
        rule += SINCE if when is not None and when.is_since else ""
        return TieStatement(
            id=hashlib.sha256(name.encode()).hexdigest()[:16],
            document_id=document_id,
            kind=self.frame.kind,
            sides=tie_kinds()[self.frame.kind].order(*sides),
            state=told.state,
            span=span,
            text=span.cut(self.page.text),
            date=when.time if when is not None else None,
            attribution=sources_of(span, claims),
            rule=rule,
            subject=subject,
        )


def is_only_decided(verb: Token) -> bool:
    """Whether something is opened by decision alone: 'decided to open an embassy'."""
    to = any(kid.lower_ == "to" for kid in verb.children)
    return to and verb.dep_ in ("xcomp", "acl") and verb.head.lemma_ in ("decide", "decision")


def is_in_place(verb: Token) -> bool:
    """'had been in place', 'remains in force'."""
    return any(
        kid.lower_ == "in" and any(one.lower_ in IN_PLACE for one in kid.children) for kid in verb.children
    ) and verb.lemma_ in ("be", "remain", "stay", "keep")


def sources_of(span: Span, claims: Sequence[Claim]) -> tuple[Source, ...]:
    """On whose word the text has it, innermost first."""
    held = [
        one for one in claims if any(part.covers(Span(span.start, span.start + 1)) for part in one.content)
    ]
    held.sort(key=lambda one: sum(part.end - part.start for part in one.content))
    return tuple(dict.fromkeys(one.source for one in held))
