"""A Whisper of Hugging Face's form made one of CTranslate2's, once, without torch.

The tensors' names are those of ``WhisperForConditionalGeneration``; what a tensor becomes follows the
specification that ``ctranslate2`` itself ships. Written as int8, which is what it is run with.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from coach.domain.errors import ModelError
from coach.speech.made_once import made_once
from coach.speech.safetensors import Tensors, tensors_in

if TYPE_CHECKING:
    from ctranslate2.specs import LayerSpec, WhisperSpec
    from tokenizers import Tokenizer

_OLD_TOKENIZER = ("vocab.json", "merges.txt", "added_tokens.json")
_NEEDED = (
    "encoder_layers",
    "encoder_attention_heads",
    "decoder_layers",
    "decoder_attention_heads",
    "vocab_size",
)
_NO_LANGUAGE = frozenset(
    f"<|{name}|>"
    for name in (
        "endoftext", "startoftranscript", "translate", "transcribe", "startoflm", "startofprev", "nocaptions",
        "nospeech", "notimestamps",
    )
)  # fmt: skip
_VERSION = 1


def is_hugging_face(folder: Path) -> bool:
    """Whether the folder holds weights as Hugging Face writes them."""
    return any(folder.glob("*.safetensors"))


def converted(folder: Path, cache: Path | None = None) -> Path:
    """The folder of the same model for CTranslate2, made at the first use and kept in the user's cache.

    A changed file in ``folder`` makes a new one. Raises ``ModelError`` when something is missing in it, is no
    Whisper, or there is no space.
    """
    cache = cache or Path(platformdirs.user_cache_dir("call-coach"))
    home = cache / f"whisper-{_fingerprint(folder)}"
    try:
        return made_once(
            home, lambda made: _convert(folder, made), whole=lambda kept: (kept / "model.bin").is_file()
        )
    except OSError as error:
        raise ModelError(f"{folder} cannot be converted into {cache}: {error.strerror}") from None


def _fingerprint(folder: Path) -> str:
    files = sorted(path for path in folder.iterdir() if path.suffix in (".safetensors", ".json", ".txt"))
    stats = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(json.dumps([_VERSION, str(folder.resolve()), stats]).encode()).hexdigest()[:12]


def _convert(folder: Path, made: Path) -> None:
    config = _config(folder)
    tokenizer = _tokenizer(folder)
    spec = _spec(config, tensors_in(folder))
    spec.register_vocabulary(_vocabulary(tokenizer, int(config["vocab_size"])))
    _configure(spec, folder, config, tokenizer)
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(made))
    tokenizer.save(str(made / "tokenizer.json"))
    sound = folder / "preprocessor_config.json"
    if sound.is_file():
        shutil.copyfile(sound, made / sound.name)
    else:
        features = {"feature_size": int(config.get("num_mel_bins", 80))}
        (made / sound.name).write_text(json.dumps(features), encoding="utf-8")


def _config(folder: Path) -> dict[str, Any]:
    config = _json(folder / "config.json")
    if config is None:
        raise ModelError(f"{folder} has weights and no config.json; copy the whole model folder")
    missing = [name for name in _NEEDED if name not in config]
    if config.get("model_type", "whisper") != "whisper" or missing:
        raise ModelError(f"the model in {folder} is no Whisper ({config.get('model_type', 'no model_type')})")
    return config


def _json(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ModelError(f"{path} is no JSON; copy the model folder again") from None
    if not isinstance(found, dict):
        raise ModelError(f"{path} is not what a Whisper model has there; copy the model folder again")
    return found


def _spec(config: dict[str, Any], tensors: Tensors) -> WhisperSpec:
    from ctranslate2.specs import WhisperSpec

    spec = WhisperSpec(
        config["encoder_layers"], config["encoder_attention_heads"],
        config["decoder_layers"], config["decoder_attention_heads"],
    )  # fmt: skip
    for number in (1, 2):
        conv = getattr(spec.encoder, f"conv{number}")
        conv.weight = tensors[f"encoder.conv{number}.weight"]
        conv.bias = tensors[f"encoder.conv{number}.bias"]
    for name, side in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        side.position_encodings.encodings = tensors[f"{name}.embed_positions.weight"]
        _norm(side.layer_norm, tensors, f"{name}.layer_norm")
        for number, layer in enumerate(side.layer):
            _layer(layer, tensors, f"{name}.layers.{number}")
    spec.decoder.embeddings.weight = tensors["decoder.embed_tokens.weight"]
    own = "proj_out.weight" in tensors
    spec.decoder.projection.weight = tensors["proj_out.weight" if own else "decoder.embed_tokens.weight"]
    return spec


def _layer(layer: LayerSpec, tensors: Tensors, name: str) -> None:
    _attention(layer.self_attention, tensors, f"{name}.self_attn", fused=True)
    if hasattr(layer, "attention"):
        _attention(layer.attention, tensors, f"{name}.encoder_attn", fused=False)
    _linear(layer.ffn.linear_0, tensors, f"{name}.fc1")
    _linear(layer.ffn.linear_1, tensors, f"{name}.fc2")
    _norm(layer.ffn.layer_norm, tensors, f"{name}.final_layer_norm")


def _attention(spec: LayerSpec, tensors: Tensors, name: str, *, fused: bool) -> None:
    """Query, key and value in one matrix, or the query by itself where it comes from another side."""
    from ctranslate2.converters.utils import fuse_linear
    from ctranslate2.specs.common_spec import LinearSpec

    parts = [LinearSpec() for _ in "qkv"]
    for part, letter in zip(parts, "qkv", strict=True):
        _linear(part, tensors, f"{name}.{letter}_proj")
    if fused:
        fuse_linear(spec.linear[0], parts)
    else:
        fuse_linear(spec.linear[0], parts[:1])
        fuse_linear(spec.linear[1], parts[1:])
    _linear(spec.linear[-1], tensors, f"{name}.out_proj")
    _norm(spec.layer_norm, tensors, f"{name}_layer_norm")


def _linear(spec: LayerSpec, tensors: Tensors, name: str) -> None:
    spec.weight = tensors[f"{name}.weight"]
    if f"{name}.bias" in tensors:
        spec.bias = tensors[f"{name}.bias"]


def _norm(spec: LayerSpec, tensors: Tensors, name: str) -> None:
    spec.gamma = tensors[f"{name}.weight"]
    spec.beta = tensors[f"{name}.bias"]


def _tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer; put together from the parts that older tools write where it must be."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    if (folder / "tokenizer.json").is_file():
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    if not all((folder / name).is_file() for name in _OLD_TOKENIZER):
        raise ModelError(
            f"{folder} has no tokenizer: tokenizer.json, or {', '.join(_OLD_TOKENIZER)}; copy them from the "
            "model that it was trained from"
        )
    tokenizer = Tokenizer(models.BPE.from_file(*(str(folder / name) for name in _OLD_TOKENIZER[:2])))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    added = _json(folder / _OLD_TOKENIZER[2]) or {}
    for token in sorted(added, key=lambda token: int(added[token])):
        tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False)])
    return tokenizer


def _vocabulary(tokenizer: Tokenizer, size: int) -> list[str]:
    """Tokens by id; times, which some tokenizers leave out, fill it up to the model's size."""
    known = sorted(tokenizer.get_vocab(with_added_tokens=True).items(), key=lambda item: item[1])
    tokens = [token for token, _ in known[:size]]
    return [*tokens, *(f"<|{number * 0.02:.2f}|>" for number in range(size - len(tokens)))]


def _configure(spec: WhisperSpec, folder: Path, config: dict[str, Any], tokenizer: Tokenizer) -> None:
    """Which tokens are never written, which are languages, which heads tell a word's time."""
    habits = _json(folder / "generation_config.json")
    chosen = config if habits is None else habits
    spec.config.suppress_ids = chosen.get("suppress_tokens")
    spec.config.suppress_ids_begin = chosen.get("begin_suppress_tokens")
    spec.config.lang_ids = sorted((habits or {}).get("lang_to_id", {}).values()) or list(
        _languages(tokenizer)
    )
    layers, heads = config["decoder_layers"], config["decoder_attention_heads"]
    by_default = [list(pair) for pair in product(range(layers // 2, layers), range(heads))]
    spec.config.alignment_heads = (habits or {}).get("alignment_heads") or by_default


def _languages(tokenizer: Tokenizer) -> Iterator[int]:
    for number, token in sorted(tokenizer.get_added_tokens_decoder().items()):
        name = token.content
        if name.startswith("<|") and name not in _NO_LANGUAGE and not name[2:3].isdigit():
            yield number
