"""A change is put on the weights once, exactly, at once or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.domain.errors import ModelError
from coach.speech import adapted
from coach.speech.loaded import LoadedWhisper
from coach.speech.weights import MODEL_SHA256, SMALL, Packed, digest_of

RANDOM = np.random.default_rng(0)
MATRICES = {
    "decoder/layer_0/ffn/linear_0/weight": RANDOM.normal(size=(6, 4)).astype(np.float16),
    "decoder/layer_0/ffn/linear_0/bias": RANDOM.normal(size=6).astype(np.float16),
    "encoder/layer_0/ffn/linear_1/weight": RANDOM.normal(size=(4, 6)).astype(np.float16),
}
CHANGED = "decoder/layer_0/ffn/linear_0/weight"
UP, DOWN = RANDOM.normal(size=(6, 2)).astype(np.float16), RANDOM.normal(size=(2, 4)).astype(np.float16)
NAME = "whisper-base-calls"
SHIPPED = Path(__file__).parents[2] / "models" / "speech_recognition"


def model_file(path: Path) -> None:
    """A file of the form of CTranslate2 with ``MATRICES`` and a switch."""
    data = struct.pack("<I", 6) + _text("WhisperSpec") + struct.pack("<II", 3, len(MATRICES) + 1)
    data += _text("decoder/alibi") + struct.pack("<BBI", 0, 1, 1) + b"\0"
    for name, values in MATRICES.items():
        data += _text(name) + struct.pack(f"<B{values.ndim}I", values.ndim, *values.shape)
        data += struct.pack("<BI", 4, values.nbytes) + values.tobytes()
    path.write_bytes(data + struct.pack("<I", 0))


def _text(text: str) -> bytes:
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The weights of the package."""
    folder = tmp_path / "base"
    folder.mkdir()
    model_file(folder / "model.bin")
    for name in SMALL:
        (folder / name).write_text("{}")
    return folder


def packed(folder: Path) -> Packed:
    """The weights of a folder as if a package had them."""

    def fill(fresh: Path) -> None:
        for name in ("model.bin", *SMALL):
            shutil.copyfile(folder / name, fresh / name)

    return Packed((folder / "model.bin").stat().st_size, fill)


@pytest.fixture
def change(tmp_path: Path, base: Path) -> Path:
    """A change with its manifest."""
    folder = tmp_path / "change"
    folder.mkdir()
    np.savez(folder / "change.npz", **{f"{CHANGED}:up": UP, f"{CHANGED}:down": DOWN})
    patched = tmp_path / "patched.bin"
    shutil.copyfile(base / "model.bin", patched)
    adapted.patch(patched, {CHANGED: (UP, DOWN)})
    pinned = {"sha256": hashlib.sha256((folder / "change.npz").read_bytes()).hexdigest()}
    manifest = {
        "name": NAME,
        "model_sha256": hashlib.sha256(patched.read_bytes()).hexdigest(),
        "files": {"change.npz": pinned},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_only_the_changed_matrix_changes_and_by_the_product(base: Path, change: Path, tmp_path: Path) -> None:
    home = adapted.adapted_base(packed(base), change, tmp_path / "cache")
    found = {place.name: place.values(home / "model.bin") for place in adapted.places(home / "model.bin")}
    for name, values in MATRICES.items():
        added = UP.astype(np.float64) @ DOWN.astype(np.float64) if name == CHANGED else 0.0
        assert np.array_equal(found[name], (values + added).astype(np.float16)), name
    assert sorted(path.name for path in home.iterdir()) == sorted(("model.bin", *SMALL))
    assert (home / "model.bin").stat().st_size == (base / "model.bin").stat().st_size


def test_the_weights_of_the_package_stay_as_they_are(base: Path, change: Path, tmp_path: Path) -> None:
    before = (base / "model.bin").read_bytes()
    adapted.adapted_base(packed(base), change, tmp_path / "cache")
    assert (base / "model.bin").read_bytes() == before


def test_it_is_made_once_and_a_cut_one_anew(base: Path, change: Path, tmp_path: Path) -> None:
    home = adapted.adapted_base(packed(base), change, tmp_path / "cache")
    whole, written = (home / "model.bin").read_bytes(), (home / "model.bin").stat().st_mtime_ns
    assert adapted.adapted_base(packed(base), change, tmp_path / "cache") == home
    assert (home / "model.bin").stat().st_mtime_ns == written
    (home / "model.bin").write_bytes(whole[:-5])
    adapted.adapted_base(packed(base), change, tmp_path / "cache")
    assert (home / "model.bin").read_bytes() == whole


def test_many_at_once_get_one_whole_model(base: Path, change: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        homes = set(
            pool.map(lambda _: adapted.adapted_base(packed(base), change, tmp_path / "cache"), range(16))
        )
    (home,) = homes
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [home.name]


def another_change(change: Path, _base: Path) -> None:
    """The factors are others than the manifest's."""
    np.savez(change / "change.npz", **{f"{CHANGED}:up": UP * 2, f"{CHANGED}:down": DOWN})


def another_result(change: Path, _base: Path) -> None:
    """The manifest expects other weights."""
    manifest = json.loads((change / "manifest.json").read_text())
    (change / "manifest.json").write_text(json.dumps({**manifest, "model_sha256": "0" * 64}))


def no_manifest(change: Path, _base: Path) -> None:
    """Nothing says what the file should be."""
    (change / "manifest.json").unlink()


def another_form(_change: Path, base: Path) -> None:
    """The weights are of a version of the form that is not known."""
    data = (base / "model.bin").read_bytes()
    (base / "model.bin").write_bytes(struct.pack("<I", 7) + data[4:])


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (another_change, "not the file that its manifest names"),
        (another_result, "changed weights of whisper-base are not those .* --asr-model base"),
        (no_manifest, "missing or broken; .* --asr-model base"),
        (another_form, "does not fit these weights of whisper-base: model.bin has the form 7"),
    ],
)
def test_what_does_not_fit_is_explained_and_leaves_nothing(
    base: Path, change: Path, tmp_path: Path, damage: Callable[[Path, Path], None], says: str
) -> None:
    damage(change, base)
    with pytest.raises(ModelError, match=says):
        adapted.adapted_base(packed(base), change, tmp_path / "cache")
    cache = tmp_path / "cache"
    assert not cache.exists() or list(cache.iterdir()) == []


def test_a_full_disk_is_named_with_the_room_that_is_needed(
    base: Path, change: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_paths: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(ModelError, match="No space left on device; about 150 MB are needed"):
        adapted.adapted_base(packed(base), change, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "opened"),
    [("base-calls", "changed"), ("base", "as it is: base"), ("/some/folder", "as it is: /some/folder")],
)
def test_only_base_calls_names_the_change(
    name: str, opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setenv("COACH_MODELS_DIR", str(tmp_path))
    monkeypatch.setattr(adapted, "packed_base", lambda: "as the packages have it")
    monkeypatch.setattr(
        adapted, "adapted_base", lambda _base, change, _cache: asked.append(change) or "changed"
    )
    monkeypatch.setattr(adapted, "resolve_model", lambda model: f"as it is: {model}")
    assert adapted.model_folder(name) == opened
    assert asked == ([tmp_path / "speech_recognition"] if name == "base-calls" else [])
    assert LoadedWhisper(name).name == f"whisper-{name}"


def test_the_shipped_change_is_the_one_that_its_manifest_names() -> None:
    manifest = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))
    assert digest_of(SHIPPED / "change.npz") == manifest["files"]["change.npz"]["sha256"]
    assert manifest["base_sha256"] == MODEL_SHA256
    factors = adapted.read_factors(SHIPPED / "change.npz")
    assert len(factors) == 66
    assert all(up.dtype == down.dtype == np.float16 for up, down in factors.values())


@pytest.mark.slow
def test_the_shipped_change_fits_the_weights_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapted.platformdirs, "user_cache_dir", lambda _name: str(tmp_path))
    home = Path(adapted.model_folder("base-calls"))
    assert home.parent == tmp_path
    pinned = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["model_sha256"]
    assert digest_of(home / "model.bin") == pinned
