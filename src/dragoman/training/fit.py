"""Fits the network to examples, and measures it on held-back ones."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from dragoman.events.encoding import Floats
from dragoman.training.data import IGNORE, NONE, RELATIONS, Example, Said
from dragoman.training.network import SpanHeads, WordLayer

BATCH_PIECES = 1800
HEADS_RATE = 5
"""The rate of the heads, which start from nothing, in rates of the encoder."""
SIDE_WEIGHT = 0.6
TEACHER_SHARE = 0.5
"""How much a teacher's word counts beside gold."""
WARMTH = 2.0
"""The temperature at which a teacher's distributions are taught."""
LINK_WEIGHTS = torch.tensor([3.0, 4.0, 3.0, 3.0, 4.0])


@dataclass(slots=True)
class Model:
    """The two halves of the network."""

    words: WordLayer
    spans: SpanHeads

    def parameters(self) -> list[nn.Parameter]:
        """All parameters that are trained."""
        both = [*self.words.parameters(), *self.spans.parameters()]
        return [one for one in both if one.requires_grad]

    def state(self) -> dict[str, Any]:
        """Both halves' weights, to be saved."""
        return {"words": self.words.state_dict(), "spans": self.spans.state_dict()}

    def train(self, mode: bool) -> None:
        """Switch dropout on or off."""
        self.words.train(mode)
        self.spans.train(mode)


def batches(examples: Sequence[Example], rng: random.Random | None) -> Iterator[list[Example]]:
    """Examples in batches of about ``BATCH_PIECES`` pieces, windows of like length together."""
    order = list(examples)
    if rng:
        rng.shuffle(order)
        order.sort(key=lambda one: len(one.window.pieces) // 48 + rng.random())
    groups: list[list[Example]] = []
    for one in order:
        longest = (
            max([len(one.window.pieces), *(len(other.window.pieces) for other in groups[-1])])
            if groups
            else 0
        )
        if not groups or longest * (len(groups[-1]) + 1) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(one)
    if rng:
        rng.shuffle(groups)
    yield from groups


def collate(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """Padded arrays of the word layer."""
    longest = max(len(one.window.pieces) for one in batch)
    widest = max(len(one.window.words) for one in batch)

    def padded(values: Sequence[np.ndarray[Any, Any]], size: int, fill: float = 0) -> Tensor:
        first = values[0]
        out = np.full((len(values), size, *first.shape[1:]), fill, dtype=first.dtype)
        for number, value in enumerate(values):
            out[number, : len(value)] = value
        return torch.from_numpy(out)

    windows = [one.window for one in batch]
    pieces = padded([one.pieces for one in windows], longest)
    mask = padded([np.ones(len(one.pieces), dtype=np.int64) for one in windows], longest)
    return (
        pieces,
        mask,
        padded([one.first for one in windows], widest),
        padded([one.heads for one in windows], widest),
        padded([one.tags for one in windows], widest),
        padded([one.extras for one in windows], widest),
        padded([one.tensor for one in windows], widest),
        padded([one.ranks for one in windows], longest),
    )


def losses(model: Model, batch: Sequence[Example]) -> Tensor:
    """The sum of all heads' losses, each as a mean over the batch's events."""
    vectors, scores = model.words(*collate(batch))
    scores, vectors = scores.float(), vectors.float()
    total = torch.zeros(())
    events = max(1, sum(len(one.triggers) for one in batch))
    for number, one in enumerate(batch):
        size = len(one.words)
        total = total + word_losses(scores[number, :size], one)
        if len(one.triggers):
            total = total + span_losses(model, vectors[number, :size], one)
    return total / events


def word_losses(scores: Tensor, one: Example) -> Tensor:
    """The loss of the trigger scores of one window, summed over words."""
    each = nn.functional.cross_entropy(
        scores, torch.from_numpy(one.words), ignore_index=IGNORE, reduction="none", label_smoothing=0.03
    )
    gold = (each * torch.from_numpy(one.weights)).sum()
    if one.said is None:
        return gold
    return (1 - TEACHER_SHARE) * gold + TEACHER_SHARE * distilled(scores, one.said.words).sum()


def span_losses(model: Model, vectors: Tensor, one: Example) -> Tensor:
    """The losses of the heads over the gold triggers of one window, summed over triggers."""
    heads, triggers = torch.from_numpy(one.window.heads), torch.from_numpy(one.triggers)
    scores = model.spans(vectors, heads, triggers, named(one))
    gold = gold_losses(scores, one)
    if one.said is None:
        return gold
    return (1 - TEACHER_SHARE) * gold + TEACHER_SHARE * said_losses(scores, one, one.said)


def distilled(scores: Tensor, said: Floats) -> Tensor:
    """Cross entropy with a teacher's distribution, both made flatter: what comes second counts, too."""
    soft = torch.from_numpy(said).clamp(min=1e-7) ** (1 / WARMTH)
    soft = soft / soft.sum(-1, keepdim=True)
    return -(soft * torch.log_softmax(scores / WARMTH, -1)).sum(-1) * WARMTH**2


def said_losses(scores: Sequence[Tensor], one: Example, said: Said) -> Tensor:
    """The losses of the heads against what a teacher says of the triggers, weighed as those against gold."""
    kinds, statuses, modes, contexts, core, links, sides = scores
    binary = nn.functional.binary_cross_entropy_with_logits
    ranked = torch.from_numpy(one.sides >= 0)
    return (
        distilled(kinds, said.types).sum()
        + distilled(statuses, said.statuses).sum()
        + 0.5 * distilled(modes, said.modes).sum()
        + 0.1 * binary(contexts, torch.from_numpy(said.contexts), reduction="sum")
        + 0.2 * binary(core.squeeze(-1), torch.from_numpy(said.core), reduction="sum")
        + 0.6 * binary(links, torch.from_numpy(said.links), reduction="sum")
        + SIDE_WEIGHT * (binary(sides, torch.from_numpy(said.sides), reduction="none") * ranked).sum()
    )


def gold_losses(scores: Sequence[Tensor], one: Example) -> Tensor:
    """The losses of the heads against gold."""
    kinds, statuses, modes, contexts, core, links, sides = scores
    weights = torch.from_numpy(one.core) * 0.5 + 0.5
    gold = torch.from_numpy(one.links).float()
    known = (gold >= 0).float()
    scale = torch.where(gold > 0, LINK_WEIGHTS, torch.ones(()))
    link = nn.functional.binary_cross_entropy_with_logits(links, gold.clamp(min=0), reduction="none")
    types = -(torch.from_numpy(one.types) * torch.log_softmax(kinds, -1)).sum(-1)
    return (
        (types * weights).sum()
        + nn.functional.cross_entropy(statuses, torch.from_numpy(one.statuses), reduction="sum")
        + 0.5 * nn.functional.cross_entropy(modes, torch.from_numpy(one.modes), reduction="sum")
        + 0.1
        * nn.functional.binary_cross_entropy_with_logits(
            contexts, torch.from_numpy(one.contexts), reduction="sum"
        )
        + 0.2
        * nn.functional.binary_cross_entropy_with_logits(
            core.squeeze(-1), torch.from_numpy(one.core), reduction="sum"
        )
        + 0.3 * (link * known * scale).sum()
        + SIDE_WEIGHT * side_loss(sides, torch.from_numpy(one.sides))
    )


def named(one: Example) -> Tensor:
    """The countries that each word of a window bears."""
    return torch.from_numpy(one.window.ranks[one.window.first])


def side_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """The loss of the countries' roles, summed; that of a report's missing ranks is nothing."""
    loss = nn.functional.binary_cross_entropy_with_logits(scores, gold.clamp(min=0).float(), reduction="none")
    return (loss * (gold >= 0)).sum()


def fit(
    model: Model,
    train: Sequence[Example],
    held: Sequence[Example],
    epochs: int,
    rate: float,
    seed: int,
    say: Any,
) -> None:
    """Train in place; ``say`` gets one line an epoch."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder = list(model.words.encoder.parameters())
    inside = {id(one) for one in encoder}
    groups = [
        {"params": [one for one in encoder if one.requires_grad], "lr": rate},
        {"params": [one for one in model.parameters() if id(one) not in inside], "lr": HEADS_RATE * rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = epochs * sum(1 for _ in batches(train, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (0.06 * steps)) * max(0.0, 1 - step / steps)
    )
    began = time.monotonic()
    for epoch in range(epochs):
        model.train(True)
        total, count = 0.0, 0
        for batch in batches(train, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = losses(model, batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
        line = f"epoch {epoch + 1}/{epochs} loss {total / count:.3f} {time.monotonic() - began:.0f}s"
        if held and (epoch % 2 == 1 or epoch == epochs - 1):
            line += " " + measure(model, held)
        say(line)


@torch.no_grad()
def measure(model: Model, held: Sequence[Example]) -> str:
    """Trigger and type F1 (core golds; optional ones neutral), and the heads on gold triggers."""
    model.train(False)
    best: dict[float, list[int]] = {bias: [0, 0, 0, 0] for bias in (-1.0, -0.5, 0.0, 0.5, 1.0)}
    right = dict.fromkeys(("type", "status", "mode", "who", "whom", "events"), 0)
    links = np.zeros((len(RELATIONS), 3))
    for batch in batches(held, None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors, scores = model.words(*collate(batch))
        vectors, scores = vectors.float(), scores.float()
        for number, one in enumerate(batch):
            size = len(one.words)
            gold = one.words
            for bias, counts in best.items():
                shifted = scores[number, :size].clone()
                shifted[:, NONE] += bias
                told = shifted.argmax(-1).numpy()
                core = (gold < NONE) & (gold >= 0) & (one.weights == 1)
                counts[0] += int(((told < NONE) & core).sum())
                counts[1] += int(((told == gold) & core).sum())
                counts[2] += int(core.sum())
                counts[3] += int(((told < NONE) & (core | (gold == NONE))).sum())
            if not len(one.triggers):
                continue
            heads, triggers = torch.from_numpy(one.window.heads), torch.from_numpy(one.triggers)
            kinds, statuses, modes, _, _, pairs, sides = model.spans(
                vectors[number, :size], heads, triggers, named(one)
            )
            known = one.sides >= 0
            exact = (((sides.numpy() > 0) & known) == (one.sides > 0)).all(axis=1)
            right["who"] += int(exact[:, 0].sum())
            right["whom"] += int(exact[:, 1].sum())
            right["events"] += len(one.triggers)
            right["type"] += int((kinds.argmax(-1).numpy() == one.types.argmax(-1)).sum())
            right["status"] += int((statuses.argmax(-1).numpy() == one.statuses).sum())
            right["mode"] += int((modes.argmax(-1).numpy() == one.modes).sum())
            told_links = pairs.numpy() > 0
            for column in range(len(RELATIONS)):
                gold_links = one.links[..., column]
                links[column] += (
                    (told_links[..., column] & (gold_links == 1)).sum(),
                    (told_links[..., column] & (gold_links >= 0)).sum(),
                    (gold_links == 1).sum(),
                )
    shown = {bias: (2 * c[0] / (c[2] + c[3]), 2 * c[1] / (c[2] + c[3])) for bias, c in best.items()}
    bias = max(shown, key=lambda key: shown[key][1])
    f1 = [2 * hit / max(1, told + gold) for hit, told, gold in links]
    return (
        f"det {shown[bias][0]:.3f} typed {shown[bias][1]:.3f} (bias {bias}) | gold triggers: "
        + " ".join(
            f"{key} {right[key] / right['events']:.3f}" for key in ("type", "status", "mode", "who", "whom")
        )
        + " | links "
        + " ".join(f"{name} {value:.3f}" for name, value in zip(RELATIONS, f1, strict=True))
    )
