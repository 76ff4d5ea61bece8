"""The studio: what is changed, tried and published, and who may."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach import playbooks
from coach.domain.people import LOCAL, AccountRole, Actor
from coach.domain.review import Outcome, Verdict
from coach.pipeline import rescore
from coach.playbooks.edit import drafts, edited
from coach.store import Desk, ReviewStore
from coach.ui import editions, i18n, resources
from coach.ui.editions import name_for_review, read
from coach.ui.trial import by_step, tried
from tests.ui import fixtures

SOURCE = playbooks.source("collection")
AT = {one.id: one.at for one in drafts(SOURCE)}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewStore:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    resources.settings.cache_clear()
    resources.store.cache_clear()
    made = resources.store()
    for name, title in (("bad", "李先生"), ("good", "王女士")):
        observed = (fixtures.bad_review() if name == "bad" else fixtures.good_review()).observed
        made.add(rescore(observed, playbooks.load("collection")), title=title, playbook_source=SOURCE)
    yield made
    resources.settings.cache_clear()
    resources.store.cache_clear()


@pytest.fixture
def desk(store: ReviewStore) -> Desk:
    return store.desk(LOCAL)


def page() -> None:
    from coach.ui.screens import studio

    studio.show()


def opened() -> AppTest:
    app = AppTest.from_function(page, default_timeout=120).run()
    assert not app.exception
    return app


def test_a_heavier_criterion_changes_scores_and_no_outcome(desk: Desk) -> None:
    review = desk.case("good").review()
    heavier = read(edited(SOURCE, {f"{AT['courtesy']}.weight": Fraction(90)}))
    found = tried("good", "x", review, heavier)
    assert found.changed
    assert found.turned == ()
    assert found.score_before != found.score_after
    assert tried("good", "x", review, read(SOURCE)).changed is False


def test_a_criterion_that_is_off_is_not_asked_any_more(desk: Desk) -> None:
    review = desk.case("bad").review()
    found = tried("bad", "x", review, read(edited(SOURCE, {f"{AT['empathy']}.off": True})))
    assert [(one.title.en, one.after) for one in found.turned] == [("Empathy", None)]
    assert by_step([tried("a", "a", review, read(SOURCE)), found])[0] is found


def test_trying_changes_no_card(desk: Desk) -> None:
    before = desk.case("bad").review()
    tried("bad", "x", before, read(edited(SOURCE, {f"{AT['empathy']}.off": True})))
    assert desk.case("bad").review() == before


def test_a_published_version_can_be_chosen_and_old_cards_keep_theirs(desk: Desk, tmp_path: Path) -> None:
    old = desk.case("bad").review().scorecard
    source = edited(SOURCE, {"version": "2.2", f"{AT['courtesy']}.weight": Fraction(50)})
    kept = desk.publish_playbook(source)
    shown = editions.editions(desk)
    assert [(one.playbook, one.version) for one in shown] == [
        ("collection", "2.1"),
        ("negotiation", "2.1"),
        ("collection", "2.2"),
    ]
    path = name_for_review(desk, kept.fingerprint, tmp_path / "playbooks")
    assert playbooks.load(path).fingerprint == kept.fingerprint
    assert desk.case("bad").review().scorecard == old
    assert name_for_review(desk, "collection", tmp_path) == "collection"


@pytest.mark.parametrize("role", [AccountRole.AGENT, AccountRole.TRAINER])
def test_who_does_not_lead_cannot_change_what_he_is_judged_by(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch, role: AccountRole
) -> None:
    monkeypatch.setattr(resources, "current_actor", lambda: Actor("a", role))
    app = opened()
    assert [info.value for info in app.info] == [i18n.text("zh", "studio.not_yours")]
    assert not app.button


def test_a_weight_is_changed_tried_and_published(store: ReviewStore, desk: Desk) -> None:
    app = opened()
    app.radio(key="studio_criterion").set_value("courtesy").run()
    app.number_input(key=f"{AT['courtesy']}.weight#0").set_value(60.0)
    _press(app, "采用修改")
    assert any("已修改 1 项：礼貌" in text.value for text in app.text)
    app.button(key="studio_try").click().run()
    assert any("2 通中有 1 通会变化" in text.value for text in app.text)
    assert len(app.dataframe) == 1
    app.button(key="studio_publish").click().run()
    assert not app.exception
    assert [success.value for success in app.success] == ["版本 2.2 已发布。新的复核里可以选用。"]
    newest = desk.playbooks()[0]
    assert (newest.version, newest.by) == ("2.2", LOCAL.account)
    assert read(desk.playbook_source(newest.fingerprint)).criterion("courtesy").weight == 60


def test_a_mistake_is_explained_with_its_line_and_not_taken_over(store: ReviewStore) -> None:
    app = opened()
    broken = SOURCE.replace("    weight: 8\n", "    wieght: 8\n", 1)
    app.text_area(key="studio_text#0").set_value(broken).run()
    app.button(key="studio_check").click().run()
    line = broken.splitlines().index("    wieght: 8") + 1
    assert [error.value for error in app.error] == [f"第 {line} 行有错误，没有采用。"]
    assert "不认识的键 'wieght'；是不是 'weight'？" in app.code[0].value
    assert f">   {line:3} " in app.code[0].value or f"> {line:5} " in app.code[0].value
    assert any(caption.value == "还没有修改。" for caption in app.caption)


def test_a_playbook_whose_own_examples_fail_is_not_published(store: ReviewStore, desk: Desk) -> None:
    app = opened()
    wrong = SOURCE.replace("        expect: met\n", "        expect: not_met\n", 1)
    app.text_area(key="studio_text#0").set_value(wrong).run()
    app.button(key="studio_check").click().run()
    app.button(key="studio_publish").click().run()
    assert "个例子不再符合" in app.error[0].value
    assert all(kept.by is None for kept in desk.playbooks())


def test_verdicts_and_outcomes_have_names(store: ReviewStore) -> None:
    for language in i18n.LANGUAGES:
        for outcome in Outcome:
            assert i18n.text(language, f"studio.outcome.{outcome.value}")
        for verdict in Verdict:
            assert i18n.text(language, f"verdict.{verdict.value}")


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
