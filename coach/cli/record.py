"""``coach record`` and ``coach devices``."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

_BAR = 30
_QUIETEST_DB = -60.0


def devices() -> None:
    """List the sound devices that can record."""
    from coach.audio.microphone import devices as recording_devices

    for device in recording_devices():
        typer.echo(f"{device.id:3} {device.name}  ({device.channels} ch, {device.samplerate} Hz)")


def record(
    out: Annotated[Path, typer.Argument(help="The wav file to write.")],
    device: Annotated[
        str | None, typer.Option(help="Number or name of the device (see coach devices).")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(help="Stop after so many seconds; otherwise Ctrl-C stops.")
    ] = None,
    channels: Annotated[int, typer.Option(min=1, max=2, help="1 or 2 channels.")] = 1,
    rate: Annotated[int, typer.Option(min=8000, max=48000, help="Samples a second.")] = 16_000,
    force: Annotated[bool, typer.Option("--force", help="Write over an existing file.")] = False,
    then_review: Annotated[
        bool, typer.Option("--review", help="Review the recording when it is done.")
    ] = False,
) -> None:
    """Record from a sound device; Ctrl-C stops cleanly and keeps what was heard."""
    from coach.audio.microphone import record as record_device

    if out.exists() and not force:
        raise typer.BadParameter(f"{out.name} exists already; choose another name or pass --force")
    stop = threading.Event()
    previous = signal.signal(signal.SIGINT, lambda *_: stop.set())
    print("recording; Ctrl-C stops", file=sys.stderr)

    def heard(elapsed: float, level_db: float) -> None:
        _show_level(elapsed, level_db)
        if seconds is not None and elapsed >= seconds:
            stop.set()

    try:
        length = record_device(
            out, device=_device(device), channels=channels, samplerate=rate, stop=stop, on_level=heard
        )
    finally:
        signal.signal(signal.SIGINT, previous)
    print(f"\n{out.name}: {length:.1f} s", file=sys.stderr)
    if then_review:
        from coach.cli.review import review

        review([out])


def _device(name: str | None) -> int | str | None:
    return int(name) if name is not None and name.isdecimal() else name


def _show_level(elapsed: float, level_db: float) -> None:
    if sys.stderr.isatty():
        bar = "#" * round(max(0.0, 1 - level_db / _QUIETEST_DB) * _BAR)
        print(f"\r{elapsed:7.1f} s |{bar:<{_BAR}}|", end="", file=sys.stderr, flush=True)
