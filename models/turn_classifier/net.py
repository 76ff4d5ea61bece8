"""The network: an encoder over a window of turns, and each label's attention over a turn's tokens."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.turn_classifier.attention import register
from models.turn_classifier.base import Base

ROLES = 4
DROPOUT = 0.1
"""On the embeddings, in the layers and before the head; the attention has none."""
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bert(
    *, pieces: int, hidden: int, layers: int, heads: int, feed_forward: int, positions: int, eps: float
) -> BertModel:
    """An encoder of these sizes, whose token types are roles."""
    config = BertConfig(
        vocab_size=pieces,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=feed_forward,
        max_position_embeddings=positions,
        type_vocab_size=ROLES,
        layer_norm_eps=eps,
        hidden_dropout_prob=DROPOUT,
        attention_probs_dropout_prob=0.0,
        attn_implementation=register(),
    )
    return BertModel(config, add_pooling_layer=False)


def encoder(base: Base) -> BertModel:
    """The base as a `transformers` model; token types carry the speaker's role, all alike at first."""
    model = bert(
        pieces=len(base.pieces),
        hidden=base.hidden,
        layers=base.layers,
        heads=base.heads,
        feed_forward=base.feed_forward,
        positions=base.positions,
        eps=base.eps,
    )
    tensors = {k: torch.from_numpy(v) for k, v in base.tensors.items()}
    state = {
        "embeddings.word_embeddings.weight": tensors["emb.word"],
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"][:1].repeat(ROLES, 1),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(base.layers):
        for short, long in LAYER.items():
            state[f"encoder.layer.{layer}.{long}.weight"] = tensors[f"l{layer}.{short}.w"]
            state[f"encoder.layer.{layer}.{long}.bias"] = tensors[f"l{layer}.{short}.b"]
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any("position_ids" not in name and "token_type_ids" not in name for name in missing):
        raise SystemExit(f"the base does not fit the encoder: missing {missing}, unexpected {unexpected}")
    model.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


class TurnNet(nn.Module):
    """Logits (windows, parts, labels) from ids, roles and places of shape (windows, tokens)."""

    def __init__(self, bert: BertModel, labels: int) -> None:
        super().__init__()
        hidden = bert.config.hidden_size
        self.bert = bert
        self.dropout = nn.Dropout(DROPOUT)
        self.register_buffer("mean", torch.zeros(hidden))
        self.register_buffer("std", torch.ones(hidden))
        self.look = nn.Parameter(torch.zeros(labels, hidden))
        self.value = nn.Parameter(torch.zeros(labels, hidden))
        self.bias = nn.Parameter(torch.zeros(labels))

    def states(self, ids: Tensor, roles: Tensor, places: Tensor) -> Tensor:
        """Last hidden states of all tokens."""
        mask = (places >= 0).long()
        out = self.bert(input_ids=ids, token_type_ids=roles, attention_mask=mask)
        return out.last_hidden_state.float()

    def forward(self, ids: Tensor, roles: Tensor, places: Tensor) -> Tensor:
        """Uniform attention (a mean) until ``look`` has learnt better; ``mean`` and ``std`` stay fixed."""
        z = self.dropout((self.states(ids, roles, places) - self.mean) / self.std)
        values, look = z @ self.value.T, z @ self.look.T
        weights = torch.exp(look - look.amax(dim=1, keepdim=True).detach())
        numbers = torch.arange(1, int(places.max()) + 1)
        member = (places[:, None, :] == numbers[None, :, None]).float()
        total = member @ weights
        logits: Tensor = (member @ (weights * values)) / total.clamp_min(1e-9) + self.bias
        return logits

    @torch.no_grad()
    def standardise(self, pooled: Tensor) -> None:
        """Fix the standardisation from turn vectors (turns, hidden) of the untrained encoder."""
        self.mean.copy_(pooled.mean(0))
        self.std.copy_(pooled.std(0))
