"""Whisper in torch over the weights of CTranslate2, by the names that they have there, and low-rank changes.

Only for training; at run time CTranslate2 runs the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.speech.adapted import places

HEADS = 8
LAYERS = 6
WIDTH = 512
DECODER = ("self_attention/linear_0", "self_attention/linear_1", "attention/linear_0", "attention/linear_1",
           "attention/linear_2", "ffn/linear_0", "ffn/linear_1")  # fmt: skip
ENCODER = ("self_attention/linear_0", "self_attention/linear_1", "ffn/linear_0", "ffn/linear_1")


class LowRank(nn.Module):
    """A change of a matrix: ``up @ down``, nothing at first."""

    def __init__(self, outputs: int, inputs: int, rank: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
        self.up = nn.Parameter(torch.zeros(outputs, rank))

    def forward(self, x: Tensor) -> Tensor:
        """What the change adds."""
        down, up = self.down.to(x.dtype), self.up.to(x.dtype)
        return functional.linear(functional.linear(x, down), up)


class Whisper(nn.Module):
    """whisper-base, frozen, with low-rank changes on ``changed`` matrices."""

    def __init__(self, model: Path, *, rank: int, encoder_layers: Sequence[int] = range(LAYERS)) -> None:
        super().__init__()
        self.weights: dict[str, Tensor] = {
            place.name: torch.from_numpy(np.array(place.values(model), np.float32))
            for place in places(model)
            if place.dtype is np.float16
        }  # fmt: skip
        names = [f"decoder/layer_{i}/{part}" for i in range(LAYERS) for part in DECODER]
        names += [f"encoder/layer_{i}/{part}" for i in encoder_layers for part in ENCODER]
        self.names = names
        self.changes = nn.ModuleDict(
            {_key(name): LowRank(*self.weights[f"{name}/weight"].shape, rank) for name in names}
        )

    def set_type(self, dtype: torch.dtype) -> None:
        """Frozen matrices in a shorter type."""
        self.weights = {name: value.to(dtype) for name, value in self.weights.items()}

    def linear(self, name: str, x: Tensor) -> Tensor:
        """The layer ``name`` with its change."""
        y = functional.linear(x, self.weights[f"{name}/weight"], self.weights[f"{name}/bias"])
        key = _key(name)
        return y + self.changes[key](x) if key in self.changes else y

    def norm(self, name: str, x: Tensor) -> Tensor:
        """The layer norm ``name``."""
        gamma, beta = self.weights[f"{name}/gamma"], self.weights[f"{name}/beta"]
        return functional.layer_norm(x, (WIDTH,), gamma, beta)

    def encode(self, features: Tensor) -> Tensor:
        """(batch, 80, frames) to (batch, frames / 2, 512)."""
        w = self.weights
        x = functional.gelu(functional.conv1d(features.to(w["encoder/conv1/weight"].dtype),
                            w["encoder/conv1/weight"], w["encoder/conv1/bias"], padding=1))  # fmt: skip
        x = functional.gelu(functional.conv1d(x, w["encoder/conv2/weight"], w["encoder/conv2/bias"],
                                              stride=2, padding=1))  # fmt: skip
        x = x.transpose(1, 2) + w["encoder/position_encodings/encodings"][: x.shape[2]]
        for i in range(LAYERS):
            layer = f"encoder/layer_{i}"
            x = x + self._self_attention(f"{layer}/self_attention", x, causal=False)
            x = x + self._ffn(f"{layer}/ffn", x)
        return self.norm("encoder/layer_norm", x)

    def decode(self, tokens: Tensor, encoded: Tensor) -> Tensor:
        """(batch, length) tokens to (batch, length, 512) states; ``logits`` makes them words."""
        w = self.weights
        x = w["decoder/embeddings/weight"][tokens]
        x = x + w["decoder/position_encodings/encodings"][: tokens.shape[1]]
        for i in range(LAYERS):
            layer = f"decoder/layer_{i}"
            x = x + self._self_attention(f"{layer}/self_attention", x, causal=True)
            x = x + self._cross_attention(f"{layer}/attention", x, encoded)
            x = x + self._ffn(f"{layer}/ffn", x)
        return self.norm("decoder/layer_norm", x)

    def logits(self, states: Tensor) -> Tensor:
        """(n, 512) states to (n, words)."""
        return functional.linear(states, self.weights["decoder/embeddings/weight"])

    def _self_attention(self, name: str, x: Tensor, *, causal: bool) -> Tensor:
        q, k, v = self.linear(f"{name}/linear_0", self.norm(f"{name}/layer_norm", x)).chunk(3, dim=-1)
        return self.linear(f"{name}/linear_1", _attend(q, k, v, causal=causal))

    def _cross_attention(self, name: str, x: Tensor, encoded: Tensor) -> Tensor:
        q = self.linear(f"{name}/linear_0", self.norm(f"{name}/layer_norm", x))
        k, v = self.linear(f"{name}/linear_1", encoded).chunk(2, dim=-1)
        return self.linear(f"{name}/linear_2", _attend(q, k, v, causal=False))

    def _ffn(self, name: str, x: Tensor) -> Tensor:
        inner = functional.gelu(self.linear(f"{name}/linear_0", self.norm(f"{name}/layer_norm", x)))
        return self.linear(f"{name}/linear_1", inner)

    def factors(self) -> Mapping[str, tuple[Tensor, Tensor]]:
        """``up`` and ``down`` of each changed matrix, by its name in CTranslate2."""
        changes = {name: self.changes[_key(name)] for name in self.names}
        return {f"{name}/weight": (c.up.detach(), c.down.detach()) for name, c in changes.items()}  # type: ignore[union-attr]


def _key(name: str) -> str:
    return name.replace("/", "-")


def _attend(q: Tensor, k: Tensor, v: Tensor, *, causal: bool) -> Tensor:
    parts = [t.unflatten(-1, (HEADS, -1)).transpose(1, 2) for t in (q, k, v)]
    return functional.scaled_dot_product_attention(*parts, is_causal=causal).transpose(1, 2).flatten(2)
