"""The labelled calls: reading both file formats, splitting by call, targets and masks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from coach.domain.call import Role
from coach.domain.labels import LabelId
from coach.language.who_may import allowed_labels

LABELS = tuple(LabelId)
INDEX = {label: i for i, label in enumerate(LABELS)}
COACHED = {"collection": Role.AGENT, "negotiation": Role.CUSTOMER}
SPEAKERS = {"A": Role.AGENT, "C": Role.CUSTOMER, "T": Role.THIRD_PARTY}
SCRIPTS = {"zh": "simplified", "zh-Hant": "traditional", "en": "latin"}
WHOLE_CALL_LINES = 8
PAIR = re.compile(r"^(.*\d)([ab])$")
GROUP = re.compile(r"^(.*\d)[a-e]$")
HEARD = re.compile(r"-h\d+[a-e]?$")

Split = Literal["train", "validation", "test"]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """A turn of the data; ``labels`` None where it is context only."""

    role: Role
    text: str
    labels: frozenset[LabelId] | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A call or a fragment of one; ``pair`` is the common stem of a minimal pair's two members."""

    id: str
    file: str
    language: str
    script: str
    coached: Role
    lines: tuple[Line, ...]
    pair: str | None = None


def _labels(names: Iterable[str]) -> frozenset[LabelId]:
    return frozenset(LabelId(name) for name in names)


def _pair(identity: str) -> str | None:
    match = PAIR.match(identity)
    return match[1] if match else None


def _from_json(record: dict[str, object], file: str) -> Piece:
    def line(turn: dict[str, object]) -> Line:
        names = turn.get("labels")
        labels = None if names is None else _labels(names)  # type: ignore[arg-type]
        return Line(Role(str(turn["speaker"])), str(turn["text"]), labels)

    if "turns" in record:
        lines = tuple(line(turn) for turn in record["turns"])  # type: ignore[attr-defined]
    else:
        previous = record["prev"]
        lines = (line(previous),) if previous else ()  # type: ignore[arg-type]
        lines += (line(record),)
    text = "".join(one.text for one in lines)
    script = str(record.get("script", "latin" if record["lang"] == "en" else script_of(text)))
    identity = str(record["id"])
    return Piece(
        identity, file, str(record["lang"]), script, COACHED[str(record["playbook"])], lines, _pair(identity)
    )


def script_of(text: str) -> str:
    """Simplified or traditional, by characters that occur in one of them only."""
    hits = sum(character in "們這個還錢會說話時間後麼請單號過對沒來電給與讓應該嗎" for character in text)
    return "traditional" if hits >= max(2, len(text) // 25) else "simplified"


def read_jsonl(path: Path) -> Iterator[Piece]:
    """Pieces of a file of calls or of single turns."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _from_json(json.loads(line), path.stem)


def read_calls(path: Path) -> Iterator[Piece]:
    """Pieces of a plain text file: a head line, then one turn a line, and a blank line between pieces."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    for block in blocks:
        rows = [row for row in block.splitlines() if row.strip() and not row.startswith("# ")]
        if not rows:
            continue
        try:
            yield _piece(rows, path.stem)
        except (ValueError, KeyError) as wrong:
            raise SystemExit(f"{path.name}: piece {rows[0]!r}: {wrong}") from wrong


def _piece(rows: list[str], file: str) -> Piece:
    _, identity, playbook, language = rows[0].split()
    lines = []
    for row in rows[1:]:
        marks, text = row.split("|", 1)
        speaker, names = marks.split()
        labels = None if names == "?" else _labels(n for n in names.split(",") if n not in ("-", ""))
        lines.append(Line(SPEAKERS[speaker], text.strip(), labels))
    coached = COACHED[playbook]
    return Piece(identity, file, language[:2], SCRIPTS[language], coached, tuple(lines), _pair(identity))


def read_folder(folder: Path) -> list[Piece]:
    """All pieces below a folder, in the order of file names."""
    pieces: list[Piece] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".jsonl":
            pieces += read_jsonl(path)
        elif path.suffix == ".calls":
            pieces += read_calls(path)
    return pieces


def stem_of(identity: str) -> str:
    """What the ids of a group of near twins, and of what was heard of them, have in common."""
    written = HEARD.sub("", identity)
    group = GROUP.match(written)
    return group[1] if group else written


def split_of(piece: Piece) -> Split:
    """By the hash of the id's stem, so that it never changes as files grow and near twins stay together.

    What was heard of a piece goes with the piece. Whole calls are fewer than fragments: a larger share.
    """
    share = int(hashlib.sha256(stem_of(piece.id).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    held_out = 0.11 if len(piece.lines) > WHOLE_CALL_LINES else 0.08
    return "test" if share < held_out else "validation" if share < 2 * held_out else "train"


def targets(piece: Piece) -> tuple[Floats, Floats]:
    """Targets and masks of shape (turns, labels)."""
    wanted = np.zeros((len(piece.lines), len(LABELS)), np.float32)
    mask = np.zeros_like(wanted)
    for row, line in enumerate(piece.lines):
        if line.labels is None:
            continue
        for label in allowed_labels(line.role, piece.coached):
            mask[row, INDEX[label]] = 1.0
            wanted[row, INDEX[label]] = float(label in line.labels)
    return wanted, mask
