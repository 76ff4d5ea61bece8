"""Who gets which file of a call: nobody more than he may see, and every file is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coach import playbooks
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.review import Outcome
from coach.domain.rulings import RulingKind
from coach.pipeline import rescore
from coach.report.kinds import Kind
from coach.report.pdf import ReportError
from coach.store import ReviewStore
from coach.ui import exports, i18n, server
from coach.ui.office_acts import act
from tests.ui import fixtures

NUMBER = "13800138000"
ACTORS = {
    "boss": Actor("boss", AccountRole.SUPERVISOR, "Boss"),
    "own": Actor("own", AccountRole.AGENT, "Own"),
    "other": Actor("other", AccountRole.AGENT, "Other"),
    "trainer": Actor("trainer", AccountRole.TRAINER, "Trainer"),
    "local": LOCAL,
}


class Visits:
    """Sessions by name; anything else has ended."""

    def actor(self, token: str | None) -> Actor | None:
        return ACTORS.get(token or "")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewStore:
    made = ReviewStore(tmp_path)
    review = fixtures.bad_review()
    fixtures.sound(review, tmp_path / "sound.wav")
    made.add(review, title="李先生", audio=tmp_path / "sound.wav", agent="own")
    made.add(fixtures.good_review(), title="written", agent="own")
    for call_id in ("good", "bad"):
        made.desk(LOCAL).case(call_id).clear_for_training()
        made.desk(ACTORS["own"]).case(call_id).skip_self_score()
    monkeypatch.setattr(exports, "store", lambda: made)
    monkeypatch.setattr(exports, "people", Visits)
    return made


@pytest.fixture
def client(store: ReviewStore) -> TestClient:
    app = Starlette(routes=server.routes(), middleware=server.middleware())
    return TestClient(app, base_url="http://127.0.0.1:8501")


def ask(client: TestClient, path: str, who: str = "boss"):  # type: ignore[no-untyped-def]
    client.cookies.set(exports.COOKIE, who)
    return client.get(f"/coach/export/{path}")


@pytest.mark.parametrize("who", ["other", "nobody", ""])
@pytest.mark.parametrize("kind", [Kind.JSON, Kind.PDF, Kind.AUDIO])
def test_the_call_of_another_is_not_there(client: TestClient, who: str, kind: Kind) -> None:
    answer = ask(client, f"{kind.value}/bad?full=1", who)
    assert answer.status_code == 404
    assert answer.json() == {"text": i18n.text("zh", "player.export.error.no_call"), "detail": ""}


@pytest.mark.parametrize(
    ("who", "sees"), [("boss", True), ("own", True), ("local", True), ("trainer", False)]
)
def test_only_who_may_read_names_gets_them_and_only_when_asked(
    client: TestClient, who: str, sees: bool
) -> None:
    masked, full = ask(client, "json/bad", who), ask(client, "json/bad?full=1", who)
    assert masked.status_code == full.status_code == 200
    assert NUMBER not in masked.text
    assert (NUMBER in full.text) is sees
    assert ("-full" in full.headers["content-disposition"]) is sees


@pytest.mark.parametrize("kind", Kind)
def test_an_agent_gets_no_file_of_a_call_that_he_has_not_scored_yet(
    client: TestClient, store: ReviewStore, kind: Kind
) -> None:
    store.add(fixtures.bad_review("fresh"), title="fresh", agent="own")
    answer = ask(client, f"{kind.value}/fresh?full=1", "own")
    assert answer.status_code == 403
    assert set(answer.json()) == {"text", "detail"}
    assert "export" not in {entry.action for entry in store.desk(LOCAL).audit(call_id="fresh").items}


def test_a_trainer_gets_no_sound_that_is_not_covered(client: TestClient) -> None:
    assert ask(client, "audio/bad", "trainer").status_code == 422


def test_a_call_that_is_cleared_for_training_can_be_heard_without_personal_data(store: ReviewStore) -> None:
    trainer, boss = store.desk(ACTORS["trainer"]), store.desk(ACTORS["boss"])
    assert trainer.case("bad").audio() is None
    assert act(boss.case("bad"), {"do": "clear", "on": True}) is None
    covered, plain = trainer.case("bad").audio(), boss.case("bad").audio()
    assert covered is not None
    assert plain is not None
    assert covered.suffix == ".mp3"
    assert covered != plain


def test_the_sound_has_a_tone_over_the_number(client: TestClient, tmp_path: Path) -> None:
    answer = ask(client, "audio/bad?full=1", "own")
    assert answer.headers["content-type"] == "audio/mpeg"
    assert "-masked.mp3" in answer.headers["content-disposition"]
    assert len(answer.content) > 10_000


def test_a_written_call_has_no_sound(client: TestClient) -> None:
    answer = ask(client, "audio/good?lang=en", "own")
    assert answer.status_code == 422
    assert answer.json()["text"] == i18n.text("en", "player.export.error.no_sound")


def test_every_file_is_written_down(client: TestClient, store: ReviewStore) -> None:
    ask(client, "csv/bad?full=1", "own")
    entries = store.desk(LOCAL).audit(call_id="bad").items
    assert [(entry.account, entry.action) for entry in entries][:1] == [("own", "export")]


def test_what_people_ruled_is_what_is_exported(client: TestClient, store: ReviewStore) -> None:
    review = rescore(fixtures.bad_review("ruled").observed, playbooks.load("collection"))
    store.add(review, title="ruled")
    before = ask(client, "json/ruled").json()["scorecard"]
    case = store.desk(ACTORS["boss"]).case("ruled")
    case.rule(RulingKind.OUTCOME, "courtesy", outcome=Outcome.MET, reason="he greeted")
    after = ask(client, "json/ruled").json()["scorecard"]
    assert _outcome(before, "courtesy") != "met"
    assert _outcome(after, "courtesy") == "met"


def _outcome(card: dict[str, Any], criterion: str) -> str:
    return next(one["outcome"] for one in card["criteria"] if one["id"] == criterion)


def test_without_pango_the_answer_says_what_to_install(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_page: str) -> bytes:
        raise ReportError("apt-get install libpango-1.0-0")

    monkeypatch.setattr(exports, "page_pdf_apart", missing)
    answer = ask(client, "pdf/bad")
    assert answer.status_code == 503
    assert "Pango" in answer.json()["text"]
    assert "apt-get" in answer.json()["detail"]


def test_answers_are_kept_nowhere_and_name_no_words(client: TestClient) -> None:
    answer = ask(client, "html/bad")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('attachment; filename="call-')
    assert answer.headers["content-disposition"].isascii()
