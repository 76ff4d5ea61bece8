"""The one way out: a review as a file of any kind, personal data masked unless the full text is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from coach.domain.review import Review
from coach.domain.text import Text, UiLanguage
from coach.language.redact import redact_review
from coach.report.html import review_html
from coach.report.kinds import Kind
from coach.report.pdf import page_pdf
from coach.report.sheets import review_csv, review_xlsx
from coach.report.subtitles import review_srt, review_vtt
from coach.report.text import review_text
from coach.report.vcon import review_vcon
from coach.report.words import FULL, MASKED

_CALL = Text("通话 {0}", "Call {0}")


def export(
    review: Review,
    kind: Kind,
    *,
    language: UiLanguage,
    made_at: datetime,
    full_text: bool = False,
    to_pdf: Callable[[str], bytes] = page_pdf,
) -> bytes:
    """The bytes of the file.

    Masked are also the name of the recording, which users like to name after the customer, and an id that is
    not a digest. Raises ``CoachError`` where that kind cannot be made of this call or on this machine.
    """
    masked = not full_text
    shown = review if full_text else masked_review(review, language=language)
    notice = (MASKED if masked else FULL).in_language(language)
    match kind:
        case Kind.TEXT:
            return review_text(shown, language=language).encode("utf-8", "replace")
        case Kind.JSON:
            return _json(shown.to_dict(language=language))
        case Kind.HTML:
            return review_html(shown, language=language, masked=masked).encode("utf-8", "replace")
        case Kind.PDF:
            return to_pdf(review_html(shown, language=language, masked=masked))
        case Kind.XLSX:
            return review_xlsx(shown, language=language, notice=notice)
        case Kind.CSV:
            return review_csv(shown, language=language)
        case Kind.VTT:
            return review_vtt(shown, language=language, notice=notice).encode("utf-8", "replace")
        case Kind.SRT:
            return review_srt(shown, language=language).encode("utf-8", "replace")
        case Kind.VCON:
            container = review_vcon(
                shown,
                key=_key(review.observed.call.id),
                language=language,
                masked=masked,
                notice=notice,
                made_at=made_at,
            )
            return _json(container)
        case Kind.AUDIO:
            raise ValueError("sound is made from the recording: coach.audio.bleep")


def masked_review(review: Review, *, language: UiLanguage) -> Review:
    """The review for those who may not read names: texts masked, the recording under a code."""
    redacted = redact_review(review)
    call = redacted.observed.call
    name = code(call.id)
    named = replace(
        call,
        id=_key(call.id),
        source=_CALL.in_language(language).format(name),
        metadata={},
    )
    # What people changed, and the card before it, hold their own words: they stay behind.
    return replace(redacted, observed=replace(redacted.observed, call=named), changes=(), machine=None)


def code(call_id: str) -> str:
    """A short name of a call that holds none of its words: for file names and headings.

    >>> code("李四 13800138000")
    '04e04350ed'
    """
    return sha256(call_id.encode("utf-8", "replace")).hexdigest()[:10]


def file_name(call_id: str, ending: str, *, full_text: bool) -> str:
    """What a downloaded file is called."""
    return f"call-{code(call_id)}{'-full' if full_text else '-masked'}{ending}"


def _key(call_id: str) -> str:
    """The id itself where it is a digest, otherwise its code: an id of the user's own may be a number."""
    digest = len(call_id) == 64 and all(character in "0123456789abcdef" for character in call_id)
    return call_id if digest else code(call_id)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "replace")
