"""``coach review`` and ``coach samples``."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.progress import ProgressLine
from coach.domain.errors import CoachError

if TYPE_CHECKING:
    from coach.assembly import Options, Reviewer
    from coach.domain.review import Review
    from coach.domain.text import UiLanguage


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


class Format(StrEnum):
    """How a review is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class Reader(StrEnum):
    """The language of the reasons and the advice."""

    ZH = "zh"
    EN = "en"


_ENDINGS = {Format.TEXT: ".txt", Format.JSON: ".json", Format.HTML: ".html"}


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
    output: Annotated[Format, typer.Option("--format", help="How to write the review.")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(help="Folder for one file an input; otherwise stdout.")] = None,
    redact: Annotated[bool, typer.Option("--redact", help="Mask personal data.")] = False,
    asr_model: Annotated[
        str | None, typer.Option(help="Whisper size (base, small, …) or the path of a CTranslate2 model.")
    ] = None,
    text_language: Annotated[
        Reader, typer.Option("--text", help="Language of reasons and advice.")
    ] = Reader.ZH,
) -> None:
    """Review recordings or written transcripts and print scored reviews with their evidence."""
    from coach.assembly import Reviewer

    reviewer = Reviewer(_settings(asr_model))
    options = _options(playbook, language, started_at, agent_channel)
    given = _metadata(metadata)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    names = _file_names(inputs, _ENDINGS[output])
    failed = 0
    for path, file_name in zip(inputs, names, strict=True):
        try:
            found = _one(reviewer, path, options, given)
            _write(
                _render(found, output, redact, text_language.value), None if out is None else out / file_name
            )
        except (CoachError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            print(f"coach: {_shown(path)}: {reason}", file=sys.stderr)
            failed += 1
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
    known = {call.title for call in store.calls()}
    reviewer = Reviewer(settings)
    found = sample_calls(folder)
    if not found:
        raise CoachError(
            f"no sample calls in {folder}; run the command in the project's folder or name theirs"
        )
    for at, sample in enumerate(found, 1):
        if sample.title.zh in known and not again:
            continue
        line = ProgressLine(f"{at}/{len(found)} {sample.path.name}")
        stored = reviewer.review_into(
            store, sample.path, sample.options, title=sample.title.zh, on_progress=line
        )
        line.close()
        score = "–" if stored.score is None else f"{stored.score:.0f}"
        print(f"{at}/{len(found)} {sample.path.name}: {stored.verdict.value} {score}", file=sys.stderr)


def _one(reviewer: Reviewer, path: Path, options: Options, metadata: dict[str, Any]) -> Review:
    from dataclasses import replace

    own = metadata.get(path.name, metadata)
    flat = {k: v for k, v in own.items() if isinstance(v, str | float | int | bool)}
    line = ProgressLine(path.name)
    try:
        return reviewer.review(path, replace(options, metadata=flat), on_progress=line)
    finally:
        line.close()


def _settings(asr_model: str | None) -> Any:
    from dataclasses import replace

    from coach.settings import Settings

    try:
        settings = Settings.read()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return settings if asr_model is None else replace(settings, asr_model=asr_model)


def _options(playbook: str | None, language: Language, started_at: str | None, channel: Channel) -> Options:
    from coach.assembly import Options

    when = None
    if started_at is not None:
        try:
            when = datetime.fromisoformat(started_at)
        except ValueError:
            raise typer.BadParameter(
                "--started-at is not an ISO 8601 time, e.g. 2026-11-18T10:00+08:00"
            ) from None
    return Options(
        playbook=playbook,
        language=None if language is Language.AUTO else language.value,
        started_at=when,
        agent_channel=channel.value,
    )


def _metadata(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise typer.BadParameter(f"--metadata: {file.name} is not a readable JSON file") from None
    if not isinstance(found, dict):
        raise typer.BadParameter(f"--metadata: {file.name} does not hold a JSON object")
    return found


def _render(review: Review, output: Format, redact: bool, language: UiLanguage) -> str:
    if redact:
        from coach.language.redact import redact_review

        review = redact_review(review)
    match output:
        case Format.JSON:
            return json.dumps(review.to_dict(language=language), ensure_ascii=False) + "\n"
        case Format.TEXT:
            from coach.report.text import review_text

            return review_text(review, language=language) + "\n"
        case Format.HTML:
            from coach.report.html import review_html

            return review_html(review, language=language)


def _write(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _file_names(inputs: list[Path], ending: str) -> list[str]:
    """One name an input; inputs of the same name in several folders get numbers."""
    seen: dict[str, int] = {}
    names = []
    for path in inputs:
        count = seen[path.stem] = seen.get(path.stem, 0) + 1
        names.append(f"{path.stem}{'' if count == 1 else f'-{count}'}{ending}")
    return names


def _shown(path: Path) -> str:
    return "".join(c if c.isprintable() else "?" for c in str(path))
