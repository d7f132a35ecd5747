"""Turns a parsed report into the arrays that the reader's network takes; training and reading share it.

A report is cut into windows of whole paragraphs, as many as fit ``WINDOW_PIECES`` word pieces, so that a
denial in the next sentence or a party named in the last paragraph is within the network's view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, IS_SPACE, POS, SENT_START
from spacy.tokens import Doc
from tokenizers import Tokenizer

from dragoman.events.triggers import TriggerLexicon
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
MENTION_KINDS = ("", "country", "person", "body", "armed_group", "outlet", "region", "city", "people", "unresolved")
TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
    "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
EXTRAS = 2 * len(TYPES) + 2
"""Width of the float features: the types that the trigger lexicon allows the word where it stands, the likeliest
of them once more, whether it stands in quotation marks, whether in the title."""

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
    """

    pieces: Ints
    words: Ints
    first: Ints
    heads: Ints
    tags: Ints
    extras: Floats
    tensor: Floats


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
        self._tag_ids: dict[int, int] = {}
        self._dep_ids: dict[int, int] = {}

    def windows(self, doc: Doc, document: Document, mentions: Sequence[Mention]) -> list[Window]:
        """The windows of a document, in text order; every token but white space is in exactly one."""
        table = doc.to_array([POS, DEP, HEAD, IS_SPACE, SENT_START])
        tags = self._tags(doc, table, mentions)
        extras = self._extras(doc, document)
        ids, begins, token_starts = self._pieces(doc)
        starts = np.searchsorted(begins, token_starts)
        holder = np.maximum(np.searchsorted(begins, token_starts, side="right") - 1, 0)
        heads = np.arange(len(doc)) + table[:, 2].astype(np.int64)
        space = table[:, 3].astype(bool)
        counts = np.diff(np.append(starts, len(ids)))
        return [
            self._window(np.array(words), ids, starts, counts, holder, heads, tags, extras, doc)
            for words in pack(blocks(doc, space, table[:, 4] == 1), counts)
        ]

    def _tags(self, doc: Doc, table: Any, mentions: Sequence[Mention]) -> Ints:
        strings = doc.vocab.strings
        upos, deps = self._tag_ids, self._dep_ids
        rows = np.zeros((len(doc), 4), dtype=np.int64)
        for i, (tag, dep) in enumerate(zip(table[:, 0].tolist(), table[:, 1].tolist(), strict=True)):
            if tag not in upos:
                upos[tag] = self._upos.get(strings[tag] if tag else "", 0)
            if dep not in deps:
                deps[dep] = self._deps.get(strings[dep] if dep else "", 0)
            rows[i, 0] = upos[tag]
            rows[i, 1] = deps[dep]
        rows[:, 2] = [shape_of(token.text) for token in doc]
        for mention in mentions:
            kind = mention.entities[0].kind if mention.entities else "unresolved"
            span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if span is not None:
                rows[span.start : span.end, 3] = self._kinds.get(kind, len(MENTION_KINDS) - 1)
        return rows

    def _extras(self, doc: Doc, document: Document) -> Floats:
        rows = np.zeros((len(doc), EXTRAS), dtype=np.float32)
        quoted = False
        title = document.title.end if document.title else 0
        number = {name: index for index, name in enumerate(TYPES)}
        for i, types in self.lexicon.hints(doc).items():
            rows[i, [number[name] for name in types]] = 1.0
            rows[i, len(TYPES) + number[types[0]]] = 1.0
        for i, token in enumerate(doc):
            text = token.text
            if text in QUOTES:
                quoted = text != "”" and (text == "“" or not quoted)
            elif "\n\n" in text:
                quoted = False
            rows[i, -2] = quoted
            rows[i, -1] = token.idx < title
        return rows

    def _pieces(self, doc: Doc) -> tuple[Ints, Ints, Ints]:
        """All piece ids of the document, the offset at which each begins, and that of each token."""
        encoded = self.tokenizer.encode(doc.text, add_special_tokens=False)
        begins = np.array([start for start, _ in encoded.offsets], dtype=np.int64)
        # Pieces break at spaces and punctuation; where spaCy splits finer ("can|not"), the later token has
        # no piece of its own and shares the earlier one's.
        token_starts = np.array([token.idx for token in doc], dtype=np.int64)
        return np.array(encoded.ids, dtype=np.int64), begins, token_starts

    def _window(
        self,
        words: Ints,
        ids: Ints,
        starts: Ints,
        counts: Ints,
        holder: Ints,
        heads: Ints,
        tags: Ints,
        extras: Floats,
        doc: Doc,
    ) -> Window:
        low, high = int(starts[words[0]]), int(starts[words[-1]] + counts[words[-1]])
        high = min(high, low + MOST_PIECES)
        row_of = np.full(len(doc), -1, dtype=np.int64)
        row_of[words] = np.arange(len(words))
        rows = row_of[heads[words]]
        first = np.clip(holder[words] - low + 1, 1, max(high - low, 1))
        return Window(
            pieces=np.concatenate(([CLS], ids[low:high], [SEP])),
            words=words,
            first=first,
            heads=np.where(rows < 0, np.arange(len(words)), rows),
            tags=tags[words],
            extras=extras[words],
            tensor=np.asarray(doc.tensor[words], dtype=np.float32),
        )


def blocks(doc: Doc, space: npt.NDArray[np.bool_], sentence_start: npt.NDArray[np.bool_]) -> list[list[list[int]]]:
    """Paragraphs of sentences of token indices, without white space."""
    paragraphs: list[list[list[int]]] = [[]]
    for i in range(len(doc)):
        if space[i]:
            if doc[i].text.count("\n") > 1 and paragraphs[-1]:
                paragraphs.append([])
            continue
        if sentence_start[i] or not paragraphs[-1]:
            paragraphs[-1].append([])
        paragraphs[-1][-1].append(i)
    return [paragraph for paragraph in paragraphs if paragraph]


def pack(paragraphs: Sequence[Sequence[Sequence[int]]], counts: Ints) -> list[list[int]]:
    """Token indices of each window: whole paragraphs while they fit, else sentences, else a cut sentence."""
    windows: list[list[int]] = []
    room = 0
    for paragraph in paragraphs:
        size = sum(int(counts[sentence].sum()) for sentence in paragraph)
        for part in [sum(paragraph, [])] if size <= WINDOW_PIECES else paragraph:
            for piece in cut(part, counts):
                need = int(counts[piece].sum())
                if not windows or need > room:
                    windows.append([])
                    room = WINDOW_PIECES
                windows[-1].extend(piece)
                room -= need
    return windows


def cut(sentence: Sequence[int], counts: Ints) -> list[list[int]]:
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
