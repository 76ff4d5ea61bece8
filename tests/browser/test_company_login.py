"""The company's own sign-in, at a small identity provider: who has an account comes in as what he is here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coach.domain.people import AccountRole
from coach.people import People
from coach.store import ReviewStore
from coach.ui import i18n
from tests.browser.conftest import ARTEFACTS, SIZE, free_port, run_server
from tests.identity_provider import SPOILS, Provider, running, secrets_file
from tests.ui import fixtures

FIRST_MS = 120_000
HOSTILE_NAME = "<img src=x onerror=window.pwned=2> ![x](http://evil.invalid/n.png) $x^2$"
PEOPLE = {
    "li": {"sub": "id-li", "email": "Li@Example.com", "email_verified": True, "role": "admin"},
    "heir": {"sub": "id-heir", "email": "li@example.com", "email_verified": True},
    "unverified": {"sub": "id-u", "email": "wang@example.com", "email_verified": False},
    "stranger": {
        "sub": "<img src=x onerror=window.pwned=1>",
        "email": "no@example.com",
        "email_verified": True,
    },
}


@dataclass(frozen=True)
class Office:
    """A page with three accounts, and the company's identity provider."""

    base: str
    provider: Provider
    people: People


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="call-coach-test-") as folder, running(PEOPLE) as provider:
        root = Path(folder)
        store = ReviewStore(root / "data")
        people = People(store)
        for login, role in (
            ("root", AccountRole.ADMIN),
            ("li", AccountRole.AGENT),
            ("wang", AccountRole.AGENT),
        ):
            people.add(login, role, HOSTILE_NAME)
        people.know_by_email("li", "li@example.com")
        people.know_by_email("wang", "wang@example.com")
        ids = {account.login: account.id for account in people.all()}
        store.add(fixtures.bad_review(), title="李的通话", agent=ids["li"])
        store.add(fixtures.good_review(), title="王的通话", agent=ids["wang"])
        port = free_port()
        (root / ".streamlit").mkdir()
        (root / ".streamlit" / "secrets.toml").write_text(secrets_file(provider, f"http://127.0.0.1:{port}"))
        command = ["-c", "from coach.cli import main; main()", "app", f"--port={port}"]
        for base in run_server(command, port, root / "data", {"HOME": folder}):
            yield Office(base, provider, people)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SIZE, locale="zh-CN")
    yield context
    context.close()


def _come_as(page: Page, office: Office, name: str, path: str = "/") -> None:
    page.goto(f"{office.base}{path}")
    page.get_by_role("link", name=_text(page, "company")).click()
    page.get_by_role("link", name=name, exact=True).click()


def _text(page: Page, key: str) -> str:
    language = "zh" if page.locator("html").get_attribute("lang") == "zh-CN" else "en"
    return i18n.text(language, f"login.{key}")


@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", False), ("en-GB", True)])
def test_who_has_an_account_comes_in_as_what_he_is_here(
    browser: Browser, office: Office, locale: str, dark: bool
) -> None:
    context = browser.new_context(viewport=SIZE, locale=locale, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(f"{office.base}/calls")
    expect(page.get_by_role("link", name=_text(page, "company"))).to_be_visible()
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"company_login_{locale[:2]}.png")
    _come_as(page, office, "li", "/calls")
    page.wait_for_url(f"{office.base}/calls", wait_until="commit")
    expect(page.get_by_text("李的通话").first).to_be_visible(timeout=FIRST_MS)
    expect(page.get_by_text(HOSTILE_NAME).first).to_be_visible()
    assert page.evaluate("window.pwned") is None
    assert page.get_by_text("王的通话").count() == 0, "the provider's word for his role counts for nothing"
    assert not [c["name"] for c in context.cookies() if c["name"].startswith("_streamlit_user")]
    page.get_by_role("link", name=i18n.text("en" if dark else "zh", "login.out")).click()
    page.get_by_role("button").click()
    page.wait_for_url(f"{office.base}/login*", wait_until="commit")
    assert context.request.get(f"{office.base}/calls", max_redirects=0).status == 401
    context.close()


@pytest.mark.parametrize("name", ["heir", "unverified", "stranger"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_who_has_none_is_told_so_and_what_the_admin_needs(
    browser: Browser, office: Office, name: str, locale: str
) -> None:
    office.people.know_by_subject("root", "https://elsewhere.invalid", "id-root")
    context = browser.new_context(viewport=SIZE, locale=locale)
    page = context.new_page()
    if name == "heir":  # an address that has been bound to another person
        _come_as(page, office, "li")
        page.wait_for_url(f"{office.base}/", wait_until="commit")
        context.clear_cookies()
    _come_as(page, office, name)
    expect(page.get_by_role("alert")).to_have_text(_text(page, "company.unknown"))
    expect(page.get_by_text(PEOPLE[name]["sub"])).to_be_visible()
    assert page.evaluate("window.pwned") is None
    page.screenshot(path=ARTEFACTS / f"company_unknown_{name}_{locale[:2]}.png")
    assert page.request.get(f"{office.base}/calls", max_redirects=0).status == 401
    page.get_by_role("link", name=_text(page, "company.again")).click()
    expect(page.locator("[name=login]")).to_be_visible()
    context.close()


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_false_token_lets_nobody_in(visitor: BrowserContext, office: Office, spoil: str) -> None:
    page = visitor.new_page()
    office.provider.spoil = spoil
    try:
        _come_as(page, office, "li")
        expect(page.locator("[name=login]")).to_be_visible()
    finally:
        office.provider.spoil = ""
    assert not [c["name"] for c in visitor.cookies() if c["name"] == "coach_session"]
    assert page.request.get(f"{office.base}/calls", max_redirects=0).status == 401


def test_what_comes_back_without_having_been_asked_for_lets_nobody_in(
    visitor: BrowserContext, office: Office
) -> None:
    page = visitor.new_page()
    for path in (
        "/oauth2callback?code=x&state=y",
        "/login/company",
        "/auth/login?provider=x",
        "/auth/logout",
    ):
        page.goto(f"{office.base}{path}")
        assert not [c["name"] for c in visitor.cookies() if c["name"] == "coach_session"], path
        assert page.request.get(f"{office.base}/calls", max_redirects=0).status == 401


def test_the_cookie_of_the_provider_is_good_for_minutes_and_not_forged(
    visitor: BrowserContext, office: Office
) -> None:
    page = visitor.new_page()
    for value in ("x", "eyJpc3MiOiJ4In0.aa.bb", ""):
        visitor.add_cookies([{"name": "_streamlit_user", "value": value, "url": office.base}])
        page.goto(f"{office.base}/")
        assert not [c["name"] for c in visitor.cookies() if c["name"] in ("coach_session", "_streamlit_user")]
