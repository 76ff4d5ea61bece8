"""What the command hands over: a review as text, into a file or to stdout, and why an input failed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coach.domain.errors import CoachError
from coach.report.kinds import BINARY, Kind

if TYPE_CHECKING:
    from coach.domain.review import Review
    from coach.domain.text import UiLanguage

LONGEST_STEM_BYTES = 200
SHOWN = (Kind.TEXT, Kind.JSON)
"""What is read at this terminal or by a program here, and masked only when asked."""


def render(review: Review, kind: Kind, *, masked: bool, language: UiLanguage, recording: Path) -> bytes:
    """The review as a file of that kind; one line for JSON. Raises ``CoachError`` where there can be none."""
    from coach.report.export import export

    if kind is Kind.AUDIO:
        return covered_sound(recording, review)
    if masked and kind in SHOWN:
        # What a program or this terminal reads keeps its ids and its name; only what was said is masked.
        from coach.language.redact import redact_review

        review = redact_review(review)
    return export(
        review, kind, language=language, made_at=datetime.now(UTC), full_text=not masked or kind in SHOWN
    )


def covered_sound(recording: Path, review: Review) -> bytes:
    """The recording as MP3 with a tone over personal data; raises ``CoachError`` for a written transcript."""
    from coach.audio.bleep import bleeped_mp3
    from coach.work_folder import work_folder

    if recording.suffix.lower() == ".json":
        raise CoachError("is a written transcript and has no sound; choose another --format")
    with work_folder() as folder:
        path = bleeped_mp3(recording, review.observed, into=folder / "covered.mp3", folder=folder)
        return path.read_bytes()


def is_masked(kind: Kind, *, redact: bool, full_text: bool) -> bool:
    """Whether personal data is masked: always in what is handed on, unless ``--full-text`` says otherwise.

    Raises wrong usage for what contradicts itself.
    """
    if redact and full_text:
        raise typer.BadParameter("--redact and --full-text: say one of them")
    if kind is Kind.AUDIO and full_text:
        raise typer.BadParameter("--full-text: sound with nothing covered is the recording itself")
    return redact if kind in SHOWN else not full_text


def out_folder(out: Path) -> None:
    """Make the folder of ``--out``; raises wrong usage where nothing can be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = "it is a file" if isinstance(error, FileExistsError) else error.strerror
        raise typer.BadParameter(f"--out {shown(out)}: {what}; name a folder") from None
    if not os.access(out, os.W_OK | os.X_OK):
        raise typer.BadParameter(f"--out {shown(out)}: nothing can be written there; name another folder")


def file_names(inputs: Iterable[Path], ending: str) -> list[str]:
    """One name an input: its own, with a number where another has it (also where capitals do not count)."""
    taken: set[str] = set()
    names = []
    for path in inputs:
        stem = path.stem.encode("utf-8", "replace")[:LONGEST_STEM_BYTES].decode("utf-8", "ignore")
        name, count = f"{stem}{ending}", 1
        while name.casefold() in taken:
            count += 1
            name = f"{stem}-{count}{ending}"
        taken.add(name.casefold())
        names.append(name)
    return names


def spare_inputs(inputs: Iterable[Path], files: Iterable[Path]) -> None:
    """Raises wrong usage when a review would be written over one of the inputs."""
    read = {path.resolve() for path in inputs}
    for file in files:
        if file.resolve() in read:
            raise typer.BadParameter(
                f"--out: {shown(file)} is one of the inputs and would be written over; name another folder"
            )


def write_file(file: Path, data: bytes) -> None:
    """Write the whole file or nothing; raises ``OSError``."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def for_a_folder(kind: Kind, out: Path | None) -> None:
    """Raises wrong usage where a file of that kind would go to the terminal."""
    if kind in BINARY and out is None:
        raise typer.BadParameter(f"--format {kind.value} is no text; name a folder with --out")


def print_text(data: bytes) -> None:
    """Write to stdout; when nobody reads on, or nothing fits, the command ends with exit code 1."""
    try:
        sys.stdout.write(data.decode("utf-8-sig"))
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer cannot be written either, and would be complained of at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"coach: stdout: {error.strerror}", file=sys.stderr)
        raise typer.Exit(1) from None


def complain(path: Path, error: Exception) -> None:
    """One line on stderr: which input, and what to do."""
    print(f"coach: {shown(path)}: {_reason(error).removeprefix(path.name).lstrip(': ')}", file=sys.stderr)


def shown(text: Path | str) -> str:
    """Text of others without what would steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(text))


def _reason(error: Exception) -> str:
    if isinstance(error, CoachError):
        return "\n".join(map(shown, str(error).splitlines()))
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return f"a mistake in Call Coach ({type(error).__name__} in {_place(error)}); please report it"


def _place(error: Exception) -> str:
    """Where our own code was; never the words of the error, which may be those of the call."""
    place, step = "?", error.__traceback__
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        if "coach" in file.parts:
            place = f"{file.name}:{step.tb_lineno}"
        step = step.tb_next
    return place
