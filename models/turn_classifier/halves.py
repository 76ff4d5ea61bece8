"""Training in half precision with full-precision master weights and their running average."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.turn_classifier.net import TurnNet

AVERAGE_EVERY = 4


class Masters:
    """The encoder computes in bfloat16; AdamW moves float32 copies, which are written back after each step.

    ``memory`` is the share that the running average keeps a step.
    """

    def __init__(self, net: TurnNet, *, decay: float, memory: float) -> None:
        self.memory = memory
        self.frozen = {name: value.clone() for name, value in net.state_dict().items()}
        self.names = [name for name, p in net.named_parameters() if p.requires_grad]
        net.bert.to(torch.bfloat16)
        live = dict(net.named_parameters())
        self.live = [live[name] for name in self.names]
        self.values = [nn.Parameter(self.frozen[name].clone()) for name in self.names]
        self.averages = [value.detach().clone() for value in self.values]
        inside = [name.startswith("bert.") for name in self.names]
        body = [v for v, encoder in zip(self.values, inside, strict=True) if encoder]
        head = [v for v, encoder in zip(self.values, inside, strict=True) if not encoder]
        self.optimiser = torch.optim.AdamW(
            [{"params": body}, {"params": head}], weight_decay=decay, fused=True
        )

    def step(self, number: int, rates: tuple[float, float]) -> None:
        """Use the gradients of the network's last backward pass; ``number`` counts from 1."""
        for group, rate in zip(self.optimiser.param_groups, rates, strict=True):
            group["lr"] = rate
        for value, parameter in zip(self.values, self.live, strict=True):
            value.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        nn.utils.clip_grad_norm_(self.values, 1.0)
        self.optimiser.step()
        with torch.no_grad():
            torch._foreach_copy_(self.live, self.values)
            if number % AVERAGE_EVERY == 0:
                keep = min(self.memory, number / (number + 10.0)) ** AVERAGE_EVERY
                torch._foreach_lerp_(self.averages, [v.detach() for v in self.values], 1.0 - keep)

    def state(self) -> dict[str, Tensor]:
        """The network's state with averaged weights, all float32."""
        return {**self.frozen, **dict(zip(self.names, self.averages, strict=True))}
