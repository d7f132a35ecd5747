"""Turns a parsed report into the arrays that the reader's network takes; training and reading share it.

A report is cut into windows of whole paragraphs, as many as fit ``WINDOW_PIECES`` word pieces, so that a
denial in the next sentence or a party named in the last paragraph is within the network's view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, POS
from spacy.tokens import Doc
from tokenizers import Tokenizer

from dragoman.events.triggers import TriggerLexicon
from dragoman.events.words import Words, words_of
from dragoman.records import Document, Mention

WINDOW_PIECES = 224
"""Word pieces a window holds at most; the pretrained encoder saw windows of up to 256."""
MOST_PIECES = 510
"""What the encoder has positions for, less [CLS] and [SEP]: the bound for one endless token."""

UPOS = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip
DEPS = (
    "", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case",
    "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj",
    "mark", "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp",
    "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
QUOTES = frozenset(('"', "“", "”", "''", "``"))
SHAPES = ("lower", "title", "upper", "digit", "mixed", "other")
MENTION_KINDS = (
    "",
    "country",
    "person",
    "body",
    "armed_group",
    "outlet",
    "region",
    "city",
    "people",
    "unresolved",
)
TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
    "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
TYPE_NUMBERS = {name: number for number, name in enumerate(TYPES)}
EXTRAS = 2 * len(TYPES) + 2
"""Width of the float features: the types that the trigger lexicon allows the word where it stands, the
likeliest of them once more, whether it stands in quotation marks, whether in the title."""

RANKED = 8
"""How many of a report's countries the network tells apart, by how often the report names them."""

CLS, SEP = 101, 102  # of the uncased BERT vocabulary that the encoder was trained with

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """The arrays of one window.

    ``pieces`` are word-piece ids with [CLS] and [SEP]. The other arrays have one row a spaCy token of the
    window: ``words`` its index in the ``Doc``, ``first`` its first piece, ``heads`` the row of its syntactic
    head (itself for a root or a head outside), ``tags`` part of speech, dependency, shape and mention kind,
    ``extras`` float features (see ``EXTRAS``) and ``tensor`` spaCy's own token vector.

    ``ranks`` has a row a piece and a column a country in the order of ``ranked_countries``: 1 where the piece
    belongs to a mention of that country, a half where only the context told it. The row of [CLS] holds each
    country's share of the report's mentions, so that one that the window does not name is known, too.
    """

    pieces: Ints
    words: Ints
    first: Ints
    heads: Ints
    tags: Ints
    extras: Floats
    tensor: Floats
    ranks: Floats


@dataclass(frozen=True, slots=True)
class Laid:
    """A whole document as arrays, from which windows are cut.

    ``ids`` and ``begins`` have a row a word piece: its id, and its offset in the text. The others have one a
    spaCy token: its first piece and how many pieces it has, the piece that covers its first letter, and what
    a ``Window`` holds. ``paragraphs`` are sentences of token indices.
    """

    paragraphs: list[list[list[int]]]
    ids: Ints
    begins: Ints
    starts: Ints
    counts: Ints
    holder: Ints
    heads: Ints
    tags: Ints
    extras: Floats
    tensor: Floats


def ranked_countries(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The ``RANKED`` countries that most mentions mean, most first; of equals the one named first."""
    counts = Counter(one.country for mention in mentions for one in mention.entities if one.country)
    return tuple(country for country, _ in counts.most_common(RANKED))


def load_tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer of the encoder, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def shape_of(word: str) -> int:
    """The index in ``SHAPES`` of a word's shape; the encoder's vocabulary has no capitals."""
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    if word.istitle():
        return 1
    if any(letter.isdigit() for letter in word):
        return 3
    return 4 if word.isalpha() else 5


class Encoder:
    """Cuts documents into windows of arrays."""

    def __init__(self, tokenizer: Tokenizer, lexicon: TriggerLexicon) -> None:
        self.tokenizer = tokenizer
        self.lexicon = lexicon
        self._upos = {name: number for number, name in enumerate(UPOS)}
        self._deps = {name: number for number, name in enumerate(DEPS)}
        self._kinds = {name: number for number, name in enumerate(MENTION_KINDS)}

    def windows(self, doc: Doc, document: Document, mentions: Sequence[Mention]) -> list[Window]:
        """The windows of a document, in text order; every token but white space is in exactly one."""
        laid = self._lay(doc, document, mentions)
        ranks = self._ranks(mentions, laid.begins)
        return [window_of(np.array(one), laid, ranks) for one in pack(laid.paragraphs, laid.counts)]

    def sentences(
        self, doc: Doc, document: Document, mentions: Sequence[Mention]
    ) -> list[tuple[Window, list[Mention]]]:
        """Each sentence as a window of its own, and its mentions, as if the report held nothing else."""
        laid = self._lay(doc, document, mentions)
        out = []
        for part in (part for one in laid.paragraphs for whole in one for part in cut(whole, laid.counts)):
            low, high = doc[part[0]].idx, doc[part[-1]].idx + len(doc[part[-1]])
            inside = [one for one in mentions if low <= one.span.start and one.span.end <= high]
            out.append((window_of(np.array(part), laid, self._ranks(inside, laid.begins)), inside))
        return out

    def _lay(self, doc: Doc, document: Document, mentions: Sequence[Mention]) -> Laid:
        words = words_of(doc)
        texts = [document.text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        token_starts = np.array(words.starts, dtype=np.int64)
        ids, begins = self._pieces(document.text)
        starts = np.searchsorted(begins, token_starts)
        return Laid(
            paragraphs=blocks(texts, doc.to_array(IS_SPACE).tolist(), {first for first, _ in words.bounds}),
            ids=ids,
            begins=begins,
            starts=starts,
            counts=np.diff(np.append(starts, len(ids))),
            holder=np.maximum(np.searchsorted(begins, token_starts, side="right") - 1, 0),
            heads=np.array(words.head, dtype=np.int64),
            tags=self._tags(doc, words, texts, mentions),
            extras=self._extras(doc, document, texts, token_starts),
            tensor=np.asarray(doc.tensor, dtype=np.float32),
        )

    def _tags(self, doc: Doc, words: Words, texts: Sequence[str], mentions: Sequence[Mention]) -> Ints:
        strings = doc.vocab.strings
        upos, deps = self._upos, self._deps
        tags = doc.to_array(POS).tolist()
        pos_of = {tag: upos.get(strings[tag] if tag else "", 0) for tag in set(tags)}
        shapes = {text: shape_of(text) for text in set(texts)}
        rows = np.zeros((len(texts), 4), dtype=np.int64)
        rows[:, 0] = [pos_of[tag] for tag in tags]
        rows[:, 1] = [deps.get(dep, 0) for dep in words.dep]
        rows[:, 2] = [shapes[text] for text in texts]
        for mention in mentions:
            kind = mention.entities[0].kind if mention.entities else "unresolved"
            tokens = words.tokens_of(mention.span)
            rows[tokens.start : tokens.stop, 3] = self._kinds.get(kind, len(MENTION_KINDS) - 1)
        return rows

    def _extras(self, doc: Doc, document: Document, texts: Sequence[str], starts: Ints) -> Floats:
        rows = np.zeros((len(texts), EXTRAS), dtype=np.float32)
        hints = self.lexicon.hints(doc)
        if hints:
            pairs = [(i, TYPE_NUMBERS[name]) for i, types in hints.items() for name in types]
            rows[tuple(zip(*pairs, strict=True))] = 1.0
            rows[list(hints), [len(TYPES) + TYPE_NUMBERS[types[0]] for types in hints.values()]] = 1.0
        quoted, since = False, 0
        for i in [i for i, text in enumerate(texts) if text in QUOTES or "\n\n" in text]:
            rows[since:i, -2] = quoted
            since = i
            quoted = texts[i] in QUOTES and texts[i] != "”" and (texts[i] == "“" or not quoted)
        rows[since:, -2] = quoted
        rows[:, -1] = starts < (document.title.end if document.title else 0)
        return rows

    def _ranks(self, mentions: Sequence[Mention], begins: Ints) -> Floats:
        """The countries that each piece of the document bears; the last row has their shares of mentions."""
        order = {country: number for number, country in enumerate(ranked_countries(mentions))}
        rows = np.zeros((len(begins) + 1, RANKED), dtype=np.float32)
        lows = np.searchsorted(begins, [one.span.start for one in mentions]).tolist()
        highs = np.searchsorted(begins, [one.span.end for one in mentions]).tolist()
        for mention, low, high in zip(mentions, lows, highs, strict=True):
            weight = 0.5 if mention.rules and mention.rules[0].startswith("context/") else 1.0
            for entity in mention.entities:
                number = order.get(entity.country)
                if number is not None:
                    rows[low:high, number] = np.maximum(rows[low:high, number], weight)
                    rows[-1, number] += 1
        rows[-1] /= max(1.0, float(rows[-1].sum()))
        return rows

    def _pieces(self, text: str) -> tuple[Ints, Ints]:
        """All piece ids of the document, and the offset at which each begins."""
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        begins = np.array([start for start, _ in encoded.offsets], dtype=np.int64)
        # Pieces break at spaces and punctuation; where spaCy splits finer ("can|not"), the later token has
        # no piece of its own and shares the earlier one's.
        return np.array(encoded.ids, dtype=np.int64), begins


def window_of(words: Ints, laid: Laid, ranks: Floats) -> Window:
    """The window of these tokens."""
    starts, counts = laid.starts, laid.counts
    low, high = int(starts[words[0]]), int(starts[words[-1]] + counts[words[-1]])
    high = min(high, low + MOST_PIECES)
    row_of = np.full(len(starts), -1, dtype=np.int64)
    row_of[words] = np.arange(len(words))
    rows = row_of[laid.heads[words]]
    return Window(
        pieces=np.concatenate(([CLS], laid.ids[low:high], [SEP])),
        words=words,
        first=np.clip(laid.holder[words] - low + 1, 1, max(high - low, 1)),
        heads=np.where(rows < 0, np.arange(len(words)), rows),
        tags=laid.tags[words],
        extras=laid.extras[words],
        tensor=laid.tensor[words],
        ranks=np.concatenate((ranks[-1:], ranks[low:high], np.zeros_like(ranks[-1:]))),
    )


def blocks(texts: Sequence[str], spaces: Sequence[bool], openers: Container[int]) -> list[list[list[int]]]:
    """Paragraphs of sentences of token indices, without white space; ``openers`` begin sentences."""
    paragraphs: list[list[list[int]]] = [[]]
    for i, space in enumerate(spaces):
        if space:
            if texts[i].count("\n") > 1 and paragraphs[-1]:
                paragraphs.append([])
            continue
        if i in openers or not paragraphs[-1]:
            paragraphs[-1].append([])
        paragraphs[-1][-1].append(i)
    return [paragraph for paragraph in paragraphs if paragraph]


def pack(paragraphs: Sequence[Sequence[Sequence[int]]], counts: Ints) -> list[list[int]]:
    """Token indices of each window: whole paragraphs while they fit, else sentences, else a cut sentence."""
    windows: list[list[int]] = []
    room = 0
    sizes = counts.tolist()
    for paragraph in paragraphs:
        whole = [i for sentence in paragraph for i in sentence]
        fits = sum(sizes[i] for i in whole) <= WINDOW_PIECES
        for part in [whole] if fits else paragraph:
            for piece in cut(part, sizes):
                need = sum(sizes[i] for i in piece)
                if not windows or need > room:
                    windows.append([])
                    room = WINDOW_PIECES
                windows[-1].extend(piece)
                room -= need
    return windows


def cut(sentence: Sequence[int], counts: Sequence[int] | Ints) -> list[list[int]]:
    """A sentence in parts of at most ``WINDOW_PIECES`` pieces; nearly always itself."""
    parts: list[list[int]] = [[]]
    size = 0
    for i in sentence:
        if size + counts[i] > WINDOW_PIECES and parts[-1]:
            parts.append([])
            size = 0
        parts[-1].append(i)
        size += int(counts[i])
    return parts
