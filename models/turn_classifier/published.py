"""The published weights as a network's state again, for what is trained on from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from models.turn_classifier.net import LAYER

_LAYER_ROOT = "bert.encoder.layer"
_EMBEDDINGS = "bert.embeddings"
_INNER = {"ao", "fi", "fo"}
_NORMS = {"aln", "oln"}


@dataclass(frozen=True)
class Published:
    """A network's state, its layers, attention heads and the epsilon of its norms."""

    state: dict[str, Tensor]
    layers: int
    heads: int
    eps: float


def read(path: Path) -> Published:
    """Dequantise ``turn_classifier.onnx`` into the state of a ``TurnNet``.

    Each weight is off by at most half a step of its 8 bits.
    """
    one, stored = read_encoder(path)
    head = {
        "mean": stored["mean"],
        "std": stored["std"],
        "look": stored["look"].T,
        "value": stored["value"].T,
        "bias": stored["bias"],
    }
    return replace(one, state={**one.state, **{name: torch.tensor(value) for name, value in head.items()}})


def read_encoder(path: Path) -> tuple[Published, dict[str, np.ndarray]]:
    """The encoder of a published network, and all that is stored in its file by name."""
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def matrix(name: str) -> np.ndarray:
        return (stored[name].astype(np.float32) * stored[f"{name}.scale"][None, :]).T

    state: dict[str, np.ndarray] = {
        f"{_EMBEDDINGS}.word_embeddings.weight": stored["words"].astype(np.float32) * stored["words.scale"],
        f"{_EMBEDDINGS}.position_embeddings.weight": stored["positions"],
        f"{_EMBEDDINGS}.token_type_embeddings.weight": stored["roles_table"],
    }
    layers = sum(name.endswith(".qkv") for name in stored)
    norms = [f"{_EMBEDDINGS}.LayerNorm"]
    for i in range(layers):
        thirds = np.split(matrix(f"layer{i}.qkv"), 3), np.split(stored[f"layer{i}.qkv.bias"], 3)
        for short, weight, bias in zip("qkv", *thirds, strict=True):
            state[f"{_LAYER_ROOT}.{i}.{LAYER[short]}.weight"] = weight
            state[f"{_LAYER_ROOT}.{i}.{LAYER[short]}.bias"] = bias
        for short in _INNER:
            state[f"{_LAYER_ROOT}.{i}.{LAYER[short]}.weight"] = matrix(f"layer{i}.{short}")
            state[f"{_LAYER_ROOT}.{i}.{LAYER[short]}.bias"] = stored[f"layer{i}.{short}.bias"]
        norms += [f"{_LAYER_ROOT}.{i}.{LAYER[short]}" for short in _NORMS]
    for name in norms:
        state |= {f"{name}.{kind}": stored[f"{name}.{kind}"] for kind in ("weight", "bias")}
    encoder = Published(
        {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()},
        layers,
        int(_attribute(graph, "MultiHeadAttention", "num_heads").i),
        float(_attribute(graph, "LayerNormalization", "epsilon").f),
    )
    return encoder, stored


def _attribute(graph: onnx.GraphProto, kind: str, name: str) -> onnx.AttributeProto:
    """The attribute of the graph's first node of that kind."""
    node = next(node for node in graph.node if node.op_type == kind)
    return next(one for one in node.attribute if one.name == name)
