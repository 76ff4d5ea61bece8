"""The tagger's network: the lower layers of the turn classifier's encoder, and seven tags for each token."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from torch import Tensor, nn

from coach.language.pii.tagger import TAGS, spelled
from models.turn_classifier.export import Graph, encoder
from models.turn_classifier.net import DROPOUT, bert
from models.turn_classifier.published import Published, read, read_encoder

CLASSIFIER = Path(__file__).parents[1] / "turn_classifier"
LAYERS = 6
LATIN_PIECES = 12_000
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_LATIN = re.compile("▁?[A-Za-z'’-]{2,}")


@dataclass(frozen=True)
class Origin:
    """The weights to begin with, and a tokenizer that knows Chinese by the character only."""

    published: Published
    tokenizer: Tokenizer


def origin_of_tagger(folder: Path) -> Origin:
    """A published tagger, to be trained on."""
    one, stored = read_encoder(folder / "tagger.onnx")
    last = {"out.weight": torch.tensor(stored["out"].T), "out.bias": torch.tensor(stored["out.bias"])}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return Origin(replace(one, state={**one.state, **last}), tokenizer)


def origin() -> Origin:
    """The published classifier with the vocabulary cut to characters and the likeliest Latin pieces."""
    published = read(CLASSIFIER / "turn_classifier.onnx")
    spec = json.loads((CLASSIFIER / "tokenizer.json").read_text(encoding="utf-8"))
    pieces = spec["model"]["vocab"]
    kept = _kept(pieces)
    place = {old: new for new, old in enumerate(kept)}
    numbers = {piece: i for i, (piece, _) in enumerate(pieces)}
    spec["model"]["vocab"] = [pieces[i] for i in kept]
    spec["model"]["unk_id"] = place[spec["model"]["unk_id"]]
    for token in spec["added_tokens"]:
        token["id"] = place[numbers[token["content"]]]
    words = "bert.embeddings.word_embeddings.weight"
    state = {**published.state, words: published.state[words][kept]}
    return Origin(
        Published(state, published.layers, published.heads, published.eps),
        Tokenizer.from_str(json.dumps(spec)),
    )


def _kept(pieces: list[list[Any]]) -> list[int]:
    """The numbers of the pieces that are kept: Traditional characters are folded before they are read."""
    latin = sorted(((score, i) for i, (piece, score) in enumerate(pieces) if _LATIN.fullmatch(piece)))
    kept = {i for _, i in latin[-LATIN_PIECES:]}
    for i, (piece, _) in enumerate(pieces):
        bare = piece.replace("▁", "")
        if piece in _SPECIAL or (len(bare) <= 1 and spelled(bare) == bare):
            kept.add(i)
    return sorted(kept)


class TagNet(nn.Module):
    """Logits (turns, tokens, tags) from ids, roles and mask of shape (turns, tokens)."""

    def __init__(self, published: Published, layers: int = LAYERS) -> None:
        super().__init__()
        state = published.state
        words = state["bert.embeddings.word_embeddings.weight"]
        self.bert = bert(
            pieces=len(words),
            hidden=words.shape[1],
            layers=layers,
            heads=published.heads,
            feed_forward=len(state["bert.encoder.layer.0.intermediate.dense.bias"]),
            positions=len(state["bert.embeddings.position_embeddings.weight"]),
            eps=published.eps,
        )
        wanted = self.bert.state_dict()
        found = {name.removeprefix("bert."): value for name, value in state.items() if "bert." in name}
        self.bert.load_state_dict({name: found.get(name, value) for name, value in wanted.items()})
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(DROPOUT)
        self.out = nn.Linear(words.shape[1], TAGS)
        if "out.weight" in state:
            self.out.load_state_dict({kind: state[f"out.{kind}"] for kind in ("weight", "bias")})

    def forward(self, ids: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """Tags from the last of the layers."""
        states = self.bert(input_ids=ids, token_type_ids=roles, attention_mask=mask).last_hidden_state
        logits: Tensor = self.out(self.drop(states.float()))
        return logits


def export(state: dict[str, Tensor], path: Path, published: Published) -> None:
    """Write the network with 8-bit weights: ids, roles, mask to logits (turns, tokens, tags)."""
    weights: dict[str, npt.NDArray[np.float32]] = {name: value.numpy() for name, value in state.items()}
    graph = Graph("weights")
    x = encoder(graph, "mask", weights, published.heads, published.eps)
    out = graph.add("MatMul", x, graph.constant("out", weights["out.weight"].T))
    graph.nodes.append(
        helper.make_node("Add", [out, graph.constant("out.bias", weights["out.bias"])], ["logits"])
    )
    shape = ["turns", "tokens"]
    inputs = (("ids", TensorProto.INT64), ("roles", TensorProto.INT64), ("mask", TensorProto.INT32))
    onnx.save(
        graph.model(
            "pii_tagger",
            [helper.make_tensor_value_info(name, kind, shape) for name, kind in inputs],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, "tags"])],
        ),
        str(path),
    )
