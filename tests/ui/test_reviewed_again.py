"""A call that was reviewed more than once at the page, uncertain days, and tables that are taken away."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coach.domain.call import Role
from coach.domain.errors import NotAllowed
from coach.domain.observations import DateMention, Promise
from coach.domain.review import Review
from coach.domain.time import Span
from coach.language.dates import AMBIGUITIES, Ambiguity
from coach.report.html import review_html
from coach.report.tables import Table, review_tables
from coach.store import ReviewStore
from coach.ui.office_acts import act
from coach.ui.office_view import closed_view, office_view, versions_view
from coach.ui.review_view import review_view
from coach.ui.taken import taken
from tests.store_calls import ADMIN, BOSS, TRAINER, judged
from tests.ui import fixtures


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    """A call with a ruling that did not come along to its second review, and one that did."""
    made = ReviewStore(tmp_path)
    made.add(judged("one", faults={"no_threat": 2, "no_insult": 4}), title="一")
    case = made.desk(BOSS).case("one")
    case.rule(*_dismissal("no_threat"), turn=2, reason="不是威胁")
    case.rule(*_dismissal("no_insult"), turn=4, reason="不是辱骂")
    made.add(judged("one", faults={"no_insult": 4}), title="一")
    return made


def _dismissal(criterion: str) -> tuple:
    from coach.domain.rulings import RulingKind

    return RulingKind.DISMISS, criterion


def test_what_did_not_come_along_is_shown_with_words_and_reason(store: ReviewStore) -> None:
    desk = store.desk(BOSS)
    case = desk.case("one")
    view = office_view(desk, case, case.card(), "zh")
    (left,) = view["left"]
    assert (left["criterion"], left["why"], left["quote"]) == (
        "no_threat",
        "evidence",
        "您的账单逾期了三千二百元，请您尽快还款。",
    )
    assert left["at"] is not None
    assert [(one["criterion"], one["carried"]) for one in view["rulings"]] == [("no_insult", True)]
    json.dumps(view)
    assert act(case, {"do": "take_up", "id": left["id"]}) is None
    assert desk.case("one").left_rulings() == []
    assert act(desk.case("one"), {"do": "take_up", "id": left["id"]}) == "office.refused"


def test_earlier_reviews_can_be_chosen_and_nothing_be_done_to_them(store: ReviewStore) -> None:
    desk = store.desk(BOSS)
    case = desk.case("one")
    found = versions_view(case, 1)
    assert found is not None
    assert (found["shown"], found["stands"]) == (1, 2)
    assert [(one["version"], one["verdict"]) for one in found["all"]] == [(1, "fail"), (2, "fail")]
    closed = closed_view(desk, case, 1, "zh")
    assert not closed["may"]
    assert [one["criterion"] for one in closed["rulings"]] == ["no_threat", "no_insult"]
    json.dumps([found, closed])
    store.add(judged("alone"), title="二")
    assert versions_view(desk.case("alone"), 1) is None


# -- uncertain days ----------


def dated(ambiguity: str | None, *more: DateMention) -> Review:
    """The bad call with its deadline said so; ``more`` other mentions of days."""
    review = fixtures.bad_review()
    day = date(2026, 11, 20)
    facts = replace(
        review.observed.facts,
        dates=(DateMention(day, 8, Span(2, 6), ambiguity), *more),
        promises=(Promise(Role.CUSTOMER, None, day, None, 8, Span(0, 2)),),
    )
    return replace(review, observed=replace(review.observed, facts=facts))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ambiguity", list(Ambiguity))
def test_why_a_day_is_uncertain_is_said_beside_it(ambiguity: Ambiguity, language: str) -> None:
    said = AMBIGUITIES[ambiguity].in_language(language)  # type: ignore[arg-type]
    review = dated(ambiguity.value)
    facts = review_view(review, language)["facts"]  # type: ignore[arg-type]
    assert facts["deadlineWhy"] == said
    assert [promise["dueWhy"] for promise in facts["promises"]] == [said]
    assert facts["dates"][0]["why"] == said
    cells = [str(cell) for table in _tables(review, language) for row in table.rows for cell in row]
    assert said in cells
    assert said in review_html(review, language=language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "review",
    [
        dated(None),
        dated("of a later version"),
        dated("weekend", DateMention(date(2026, 11, 20), 3, Span(0, 2))),  # somebody else said it clearly
    ],
)
def test_a_day_that_was_clearly_named_has_no_doubt(review: Review) -> None:
    assert review_view(review, "zh")["facts"]["deadlineWhy"] is None


def _tables(review: Review, language: str) -> list[Table]:
    return list(review_tables(review, language=language, notice=""))  # type: ignore[arg-type]


# -- tables ----------

_TABLE = Table("worst", ("员工", "通话"), (20, 20), (("=1+1", "＝cmd|' /C calc'!A0"), ("小李", "x")))


def test_what_is_taken_away_is_written_down_and_no_formula(store: ReviewStore) -> None:
    from openpyxl import load_workbook

    desk = store.desk(BOSS)
    file = taken(desk, "team", _TABLE, "xlsx", sheet="最严重的时刻")
    assert file["name"] == "team-worst.xlsx"
    sheet = load_workbook(io.BytesIO(base64.b64decode(file["data"])))["最严重的时刻"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        list(_TABLE.head),
        *map(list, _TABLE.rows),
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    text = base64.b64decode(taken(desk, "team", _TABLE, "csv", sheet="x")["data"]).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,'＝cmd|' /C calc'!A0"
    entries = store.desk(ADMIN).audit(action="export").items
    assert [(one.account, one.detail["kind"]) for one in entries] == [
        ("boss", "team worst csv"),
        ("boss", "team worst xlsx"),
    ]


def test_who_may_not_takes_nothing_away(store: ReviewStore) -> None:
    with pytest.raises(NotAllowed):
        taken(store.desk(TRAINER), "team", _TABLE, "csv", sheet="x")
    with pytest.raises(ValueError, match="no such kind"):
        taken(store.desk(BOSS), "team", _TABLE, "exe", sheet="x")
    assert store.desk(ADMIN).audit(action="export").items == ()
