"""A Whisper as Hugging Face keeps it is opened by its path: converted once, without torch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.domain.errors import ModelError
from coach.speech import hf_whisper, safetensors, weights

SIZE, FEED, LAYERS, HEADS = 16, 32, 2, 2
WORD, LANGUAGES, EOT, VOCABULARY = 104, 99, 50_257, 51_865
CONFIG = {
    "model_type": "whisper",
    "d_model": SIZE,
    "encoder_layers": LAYERS,
    "encoder_attention_heads": HEADS,
    "decoder_layers": LAYERS,
    "decoder_attention_heads": HEADS,
    "vocab_size": VOCABULARY,
    "num_mel_bins": 80,
    "suppress_tokens": [EOT],
    "begin_suppress_tokens": [EOT],
}


def shapes() -> dict[str, tuple[int, ...]]:
    """Every tensor of a small Whisper."""
    found: dict[str, tuple[int, ...]] = {
        "model.encoder.conv1.weight": (SIZE, 80, 3),
        "model.encoder.conv1.bias": (SIZE,),
        "model.encoder.conv2.weight": (SIZE, SIZE, 3),
        "model.encoder.conv2.bias": (SIZE,),
        "model.encoder.embed_positions.weight": (1_500, SIZE),
        "model.decoder.embed_positions.weight": (448, SIZE),
        "model.decoder.embed_tokens.weight": (VOCABULARY, SIZE),
    }
    norms = ["encoder.layer_norm", "decoder.layer_norm"]
    for side, attentions in (("encoder", ["self_attn"]), ("decoder", ["self_attn", "encoder_attn"])):
        for number in range(LAYERS):
            name = f"{side}.layers.{number}"
            norms += [f"{name}.{attention}_layer_norm" for attention in attentions]
            norms.append(f"{name}.final_layer_norm")
            for attention in attentions:
                for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                    found[f"model.{name}.{attention}.{part}.weight"] = (SIZE, SIZE)
                    if part != "k_proj":
                        found[f"model.{name}.{attention}.{part}.bias"] = (SIZE,)
            found |= {f"model.{name}.fc1.weight": (FEED, SIZE), f"model.{name}.fc1.bias": (FEED,)}
            found |= {f"model.{name}.fc2.weight": (SIZE, FEED), f"model.{name}.fc2.bias": (SIZE,)}
    for norm in norms:
        found |= {f"model.{norm}.weight": (SIZE,), f"model.{norm}.bias": (SIZE,)}
    return found


def weights_that_say(word: int) -> dict[str, np.ndarray]:
    """Random weights, but whatever is heard, the last layer points to one word."""
    rng = np.random.default_rng(3)
    found = {name: rng.normal(0, 0.1, shape).astype(np.float32) for name, shape in shapes().items()}
    found["model.decoder.layer_norm.weight"][:] = 0.0
    found["model.decoder.layer_norm.bias"][:] = np.eye(SIZE)[5] * 4
    found["model.decoder.embed_tokens.weight"][:, 5] = 0.0
    found["model.decoder.embed_tokens.weight"][word, 5] = 8.0
    return found


def write_safetensors(path: Path, tensors: dict[str, np.ndarray], kind: str = "F32") -> None:
    header, data = {}, b""
    for name, tensor in tensors.items():
        match kind:
            case "F32":
                raw = tensor.astype("<f4").tobytes()
            case "F16":
                raw = tensor.astype("<f2").tobytes()
            case _:
                raw = (tensor.astype("<f4").view("<u4") >> 16).astype("<u2").tobytes()
        header[name] = {
            "dtype": kind,
            "shape": tensor.shape,
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    written = json.dumps(header).encode()
    path.write_bytes(len(written).to_bytes(8, "little") + written + data)


def special_tokens() -> list[str]:
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES[:LANGUAGES]]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    return ["<|endoftext|>", "<|startoftranscript|>", *languages, *(f"<|{task}|>" for task in tasks)]


def old_tokenizer(folder: Path) -> None:
    """The files of a tokenizer as older tools write it, with Whisper's numbers."""
    from tokenizers.pre_tokenizers import ByteLevel

    known = {letter: number for number, letter in enumerate(sorted(ByteLevel.alphabet()))}
    known |= {f"filler{number}": number for number in range(len(known), EOT - 1)}
    known[""] = EOT - 1  # by this the recogniser knows a multilingual model
    (folder / "vocab.json").write_text(json.dumps(known), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    added = {token: EOT + number for number, token in enumerate(special_tokens())}
    (folder / "added_tokens.json").write_text(json.dumps(added), encoding="utf-8")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "whisper-of-our-office"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    old_tokenizer(folder)
    write_safetensors(folder / "model.safetensors", weights_that_say(WORD))
    return folder


@pytest.fixture(scope="module")
def opened(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from faster_whisper import WhisperModel

    folder = hf_whisper.converted(model, tmp_path_factory.mktemp("cache"))
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def test_what_the_weights_say_is_heard(opened: Any) -> None:
    assert opened.model.is_multilingual
    segments, info = opened.transcribe(
        np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32),
        language="zh",
        beam_size=1,
        temperature=0.0,
        without_timestamps=True,
        max_new_tokens=4,
    )
    tokens = [token for segment in segments for token in segment.tokens if token < EOT]
    assert info.language == "zh"
    assert set(tokens) == {WORD}


def test_the_pieces_of_attention_lie_in_the_order_query_key_value(model: Path) -> None:
    tensors = safetensors.tensors_in(model)
    spec = hf_whisper._spec(CONFIG, tensors)
    name = "decoder.layers.1.encoder_attn"
    query, both, out = spec.decoder.layer[1].attention.linear
    assert np.array_equal(query.weight, tensors[f"{name}.q_proj.weight"])
    assert np.array_equal(both.weight[:SIZE], tensors[f"{name}.k_proj.weight"])
    assert np.array_equal(both.bias, np.concatenate([np.zeros(SIZE), tensors[f"{name}.v_proj.bias"]]))
    assert np.array_equal(out.weight, tensors[f"{name}.out_proj.weight"])
    own = spec.encoder.layer[0].self_attention.linear[0].weight
    assert np.array_equal(own[SIZE : 2 * SIZE], tensors["encoder.layers.0.self_attn.k_proj.weight"])


def test_languages_are_told_from_the_other_special_tokens(opened: Any, tmp_path: Path, model: Path) -> None:
    made = json.loads((hf_whisper.converted(model, tmp_path) / "config.json").read_text(encoding="utf-8"))
    assert made["lang_ids"] == list(range(EOT + 2, EOT + 2 + LANGUAGES))
    assert made["alignment_heads"] == [[1, 0], [1, 1]]


def test_a_model_is_converted_once_and_again_when_it_changed(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in model.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    first = hf_whisper.converted(copy, tmp_path / "cache")
    written = (first / "model.bin").stat().st_mtime_ns
    assert hf_whisper.converted(copy, tmp_path / "cache") == first
    assert (first / "model.bin").stat().st_mtime_ns == written
    write_safetensors(copy / "model.safetensors", weights_that_say(WORD + 1), "F16")
    assert hf_whisper.converted(copy, tmp_path / "cache") != first
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda _name: str(tmp_path / "cache"))
    assert (Path(weights.resolve_model(str(copy))) / "model.bin").is_file()


def test_nothing_of_it_needs_torch(opened: Any) -> None:
    assert "torch" not in sys.modules


@pytest.mark.parametrize(("kind", "near"), [("F32", 0.0), ("F16", 1e-3), ("BF16", 8e-3)])
def test_numbers_are_read_in_every_kind(kind: str, near: float, tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).normal(0, 1, (7, 3)).astype(np.float32)
    write_safetensors(
        tmp_path / "a.safetensors", {"model.first": numbers[:2], "proj_out.weight": numbers}, kind
    )
    tensors = safetensors.tensors_in(tmp_path)
    assert "first" in tensors
    assert np.allclose(tensors["proj_out.weight"], numbers, rtol=near, atol=0)


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _cut(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])


def _other_model(folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps({"model_type": "wav2vec2"}), encoding="utf-8")


def _half_the_layers(folder: Path) -> None:
    kept = {name: tensor for name, tensor in weights_that_say(WORD).items() if "layers.1" not in name}
    write_safetensors(folder / "model.safetensors", kept)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_without("config.json"), "no config.json"),
        (_without("merges.txt"), "has no tokenizer"),
        (_cut, "ends within|lacks"),
        (_other_model, "is no Whisper"),
        (_half_the_layers, "lacks encoder.layers.1"),
    ],
)
def test_what_is_wrong_with_a_model_is_said(
    damage: Callable[[Path], None], says: str, model: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in model.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    damage(copy)
    with pytest.raises(ModelError, match=says):
        hf_whisper.converted(copy, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []
