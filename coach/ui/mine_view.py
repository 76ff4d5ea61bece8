"""An agent's own calls as the plain data that the components ``mine`` and ``study`` show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from coach.domain.call import Call
from coach.domain.errors import StoreError
from coach.domain.review import CriterionInfo, Evidence, Finding, Outcome, Review, Scorecard
from coach.domain.text import UiLanguage
from coach.domain.time import Interval
from coach.store import Appeal, CallLine, Case, Clip, Desk, HumanCard, RulingLine, Tally
from coach.ui.review_view import channel_lanes

View = dict[str, Any]

WEEKS = 12
"""Weeks back from today in the curve of a criterion."""
CLIPS = 2
SOUND = "coach/sound"


def call_view(line: CallLine, *, scored: bool) -> View:
    """A line of the agent's list; what he has yet to score himself shows no verdict."""
    return {
        "id": line.id,
        "title": line.title,
        "when": (line.started_at or line.added_at).isoformat(),
        "stated": line.started_at is not None,
        "playbook": line.playbook,
        "duration": line.duration if line.has_audio else None,
        "state": line.state.value,
        "appeals": line.appeals,
        "scored": scored,
        "score": round(line.score) if scored and line.score is not None else None,
        "verdict": line.verdict.value if scored else None,
        "critical": list(line.critical) if scored else [],
    }


def trend_view(lines: Iterable[CallLine]) -> list[View]:
    """The scores as they stand, first to last, for the curve."""
    scored = [line for line in lines if line.score is not None]
    ordered = sorted(scored, key=lambda line: line.happened_at or line.added_at)
    return [
        {
            "id": line.id,
            "title": line.title,
            "day": (line.started_at or line.added_at).date().isoformat(),
            "score": round(line.score or 0),
            "verdict": line.verdict.value,
        }
        for line in ordered
    ]


def criteria_view(tallies: Sequence[Tally], names: Mapping[str, str], today: date) -> list[View]:
    """How often each criterion was met, the least often met first; by week, None where it did not apply."""
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    weeks = [first + timedelta(days=7 * i) for i in range(WEEKS)]
    met: dict[tuple[str, date], int] = defaultdict(int)
    all_: dict[tuple[str, date], int] = defaultdict(int)
    for tally in tallies:
        if tally.criterion in names and tally.outcome in (Outcome.MET.value, Outcome.NOT_MET.value):
            all_[tally.criterion, tally.week] += tally.n
            if tally.outcome == Outcome.MET.value:
                met[tally.criterion, tally.week] += tally.n
    found = []
    for criterion in sorted({name for name, _ in all_}):
        total = sum(n for (name, _), n in all_.items() if name == criterion)
        good = sum(n for (name, _), n in met.items() if name == criterion)
        shares = [
            round(100 * met[criterion, week] / all_[criterion, week]) if all_.get((criterion, week)) else None
            for week in weeks
        ]
        found.append({"id": criterion, "name": names[criterion], "met": good, "all": total, "weeks": shares})
    return sorted(found, key=lambda one: (Fraction(one["met"], one["all"]), one["name"]))


def weeks_before(today: date) -> list[str]:
    """The Mondays of the curve."""
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    return [(first + timedelta(days=7 * i)).isoformat() for i in range(WEEKS)]


# ---- one call ----------------------------------------------------------------------------------------------


def listening_view(case: Case, review: Review) -> View:
    """What is needed to listen to a call and to read it: no word of anybody's judgement."""
    call, peaks = review.observed.call, case.peaks()
    has_sound = case.audio() is not None
    return {
        "id": case.line.id,
        "title": case.title(),
        "startedAt": call.started_at.isoformat() if call.started_at is not None else None,
        "duration": call.duration,
        "playbook": call.playbook,
        "coached": call.coached.value,
        "sound": sound_address(case.line.id) if has_sound else None,
        "peaks": [[round(peak, 3) for peak in channel] for channel in peaks],
        "lanes": channel_lanes(peaks, call.turns, call.duration),
        "turns": [
            {"role": turn.role.value, "text": turn.text, "at": _at(turn.interval)} for turn in call.turns
        ],
    }


def sound_address(call_id: str) -> str:
    """Where the page gets the sound of a call."""
    return f"{SOUND}/{quote(call_id, safe='')}"


def questions_view(review: Review, language: UiLanguage) -> list[View]:
    """The criteria of the playbook, for somebody who scores himself."""
    return [
        {"id": info.id, "name": info.title.in_language(language), "group": group_of(info)}
        for info in review.criteria
    ]


def group_of(info: CriterionInfo) -> str:
    """The part of a card in which a criterion stands."""
    return "critical" if info.critical else info.kind.value


def feedback_view(case: Case, review: Review, desk: Desk, language: UiLanguage) -> View:
    """The own score beside the machine's and the supervisor's, with what to say instead."""
    card, own = case.card(), case.self_score()
    account = case.actor.account
    read = [
        one
        for one in case.acknowledgements()
        if one.by == account and not one.criterion and one.version == case.line.version
    ]
    appeals = case.appeals()
    infos = {info.id: info for info in review.criteria}
    human = {} if card.human is None else {one.criterion: one for one in card.human.findings}
    criteria = []
    for finding in card.machine.findings:
        info = infos[finding.criterion]
        stands = human.get(finding.criterion, finding)
        criteria.append(
            {
                "id": info.id,
                "name": info.title.in_language(language),
                "group": group_of(info),
                "own": own.outcomes[info.id].value if own is not None and info.id in own.outcomes else None,
                "machine": finding.outcome.value,
                "human": human[info.id].outcome.value if info.id in human else None,
                **_why(stands, info, review.observed.call, language),
                "rulings": [{"reason": one.ruling.reason} for one in _on(card, info.id)],
                "earlier": _earlier(case, desk, stands),
                "appeals": [_appeal(one) for one in appeals if one.criterion == info.id],
            }
        )
    return {
        "criteria": criteria,
        "self": None if own is None else {"note": own.note},
        "machine": _card(card.machine),
        "human": None if card.human is None else _card(card.human),
        "acknowledgedAt": read[-1].made_at.isoformat() if read else None,
        "mayAppeal": True,
    }


def _why(finding: Finding, info: CriterionInfo, call: Call, language: UiLanguage) -> View:
    return {
        "because": finding.because.in_language(language),
        "source": info.source,
        "advice": info.advice.in_language(language),
        "better": info.better.in_language(language),
        "evidence": [_evidence(piece, call) for piece in (*finding.evidence, *finding.to_check)],
    }


def _evidence(piece: Evidence, call: Call) -> View:
    at = piece.interval or call.turns[piece.turn].interval
    return {"turn": piece.turn, "at": _at(at), "quote": piece.quote}


def _on(card: HumanCard, criterion: str) -> list[RulingLine]:
    return [line for line in card.rulings if line.ruling.criterion == criterion]


def _card(card: Scorecard) -> View:
    return {"score": None if card.score is None else round(float(card.score)), "verdict": card.verdict.value}


def _appeal(appeal: Appeal) -> View:
    return {
        "kind": appeal.kind.value,
        "text": appeal.text,
        "granted": appeal.granted,
        "answer": appeal.answer,
    }


def _earlier(case: Case, desk: Desk, finding: Finding) -> list[View]:
    """The agent's own earlier words where he did what is missing here."""
    if finding.outcome is not Outcome.NOT_MET:
        return []
    shown = (_clip(clip, desk) for clip in case.earlier(finding.criterion, limit=CLIPS))
    return [clip for clip in shown if clip is not None]


def _clip(clip: Clip, desk: Desk) -> View | None:
    """The words and seconds of a clip; None for a call that cannot be read any more."""
    try:
        case = desk.case(clip.call_id)
        call = case.review().observed.call
    except StoreError:
        return None
    if clip.turn is None or clip.turn >= len(call.turns):
        return None
    turn = call.turns[clip.turn]
    return {
        "title": clip.title,
        "words": turn.text,
        "at": _at(turn.interval),
        "happenedAt": clip.happened_at.isoformat(),
        "sound": sound_address(clip.call_id) if case.audio() is not None else None,
    }


def _at(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.start, 2), round(interval.end, 2)]
