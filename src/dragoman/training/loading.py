"""The weights of an exported network, put back into one that can be trained further.

Those of ``words.onnx`` come back from 8-bit integers, near to what they were; training mends the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import ModelProto, numpy_helper
from torch import Tensor

from dragoman.training.fit import Model

Arrays = dict[str, np.ndarray[Any, np.dtype[np.float32]]]


def load_weights(model: Model, folder: Path) -> None:
    """Set the model's weights to those of the network in the folder."""
    words = arrays_in(onnx.load(folder / "words.onnx"))
    heads = arrays_in(onnx.load(folder / "spans.onnx"))
    put(model.words, word_state(model, words))
    put(model.spans, {name.removeprefix("heads."): row for name, row in heads.items() if "::" not in name})


def arrays_in(graph: ModelProto) -> Arrays:
    """All arrays of a graph as floats, in the shape that torch keeps them, by parameter.

    A linear map of torch is turned in the graph, and where it has lost its name, its node tells it.
    """
    raw = {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}
    homes = {
        name.removesuffix("_quantized"): node.name.split("/MatMul")[0].strip("/").replace("/", ".")
        for node in graph.graph.node
        if "MatMul" in node.op_type
        for name in node.input
        if name.startswith("onnx::MatMul")
    }
    out: Arrays = {}
    for name, row in raw.items():
        if name.endswith(("_scale", "_zero_point")):
            continue
        base = name.removesuffix("_quantized")
        if base != name:
            row = (row.astype(np.float32) - raw[f"{base}_zero_point"]) * raw[f"{base}_scale"]
        if base in homes:
            base, row = f"{last_part(homes[base])}.weight", row.T
        elif base.endswith("_Transposed"):
            base, row = base.removesuffix("_Transposed"), row.T
        out[base.removeprefix("layer.")] = row
    return out


def last_part(home: str) -> str:
    """'trigger.trigger.1' is the module 'trigger.1': a part that repeats the one before stands for both."""
    parts = home.split(".")
    return ".".join(parts[1:] if len(parts) > 2 and parts[0] == parts[1] else parts)


def word_state(model: Model, arrays: Arrays) -> Arrays:
    """The arrays of the word layer, by the names of its parameters; those of attention are parted again."""
    encoder = model.words.encoder
    heads = int(encoder.config.num_attention_heads)  # type: ignore[union-attr, arg-type]
    out = {name: row for name, row in arrays.items() if not name.startswith(("encoder.mixers", "onnx::"))}
    kinds = encoder.embeddings.token_type_embeddings.weight  # type: ignore[union-attr]
    places = out.pop("encoder.places")
    out["encoder.embeddings.position_embeddings.weight"] = places - kinds[:1].detach().numpy()  # type: ignore[index, operator]
    for name, row in arrays.items():
        if name.startswith("encoder.mixers."):
            _, _, number, kind = name.split(".")
            size = row.shape[0] // 3
            scales = ((size / heads) ** 0.5, 1.0, 1.0)
            parts = (size * one for one in range(3))
            for part, low, scale in zip(("query", "key", "value"), parts, scales, strict=True):
                own = f"encoder.encoder.layer.{number}.attention.self.{part}.{kind}"
                out[own] = row[low : low + size] * scale
    return out


def put(module: torch.nn.Module, arrays: Arrays) -> None:
    """Set the parameters that the arrays name; ``KeyError`` for one that there isn't."""
    state: dict[str, Tensor] = module.state_dict()
    with torch.no_grad():
        for name, row in arrays.items():
            state[name].copy_(torch.from_numpy(np.array(row, order="C")))
