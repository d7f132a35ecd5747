"""Mends the sides of an event where the sentence itself says who is on which.

The trained models weigh every country of a report. Most often they are right; what they do badly, and a rule
well, is told here: an envoy who is called home is one's own, an envoy expelled is another's; who receives aid
does not give it; all of 'Mali, Burkina Faso and Guinea' are on one side; a mine that went off names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from dragoman.events.encoding import Floats
from dragoman.events.frames import Slots, below, is_passive, joined_to, kid_of, slots_of
from dragoman.events.inflection import noun_forms, verb_forms
from dragoman.events.pairs import Picked
from dragoman.events.roles import SURE, Cast
from dragoman.events.words import Words
from dragoman.lexicon import cells, read_table

Countries = frozenset[int]
NOBODY: Countries = frozenset()
PRONOUNS = frozenset({"him", "her", "them", "it"})
OWNERS = ("amod", "compound", "nmod", "poss")
WHOEVER = frozenset({"those", "anyone", "everyone", "anybody", "everybody", "whoever", "people"})
BLAMING = frozenset({"at", "over", "about", "against"})
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"})
ACCORDS = frozenset({"AGREE", "SUPPORT", "CONSULT", "COOPERATE"})
CONFLICT = DEEDS | {"THREATEN", "ACCUSE", "REJECT"}
FEW = 2
"""Acts of conflict from which two are taken to be at odds."""
LEAST = 0.02
"""The chance from which a country may stand in for one that is ruled out."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """Words that say who is on which side; ``rule`` names the function here that reads them.

    ``words`` are verbs or nouns in any form, with a particle after them where there is one. ``types`` are the
    event types for which the row speaks. In ``example`` and ``but_not`` the trigger stands in braces;
    ``told`` are the sides before, ``becomes`` those after.
    """

    id: str
    rule: str
    words: str
    types: str
    example: str
    told: str
    becomes: str
    but_not: str
    source: str
    note: str

    @property
    def rule_id(self) -> str:
        """How an event names the row that changed its sides."""
        return f"side_words/{self.id}"


@dataclass(frozen=True, slots=True)
class Act:
    """An event with its sides, as numbers of the cast's countries, and the rows that changed them."""

    word: int
    kind: str
    who: Countries
    whom: Countries
    actors: Floats
    recipients: Floats
    rules: tuple[str, ...] = ()

    def turned(self, who: Countries, whom: Countries, rule: str) -> Act:
        """The act with other sides; the same one where they are the same."""
        if (who, whom) == (self.who, self.whom):
            return self
        return replace(self, who=who, whom=whom, rules=(*self.rules, rule))


@dataclass(frozen=True, slots=True)
class Stage:
    """A report's words, and whom each of them names; ``acts`` are its events by the word of their trigger."""

    words: Words
    cast: Cast
    named: dict[int, Countries]
    surely: dict[int, Countries]
    acts: dict[int, Act]

    def countries(self, token: int | None) -> Countries:
        """Whom a word names, or nobody."""
        return NOBODY if token is None else self.named.get(token, NOBODY)

    def phrase(self, token: int | None, sure: bool = False) -> Countries:
        """Whom a word and all that it is joined to name; nobody where one of them names nobody.

        If it has to be sure, words count only where they tell their country themselves.
        """
        if token is None:
            return NOBODY
        named = self.surely if sure else self.named
        sets = [named.get(one, NOBODY) for one in joined_to(self.words, token)]
        return NOBODY if not all(sets) else frozenset().union(*sets)

    def several(self, token: int | None) -> Countries:
        """Whom words joined by 'and' surely name; nobody where the word is joined to none."""
        if token is None or len(joined_to(self.words, token)) < 2:
            return NOBODY
        return self.phrase(token, sure=True)


def stage_of(words: Words, cast: Cast, acts: Sequence[Act]) -> Stage:
    """The report as the rules see it; a dateline names nobody in it."""
    named: dict[int, Countries] = {}
    surely: dict[int, Countries] = {}
    for number, head in enumerate(cast.heads.tolist()):
        if not cast.in_dateline[number]:
            named[head] = frozenset(np.flatnonzero(cast.member[number]).tolist())
            if cast.trust[number] >= SURE:
                surely[head] = named[head]
    return Stage(words, cast, named, surely, {act.word: act for act in acts})


@cache
def side_rows() -> dict[str, list[SideRow]]:
    """The rows of ``side_words.tsv`` by the rule that reads them."""
    rows: dict[str, list[SideRow]] = {}
    for row in read_table("side_words.tsv", SideRow):
        rows.setdefault(row.rule, []).append(row)
    return rows


@cache
def forms_of(rule: str) -> dict[str, list[tuple[str, SideRow]]]:
    """For each form of a word of that rule's rows, the particle it needs ('' for none) and its row."""
    forms: dict[str, list[tuple[str, SideRow]]] = {}
    for row in side_rows().get(rule, ()):
        for phrase in cells(row.words):
            head, _, particle = phrase.partition(" ")
            for form in verb_forms(head) | noun_forms(head):
                forms.setdefault(form, []).append((particle, row))
    return forms


def row_at(words: Words, token: int, rule: str, kind: str) -> SideRow | None:
    """The row of a rule that a word fires for this type of event."""
    for particle, row in forms_of(rule).get(words.lower[token], ()):
        near = words.lower[token + 1 : token + 6] if particle else ()
        if (not row.types or kind in cells(row.types)) and (not particle or particle in near):
            return row
    return None


def envoy_of(stage: Stage, token: int | None) -> Countries:
    """The country of the envoys that a noun phrase speaks of; nobody where it speaks of none."""
    if token is None:
        return NOBODY
    words = stage.words
    nouns = forms_of("envoy")
    beside = [kid for kid in words.children[token] if words.dep[kid] in ("compound", "appos", "nmod", "amod")]
    if not any(words.lower[one] in nouns for one in (token, *beside)):
        return NOBODY
    found = stage.countries(token)
    return found if len(found) == 1 else NOBODY


def likeliest(chances: Floats, without: Countries) -> Countries:
    """The country with the highest chance but those; nobody where none has any."""
    order = [one for one in np.argsort(-chances).tolist() if one not in without]
    return frozenset(order[:1]) if order and chances[order[0]] >= LEAST else NOBODY


# ------------------------------------------------------------------------------------------------- the rules


def mend_joined(stage: Stage, act: Act, slots: Slots) -> Act:
    """All that a slot joins by 'and' are on one side: 'the bloc punished Mali, Burkina Faso and Guinea'."""
    if act.who == act.whom and len(act.who) > 1:
        return act
    doers, done_to = stage.several(slots.doer), stage.several(slots.done_to)
    if len(doers) > 1 and act.who & doers and not act.who - doers:
        whom = act.whom - doers or stage.phrase(slots.done_to) - doers or likeliest(act.recipients, doers)
        act = act.turned(doers, whom if act.whom & doers else act.whom, "sides/joined")
    if len(done_to) > 1 and act.whom & done_to and not act.whom - done_to:
        who = act.who - done_to or stage.phrase(slots.doer) - done_to or likeliest(act.actors, done_to)
        act = act.turned(who if act.who & done_to else act.who, done_to, "sides/joined")
    return act


def mend_envoys(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who calls envoys home is their own country, who expels or summons them another one."""
    sender = envoy_of(stage, slots.done_to)
    if not sender:
        return act
    if (row := row_at(stage.words, act.word, "recalled", act.kind)) is not None:
        if act.who != sender:
            host = (act.who | act.whom) - sender
            return act.turned(sender, host, row.rule_id)
    elif (row := row_at(stage.words, act.word, "sent-away", act.kind)) is not None and sender & act.who:
        if len(act.who) > 1 and len(stage.phrase(slots.doer)) != 1:
            return act  # 'each threw out the other's ambassador'
        host = (act.who | act.whom) - sender or likeliest(act.actors, sender)
        return act.turned(host, sender, row.rule_id)
    return act


def mend_taken(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who receives aid or backing is its recipient; who gives it stands after 'from', or whose it is told:
    'took Israeli help', 'accepted Israel's offer'."""
    row = row_at(stage.words, act.word, "taken", act.kind)
    if row is None or slots.passive:
        return act
    words = stage.words
    taker = stage.phrase(slots.doer)
    origins = [act.word, *(kid for kid in words.children[act.word] if words.dep[kid] == "dobj")]
    for origin in origins:
        for kid in words.children[origin]:
            if words.dep[kid] == "prep" and words.lower[kid] == "from":
                giver = stage.phrase(kid_of(words, kid, "pobj"))
                if giver and taker and giver != taker:
                    return act.turned(giver, taker, row.rule_id)
    for thing in origins[1:]:
        owners = [stage.surely.get(kid, NOBODY) for kid in words.children[thing] if words.dep[kid] in OWNERS]
        if len(owners) == 1 and taker and len(owners[0]) == 1 and not owners[0] & taker and act.kind == "AID":
            return act.turned(owners[0], taker, row.rule_id)
    return act


def mend_directed(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who telephones, visits or receives somebody is the actor, the other the recipient."""
    row = row_at(stage.words, act.word, "directed", act.kind)
    if row is None or slots.passive or act.who != act.whom or len(act.who) < 2:
        return act
    doers = stage.phrase(slots.doer) & act.who
    if doers and act.who - doers:
        return act.turned(doers, act.who - doers, row.rule_id)
    return act


def mend_unnamed(stage: Stage, act: Act, slots: Slots) -> Act:
    """'Two policemen died when a mine exploded' names no doer, and it is not their own country."""
    row = side_rows()["unnamed"][0]
    if act.who != act.whom or len(act.who) != 1 or act.kind not in cells(row.types):
        return act
    return act.turned(NOBODY, act.whom, row.rule_id) if lacks_doer(stage, act.word, slots) else act


def lacks_doer(stage: Stage, word: int, slots: Slots) -> bool:
    """Whether an act is told without saying who did it."""
    words = stage.words
    if words.tag[word].startswith("NN"):
        beside = [*words.children[word]]
        by = kid_of(words, word, "prep")
        beside += [] if by is None or words.lower[by] != "by" else words.children[by]
        light = words.dep[word] == "dobj" and words.tag[words.head[word]].startswith("VB")
        return not light and not any(words.dep[one] != "conj" and stage.countries(one) for one in beside)
    if slots.passive:
        return slots.doer is None
    if words.lower[word] in forms_of("victim"):
        return True
    if slots.doer is None:
        return False
    return words.lower[slots.doer] in forms_of("unnamed") and slots.doer not in stage.surely


def mend_own_forces(stage: Stage, act: Act, slots: Slots) -> Act:
    """Forces moved within one's own country are aimed at nobody."""
    if act.kind == "MOBILIZE" and act.who == act.whom and len(act.who) == 1:
        return act.turned(act.who, NOBODY, "sides/own-forces")
    return act


def mend_shared(stage: Stage, act: Act, slots: Slots) -> Act:
    """'was detained and later deported': what two passives share is done to the same by the same."""
    words = stage.words
    first = stage.acts.get(words.head[act.word])
    if first is None or words.dep[act.word] != "conj" or first.word == act.word or slots.doer is not None:
        return act
    if not (slots.passive and is_passive(words, first.word)) or kid_of(words, act.word, "nsubjpass"):
        return act
    return act.turned(first.who or act.who, first.whom or act.whom, "sides/shared")


def mend_pronoun(stage: Stage, act: Act, slots: Slots) -> Act:
    """Whom a visitor sees is not himself: 'Trump received them on Tuesday'."""
    if act.kind not in ("CONSULT", "ACCUSE") or act.who != act.whom or len(act.who) != 1:
        return act
    if slots.passive or slots.done_to is None or stage.words.lower[slots.done_to] not in PRONOUNS:
        return act
    other = likeliest(act.recipients, act.who)
    return act.turned(act.who, other, "sides/not-himself") if other else act


def mend_told_apart(stage: Stage, act: Act, slots: Slots) -> Act:
    """The two sides are not one where the sentence names two: 'the company sued Norland'."""
    if act.who != act.whom or len(act.who) != 1:
        return act
    doers, done_to = stage.phrase(slots.doer, sure=True), stage.phrase(slots.done_to, sure=True)
    if doers and done_to and doers != done_to and len(doers | done_to) == 2:
        return act.turned(doers, done_to, "sides/told-apart")
    return act


def mend_blamed(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who condemns an attack blames the attacker, not the victim: 'condemned the incursion into Chad'."""
    words = stage.words
    thing = thing_blamed(words, act.word, slots) if act.kind == "ACCUSE" else None
    if thing is None or words.lower[thing] not in forms_of("deed"):
        return act
    inside = words.children[thing]
    if any(stage.countries(one) for one in (thing, *inside)) or any(
        words.lower[one] == "by" for one in inside
    ):
        return act  # 'the Libyan raid', 'the raid by Libya': the models read these well
    places = [kid_of(words, one, "pobj") for one in inside if words.dep[one] == "prep"]
    victims = NOBODY.union(*(stage.phrase(one) for one in places))
    for word in sorted((one for one in stage.acts if one < act.word or one == thing), reverse=True):
        deed = stage.acts[word]
        fits = deed.kind in DEEDS and deed.who and not deed.who & act.who
        if fits and (not victims or deed.whom & victims):
            return act.turned(act.who, deed.who, "sides/blamed")
    return blamed_before(stage, act) if act.who == act.whom else act


def blamed_before(stage: Stage, act: Act) -> Act:
    """Who condemns a deed that names nobody means those whom he blamed last, not himself.

    'Norland blamed Sudria for the blast. Its president called the attack cruel.'
    """
    for word in sorted((one for one in stage.acts if one < act.word), reverse=True):
        before = stage.acts[word]
        if before.kind == "ACCUSE" and before.who == act.who and before.whom and not before.whom & act.who:
            return act.turned(act.who, before.whom, "sides/blamed-before")
    return act


def thing_blamed(words: Words, verb: int, slots: Slots) -> int | None:
    """What a verb of blame has as its object, with or without a preposition."""
    if slots.passive or not words.tag[verb].startswith("VB"):
        return None
    if slots.done_to is not None:
        return slots.done_to
    for kid in words.children[verb]:
        if words.dep[kid] == "prep" and words.lower[kid] in BLAMING:
            return kid_of(words, kid, "pobj")
    return None


def mend_welcomed(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who welcomes an accord backs all who made it: 'the agreement was hailed by France'."""
    thing = slots.done_to if act.kind == "SUPPORT" else None
    if thing is None or stage.words.lower[thing] not in forms_of("accord"):
        return act
    if any(stage.countries(one) for one in (thing, *stage.words.children[thing])):
        return act
    for word in sorted((one for one in stage.acts if one < act.word), reverse=True):
        made = stage.acts[word]
        if made.kind in ACCORDS and made.who == made.whom and len(made.who) > 1 and act.whom & made.who:
            return act.turned(act.who, made.who - act.who, "sides/welcomed")
    return act


def mend_calmed(stage: Stage, act: Act, slots: Slots) -> Act:
    """Who calls for calm calls on both who quarrel: 'China urged calm'."""
    if (
        act.kind != "REQUEST"
        or len(act.whom) != 1
        or act.whom & act.who
        or not asks_for_calm(stage, act.word)
    ):
        return act
    foe = foe_of(stage, act.whom, act.who)
    return act.turned(act.who, act.whom | foe, "sides/calmed") if foe else act


def asks_for_calm(stage: Stage, verb: int) -> bool:
    """Whether a verb asks for calm, a halt to fighting or the like, and names nobody whom it asks."""
    words = stage.words
    wanted: int | None = None
    if words.lower[verb] not in forms_of("caller"):
        return False
    for kid in words.children[verb]:
        if words.dep[kid] == "dobj":
            wanted = kid
        elif words.dep[kid] == "prep" and words.lower[kid] == "for" and wanted is None:
            wanted = kid_of(words, kid, "pobj")
        elif words.dep[kid] in ("prep", "dative"):
            to = kid_of(words, kid, "pobj")
            if words.lower[kid] in ("on", "to", "upon") and to is not None:
                return False
    return wanted is not None and words.lower[wanted] in forms_of("calm")


def foe_of(stage: Stage, country: Countries, without: Countries) -> Countries:
    """The country with which another is at odds in most acts of the report; nobody where it is in few."""
    counts: Counter[int] = Counter()
    for act in stage.acts.values():
        if act.kind in CONFLICT and act.who != act.whom and country & (act.who | act.whom):
            counts.update((act.who | act.whom) - country - without)
    if not counts:
        return NOBODY
    (foe, most), *_ = counts.most_common(1)
    return frozenset({foe}) if most >= FEW and 2 * most > counts.total() else NOBODY


def mend_whoever(stage: Stage, act: Act, slots: Slots) -> Act:
    """Whom a clause tells 'those' apart by is not who they are: 'armed those who attack his people'."""
    words, thing = stage.words, slots.done_to
    if slots.passive or thing is None or words.lower[thing] not in WHOEVER:
        return act
    clause = kid_of(words, thing, "relcl", "acl")
    if clause is None or not act.whom:
        return act
    inside = below(words, clause)
    told = NOBODY.union(*(one for token, one in stage.named.items() if token in inside))
    return act.turned(act.who, NOBODY, "sides/whoever") if not act.whom - told else act


Rule = Callable[[Stage, Act, Slots], Act]
RULES: tuple[Rule, ...] = (
    mend_envoys,
    mend_taken,
    mend_directed,
    mend_joined,
    mend_unnamed,
    mend_own_forces,
    mend_shared,
    mend_pronoun,
    mend_told_apart,
    mend_blamed,
    mend_welcomed,
    mend_calmed,
    mend_whoever,
)


def mend(stage: Stage, act: Act) -> Act:
    """The act with its sides as all rules leave them."""
    slots = slots_of(stage.words, act.word)
    for rule in RULES:
        act = rule(stage, act, slots)
    return act


def mend_sides(
    words: Words,
    cast: Cast,
    acts: Sequence[tuple[int, str]],
    picked: Picked,
    actors: Floats,
    recipients: Floats,
) -> tuple[Picked, list[tuple[str, ...]]]:
    """The sides of all events, mended, and for each event the rows that did it.

    ``acts`` are the word and the type of each event's trigger.
    """
    if not cast.countries:
        return picked, [() for _ in acts]
    made = [
        Act(
            word,
            kind,
            frozenset(np.flatnonzero(picked.who[number]).tolist()),
            frozenset(np.flatnonzero(picked.whom[number]).tolist()),
            actors[number],
            recipients[number],
        )
        for number, (word, kind) in enumerate(acts)
    ]
    stage = stage_of(words, cast, made)
    who, whom = picked.who.copy(), picked.whom.copy()
    rules = []
    for number, act in enumerate(made):
        mended = mend(stage, act)
        stage.acts[act.word] = mended
        if mended is not act:
            for table, side in ((who, mended.who), (whom, mended.whom)):
                table[number] = False
                table[number, list(side)] = True
        rules.append(mended.rules)
    return replace(picked, who=who, whom=whom), rules
