"""A review as vCon, the IETF's container for conversations.

Source: draft-ietf-vcon-vcon-core-04 (syntax 0.4.0); the roles of the parties are those of the contact-center
extension ("CC").
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from coach.domain.call import Call, Role, Turn
from coach.domain.review import Review
from coach.domain.text import UiLanguage
from coach.report.subtitles import review_vtt

DRAFT = "draft-ietf-vcon-vcon-core-04"
SYNTAX = "0.4.0"
_ROLES = {Role.AGENT: "agent", Role.CUSTOMER: "customer", Role.THIRD_PARTY: "thirdparty"}
_PRODUCT = {"vendor": "Call Coach", "product": "Call Coach"}


def review_vcon(
    review: Review, *, key: str, language: UiLanguage, masked: bool, notice: str, made_at: datetime
) -> dict[str, Any]:
    """The container: the parties, each turn as text dialog, the transcript and the review as analyses.

    Without the date of the call there is no dialog, since each needs the time at which it began; the
    analyses hold the words then. ``key`` names the call and holds none of its words.
    """
    call = review.observed.call
    roles = list(dict.fromkeys(turn.role for turn in call.turns))
    dialog = [_dialog(turn, call, roles) for turn in call.turns] if call.started_at is not None else []
    about = list(range(len(dialog)))
    container: dict[str, Any] = {
        "vcon": SYNTAX,
        "uuid": str(_uuid(review, key, masked=masked)),
        "extensions": ["CC"],
        "created_at": _date(made_at),
        "parties": [_party(role) for role in roles],
        "analysis": [*_transcript(review, language, notice, about), _report(review, language, about)],
    }
    if dialog:
        container["dialog"] = dialog
    if masked:
        container["redacted"] = {"uuid": str(_uuid(review, key, masked=False)), "type": "personal data"}
    return container


def _uuid(review: Review, key: str, *, masked: bool) -> UUID:
    """A UUID of version 8 that this review always gets: of the call, the playbook and the outcomes."""
    call = review.observed.call
    outcomes = [(finding.criterion, finding.outcome.value) for finding in review.scorecard.findings]
    named = json.dumps([key, call.playbook, review.playbook_version, outcomes, masked])
    digest = bytearray(sha256(named.encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))


def _party(role: Role) -> dict[str, Any]:
    # Who they are is not known; an unnamed party is "anonymous" by the draft's own convention.
    party: dict[str, Any] = {"name": "anonymous", "validation": "none", "type": "person"}
    return {**party, "role": _ROLES[role]} if role in _ROLES else party


def _dialog(turn: Turn, call: Call, roles: list[Role]) -> dict[str, Any]:
    assert call.started_at is not None
    speaker = roles.index(turn.role)
    start, duration = call.started_at, None
    if turn.interval is not None:
        start += timedelta(seconds=turn.interval.start)
        duration = round(turn.interval.duration, 3)
    return {
        "type": "text",
        "start": _date(start),
        **({} if duration is None else {"duration": duration}),
        "parties": [speaker, *(i for i in range(len(roles)) if i != speaker)],
        "mediatype": "text/plain",
        "body": turn.text,
        "encoding": "none",
    }


def _transcript(review: Review, language: UiLanguage, notice: str, about: list[int]) -> list[dict[str, Any]]:
    if all(turn.interval is None for turn in review.observed.call.turns):
        return []
    return [
        {
            "type": "transcript",
            "dialog": about,
            **_PRODUCT,
            "mediatype": "text/vtt",
            "body": review_vtt(review, language=language, notice=notice),
            "encoding": "none",
        }
    ]


def _report(review: Review, language: UiLanguage, about: list[int]) -> dict[str, Any]:
    body = review.to_dict(language=language)
    return {
        "type": "report",
        "dialog": about,
        **_PRODUCT,
        "schema": body["schema"],
        "mediatype": "application/json",
        "body": body,
        "encoding": "json",
    }


def _date(moment: datetime) -> str:
    """RFC 3339; a time without a zone is taken as this machine's."""
    return (moment if moment.tzinfo is not None else moment.astimezone()).isoformat(timespec="milliseconds")
