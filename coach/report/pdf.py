"""A review as PDF: the printable page set by WeasyPrint, with the fonts embedded and nothing fetched."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Any

from coach.domain.errors import CoachError

_NO_PANGO = (
    "PDF needs the Pango library, which is not installed; on Debian: sudo apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk; on macOS: brew install pango. "
    "Or write HTML and print it from a browser"
)
_NO_FONT = (
    "PDF needs a font with Chinese characters, and none is installed; on Debian: "
    "sudo apt-get install fonts-noto-cjk. Or write HTML and print it from a browser"
)


_REFUSED = 3


class ReportError(CoachError):
    """A report cannot be made; the text says what is missing and what to do."""


def page_pdf(page: str) -> bytes:
    """The PDF of one of our own HTML pages; raises ``ReportError`` without Pango or a Chinese font."""
    weasyprint = _weasyprint()
    if not _has_chinese_font():
        raise ReportError(_NO_FONT)
    nobody = weasyprint.urls.URLFetcher(allowed_protocols=())
    written: bytes = weasyprint.HTML(string=page, url_fetcher=nobody).write_pdf()
    return written


def page_pdf_apart(page: str) -> bytes:
    """The same in a process of its own, so that a long report does not hold up a server.

    Raises ``ReportError``, also where that process died.
    """
    done = subprocess.run(
        [sys.executable, "-m", __name__], input=page.encode(), capture_output=True, timeout=300, check=False
    )
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace") if done.returncode == _REFUSED else ""
    raise ReportError(said or "the PDF could not be set (too long, or too little memory); write HTML instead")


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # the wheel is there, the library that it loads is not
        raise ReportError(_NO_PANGO) from error
    return weasyprint


def _has_chinese_font() -> bool:
    """What fontconfig says; without its command nothing is known, and the page is tried."""
    command = shutil.which("fc-list")
    if command is None:
        return True
    found = subprocess.run([command, ":lang=zh-cn", "family"], capture_output=True, timeout=30, check=False)
    return bool(found.stdout.strip())


def main() -> int:
    """HTML on stdin to PDF on stdout."""
    try:
        written = page_pdf(sys.stdin.buffer.read().decode())
    except ReportError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    sys.stdout.buffer.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
