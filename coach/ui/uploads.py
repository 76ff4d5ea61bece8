"""How much of what people send to the page is in memory at once, and giving it back.

Streamlit keeps what is sent in the server's memory until the visit ends. So what is being sent and what is
kept is added up over all visits: what would go beyond the bound is refused before it is read. A file leaves
the memory as soon as its job has it on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

UPLOAD_PATH: Final = "/_stcore/upload_file/"
MIB: Final = 1024 * 1024


class UploadBound:
    """Admits an upload while it and all that is ``held`` and on its way stay within ``most`` bytes."""

    def __init__(self, app: ASGIApp, held: Callable[[], int], most: Callable[[], int]) -> None:
        self._app, self._held, self._most = app, held, most
        self._coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_upload(scope):
            await self._app(scope, receive, send)
            return
        size = Headers(scope=scope).get("content-length", "")
        if not size.isdecimal():  # every browser says it; without it nothing could be added up
            await PlainTextResponse("say how long the file is", status_code=411)(scope, receive, send)
            return
        if self._held() + self._coming + int(size) > self._most():
            await PlainTextResponse("too much at once", status_code=413)(scope, receive, send)
            return
        self._coming += int(size)
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming -= int(size)


def held() -> int:
    """Bytes of files that visits have sent and that are still in memory."""
    if not runtime.exists():
        return 0
    files = cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)
    return sum(one.byte_length for found in files.get_stats().values() for one in found)


def let_go(uploads: Iterable[Any]) -> None:
    """Forget files of this visit that are kept elsewhere by now."""
    context = get_script_run_ctx()
    if context is None or context.uploaded_file_mgr is None:
        return
    files = cast(MemoryUploadedFileManager, context.uploaded_file_mgr)
    for one in uploads:
        files.remove_file(context.session_id, one.file_id)


def _is_upload(scope: Scope) -> bool:
    return bool(
        scope["type"] == "http" and scope["method"] == "PUT" and scope["path"].startswith(UPLOAD_PATH)
    )
