"""The reader's network: one encoder pass a window, and heads for triggers, codes and links."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from dragoman.events.encoding import DEPS, EXTRAS, MENTION_KINDS, RANKED, SHAPES, TYPES, UPOS
from dragoman.training.data import RELATIONS, STATUSES

WIDTH = 256
PAIR = 128
DISTANCES = (
    -120,
    -80,
    -50,
    -30,
    -20,
    -14,
    -10,
    -7,
    -5,
    -3,
    -2,
    -1,
    0,
    1,
    2,
    3,
    5,
    7,
    10,
    14,
    20,
    30,
    50,
    80,
    120,
)


def mlp(size: int, hidden: int, out: int, dropout: float) -> nn.Sequential:
    """One hidden layer with dropout on both sides."""
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(size, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, out)
    )


class WordLayer(nn.Module):
    """Encoder states and parse features in, one vector a word and its trigger scores out."""

    def __init__(self, encoder: nn.Module, size: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.upos = nn.Embedding(len(UPOS), 16)
        self.deps = nn.Embedding(len(DEPS), 24)
        self.shapes = nn.Embedding(len(SHAPES), 8)
        self.kinds = nn.Embedding(len(MENTION_KINDS), 16)
        self.ranks = nn.Linear(RANKED, size, bias=False)
        nn.init.normal_(self.ranks.weight, std=0.02)
        self.tensor_norm = nn.LayerNorm(96)
        self.enter = nn.Linear(size + 64 + EXTRAS + 96, WIDTH)
        self.mix = nn.Linear(2 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(dropout)
        self.trigger = mlp(WIDTH, WIDTH, len(TYPES) + 1, dropout)

    def forward(
        self,
        pieces: Tensor,
        mask: Tensor,
        first: Tensor,
        heads: Tensor,
        tags: Tensor,
        extras: Tensor,
        tensor: Tensor,
        ranks: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """``(batch, words, WIDTH)`` word vectors and ``(batch, words, 17)`` trigger scores, 'none' last."""
        entered = self.encoder.embeddings.word_embeddings(pieces) + self.ranks(ranks)  # type: ignore[union-attr, operator]
        states = self.encoder(inputs_embeds=entered, attention_mask=mask).last_hidden_state
        words = torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
        return self.mixed(words, heads, tags, extras, tensor)

    def mixed(
        self, words: Tensor, heads: Tensor, tags: Tensor, extras: Tensor, tensor: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The same from the encoder's states at the words' first pieces."""
        features = [
            self.upos(tags[..., 0]),
            self.deps(tags[..., 1]),
            self.shapes(tags[..., 2]),
            self.kinds(tags[..., 3]),
        ]
        joined = torch.cat([self.drop(words), *features, extras, self.tensor_norm(tensor)], dim=-1)
        entered = nn.functional.gelu(self.enter(joined))
        of_head = torch.gather(entered, 1, heads.unsqueeze(-1).expand(-1, -1, WIDTH))
        out = self.norm(entered + nn.functional.gelu(self.mix(torch.cat([entered, of_head], dim=-1))))
        return out, self.trigger(out)


class SpanHeads(nn.Module):
    """Word vectors and trigger rows of one window in, codes and links of each trigger out."""

    def __init__(self, modes: int, contexts: int, dropout: float) -> None:
        super().__init__()
        self.span = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout)
        )
        self.kind = nn.Linear(WIDTH, len(TYPES))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.mode = nn.Linear(WIDTH, modes)
        self.context = nn.Linear(WIDTH, contexts)
        self.core = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(dropout)
        self.pair_trigger = nn.Linear(WIDTH, PAIR)
        self.pair_word = nn.Linear(WIDTH, PAIR)
        self.product_trigger = nn.Linear(WIDTH, PAIR)
        self.product_word = nn.Linear(WIDTH, PAIR)
        self.distance = nn.Embedding(len(DISTANCES) + 1, PAIR)
        self.links = nn.Linear(PAIR, len(RELATIONS))
        nn.init.constant_(self.links.bias, -4.0)
        self.side_trigger = nn.Linear(WIDTH, PAIR)
        self.side_mean = nn.Linear(WIDTH, PAIR)
        self.side_peak = nn.Linear(PAIR, PAIR)
        self.product_side_trigger = nn.Linear(WIDTH, PAIR)
        self.product_side_mean = nn.Linear(WIDTH, PAIR)
        self.side_rank = nn.Parameter(torch.randn(RANKED, PAIR) * 0.1)
        self.sides = nn.Linear(PAIR, 2)
        nn.init.constant_(self.sides.bias, -1.0)
        self.edges: Tensor
        self.register_buffer("edges", torch.tensor(DISTANCES))

    def forward(
        self, words: Tensor, heads: Tensor, triggers: Tensor, ranks: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """For ``(words, WIDTH)`` vectors, ``(n,)`` trigger rows and ``(words, RANKED)`` countries: type,
        status, mode, context and core scores with one row a trigger, ``(n, words, 5)`` link scores, and
        ``(n, RANKED, 2)`` scores of each country as actor and recipient."""
        own = words[triggers]
        span = self.span(torch.cat([own, words[heads[triggers]]], dim=-1))
        kept = self.drop(words)
        rows = torch.arange(words.shape[0], device=words.device)
        offset = torch.bucketize(rows.unsqueeze(0) - triggers.unsqueeze(1), self.edges)
        pair = (
            self.pair_trigger(own).unsqueeze(1)
            + self.pair_word(kept).unsqueeze(0)
            + self.product_trigger(own).unsqueeze(1) * self.product_word(kept).unsqueeze(0)
            + self.distance(offset)
        )
        hidden = nn.functional.gelu(pair)
        return (
            self.kind(span),
            self.status(span),
            self.mode(span),
            self.context(span),
            self.core(span),
            self.links(hidden),
            self.side_scores(own, kept, hidden, ranks),
        )

    def side_scores(self, own: Tensor, words: Tensor, hidden: Tensor, ranks: Tensor) -> Tensor:
        """Scores of each country from its mentions' mean vector and the best of what they are to the trigger.

        A country that the window does not name has only its rank to speak for it.
        """
        named = torch.cat([torch.zeros(1, dtype=torch.long), torch.nonzero(ranks.sum(1)).squeeze(1)])
        theirs = ranks[named]
        is_theirs = (theirs > 0).unsqueeze(0).unsqueeze(-1)
        peak = torch.where(is_theirs, hidden[:, named].unsqueeze(2), torch.tensor(-1.0)).amax(dim=1)
        mean = theirs.transpose(0, 1) @ words[named] / (theirs.sum(0).unsqueeze(1) + 1e-6)
        both = self.product_side_trigger(own).unsqueeze(1) * self.product_side_mean(mean).unsqueeze(0)
        each = self.side_trigger(own).unsqueeze(1) + (self.side_mean(mean) + self.side_rank).unsqueeze(0)
        out: Tensor = self.sides(nn.functional.gelu(each + both + self.side_peak(peak)))
        return out
