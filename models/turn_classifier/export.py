"""The trained network as an ONNX graph with 8-bit weights, written node by node.

Every matrix product quantises its input by token (row) and its weights by output channel, so that a turn's
scores do not depend on what else is in the batch, unlike the usual dynamic quantisation by tensor.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.turn_classifier.net import LAYER

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]
Scheme = Literal["float", "weights", "rows"]
OPSET = 20
MICROSOFT = "com.microsoft"
ZERO_POINT = 128


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.names: set[str] = set()

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """A named constant, stored once."""
        if name not in self.names:
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
            self.names.add(name)
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Append a node and give the name of its (first) output."""
        name = f"{kind}_{len(self.nodes)}"
        outs = [name] + [f"{name}_{i}" for i in range(1, outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), outs, name=name, domain=domain, **attributes))
        return name

    def floats(self, name: str, *values: float) -> str:
        """A small float constant."""
        return self.constant(name, np.array(values[0] if len(values) == 1 else values, np.float32))

    def integers(self, name: str, *values: int) -> str:
        """A small vector of integers."""
        return self.constant(name, np.array(values, np.int64))

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """All nodes and constants as a model."""
        model = helper.make_model(
            helper.make_graph(self.nodes, name, inputs, outputs, self.constants),
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        )
        model.ir_version = 10
        return model


def by_rows(matrix: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Symmetric 8-bit codes of each row, and the rows' scales of shape (rows, 1)."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-8) / 127.0
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def quantised_rows(graph: Graph, x: str) -> tuple[str, str]:
    """Codes of ``x`` by its last axis, and the rows' scales."""
    top = graph.add("ReduceMax", graph.add("Abs", x), graph.integers("last_axis", -1), keepdims=1)
    scale = graph.add(
        "Div", graph.add("Max", top, graph.floats("tiny", 1e-8)), graph.floats("top_code", 127.0)
    )
    shifted = graph.add(
        "Add", graph.add("Round", graph.add("Div", x, scale)), graph.floats("shift", ZERO_POINT)
    )
    return graph.add("Cast", shifted, to=TensorProto.UINT8), scale


def product(
    graph: Graph, name: str, x: str, weight: Floats, bias: Floats, codes: tuple[str, str] | None
) -> str:
    """``x @ weight.T + bias``; ``weight`` is (out, in), ``codes`` the quantised ``x`` where there is one."""
    if graph.scheme == "float":
        out = graph.add("MatMul", x, graph.constant(name, weight.T))
    elif graph.scheme == "weights":
        stored, scale = by_rows(weight)
        full = graph.add(
            "DequantizeLinear",
            graph.constant(name, stored.T),
            graph.constant(name + ".scale", scale[:, 0]),
            axis=1,
        )
        out = graph.add("MatMul", x, full)
    else:
        assert codes is not None
        stored, scale = by_rows(weight)
        zero = graph.constant("zero_point", np.array(ZERO_POINT, np.uint8))
        whole = graph.add("MatMulInteger", codes[0], graph.constant(name, stored.T), zero)
        back = graph.add("Mul", graph.add("Cast", whole, to=TensorProto.FLOAT), codes[1])
        out = graph.add("Mul", back, graph.constant(name + ".scale", scale[:, 0]))
    return graph.add("Add", out, graph.constant(name + ".bias", bias))


def _codes(graph: Graph, x: str) -> tuple[str, str] | None:
    return quantised_rows(graph, x) if graph.scheme == "rows" else None


def _norm(graph: Graph, x: str, name: str, weights: Weights, eps: float) -> str:
    return graph.add(
        "LayerNormalization",
        x,
        graph.constant(name + ".weight", weights[name + ".weight"]),
        graph.constant(name + ".bias", weights[name + ".bias"]),
        axis=-1,
        epsilon=eps,
    )


def _embeddings(graph: Graph, weights: Weights, eps: float) -> str:
    """The sum of words, places and roles, of the inputs ``ids`` and ``roles``."""
    root = "bert.embeddings."
    table = weights[root + "word_embeddings.weight"]
    if graph.scheme == "float":
        words = graph.add("Gather", graph.constant("words", table), "ids")
    else:
        stored, scale = by_rows(table)
        codes = graph.add("Gather", graph.constant("words", stored), "ids")
        scales = graph.add("Gather", graph.constant("words.scale", scale), "ids")
        words = graph.add("Mul", graph.add("Cast", codes, to=TensorProto.FLOAT), scales)
    length = graph.add("Gather", graph.add("Shape", "ids"), graph.integers("one", 1))
    positions = graph.add(
        "Slice",
        graph.constant("positions", weights[root + "position_embeddings.weight"]),
        graph.integers("zero", 0),
        length,
        graph.integers("zero", 0),
    )
    roles = graph.add(
        "Gather", graph.constant("roles_table", weights[root + "token_type_embeddings.weight"]), "roles"
    )
    return _norm(
        graph, graph.add("Add", graph.add("Add", words, roles), positions), root + "LayerNorm", weights, eps
    )


def _layer(graph: Graph, x: str, mask: str, i: int, weights: Weights, heads: int, eps: float) -> str:
    """Layer ``i`` of the encoder over ``x``; ``mask`` is 1 where there is a token."""

    def of(short: str, kind: str) -> Floats:
        return weights[f"bert.encoder.layer.{i}.{LAYER[short]}.{kind}"]

    def norm(value: str, short: str) -> str:
        return _norm(graph, value, f"bert.encoder.layer.{i}.{LAYER[short]}", weights, eps)

    together = product(
        graph,
        f"layer{i}.qkv",
        x,
        np.concatenate([of(s, "weight") for s in "qkv"]),
        np.concatenate([of(s, "bias") for s in "qkv"]),
        _codes(graph, x),
    )
    hidden = of("q", "weight").shape[0]
    query = graph.add("Split", together, graph.integers("thirds", hidden, hidden, hidden), outputs=3, axis=-1)
    seen = graph.add(
        "MultiHeadAttention", query, query + "_1", query + "_2", "", mask, domain=MICROSOFT, num_heads=heads
    )
    out = product(graph, f"layer{i}.ao", seen, of("ao", "weight"), of("ao", "bias"), _codes(graph, seen))
    x = norm(graph.add("Add", x, out), "aln")
    wide = product(graph, f"layer{i}.fi", x, of("fi", "weight"), of("fi", "bias"), _codes(graph, x))
    wide = graph.add("Gelu", wide)
    out = product(graph, f"layer{i}.fo", wide, of("fo", "weight"), of("fo", "bias"), _codes(graph, wide))
    return norm(graph.add("Add", x, out), "oln")


def encoder(graph: Graph, mask: str, weights: Weights, heads: int, eps: float) -> str:
    """The last hidden states: the embeddings and every layer of ``weights`` over them."""
    x = _embeddings(graph, weights, eps)
    layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("bert.encoder.layer."))
    for i in range(layers):
        x = _layer(graph, x, mask, i, weights, heads, eps)
    return x


def _head(graph: Graph, x: str, weights: Weights) -> None:
    """Attention of each label over the tokens of each part; float32 throughout."""
    z = graph.add(
        "Div",
        graph.add("Sub", x, graph.constant("mean", weights["mean"])),
        graph.constant("std", weights["std"]),
    )
    values = graph.add("MatMul", z, graph.constant("value", weights["value"].T))
    look = graph.add("MatMul", z, graph.constant("look", weights["look"].T))
    top = graph.add("ReduceMax", look, graph.integers("token_axis", 1), keepdims=1)
    share = graph.add("Exp", graph.add("Sub", look, top))
    last = graph.add("ReduceMax", "places", keepdims=0)
    unit = graph.constant("unit", np.array(1, np.int64))
    numbers = graph.add("Range", unit, graph.add("Add", last, unit), unit)
    member = graph.add(
        "Cast",
        graph.add(
            "Equal",
            graph.add("Unsqueeze", "places", graph.integers("one_axis", 1)),
            graph.add("Unsqueeze", numbers, graph.integers("outer_axes", 0, 2)),
        ),
        to=TensorProto.FLOAT,
    )
    total = graph.add("Max", graph.add("MatMul", member, share), graph.floats("least", 1e-9))
    mean = graph.add("Div", graph.add("MatMul", member, graph.add("Mul", share, values)), total)
    graph.nodes.append(helper.make_node("Add", [mean, graph.constant("bias", weights["bias"])], ["logits"]))


def build(weights: Weights, heads: int, eps: float, scheme: Scheme) -> onnx.ModelProto:
    """The whole graph: ids, roles, places (windows, tokens) to logits (windows, parts, labels)."""
    graph = Graph(scheme)
    mask = graph.add(
        "Cast", graph.add("GreaterOrEqual", "places", graph.constant("none", np.array(0, np.int64))),
        to=TensorProto.INT32,
    )  # fmt: skip
    _head(graph, encoder(graph, mask, weights, heads, eps), weights)
    shape = ["windows", "tokens"]
    return graph.model(
        "turn_classifier",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("ids", "roles", "places")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["windows", "parts", "labels"])],
    )


def export(weights: Weights, path: Path, *, heads: int, eps: float, scheme: Scheme = "rows") -> None:
    """Write the graph to ``path``."""
    onnx.save(build(weights, heads, eps, scheme), str(path))
