"""Attention for training on a CPU: scores and weights stay in the matrices' own (half) precision.

The stock attention casts scores to float32 for the softmax, which doubles the memory that it moves.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

NAME = "lean"


class _Attend(torch.autograd.Function):
    """Softmax(query @ key.T * scale + mask) @ value, its backward pass from the weights alone."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor, scale: float) -> Tensor:
        heads = query.shape[1]
        q, k, v = (x.flatten(0, 1) for x in (query, key, value))
        scores = torch.bmm(q * scale, k.transpose(1, 2)).view(-1, heads, q.shape[1], k.shape[1])
        weights = torch.softmax(scores.add_(mask), dim=-1).flatten(0, 1)
        ctx.save_for_backward(q, k, v, weights)
        ctx.scale = scale
        return torch.bmm(weights, v).view(query.shape)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, weights = ctx.saved_tensors
        shape = grads[0].shape
        grad = grads[0].flatten(0, 1).contiguous()
        of_value = torch.bmm(weights.transpose(1, 2), grad)
        of_weights = torch.bmm(grad, v.transpose(1, 2))
        of_scores = torch._softmax_backward_data(of_weights, weights, -1, weights.dtype)
        of_query = torch.bmm(of_scores, k).mul_(ctx.scale)
        of_key = torch.bmm(of_scores.transpose(1, 2), q).mul_(ctx.scale)
        return of_query.view(shape), of_key.view(shape), of_value.view(shape), None, None


def attend(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float | None = None,
    dropout: float = 0.0,
    **_: Any,
) -> tuple[Tensor, None]:
    """The interface of `transformers`: (batch, heads, tokens, size) in, (batch, tokens, heads, size) out."""
    if dropout and module.training:
        raise ValueError("this attention has no dropout; set attention_probs_dropout_prob to 0")
    scale = scaling if scaling is not None else query.shape[-1] ** -0.5
    with torch.autocast("cpu", enabled=False):
        mask = query.new_zeros(1) if attention_mask is None else attention_mask.to(query.dtype)
        out = _Attend.apply(query.contiguous(), key.contiguous(), value.contiguous(), mask, scale)
    return out.transpose(1, 2).contiguous(), None


def register() -> str:
    """Make the attention known to `transformers`, and give its name."""
    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, eager_mask)
    return NAME
