"""The route that hands out a review as a file: personal data masked unless the full text is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from coach.audio.bleep import bleeped_mp3
from coach.domain.errors import CoachError, RecordingError, StoreError
from coach.domain.review import Review
from coach.domain.text import UiLanguage
from coach.report.export import export, file_name
from coach.report.kinds import ENDINGS, MEDIA_TYPES, Kind
from coach.report.pdf import ReportError, page_pdf_apart
from coach.ui import i18n
from coach.ui.resources import store
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
    full_text = request.query_params.get("full") == "1" and kind is not Kind.AUDIO
    call_id = request.path_params["call_id"]
    try:
        data = await run_in_threadpool(_made, call_id, kind, language, full_text)
    except StoreError:
        return _refused(404, "no_call", language)
    except ReportError as error:
        return _refused(503, "no_pdf", language, str(error))
    except RecordingError as error:
        return _refused(422, "no_sound", language, str(error))
    except CoachError as error:
        return _refused(422, "no_times", language, str(error))
    name = file_name(call_id, ENDINGS[kind], full_text=full_text)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=MEDIA_TYPES[kind], headers=headers)


def _made(call_id: str, kind: Kind, language: UiLanguage, full_text: bool) -> bytes:
    review = store().review(call_id)
    if kind is Kind.AUDIO:
        return _covered(store().audio(call_id), review)
    with _ONE_AT_A_TIME:
        return export(
            review,
            kind,
            language=language,
            made_at=datetime.now(UTC),
            full_text=full_text,
            to_pdf=page_pdf_apart,
        )


def _covered(recording: Path | None, review: Review) -> bytes:
    if recording is None:
        raise RecordingError("the call has no sound")
    with _ONE_AT_A_TIME, work_folder() as folder:
        made = bleeped_mp3(recording, review.observed, into=folder / "covered.mp3", folder=folder)
        return made.read_bytes()


def _refused(status: int, why: str, language: UiLanguage, detail: str = "") -> Response:
    text = i18n.text(language, f"player.export.error.{why}")
    return JSONResponse({"text": text, "detail": detail}, status_code=status)
