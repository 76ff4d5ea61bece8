"""Reviewed again, appealed, looked at first by the agent himself: what every store must keep apart."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from coach.domain.call import Role
from coach.domain.carrying import Left
from coach.domain.errors import NotAllowed, StoreError
from coach.domain.review import Outcome, Review, Verdict
from coach.domain.rulings import RulingKind
from coach.store import AppealKind, CallState, Case, Filters, Order, ReviewStore
from coach.store.schema import reviews
from tests.store_calls import ADMIN, BOSS, LI, WANG, judged, reworded

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
DISMISS, CONFIRM, ADD, OUTCOME = (
    *(RulingKind.DISMISS, RulingKind.CONFIRM),
    *(RulingKind.ADD, RulingKind.OUTCOME),
)


def threatening(**more: object) -> Review:
    return judged("call-1", faults={"no_threat": 2, "no_insult": 4}, **more)  # type: ignore[arg-type]


def kept(store: ReviewStore, review: Review | None = None) -> Case:
    store.add(review or threatening(), title="一", agent="li")
    return store.desk(BOSS).case("call-1")


def swapped(review: Review, turn: int, role: Role) -> Review:
    """The same words and findings, with one turn spoken by somebody else."""
    call = review.observed.call
    turns = tuple(replace(one, role=role) if one.i == turn else one for one in call.turns)
    return replace(review, observed=replace(review.observed, call=replace(call, turns=turns)))


def now(store: ReviewStore) -> Case:
    return store.desk(BOSS).case("call-1")


# -- rulings on a later review ---------------------------------------------------------------------------


def test_a_ruling_comes_along_where_the_finding_is_the_same(store: ReviewStore) -> None:
    kept(store).rule(DISMISS, "no_threat", turn=2, reason="引用法律条文")
    case = kept(store, reworded(threatening(), "again"))
    assert case.line.version == 2
    (ruling,) = case.rulings()
    assert (ruling.carried, ruling.by, ruling.ruling.reason) == (True, "boss", "引用法律条文")
    assert case.left_rulings() == []
    card = case.card()
    assert card.human is not None
    assert (card.machine.critical, card.human.critical) == (("no_threat", "no_insult"), ("no_insult",))
    assert (case.line.critical, case.line.ruled) == (("no_insult",), True)
    assert case.line.state is CallState.IN_REVIEW
    counted = store.desk(BOSS).tallies(*NOVEMBER, criterion="no_threat")
    assert [(one.outcome, one.n) for one in counted] == [("met", 1)]
    assert len(case.rulings(version=1)) == 1


@pytest.mark.parametrize(
    ("ruling", "later", "why"),
    [
        ((DISMISS, "no_threat", 2, None), judged("call-1"), Left.EVIDENCE),
        ((DISMISS, "no_threat", 2, None), swapped(threatening(), 2, Role.CUSTOMER), Left.SPEAKER),
        ((OUTCOME, "no_threat", None, Outcome.MET), judged("call-1"), Left.CHANGED),
        (
            (OUTCOME, "no_threat", None, Outcome.MET),
            judged("call-1", faults={"no_threat": 4}),
            Left.CHANGED,
        ),
        (
            (ADD, "no_pressure", 4, None),
            judged("call-1", "A: 您好。", "C: 什么事？", "A: 再见。", faults={"no_threat": 2}),
            Left.WORDS,
        ),
        ((ADD, "no_pressure", 4, None), swapped(threatening(), 4, Role.CUSTOMER), Left.SPEAKER),
    ],
)
def test_a_ruling_that_does_not_hold_is_listed_with_the_reason(
    store: ReviewStore, ruling: tuple[RulingKind, str, int | None, Outcome | None], later: Review, why: Left
) -> None:
    kind, criterion, turn, outcome = ruling
    kept(store).rule(kind, criterion, turn=turn, outcome=outcome, reason="听过录音")
    case = kept(store, later)
    assert case.rulings() == []
    (left,) = case.left_rulings()
    assert (left.left, left.ruling.reason, left.by) == (why, "听过录音", "boss")
    assert case.card().human is None
    assert not case.line.ruled
    if turn is not None:
        assert left.ruling.quote == threatening().observed.call.turns[turn].text
        assert left.ruling.at == threatening().observed.call.turns[turn].interval


def test_taking_a_correction_back_brings_the_ruling_back(store: ReviewStore) -> None:
    kept(store).rule(DISMISS, "no_threat", turn=2, reason="不是威胁")
    now(store).amend(swapped(threatening(), 2, Role.CUSTOMER))
    assert [one.left for one in now(store).left_rulings()] == [Left.SPEAKER]
    now(store).amend(threatening())
    assert now(store).left_rulings() == []
    assert [one.ruling.turn for one in now(store).rulings()] == [2]
    assert now(store).line.critical == ("no_insult",)


def test_an_undone_ruling_stays_behind(store: ReviewStore) -> None:
    case = kept(store)
    case.undo(case.rule(DISMISS, "no_threat", turn=2, reason="不是威胁").id)
    case = kept(store, reworded(threatening(), "again"))
    assert (case.rulings(), case.left_rulings()) == ([], [])


def test_what_was_left_is_taken_up_again_or_let_go(store: ReviewStore) -> None:
    case = kept(store)
    case.rule(ADD, "no_pressure", turn=4, reason="语气很急")
    case.rule(ADD, "no_pressure", turn=2, reason="也是")
    case = kept(store, swapped(threatening(), 4, Role.THIRD_PARTY))
    (left,) = case.left_rulings()
    made = case.take_up(left.id)
    assert (made.by, made.ruling.turn, made.carried) == ("boss", 4, False)
    assert case.left_rulings() == []
    with pytest.raises(StoreError, match="no such ruling"):
        case.take_up(left.id)
    assert [piece.turn for piece in _finding(case, "no_pressure").evidence] == [2, 4]
    case = kept(store, judged("call-1", "A: 您好。", "C: 什么事？", "A: 再见。", "C: 再见。"))
    first, second = case.left_rulings()
    with pytest.raises(StoreError, match="not in the review any more"):
        case.take_up(first.id)
    case.undo(first.id)
    assert [one.id for one in case.left_rulings()] == [second.id]


def test_nothing_is_ruled_by_a_playbook_that_is_not_kept(store: ReviewStore) -> None:
    kept(store).rule(DISMISS, "no_threat", turn=2, reason="不是威胁")
    case = kept(store, replace(threatening(), playbook_version="0.0.1"))
    assert [one.left for one in case.left_rulings()] == [Left.PLAYBOOK]
    assert case.card().human is None


def test_a_ruling_on_a_review_that_cannot_be_read_any_more_is_listed(store: ReviewStore) -> None:
    kept(store).rule(DISMISS, "no_threat", turn=2, reason="不是威胁")
    noted(store)
    with store.database.writing() as connection:
        connection.execute(sa.update(reviews).values(body=zlib.compress(b"{}")))
    case = kept(store, reworded(threatening(), "again"))
    assert [(one.left, one.ruling.reason) for one in case.left_rulings()] == [(Left.EARLIER, "不是威胁")]
    assert [(one.kept, one.gone, one.quote) for one in store.desk(BOSS).promises()] == [
        (None, False, ""),
        (True, True, ""),
    ]


def test_open_appeals_and_remarks_stay_with_their_words(store: ReviewStore) -> None:
    case = kept(store)
    case.appeal("no_threat", AppealKind.WRONG_HIT, "没有威胁", turn=2)
    case.comment("这里", turn=4)
    case.comment("这句没了", turn=3, at=9.5)
    said = [turn.text for turn in threatening().observed.call.turns]
    spoken = [f"{'AC'[i % 2]}: {text}" for i, text in enumerate(said)]
    again = judged("call-1", spoken[2], "C: 嗯。", spoken[4], spoken[5], faults={"no_threat": 0})
    later = _at_their_seconds(again, threatening())
    case = kept(store, later)
    assert case.line.appeals == 1
    assert [one.turn for one in case.appeals()] == [0]
    assert [(one.turn, one.at) for one in case.comments()] == [(2, None), (None, 9.5)]
    assert [one.id for one in store.desk(BOSS).calls(Filters(appealed=True)).items] == ["call-1"]


def test_what_was_noted_of_a_promise_stays_with_its_words(store: ReviewStore) -> None:
    kept(store)
    (promise,) = store.desk(BOSS).promises()
    store.desk(BOSS).note_promise(promise.id, True)
    said = [turn.text for turn in threatening().observed.call.turns]
    again = judged("call-1", "C: 喂？", *(f"{'AC'[i % 2]}: {text}" for i, text in enumerate(said)))
    facts = again.observed.facts
    facts = replace(facts, promises=(replace(facts.promises[0], turn=4),))
    later = _at_their_seconds(replace(again, observed=replace(again.observed, facts=facts)), threatening())
    kept(store, later)
    (promise,) = store.desk(BOSS).promises()
    assert (promise.turn, promise.kept, promise.noted_by) == (4, True, "boss")


def promising(review: Review, *, amount: int | None = 500, turn: int = 3, day: int = 20) -> Review:
    """The same call with one promise."""
    facts = review.observed.facts
    made = replace(
        facts.promises[0],
        amount=None if amount is None else Decimal(amount),
        turn=turn,
        due=date(2026, 11, day),
    )
    facts = replace(facts, promises=(made,))
    return replace(review, observed=replace(review.observed, facts=facts))


def unpromising(review: Review) -> Review:
    """The same call in which nothing was promised."""
    facts = replace(review.observed.facts, promises=())
    return replace(review, observed=replace(review.observed, facts=facts))


def unsaid() -> Review:
    """The call as a later hearing has it: other words."""
    return unpromising(judged("call-1", "A: 您好。", "C: 什么事？", "A: 再见。", "C: 再见。"))


def noted(store: ReviewStore, kept: bool = True) -> None:
    desk = store.desk(BOSS)
    desk.note_promise(desk.promises()[0].id, kept)


@pytest.mark.parametrize(
    "later",
    [
        unsaid(),
        unpromising(threatening()),
        promising(threatening(), amount=5000),
        promising(threatening(), day=27),
        promising(threatening(), turn=1),
    ],
    ids=["other words", "no promise", "another sum", "another day", "another turn"],
)
def test_a_note_whose_promise_is_not_found_any_more_stays_with_its_words(
    store: ReviewStore, later: Review
) -> None:
    kept(store)
    noted(store)
    for version in (2, 3):
        kept(store, reworded(later, f"version {version}"))
        gone = [one for one in store.desk(BOSS).promises() if one.gone]
        assert [(one.kept, one.noted_by, one.amount) for one in gone] == [(True, "boss", 500.0)]
        turn = threatening().observed.call.turns[3]
        assert turn.interval is not None
        assert (gone[0].quote, gone[0].start) == (turn.text, turn.interval.start)
        found = [one for one in store.desk(BOSS).promises() if not one.gone]
        assert [one.kept for one in found] == [None] * len(later.observed.facts.promises)


def test_a_note_comes_back_with_its_words(store: ReviewStore) -> None:
    kept(store)
    noted(store, kept=False)
    kept(store, unsaid())
    kept(store, reworded(threatening(), "as before"))
    (promise,) = store.desk(BOSS).promises()
    assert (promise.gone, promise.kept, promise.noted_by, promise.turn) == (False, False, "boss", 3)


def test_a_sum_that_is_only_known_now_keeps_the_note(store: ReviewStore) -> None:
    kept(store, promising(threatening(), amount=None))
    noted(store)
    kept(store, reworded(threatening(), "heard better"))
    (promise,) = store.desk(BOSS).promises()
    assert (promise.amount, promise.kept, promise.gone) == (500.0, True, False)


def test_two_promises_in_one_breath_keep_a_note_each(store: ReviewStore) -> None:
    one = threatening()
    first = one.observed.facts.promises[0]
    facts = replace(
        one.observed.facts, promises=(first, replace(first, amount=Decimal(300), due=date(2026, 11, 27)))
    )
    both = replace(one, observed=replace(one.observed, facts=facts))
    kept(store, both)
    noted(store)
    kept(store, reworded(both, "again"))
    assert [(p.amount, p.kept) for p in store.desk(BOSS).promises()] == [(500.0, True), (300.0, None)]


def test_a_note_of_words_that_are_gone_is_changed_and_let_go(store: ReviewStore) -> None:
    kept(store)
    noted(store)
    kept(store, unsaid())
    desk = store.desk(BOSS)
    noted(store, kept=False)
    (gone,) = desk.promises()
    assert (gone.gone, gone.kept) == (True, False)
    with pytest.raises(StoreError, match="no such promise"):
        store.desk(WANG).note_promise(gone.id, None)
    desk.note_promise(gone.id, None)
    assert desk.promises() == []
    kept(store, reworded(threatening(), "as before"))
    assert [one.kept for one in desk.promises()] == [None]


def test_a_promise_without_a_day_is_in_the_ledger_of_its_call(store: ReviewStore) -> None:
    facts = threatening().observed.facts
    facts = replace(facts, promises=(replace(facts.promises[0], due=None),))
    kept(store, replace(threatening(), observed=replace(threatening().observed, facts=facts)))
    desk = store.desk(BOSS)
    assert [one.due for one in desk.promises(date(2026, 11, 1))] == [None]
    assert desk.promises(date(2026, 12, 1)) == []
    assert desk.promises(date(2026, 11, 1), date(2026, 12, 1)) == []


def test_an_erased_call_takes_its_notes_along(store: ReviewStore) -> None:
    kept(store)
    noted(store)
    kept(store, unsaid()).erase()
    assert store.desk(BOSS).promises() == []


def _at_their_seconds(review: Review, before: Review) -> Review:
    """The turns of ``review`` at the seconds where ``before`` has the same words."""
    times = {turn.text: turn.interval for turn in before.observed.call.turns}
    call = review.observed.call
    turns = tuple(replace(turn, interval=times.get(turn.text, turn.interval)) for turn in call.turns)
    return replace(review, observed=replace(review.observed, call=replace(call, turns=turns)))


def _finding(case: Case, criterion: str) -> object:
    return next(one for one in case.card().stands.findings if one.criterion == criterion)


# -- a granted appeal ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AppealKind.WRONG_HIT, AppealKind.WRONG_WORDS, AppealKind.WRONG_SPEAKER])
@pytest.mark.parametrize("turn", [2, None])
def test_a_granted_appeal_changes_the_human_card_and_not_the_machines(
    store: ReviewStore, kind: AppealKind, turn: int | None
) -> None:
    case = kept(store, judged("call-1", faults={"no_threat": 2}))
    appeal = case.appeal("no_threat", kind, "我没有威胁", turn=turn)
    case.answer(appeal.id, granted=True, text="听过，不是威胁")
    card = case.card()
    assert card.machine.verdict is Verdict.FAIL
    assert card.human is not None
    assert card.human.verdict is Verdict.PASS
    assert (case.line.verdict, case.line.machine_verdict) == (Verdict.PASS, Verdict.FAIL)
    assert [(one.ruling.reason, one.by) for one in case.rulings()] == [("听过，不是威胁", "boss")]
    agent = store.desk(LI).case("call-1")
    agent.skip_self_score()
    assert agent.card().stands.verdict is Verdict.PASS
    assert [one.granted for one in agent.appeals()] == [True]


@pytest.mark.parametrize("turn", [2, None])
def test_what_he_did_say_counts_when_it_is_granted(store: ReviewStore, turn: int | None) -> None:
    case = kept(store, judged("call-1", missed=("empathy",)))
    appeal = case.appeal("empathy", AppealKind.MISSING_EVIDENCE, "我说了", turn=turn)
    case.answer(appeal.id, granted=True, text="确实说了")
    assert _finding(case, "empathy").outcome is Outcome.MET  # type: ignore[attr-defined]


def test_a_refused_appeal_changes_nothing_and_an_answer_is_final(store: ReviewStore) -> None:
    case = kept(store)
    appeal = case.appeal("no_threat", AppealKind.WRONG_HIT, "没有", turn=2)
    case.answer(appeal.id, granted=False, text="听过，是威胁")
    assert (case.card().human, case.rulings()) == (None, [])
    with pytest.raises(StoreError, match="answered before"):
        case.answer(appeal.id, granted=True, text="改主意了")


def test_an_appeal_on_what_was_dismissed_already_needs_no_second_ruling(store: ReviewStore) -> None:
    case = kept(store)
    appeal = case.appeal("no_threat", AppealKind.WRONG_HIT, "没有", turn=2)
    case.rule(DISMISS, "no_threat", turn=2, reason="不是")
    case.answer(appeal.id, granted=True, text="已经改过")
    assert len(case.rulings()) == 1


# -- the agent's own look first --------------------------------------------------------------------------


def test_before_his_own_score_an_agent_sees_the_words_and_no_judgement(store: ReviewStore) -> None:
    boss = kept(store)
    boss.rule(DISMISS, "no_threat", turn=2, reason="不是")
    boss.comment("注意语气")
    desk = store.desk(LI)
    case = desk.case("call-1")
    words = [turn.text for turn in case.blind_review().observed.call.turns]
    assert words == [turn.text for turn in threatening().observed.call.turns]
    assert case.blind_review().scorecard.findings == ()
    for look in (
        *(case.review, case.card, case.versions, lambda: case.review_of(1), case.rulings, case.left_rulings),
        *(case.comments, case.appeals, case.sign_offs, case.acknowledgements, case.acknowledge),
        *(lambda: case.exported("pdf"), lambda: case.appeal("no_threat", AppealKind.WRONG_HIT, "x")),
    ):
        with pytest.raises(NotAllowed, match="score yourself first"):
            look()


def test_no_list_no_filter_no_order_and_no_count_tells_him(store: ReviewStore) -> None:
    kept(store)
    store.add(judged("good"), title="二", agent="li")
    desk = store.desk(LI)
    lines = desk.calls().items
    assert {(line.verdict, line.score, line.critical, line.risk) for line in lines} == {
        (Verdict.NOT_ASSESSED, None, (), 0)
    }
    assert all(line.withheld for line in lines)
    for filters in (
        *(Filters(critical=True), Filters(critical=False), Filters(verdicts=(Verdict.FAIL,))),
        *(Filters(doubtful=False), Filters(ruled=False), Filters(criterion="no_threat")),
        Filters(criterion="no_threat", outcome=Outcome.NOT_MET, text="逾期"),
    ):
        assert (desk.count(filters), desk.calls(filters).items, desk.search(filters).items) == (0, (), ())
    newest = [line.id for line in desk.calls(order=Order.NEWEST).items]
    for order in (Order.RISK, Order.WORST):
        assert [line.id for line in desk.calls(order=order).items] == newest
    assert desk.worst(*NOVEMBER) == []
    assert desk.tallies(*NOVEMBER) == []
    assert desk.case("call-1").earlier("empathy") == []
    assert [hit.call.withheld for hit in desk.search(Filters(text="逾期")).items] == [True, True]


@pytest.mark.parametrize("how", ["scored", "skipped", "turned off", "acknowledged before"])
def test_afterwards_he_sees_all_of_it(store: ReviewStore, how: str) -> None:
    kept(store)
    case = store.desk(LI).case("call-1")
    match how:
        case "scored":
            case.score_self({"no_threat": Outcome.NOT_MET}, "太急了")
        case "skipped":
            case.skip_self_score()
        case "turned off":
            store.desk(BOSS).ask_scores_first(False)
        case "acknowledged before":
            case.skip_self_score()
            store.desk(BOSS).case("call-1").sign_off()
            case.acknowledge()
    desk = store.desk(LI)
    case = desk.case("call-1")
    assert case.review() == threatening()
    assert case.line.verdict is Verdict.FAIL
    assert desk.count(Filters(critical=True)) == 1
    assert {one.criterion for one in desk.worst(*NOVEMBER)} == {"no_insult", "no_threat"}
    kept_counts = store.desk(BOSS).tallies(*NOVEMBER, agent="li")
    assert desk.tallies(*NOVEMBER) == kept_counts
    assert (case.self_score() is not None) == (how == "scored")
    assert store.desk(BOSS).tallies(*NOVEMBER, by_agent=False, by_week=False) == desk.tallies(
        *NOVEMBER, by_agent=False, by_week=False
    )


def test_looking_without_is_written_down_once_and_a_score_replaces_it(store: ReviewStore) -> None:
    kept(store)
    case = store.desk(LI).case("call-1")
    case.skip_self_score()
    skips = [one.account for one in store.desk(ADMIN).audit(action="skip_self_score").items]
    assert skips == ["li"]
    assert case.self_score() is None
    case.score_self({"no_threat": Outcome.MET})
    case.skip_self_score()
    assert case.self_score() is not None


def test_who_leads_is_not_asked_to_score_himself(store: ReviewStore) -> None:
    assert not kept(store).withheld
    assert kept(store).review() == threatening()


# -- tables that are taken away --------------------------------------------------------------------------


def test_a_table_that_is_taken_away_is_written_down(store: ReviewStore) -> None:
    store.desk(BOSS).exported("team trend csv")
    (entry,) = store.desk(ADMIN).audit(action="export").items
    assert (entry.account, entry.detail, entry.subject) == ("boss", {"kind": "team trend csv"}, "")
