"""How many people an act killed and injured, from the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from dragoman.events.cues import CueIndex
from dragoman.events.numbers import read_count
from dragoman.events.triggers import TriggerLexicon, load_triggers
from dragoman.events.words import Words, words_of
from dragoman.lexicon import read_table
from dragoman.records import Casualties, Count, Span

HARM_KEY = "dragoman.events.harms"
ACTS_KEY = "dragoman.events.acts"
SUBJECT = frozenset({"nsubj"})
BEARERS = frozenset({"ASSAULT", "PROTEST"})
"""The event types whose events hurt people; a coup or a threat is coded apart from the shots it led to."""
NOBODY = frozenset({"nobody", "none", "no", "neither"})
GROUPS = frozenset(
    "people police family crowd convoy patrol army crew garrison group couple band herd team unit squad "
    "column staff population public opposition plan deal bill village town city position post base bus "
    "car truck ship boat number majority rest toll cattle sheep goat camel horse donkey dog cow animal "
    "livestock hope talk truce bull elephant himself herself itself themselves which who that it them "
    "they this those time".split()
)
"""Nouns and pronouns whose singular is not one person."""
NAMES = frozenset({"NNP"})
SINGULAR = frozenset({"NN", "NNP", "JJ"})
DETERMINERS = frozenset({"a", "an", "the", "one", "another", "his", "her", "its", "their", "that", "this"})
OBJECTS = frozenset({"dobj", "nsubjpass", "obj", "attr"})
FILLERS = frozenset({"were", "was", "others", "more", "of", "them", "shot", "left", "are", "confirmed"})
PRONOUNS = frozenset({"it", "they", "he", "she", "this", "which", "that", "who"})
RIOTS = frozenset(
    {"riot", "rioting", "unrest", "clash", "violence", "disturbance", "uprising", "revolt", "mutiny"}
)
ACT_NOUNS = frozenset(
    "attack blast explosion bombing shooting clash clashes raid ambush incident violence fighting "
    "shelling strike strikes assault bombardment firing attacks raids riot riots killing bomb crash "
    "battle fire bombs mine shell shells rocket rockets missile missiles bullet bullets grenade".split()
)


@dataclass(frozen=True, slots=True)
class HarmRow:
    """A word for being killed or injured, and how the number of people is built around it.

    ``build``: object (whom it befalls is its object), subject, of ('the killing of nine'), noun ('nine
    deaths'), toll ('the toll rose to'), state ('nine people dead'), lives ('claimed nine lives'), losses
    ('lost nine men'). In the examples braces mark the act's trigger, and '=' gives the number.
    """

    id: str
    words: str
    harm: str
    build: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Harm:
    """One place where the text says how many people were killed or injured."""

    killed: bool
    injured: bool
    count: Count
    predicate: range


@dataclass(slots=True)
class CasualtyFinder:
    """The words for harm, and the words for acts that harm may belong to."""

    rows: list[HarmRow] = field(default_factory=lambda: read_table("harm_words.tsv", HarmRow))
    index: CueIndex = field(default_factory=CueIndex)
    lexicon: TriggerLexicon = field(default_factory=load_triggers)

    doing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            self.index.add(row.words, number)
        self.doing = frozenset(row.words.split()[0] for row in self.rows if row.build == "object")

    def casualties_of(self, doc: Doc, trigger_span: Span, event_type: str) -> Casualties:
        """The people killed and injured by the act, each ``None`` where the text does not say."""
        if event_type not in BEARERS or not len(doc):
            return Casualties()
        told = {one for harms in self.harms(doc).values() for harm in harms for one in harm.predicate}
        scene = Scene(words_of(doc), self.acts(doc) - told, self.doing)
        trigger = scene.words.tokens_of(trigger_span)
        near = self._near(doc, scene.words, trigger)
        own = any(trigger.start in harm.predicate or harm.predicate.start in trigger for harm in near)
        if event_type == "PROTEST" and not own and not RIOTS & {scene.words.lemma[one] for one in trigger}:
            return (
                Casualties()
            )  # 'prisoners killed a deputy in a riot', but not 'two died on the way to a march'
        strict = own or event_type != "ASSAULT"
        killed = injured = None
        for harm in near:
            if not scene.belongs(harm, trigger, strict):
                continue
            killed = harm.count if harm.killed and killed is None else killed
            injured = harm.count if harm.injured and injured is None else injured
        return Casualties(killed, injured)

    def _near(self, doc: Doc, words: Words, trigger: range) -> list[Harm]:
        """What the trigger's sentence and the next one in the paragraph say of harm, nearest first."""
        harms = self.harms(doc)
        sentence = words.sentence[trigger.start]
        following = [] if _ends_paragraph(words, sentence) else harms.get(sentence + 1, [])
        own = sorted(harms.get(sentence, []), key=lambda harm: abs(harm.predicate.start - trigger.start))
        return own + following

    def harms(self, doc: Doc) -> dict[int, list[Harm]]:
        """Every statement of harm in the report, by sentence number; made once a ``Doc``."""
        kept: dict[int, list[Harm]] | None = doc.user_data.get(HARM_KEY)
        if kept is None:
            kept = {}
            words = words_of(doc)
            for token, form in enumerate(words.lower):
                for cue in self.index.cues.get(form, ()):
                    harm = self._read(words, token, cue.key, cue.rest)
                    if harm is not None:
                        kept.setdefault(words.sentence[token], []).append(harm)
                        break
            doc.user_data[HARM_KEY] = kept
        return kept

    def _read(self, words: Words, token: int, key: int, rest: tuple[frozenset[str], ...]) -> Harm | None:
        """The harm told at a token by a row, or None where row or number do not fit."""
        end = words.bounds[words.sentence[token]][1]
        last = token
        for forms in rest:
            window = range(last + 1, min(last + 9, end))
            last = next((one for one in window if words.lower[one] in forms), -1)
            if last < 0:
                return None
        row = self.rows[key]
        count = COUNTERS[row.build](words, token, last)
        if count is None:
            return None
        both = row.harm == "both"
        return Harm(
            both or row.harm == "killed", both or row.harm == "injured", count, range(token, last + 1)
        )

    def acts(self, doc: Doc) -> frozenset[int]:
        """The tokens that the trigger lexicon takes for acts of force; found once a ``Doc``."""
        kept: frozenset[int] | None = doc.user_data.get(ACTS_KEY)
        if kept is None:
            hints = self.lexicon.hints(doc)
            kept = frozenset(token for token, types in hints.items() if types[0] == "ASSAULT")
            doc.user_data[ACTS_KEY] = kept
        return kept


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's words, and which of them are acts of force that tell of no harm themselves."""

    words: Words
    acts: frozenset[int]
    doing: frozenset[str]

    def belongs(self, harm: Harm, trigger: range, strict: bool) -> bool:
        """Whether the harm is this trigger's and no other act's.

        ``strict`` leaves out what only stands close by: for a trigger that tells of a harm of its own
        ('five were killed and nine wounded' are two), or that is no act of force ('a march on which two
        died').
        """
        words, predicate = self.words, harm.predicate
        if predicate.start in trigger or trigger.start in predicate:
            return harm.count.high != 0
        if self._has_other_doer(predicate.start, trigger):
            return False
        sentence = words.sentence[trigger.start]
        if words.sentence[predicate.start] != sentence:
            return not strict and self._refers_back(predicate, trigger)
        if self._climbs(predicate.start, trigger):
            return True
        if strict:
            return False
        head = words.head_of(trigger)
        joined = words.dep[head] == "conj"  # 'clubbed two cooks and torched the hut' hurt nobody by fire
        return not joined and (self._climbs(head, predicate) or self._stands_alone(predicate, trigger))

    def _has_other_doer(self, verb: int, trigger: range) -> bool:
        """Whether the harm has a doer of its own ('after a mine wounded five') who is not the act."""
        words = self.words
        doer = _child(words, verb, frozenset({"nsubj"}))
        if doer is None or words.tag[verb] == "VBN" or doer in trigger or words.lemma[verb] not in self.doing:
            return False
        goes_on = words.sentence[verb] != words.sentence[trigger.start] and words.lower[doer] in ACT_NOUNS
        return not goes_on and words.lower[doer] not in PRONOUNS

    def _climbs(self, token: int, goal: range) -> bool:
        """Whether the tree leads from a token up to the goal with no other act on the way."""
        for _ in range(12):
            above = self.words.head[token]
            if above == token:
                return False
            if above in goal or (_child(self.words, above, SUBJECT) or -1) in goal:
                return (
                    True  # also 'a blast wrecked a dairy, killing two': the blast's deed is the blast's harm
                )
            if above in self.acts:
                return False
            token = above
        return False

    def _stands_alone(self, predicate: range, trigger: range) -> bool:
        """Whether the sentence tells of no act but these two; then tree and order do not matter."""
        return not any(
            one in self.acts and one not in trigger and one not in predicate
            for one in self.words.sentence_of(trigger.start)
        )

    def _refers_back(self, predicate: range, trigger: range) -> bool:
        """Whether a harm in the next sentence goes on with this act: nothing else has happened in between."""
        _, end = self.words.bounds[self.words.sentence[trigger.start]]
        if any(one in self.acts for one in range(trigger.stop, end)):
            return False
        return not any(
            one in self.acts and one not in predicate and self.words.lower[one] not in ACT_NOUNS
            for one in self.words.sentence_of(predicate.start)
        )


def _ends_paragraph(words: Words, sentence: int) -> bool:
    if sentence + 1 >= len(words.bounds):
        return True
    start, end = words.bounds[sentence]
    return any(words.lower[one].count("\n") > 1 for one in range(max(start, end - 2), end))


def count_object(words: Words, token: int, last: int) -> Count | None:
    """How many people the verb's object, passive subject or modified noun names."""
    if words.tag[token].startswith("NN") or _is_denied(words, token):
        return None
    patient = _child(words, token, OBJECTS)
    if patient is None and words.tag[token] == "VBN" and words.dep[token] in ("acl", "relcl", "conj"):
        patient = _inherited(words, token)
    if patient is None and words.dep[token] == "relcl":
        patient = _child(words, token, frozenset({"nsubjpass"}))
    return None if patient is None else count_phrase(words, patient)


def count_subject(words: Words, token: int, last: int) -> Count | None:
    """How many people the verb's subject names, or the noun that the verb describes ('the 20 who died')."""
    if _is_denied(words, token):
        return None
    patient = _child(words, token, frozenset({"nsubj", "nsubjpass"}))
    if patient is not None and words.tag[patient] in ("WP", "WDT"):
        patient = words.head[token]
    if patient is None and words.dep[token] == "conj":
        patient = _inherited(words, token)
    return None if patient is None else count_phrase(words, patient)


def count_noun(words: Words, token: int, last: int) -> Count | None:
    """The number in front of 'deaths' or 'casualties', or the people that 'the death of' names."""
    if not words.tag[token].startswith("NN"):
        return None
    before = [child for child in words.children[token] if child < token]
    if any(words.lower[child] in NOBODY for child in before):
        return Count(0, 0)
    found = read_count(words.lower, min(before, default=token), token)
    if found is not None:
        return found[0]
    return count_of(words, token, last)


def count_of(words: Words, token: int, last: int) -> Count | None:
    """How many people stand after 'the killing of'."""
    if not words.tag[token].startswith("NN"):
        return None
    of = next((child for child in words.children[token] if words.lower[child] == "of"), None)
    patient = _child(words, of, frozenset({"pobj"})) if of is not None else None
    return None if patient is None else count_phrase(words, patient)


def count_toll(words: Words, token: int, last: int) -> Count | None:
    """The number after 'death toll': the last one where it rose from one to another."""
    _, end = words.bounds[words.sentence[token]]
    stop = min(end, last + 12)
    place = next(
        (one for one in range(last + 1, stop) if words.lower[one] in ("to", "at", "of", "reached")), last
    )
    found = read_count(words.lower, place + 1, min(stop, place + 6))
    return found[0] if found else None


def count_state(words: Words, token: int, last: int) -> Count | None:
    """The number in front of 'dead' or 'wounded' ('left 14 people dead', 'two were dead')."""
    start, _ = words.bounds[words.sentence[token]]
    for place in range(max(start, token - 4), token):
        found = read_count(words.lower, place, token, start)
        if found is not None and all(_fills(words, one) for one in range(found[1], token)):
            return found[0]
    return None


def _fills(words: Words, token: int) -> bool:
    """Whether a word may stand between a number and 'dead': a noun, 'others', 'were'."""
    return words.tag[token].startswith(("NN", "JJ")) or words.lower[token] in FILLERS


def count_lives(words: Words, token: int, last: int) -> Count | None:
    """The number in front of 'lives' ('claimed 14 lives')."""
    found = read_count(words.lower, token + 1, last)
    return found[0] if found else None


def count_losses(words: Words, token: int, last: int) -> Count | None:
    """The number of people that a force lost."""
    patient = _child(words, token, OBJECTS)
    if patient is None or words.lemma[patient] not in PERSONS:
        return None
    found = count_phrase(words, patient)
    return (
        found
        if found is not None and any(_is_number(words, child) for child in words.children[patient])
        else None
    )


def _is_number(words: Words, token: int) -> bool:
    return words.tag[token] == "CD" or words.dep[token] == "nummod"


PERSONS = frozenset(
    "man soldier officer fighter guard policeman people member civilian troop gunman sailor pilot "
    "guerrilla rebel worker militiaman constable marine paratrooper serviceman comrade".split()
)

COUNTERS = {
    "object": count_object,
    "of": count_of,
    "subject": count_subject,
    "noun": count_noun,
    "toll": count_toll,
    "state": count_state,
    "lives": count_lives,
    "losses": count_losses,
}


def count_phrase(words: Words, head: int) -> Count | None:
    """How many people a noun phrase names; the parts of 'two nurses and their driver' are added up."""
    first = _count_one(words, head)
    parts = [first]
    joined = head
    while True:
        joined = next((child for child in words.children[joined] if words.dep[child] == "conj"), -1)
        if joined < 0 or not (words.tag[joined].startswith(("NN", "CD")) or words.tag[joined] == "PRP"):
            break
        parts.append(_count_one(words, joined))
    known = [part for part in parts if part is not None]
    if first is None or not known:
        return None
    exact = len(known) == len(parts) and all(part.high is not None for part in known)
    return Count(sum(part.low for part in known), sum(part.high or 0 for part in known) if exact else None)


def _count_one(words: Words, head: int) -> Count | None:
    """How many people one noun with its own modifiers names; None where it gives no number."""
    lower = words.lower[head]
    start = _left_edge(words, head)
    if lower in NOBODY or any(words.lower[one] == "no" for one in range(start, head)):
        return Count(0, 0)
    found = read_count(words.lower, start, head + 1)
    if found is not None:
        year = words.tag[head] == "CD" and 1900 <= found[0].low <= 2100  # 'the massacres of 1971'
        return None if year and words.lower[head].isdigit() else found[0]
    if words.tag[head] not in SINGULAR or words.lemma[head] in GROUPS or lower in GROUPS:
        return None
    if words.tag[head] in NAMES or any(words.lower[one] in DETERMINERS for one in range(start, head)):
        return Count(1, 1)
    owned = any(words.dep[child] == "poss" for child in words.children[head])
    return Count(1, 1) if owned else None


def _left_edge(words: Words, token: int) -> int:
    """The first token of what stands before a word and hangs on it."""
    return min([token, *(_left_edge(words, child) for child in words.children[token] if child < token)])


def _child(words: Words, token: int, deps: frozenset[str]) -> int | None:
    return next((child for child in words.children[token] if words.dep[child] in deps), None)


def _inherited(words: Words, token: int) -> int | None:
    """Whom a participle describes ('two men killed'), or whom the verb before shares with this one."""
    head = words.head[token]
    if words.dep[token] in ("acl", "relcl"):
        return head if words.tag[head].startswith(("NN", "CD", "DT")) else None
    return _child(words, head, OBJECTS)


def _is_denied(words: Words, token: int) -> bool:
    """Whether the verb is negated or only feared ('could kill')."""
    return any(words.dep[child] == "neg" for child in words.children[token])


@cache
def default_finder() -> CasualtyFinder:
    """The package's own tables, read on first use."""
    return CasualtyFinder()


def casualties_of(doc: Doc, trigger_span: Span, event_type: str) -> Casualties:
    """The people killed and injured by an act, each ``None`` where the text does not say."""
    return default_finder().casualties_of(doc, trigger_span, event_type)
