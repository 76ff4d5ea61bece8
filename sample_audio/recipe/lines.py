"""`python -m sample_audio.recipe.lines`: read aloud the hard lines of `coach/practice/drill.yaml`."""

from __future__ import annotations

from typing import Any

import yaml

from coach.practice.lines import SOUNDS, sound_name
from sample_audio.recipe import delivery, encode
from sample_audio.recipe.__main__ import CACHE
from sample_audio.recipe.mix import SPEECH_LEVEL_DB
from sample_audio.recipe.noises import Samples
from sample_audio.recipe.voices import Reader

CATALOGUE = SOUNDS.parent / "drill.yaml"
ENCODING = encode.Encoding("opus", 16_000, ("-c:a", "libopus", "-b:a", "16k", "-application", "voip"))
LOUDER_DB = 6.0
"""Against a call: a single line is played to a room."""


def main() -> None:
    """Render what is missing, delete what no line has any more."""
    lines = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    wanted = {SOUNDS / sound_name(one["id"], one["line"]): one for one in lines}
    for old in set(SOUNDS.glob("*.opus")) - set(wanted):
        old.unlink()
    reader = Reader(CACHE)
    for file, one in wanted.items():
        if not file.is_file():
            encode.encode(_spoken(one, reader), to=file, encoding=ENCODING)
            print(f"{file.name}: {file.stat().st_size} bytes", flush=True)


def _spoken(line: dict[str, Any], reader: Reader) -> Samples:
    voice, text = line["voice"], line["line"]
    for written, sounds in voice.get("say", {}).items():
        if written not in text:
            raise ValueError(f"{line['id']}: say: {written!r} is not in the line")
        text = text.replace(written, sounds)
    said = reader.read(text, voice=voice["name"], language=line["language"])
    level_db = SPEECH_LEVEL_DB + LOUDER_DB
    if voice.get("raised", 0):
        said = delivery.raised(said, delivery.EFFORTS[voice["raised"]])
        level_db += 3.0
    return delivery.limited(delivery.telephone(delivery.at_level(said, level_db)))[:, None]


if __name__ == "__main__":
    main()
