"""What people said of a call as the plain data that the ``call_player`` component shows beside the card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.review import CriterionKind, Finding, Review, Scorecard
from coach.domain.text import UiLanguage
from coach.domain.time import Interval
from coach.store import (
    Appeal,
    CallState,
    Case,
    Comment,
    Desk,
    HumanCard,
    Person,
    RulingLine,
    SecondReview,
    SignOff,
)
from coach.ui import i18n

View = dict[str, Any]


def is_solo(people: list[Person], actor: Actor) -> bool:
    """Whether one person works here alone: what an office needs then stays out of the way."""
    return actor.account == LOCAL.account or (actor.leads and sum(one.active for one in people) <= 1)


def names(people: list[Person], language: UiLanguage) -> dict[str, str]:
    """What accounts are called; an agent knows nobody but himself by name."""
    here = {LOCAL.account: i18n.text(language, "people.here")}
    return here | {one.id: one.name or one.login for one in people}


def office_view(desk: Desk, case: Case, card: HumanCard, language: UiLanguage) -> View:
    """Everything beside the machine's card; for who may see the talk about a call."""
    people, line = desk.people(), case.line
    called = names(people, language)
    rulings, offs = case.rulings(undone=True), case.sign_offs()
    return {
        "may": case.actor.leads,
        "solo": is_solo(people, case.actor),
        "names": called | _strangers(case, rulings, offs, called, language),
        "agents": _choice(people, called, AccountRole.AGENT),
        "raters": [
            one
            for one in _choice(people, called, *_RATERS)
            if one["id"] not in {case.actor.account, *_asked(case)}
        ],
        "machine": _judgement(card.machine),
        "human": None if card.human is None else _judgement(card.human),
        "was": _was(card),
        "rulings": [_ruling(one) for one in rulings],
        "left": [_ruling(one) | {"why": one.left} for one in case.left_rulings()],
        "comments": [_comment(one, case.actor) for one in case.comments()],
        "appeals": [appeal_view(one) for one in case.appeals()],
        "signOffs": [_sign_off(one, line.version) for one in offs],
        "seconds": [_second(one) for one in case.second_reviews()],
        "state": line.state.value,
        "signed": line.state in (CallState.SIGNED, CallState.ACKNOWLEDGED),
        "agent": line.agent,
        "hold": line.hold,
        "cleared": line.cleared,
    }


def closed_view(desk: Desk, case: Case, version: int, language: UiLanguage) -> View:
    """What was ruled on an earlier review; nothing can be done to that any more."""
    rulings = case.rulings(undone=True, version=version)
    called = names(desk.people(), language)
    empty = ("comments", "appeals", "signOffs", "seconds", "left", "agents", "raters")
    return {
        **{"may": False, "closed": True, "solo": False, "was": {}, "human": None, "machine": None},
        **{name: [] for name in empty},
        **{"state": case.line.state.value, "signed": False, "agent": case.line.agent},
        "names": called | _strangers(case, rulings, [], called, language),
        "rulings": [_ruling(one) for one in rulings],
    }


def versions_view(case: Case, shown: int) -> View | None:
    """The reviews of a call to choose from; None where there is only one."""
    found = case.versions()
    if len(found) < 2:
        return None
    return {
        "shown": shown,
        "stands": case.line.version,
        "all": [
            {
                "version": one.version,
                "when": one.made_at.isoformat(),
                "playbook": one.playbook,
                "playbookVersion": one.playbook_version,
                "verdict": one.verdict.value,
                "score": None if one.score is None else round(one.score),
            }
            for one in found
        ],
    }


def blind_questions(review: Review, language: UiLanguage) -> list[dict[str, str]]:
    """What a second reviewer is asked; how somebody speaks is measured, not asked."""
    return [
        {
            "id": info.id,
            "group": "critical" if info.critical else info.kind.value,
            "name": info.title.in_language(language),
        }
        for info in review.criteria
        if info.kind is not CriterionKind.MANNER
    ]


_RATERS = (AccountRole.SUPERVISOR, AccountRole.ADMIN)


def _choice(people: list[Person], called: Mapping[str, str], *roles: AccountRole) -> list[View]:
    return [{"id": one.id, "name": called[one.id]} for one in people if one.active and one.role in roles]


def _asked(case: Case) -> set[str]:
    return {one.rater for one in case.second_reviews()}


def _strangers(
    case: Case,
    rulings: list[RulingLine],
    offs: list[SignOff],
    called: Mapping[str, str],
    language: UiLanguage,
) -> dict[str, str]:
    """Accounts that he does not know by name: a colleague, or somebody who left."""
    seen = {one.by for one in rulings} | {one.by for one in offs}
    seen |= {one.by for one in case.comments()} | {one.by for one in case.appeals()}
    seen |= {one.answered_by for one in case.appeals() if one.answered_by} | {
        case.line.agent or LOCAL.account
    }
    word = i18n.text(language, "people.gone" if case.actor.leads else "people.office")
    return {account: word for account in seen if account not in called}


def _judgement(card: Scorecard) -> View:
    return {
        "score": None if card.score is None else round(float(card.score)),
        "verdict": card.verdict.value,
        "critical": list(card.critical),
    }


def _was(card: HumanCard) -> dict[str, str]:
    """What the machine had said of the criteria that people see otherwise."""
    if card.human is None:
        return {}
    human = {finding.criterion: finding for finding in card.human.findings}
    return {
        one.criterion: one.outcome.value
        for one in card.machine.findings
        if one.criterion in human and _differs(one, human[one.criterion])
    }


def _differs(one: Finding, other: Finding) -> bool:
    return (one.outcome, one.credit) != (other.outcome, other.credit)


def _ruling(line: RulingLine) -> View:
    ruling = line.ruling
    return {
        "id": line.id,
        "kind": ruling.kind.value,
        "criterion": ruling.criterion,
        "turn": ruling.turn,
        "outcome": None if ruling.outcome is None else ruling.outcome.value,
        "quote": ruling.quote,
        "at": _at(ruling.at),
        "reason": ruling.reason,
        "by": line.by,
        "when": line.made_at.isoformat(),
        "undoneBy": line.undone_by,
        "undone": line.undone_at is not None,
        "carried": line.carried,
    }


def _comment(one: Comment, actor: Actor) -> View:
    return {
        "id": one.id,
        "text": one.text,
        "at": one.at,
        "turn": one.turn,
        "by": one.by,
        "when": one.made_at.isoformat(),
        "mine": one.by == actor.account or actor.leads,
    }


def appeal_view(one: Appeal) -> View:
    """An appeal with its answer."""
    return {
        "id": one.id,
        "call": one.call_id,
        "criterion": one.criterion,
        "turn": one.turn,
        "kind": one.kind.value,
        "text": one.text,
        "by": one.by,
        "when": one.made_at.isoformat(),
        "granted": one.granted,
        "answer": one.answer,
        "answeredBy": one.answered_by,
    }


def _sign_off(one: SignOff, version: int) -> View:
    withdrawn = one.withdrawn_at is not None
    return {
        "id": one.id,
        "by": one.by,
        "note": one.note,
        "when": one.made_at.isoformat(),
        "withdrawn": withdrawn,
        "earlier": one.version != version,
    }


def _second(one: SecondReview) -> View:
    return {"id": one.id, "rater": one.rater, "done": one.submitted_at is not None}


def _at(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.start, 2), round(interval.end, 2)]
