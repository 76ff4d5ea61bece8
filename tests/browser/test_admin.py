"""An admin at the page: accounts come, change and go, and calls are kept as long as he says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.domain.people import AccountRole
from coach.people import People
from coach.ui import i18n
from tests.browser.conftest import Visit, serve, until
from tests.browser.office import PASSWORD, Office, Room, entered, good_for_everybody, office
from tests.store_calls import judged

LANGUAGES = [("zh", "light"), ("en", "dark")]


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, Office]]:
    with office() as (folder, made):
        People(made.store).add("second", AccountRole.SUPERVISOR, "吴主管")
        for base in serve(folder):
            yield base, made


@pytest.fixture
def room(browser: Browser, place: tuple[str, Office]) -> Iterator[Room]:
    with entered(browser, place) as made:
        yield made


def _t(lang: str, key: str, **values: object) -> str:
    return i18n.text(lang, f"admin.{key}", **values)  # type: ignore[arg-type]


def _opened(visit: Visit, lang: str) -> Page:
    page = visit.open("admin")
    expect(page.get_by_role("heading", name=_t(lang, "title"), exact=True)).to_be_visible()
    return page


@pytest.mark.parametrize(("lang", "scheme"), LANGUAGES)
def test_an_account_comes_changes_and_goes(room: Room, browser: Browser, lang: str, scheme: str) -> None:
    visit = room.enter("boss", lang, scheme)
    page = _opened(visit, lang)
    login, name = f"new-{lang}", f"小周 {lang}"
    page.get_by_label(_t(lang, "new.name"), exact=True).fill(name)
    page.get_by_label(_t(lang, "new.login"), exact=True).fill(login)
    page.get_by_role("form", name=_t(lang, "new")).get_by_role("combobox").select_option("agent")
    page.get_by_role("button", name=_t(lang, "new.send")).click()
    field = page.get_by_role("textbox", name=_t(lang, "link"))
    expect(field).to_be_visible()
    visit.picture(f"admin-link-{lang}")
    link = field.input_value()
    row = page.get_by_role("row", name=name)
    expect(row).to_contain_text(_t(lang, "no_password"))

    theirs = browser.new_context(locale="zh-CN")
    room.contexts.append(theirs)
    theirs.set_default_timeout(120_000)
    other = theirs.new_page()
    other.goto(link)
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("[name=again]").fill(PASSWORD)
    other.get_by_role("button").click()
    other.wait_for_url(f"{room.base}/", wait_until="commit")
    assert other.request.get(f"{room.base}/calls", max_redirects=0).status == 200

    page = _opened(visit, lang)
    expect(page.get_by_role("textbox", name=_t(lang, "link"))).to_have_count(0)
    row = page.get_by_role("row", name=name)
    expect(row).to_contain_text(_t(lang, "ready"))
    row.get_by_role("combobox").select_option("trainer")
    question = page.get_by_role("alertdialog")
    visit.picture(f"admin-role-{lang}")
    question.get_by_role("button", name=_t(lang, "do.role")).click()
    expect(page.get_by_text(_t(lang, "said.role", name=name))).to_be_visible()
    assert other.request.get(f"{room.base}/calls", max_redirects=0).status in (303, 401)

    row.get_by_role("button", name=_t(lang, "remove_of", name=name)).click()
    question.get_by_role("button", name=_t(lang, "leave")).click()
    expect(question).to_have_count(0)
    row.get_by_role("button", name=_t(lang, "remove_of", name=name)).click()
    question.get_by_role("button", name=_t(lang, "do.remove")).click()
    expect(page.get_by_text(_t(lang, "said.remove", name=name))).to_be_visible()
    expect(row).to_have_count(0)
    good_for_everybody(visit)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"


def test_who_is_locked_out_is_let_in_again(room: Room) -> None:
    people = People(room.office.store)
    for _ in range(5):
        people.sign_in("li", "guessed wrong")
    assert people.sign_in("li", PASSWORD) is None
    visit = room.enter("boss")
    page = _opened(visit, "zh")
    row = page.get_by_role("row", name="小李")
    expect(row.locator(".tone-critical")).to_be_visible()
    visit.picture("admin-locked")
    row.get_by_role("button", name="解锁 小李").click()
    expect(page.get_by_text(_t("zh", "said.unlock", name="小李"))).to_be_visible()
    assert people.sign_in("li", PASSWORD) is not None


def test_a_login_that_is_taken_is_told_and_what_was_typed_stays(room: Room) -> None:
    visit = room.enter("boss")
    page = _opened(visit, "zh")
    page.get_by_label("登录名", exact=True).fill("LI")
    page.get_by_role("button", name="创建并生成链接").click()
    expect(page.get_by_role("alert")).to_contain_text("已经有人用了")
    expect(page.get_by_label("登录名", exact=True)).to_have_value("LI")


@pytest.mark.parametrize(("lang", "scheme"), LANGUAGES)
def test_old_calls_go_after_they_were_counted_and_confirmed(room: Room, lang: str, scheme: str) -> None:
    store, old = room.office.store, datetime.now(UTC) - timedelta(days=400)
    for n in range(3):
        store.add(judged(f"old-{n}", started_at=old.isoformat()), title=f"old {n}")
    desk = store.desk(room.office.actors["boss"])
    desk.keep_for(None)
    visit = room.enter("boss", lang, scheme)
    page = _opened(visit, lang)
    part = page.get_by_role("region", name=_t(lang, "keep"))
    part.get_by_label(_t(lang, "keep.after")).fill("365")
    part.get_by_role("button", name=_t(lang, "keep.count")).click()
    question = part.get_by_role("alertdialog")
    expect(question).to_contain_text(_t(lang, "keep.would", days=365, n=3))
    assert len(desk.retain(365, dry_run=True)) == 3, "nothing goes before it is confirmed"
    question.scroll_into_view_if_needed()
    visit.picture(f"admin-keep-{lang}")
    good_for_everybody(visit)
    question.get_by_role("button", name=_t(lang, "keep.do", n=3)).click()
    expect(page.get_by_role("status").filter(has_text="365")).to_be_visible()
    until(lambda: desk.retain(365, dry_run=True) == [])
    assert "past-1" in {call.id for call in store.calls()}


@pytest.mark.parametrize("login", ["li", "coach"])
def test_the_page_is_for_admins_only(room: Room, login: str) -> None:
    visit = room.enter(login)
    page = visit.open("admin")
    expect(page.get_by_text(_t("zh", "not_yours"))).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("吴主管")
    expect(page.get_by_role("button", name="管理", exact=True)).to_have_count(0)
