"""Who acts and to whom: every country that the report names is judged for every event.

A party is often named a sentence or a paragraph before the act, so no decision is taken at a mention alone.
For each event and each country named anywhere in the report, one row of features is made (what the network's
links say about its mentions, where they stand, how the report uses them), and two boosted-tree models give
the probability that the country is an actor and a recipient. ``pairs`` chooses the two sides by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import POS
from spacy.tokens import Doc

from dragoman.events.encoding import DEPS, MENTION_KINDS, RANKED, UPOS, Floats, Ints, ranked_countries
from dragoman.events.model import ACTOR, PLACE, RECIPIENT, VIA, Reading, session
from dragoman.events.words import Words, words_of
from dragoman.records import Document, Mention

KINDS = ("name", "demonym", "description", "pronoun", "possessive")
BODIES = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG")
PREPOSITIONS = (
    "", "by", "with", "to", "from", "against", "of", "in", "at", "on", "for", "between", "over", "into",
    "among", "toward", "towards", "near", "inside", "after",
)  # fmt: skip
TAGS = ("", "VBD", "VBN", "VBG", "VB", "VBZ", "VBP", "NN", "NNS", "NNP", "JJ")
TO_COME = frozenset({"will", "would", "'ll", "shall", "to", "may", "could", "should", "must"})
TAKERS = frozenset("buy purchase acquire import receive obtain get procure borrow".split())
"""Verbs whose subject is the one to whom it is done: who buys or receives arms is their recipient."""
ACTIVE, PARTICIPLE, PASSIVE = range(3)
TAG_NUMBERS = {name: number for number, name in enumerate(TAGS)}
DEP_NUMBERS = {name: number for number, name in enumerate(DEPS)}
UPOS_NUMBERS = {name: number for number, name in enumerate(UPOS)}
PREPOSITION_NUMBERS = {word: number for number, word in enumerate(PREPOSITIONS)}
SYNTAX_KEY = "dragoman.events.syntax"
REACH = 5
"""Steps in the parse that a path may climb or descend, less one."""
LIKELY = 0.6
"""From which chance a country counts among the actors where the recipients are judged."""
FAR = 400
"""Stands for 'nowhere' in a distance in tokens."""
NO_TRUST = -1
TRUST = {"pronouns": 2, "descriptions": 3, "persons": 4, "names": 5}
"""How far the rule that resolved a mention may be believed, by the first part of its id; see ``trust_of``."""
SURE, GUESSED = 3, 1
"""From which trust on a mention's country is taken as told, and up to which as guessed from its context."""
LINKED = 0.02
"""A link below this says nothing of where a country stands."""

ROW = (
    "actor_best actor_any actor_lead actor_left recipient_best recipient_any recipient_lead recipient_left "
    "via_best place_best a_kind a_entity a_distance a_sentences a_dep a_prep a_path "
    "r_kind r_entity r_distance r_sentences r_dep r_prep r_path "
    "n_path n_dep n_prep n_kind n_distance before after sentences_before in_sentence share "
    "order in_title in_dateline is_body countries "
    "type status event upos dep actor_mean recipient_mean actor_previous recipient_previous "
    "a_trust r_trust n_trust actor_sure recipient_sure actor_guessed recipient_guessed "
    "actor_side actor_side_lead recipient_side recipient_side_lead rank voice taker"
).split()
"""Names of the features of one row, in order."""
RECIPIENT_ROW = (*ROW, "p_actor", "p_actor_other", "actors")


@dataclass(frozen=True, slots=True)
class Cast:
    """The mentions of a report as arrays, and the countries that they mean.

    ``heads`` and the half-open ``starts``/``ends`` are token indices. ``member[m, c]`` says that
    mention ``m`` means country ``c``. ``trust`` says how far that may be believed (``trust_of``).
    """

    mentions: tuple[Mention, ...]
    countries: tuple[str, ...]
    heads: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    entities: Ints
    trust: Ints
    member: npt.NDArray[np.bool_]
    in_title: npt.NDArray[np.bool_]
    in_dateline: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Syntax:
    """The parse as arrays: of every token its head, dependency, part of speech, sentence and preposition.

    ``preps`` is the index in ``PREPOSITIONS`` of the preposition that governs the token, if one does, and
    ``tags`` that in ``TAGS`` of its tag. ``auxiliaries`` is 1 where an auxiliary stands before the verb, 2
    where it is one of time to come. ``voices`` is ``PASSIVE`` for a verb with a passive's subject or
    auxiliary, ``PARTICIPLE`` for a past participle without one, else ``ACTIVE``; ``takers`` is 1 for one of
    ``TAKERS``. ``paragraphs`` counts from 0; ``openings`` is how many tokens of its sentence stand before the
    token.
    """

    heads: Ints
    deps: Ints
    upos: Ints
    sentences: Ints
    preps: Ints
    tags: Ints
    auxiliaries: Ints
    voices: Ints
    takers: Ints
    paragraphs: Ints
    openings: Ints


@dataclass(frozen=True, slots=True)
class Scene:
    """The scored links of all events of a report with all its mentions: ``links[event, mention, relation]``.

    A mention outside the event's window has zeros. ``best[event, relation]`` is the highest link of any word,
    whether a mention covers it or not.
    """

    links: Floats
    best: Floats


def cast_of(doc: Doc, document: Document, mentions: Sequence[Mention]) -> Cast:
    """The report's mentions that mean a country, as arrays."""
    starts = np.array(words_of(doc).starts, dtype=np.int64)
    kept = [mention for mention in mentions if any(entity.country for entity in mention.entities)]
    countries = tuple(dict.fromkeys(e.country for m in kept for e in m.entities if e.country))
    member = np.zeros((len(kept), len(countries)), dtype=bool)
    for number, mention in enumerate(kept):
        for entity in mention.entities:
            if entity.country:
                member[number, countries.index(entity.country)] = True
    entity_kinds = {kind: number for number, kind in enumerate(MENTION_KINDS)}
    title = document.title.end if document.title else 0
    dateline = document.dateline

    def token_at(offsets: Sequence[int]) -> Ints:
        return np.maximum(np.searchsorted(starts, np.array(offsets, dtype=np.int64), side="right") - 1, 0)

    return Cast(
        mentions=tuple(kept),
        countries=countries,
        heads=token_at([one.head.end - 1 for one in kept]),
        starts=token_at([one.span.start for one in kept]),
        ends=token_at([one.span.end - 1 for one in kept]) + 1,
        kinds=np.array([KINDS.index(one.kind) if one.kind in KINDS else 2 for one in kept], dtype=np.int64),
        entities=np.array([entity_kinds.get(one.entities[0].kind, 0) for one in kept], dtype=np.int64),
        trust=np.array([trust_of(one) for one in kept], dtype=np.int64),
        member=member,
        in_title=np.array([one.span.start < title for one in kept], dtype=bool),
        in_dateline=np.array(
            [dateline is not None and dateline.overlaps(one.span) for one in kept], dtype=bool
        ),
    )


def trust_of(mention: Mention) -> int:
    """From 0 to 5, how far the country of a mention may be believed.

    'Police' in a report on two countries is the police of either: 0 where the choice was close, 1 where
    only the context told it; a pronoun, a description with its country in it, a person, a name come above.
    """
    room, _, rule = mention.rules[0].partition("/") if mention.rules else ("", "", "")
    if room == "context":
        return 0 if rule == "close-call" else GUESSED
    return TRUST.get(room, max(TRUST.values()))


def syntax_of(doc: Doc) -> Syntax:
    """The parse of a document as arrays; made on the first call for a ``Doc`` and kept with it."""
    syntax: Syntax | None = doc.user_data.get(SYNTAX_KEY)
    if syntax is None:
        syntax = read_syntax(doc)
        doc.user_data[SYNTAX_KEY] = syntax
    return syntax


def read_syntax(doc: Doc) -> Syntax:
    """The parse of a document as arrays, read afresh."""
    words = words_of(doc)
    heads = np.array(words.head, dtype=np.int64)
    tags = doc.to_array(POS).tolist()
    strings = doc.vocab.strings
    pos_of = {key: UPOS_NUMBERS.get(strings[key] if key else "", 0) for key in set(tags)}
    words_before = np.array([PREPOSITION_NUMBERS.get(word, 0) for word in words.lower], dtype=np.int64)
    return Syntax(
        heads=heads,
        preps=words_before[heads],
        deps=np.array([DEP_NUMBERS.get(dep, 0) for dep in words.dep], dtype=np.int64),
        upos=np.array([pos_of[key] for key in tags], dtype=np.int64),
        sentences=np.array(words.sentence, dtype=np.int64),
        tags=np.array([TAG_NUMBERS.get(tag, 0) for tag in words.tag], dtype=np.int64),
        auxiliaries=auxiliaries_of(words),
        voices=voices_of(words),
        takers=np.array([lemma in TAKERS for lemma in words.lemma], dtype=np.int64),
        paragraphs=np.cumsum(np.array(["\n" in word for word in words.lower], dtype=np.int64)),
        openings=np.arange(len(words.head))
        - np.array([words.bounds[one][0] for one in words.sentence], dtype=np.int64),
    )


def auxiliaries_of(words: Words) -> Ints:
    """Of each token how it is put into its time: 2 with 'will' or 'to', 1 with another auxiliary, 0 bare."""
    out = np.zeros(len(words.head), dtype=np.int64)
    for token, (dep, head) in enumerate(zip(words.dep, words.head, strict=True)):
        if dep in ("aux", "auxpass"):
            out[head] = max(out[head], 2 if words.lower[token] in TO_COME else 1)
    return out


def voices_of(words: Words) -> Ints:
    """Of each token its voice, as in ``Syntax.voices``."""
    out = np.array([PARTICIPLE if tag == "VBN" else ACTIVE for tag in words.tag], dtype=np.int64)
    for token, (dep, head) in enumerate(zip(words.dep, words.head, strict=True)):
        if dep in ("auxpass", "nsubjpass"):
            out[head] = PASSIVE
        elif dep == "aux" and words.lower[token] in ("has", "have", "had", "'ve", "having"):
            out[head] = ACTIVE if out[head] != PASSIVE else PASSIVE
    return out


def scene_of(cast: Cast, readings: Sequence[Reading], size: int) -> Scene:
    """The links of every event with every mention of a report of ``size`` tokens."""
    links, best = peaks(readings, slice(None), cast.starts, cast.ends)
    return Scene(links.transpose(0, 2, 1), best)


def peaks(readings: Sequence[Reading], relations: slice, starts: Ints, ends: Ints) -> tuple[Floats, Floats]:
    """``links[event, relation, span]``, the highest link of a word of each span, and that of any word.

    The half-open spans are in tokens; one outside an event's window has zeros.
    """
    few = len(range(*relations.indices(readings[0].links.shape[1])))
    links = np.zeros((len(readings), few, len(starts)), dtype=np.float32)
    best = np.zeros((len(readings), few), dtype=np.float32)
    windows: dict[int, list[int]] = {}
    for number, reading in enumerate(readings):
        windows.setdefault(id(reading.words), []).append(number)
    for events in windows.values():
        words = readings[events[0]].words
        table = np.stack([readings[event].links.T[relations] for event in events])  # events, relations, words
        best[events] = table.max(axis=2)
        first, last = np.searchsorted(words, starts), np.searchsorted(words, ends)
        inside = np.flatnonzero(last > first)
        if len(inside):
            rows, offsets = ranges(first[inside], last[inside])
            spot = np.array(events)[:, None, None], np.arange(few)[:, None], inside
            links[spot] = np.maximum.reduceat(table[:, :, rows], offsets, axis=2)
    return links, best


def ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The numbers of several half-open ranges end to end, and where each range begins among them."""
    sizes = last - first
    offsets = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) + np.repeat(first - offsets, sizes), offsets


def features(cast: Cast, syntax: Syntax, readings: Sequence[Reading], scene: Scene) -> Floats:
    """``(events, countries, len(ROW))`` features of a report."""
    events, countries = len(readings), len(cast.countries)
    triggers = np.array([reading.word for reading in readings], dtype=np.int64)
    out: dict[str, npt.NDArray[Any]] = {}
    member = np.ascontiguousarray(cast.member.T)
    shape = (events, len(cast.mentions))
    heads, at = np.broadcast_to(cast.heads, shape), np.broadcast_to(triggers[:, None], shape)
    way = paths(syntax.heads, heads, at)  # events, mentions
    for name, relation in (("actor", ACTOR), ("recipient", RECIPIENT)):
        links = np.where(
            member, scene.links[:, None, :, relation], np.float32(0.0)
        )  # events, countries, mentions
        own = links.max(axis=2)
        out[f"{name}_best"] = own
        out[f"{name}_any"] = 1.0 - np.prod(1.0 - links, axis=2)
        out[f"{name}_lead"] = own - rivals(own)
        out[f"{name}_left"] = scene.best[:, relation, None] - own
        out[f"{name}_mean"] = own.mean(axis=0)
        out[f"{name}_previous"] = np.vstack([np.zeros((1, countries)), own[:-1]])
        # Where the country's mention with the highest link stands.
        chosen = links.argmax(axis=2)
        out |= standing(cast, syntax, triggers, chosen, way, name[0])
        out |= trusted(cast, scene.links[:, :, relation], links, chosen, name)
    for name, relation in (("via", VIA), ("place", PLACE)):
        out[f"{name}_best"] = np.where(member, scene.links[:, None, :, relation], np.float32(0.0)).max(axis=2)
    out |= neighbourhood(cast, syntax, triggers, member)
    out |= nearest(cast, syntax, triggers, way, member)
    out |= salience(cast)
    out |= sided(cast, readings)
    type_of, status_of, event_of = told_of(readings)
    out |= {"voice": syntax.voices[triggers][:, None], "taker": syntax.takers[triggers][:, None]}
    out |= {"type": type_of, "status": status_of, "event": event_of}
    out |= {"upos": syntax.upos[triggers][:, None], "dep": syntax.deps[triggers][:, None]}
    return table_of(out, ROW, (events, countries))


def told_of(readings: Sequence[Reading]) -> tuple[Ints, Ints, npt.NDArray[Any]]:
    """Of each event the number of its likeliest type, that of its status, and its probability, as columns."""
    types = np.stack([reading.types for reading in readings]).argmax(axis=1)
    statuses = np.stack([reading.statuses for reading in readings]).argmax(axis=1)
    return types[:, None], statuses[:, None], np.array([reading.event for reading in readings])[:, None]


def table_of(columns: dict[str, npt.NDArray[Any]], names: Sequence[str], shape: tuple[int, int]) -> Floats:
    """The columns of those names side by side, each spread over the whole shape."""
    table = np.empty((*shape, len(names)), dtype=np.float32)
    for number, name in enumerate(names):
        table[..., number] = columns[name]
    return table


def rivals(values: Floats) -> Floats:
    """For each row and column, the highest value of the row's other columns; 0 where there is none."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    order = np.sort(values, axis=1)
    top, second = order[:, -1:], order[:, -2:-1]
    return np.where(values >= top, second, top)


def standing(
    cast: Cast, syntax: Syntax, triggers: Ints, chosen: Ints, way: Ints, prefix: str
) -> dict[str, npt.NDArray[Any]]:
    """Where the best mention of each country stands, seen from each trigger."""
    heads = cast.heads[chosen]
    at = triggers[:, None]
    return {
        f"{prefix}_kind": cast.kinds[chosen],
        f"{prefix}_entity": cast.entities[chosen],
        f"{prefix}_distance": np.clip(heads - at, -FAR, FAR),
        f"{prefix}_sentences": np.clip(syntax.sentences[heads] - syntax.sentences[at], -9, 9),
        f"{prefix}_dep": syntax.deps[heads],
        f"{prefix}_prep": syntax.preps[heads],
        f"{prefix}_path": np.take_along_axis(way, chosen, axis=1),
    }


def trusted(cast: Cast, every: Floats, links: Floats, chosen: Ints, name: str) -> dict[str, npt.NDArray[Any]]:
    """How far the mentions behind each country's links may be believed.

    ``every`` are the links of all mentions, ``links`` the same by country, ``chosen`` the mention with the
    highest one.
    """
    linked = links.max(axis=2) > LINKED
    return {
        f"{name[0]}_trust": np.where(linked, cast.trust[chosen], NO_TRUST),
        f"{name}_sure": np.where(cast.trust >= SURE, links, np.float32(0.0)).max(axis=2),
        f"{name}_guessed": np.where(cast.trust <= GUESSED, every, np.float32(0.0)).max(axis=1)[:, None],
    }


def sided(cast: Cast, readings: Sequence[Reading]) -> dict[str, npt.NDArray[Any]]:
    """What the network says of each country as actor and as recipient; -1 for one that it does not rank."""
    order = {country: number for number, country in enumerate(ranked_countries(cast.mentions))}
    ranks = np.array([order.get(country, RANKED) for country in cast.countries], dtype=np.int64)
    told = np.stack([reading.sides for reading in readings])
    told = np.concatenate([told, np.full((len(readings), 1, 2), -1.0, dtype=np.float32)], axis=1)[:, ranks]
    out: dict[str, npt.NDArray[Any]] = {"rank": ranks}
    for column, name in enumerate(("actor", "recipient")):
        out[f"{name}_side"] = told[..., column]
        out[f"{name}_side_lead"] = told[..., column] - rivals(told[..., column])
    return out


def paths(parents: Ints, mentions: Ints, triggers: Ints) -> Ints:
    """The way through the parse from mention to trigger: ``REACH * up + down`` steps, or ``REACH ** 2``."""
    out = np.full(mentions.shape, REACH * REACH, dtype=np.int64)
    up = [mentions]
    down = [triggers]
    for _ in range(REACH - 1):
        up.append(parents[up[-1]])
        down.append(parents[down[-1]])
    for total in range(2 * REACH - 2, -1, -1):  # longest first, so that the shortest way stays
        for steps in range(max(0, total - REACH + 1), min(REACH - 1, total) + 1):
            np.copyto(out, REACH * steps + total - steps, where=up[steps] == down[total - steps])
    return out


def neighbourhood(
    cast: Cast, syntax: Syntax, triggers: Ints, member: npt.NDArray[np.bool_]
) -> dict[str, npt.NDArray[Any]]:
    """How near each country is named before and after each trigger; ``member[c, m]`` as in the cast."""
    offset = cast.heads[None, :] - triggers[:, None]  # events, mentions
    sentence = syntax.sentences[cast.heads][None, :] - syntax.sentences[triggers][:, None]

    def closest(values: Ints) -> Ints:
        near: Ints = np.where(member, np.minimum(values, FAR)[:, None, :], FAR).min(axis=2)
        return near

    return {
        "before": closest(np.where(offset <= 0, -offset, FAR)),
        "after": closest(np.where(offset > 0, offset, FAR)),
        "sentences_before": closest(np.where(sentence <= 0, -sentence, FAR)),
        "in_sentence": (sentence == 0).astype(np.float32) @ member.T.astype(np.float32),
    }


def nearest(
    cast: Cast, syntax: Syntax, triggers: Ints, way: Ints, member: npt.NDArray[np.bool_]
) -> dict[str, npt.NDArray[Any]]:
    """Where the mention of each country stands that is the fewest steps away in the parse."""
    steps = np.where(way < REACH * REACH, way // REACH + way % REACH, 2 * REACH)
    chosen = np.where(member, steps[:, None, :], 3 * REACH).argmin(axis=2)
    heads = cast.heads[chosen]
    return {
        "n_path": np.take_along_axis(way, chosen, axis=1),
        "n_dep": syntax.deps[heads],
        "n_prep": syntax.preps[heads],
        "n_kind": cast.kinds[chosen],
        "n_trust": cast.trust[chosen],
        "n_distance": np.clip(heads - triggers[:, None], -FAR, FAR),
    }


def salience(cast: Cast) -> dict[str, npt.NDArray[Any]]:
    """How the report as a whole uses each country."""
    return {
        "share": cast.member.sum(axis=0) / max(1, len(cast.mentions)),
        "order": cast.member.argmax(axis=0),
        "in_title": (cast.member & cast.in_title[:, None]).any(axis=0),
        "in_dateline": (cast.member & cast.in_dateline[:, None]).any(axis=0),
        "is_body": np.array([code in BODIES for code in cast.countries]),
        "countries": np.array(len(cast.countries)),
    }


def with_actors(rows: Floats, actors: Floats) -> Floats:
    """The rows of the recipient model: those of ``features``, and what was found of the actors."""
    count = np.broadcast_to((actors > LIKELY).sum(axis=1, keepdims=True), actors.shape)
    more = np.stack([actors, rivals(actors), count], axis=-1)
    return np.concatenate([rows, more.astype(np.float32)], axis=-1)


class RoleModel:
    """The two boosted-tree models."""

    def __init__(self, folder: Path) -> None:
        self._actor = session(folder / "actors.onnx")
        self._recipient = session(folder / "recipients.onnx")

    def judge(self, rows: Floats) -> tuple[Floats, Floats]:
        """``(events, countries)`` probabilities of being an actor and of being a recipient."""
        actors = run_trees(self._actor, rows)
        return actors, run_trees(self._recipient, with_actors(rows, actors))


def run_trees(trees: Any, rows: Floats) -> Floats:
    """The trees' probability for each row of ``(events, countries, features)``."""
    flat = np.ascontiguousarray(rows.reshape(-1, rows.shape[-1]))
    told = trees.run(None, {trees.get_inputs()[0].name: flat})[0]
    return np.asarray(told, dtype=np.float32).reshape(rows.shape[:2])
