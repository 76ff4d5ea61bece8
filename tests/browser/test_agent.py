"""An agent's way: his list, his own score first, then the others', better words, an appeal, its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from coach.domain.review import Outcome
from tests.browser.conftest import Visit, serve, watch
from tests.browser.office import Office, good_for_everybody, office

PATIENCE_MS = 120_000
"""A loaded machine takes long over the first page of a new server."""
WORDS = {
    "zh": {
        "list": "我的通话",
        "to_score": "待自评",
        "heading": "先给自己打分",
        "submit": "提交自评，查看结果",
        "views": "三方对照",
        "faults": "需要改进",
        "better": "可以这样说",
        "appeal": re.compile("^对这一项申诉 威胁"),
        "why": "请说明理由",
        "kind": "判断错了",
        "send": "提交申诉",
        "waiting": "等待答复",
        "read": "我已看过",
        "confirmed": re.compile("您已于 .* 确认"),
        "answered": re.compile("申诉已采纳"),
        "earlier": "您自己做得好的一次",
        "yes": "有",
        "clip": re.compile("^听这一句"),
    },
    "en": {
        "list": "My calls",
        "to_score": "Score yourself",
        "heading": "Score yourself first",
        "submit": "Hand in and see the results",
        "views": "Three views",
        "faults": "To improve",
        "better": "You could say",
        "appeal": re.compile("^Appeal this finding .*hreat"),
        "why": "Say why",
        "kind": "Wrong finding",
        "send": "Send the appeal",
        "waiting": "Waiting",
        "read": "I have read it",
        "confirmed": re.compile("You confirmed this on"),
        "answered": re.compile("Appeal accepted"),
        "earlier": "When you did it well yourself",
        "yes": "Yes",
        "clip": re.compile("^Play it"),
    },
}


@pytest.fixture
def place() -> Iterator[tuple[str, Office]]:
    with office() as (folder, made):
        for base in serve(folder):
            yield base, made


def _enter(page: Page, place: tuple[str, Office], lang: str, scheme: str = "light") -> Visit:
    base, made = place
    page.set_default_timeout(PATIENCE_MS)
    made.enter(page, base, "li")
    page.context.add_cookies([{"name": "coach_lang", "value": lang, "url": base}])
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    return watch(page, base)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_agent_scores_himself_reads_appeals_and_sees_the_answer(
    page: Page, place: tuple[str, Office], lang: str
) -> None:
    words, made = WORDS[lang], place[1]
    visit = _enter(page, place, lang, "light" if lang == "zh" else "dark")
    page = visit.open("")
    expect(page.get_by_role("heading", name=words["list"], exact=True)).to_be_visible()
    expect(page.get_by_text(words["to_score"], exact=True)).to_have_count(1)
    visit.picture(f"agent-list-{lang}")
    good_for_everybody(visit)

    page.get_by_role("button", name="陈先生 **第二次** 提醒").click()
    expect(page.get_by_role("heading", name=words["heading"])).to_be_visible()
    expect(page.get_by_text("**我要投诉**")).to_be_visible()
    threat = page.locator('[data-criterion="no_threat"]')
    threat.get_by_role("radio", name=words["yes"], exact=True).check()
    visit.picture(f"agent-score-{lang}")
    good_for_everybody(visit)
    page.get_by_role("button", name=words["submit"]).click()

    expect(page.get_by_role("region", name=words["views"]).first).to_be_visible()
    faults = page.get_by_role("region", name=words["faults"])
    expect(faults.get_by_text(words["better"]).first).to_be_visible()
    page.locator('[data-criterion="empathy"] summary').click()
    clip = page.locator('[data-criterion="empathy"]')
    expect(clip.get_by_text(words["earlier"])).to_be_visible()
    expect(clip.get_by_role("button", name=words["clip"]).first).to_be_visible()
    visit.picture(f"agent-feedback-{lang}")
    good_for_everybody(visit)

    page.get_by_role("button", name=words["appeal"]).click()
    page.get_by_role("radio", name=words["kind"]).check()
    page.get_by_role("textbox", name=words["why"]).fill("<b>我没有</b>说过要去单位。")
    visit.picture(f"agent-appeal-{lang}")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(words["waiting"], exact=True).first).to_be_visible()
    page.get_by_role("button", name=words["read"]).click()
    expect(page.get_by_text(words["confirmed"])).to_be_visible()

    _answer(made)
    page = visit.open("")
    answered = page.get_by_text(words["answered"])
    expect(answered).to_be_visible()
    visit.picture(f"agent-answered-{lang}")
    good_for_everybody(visit)


def _answer(made: Office) -> None:
    case = made.store.desk(made.actors["boss"]).case("bad")
    appeal = case.appeals()[0]
    assert appeal.text == "<b>我没有</b>说过要去单位。"
    own = case.self_score(made.actors["li"].account)
    assert own is not None
    assert own.outcomes["no_threat"] is Outcome.NOT_MET
    case.answer(appeal.id, granted=True, text="您说得对，已经改过来了。")


def test_somebody_elses_call_is_not_found(page: Page, place: tuple[str, Office]) -> None:
    base, made = place
    visit = _enter(page, place, "zh")
    made.store.desk(made.actors["boss"]).case("past-1").give_to(made.actors["boss"].account)
    page = visit.open("mine?call=past-1")
    expect(page.get_by_text("没有找到这通电话")).to_be_visible()
    assert page.request.get(f"{base}/coach/sound/past-1").status == 404
