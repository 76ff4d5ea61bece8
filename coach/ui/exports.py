"""The route that hands out a review as a file: personal data masked unless the full text is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coach.audio.bleep import bleeped_mp3
from coach.domain.errors import CoachError, NoSuchCall, NotAllowed, RecordingError, StoreError
from coach.domain.people import AccountRole
from coach.domain.review import Review
from coach.domain.text import UiLanguage
from coach.report.export import export, file_name
from coach.report.kinds import ENDINGS, MEDIA_TYPES, Kind
from coach.report.pdf import ReportError, page_pdf_apart
from coach.store import Case
from coach.ui import i18n
from coach.ui.resources import COOKIE, people, store
from coach.work_folder import work_folder

EXPORT_PATH: Final = "coach/export"
_ONE_AT_A_TIME = Lock()
"""A PDF or a sound fills a core for seconds: one is made after the other."""


async def export_call(request: Request) -> Response:
    """``/KIND/CALL?lang=zh&full=1``: the file, or in JSON why there is none, with what to do."""
    language: UiLanguage = "en" if request.query_params.get("lang") == "en" else "zh"
    try:
        kind = Kind(request.path_params["kind"])
    except ValueError:
        return _refused(404, "no_kind", language)
    call_id, session = request.path_params["call_id"], request.cookies.get(COOKIE)
    full_text = request.query_params.get("full") == "1" and kind is not Kind.AUDIO
    try:
        made = await run_in_threadpool(_made, call_id, session, kind, language, full_text)
    except NotAllowed:
        return _refused(403, "not_yet", language)
    except StoreError:
        return _refused(404, "no_call", language)
    except ReportError as error:
        return _refused(503, "no_pdf", language, str(error))
    except RecordingError as error:
        return _refused(422, "no_sound", language, str(error))
    except CoachError as error:
        return _refused(422, "no_times", language, str(error))
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.data, media_type=MEDIA_TYPES[kind], headers=headers)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes


def _made(call_id: str, session: str | None, kind: Kind, language: UiLanguage, full_text: bool) -> _File:
    """The file of what this visitor may see of the call; raises ``NoSuchCall`` where that is nothing."""
    actor = people().actor(session)
    if actor is None:
        raise NoSuchCall("the visit has ended")
    case = store().desk(actor).case(call_id)
    full_text = full_text and actor.role is not AccountRole.TRAINER
    review = replace(case.review(), scorecard=case.card().stands)
    if kind is Kind.AUDIO:
        data = _covered(case.audio(), review)
    else:
        with _ONE_AT_A_TIME:
            data = export(
                review,
                kind,
                language=language,
                made_at=datetime.now(UTC),
                full_text=full_text,
                to_pdf=page_pdf_apart,
            )
    case.exported(f"{kind.value} {'full' if full_text else 'masked'}")
    return _File(file_name(call_id, ENDINGS[kind], full_text=full_text), data)


def keep_covered(case: Case) -> None:
    """Keep a copy of the sound with a tone over personal data, which is what trainers hear.

    Where that cannot be made, since words have no times, they hear nothing and read the masked text.
    """
    recording = case.audio()
    if recording is None:
        return
    with _ONE_AT_A_TIME, work_folder() as folder:
        try:
            made = bleeped_mp3(recording, case.review().observed, into=folder / "covered.mp3", folder=folder)
        except RecordingError:
            return
        case.keep_bleeped(made)


def _covered(recording: Path | None, review: Review) -> bytes:
    if recording is None:
        raise RecordingError("the call has no sound")
    with _ONE_AT_A_TIME, work_folder() as folder:
        made = bleeped_mp3(recording, review.observed, into=folder / "covered.mp3", folder=folder)
        return made.read_bytes()


def _refused(status: int, why: str, language: UiLanguage, detail: str = "") -> Response:
    text = i18n.text(language, f"player.export.error.{why}")
    return JSONResponse({"text": text, "detail": detail}, status_code=status)
