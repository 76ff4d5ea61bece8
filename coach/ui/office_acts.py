"""What a person does to a call at the review page: his request checked, and done in the store."""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.review import Outcome
from coach.domain.rulings import RulingKind
from coach.domain.time import Interval
from coach.store import Case
from coach.ui.exports import keep_covered

Asked = Mapping[str, object]


def act(case: Case, asked: Asked) -> str | None:
    """Do what the component asked for; the key of the text that says why not, None when it is done."""
    try:
        _act(case, asked)
    except NotAllowed:
        return "office.not_allowed"
    except StoreError:
        return "office.refused"
    except (ValueError, TypeError):
        return "office.faulty"
    return None


def _act(case: Case, asked: Asked) -> None:
    match asked:
        case {"do": "rule", "kind": str(kind), "criterion": str(criterion), "reason": str(reason)}:
            _rule(case, asked, RulingKind(kind), criterion, reason)
        case {"do": "undo", "id": int(ruling)}:
            case.undo(ruling)
        case {"do": "take_up", "id": int(ruling)}:
            case.take_up(ruling)
        case {"do": "comment", "text": str(text)}:
            case.comment(text, at=_number(asked.get("at")), turn=_turn(asked.get("turn")))
        case {"do": "uncomment", "id": int(comment)}:
            case.delete_comment(comment)
        case {"do": "answer", "id": int(appeal), "granted": bool(granted), "text": str(text)}:
            case.answer(appeal, granted=granted, text=text)
        case {"do": "sign", "note": str(note)}:
            case.sign_off(note)
        case {"do": "unsign"}:
            case.withdraw_sign_off()
        case {"do": "second", "rater": str(rater)}:
            case.assign_second(rater)
        case {"do": "submit", "outcomes": dict(outcomes), "note": str(note)}:
            case.submit_second({str(one): Outcome(given) for one, given in outcomes.items()}, note)
        case _:
            _file(case, asked)


def _file(case: Case, asked: Asked) -> None:
    """What an office does with a call as a whole."""
    match asked:
        case {"do": "give", "agent": str(agent)}:
            case.give_to(agent or None)
        case {"do": "hold", "on": bool(on)}:
            case.hold(on)
        case {"do": "clear", "on": bool(on)}:
            if on:
                keep_covered(case)
            case.clear_for_training(on)
        case _:
            raise ValueError("no such thing to do with a call")


def _rule(case: Case, asked: Asked, kind: RulingKind, criterion: str, reason: str) -> None:
    outcome = asked.get("outcome")
    case.rule(
        kind,
        criterion,
        reason=reason,
        turn=_turn(asked.get("turn")),
        outcome=None if outcome is None else Outcome(str(outcome)),
        quote=str(asked.get("quote") or ""),
        at=_interval(asked.get("at")),
    )


def _interval(at: object) -> Interval | None:
    match at:
        case None:
            return None
        case [int() | float() as start, int() | float() as end]:
            return Interval(float(start), float(end))
    raise ValueError("an interval is two numbers of seconds")


def _turn(turn: object) -> int | None:
    if turn is None or (isinstance(turn, int) and not isinstance(turn, bool)):
        return turn
    raise ValueError("a turn is a whole number")


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    raise ValueError("a moment is a number of seconds")
