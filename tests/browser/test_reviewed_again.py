"""Own score first, a granted appeal, a call reviewed again, the rules of the office: people at one call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.domain.rulings import RulingKind
from coach.store import AppealKind
from coach.ui import i18n
from tests.browser.conftest import serve, until
from tests.browser.office import BAD, Office, Room, entered, good_for_everybody, office
from tests.store_calls import judged


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, Office]]:
    with office() as (folder, made):
        for base in serve(folder):
            yield base, made


@pytest.fixture
def room(browser: Browser, place: tuple[str, Office]) -> Iterator[Room]:
    with entered(browser, place) as made:
        yield made


def _t(lang: str, key: str, **values: object) -> str:
    return i18n.text(lang, key, **values)  # type: ignore[arg-type]


def test_a_link_to_the_review_leads_an_agent_to_his_own_score_first(room: Room) -> None:
    visit = room.enter("li")
    page = visit.open("review?call=bad&t=6")
    expect(page.get_by_role("heading", name="先给自己打分")).to_be_visible()
    expect(page.get_by_text("不合格")).to_have_count(0)
    assert page.request.get(f"{room.base}/coach/export/json/bad").status == 403
    good_for_everybody(visit)
    page.get_by_role("button", name=_t("zh", "study.score.skip")).click()
    expect(page.get_by_role("region", name="三方对照").first).to_be_visible()
    page = visit.open("review?call=bad&t=6.5")
    expect(page.locator("li.turn.chosen")).to_contain_text("带人去你单位")
    assert page.request.get(f"{room.base}/coach/export/json/bad").status == 200
    skips = room.office.store.desk(room.office.actors["boss"]).audit(action="skip_self_score").items
    assert len(skips) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_granted_appeal_dismisses_the_finding_and_the_agent_sees_it(room: Room, lang: str) -> None:
    agent = room.case("li", "past-1")
    appeal = agent.appeal(
        "no_threat" if lang == "zh" else "no_pressure", AppealKind.WRONG_HIT, "没有说过", turn=2
    )
    visit = room.enter("boss", lang, "light" if lang == "zh" else "dark")
    page = visit.open("review?call=past-1")
    expect(page.locator(".dial .number")).to_be_visible()
    page.get_by_role("tab", name=_t(lang, "player.tab.people_n", n=1)).click()
    page.locator(".appeal.open").get_by_role(
        "button", name=_t(lang, "player.office.grant"), exact=True
    ).click()
    expect(page.get_by_text(_t(lang, "player.office.grant_dismisses"))).to_be_visible()
    visit.picture(f"appeal-grant-{lang}")
    page.get_by_role("button", name=_t(lang, "player.office.reason.answer.granted")).click()
    page.get_by_role("button", name=_t(lang, "player.office.save")).click()
    expect(page.locator(".scores")).to_contain_text(
        re.compile(_t(lang, "player.office.machine_score", score=r"\d+"))
    )
    visit.picture(f"appeal-granted-{lang}")
    good_for_everybody(visit)
    rulings = [one.criterion for one in (line.ruling for line in room.case("boss", "past-1").rulings())]
    assert appeal.criterion in rulings
    page = room.enter("li", lang).open("mine?call=past-1")
    views = page.get_by_role("region", name="三方对照" if lang == "zh" else "Three views").first
    expect(views).to_be_visible()
    item = page.locator(f'[data-criterion="{appeal.criterion}"]')
    expect(item.locator("summary")).to_contain_text(_t(lang, "study.appeal.granted"))
    item.locator("summary").click()
    answered = item.get_by_text(_t(lang, "player.office.reason.answer.granted")).first
    expect(answered).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_call_reviewed_again_keeps_its_rulings_and_its_earlier_review(room: Room, lang: str) -> None:
    call_id = "past-2" if lang == "zh" else "past-3"
    _review_again(room, call_id)
    visit = room.enter("boss", lang, "light" if lang == "zh" else "dark")
    page = visit.open(f"review?call={call_id}")
    page.get_by_role("tab", name=_t(lang, "player.tab.people_n", n=1)).click()
    left = page.locator(".left-behind")
    expect(left).to_have_count(1)
    expect(left).to_contain_text(_t(lang, "player.office.left.words"))
    expect(page.locator(".people").get_by_text(_t(lang, "player.office.carried"))).to_have_count(1)
    visit.picture(f"again-left-{lang}")
    good_for_everybody(visit)
    chosen = page.get_by_role("combobox", name=_t(lang, "player.versions.choose"))
    chosen.select_option("1")
    expect(page.get_by_text(_t(lang, "player.versions.earlier"))).to_be_visible()
    assert "v=1" in page.url
    expect(page.get_by_role("button", name=_t(lang, "player.office.dismiss"), exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name=_t(lang, "player.office.sign"))).to_have_count(0)
    visit.picture(f"again-earlier-{lang}")
    good_for_everybody(visit)
    page.get_by_role("button", name=_t(lang, "player.versions.back")).click()
    expect(page.get_by_text(_t(lang, "player.versions.earlier"))).to_have_count(0)
    page.get_by_role("tab", name=_t(lang, "player.tab.people_n", n=1)).click()
    left.get_by_role("button", name=_t(lang, "player.office.let_go")).click()
    expect(left).to_have_count(0)
    assert visit.errors == []


def _review_again(room: Room, call_id: str) -> None:
    """Two rulings on the first review; the words of the second of them are not in the next."""
    case = room.case("boss", call_id)
    case.rule(RulingKind.ADD, "no_pressure", turn=2, reason="语气很急")
    case.rule(RulingKind.ADD, "no_pressure", turn=4, reason="这里也是")
    review = case.review()
    lines = [f"{'AC'[turn.i % 2]}: {turn.text}" for turn in review.observed.call.turns]
    lines[4] = "A: 嗯。"
    again = judged(call_id, *lines, faults={"calm": 2})
    call = replace(again.observed.call, duration=21.5, channels=2)
    room.office.store.add(
        replace(again, observed=replace(again.observed, call=call)), title=case.title(), agent=case.line.agent
    )


def test_the_rules_of_the_office_and_the_sampling_plan_are_kept(room: Room) -> None:
    visit = room.enter("boss")
    page = visit.open("calibration")
    expect(page.locator(".sampled"), "of the latest week with calls, on a Monday too").not_to_have_count(0)
    rule = page.get_by_role("checkbox", name=re.compile("员工先自评"))
    expect(rule).to_be_checked()
    rule.click()
    expect(rule).not_to_be_checked()
    desk = room.office.store.desk(room.office.actors["boss"])
    until(lambda: not desk.scores_first())
    page.get_by_role("combobox", name=_t("zh", "calibration.plan.week")).select_option(index=2)
    plan = page.get_by_role("spinbutton", name=_t("zh", "calibration.plan.perAgent"))
    plan.fill("1")
    plan.press("Tab")
    until(lambda: (desk.office_note("sampling") or {}).get("perAgent") == 1)
    expect(page.locator(".sampled")).to_have_count(1)
    expect(page.locator(".sampled")).to_contain_text(f"{datetime.now(UTC) - timedelta(days=14):%m-%d} 陈先生")
    visit.picture("calibration-rules")
    good_for_everybody(visit)
    page = visit.open("calibration")
    expect(page.get_by_role("checkbox", name=re.compile("员工先自评"))).not_to_be_checked()
    expect(page.get_by_role("spinbutton", name=_t("zh", "calibration.plan.perAgent"))).to_have_value("1")
    assert not desk.scores_first()
    room.office.store.add(judged("fresh", *BAD), title="新的", agent=room.office.actors["li"].account)
    page = room.enter("li").open("review?call=fresh")
    expect(page.get_by_role("tab", name="评分项")).to_be_visible()
    desk.ask_scores_first(True)


def test_the_inbox_and_the_findings_are_gone_through_by_keys(room: Room) -> None:
    visit = room.enter("boss")
    page = visit.open("")
    expect(page.locator(".rows .open").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="通话文字")).to_be_visible()
    _player_stays(page)
    page.keyboard.press("j")
    expect(page.locator("li.turn.chosen")).to_be_visible()
    first = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    assert visit.errors == []


def _player_stays(page: Page) -> None:
    """Whatever is scrolled, the player stays where it is."""
    player = page.locator("section.player")
    if not player.count():
        return
    before = player.bounding_box()
    page.mouse.move(1000, 600)
    page.mouse.wheel(0, 4000)
    page.mouse.move(200, 600)
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert player.bounding_box() == before


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_a_note_of_a_promise_whose_words_changed_is_shown_and_let_go(
    room: Room, lang: str, scheme: str
) -> None:
    desk, call = room.office.store.desk(room.office.actors["boss"]), f"promise-{lang}"
    review = judged(call, started_at=datetime.now(UTC).isoformat())
    (promise,) = review.observed.facts.promises
    facts = replace(review.observed.facts, promises=(replace(promise, due=date.today()),))
    review = replace(review, observed=replace(review.observed, facts=facts))
    desk.add(review, title=f"承诺 {lang}")
    (noted,) = [one for one in desk.promises() if one.call_id == call]
    desk.note_promise(noted.id, True)
    facts = replace(facts, promises=())
    desk.add(replace(review, observed=replace(review.observed, facts=facts)), title=f"承诺 {lang}")
    visit = room.enter("boss", lang, scheme)
    page = visit.open("team")
    left = page.get_by_role("region", name=_t(lang, "team.gone"))
    line = left.locator(".promise", has_text=f"承诺 {lang}")
    expect(line).to_contain_text(review.observed.call.turns[promise.turn].text)
    expect(line.get_by_role("button", name=_t(lang, "team.kept"), exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    left.scroll_into_view_if_needed()
    visit.picture(f"promise-gone-{lang}")
    good_for_everybody(visit)
    line.get_by_role("button", name=_t(lang, "team.let_go")).click()
    expect(line).to_have_count(0)
    assert [one for one in desk.promises() if one.call_id == call] == []
