"""Trying the draft on past calls: how many are scored again, and what would change."""

from __future__ import annotations

from typing import Final

import streamlit as st

from coach.domain.errors import StoreError
from coach.domain.review import Outcome
from coach.store import Filters
from coach.ui.choices import choice
from coach.ui.editions import Edition, read
from coach.ui.resources import desk
from coach.ui.speak import language, t
from coach.ui.studio.draft import TRIAL, Draft
from coach.ui.trial import Tried, by_step, tried

_COUNTS: Final = (20, 50, 200)


def show_trial(draft: Draft, base: Edition) -> None:
    """The button, and the table of what it found last."""
    st.caption(t("studio.trial_lead"))
    left, right, _ = st.columns([2, 1, 3], vertical_alignment="bottom")
    count = left.selectbox(
        t("studio.trial_count"),
        _COUNTS,
        format_func=lambda n: t("studio.trial_last", n=n),
        key=choice("studio_count"),
    )
    if right.button(t("studio.try"), type="primary", key="studio_try"):
        st.session_state[TRIAL] = _try(draft.source, base, count)
    results: list[Tried] | None = st.session_state.get(TRIAL)
    if results is not None:
        _results(results)


def _try(source: str, base: Edition, count: int) -> list[Tried]:
    playbook = read(source)
    lines = desk().calls(Filters(playbooks=tuple({playbook.id, base.playbook})), limit=count).items
    results = []
    bar = st.progress(0.0, t("studio.trying"))
    for i, line in enumerate(lines, 1):
        try:
            review = desk().case(line.id).review()
        except StoreError:
            continue  # gone meanwhile, or not to be seen before a blind review is in
        results.append(tried(line.id, line.title, review, playbook))
        bar.progress(i / len(lines))
    bar.empty()
    return by_step(results)


def _results(results: list[Tried]) -> None:
    changed = [one for one in results if one.changed]
    if not results:
        st.info(t("studio.no_calls"))
        return
    scored = [one for one in results if one.score_before is not None and one.score_after is not None]
    means = [_mean([score or 0.0 for score in side]) for side in _sides(scored)]
    st.text(
        t(
            "studio.trial_sum",
            n=len(results),
            changed=len(changed),
            verdicts=sum(one.verdict_before is not one.verdict_after for one in results),
            before=means[0],
            after=means[1],
        )
    )
    if not changed:
        return
    columns = ("call", "before", "after", "verdict_before", "verdict_after", "turned")
    rows = [
        (
            one.title,
            one.score_before,
            one.score_after,
            t(f"verdict.{one.verdict_before.value}"),
            t(f"verdict.{one.verdict_after.value}"),
            _turned(one),
        )
        for one in changed
    ]
    st.dataframe(
        {t(f"studio.column.{name}"): [row[i] for row in rows] for i, name in enumerate(columns)},
        hide_index=True,
        width="stretch",
        key="studio_results",
    )


def _sides(scored: list[Tried]) -> tuple[list[float | None], list[float | None]]:
    return [one.score_before for one in scored], [one.score_after for one in scored]


def _mean(scores: list[float]) -> str:
    return f"{sum(scores) / len(scores):.1f}" if scores else "–"


def _turned(one: Tried) -> str:
    parts = [
        f"{turned.title.in_language(language())}: {_outcome(turned.before)} → {_outcome(turned.after)}"
        for turned in one.turned
    ]
    return ("；" if language() == "zh" else "; ").join(parts)


def _outcome(outcome: Outcome | None) -> str:
    return t("studio.outcome.none") if outcome is None else t(f"studio.outcome.{outcome.value}")
