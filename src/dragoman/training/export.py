"""Writes a trained network as the files that the program reads: two ONNX graphs and a description."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dragoman.events.encoding import RANKED
from dragoman.training.fit import Model
from dragoman.training.network import SpanHeads, WordLayer

WORD_INPUTS = ("pieces", "first", "heads", "tags", "extras", "tensor", "ranks")


class LeanEncoder(nn.Module):
    """A BERT encoder over one sequence: no batch axis, no mask, one product for query, key and value.

    Gives the states that the model it was made from gives, in four fifths of the time.
    """

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.words = bert.embeddings.word_embeddings
        places, kinds = (
            bert.embeddings.position_embeddings.weight,
            bert.embeddings.token_type_embeddings.weight,
        )
        self.places = nn.Parameter((places + kinds[:1]).detach(), requires_grad=False)
        self.norm = bert.embeddings.LayerNorm
        self.layers = bert.encoder.layer
        self.heads = int(bert.config.num_attention_heads)
        self.mixers = nn.ModuleList(self.merged(layer.attention.self) for layer in self.layers)

    def merged(self, attention: Any) -> nn.Linear:
        """Query, key and value as one linear map, the query scaled by the root of the head's size."""
        size = attention.query.in_features
        scale = (size / self.heads) ** -0.5
        out = nn.Linear(size, 3 * size)
        parts = (attention.query, attention.key, attention.value)
        scales = (scale, 1.0, 1.0)
        out.weight.data = torch.cat([part.weight.data * one for part, one in zip(parts, scales, strict=True)])
        out.bias.data = torch.cat([part.bias.data * one for part, one in zip(parts, scales, strict=True)])
        return out

    def forward(self, pieces: Tensor, added: Tensor) -> Tensor:
        """``(pieces, size)`` states; ``added`` goes to the pieces' own vectors."""
        x: Tensor = self.norm(self.words(pieces) + added + self.places[: pieces.shape[0]])
        size = x.shape[-1]
        for layer, mixer in zip(self.layers, self.mixers, strict=True):
            mixed = mixer(x).reshape(-1, 3, self.heads, size // self.heads).permute(1, 2, 0, 3)
            weights = torch.softmax(mixed[0] @ mixed[1].transpose(1, 2), dim=-1)
            heard = (weights @ mixed[2]).transpose(0, 1).reshape(-1, size)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(heard) + x)
            x = layer.output.LayerNorm(
                layer.output.dense(nn.functional.gelu(layer.intermediate.dense(x))) + x
            )
        return x


class OneWindow(nn.Module):
    """The word layer over a single window, without a batch axis or a mask."""

    def __init__(self, layer: WordLayer) -> None:
        super().__init__()
        self.layer = layer
        self.encoder = LeanEncoder(layer.encoder)

    def forward(
        self,
        pieces: Tensor,
        first: Tensor,
        heads: Tensor,
        tags: Tensor,
        extras: Tensor,
        tensor: Tensor,
        ranks: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Word vectors and trigger scores of one window."""
        states = self.encoder(pieces, self.layer.ranks(ranks))
        vectors, scores = self.layer.mixed(
            states[first].unsqueeze(0),
            heads.unsqueeze(0),
            tags.unsqueeze(0),
            extras.unsqueeze(0),
            tensor.unsqueeze(0),
        )
        return vectors[0], scores[0]


class Probabilities(nn.Module):
    """The span heads with probabilities instead of scores."""

    def __init__(self, heads: SpanHeads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, words: Tensor, heads: Tensor, triggers: Tensor, ranks: Tensor) -> tuple[Tensor, ...]:
        """Type, status and mode distributions; context, core, link and side probabilities."""
        kind, status, mode, context, core, links, sides = self.heads(words, heads, triggers, ranks)
        return (
            kind.softmax(-1),
            status.softmax(-1),
            mode.softmax(-1),
            context.sigmoid(),
            core.sigmoid(),
            links.sigmoid(),
            sides.sigmoid(),
        )


def export(model: Model, folder: Path, config: Mapping[str, Any]) -> None:
    """Write ``words.onnx`` (in 8-bit integers), ``spans.onnx`` and ``reader.json`` into the folder."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model.train(False)
    full = folder / "words.fp32.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        write_words(model.words, full)
        write_spans(model.spans, folder / "spans.onnx")
    quantize_dynamic(
        full,
        folder / "words.onnx",
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    full.unlink()
    (folder / "reader.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def write_words(layer: WordLayer, path: Path) -> None:
    """The word layer as an ONNX graph with free lengths."""
    pieces, words = 12, 9
    example = (
        torch.full((pieces,), 2000),
        torch.arange(1, words + 1),
        torch.zeros(words, dtype=torch.int64),
        torch.zeros((words, 4), dtype=torch.int64),
        torch.zeros((words, layer.enter.in_features - 96 - 64 - encoder_width(layer))),
        torch.zeros((words, 96)),
        torch.zeros((pieces, RANKED)),
    )
    axes = {name: {0: "words"} for name in (*WORD_INPUTS[1:-1], "vectors", "scores")} | {
        "pieces": {0: "pieces"},
        "ranks": {0: "pieces"},
    }
    torch.onnx.export(
        OneWindow(layer),
        example,
        str(path),
        input_names=list(WORD_INPUTS),
        output_names=["vectors", "scores"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def encoder_width(layer: WordLayer) -> int:
    """The size of the encoder's states."""
    return int(layer.encoder.config.hidden_size)  # type: ignore[union-attr, arg-type]


def write_spans(heads: SpanHeads, path: Path) -> None:
    """The span heads as an ONNX graph with free lengths."""
    width = heads.pair_word.in_features
    named = torch.eye(9, RANKED)
    example = (torch.zeros((9, width)), torch.zeros(9, dtype=torch.int64), torch.tensor([1, 4]), named)
    outputs = ["type", "status", "mode", "context", "core", "links", "sides"]
    axes: dict[str, dict[int, str]] = {
        "words": {0: "words"},
        "heads": {0: "words"},
        "triggers": {0: "triggers"},
        "ranks": {0: "words"},
    }
    axes |= {name: {0: "triggers"} for name in outputs}
    axes["links"][1] = "words"
    torch.onnx.export(
        Probabilities(heads),
        example,
        str(path),
        input_names=["words", "heads", "triggers", "ranks"],
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
