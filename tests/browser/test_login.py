"""Two agents and an admin in front of the same server: each signs in and sees his own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from coach.domain.people import AccountRole
from coach.people import People
from coach.store import ReviewStore
from coach.ui import i18n
from tests.browser.conftest import ARTEFACTS, SIZE, serve
from tests.ui import fixtures

FIRST_MS = 120_000  # the scripts of Streamlit are fetched anew by each visitor
MISSING = {lang: i18n.text(lang, "review.missing") for lang in ("zh", "en")}
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[str, str]]:
    """The server's address, and the ticket of an account that has no password yet."""
    with tempfile.TemporaryDirectory(prefix="call-coach-test-") as folder:
        store = ReviewStore(Path(folder))
        people = People(store)
        for login, role in (("root", AccountRole.ADMIN), ("li", AccountRole.AGENT)):
            people.set_password(people.add(login, role).token, PASSWORD)
        ticket = people.add("wang", AccountRole.AGENT).token
        ids = {account.login: account.id for account in people.all()}
        store.add(fixtures.bad_review(), title="李的通话", agent=ids["li"])
        store.add(fixtures.good_review(), title="王的通话", agent=ids["wang"])
        for base in serve(Path(folder)):
            yield base, ticket


@pytest.mark.parametrize(
    ("locale", "heading", "dark"), [("zh-CN", "登录", False), ("en-GB", "Sign in", True)]
)
def test_who_signs_in_sees_his_own_calls(
    browser: Browser, office: tuple[str, str], locale: str, heading: str, dark: bool
) -> None:
    base, _ = office
    context = browser.new_context(viewport=SIZE, locale=locale, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(f"{base}/review?call=good")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"login_{locale[:2]}.png")
    page.locator("[name=login]").fill("li")
    page.locator("[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("[name=login]").fill("li")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/review?call=good", wait_until="commit")
    expect(page.get_by_text(MISSING[locale[:2]])).to_be_visible(timeout=FIRST_MS)
    expect(page.locator("body")).not_to_contain_text("王的通话")
    page.goto(f"{base}/calls")
    expect(page.get_by_text("李的通话").first).to_be_visible(timeout=FIRST_MS)
    page.screenshot(path=ARTEFACTS / f"login_own_{locale[:2]}.png")
    assert page.get_by_text("王的通话").count() == 0
    page.get_by_role("link", name=i18n.text("en" if dark else "zh", "login.out")).click()
    expect(page.get_by_role("heading", name=i18n.text("en" if dark else "zh", "login.out"))).to_be_visible()
    page.get_by_role("button").click()
    page.wait_for_url(f"{base}/login*", wait_until="commit")
    assert context.request.get(f"{base}/calls", max_redirects=0).status in (303, 401)
    context.close()


def test_a_new_colleague_sets_his_password(browser: Browser, office: tuple[str, str]) -> None:
    base, ticket = office
    context = browser.new_context(viewport=SIZE, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{base}/login/set?ticket={ticket}")
    expect(page.get_by_role("heading", name="设置密码")).to_be_visible()
    page.screenshot(path=ARTEFACTS / "login_set.png")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill("something else")
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_have_text("两次输入的密码不一样。")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    page.get_by_role("button").click()
    expect(page.get_by_text("王的通话").first).to_be_visible(timeout=FIRST_MS)
    page.goto(f"{base}/login/set?ticket={ticket}")
    expect(page.get_by_role("alert")).to_be_visible()
    context.close()
