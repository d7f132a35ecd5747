"""Who acts and to whom: every country that the report names is judged for every event.

A party is often named a sentence or a paragraph before the act, so no decision is taken at a mention alone.
For each event and each country named anywhere in the report, one row of features is made (what the network's
links say about its mentions, where they stand, how the report uses them), and two boosted-tree models give
the probability that the country is an actor and a recipient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, POS
from spacy.tokens import Doc

from dragoman.events.encoding import DEPS, MENTION_KINDS, TYPES, UPOS, Floats, Ints
from dragoman.events.model import ACTOR, PLACE, RECIPIENT, VIA, Reading, session
from dragoman.records import Document, Mention

KINDS = ("name", "demonym", "description", "pronoun", "possessive")
BODIES = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG")
PREPOSITIONS = (
    "", "by", "with", "to", "from", "against", "of", "in", "at", "on", "for", "between", "over", "into", "among",
    "toward", "towards", "near", "inside", "after",
)  # fmt: skip
REACH = 5
"""Steps in the parse that a path may climb or descend, less one."""
FAR = 400.0
"""Stands for 'nowhere' in a distance in tokens."""

ROW = (
    "actor_best actor_any actor_lead actor_left recipient_best recipient_any recipient_lead recipient_left "
    "via_best place_best a_kind a_entity a_distance a_sentences a_dep a_prep a_path "
    "r_kind r_entity r_distance r_sentences r_dep r_prep r_path "
    "n_path n_dep n_prep n_kind n_distance before after sentences_before in_sentence share order in_title in_dateline is_body countries "
    "type status event upos dep actor_mean recipient_mean actor_previous recipient_previous"
).split()
"""Names of the features of one row, in order."""
RECIPIENT_ROW = (*ROW, "p_actor", "p_actor_other", "actors")


@dataclass(frozen=True, slots=True)
class Cast:
    """The mentions of a report as arrays, and the countries that they mean.

    ``heads`` and the half-open ``starts``/``ends`` are token indices. ``member[m, c]`` says that mention ``m``
    means country ``c``.
    """

    mentions: tuple[Mention, ...]
    countries: tuple[str, ...]
    heads: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    entities: Ints
    member: npt.NDArray[np.bool_]
    in_title: npt.NDArray[np.bool_]
    in_dateline: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Syntax:
    """The parse as arrays: of every token its head, dependency, part of speech, sentence and preposition.

    ``preps`` is the index in ``PREPOSITIONS`` of the preposition that governs the token, if one does.
    """

    heads: Ints
    deps: Ints
    upos: Ints
    sentences: Ints
    preps: Ints


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
    starts = np.array([token.idx for token in doc], dtype=np.int64)
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
        member=member,
        in_title=np.array([one.span.start < title for one in kept], dtype=bool),
        in_dateline=np.array([dateline is not None and dateline.overlaps(one.span) for one in kept], dtype=bool),
    )


def syntax_of(doc: Doc) -> Syntax:
    """The parse of a document as arrays."""
    table = doc.to_array([HEAD, DEP, POS]).astype(np.int64)
    strings = doc.vocab.strings
    deps = {name: number for number, name in enumerate(DEPS)}
    upos = {name: number for number, name in enumerate(UPOS)}
    dep_of = {key: deps.get(strings[key] if key else "", 0) for key in set(table[:, 1].astype(np.uint64).tolist())}
    pos_of = {key: upos.get(strings[key] if key else "", 0) for key in set(table[:, 2].tolist())}
    sentences = np.zeros(len(doc), dtype=np.int64)
    for number, sentence in enumerate(doc.sents):
        sentences[sentence.start : sentence.end] = number
    heads = np.arange(len(doc)) + table[:, 0]
    known = {name: number for number, name in enumerate(PREPOSITIONS)}
    words = [known.get(token.lower_, 0) for token in doc]
    return Syntax(
        heads=heads,
        preps=np.array(words, dtype=np.int64)[heads],
        deps=np.array([dep_of[key] for key in table[:, 1].astype(np.uint64).tolist()], dtype=np.int64),
        upos=np.array([pos_of[key] for key in table[:, 2].tolist()], dtype=np.int64),
        sentences=sentences,
    )


def scene_of(cast: Cast, readings: Sequence[Reading], size: int) -> Scene:
    """The links of every event with every mention of a report of ``size`` tokens."""
    relations = readings[0].links.shape[1]
    links = np.zeros((len(readings), len(cast.mentions), relations), dtype=np.float32)
    best = np.zeros((len(readings), relations), dtype=np.float32)
    known: dict[int, tuple[Ints, Ints, Ints]] = {}
    for number, reading in enumerate(readings):
        key = id(reading.words)
        if key not in known:
            known[key] = rows_of(cast, reading.words, size)
        inside, flat, offsets = known[key]
        best[number] = reading.links.max(axis=0)
        if len(inside):
            links[number, inside] = np.maximum.reduceat(reading.links[flat], offsets, axis=0)
    return Scene(links, best)


def rows_of(cast: Cast, words: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """Which mentions lie in a window, the window rows that they cover end to end, and where each begins."""
    row = np.full(size + 1, -1, dtype=np.int64)
    row[words] = np.arange(len(words))
    inside: list[int] = []
    flat: list[int] = []
    offsets: list[int] = []
    for number, (start, end) in enumerate(zip(cast.starts.tolist(), cast.ends.tolist(), strict=True)):
        rows = [one for one in row[start:end].tolist() if one >= 0]
        if rows:
            inside.append(number)
            offsets.append(len(flat))
            flat.extend(rows)
    return np.array(inside, dtype=np.int64), np.array(flat, dtype=np.int64), np.array(offsets, dtype=np.int64)


def features(cast: Cast, syntax: Syntax, readings: Sequence[Reading], scene: Scene) -> Floats:
    """``(events, countries, len(ROW))`` features of a report."""
    events, countries = len(readings), len(cast.countries)
    triggers = np.array([reading.word for reading in readings], dtype=np.int64)
    out: dict[str, npt.NDArray[Any]] = {}
    by_country = np.where(cast.member[None, :, :, None], scene.links[:, :, None, :], 0.0)
    peak = by_country.max(axis=1)  # events, countries, relations
    anyone = 1.0 - np.prod(1.0 - by_country, axis=1)
    chosen = by_country.argmax(axis=1)  # which mention of the country has the highest link
    for name, relation in (("actor", ACTOR), ("recipient", RECIPIENT)):
        own = peak[..., relation]
        out[f"{name}_best"] = own
        out[f"{name}_any"] = anyone[..., relation]
        out[f"{name}_lead"] = own - rivals(own)
        out[f"{name}_left"] = scene.best[:, relation, None] - own
        out[f"{name}_mean"] = np.broadcast_to(own.mean(axis=0), own.shape)
        out[f"{name}_previous"] = np.vstack([np.zeros((1, countries)), own[:-1]])
        out |= standing(cast, syntax, triggers, chosen[..., relation], name[0])
    out["via_best"] = peak[..., VIA]
    out["place_best"] = peak[..., PLACE]
    out |= neighbourhood(cast, syntax, triggers)
    out |= nearest(cast, syntax, triggers)
    out |= salience(cast, events)
    type_of = np.array([int(reading.types.argmax()) for reading in readings])
    status_of = np.array([int(reading.statuses.argmax()) for reading in readings])
    event_of = np.array([reading.event for reading in readings])
    for name, values in (
        ("type", type_of),
        ("status", status_of),
        ("event", event_of),
        ("upos", syntax.upos[triggers]),
        ("dep", syntax.deps[triggers]),
    ):
        out[name] = np.broadcast_to(values[:, None], (events, countries))
    return np.stack([out[name] for name in ROW], axis=-1).astype(np.float32)


def rivals(values: Floats) -> Floats:
    """For each row and column, the highest value of the row's other columns; 0 where there is none."""
    if values.shape[1] < 2:
        return np.zeros_like(values)
    order = np.sort(values, axis=1)
    top, second = order[:, -1:], order[:, -2:-1]
    return np.where(values >= top, second, top)


def standing(cast: Cast, syntax: Syntax, triggers: Ints, chosen: Ints, prefix: str) -> dict[str, npt.NDArray[Any]]:
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
        f"{prefix}_path": paths(syntax.heads, heads, np.broadcast_to(at, heads.shape)),
    }


def paths(parents: Ints, mentions: Ints, triggers: Ints) -> Ints:
    """The way through the parse from mention to trigger: ``REACH * steps up + steps down``, or ``REACH ** 2``."""
    out = np.full(mentions.shape, REACH * REACH, dtype=np.int64)
    up = [mentions]
    down = [triggers]
    for _ in range(REACH - 1):
        up.append(parents[up[-1]])
        down.append(parents[down[-1]])
    for total in range(2 * REACH - 2, -1, -1):  # longest first, so that the shortest way stays
        for steps in range(max(0, total - REACH + 1), min(REACH - 1, total) + 1):
            out[up[steps] == down[total - steps]] = REACH * steps + total - steps
    return out


def neighbourhood(cast: Cast, syntax: Syntax, triggers: Ints) -> dict[str, npt.NDArray[Any]]:
    """How near each country is named before and after each trigger."""
    offset = cast.heads[None, :] - triggers[:, None]  # events, mentions
    sentence = syntax.sentences[cast.heads][None, :] - syntax.sentences[triggers][:, None]
    member = cast.member[None]

    def closest(values: npt.NDArray[Any], holds: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
        masked = np.where(holds[:, :, None] & member, values[:, :, None], FAR)
        return np.minimum(masked.min(axis=1), FAR)

    return {
        "before": closest(-offset, offset <= 0),
        "after": closest(offset, offset > 0),
        "sentences_before": closest(-sentence, sentence <= 0),
        "in_sentence": ((sentence == 0)[:, :, None] & member).sum(axis=1),
    }


def nearest(cast: Cast, syntax: Syntax, triggers: Ints) -> dict[str, npt.NDArray[Any]]:
    """Where the mention of each country stands that is the fewest steps away in the parse."""
    shape = (len(triggers), len(cast.mentions))
    way = paths(syntax.heads, np.broadcast_to(cast.heads[None, :], shape), np.broadcast_to(triggers[:, None], shape))
    steps = np.where(way < REACH * REACH, way // REACH + way % REACH, 2 * REACH)
    chosen = np.where(cast.member[None], steps[:, :, None], 3 * REACH).argmin(axis=1)
    heads = cast.heads[chosen]
    return {
        "n_path": np.take_along_axis(way, chosen, axis=1),
        "n_dep": syntax.deps[heads],
        "n_prep": syntax.preps[heads],
        "n_kind": cast.kinds[chosen],
        "n_distance": np.clip(heads - triggers[:, None], -FAR, FAR),
    }


def salience(cast: Cast, events: int) -> dict[str, npt.NDArray[Any]]:
    """How the report as a whole uses each country."""
    counts = cast.member.sum(axis=0)
    first = cast.member.argmax(axis=0)
    rows = {
        "share": counts / max(1, len(cast.mentions)),
        "order": first,
        "in_title": (cast.member & cast.in_title[:, None]).any(axis=0),
        "in_dateline": (cast.member & cast.in_dateline[:, None]).any(axis=0),
        "is_body": np.array([code in BODIES for code in cast.countries]),
        "countries": np.full(len(cast.countries), len(cast.countries)),
    }
    return {name: np.broadcast_to(values[None, :], (events, len(values))) for name, values in rows.items()}


def with_actors(rows: Floats, actors: Floats, threshold: float) -> Floats:
    """The rows of the recipient model: those of ``features``, and what was found of the actors."""
    count = np.broadcast_to((actors > threshold).sum(axis=1, keepdims=True), actors.shape)
    more = np.stack([actors, rivals(actors), count], axis=-1)
    return np.concatenate([rows, more.astype(np.float32)], axis=-1)


class RoleModel:
    """The two boosted-tree models."""

    def __init__(self, folder: Path, threshold: float) -> None:
        self._actor = session(folder / "actors.onnx")
        self._recipient = session(folder / "recipients.onnx")
        self.threshold = threshold

    def judge(self, rows: Floats) -> tuple[Floats, Floats]:
        """``(events, countries)`` probabilities of being an actor and of being a recipient."""
        actors = run_trees(self._actor, rows)
        return actors, run_trees(self._recipient, with_actors(rows, actors, self.threshold))


def run_trees(trees: Any, rows: Floats) -> Floats:
    """The trees' probability for each row of ``(events, countries, features)``."""
    flat = np.ascontiguousarray(rows.reshape(-1, rows.shape[-1]))
    told = trees.run(None, {trees.get_inputs()[0].name: flat})[0]
    return np.asarray(told, dtype=np.float32).reshape(rows.shape[:2])
