"""Filters, rights and orders as conditions of a query over calls."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from coach.domain.errors import StoreError
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.review import Verdict
from coach.store.lines import CallLine, CallState, Filters, Order
from coach.store.rows import moment
from coach.store.schema import call_text, calls, findings
from coach.store.words import Phrase, asked_lexemes, asked_syllables, phrases

_UNJUDGED: Mapping[str, Any] = {
    **{"verdict": Verdict.NOT_ASSESSED, "machine_verdict": Verdict.NOT_ASSESSED},
    **{"score": None, "machine_score": None, "critical": (), "doubts": 0, "risk": 0, "ruled": False},
    "withheld": True,
}
Condition = sa.ColumnElement[bool]
NOTHING = sa.false()
_ORDERS: Mapping[Order, tuple[Any, bool]] = {
    Order.RISK: (calls.c.risk, True),
    Order.NEWEST: (calls.c.happened_at, True),
    Order.OLDEST: (calls.c.happened_at, False),
    Order.WORST: (sa.func.coalesce(calls.c.final_score, 101.0), False),
}


def visible(actor: Actor) -> list[Condition]:
    """The calls that ``actor`` may know of."""
    match actor.role:
        case AccountRole.ADMIN | AccountRole.SUPERVISOR:
            return []
        case AccountRole.AGENT:
            return [calls.c.agent == actor.account]
        case AccountRole.TRAINER:
            return [calls.c.cleared_at.is_not(None)]


def wanted(filters: Filters, *, is_sqlite: bool) -> list[Condition]:
    """The conditions of ``filters``; calls that were removed are never wanted."""
    found: list[Condition] = [calls.c.removed_at.is_(None)]
    for column, values in (
        (calls.c.final_verdict, filters.verdicts),
        (calls.c.agent, filters.agents),
        (calls.c.playbook, filters.playbooks),
        (calls.c.language, filters.languages),
        (calls.c.state, filters.states),
    ):
        if values:
            found.append(column.in_([str(value) for value in values]))
    for condition, flag in (
        (calls.c.criticals > 0, filters.critical),
        (calls.c.appeals > 0, filters.appealed),
        (calls.c.doubts > 0, filters.doubtful),
        (calls.c.ruled.is_(True), filters.ruled),
        (calls.c.cleared_at.is_not(None), filters.cleared),
    ):
        if flag is not None:
            found.append(condition if flag else sa.not_(condition))
    if filters.since is not None:
        found.append(calls.c.happened_at >= seconds(filters.since))
    if filters.until is not None:
        found.append(calls.c.happened_at < seconds(filters.until))
    if filters.title.strip():
        found.append(calls.c.title.icontains(filters.title.strip(), autoescape=True))
    if filters.criterion is not None:
        found.append(calls.c.seq.in_(_with_finding(filters)))
    if filters.text.strip():
        found.append(spoken(filters.text, is_sqlite=is_sqlite))
    return found


def spoken(text: str, *, is_sqlite: bool) -> Condition:
    """Calls in which all phrases of ``text`` were said."""
    asked = phrases(text)
    if not asked:
        return NOTHING
    if is_sqlite:
        match = " AND ".join(_fts(phrase) for phrase in asked)
        rows = sa.text("SELECT rowid FROM call_index WHERE call_index MATCH :asked").bindparams(asked=match)
        return calls.c.seq.in_(rows.columns(sa.column("rowid", sa.Integer)).scalar_subquery())
    conditions = [_in_postgres(phrase) for phrase in asked]
    return calls.c.seq.in_(sa.select(call_text.c.seq).where(*conditions))


def read_through(text: str) -> Condition:
    """As ``spoken``, by reading the texts and not by the index: for a few calls, in PostgreSQL."""
    conditions = [
        sa.or_(
            _reads(call_text.c.said, phrase.said, phrase.open_ended),
            *(_reads(call_text.c.sound, sounds, False) for sounds in phrase.sounds),
        )
        for phrase in phrases(text)
    ]
    return calls.c.seq.in_(sa.select(call_text.c.seq).where(*conditions)) if conditions else NOTHING


def seconds(day: date) -> int:
    """The first second of a day, where this machine is."""
    return int(datetime.combine(day, time()).astimezone().timestamp())


def ordered(order: Order) -> list[sa.ColumnElement[Any]]:
    """The columns to sort by; calls alike come latest added first."""
    key, falling = _ORDERS[order]
    return [key.desc() if falling else key.asc(), calls.c.seq.desc() if falling else calls.c.seq.asc()]


def beyond(order: Order, cursor: str | None) -> list[Condition]:
    """What comes after the call that ``cursor`` names; raises ``StoreError`` for one that is none."""
    if cursor is None:
        return []
    try:
        value, seq = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        place = sa.tuple_(sa.literal(float(value)), sa.literal(int(seq)))
    except (ValueError, TypeError, OverflowError):
        raise StoreError("this is not a place in the list; go back to its beginning") from None
    key, falling = _ORDERS[order]
    here = sa.tuple_(key, calls.c.seq)
    return [here < place if falling else here > place]


def cursor(order: Order, row: Mapping[str, Any]) -> str:
    """The place of a call in the list."""
    value = {
        Order.RISK: row["risk"],
        Order.NEWEST: row["happened_at"],
        Order.OLDEST: row["happened_at"],
        Order.WORST: 101.0 if row["final_score"] is None else row["final_score"],
    }[order]
    return base64.urlsafe_b64encode(json.dumps([value, row["seq"]]).encode()).decode()


def call_line(row: Mapping[str, Any], actor: Actor = LOCAL, *, withheld: bool = False) -> CallLine:
    """A row of ``calls`` as a line; a trainer gets a number for the title, which often names the customer.

    ``withheld`` leaves out everything that judges.
    """
    added = moment(row["added_at"])
    assert added is not None
    line = CallLine(
        id=row["id"],
        title=f"#{row['seq']}" if actor.role is AccountRole.TRAINER else row["title"],
        added_at=added,
        verdict=Verdict(row["final_verdict"]),
        score=row["final_score"],
        critical=tuple(row["final_critical"]),
        playbook=row["playbook"],
        language=row["language"],
        started_at=moment(row["started_at"]),
        duration=row["duration"],
        has_audio=row["has_audio"],
        playbook_version=row["playbook_version"],
        happened_at=datetime.fromtimestamp(row["happened_at"], UTC),
        machine_verdict=Verdict(row["verdict"]),
        machine_score=row["score"],
        ruled=row["ruled"],
        agent=row["agent"],
        state=CallState(row["state"]),
        doubts=row["doubts"],
        appeals=row["appeals"],
        risk=row["risk"],
        cleared=row["cleared_at"] is not None,
        hold=row["hold"],
        version=row["version"],
        removed=row["removed_at"] is not None,
    )
    return replace(line, **_UNJUDGED) if withheld else line


def _with_finding(filters: Filters) -> sa.Select[Any]:
    found = sa.select(findings.c.call_seq).where(findings.c.criterion == filters.criterion)
    return (
        found if filters.outcome is None else found.where(findings.c.final_outcome == filters.outcome.value)
    )


def _fts(phrase: Phrase) -> str:
    """One phrase in the words of FTS5; the tokens are letters and digits only."""
    star = " *" if phrase.open_ended else ""
    heard = "".join(f' OR sound : "{" ".join(sounds)}"' for sounds in phrase.sounds)
    return f'(said : "{" ".join(phrase.said)}"{star}{heard})'


def _in_postgres(phrase: Phrase) -> Condition:
    found = [
        _stored(
            asked_lexemes(phrase.said, open_ended=phrase.open_ended),
            call_text.c.said,
            phrase.said,
            phrase.open_ended,
        )
    ]
    found += [_stored(asked_syllables(s), call_text.c.sound, s, False) for s in phrase.sounds]
    return sa.or_(*found)


def _stored(lexemes: list[str], column: Any, tokens: tuple[str, ...], open_ended: bool) -> Condition:
    """The index finds candidates by neighbours; where that is not the whole phrase, the text decides."""
    match = sa.text("call_text.tokens @@ CAST(:asked AS tsquery)").bindparams(
        sa.bindparam("asked", " & ".join(lexemes), unique=True)
    )
    if len(lexemes) == 1 and len(tokens) <= 2:
        return match  # type: ignore[return-value]
    return sa.and_(match, _reads(column, tokens, open_ended))


def _reads(column: Any, tokens: tuple[str, ...], open_ended: bool) -> Condition:
    """Whether a text of tokens holds a phrase."""
    end = "" if open_ended else " "
    found: Condition = (column + " ").contains(f" {' '.join(tokens)}{end}")
    return found
