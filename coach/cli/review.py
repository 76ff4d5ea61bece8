"""``coach review`` and ``coach samples``."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.metadata import Metadata, read_metadata
from coach.cli.output import (
    complain,
    file_names,
    for_a_folder,
    is_masked,
    out_folder,
    print_text,
    render,
    shown,
    spare_inputs,
    write_file,
)
from coach.cli.progress import ProgressLine
from coach.domain.errors import CoachError, PlaybookError
from coach.domain.time import FIRST_YEAR, LAST_YEAR, call_time
from coach.report.kinds import ENDINGS, Kind

if TYPE_CHECKING:
    from coach.assembly import Options, Reviewer
    from coach.domain.review import Review


class Language(StrEnum):
    """The language of the call."""

    AUTO = "auto"
    ZH = "zh"
    EN = "en"


class Channel(StrEnum):
    """The channel of a stereo recording on which the agent speaks."""

    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


class Reader(StrEnum):
    """The language of the reasons and the advice."""

    ZH = "zh"
    EN = "en"


def review(
    inputs: Annotated[
        list[Path], typer.Argument(help="Recordings (anything FFmpeg reads) or transcripts (.json).")
    ],
    playbook: Annotated[
        str | None, typer.Option(help="collection, negotiation or the path of a playbook (YAML).")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of the call.")] = Language.AUTO,
    started_at: Annotated[
        str | None,
        typer.Option(
            help="When the call began, e.g. 2026-11-18T10:00+08:00; dates said are resolved from it."
        ),
    ] = None,
    agent_channel: Annotated[
        Channel, typer.Option(help="Channel of the agent in a stereo recording.")
    ] = Channel.AUTO,
    metadata: Annotated[
        Path | None,
        typer.Option(help="JSON object of call metadata for the playbook, or one keyed by file name."),
    ] = None,
    output: Annotated[Kind, typer.Option("--format", help="How to write the review.")] = Kind.TEXT,
    out: Annotated[Path | None, typer.Option(help="Folder for one file an input; otherwise stdout.")] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Mask personal data in text and json; elsewhere it is masked.")
    ] = False,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Do not mask personal data in html, pdf, xlsx and so on.")
    ] = False,
    asr_model: Annotated[
        str | None,
        typer.Option(help="base-calls, a Whisper size (base, small, …) or the path of a model."),
    ] = None,
    no_correction: Annotated[
        bool, typer.Option("--no-correction", help="Leave the words as recognised: mend none by sound.")
    ] = False,
    text_language: Annotated[
        Reader, typer.Option("--text", help="Language of reasons and advice.")
    ] = Reader.ZH,
) -> None:
    """Review recordings or written transcripts and print scored reviews with their evidence."""
    from coach.assembly import Reviewer

    masked = is_masked(output, redact=redact, full_text=full_text)
    for_a_folder(output, out)
    reviewer = Reviewer(_settings(asr_model, correct_words=not no_correction))
    options = _options(playbook, language, started_at, agent_channel)
    if options.playbook is not None:
        _check_playbook(reviewer, options.playbook)
    given = _metadata(metadata)
    files: list[Path | None] = [None] * len(inputs)
    if out is not None:
        out_folder(out)
        files = [out / name for name in file_names(inputs, ENDINGS[output])]
        spare_inputs(inputs, [file for file in files if file is not None])
    failed = 0
    for path, file in zip(inputs, files, strict=True):
        try:
            found = _one(reviewer, path, options, given)
            data = render(found, output, masked=masked, language=text_language.value, recording=path)
            if file is not None:
                write_file(file, data)
        except Exception as error:  # whatever is wrong with one input, the others are still to be done
            complain(path, error)
            failed += 1
            continue
        if file is None:
            print_text(data)
    if failed:
        raise typer.Exit(1)


def samples(
    folder: Annotated[Path, typer.Argument(help="Folder with the sample calls.")] = Path("sample_audio"),
    again: Annotated[bool, typer.Option("--again", help="Review also those that the store has.")] = False,
) -> None:
    """Review the sample calls into the store, so that the page has something to show."""
    from coach.assembly import Reviewer, open_store
    from coach.samples import sample_calls

    settings = _settings(None)
    store = open_store(settings)
    reviewer = Reviewer(settings)
    found = sample_calls(folder)
    if not found:
        raise CoachError(
            f"no sample calls in {folder}; run the command in the project's folder or name theirs"
        )
    for at, sample in enumerate(found, 1):
        if not again and sample.title.zh in {call.title for call in store.calls()}:
            continue  # asked anew each time: another process may be at the same work
        line = ProgressLine(f"{at}/{len(found)} {sample.path.name}")
        stored = reviewer.review_into(
            store, sample.path, sample.options, title=sample.title.zh, on_progress=line
        )
        line.close()
        score = "–" if stored.score is None else f"{stored.score:.0f}"
        print(f"{at}/{len(found)} {sample.path.name}: {stored.verdict.value} {score}", file=sys.stderr)


def _one(reviewer: Reviewer, path: Path, options: Options, metadata: Metadata) -> Review:
    from dataclasses import replace

    line = ProgressLine(path.name)
    try:
        return reviewer.review(path, replace(options, metadata=metadata.of(path.name)), on_progress=line)
    finally:
        line.close()


def _check_playbook(reviewer: Reviewer, name: str) -> None:
    try:
        reviewer.playbook(name)
    except PlaybookError as error:
        raise typer.BadParameter(f"--playbook: {shown(str(error))}") from None


def _settings(asr_model: str | None, *, correct_words: bool = True) -> Any:
    from dataclasses import replace

    from coach.settings import Settings

    try:
        settings = Settings.read()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if not correct_words:
        settings = replace(settings, correct_words=False)
    return settings if asr_model is None else replace(settings, asr_model=asr_model)


def _options(playbook: str | None, language: Language, started_at: str | None, channel: Channel) -> Options:
    from coach.assembly import Options

    when = None
    if started_at is not None:
        try:
            when = call_time(datetime.fromisoformat(started_at))
        except ValueError:
            raise typer.BadParameter(
                f"--started-at is no ISO 8601 time of {FIRST_YEAR} to {LAST_YEAR}, "
                "e.g. 2026-11-18T10:00+08:00"
            ) from None
    return Options(
        playbook=playbook,
        language=None if language is Language.AUTO else language.value,
        started_at=when,
        agent_channel=channel.value,
    )


def _metadata(file: Path | None) -> Metadata:
    if file is None:
        return Metadata({}, {})
    try:
        return read_metadata(file)
    except ValueError as error:
        raise typer.BadParameter(f"--metadata: {shown(file.name)}: {error}") from None
