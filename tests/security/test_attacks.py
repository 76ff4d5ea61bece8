"""Who has not signed in, or not as the right one, gets nothing, whatever he asks for."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.testing.v1 import AppTest

from coach.domain.errors import NoSuchCall, StoreError
from coach.domain.people import AccountRole
from coach.people import People
from coach.people.people import LOCKED, LONGEST, TRIES, fold_login
from coach.store import Filters, ReviewStore
from coach.store import Order as ListOrder
from coach.ui import exports, login, resources, server
from coach.ui.login import TRIES_A_MINUTE, Throttle, safe_next
from tests.clock import Clock
from tests.store_calls import judged

BASE = "http://127.0.0.1:8501"
PASSWORD = "correct horse battery"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewStore]:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    resources.settings.cache_clear()
    resources.store.cache_clear()
    monkeypatch.setattr(login, "_throttle", Throttle(TRIES_A_MINUTE))
    cheap = PasswordHasher(time_cost=1, memory_cost=1024)
    monkeypatch.setattr("coach.people.people._hasher", lambda: cheap)
    yield resources.store()
    resources.settings.cache_clear()
    resources.store.cache_clear()


@pytest.fixture
def office(store: ReviewStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> People:
    """An admin and two agents with a call each."""
    people = People(store, clock=clock)
    for module in (resources, login, exports):
        monkeypatch.setattr(module, "people", lambda: people)
    monkeypatch.setattr(server, "_people", lambda: people)
    ids = {}
    for name, role in (("root", AccountRole.ADMIN), ("li", AccountRole.AGENT), ("wang", AccountRole.AGENT)):
        people.set_password(people.add(name, role).token, PASSWORD)
        ids[name] = next(a.id for a in people.all() if a.login == name)
    for name in ("li", "wang"):
        sound = resources.settings().data_dir / f"{name}.wav"
        sound.write_bytes(b"RIFF" + name.encode() * 1000)
        store.add(judged(f"of-{name}"), title=f"通话 {name}", agent=ids[name], audio=sound, peaks=[[0.1]])
    return people


def visitor() -> TestClient:
    return TestClient(
        Starlette(routes=server.routes(), middleware=server.middleware()),
        base_url=BASE,
        follow_redirects=False,
    )


def signed_in(name: str, password: str = PASSWORD) -> TestClient:
    client = visitor()
    answer = _post(client, name, password)
    assert answer == 303
    return client


def _post(client: TestClient, name: str, password: str) -> int:
    form = re.search(r'name="form" value="([^"]+)"', client.get("/login").text)
    assert form is not None
    data = {"form": form.group(1), "login": name, "password": password}
    return client.post("/login", data=data).status_code


# -- one person at his own machine ------------------------------------------------------------------------


def test_one_person_needs_no_sign_in(store: ReviewStore) -> None:
    store.add(judged("mine"), title="一")
    assert visitor().get("/coach/sound/mine").status_code == 404  # a written call has no sound
    assert visitor().get("/login").headers["location"] == "/"
    People(store).add("root", AccountRole.ADMIN)
    assert not People(store).sign_in_needed()
    assert People(store).local().role is AccountRole.ADMIN


def test_nobody_comes_in_over_the_network_without_accounts(store: ReviewStore) -> None:
    app = Starlette(routes=server.routes(), middleware=server.middleware())
    for address, status in (("203.0.113.9", 403), ("127.0.0.1", 303), ("::1", 303)):
        client = TestClient(app, base_url=BASE, client=(address, 4711), follow_redirects=False)
        assert client.get("/login").status_code == status


# -- without signing in -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/review?call=of-li",
        "/coach/sound/of-li",
        "/coach/export/pdf/of-li",
        "/coach/export/json/of-li?full=1",
        "/coach/assets/x/call_player/main.js",
        "/media/0123456789abcdef.wav",
        "/_stcore/host-config",
        "/_stcore/upload_file/x/y",
        "/static/index.html",
        "/login/../coach/sound/of-li",
        "/login/%2e%2e/coach/sound/of-li",
        "//coach/sound/of-li",
        "/LOGIN",
        "/login/",
    ],
)
@pytest.mark.parametrize(
    "cookie", ["", "x", "' OR 1=1 --", "../../root", "\udcff".encode("utf-8", "replace").decode()]
)
def test_a_stranger_gets_nothing(office: People, path: str, cookie: str) -> None:
    client = visitor()
    answer = client.get(path, headers={"Cookie": f"coach_session={cookie}"} if cookie else {})
    assert answer.status_code == 401
    assert answer.text == "sign in first"
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["location"].startswith("/login?next=")


def test_a_strangers_websocket_is_refused(office: People) -> None:
    with pytest.raises(WebSocketDisconnect), visitor().websocket_connect("/_stcore/stream"):
        pass


# -- another agent's call ---------------------------------------------------------------------------------


def test_an_agent_hears_his_own_call_and_no_other(office: People) -> None:
    li = signed_in("li")
    assert li.get("/coach/sound/of-li").status_code == 200
    for path in (
        "of-wang",
        "of-wang/",
        "../of-wang",
        "of-li/../of-wang",
        "OF-WANG",
        "%6ff-wang",
        "of-wang%00",
    ):
        assert li.get(f"/coach/sound/{path}").status_code == 404, path
    assert signed_in("root").get("/coach/sound/of-wang").status_code == 200


@pytest.mark.parametrize("kind", ["json", "csv", "html", "vtt", "audio", "nonsense"])
def test_an_agent_cannot_take_out_anothers_call(office: People, kind: str) -> None:
    li = signed_in("li")
    other, missing = (li.get(f"/coach/export/{kind}/{call}") for call in ("of-wang", "no-such-call"))
    assert other.status_code == missing.status_code == 404
    assert other.content == missing.content


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx", "html", "vtt", "vcon"])
def test_an_agent_cannot_take_out_what_he_has_yet_to_score_himself(
    office: People, store: ReviewStore, kind: str
) -> None:
    li = signed_in("li")
    refused = li.get(f"/coach/export/{kind}/of-li")
    assert refused.status_code == 403
    assert store.desk(_actor(office, "root")).audit(action="export").items == ()
    store.desk(_actor(office, "li")).case("of-li").skip_self_score()
    assert li.get(f"/coach/export/{kind}/of-li").status_code != 403


def test_an_agent_finds_nothing_of_anothers(office: People, store: ReviewStore) -> None:
    actor = _actor(office, "li")
    desk = store.desk(actor)
    everything = Filters(text="还款")
    assert [hit.call.id for hit in desk.search(everything).items] == ["of-li"]
    wang = _actor(office, "wang").account
    assert desk.calls(Filters(agents=(wang,))).items == ()
    assert desk.count() == 1
    for order in ListOrder:
        assert [call.id for call in desk.calls(order=order).items] == ["of-li"]
    with pytest.raises(NoSuchCall) as other:
        desk.case("of-wang")
    with pytest.raises(NoSuchCall) as missing:
        desk.case("no-such-call")
    assert str(other.value) == str(missing.value)
    assert [person.login for person in desk.people()] == ["li"]
    assert desk.case("of-li").earlier("empathy") == []
    assert {promise.call_id for promise in desk.promises()} == {"of-li"}
    foreign = store.desk(_actor(office, "root")).promises(agent=wang)[0]
    with pytest.raises(StoreError, match="no such promise"):
        desk.note_promise(foreign.id, True)


def test_a_case_that_was_taken_away_opens_no_more(office: People, store: ReviewStore) -> None:
    case = store.desk(_actor(office, "li")).case("of-li")
    store.desk(_actor(office, "root")).case("of-li").give_to(None)
    with pytest.raises(NoSuchCall):
        case.review()
    with pytest.raises(NoSuchCall):
        case.comment("still here?")


# -- sessions ---------------------------------------------------------------------------------------------


def test_the_session_of_a_removed_user_ends_at_once(office: People) -> None:
    li = signed_in("li")
    office.remove("li")
    assert li.get("/coach/sound/of-li").status_code == 401
    with pytest.raises(WebSocketDisconnect), li.websocket_connect("/_stcore/stream"):
        pass
    assert _post(visitor(), "li", PASSWORD) == 403


def test_an_open_page_of_a_removed_user_shows_nothing_at_the_next_click(
    office: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script() -> None:
        import streamlit as st

        from coach.ui.resources import desk

        st.session_state.setdefault("draft", "of his call")
        st.write(" ".join(call.title for call in desk().calls().items))

    token = office.sign_in("li", PASSWORD)
    monkeypatch.setattr("streamlit.context", SimpleNamespace(cookies={resources.COOKIE: token}))
    page = AppTest.from_function(script).run(timeout=60)
    assert [shown.value for shown in page.markdown] == ["通话 li"]
    office.remove("li")
    page.run(timeout=60)
    assert not page.markdown
    assert len(page.info) == 1
    assert "draft" not in page.session_state


def test_a_session_ends_when_idle_and_after_a_day_of_work(office: People, clock: Clock) -> None:
    li, wang = signed_in("li"), signed_in("wang")
    for _ in range(int(LONGEST / 1800)):
        clock.now += 1800
        assert wang.get("/coach/sound/of-wang").status_code == 200
    assert li.get("/coach/sound/of-li").status_code == 401
    clock.now += 60
    assert wang.get("/coach/sound/of-wang").status_code == 401


@pytest.mark.parametrize("change", ["role", "password", "logout"])
def test_a_changed_account_signs_in_again(office: People, change: str) -> None:
    li = signed_in("li")
    match change:
        case "role":
            office.set_role("li", AccountRole.TRAINER)
        case "password":
            office.set_password(office.reset("li").token, "another long password")
        case "logout":
            form = re.search(r'name="form" value="([^"]+)"', li.get("/logout").text)
            assert form is not None
            token = li.cookies["coach_session"]
            assert li.post("/logout", data={"form": form.group(1)}).status_code == 303
            li.cookies.set("coach_session", token)
    assert li.get("/coach/sound/of-li").status_code == 401


def test_the_cookie_is_not_for_scripts_and_the_store_has_no_token(office: People, tmp_path: Path) -> None:
    client = visitor()
    form = re.search(r'name="form" value="([^"]+)"', client.get("/login").text)
    assert form is not None
    answer = client.post("/login", data={"form": form.group(1), "login": "li", "password": PASSWORD})
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("coach_session="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    token = cookie.split("=", 1)[1].split(";")[0].encode()
    for file in tmp_path.glob("coach.sqlite*"):
        assert token not in file.read_bytes()
        assert PASSWORD.encode() not in file.read_bytes()


def test_signing_in_gives_a_new_token(office: People) -> None:
    planted = visitor()
    planted.cookies.set("coach_session", "planted")
    assert _post(planted, "li", PASSWORD) == 303
    assert planted.cookies.get("coach_session", domain="127.0.0.1") != "planted"


# -- forms ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "content"),
    [
        ({"login": "li", "password": PASSWORD}, None),
        ({"login": "li", "password": PASSWORD, "form": ""}, None),
        ({"login": "li", "password": PASSWORD, "form": "guess"}, None),
        (None, b"x" * 100_000),
        (None, b"form=\xff\xfe"),
    ],
)
def test_a_forged_or_oversize_form_signs_nobody_in(
    office: People, data: dict[str, str] | None, content: bytes | None
) -> None:
    client = visitor()
    client.get("/login")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = (
        client.post("/login", data=data) if data else client.post("/login", content=content, headers=kind)
    )
    assert answer.status_code == 400
    assert "coach_session" not in answer.cookies


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/review?call=1&t=3", "/review?call=1&t=3"),
        ("https://evil.invalid", "/"),
        ("//evil.invalid", "/"),
        ("/\\evil.invalid", "/"),
        ("/a\\b", "/"),
        ("/a\nSet-Cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(wanted: str, goes: str) -> None:
    assert safe_next(wanted) == goes


def test_a_name_in_an_address_is_not_markup(office: People) -> None:
    hostile = '"><script>alert(1)</script>'
    for path in ("/login", "/login/set", "/logout"):
        text = visitor().get(path, params={"next": hostile, "ticket": hostile, "lang": hostile}).text
        assert "<script" not in text


@pytest.mark.parametrize("name", ["", " ", "a b", "a\nb", "a\u202eb", "x" * 65, "\x00", "a\u200bb"])
def test_a_hostile_login_is_refused(name: str) -> None:
    with pytest.raises(StoreError, match="login"):
        fold_login(name)


@pytest.mark.parametrize("name", ["Li", "ＬＩ", " li "])
def test_two_accounts_cannot_look_alike(office: People, name: str) -> None:
    with pytest.raises(StoreError, match="taken"):
        office.add(name, AccountRole.AGENT)


# -- passwords --------------------------------------------------------------------------------------------


def test_guessing_locks_the_account_and_the_right_password_too(office: People, clock: Clock) -> None:
    for _ in range(TRIES):
        assert office.sign_in("li", "wrong") is None
    assert office.sign_in("li", PASSWORD) is None
    clock.now += LOCKED + 1
    assert office.sign_in("li", "wrong") is None  # one more failure, and it is longer
    clock.now += LOCKED + 1
    assert office.sign_in("li", PASSWORD) is None
    clock.now += LOCKED + 1
    assert office.sign_in("li", PASSWORD) is not None
    assert office.sign_in("wang", PASSWORD) is not None


def test_a_reset_ends_a_lock(office: People) -> None:
    for _ in range(TRIES):
        office.sign_in("li", "wrong")
    assert office.set_password(office.reset("li").token, "another long password")


def test_guessing_from_one_address_is_slowed_down(office: People) -> None:
    client = visitor()
    seen = [_post(client, f"nobody{i}", "x") for i in range(TRIES_A_MINUTE + 2)]
    assert seen == [403] * TRIES_A_MINUTE + [429] * 2


def test_an_unknown_name_costs_as_much_time_as_a_known_one(office: People) -> None:
    office.sign_in("nobody", "x")

    def seconds(name: str) -> float:
        begin = time.process_time()
        office.sign_in(name, "wrong password")
        return time.process_time() - begin

    known = min(seconds("wang") for _ in range(3))
    unknown = min(seconds("nobody") for _ in range(3))
    assert unknown > known / 3


def test_a_ticket_is_good_once_and_for_a_day(office: People, clock: Clock) -> None:
    first = office.reset("li")
    second = office.reset("li")
    for spoilt in (first.token, "x", ""):
        with pytest.raises(StoreError, match="used up"):
            office.set_password(spoilt, PASSWORD)
    with pytest.raises(StoreError, match="10 characters"):
        office.set_password(second.token, "short")
    assert office.set_password(second.token, PASSWORD)
    with pytest.raises(StoreError, match="used up"):
        office.set_password(second.token, PASSWORD)
    late = office.reset("li")
    clock.now += 24 * 3600 + 1
    with pytest.raises(StoreError, match="used up"):
        office.set_password(late.token, PASSWORD)


def test_a_ticket_of_a_removed_account_is_void(office: People) -> None:
    ticket = office.reset("li")
    office.remove("li")
    with pytest.raises(StoreError, match="used up"):
        office.set_password(ticket.token, PASSWORD)


def test_an_account_without_a_password_lets_nobody_in(office: People) -> None:
    office.add("new", AccountRole.AGENT)
    for guess in ("", "new", "None", "password"):
        assert office.sign_in("new", guess) is None


def test_the_last_admin_stays(office: People) -> None:
    with pytest.raises(StoreError, match="last admin"):
        office.remove("root")
    with pytest.raises(StoreError, match="last admin"):
        office.set_role("root", AccountRole.AGENT)


def test_the_first_account_is_an_admins(store: ReviewStore) -> None:
    with pytest.raises(StoreError, match="role admin"):
        People(store).add("li", AccountRole.AGENT)


# -- the code ---------------------------------------------------------------------------------------------


def test_no_screen_reaches_past_the_desk() -> None:
    screens = Path(server.__file__).parent / "screens"
    for file in screens.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in ("coach.ui.resources", "coach.store"):
                names = {alias.name for alias in node.names}
                assert not names & {"store", "ReviewStore"}, f"{file.name}: use desk()"


def _actor(people: People, login_name: str):  # type: ignore[no-untyped-def]
    return next(account.actor for account in people.all() if account.login == login_name)
