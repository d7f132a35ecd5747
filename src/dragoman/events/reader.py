"""Parsed report and its mentions in, event mentions out: triggers, codes, status and parties."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from dragoman.events.casualties import CasualtyFinder
from dragoman.events.circumstances import LinkModel
from dragoman.events.codebook import Codebook, load_codebook, quad_of, score_of
from dragoman.events.contexts import ContextFinder
from dragoman.events.encoding import TYPES, Floats, Ints
from dragoman.events.mishaps import is_no_act
from dragoman.events.model import ACTOR, MODEL, PLACE, RECIPIENT, VIA, WHEN, Network, Reading
from dragoman.events.modes import ModeFinder
from dragoman.events.notes import FAINT, ContextNote, ModeNote, Notes
from dragoman.events.pairs import PairModel, Picked, nobody
from dragoman.events.roles import Cast, RoleModel, Scene, cast_of, features, scene_of, syntax_of
from dragoman.events.sides import mend_sides
from dragoman.events.spans import span_of
from dragoman.events.triggers import load_triggers
from dragoman.events.words import words_of
from dragoman.records import Document, EventMention, FieldConfidence, Mention, Party, Span, Status

SURE_HINT, HINT = 1.5, 0.5
"""What a row of the mode table weighs beside the network, which has 1 to give; set on held-back reports."""
CUED = 0.7
"""The share of the cue words in the chance of a context; set on held-back reports."""
DECLINING = frozenset({"decline", "refuse"})
TELLING = frozenset(
    "say comment answer elaborate specify disclose reveal identify name confirm discuss detail".split()
)
AHEAD = frozenset({"before", "until"})
LIGHT = frozenset({"dobj", "attr", "prt", "pobj", "prep", "oprd", "acomp", "nsubjpass"})
"""Dependencies by which a word completes a light verb: 'held talks', 'came under fire'."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who may stand on one side of an event: the countries of the report, their chances, and those taken."""

    countries: tuple[str, ...]
    chances: Floats
    taken: Ints


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both roles of a report's events: ``(events, countries)`` chances, the pairs taken, and the links."""

    actors: Floats
    recipients: Floats
    picked: Picked
    scene: Scene


@dataclass(frozen=True, slots=True)
class Found:
    """An event mention, and what the network said about it, for those who date, place and attribute it."""

    mention: EventMention
    word: int
    reading: Reading
    actors: Side
    recipients: Side


class EventReader:
    """Finds events; holds the trained reader."""

    def __init__(self, folder: Path = MODEL) -> None:
        self.network = Network(folder)
        self.codebook: Codebook = load_codebook()
        self.modes, self.topics = ModeFinder(), ContextFinder()
        self.casualties, self.lexicon = CasualtyFinder(), load_triggers()
        thresholds = self.network.config.thresholds
        self.name = f"reader/{self.network.config.version}"
        self.least = thresholds["event"]
        self.least_alone = thresholds.get("event_alone", self.least)
        self.roles, self.pairs = RoleModel(folder), PairModel(folder)
        self.when = LinkModel(folder / "when.onnx", thresholds["when"], WHEN)
        self.where = LinkModel(folder / "where.onnx", thresholds["where"], PLACE)
        self.via = LinkModel(folder / "via.onnx", thresholds["via"], VIA)

    def find(
        self, doc: Doc, document: Document, mentions: Sequence[Mention], notes: Notes | None = None
    ) -> list[Found]:
        """The events of a report, in text order; how they came about goes into the notes, if given."""
        readings = self.read(doc, document, mentions, notes)
        if not readings:
            return []
        cast = cast_of(doc, document, mentions)
        verdict = self.judge(doc, cast, readings)
        acts = [(one.word, TYPES[int(one.types.argmax())]) for one in readings]
        picked, mended = mend_sides(
            words_of(doc), cast, acts, verdict.picked, verdict.actors, verdict.recipients
        )
        found = []
        for number, reading in enumerate(readings):
            actor_side = Side(cast.countries, verdict.actors[number], np.flatnonzero(picked.who[number]))
            recipient_side = Side(
                cast.countries, verdict.recipients[number], np.flatnonzero(picked.whom[number])
            )
            relations = ([ACTOR], [RECIPIENT]) if not mended[number] else ([ACTOR, RECIPIENT],) * 2
            who = self.parties(document.text, cast, verdict.scene, number, actor_side, relations[0])
            to = self.parties(document.text, cast, verdict.scene, number, recipient_side, relations[1])
            mention = self.mention(doc, document, reading, who, to, notes)
            sure = self.field_confidence("who", float(picked.chances[number]))
            mention = replace(
                mention, rules=mention.rules + mended[number], field_confidence=FieldConfidence(who=sure)
            )
            found.append(Found(mention, reading.word, reading, actor_side, recipient_side))
        return found

    def read(
        self, doc: Doc, document: Document, mentions: Sequence[Mention], notes: Notes | None = None
    ) -> list[Reading]:
        """The triggers of a report, one a happening: the title and the halves of light verbs are left out."""
        windows = self.network.encoder.windows(doc, document, mentions)
        title = document.title.end if document.title else 0
        faint: list[Reading] | None = None if notes is None else []
        least = self.bar_of(doc)
        every = self.network.readings(windows, least, faint, FAINT)
        worthy = [one for one in every if one.worth >= least]
        told = [one for one in worthy if doc[one.word].idx >= title]
        words = words_of(doc)
        acts = [one for one in told if not is_no_act(words, one.word, TYPES[int(one.types.argmax())])]
        spoken = [one for one in acts if not is_silence(doc, one) and not is_condition(doc, one)]
        kept = without_light_halves(doc, spoken)
        if notes is not None:
            stays, body = {one.word for one in kept}, {one.word for one in told}
            real = {one.word for one in acts}
            notes.dropped += [(one, "faint") for one in faint or ()]
            notes.dropped += [(one, "faint") for one in every if one.worth < least]
            notes.dropped += [(one, "title") for one in worthy if one.word not in body]
            notes.dropped += [(one, "no-act") for one in told if one.word not in real]
            heard = {one.word for one in spoken}
            unheard = [one for one in acts if one.word not in heard]
            notes.dropped += [(one, "silence" if is_silence(doc, one) else "condition") for one in unheard]
            notes.dropped += [(one, "light") for one in spoken if one.word not in stays]
        return kept

    def bar_of(self, doc: Doc) -> float:
        """What has to speak for an event: less in a single sentence, where no other says what it is about.

        The network is surer of the same words within a report.
        """
        return self.least_alone if len(words_of(doc).bounds) < 2 else self.least

    def judge(self, doc: Doc, cast: Cast, readings: Sequence[Reading]) -> Verdict:
        """How likely each country is in both roles, and who is taken for them."""
        if not cast.mentions:
            empty = np.zeros((len(readings), 0), dtype=np.float32)
            scene = Scene(np.zeros((len(readings), 0, 5), dtype=np.float32), empty)
            return Verdict(empty, empty, nobody(len(readings)), scene)
        scene = scene_of(cast, readings, len(doc))
        rows = features(cast, syntax_of(doc), readings, scene)
        actors, recipients = self.roles.judge(rows)
        return Verdict(actors, recipients, self.pairs.pick(rows, actors, recipients), scene)

    def parties(
        self, text: str, cast: Cast, scene: Scene, event: int, side: Side, relations: list[int]
    ) -> tuple[Party, ...]:
        """The parties of an event on one side, likeliest country first.

        Where the sides were mended, a mention may have been linked in the other relation.
        """
        links = scene.links[event][:, relations].max(axis=1)
        parties: list[Party] = []
        for country in sorted(side.taken.tolist(), key=lambda one: -side.chances[one]):
            parties += parties_of(text, cast, links, country)
        return tuple(parties)

    def mention(
        self,
        doc: Doc,
        document: Document,
        reading: Reading,
        who: tuple[Party, ...],
        to: tuple[Party, ...],
        notes: Notes | None = None,
    ) -> EventMention:
        """The record of one event, so far as this room can fill it."""
        kind = TYPES[int(reading.types.argmax())]
        trigger = trigger_span(doc, reading.word)
        mode, mode_rule = self.mode(doc, trigger, reading, kind, notes)
        return EventMention(
            id=mention_id(document, trigger, kind, who, to, self.network.config.version),
            document_id=document.id,
            trigger=trigger,
            span=span_of(doc, trigger),
            event_type=kind,
            mode=mode,
            contexts=self.contexts(doc, trigger, reading, kind, mode, notes),
            actors=who,
            recipients=to,
            status=Status(self.network.config.statuses[int(reading.statuses.argmax())]),
            score=score_of(kind, mode),
            quad=quad_of(kind),
            confidence=self.confidence(reading),
            casualties=self.casualties.casualties_of(doc, trigger, kind),
            rules=(self.name, *self.lexicon.rules(doc, reading.word)[:1], *mode_rule),
        )

    def confidence(self, reading: Reading) -> float:
        """How often events told with this probability were right by type on held-back reports."""
        return self.network.config.confidence.at(reading.event * float(reading.types.max()))

    def field_confidence(self, name: str, chance: float) -> float | None:
        """How often this field was right where it was told with this chance; ``None`` without a curve."""
        curve = self.network.config.fields.get(name)
        return None if curve is None else curve.at(chance)

    def mode(
        self, doc: Doc, trigger: Span, reading: Reading, kind: str, notes: Notes | None = None
    ) -> tuple[str | None, tuple[str, ...]]:
        """The likeliest mode that the type has, or none, and the table row that spoke for it."""
        allowed = {"", *self.codebook.modes_of(kind)}
        names = self.network.config.modes
        chances = {name: float(reading.modes[n]) for n, name in enumerate(names) if name in allowed}
        total = sum(chances.values()) or 1.0
        hints = self.modes.hints(doc, trigger, kind)[:1]
        for hint in hints:
            chances[hint.mode] += total * (SURE_HINT if hint.sure else HINT)
        best = max(chances, key=lambda name: chances[name])
        if notes is not None:
            notes.modes[reading.word] = ModeNote(chances, tuple(hints))
        return best or None, tuple(hint.rule for hint in hints if hint.mode == best)

    def contexts(
        self,
        doc: Doc,
        trigger: Span,
        reading: Reading,
        kind: str,
        mode: str | None,
        notes: Notes | None = None,
    ) -> tuple[str, ...]:
        """What the matter is about, as cue words and the network together have it."""
        cued = self.topics.chances(doc, trigger, kind, mode)
        learned = dict(zip(self.network.config.contexts, reading.contexts.tolist(), strict=True))
        chances = {name: CUED * cued.get(name, 0.0) + (1 - CUED) * value for name, value in learned.items()}
        if notes is not None:
            rows = self.topics.rows(doc, trigger, kind, mode)
            notes.contexts[reading.word] = {
                name: ContextNote(cued.get(name, 0.0), learned[name], chance, rows.get(name, ()))
                for name, chance in chances.items()
            }
        least = self.network.config.thresholds["context"]
        return tuple(name for name, chance in chances.items() if chance >= least)


def is_silence(doc: Doc, reading: Reading) -> bool:
    """'He declined to say what steps he would take': no answer to the press is no refusal between parties."""
    if TYPES[int(reading.types.argmax())] != "REJECT":
        return False
    words = words_of(doc)
    if words.lemma[reading.word] not in DECLINING:
        return False
    children = words.children[reading.word]
    return any(words.dep[child] == "xcomp" and words.lemma[child] in TELLING for child in children)


def is_condition(doc: Doc, reading: Reading) -> bool:
    """'Norland needs guarantees before it can accept the text': what has yet to become possible is no act."""
    words = words_of(doc)
    children = words.children[reading.word]
    able = any(words.dep[child] == "aux" and words.lower[child] in ("can", "could") for child in children)
    return able and any(words.dep[child] == "mark" and words.lower[child] in AHEAD for child in children)


def without_light_halves(doc: Doc, readings: Sequence[Reading]) -> list[Reading]:
    """The readings without the weaker of two words that name one act together ('held' and 'talks')."""
    by_word = {one.word: one for one in readings}
    dropped: set[int] = set()
    for one in readings:
        token = doc[one.word]
        above = token.head
        if token.dep_ == "pobj" and above.dep_ == "prep":
            above = above.head
        other = by_word.get(above.i)
        if other is None or other is one or token.dep_ not in LIGHT or abs(above.i - token.i) > 4:
            continue
        if one.types.argmax() == other.types.argmax():
            dropped.add(min(one, other, key=lambda reading: reading.event).word)
    return [one for one in readings if one.word not in dropped]


def parties_of(text: str, cast: Cast, links: Floats, country: int) -> list[Party]:
    """The entities of a country that the event's links point to, each at its best mention.

    Where no mention within the event's reach was linked, the country's first mention stands for it.
    """
    members = np.flatnonzero(cast.member[:, country])
    scores: list[float] = links[members].tolist()
    least = max(0.5, 0.5 * max(scores))
    parties: dict[str, Party] = {}
    for score, number in sorted(zip(scores, members.tolist(), strict=True), key=lambda one: -one[0]):
        if parties and score < least:
            break
        mention = cast.mentions[number]
        for entity in mention.entities:
            # 'Kosovo's prime minister, Albin Kurti': the state beside its own man is no second party.
            if parties and (entity.id == entity.country or entity.country in parties):
                continue
            if entity.country == cast.countries[country] and entity.id not in parties:
                parties[entity.id] = Party(entity, mention.span.cut(text), mention.span)
    return list(parties.values())


def trigger_span(doc: Doc, word: int) -> Span:
    """The trigger's words: its head, and the particle of a phrasal verb beside it."""
    words = words_of(doc)
    last = word + 1 if word + 1 in words.children[word] and words.dep[word + 1] == "prt" else word
    return Span(words.starts[word], words.ends[last])


def mention_id(
    document: Document, trigger: Span, kind: str, who: Sequence[Party], to: Sequence[Party], version: str
) -> str:
    """A hash of what is claimed: same text and same coder, same id."""
    parts = [document.id, str(trigger.start), str(trigger.end), kind, version]
    parts += [*(party.entity.id for party in who), ">", *(party.entity.id for party in to)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
