"""The trained reader: loads its files and says, for a document, where events are and what they link to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from dragoman.errors import ModelError
from dragoman.events.certainty import Curve, read_curve, read_curves
from dragoman.events.encoding import RANKED, TYPES, Encoder, Floats, Ints, Window, load_tokenizer
from dragoman.events.triggers import load_triggers

MODEL = Path(__file__).parent.parent / "model"
NONE = len(TYPES)
RELATIONS = ("actor", "recipient", "when", "place", "via")
ACTOR, RECIPIENT, WHEN, PLACE, VIA = range(5)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about one possible trigger.

    ``word`` is the index in the ``Doc`` of the trigger's head. ``event`` is the probability that it bears an
    event at all. ``types``, ``statuses``, ``modes`` are distributions in the order of the configuration,
    ``contexts`` independent probabilities. ``links`` has a row a word of the window (``words``, their
    indices) and a column a relation. ``sides`` has a row a country, in the order of
    ``encoding.ranked_countries``, and the probabilities that it is an actor and a recipient.
    """

    word: int
    event: float
    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    core: float
    links: Floats
    words: Ints
    sides: Floats = field(default_factory=lambda: np.zeros((RANKED, 2), dtype=np.float32))

    @property
    def worth(self) -> float:
        """How much speaks for telling this event: that it is one, that its type is right, that it matters.

        The event bar is held against this. On held-back reports it gave one point of typed F1 more than the
        chance of an event alone: a trigger whose type is a toss-up is wrong as often as right, and contents
        of demands and plans, which coders may leave out, are told when they are surer than the rest.
        """
        return self.event * float(self.types.max()) * (0.5 + 0.5 * self.core)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """What goes with the weights: the codes in the order of the outputs, the thresholds, and the curves.

    ``confidence`` is the curve of the event itself; ``fields`` those of ``certainty.FIELDS`` that there are.
    """

    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    statuses: tuple[str, ...]
    thresholds: dict[str, float]
    confidence: Curve
    fields: dict[str, Curve]
    version: str


def session(path: Path) -> onnxruntime.InferenceSession:
    """A session on one thread: the program's processes are its parallelism, and sums keep their order."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Voice:
    """One trained network; several are heard, and what they say is averaged."""

    def __init__(self, words: Path, spans: Path) -> None:
        self._words, self._spans = session(words), session(spans)
        self._takes = {one.name for one in (*self._words.get_inputs(), *self._spans.get_inputs())}

    def tag(self, window: Window) -> tuple[Floats, Floats]:
        """A vector for each word of a window, and its distribution over the types and 'none'."""
        inputs = {
            "pieces": window.pieces,
            "first": window.first,
            "heads": window.heads,
            "tags": window.tags,
            "extras": window.extras,
            "tensor": window.tensor,
        }
        if "ranks" in self._takes:
            inputs["ranks"] = window.ranks
        vectors, scores = self._words.run(None, inputs)
        return vectors, softmax(scores)

    def read(self, window: Window, vectors: Floats, triggers: Ints) -> dict[str, Floats]:
        """What it says of the words in the window's rows ``triggers``, by the names of the outputs.

        ``sides`` is missing where the network does not tell the report's countries apart.
        """
        inputs = {"words": vectors, "heads": window.heads, "triggers": triggers}
        if "ranks" in self._takes:
            inputs["ranks"] = window.ranks[window.first]
        names = [one.name for one in self._spans.get_outputs()]
        return dict(zip(names, self._spans.run(names, inputs), strict=True))


def voices_in(folder: Path) -> list[Voice]:
    """The networks of a model folder: ``words.onnx`` and ``spans.onnx``, then ``words-2.onnx`` and so on."""
    voices = [Voice(folder / "words.onnx", folder / "spans.onnx")]
    while (words := folder / f"words-{len(voices) + 1}.onnx").exists():
        voices.append(Voice(words, folder / words.name.replace("words", "spans")))
    return voices


def mean(told: Sequence[Floats], weights: Sequence[float]) -> Floats:
    """The weighted mean of what several networks say."""
    if len(told) == 1:
        return told[0]
    return np.asarray(np.average(told, axis=0, weights=weights[: len(told)]), dtype=np.float32)


class Network:
    """A model folder's networks, loaded; what they say is averaged."""

    def __init__(self, folder: Path = MODEL) -> None:
        """Raises ``ModelError`` if a file is missing or broken."""
        try:
            raw = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
            self.config = ModelConfig(
                modes=tuple(raw["modes"]),
                contexts=tuple(raw["contexts"]),
                statuses=tuple(raw["statuses"]),
                thresholds=dict(raw["thresholds"]),
                confidence=read_curve(raw["confidence"]),
                fields=read_curves(raw["confidence"].get("fields", {})),
                version=str(raw["version"]),
            )
            self.voices = voices_in(folder)
            self.weights = tuple(map(float, raw.get("weights", [1.0] * len(self.voices))))
            self.encoder = Encoder(load_tokenizer(folder / "tokenizer.json"), load_triggers())
        except (OSError, KeyError, ValueError, RuntimeError) as fault:
            raise ModelError(
                f"{folder}: the trained reader can't be loaded: {fault}; install dragoman again"
            ) from None

    def readings(
        self, windows: Sequence[Window], least: float, faint: list[Reading] | None = None, bar: float = 0.0
    ) -> list[Reading]:
        """Every word that bears an event with at least the probability ``least``, in text order.

        Those below it that reach ``bar`` are put into ``faint``, where it is given; they are read by
        themselves, so that what is said of the others can't hang on them.
        """
        told: list[Reading] = []
        for window in windows:
            vectors, tagged = self.tag(window)
            chances = 1.0 - tagged[:, NONE]
            told += self.read(window, vectors, tagged, np.flatnonzero(chances >= least))
            if faint is not None:
                below = np.flatnonzero((chances >= bar) & (chances < least))
                faint += self.read(window, vectors, tagged, below)
        return told

    def tag(self, window: Window) -> tuple[list[Floats], Floats]:
        """Each network's vectors for the words of a window, and the words' mean distributions over types."""
        told = [voice.tag(window) for voice in self.voices]
        return [vectors for vectors, _ in told], mean([tagged for _, tagged in told], self.weights)

    def read(
        self, window: Window, vectors: Sequence[Floats], tagged: Floats, triggers: Ints
    ) -> list[Reading]:
        """What the networks say about the words in the window's rows ``triggers``."""
        if not len(triggers):
            return []
        told = [voice.read(window, own, triggers) for voice, own in zip(self.voices, vectors, strict=True)]
        names = {name for one in told for name in one}
        said = {name: mean([one[name] for one in told if name in one], self.weights) for name in names}
        event = 1.0 - tagged[triggers, NONE]
        both = 0.5 * tagged[triggers, :NONE] / np.maximum(event[:, None], 1e-6) + 0.5 * said["type"]
        return [
            Reading(
                word=int(window.words[row]),
                event=float(event[number]),
                types=both[number],
                statuses=said["status"][number],
                modes=said["mode"][number],
                contexts=said["context"][number],
                core=float(said["core"][number, 0]),
                links=said["links"][number],
                words=window.words,
                sides=said["sides"][number],
            )
            for number, row in enumerate(triggers.tolist())
        ]


def softmax(scores: npt.NDArray[Any]) -> Floats:
    """Rows of scores as distributions."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)
