"""Accounts and retention in the page: an admin's, and nobody else's, whatever address or act is tried."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from coach.domain.errors import NotAllowed, StoreError
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.people import Administration, People
from coach.people.people import LOCKED, TRIES
from coach.ui import keeping, resources
from coach.ui.screens import admin
from tests.clock import Clock
from tests.store_calls import judged
from tests.ui.drawn import components

PASSWORD = "correct horse battery"
BEGIN = keeping.Keeper.begin
LONG_AGO = "2020-01-01T10:00+08:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("COACH_KEEP_DAYS", raising=False)
    cheap = PasswordHasher(time_cost=1, memory_cost=1024)
    monkeypatch.setattr("coach.people.people._hasher", lambda: cheap)
    cached = (resources.settings, resources.store, resources.jobs, keeping.keeper)
    for one in cached:
        one.cache_clear()
    made = People(resources.store(), clock=clock)
    monkeypatch.setattr(resources, "people", lambda: made)
    monkeypatch.setattr(keeping.Keeper, "begin", lambda self: None)
    yield made
    for one in cached:
        one.cache_clear()


@pytest.fixture
def office(people: People) -> dict[str, Actor]:
    """One of each role, by login, with passwords."""
    found = {}
    for login, role in (
        ("root", AccountRole.ADMIN),
        ("boss", AccountRole.SUPERVISOR),
        ("li", AccountRole.AGENT),
        ("coach", AccountRole.TRAINER),
    ):
        token = people.set_password(people.add(login, role, login.title()).token, PASSWORD)
        actor = people.actor(token)
        assert actor is not None
        found[login] = actor
    return found


def _acts(desk: Administration, of: str) -> dict[str, Any]:
    return {
        "list": desk.accounts,
        "add": lambda: desk.add("mine", AccountRole.ADMIN),
        "reset": lambda: desk.reset(of),
        "unlock": lambda: desk.unlock(of),
        "promote": lambda: desk.set_role(of, AccountRole.ADMIN),
        "remove": lambda: desk.remove(of),
    }


ACTS = ("list", "add", "reset", "unlock", "promote", "remove")


def _state(people: People) -> list[tuple[object, ...]]:
    return [(one.id, one.login, one.role, one.password, one.failures) for one in people.all()]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("login", ["boss", "li", "coach"])
def test_who_is_no_admin_does_nothing_with_accounts(
    people: People, office: dict[str, Actor], login: str, act: str
) -> None:
    before = _state(people)
    for target in (office["root"], office[login]):
        with pytest.raises(NotAllowed):
            _acts(people.administered_by(office[login]), target.account)[act]()
    assert _state(people) == before


@pytest.mark.parametrize(
    "forged",
    [
        Actor("local", AccountRole.ADMIN),
        LOCAL,
        Actor("nobody", AccountRole.ADMIN),
        Actor("", AccountRole.ADMIN),
    ],
)
@pytest.mark.parametrize("act", ACTS)
def test_an_admin_whom_the_store_does_not_know_does_nothing(
    people: People, office: dict[str, Actor], forged: Actor, act: str
) -> None:
    before = _state(people)
    with pytest.raises(NotAllowed):
        _acts(people.administered_by(forged), office["li"].account)[act]()
    assert _state(people) == before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("end", ["remove", "demote"])
def test_an_admin_of_a_moment_ago_does_nothing_any_more(
    people: People, office: dict[str, Actor], end: str, act: str
) -> None:
    people.add("second", AccountRole.ADMIN)
    open_page = people.administered_by(office["root"])
    people.remove("root") if end == "remove" else people.set_role("root", AccountRole.SUPERVISOR)
    before = _state(people)
    with pytest.raises(NotAllowed):
        _acts(open_page, office["li"].account)[act]()
    assert _state(people) == before


def test_a_role_that_the_actor_claims_does_not_count(people: People, office: dict[str, Actor]) -> None:
    claims = Actor(office["li"].account, AccountRole.ADMIN, "li")
    with pytest.raises(NotAllowed):
        people.administered_by(claims).set_role(office["li"].account, AccountRole.ADMIN)


def test_an_admin_does_all_of_it_and_the_audit_says_who(
    people: People, office: dict[str, Actor], clock: Clock
) -> None:
    desk = people.administered_by(office["root"])
    ticket = desk.add("Wang", AccountRole.AGENT, "小王")
    session = people.set_password(ticket.token, PASSWORD)
    wang = next(one for one in desk.accounts() if one.login == "wang")
    assert (wang.name, wang.role, wang.has_password, wang.locked_until) == (
        "小王",
        AccountRole.AGENT,
        True,
        None,
    )
    assert wang.signed_in_at is not None
    for _ in range(TRIES):
        assert people.sign_in("wang", "guessed wrong") is None
    locked = next(one for one in desk.accounts() if one.login == "wang")
    assert locked.locked_until == clock.now + LOCKED
    assert people.sign_in("wang", PASSWORD) is None
    desk.unlock(wang.id)
    assert people.sign_in("wang", PASSWORD) is not None
    desk.set_role(wang.id, AccountRole.SUPERVISOR)
    assert people.actor(session) is None
    session = people.sign_in("wang", PASSWORD)
    again = desk.reset(wang.id)
    assert people.actor(session) is None
    assert people.sign_in("wang", PASSWORD) is None, "the old password is void at once"
    session = people.set_password(again.token, "another good password")
    desk.remove(wang.id)
    assert people.actor(session) is None
    assert people.sign_in("wang", "another good password") is None
    entries = resources.store().desk(office["root"]).audit(account=office["root"].account).items
    assert [one.action for one in reversed(entries) if one.subject == wang.id] == [
        *("account_add", "ticket", "account_unlock", "account_role"),
        *("account_shut_out", "ticket", "account_remove"),
    ]
    assert all(PASSWORD not in str(one) and again.token not in str(one) for one in entries)


def test_an_admin_does_not_shut_himself_out(people: People, office: dict[str, Actor]) -> None:
    root = office["root"]
    desk = people.administered_by(root)
    for act in (lambda: desk.remove(root.account), lambda: desk.set_role(root.account, AccountRole.AGENT)):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.kind == "own"
    desk.reset(root.account)
    assert people.sign_in("root", PASSWORD) is not None


def test_from_no_account_to_an_office(people: People) -> None:
    desk = people.administered_by(LOCAL)
    assert desk.accounts() == []
    with pytest.raises(StoreError) as refused:
        desk.add("li", AccountRole.AGENT)
    assert refused.value.kind == "first_admin"
    ticket = desk.add("chief", AccountRole.ADMIN)
    chief = people.administered_by(people.local())
    with pytest.raises(NotAllowed):  # who is at the machine is the chief now
        desk.add("li", AccountRole.AGENT)
    with pytest.raises(StoreError) as refused:
        chief.add("li", AccountRole.AGENT)
    assert refused.value.kind == "own_first", "else nobody could sign in"
    session = people.set_password(ticket.token, PASSWORD)
    chief.add("li", AccountRole.AGENT)
    assert people.sign_in_needed()
    assert people.actor(session) is not None


@pytest.mark.parametrize(
    ("login", "kind"),
    [("li", "taken"), ("LI", "taken"), ("", "login"), ("a b", "login"), ("\u202e", "login")],
)
def test_a_login_that_cannot_be_is_told_apart(
    people: People, office: dict[str, Actor], login: str, kind: str
) -> None:
    with pytest.raises(StoreError) as refused:
        people.administered_by(office["root"]).add(login, AccountRole.AGENT)
    assert refused.value.kind == kind


# -- how long calls are kept ------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["boss", "li", "coach"])
def test_the_rule_of_retention_is_an_admins(people: People, office: dict[str, Actor], login: str) -> None:
    store = resources.store()
    store.add(judged("old", started_at=LONG_AGO), title="old", agent=office["li"].account)
    desk = store.desk(office[login])
    for act in (
        lambda: desk.keep_for(1),
        lambda: desk.keep_for(None),
        lambda: desk.retain(1),
        lambda: desk.retain(1, dry_run=True),
        lambda: desk.keep_office_note("keep_days", {"days": 1, "by": "x", "at": LONG_AGO}),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert store.desk(office["root"]).keep_rule() is None
    assert [call.id for call in store.calls()] == ["old"]


def test_a_rule_has_its_bounds_and_its_entry(people: People, office: dict[str, Actor]) -> None:
    desk = resources.store().desk(office["root"])
    for days in (0, -1, 40_000):
        with pytest.raises(StoreError):
            desk.keep_for(days)
    desk.keep_for(180)
    rule = desk.keep_rule()
    assert rule is not None
    assert (rule.days, rule.by) == (180, office["root"].account)
    assert [one.detail for one in desk.audit(action="retention_rule").items] == [{"days": 180}]


@pytest.mark.parametrize(
    ("environment", "office_rule", "goes"), [(None, 30, True), (90_000, 30, False), (30, None, True)]
)
def test_the_environment_stands_above_the_offices_rule(
    people: People,
    office: dict[str, Actor],
    environment: int | None,
    office_rule: int | None,
    goes: bool,
) -> None:
    store = resources.store()
    store.add(judged("old", started_at=LONG_AGO), title="old")
    store.desk(office["root"]).keep_for(office_rule)
    keeping.Keeper(lambda: store, resources.jobs, environment).tidy()
    assert (store.calls() == []) is goes


def test_a_new_rule_is_followed_at_once(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = resources.store()
    keeper = keeping.Keeper(lambda: store, lambda: SimpleNamespace(forget_gone=lambda _: 0), None)  # type: ignore[arg-type,return-value]
    tidied = threading.Semaphore(0)
    tidy = keeper.tidy

    def told() -> tuple[int, int]:
        found = tidy()
        tidied.release()
        return found

    monkeypatch.setattr(keeper, "tidy", told)
    store.add(judged("old", started_at=LONG_AGO), title="old")
    BEGIN(keeper)
    assert tidied.acquire(timeout=120)
    store.desk(office["root"]).keep_for(30)
    keeper.at_once()
    assert tidied.acquire(timeout=120)
    assert store.calls() == []


# -- at the page ------------------------------------------------------------------------------------------


def _page() -> None:
    from coach.ui.screens import admin

    admin.show()


def data_of(page: AppTest) -> dict[str, Any]:
    """What the browser is told."""
    return components(page)["coach_admin"]


def _opened(monkeypatch: pytest.MonkeyPatch, actor: Actor, **state: object) -> AppTest:
    monkeypatch.setattr(resources, "current_actor", lambda: actor)
    page = AppTest.from_function(_page, default_timeout=120)
    for name, value in state.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


@pytest.mark.parametrize("login", ["boss", "li", "coach"])
def test_the_address_tells_nobody_else_anything(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    page = _opened(monkeypatch, office[login], admin_ticket={"login": "root", "token": "secret"})
    assert len(page.info) == 1
    assert components(page) == {}
    assert "Root" not in str(page.main)


@pytest.mark.parametrize("login", ["boss", "li", "coach"])
@pytest.mark.parametrize(
    ("act", "asked"),
    [
        ("add", {"login": "mine", "role": "admin", "name": ""}),
        ("role", {"id": "", "role": "admin"}),
        ("reset", {"id": ""}),
        ("remove", {"id": ""}),
        ("keep", {"days": 1, "n": 0}),
        ("count", {"days": 1}),
    ],
)
def test_a_forged_act_of_the_page_is_refused(
    people: People,
    office: dict[str, Actor],
    monkeypatch: pytest.MonkeyPatch,
    login: str,
    act: str,
    asked: dict[str, object],
) -> None:
    """Even if the component's result could be forged in a visit that never drew it."""
    before = _state(people)
    target = {"id": office["root"].account} if "id" in asked else {}
    state = _asked(people, office[login], monkeypatch, **{act: {**asked, **target}})
    assert _state(people) == before
    assert resources.store().desk(office["root"]).keep_rule() is None
    assert state == {admin.FAILED: "您不再是管理员，没有做任何修改。"}


def test_an_admin_sees_the_office(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = data_of(_opened(monkeypatch, office["root"]))
    assert [(one["login"], one["role"]) for one in data["accounts"]] == [
        ("boss", "supervisor"),
        ("coach", "trainer"),
        ("li", "agent"),
        ("root", "admin"),
    ]
    assert "argon2" not in str(data)
    assert data["me"] == office["root"].account


def test_the_link_is_told_once(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _opened(monkeypatch, office["root"], admin_ticket={"login": "li", "token": "secret"})
    assert data_of(page)["ticket"] == {"login": "li", "token": "secret"}
    assert data_of(page.run())["ticket"] is None


def _asked(people: People, actor: Actor, monkeypatch: pytest.MonkeyPatch, **asked: object) -> dict[str, Any]:
    """What the page keeps for its next run after one act."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(admin.st, "session_state", state)
    monkeypatch.setattr(admin.st, "rerun", lambda: None)
    every = ("add", "reset", "unlock", "role", "remove", "count", "keep", "leave")
    result = SimpleNamespace(**{**dict.fromkeys(every), **asked})
    admin._do(people.administered_by(actor), resources.store().desk(actor), result)
    return state


def test_a_rule_is_applied_after_its_count_was_confirmed(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, root = resources.store(), office["root"]
    store.add(judged("old", started_at=LONG_AGO), title="old")
    store.add(judged("held", started_at=LONG_AGO), title="held")
    store.desk(root).case("held").hold()
    state = _asked(people, root, monkeypatch, count={"days": 30})
    assert state == {admin.ASKED: {"days": 30, "n": 1}}
    store.add(judged("older", started_at=LONG_AGO), title="older")
    state = _asked(people, root, monkeypatch, keep={"days": 30, "n": 1})
    assert state == {admin.ASKED: {"days": 30, "n": 2}}, "more would go than was confirmed: asked again"
    assert store.desk(root).keep_rule() is None
    state = _asked(people, root, monkeypatch, keep={"days": 30, "n": 2})
    assert set(state) == {admin.SAID}
    keeping.keeper().tidy()
    assert [call.id for call in store.calls()] == ["held"]


def test_the_page_says_that_the_environment_rules(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_KEEP_DAYS", "365")
    resources.settings.cache_clear()
    found = data_of(_opened(monkeypatch, office["root"]))["retention"]
    assert (found["days"], found["fixed"]) == (365, True)
    state = _asked(people, office["root"], monkeypatch, keep={"days": 1, "n": 0})
    assert "COACH_KEEP_DAYS" in state[admin.FAILED]
    assert resources.store().desk(office["root"]).keep_rule() is None


@pytest.mark.parametrize("days", [0, -3, 1.5, "30", True, 1e9])
def test_days_that_are_none_are_refused(
    people: People, office: dict[str, Actor], monkeypatch: pytest.MonkeyPatch, days: object
) -> None:
    state = _asked(people, office["root"], monkeypatch, count={"days": days})
    assert state == {admin.FAILED: "请填 1 到 36500 之间的整数天数。"}


def test_screens_ask_for_accounts_through_the_gate_only() -> None:
    for file in Path(admin.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                taken = {alias.name for alias in node.names}
                assert node.module != "coach.people.people", file.name
                assert not taken & {"People", "store", "Accounts", "ReviewStore"}, file.name
                assert "people" not in taken or file.name == "guide.py", file.name
