"""A trainer's way: find the faults of a sample and of a cleared call, answer a hard line, see the class."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, serve, watch
from tests.browser.office import Office, good_for_everybody, office

PATIENCE_MS = 300_000
"""The models are read in when the first answer comes."""
WORDS = {
    "zh": {
        "heading": "练习",
        "cleared": "可用于培训的通话",
        "mark": "边听边标问题",
        "threat": re.compile("^威胁恐吓 0:06"),
        "insult": re.compile("^侮辱性语言 0:12"),
        "hand_in": re.compile("^交卷（2 处）"),
        "compare": "对照答案",
        "found": "找对 1",
        "done": "完成",
        "drills": "应答训练",
        "line": re.compile("^不好意思……我上个月生病住院了"),
        "answer": "您的回答",
        "send": "提交回答",
        "result": "评判结果",
        "good": "做到了",
        "fault": "说错了",
        "back": "练习",
        "results": "班级成绩",
        "say": "听您说住院了，真不容易，我能理解。您恢复得怎么样？要不咱们分六期，每期两千元，我帮您申请。",
        "bad": "没钱你借什么钱？今天必须还，不然我带人去你家。<img src=x onerror=window.pwned=2>",
    },
    "en": {
        "heading": "Practice",
        "cleared": "Calls cleared for training",
        "mark": "Mark the faults you hear",
        "threat": re.compile("^threat 0:06"),
        "insult": re.compile("^insult 0:12"),
        "hand_in": re.compile("^Hand in .2."),
        "compare": "Against the key",
        "found": "1 found",
        "done": "Done",
        "drills": "Answer hard lines",
        "line": re.compile("^I lost my job in June"),
        "answer": "Your answer",
        "send": "Judge my answer",
        "result": "How it was judged",
        "good": "Done",
        "fault": "Faults",
        "back": "Practice",
        "results": "Class results",
        "say": "I am so sorry to hear that, losing a job with your wife ill must be very hard. "
        "Do you have any income now? We could split it into six payments of 150 dollars a month.",
        "bad": "You are a liar. Pay today or I'll come to your house. <img src=x onerror=window.pwned=2>",
    },
}


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, Office]]:
    with office() as (folder, made):
        case = made.store.desk(made.actors["boss"]).case("bad")
        case.clear_for_training()
        for base in serve(folder):
            yield base, made


def _enter(page: Page, place: tuple[str, Office], lang: str) -> Visit:
    base, made = place
    page.set_default_timeout(PATIENCE_MS)
    made.enter(page, base, "coach")
    page.context.add_cookies([{"name": "coach_lang", "value": lang, "url": base}])
    page.emulate_media(color_scheme="light" if lang == "zh" else "dark")
    return watch(page, base)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_faults_are_marked_and_compared_with_the_key(
    page: Page, place: tuple[str, Office], lang: str
) -> None:
    words = WORDS[lang]
    visit = _enter(page, place, lang)
    page = visit.open("")
    expect(page.get_by_role("heading", name=words["heading"], exact=True)).to_be_visible()
    visit.picture(f"trainer-choice-{lang}")
    good_for_everybody(visit)

    cleared = page.get_by_role("region", name=words["cleared"])
    cleared.get_by_role("button").first.click()
    expect(page.get_by_role("heading", name=words["mark"])).to_be_visible()
    expect(page.get_by_text("陈先生吧")).to_have_count(0)  # a trainer reads the call with names masked
    page.get_by_role("button", name=words["threat"]).click()
    page.get_by_role("button", name=words["insult"]).click()
    visit.picture(f"trainer-mark-{lang}")
    good_for_everybody(visit)
    page.get_by_role("button", name=words["hand_in"]).click()

    expect(page.get_by_role("heading", name=words["compare"])).to_be_visible()
    expect(page.get_by_text(words["found"])).to_be_visible()
    visit.picture(f"trainer-compare-{lang}")
    good_for_everybody(visit)
    page.get_by_role("button", name=words["done"], exact=True).click()
    page.get_by_role("tab", name=words["results"]).click()
    expect(page.get_by_role("rowheader", name="周老师").first).to_be_visible()
    visit.picture(f"trainer-results-{lang}")
    good_for_everybody(visit)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hard_line_is_answered_and_judged(page: Page, place: tuple[str, Office], lang: str) -> None:
    words = WORDS[lang]
    visit = _enter(page, place, lang)
    page = visit.open("practice")
    page.get_by_role("tab", name=words["drills"]).click()
    visit.picture(f"trainer-lines-{lang}")
    page.get_by_role("button", name=words["line"]).click()
    answer = page.get_by_role("textbox", name=words["answer"])
    for said, wanted, name in (
        (words["bad"], words["fault"], "bad"),
        (words["say"], words["good"], "good"),
    ):
        answer.fill(said)
        answer.press("Tab")
        page.get_by_role("button", name=words["send"]).click()
        result = page.get_by_role("region", name=words["result"])
        expect(result.get_by_text(said)).to_be_visible(timeout=PATIENCE_MS)
        expect(result.get_by_text(wanted).first).to_be_visible()
        visit.picture(f"trainer-drill-{name}-{lang}")
        good_for_everybody(visit)


def test_a_sample_has_its_sound_and_nothing_else_is_served(page: Page, place: tuple[str, Office]) -> None:
    base, _ = place
    visit = _enter(page, place, "zh")
    page = visit.open("practice?session=sample:zh_collection_threat")
    expect(page.get_by_role("heading", name=WORDS["zh"]["mark"])).to_be_visible()
    found = page.request.get(f"{base}/coach/sample/zh_collection_threat")
    assert found.status == 200
    assert found.headers["content-type"] == "audio/mp4"
    for name in ("zh_collection_threat.gold", "..%2FREADME.md", "..%2F..%2Fpyproject.toml", "nothing"):
        assert page.request.get(f"{base}/coach/sample/{name}").status in (400, 404), name
    visit.picture("trainer-sample-zh")
    good_for_everybody(visit)
