"""What every store must do, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from coach.domain.errors import NoSuchCall, NotAllowed, PlaybookError, StoreError
from coach.domain.people import AccountRole, Actor
from coach.domain.review import Outcome, Verdict
from coach.domain.rulings import RulingKind
from coach.store import AppealKind, CallState, Case, Filters, Order, ReviewStore
from coach.store.schema import metadata, tallies
from coach.store.tallies import recount
from tests.store_calls import ADMIN, BOSS, LI, OTHER_BOSS, TRAINER, WANG, judged, playbook, reworded


def filled(store: ReviewStore) -> ReviewStore:
    """Four calls: a threat (li), a doubt (wang), a clean one (li), and nobody's."""
    store.add(judged("threat", faults={"no_threat": 2}), title="威胁", agent="li")
    store.add(
        judged("doubt", doubts={"no_threat": 2}, started_at="2026-11-11T09:00+08:00"),
        title="待核",
        agent="wang",
    )
    store.add(judged("clean", started_at="2026-11-19T09:00+08:00"), title="合格", agent="li")
    store.add(judged("english", "A: Good morning.", "C: Hello, who is this?", language="en"), title="English")
    return store


def looked(store: ReviewStore, call_id: str) -> Case:
    """A call of Li's which he looks at without scoring himself."""
    case = store.desk(LI).case(call_id)
    case.skip_self_score()
    return case


# -- keeping ---------------------------------------------------------------------------------------------


def test_a_review_comes_back_equal(store: ReviewStore) -> None:
    kept = judged()
    store.add(kept, title="一")
    assert store.review("call-1") == kept
    assert store.desk(BOSS).case("call-1").review() == kept


def test_the_same_recording_twice_is_one_call_and_one_version(store: ReviewStore) -> None:
    for title in ("一", "二"):
        store.add(judged(), title=title, agent="li")
    assert [(call.title, call.version, call.agent) for call in store.calls()] == [("二", 1, "li")]


def test_reviewed_again_the_earlier_review_stays(store: ReviewStore) -> None:
    first = judged(faults={"no_threat": 2})
    store.add(first, title="一", agent="li")
    store.desk(BOSS).case("call-1").rule(RulingKind.DISMISS, "no_threat", turn=2, reason="引用")
    store.add(judged(), title="一")
    case = store.desk(BOSS).case("call-1")
    assert [version.version for version in case.versions()] == [1, 2]
    assert case.review_of(1) == first
    assert case.line.verdict is Verdict.PASS
    assert case.line.agent == "li"


def test_a_removed_call_is_hidden_from_all_and_comes_back(store: ReviewStore) -> None:
    desk = filled(store).desk(BOSS)
    desk.remove("threat")
    assert "threat" not in {call.id for call in desk.calls().items}
    assert not desk.search(Filters(text="投诉", agents=("li",), critical=True)).items
    with pytest.raises(NoSuchCall):
        desk.case("threat")
    assert [call.id for call in desk.removed()] == ["threat"]
    desk.restore("threat")
    assert desk.case("threat").line.agent == "li"


# -- lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order.RISK, ["threat", "doubt"]),
        (Order.NEWEST, ["clean", "threat", "english", "doubt"]),
        (Order.OLDEST, ["doubt", "threat", "english", "clean"]),
        (Order.WORST, ["threat"]),
    ],
)
def test_a_list_is_sorted(store: ReviewStore, order: Order, ids: list[str]) -> None:
    found = [call.id for call in filled(store).desk(BOSS).calls(order=order).items]
    alike = [i for i in found if i in ids] if len(ids) == 4 else found[: len(ids)]
    assert sorted(alike) == sorted(ids)
    assert alike[0] == ids[0]
    assert alike[-1] == ids[-1]


@pytest.mark.parametrize("order", list(Order))
def test_pages_together_are_the_list_and_nothing_twice(store: ReviewStore, order: Order) -> None:
    for i in range(23):
        faults = {"no_threat": 2} if i % 5 == 0 else {}
        store.add(judged(f"c{i}", faults=faults, missed=("empathy",) * (i % 3 == 0)), title=str(i))
    desk = store.desk(BOSS)
    whole = [call.id for call in desk.calls(order=order, limit=500).items]
    pages, after = [], None
    while True:
        page = desk.calls(order=order, after=after, limit=4)
        pages += [call.id for call in page.items]
        if page.next is None:
            break
        after = page.next
    assert pages == whole
    assert len(set(pages)) == 23


@pytest.mark.parametrize("cursor", ["", "x", "W10=", "bnVsbA==", "WyJhIiwgMV0=", "é"])
def test_a_made_up_place_in_a_list_is_refused(store: ReviewStore, cursor: str) -> None:
    with pytest.raises(StoreError, match="not a place"):
        store.desk(BOSS).calls(after=cursor)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), {"threat", "doubt", "clean", "english"}),
        (Filters(critical=True), {"threat"}),
        (Filters(verdicts=(Verdict.FAIL,)), {"threat"}),
        (Filters(doubtful=True, agents=("wang",)), {"doubt"}),
        (Filters(agents=("li",)), {"threat", "clean"}),
        (Filters(languages=("en",)), {"english"}),
        (Filters(since=date(2026, 11, 19)), {"clean"}),
        (Filters(until=date(2026, 11, 12)), {"doubt"}),
        (Filters(title="威"), {"threat"}),
        (Filters(title="%"), set()),
        (Filters(criterion="no_threat", outcome=Outcome.NOT_MET), {"threat"}),
        (Filters(text="投诉", agents=("wang",)), {"doubt"}),
        (Filters(states=(CallState.SIGNED,)), set()),
        (Filters(playbooks=("negotiation",)), set()),
        (Filters(ruled=True), set()),
        (Filters(appealed=True), set()),
        (Filters(cleared=True), set()),
    ],
)
def test_filters_leave_what_is_wanted(store: ReviewStore, filters: Filters, ids: set[str]) -> None:
    desk = filled(store).desk(BOSS)
    assert {call.id for call in desk.calls(filters).items} == ids
    assert desk.count(filters) == len(ids)
    assert desk.count(filters, at_most=1) == min(1, len(ids))
    assert Filters.from_json(filters.to_json()) == filters


# -- search ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "turns"),
    [
        ("款", [2, 5]),
        ("退款", [5]),
        ("还款", [2]),
        ("還款", [2]),
        ("帳單逾期", [2]),
        ("huankuan", [2]),
        ("huan kuan", [2]),
        ("tousu", [3]),
        ("LATE", [5]),
        ("ｌａｔｅ fee", [5]),
        ("fee late", []),
        ("ate", []),
        ("事您", []),
        ("三千 投诉", [2, 3]),
        ('"投诉 你们"', [3]),
        ("退还", []),
        ("%", []),
        ('"', []),
        ("' OR 1=1 --", []),
        ("said : 款 NEAR(*", [2, 5]),
        ("款*", [2, 5]),
    ],
)
def test_words_of_any_length_are_found_in_both_scripts_and_by_sound(
    store: ReviewStore, query: str, turns: list[int]
) -> None:
    store.add(judged(), title="一")
    hits = store.desk(BOSS).search(Filters(text=query), moments=9).items
    wanted = [] if "said" in query else turns
    assert [moment.turn for hit in hits for moment in hit.moments] == wanted


def test_a_moment_names_the_words(store: ReviewStore) -> None:
    store.add(judged(), title="一")
    ((moment,),) = (hit.moments for hit in store.desk(BOSS).search(Filters(text="逾期")).items)
    assert (moment.role, moment.start) == ("agent", 6.0)
    assert [span.of(moment.text) for span in moment.spans] == ["逾期"]


def test_search_finds_what_python_finds(store: ReviewStore) -> None:
    lot = random.Random(5)
    said = {f"c{i}": "".join(lot.choices("还款退投诉逾期利息不", k=30)) for i in range(60)}
    for call_id, text in said.items():
        store.add(judged(call_id, f"A: {text[:15]}", f"C: {text[15:]}"), title=call_id)
    desk = store.desk(BOSS)
    for length in (1, 2, 2, 3, 3, 4, 5):
        for _ in range(12):
            query = "".join(lot.choices("还款退投诉逾期利息不", k=length))
            found = {hit.call.id for hit in desk.search(Filters(text=query), limit=500).items}
            assert found == {i for i, text in said.items() if query in text[:15] or query in text[15:]}, query


@pytest.mark.parametrize("order", [Order.NEWEST, Order.RISK])
def test_pages_of_a_search_together_are_all_hits_and_nothing_twice(
    store: ReviewStore, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.store.desk.PEEK", 6)
    for i in range(18):
        words = "提前终止合同" if i % 3 else "别的话"
        faults = {"no_threat": 0} if i % 4 == 0 else {}
        store.add(judged(f"c{i}", f"A: {words}", "C: 好", faults=faults), title=str(i))
    desk, asked = store.desk(BOSS), Filters(text="终止合同")
    pages, after = [], None
    while True:
        page = desk.search(asked, order=order, after=after, limit=3)
        pages += [hit.call.id for hit in page.items]
        if page.next is None:
            break
        after = page.next
    assert pages == [hit.call.id for hit in desk.search(asked, order=order, limit=500).items]
    assert sorted(pages) == sorted(f"c{i}" for i in range(18) if i % 3)


def test_a_phrase_longer_than_any_position_is_found(store: ReviewStore) -> None:
    lines = [f"{'AC'[i % 2]}: {'的是' * 150}" for i in range(60)] + ["A: 最后一句退款了"]
    store.add(judged("long", *lines), title="长")
    (hit,) = store.desk(BOSS).search(Filters(text="句退款")).items
    assert [moment.turn for moment in hit.moments] == [60]


# -- rulings ---------------------------------------------------------------------------------------------


def test_a_dismissed_threat_changes_the_human_card_and_not_the_machines(store: ReviewStore) -> None:
    review = judged(faults={"no_threat": 2})
    store.add(review, title="一", agent="li")
    case = store.desk(BOSS).case("call-1")
    ruling = case.rule(RulingKind.DISMISS, "no_threat", turn=2, reason="引用法律条文")
    card = case.card()
    assert card.machine == review.scorecard
    assert card.human is not None
    assert (card.machine.verdict, card.human.verdict) == (Verdict.FAIL, Verdict.PASS)
    assert card.stands is card.human
    line = store.desk(BOSS).case(case.line.id).line
    assert (line.verdict, line.machine_verdict, line.ruled, line.state) == (
        Verdict.PASS,
        Verdict.FAIL,
        True,
        CallState.IN_REVIEW,
    )
    case.undo(ruling.id)
    assert store.desk(BOSS).case(case.line.id).line.verdict is Verdict.FAIL
    assert case.card().human is None
    assert [r.undone_by for r in case.rulings(undone=True)] == ["boss"]
    assert case.rulings() == []


@pytest.mark.parametrize(
    ("kind", "criterion", "extra", "outcome"),
    [
        (RulingKind.CONFIRM, "no_threat", {"turn": 2}, Outcome.NOT_MET),
        (RulingKind.DISMISS, "no_threat", {"turn": 2}, Outcome.MET),
        (RulingKind.ADD, "no_insult", {"turn": 4, "quote": "好的"}, Outcome.NOT_MET),
        (RulingKind.OUTCOME, "no_threat", {"outcome": Outcome.NOT_APPLICABLE}, Outcome.NOT_APPLICABLE),
        (RulingKind.DISMISS, "empathy", {}, Outcome.NOT_MET),
        (RulingKind.ADD, "empathy", {"turn": 4}, Outcome.MET),
    ],
)
def test_a_ruling_sets_the_outcome(
    store: ReviewStore, kind: RulingKind, criterion: str, extra: dict[str, object], outcome: Outcome
) -> None:
    store.add(judged(doubts={"no_threat": 2}), title="一")
    case = store.desk(BOSS).case("call-1")
    case.rule(kind, criterion, reason="听过了", **extra)  # type: ignore[arg-type]
    (found,) = [f for f in case.card().stands.findings if f.criterion == criterion]
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"kind": RulingKind.CONFIRM, "criterion": "no_threat", "reason": " "}, "reason"),
        ({"kind": RulingKind.OUTCOME, "criterion": "no_threat", "reason": "x"}, "outcome"),
        ({"kind": RulingKind.ADD, "criterion": "no_threat", "reason": "x"}, "turn"),
        ({"kind": RulingKind.CONFIRM, "criterion": "nothing", "reason": "x"}, "criterion"),
        ({"kind": RulingKind.CONFIRM, "criterion": "no_threat", "reason": "x", "turn": 99}, "turn"),
        ({"kind": RulingKind.CONFIRM, "criterion": "no_threat", "reason": "x", "turn": -1}, "turn"),
    ],
)
def test_what_cannot_be_ruled_is_refused(
    store: ReviewStore, arguments: dict[str, object], match: str
) -> None:
    store.add(judged(), title="一")
    with pytest.raises(StoreError, match=match):
        store.desk(BOSS).case("call-1").rule(**arguments)  # type: ignore[arg-type]


def test_a_ruling_needs_the_playbook_that_judged(store: ReviewStore) -> None:
    from dataclasses import replace

    store.add(replace(judged(), playbook_version="0.0.1"), title="一")
    case = store.desk(BOSS).case("call-1")
    with pytest.raises(StoreError, match="review the recording again"):
        case.rule(RulingKind.CONFIRM, "no_threat", reason="x")
    assert case.rulings() == []


# -- talk ------------------------------------------------------------------------------------------------


def test_an_appeal_goes_up_and_is_answered(store: ReviewStore) -> None:
    filled(store)
    mine = looked(store, "clean")
    appeal = mine.appeal("no_threat", AppealKind.WRONG_SPEAKER, "不是我说的", turn=2)
    assert [a.id for a in store.desk(BOSS).appeals()] == [appeal.id]
    assert [c.id for c in store.desk(BOSS).calls(order=Order.RISK).items][:2] == ["threat", "clean"]
    answered = store.desk(BOSS).case("clean").answer(appeal.id, granted=False, text="听过，是你")
    assert (answered.granted, answered.answered_by) == (False, "boss")
    assert store.desk(BOSS).appeals() == []
    assert store.desk(BOSS).case("clean").line.appeals == 0
    with pytest.raises(NotAllowed):
        mine.answer(appeal.id, granted=True, text="好")


def test_signed_off_and_acknowledged(store: ReviewStore) -> None:
    filled(store)
    boss = store.desk(BOSS).case("threat")
    boss.sign_off("聊过了")
    assert boss.line.state is CallState.SIGNED
    assert [c.id for c in store.desk(BOSS).calls(order=Order.RISK).items][-1] == "threat"
    agent = looked(store, "threat")
    agent.acknowledge("no_threat")
    assert agent.line.state is CallState.SIGNED
    agent.acknowledge()
    assert agent.line.state is CallState.ACKNOWLEDGED
    assert [(a.by, a.criterion) for a in agent.acknowledgements()] == [("li", "no_threat"), ("li", "")]
    store.desk(BOSS).case(boss.line.id).withdraw_sign_off()
    assert store.desk(BOSS).case(boss.line.id).line.state is CallState.IN_REVIEW
    assert [s.withdrawn_at is not None for s in boss.sign_offs()] == [True]


def test_remarks_are_taken_away_by_who_made_them(store: ReviewStore) -> None:
    filled(store)
    boss, agent = store.desk(BOSS).case("threat"), looked(store, "threat")
    remark = boss.comment("这里太急", at=6.5, turn=2)
    assert agent.comments() == [remark]
    with pytest.raises(StoreError, match="no such remark"):
        agent.delete_comment(remark.id)
    boss.delete_comment(remark.id)
    assert boss.comments() == []
    with pytest.raises(StoreError, match="write something"):
        agent.comment("  ")


def test_a_self_score_is_his_and_his_supervisors(store: ReviewStore) -> None:
    filled(store)
    agent = store.desk(LI).case("threat")
    kept = agent.score_self({"no_threat": Outcome.MET}, "我觉得还好")
    assert agent.score_self({"no_threat": Outcome.NOT_MET}).outcomes != kept.outcomes
    found = store.desk(BOSS).case("threat").self_score("li")
    assert found is not None
    assert found.outcomes == {"no_threat": Outcome.NOT_MET}
    with pytest.raises(NotAllowed):
        agent.self_score("boss")
    with pytest.raises(StoreError, match="criterion"):
        agent.score_self({"nothing": Outcome.MET})


def test_a_second_reviewer_is_blind_until_he_hands_in(store: ReviewStore) -> None:
    filled(store)
    first = store.desk(BOSS).case("threat")
    first.rule(RulingKind.CONFIRM, "no_threat", turn=2, reason="是威胁")
    first.assign_second("boss2")
    second = store.desk(OTHER_BOSS).case("threat")
    assert second.blind
    for look in (second.card, second.review, second.rulings, second.comments, second.appeals):
        with pytest.raises(NotAllowed, match="your own review"):
            look()
    bare = second.blind_review()
    assert (bare.scorecard.findings, bare.scorecard.score) == ((), None)
    assert bare.observed.call.turns
    assert [s.id for s in store.desk(OTHER_BOSS).second_reviews(mine=True, open_only=True)]
    with pytest.raises(StoreError, match="asked for"):
        first.assign_second("boss2")
    second.submit_second({"no_threat": Outcome.MET})
    with pytest.raises(StoreError, match="handed it in"):
        second.submit_second({"no_threat": Outcome.NOT_MET})
    assert second.card().human is not None
    found = store.desk(BOSS).ratings(date(2026, 11, 1), date(2026, 12, 1))
    rated = {r.rater: r.outcome for r in found if r.criterion == "no_threat"}
    assert rated == {"machine": Outcome.NOT_MET, "first:boss": Outcome.NOT_MET, "boss2": Outcome.MET}


# -- counts ----------------------------------------------------------------------------------------------


def _tallies(store: ReviewStore) -> set[tuple[object, ...]]:
    with store.database.reading() as connection:
        rows = connection.execute(sa.select(tallies).where(tallies.c.n != 0))
        return {(*row[:6], round(row.total, 6)) for row in rows}


def test_counts_are_what_counting_anew_gives(store: ReviewStore) -> None:
    filled(store)
    lot = random.Random(3)
    desk = store.desk(ADMIN)
    for step in range(40):
        ids = [call.id for call in desk.calls().items]
        chosen = lot.choice(ids)
        match step % 6:
            case 0:
                store.add(
                    reworded(judged(f"n{step}"), str(step)), title="n", agent=lot.choice(["li", "wang"])
                )
            case 1:
                desk.case(chosen).rule(
                    RulingKind.OUTCOME, "empathy", outcome=lot.choice(list(Outcome)), reason="x"
                )
            case 2:
                desk.remove(chosen)
            case 3:
                desk.case(chosen).give_to(lot.choice(["li", None]))
            case 4:
                store.add(judged(chosen, missed=("courtesy",)), title="again")
            case 5:
                for line in desk.removed()[:1]:
                    desk.restore(line.id)
    before = _tallies(store)
    with store.database.writing() as connection:
        recount(connection)
    assert before == _tallies(store)


def test_the_dashboard_counts_weeks_and_an_agent_gets_his_own(store: ReviewStore) -> None:
    filled(store)
    boss = store.desk(BOSS).tallies(date(2026, 11, 1), date(2026, 12, 1))
    verdicts = {(str(t.week), t.agent, t.outcome): t.n for t in boss if t.criterion == ""}
    assert verdicts[("2026-11-16", "li", "fail")] == 1
    assert verdicts[("2026-11-16", "li", "pass")] == 1
    looked(store, "threat")
    assert {t.agent for t in store.desk(LI).tallies(date(2026, 11, 1), date(2026, 12, 1))} == {"li"}
    assert store.desk(LI).tallies(date(2026, 11, 1), date(2026, 12, 1), agent="wang") == []
    worst = store.desk(BOSS).worst(date(2026, 11, 1), date(2026, 12, 1))
    assert [(w.call.id, w.criterion, w.turn, w.start) for w in worst] == [("threat", "no_threat", 2, 6.0)]


def test_promises_are_kept_in_a_ledger(store: ReviewStore) -> None:
    filled(store)
    desk = store.desk(BOSS)
    promise = desk.promises(date(2026, 11, 20), date(2026, 11, 21), agent="wang")[0]
    assert (promise.amount, promise.due, promise.kept) == (500.0, date(2026, 11, 20), None)
    desk.note_promise(promise.id, True)
    store.add(judged("doubt", missed=("empathy",)), title="又评一次")
    assert [p.kept for p in desk.promises(agent="wang")] == [True]
    assert promise.id not in {p.id for p in desk.promises(open_only=True)}


def test_a_sample_is_the_same_for_the_same_seed(store: ReviewStore) -> None:
    for i in range(12):
        store.add(judged(f"c{i}", faults={"no_threat": 2} if i < 2 else {}), title=str(i), agent="li")
    desk = store.desk(BOSS)
    drawn = [[c.id for c in desk.sample(4, date(2026, 11, 20), seed=s)] for s in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert {"c0", "c1"} <= set(drawn[0])
    assert len(set(drawn[0])) == 4


def test_own_earlier_clips_are_found(store: ReviewStore) -> None:
    filled(store)
    looked(store, "clean")
    clips = store.desk(LI).case("threat").earlier("empathy")
    assert [(c.call_id, c.turn, c.start) for c in clips] == [("clean", 0, 0.0)]


# -- the rest --------------------------------------------------------------------------------------------


def test_views_notes_and_practice_are_ones_own(store: ReviewStore) -> None:
    boss, li = store.desk(BOSS), store.desk(LI)
    boss.save_view("风险", Filters(critical=True, since=date(2026, 11, 1)), order=Order.WORST)
    boss.save_view("风险", Filters(critical=False), order=Order.RISK)
    assert [(v.name, v.filters, v.order) for v in boss.views()] == [
        ("风险", Filters(critical=False), Order.RISK)
    ]
    assert li.views() == []
    boss.forget_view("风险")
    assert boss.views() == []
    boss.keep_office_note("sampling", 5)
    assert li.office_note("sampling") == 5
    with pytest.raises(NotAllowed):
        li.keep_office_note("sampling", 0)
    li.keep_exercise("drill", "sample-1", 80.0, {"answers": []})
    assert [e.subject for e in store.desk(TRAINER).exercises()] == ["sample-1"]
    assert store.desk(WANG).exercises(account="li") == []


def test_a_playbook_keeps_its_versions(store: ReviewStore) -> None:
    from coach import playbooks

    source = (Path(playbooks.__file__).parent / "collection.yaml").read_text(encoding="utf-8")
    store.add(judged(), title="一", playbook_source=source)
    desk = store.desk(BOSS)
    (kept,) = desk.playbooks()
    assert (kept.playbook, kept.version, kept.by) == ("collection", playbook().version, None)
    changed = source.replace(f'version: "{playbook().version}"', 'version: "9.9"')
    assert changed != source
    assert desk.publish_playbook(changed).by == "boss"
    with pytest.raises(PlaybookError, match=r"version 9\.9"):
        desk.publish_playbook(changed + "\n# other\n")
    with pytest.raises(PlaybookError):
        desk.publish_playbook("nonsense: [")
    assert {v.version for v in desk.playbooks()} == {playbook().version, "9.9"}
    assert desk.playbook_source(kept.fingerprint) == source
    with pytest.raises(NotAllowed):
        store.desk(LI).publish_playbook(source)


def test_erased_the_words_are_gone_and_the_audit_stays(store: ReviewStore, tmp_path: Path) -> None:
    sound = tmp_path / "sound.wav"
    sound.write_bytes(b"sound")
    store.add(
        judged("gone", "A: 龘靐齉齾", "C: zyxwvut"), title="龘靐", agent="li", audio=sound, peaks=[[0.5]]
    )
    case = store.desk(BOSS).case("gone")
    case.comment("龘靐 remark")
    case.rule(RulingKind.ADD, "no_insult", turn=0, quote="龘靐", reason="龘靐")
    case.appeal("no_insult", AppealKind.WRONG_HIT, "龘靐")
    case.score_self({"no_insult": Outcome.MET}, "龘靐")
    case.erase()
    assert not list((tmp_path / "recordings").iterdir())
    with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                text = repr(dict(row))
                assert "龘" not in text, table.name
                assert "zyxwvut" not in text, table.name
    assert not store.desk(BOSS).search(Filters(text="龘")).items
    for file in tmp_path.glob("coach.sqlite*"):
        assert "龘".encode() not in file.read_bytes(), file.name
        assert b"zyxwvut" not in file.read_bytes(), file.name
    actions = [entry.action for entry in store.desk(ADMIN).audit(call_id="gone").items]
    assert actions[0] == "erased"
    assert "rule" in actions


def test_what_is_old_goes_by_rule_and_what_is_held_stays(store: ReviewStore) -> None:
    for i, day in enumerate(("2020-01-01", "2020-01-02", "2026-11-18")):
        store.add(judged(f"c{i}", started_at=f"{day}T10:00+08:00"), title=day)
    store.desk(BOSS).case("c1").hold()
    desk = store.desk(ADMIN)
    assert desk.retain(365, dry_run=True) == ["c0"]
    assert desk.count() == 3
    assert desk.retain(365) == ["c0"]
    assert {call.id for call in desk.calls().items} == {"c1", "c2"}
    with pytest.raises(NotAllowed):
        store.desk(BOSS).retain(365)
    with pytest.raises(NotAllowed, match="held"):
        store.desk(BOSS).case("c1").erase()


def test_reading_writing_and_taking_out_are_in_the_audit(store: ReviewStore) -> None:
    filled(store)
    case = store.desk(BOSS).case("threat")
    case.viewed()
    case.exported("pdf")
    case.rule(RulingKind.CONFIRM, "no_threat", reason="绝密理由")
    entries = store.desk(ADMIN).audit(call_id="threat").items
    assert [(e.account, e.action) for e in entries] == [
        ("boss", "rule"),
        ("boss", "export"),
        ("boss", "view"),
    ]
    assert "绝密" not in repr(entries)
    with pytest.raises(NotAllowed):
        store.desk(BOSS).audit()
    page = store.desk(ADMIN).audit(limit=2)
    assert page.next is not None
    assert len(store.desk(ADMIN).audit(after=page.next).items) >= 1


def test_a_trainer_sees_what_is_cleared_without_names(store: ReviewStore) -> None:
    filled(store)
    desk = store.desk(TRAINER)
    assert desk.calls().items == ()
    store.desk(BOSS).case("clean").clear_for_training()
    assert [call.id for call in desk.calls().items] == ["clean"]
    case = desk.case("clean")
    assert "陈先生" not in repr(case.review())
    assert "陈先生" not in repr(case.card())
    assert case.title() == case.line.title == case.review().observed.call.source != "合格"
    assert desk.calls(Filters(title="没有这样的标题")).items  # titles are not to be guessed
    assert desk.search(Filters(text="陈先生")).items == ()
    assert "陈先生" not in repr(desk.search(Filters(text="请问")).items)
    for look in (case.comments, case.rulings, case.appeals, desk.appeals, desk.promises):
        with pytest.raises(NotAllowed):
            look()
    store.desk(BOSS).case("clean").clear_for_training(False)
    with pytest.raises(NoSuchCall):
        desk.case("clean")


@pytest.mark.parametrize("actor", [LI, TRAINER, Actor("x", AccountRole.AGENT)])
def test_only_who_leads_rules(store: ReviewStore, actor: Actor) -> None:
    store.add(judged(), title="一", agent=actor.account)
    store.desk(BOSS).case("call-1").clear_for_training()
    case, desk = store.desk(actor).case("call-1"), store.desk(actor)
    tries = [
        lambda: case.rule(RulingKind.CONFIRM, "no_threat", reason="x"),
        lambda: case.undo(1),
        case.sign_off,
        case.withdraw_sign_off,
        lambda: case.assign_second("x"),
        lambda: case.give_to("x"),
        case.clear_for_training,
        case.hold,
        lambda: case.rename("x"),
        case.erase,
        lambda: desk.remove("call-1"),
        lambda: desk.restore("call-1"),
        desk.purge,
        desk.removed,
        lambda: desk.retain(1),
        desk.audit,
        lambda: desk.sample(1, date(2026, 11, 18)),
        lambda: desk.ratings(date(2026, 11, 1), date(2026, 12, 1)),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed):
            attempt()
    assert store.calls()[0].state is CallState.NEW


def test_an_agent_cannot_bring_somebody_elses_recording(store: ReviewStore) -> None:
    filled(store)
    with pytest.raises(NotAllowed, match="not yours"):
        store.desk(WANG).add(judged("threat"), title="mine now")
    store.desk(WANG).add(judged("new"), title="mine", agent="li")
    assert store.desk(WANG).case("new").line.agent == "wang"
    with pytest.raises(NotAllowed):
        store.desk(TRAINER).add(judged("new2"), title="x")
