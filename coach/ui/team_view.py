"""The office's counts as the plain data of the team page, and as tables to take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from coach import playbooks
from coach.domain.review import CriterionInfo, Outcome, Verdict
from coach.domain.text import UiLanguage
from coach.playbooks.reader import read_playbook
from coach.report.tables import Table
from coach.store import Desk, PromiseLine, Tally, WorstMoment
from coach.ui import i18n

View = dict[str, Any]
VERDICTS: Final = (Verdict.FAIL, Verdict.NEEDS_WORK, Verdict.PASS, Verdict.NOT_ASSESSED)
JUDGED: Final = (Outcome.MET, Outcome.NOT_MET)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks ``[since, until)``; both are Mondays."""

    since: date
    until: date

    @classmethod
    def last(cls, weeks: int, today: date) -> Period:
        """The weeks up to the running one."""
        until = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return cls(until - timedelta(days=7 * weeks), until)

    @property
    def weeks(self) -> list[date]:
        """The Mondays."""
        return [self.since + timedelta(days=day) for day in range(0, (self.until - self.since).days, 7)]


def infos_of(desk: Desk, playbook: str) -> tuple[CriterionInfo, ...]:
    """The criteria of a playbook: the newest version that is kept, else the one that comes with the tool."""
    for version in desk.playbooks():
        if version.playbook == playbook:
            source = desk.playbook_source(version.fingerprint)
            return read_playbook(source.encode(), f"{playbook}.yaml").infos()
    return playbooks.load(playbook).infos() if playbook in playbooks.names() else ()


def scores(tallies: Iterable[Tally], weeks: Sequence[date]) -> View:
    """Calls, mean score and failed calls by week and as a whole; a week without a scored call has no mean."""
    by_week: dict[date, list[Tally]] = defaultdict(list)
    for one in tallies:
        if not one.criterion:
            by_week[one.week].append(one)
    every = [one for found in by_week.values() for one in found]
    return {
        "weeks": [{"week": week.isoformat(), **_scored(by_week.get(week, []))} for week in weeks],
        **_scored(every),
        "verdicts": {verdict.value: _n(every, verdict.value) for verdict in VERDICTS},
    }


def _scored(found: Sequence[Tally]) -> View:
    judged = [one for one in found if one.outcome != Verdict.NOT_ASSESSED]
    n = sum(one.n for one in judged)
    return {
        "n": sum(one.n for one in found),
        "mean": round(sum(one.total for one in judged) / n, 1) if n else None,
        "failed": _n(found, Verdict.FAIL.value),
    }


def _n(found: Iterable[Tally], outcome: str) -> int:
    return sum(one.n for one in found if one.outcome == outcome)


def by_agent(tallies: Sequence[Tally], weeks: Sequence[date], called: Mapping[str, str]) -> list[View]:
    """The scores of each agent, the lowest mean first."""
    found = {one.agent for one in tallies}
    rows = [
        {"id": agent, "name": called[agent], **scores([one for one in tallies if one.agent == agent], weeks)}
        for agent in sorted(found)
    ]
    return sorted(rows, key=lambda row: (row["mean"] is None, row["mean"], row["name"]))


def by_criterion(
    tallies: Iterable[Tally], weeks: Sequence[date], infos: Sequence[CriterionInfo], language: UiLanguage
) -> list[View]:
    """How much of each criterion was reached by week, 0..1; what was not judged does not count."""
    counted: dict[str, dict[date, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    for one in tallies:
        if one.criterion and one.outcome in JUDGED:
            counted[one.criterion][one.week].append(one)
    return [
        {
            "id": info.id,
            "name": info.title.in_language(language),
            "group": "critical" if info.critical else info.kind.value,
            "weeks": [_share(counted[info.id].get(week, [])) for week in weeks],
            "all": _share([one for found in counted[info.id].values() for one in found]),
        }
        for info in infos
        if info.id in counted
    ]


def _share(found: Sequence[Tally]) -> View:
    n = sum(one.n for one in found)
    return {"n": n, "share": round(sum(one.total for one in found) / n, 3) if n else None}


def worst_view(worst: Sequence[WorstMoment], called: Mapping[str, str]) -> list[View]:
    """Critical faults, each with the call and the second."""
    return [
        {
            "call": one.call.id,
            "title": one.call.title,
            "agent": called[one.call.agent or ""],
            "criterion": one.criterion,
            "turn": one.turn,
            "start": one.start,
            "when": None if one.call.happened_at is None else one.call.happened_at.isoformat(),
        }
        for one in worst
    ]


def promise_view(one: PromiseLine, called: Mapping[str, str], today: date) -> View:
    """A promise to pay; overdue while nobody noted what became of it. ``gone``: its words are not there."""
    return {
        "id": one.id,
        "call": one.call_id,
        "title": one.title,
        "agent": called[one.agent or ""],
        "turn": one.turn,
        "who": one.who,
        "amount": one.amount,
        "due": None if one.due is None else one.due.isoformat(),
        "kept": one.kept,
        "gone": one.gone,
        "quote": one.quote,
        "start": one.start,
        "overdue": one.kept is None and one.due is not None and one.due < today,
    }


def table(kind: str, data: View, language: UiLanguage) -> Table:
    """A part of the page as a table; raises ``ValueError`` for a part that there is none of."""
    rows: list[tuple[Any, ...]]
    match kind:
        case "trend":
            rows = [
                (agent["name"], week["week"], week["n"], week["mean"], week["failed"])
                for agent in data["agents"]
                for week in agent["weeks"]
            ]
        case "criteria":
            weeks = [week["week"] for week in data["team"]["weeks"]]
            rows = [
                (
                    row["name"],
                    week,
                    cell["n"],
                    None if cell["share"] is None else round(100 * cell["share"], 1),
                )
                for row in data["criteria"]
                for week, cell in zip(weeks, row["weeks"], strict=True)
            ]
        case "verdicts":
            rows = [(row["name"], *row["verdicts"].values(), row["mean"]) for row in data["agents"]]
        case "worst":
            rows = [
                (row["when"], row["agent"], row["title"], row["criterion"], row["start"])
                for row in data["worst"]
            ]
        case "promises":
            state = {True: "kept", False: "broken", None: "pending"}
            rows = [
                (
                    row["due"],
                    row["amount"],
                    row["agent"],
                    row["title"],
                    i18n.text(language, f"team.{state[row['kept']]}{'_gone' if row['gone'] else ''}"),
                )
                for row in data["promises"]
            ]
        case _:
            raise ValueError("the page has no such part")
    head = tuple(i18n.text(language, f"team.csv.{kind}").split("|"))
    return Table(kind, head, (20,) * len(head), tuple(rows))
