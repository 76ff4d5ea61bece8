"""Sound that packages hold and this repository does not, fetched by name and hash."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from sample_audio.recipe.packages import Package, fetch

MUSIC = Package("debian", "asterisk-moh-opsound-wav", "2.03-1.1",
                "8f9d808a729d305c2d3343993f21ca5e6829e411682618dc8ea7aa8bc24a566c")  # fmt: skip
"""Five pieces, CC-BY-SA-3.0, by their authors' leave."""


def hold_music(cache: Path) -> list[Path]:
    """The pieces of music."""
    return sorted((unpacked(MUSIC, cache) / "usr/share/asterisk/moh").glob("*.wav"))


def unpacked(package: Package, cache: Path) -> Path:
    """The folder with what is in a wheel or a Debian package."""
    folder = cache / f"{package.name}-{package.version}"
    if not folder.exists():
        archive, fresh = fetch(package, into=cache), folder.with_name(f"{folder.name}.part")
        if package.ecosystem == "debian":
            subprocess.run(["dpkg-deb", "-x", str(archive), str(fresh)], check=True)
        else:
            zipfile.ZipFile(archive).extractall(fresh)
        fresh.rename(folder)
    return folder
