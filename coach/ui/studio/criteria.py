"""The criteria to choose from, and the form in which one is changed without knowing the rule language."""

from __future__ import annotations

import re
from fractions import Fraction

import streamlit as st

from coach.playbooks.edit import CriterionDraft, Value, drafts, edited
from coach.ui.choices import choice
from coach.ui.speak import language, t
from coach.ui.studio.draft import Draft, take_over


def show_criteria(draft: Draft) -> None:
    """The list beside the form of the chosen one."""
    found = {one.id: one for one in drafts(draft.source, language=language())}
    left, right = st.columns([2, 3], gap="large")
    with left, st.container(key="studio_list"):
        chosen = st.radio(
            t("studio.criterion"),
            list(found),
            format_func=lambda one: _line(found[one]),
            key=choice("studio_criterion"),
        )
    with right, st.form(key=f"studio_form_{chosen}_{draft.revision}"):
        changes = _form(found[chosen], draft.revision)
        if st.form_submit_button(t("studio.take_over"), type="primary"):
            if changes:
                take_over(draft, edited(draft.source, changes))
            else:
                st.info(t("studio.nothing_changed"))


def _line(one: CriterionDraft) -> str:
    worth = next(iter(one.numbers.values()), Fraction(0))
    sign = "−" if one.kind == "dont" else ""
    text = f"{_plain(one.title)} · {sign}{float(worth):g}"
    return f"{text} · {t('studio.is_off')}" if one.off else text


def _form(one: CriterionDraft, revision: int) -> dict[str, Value]:
    """The widgets of a criterion; what in them differs from the draft, by path."""
    changes: dict[str, Value] = {}
    st.text(t("studio.kind", kind=t(f"studio.kind.{one.kind}"), id=one.id))
    on = st.toggle(t("studio.on"), value=not one.off, key=f"{one.at}.off#{revision}")
    if on is one.off:
        changes[f"{one.at}.off"] = not on
    if one.critical is not None:
        critical = st.toggle(t("studio.critical"), value=one.critical, key=f"{one.at}.critical#{revision}")
        if critical is not one.critical:
            changes[f"{one.at}.critical"] = critical
    changes |= _numbers(one, revision)
    for field in ("title", "better", "advice"):
        columns = st.columns(2)
        for column, code in zip(columns, ("zh", "en"), strict=True):
            path = f"{one.at}.{field}.{code}"
            name = t(f"studio.field.{field}", lang=t(f"studio.in.{code}"))
            widget = column.text_input if field == "title" else column.text_area
            text = widget(name, value=one.texts[path], key=f"{path}#{revision}").strip()
            if text and text != one.texts[path]:
                changes[path] = text
    for number, (path, phrases) in enumerate(one.phrases.items(), 1):
        text = st.text_area(t("studio.phrases", n=number), value="\n".join(phrases), key=f"{path}#{revision}")
        given = tuple(line.strip() for line in text.splitlines() if line.strip())
        if given and given != phrases:
            changes[path] = given
    return changes


def _numbers(one: CriterionDraft, revision: int) -> dict[str, Value]:
    changes: dict[str, Value] = {}
    for column, (path, was) in zip(st.columns(max(1, len(one.numbers))), one.numbers.items(), strict=False):
        name = path.removeprefix(f"{one.at}.")
        given = column.number_input(
            t(f"studio.number.{name}"),
            value=float(was),
            min_value=0.0,
            max_value=100.0,
            step=1.0,
            format="%g",
            key=f"{path}#{revision}",
        )
        if given != float(was):
            changes[path] = Fraction(given).limit_denominator(1000)
    return changes


def _plain(text: str) -> str:
    """Text for a label, which Streamlit reads as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~$:-])", r"\\\1", text)
