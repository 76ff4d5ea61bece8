"""The playbook studio: change a playbook, try it at once on past calls, publish it as a new version."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Final

import streamlit as st

from coach.domain.errors import PlaybookError, StoreError
from coach.domain.review import Outcome
from coach.playbooks.edit import CriterionDraft, Value, drafts, edited, next_version, version_of
from coach.rules.examples import try_examples
from coach.store import Filters
from coach.ui.editions import Edition, editions, read, source_of
from coach.ui.resources import desk
from coach.ui.speak import language, t
from coach.ui.trial import Tried, by_step, tried

_STATE: Final = "studio"
_TRIALS: Final = (20, 50, 200)
_NUMBERS: Final = ("weight", "severity.first", "severity.again", "severity.at_most")


def show() -> None:
    """Draw the studio; only who leads may change what everybody is judged by."""
    with st.container(key="studio_page"):
        if not desk().actor.leads:
            st.info(t("studio.not_yours"))
            return
        st.markdown(f"## {t('studio.heading')}")
        st.caption(t("studio.lead"))
        found = {edition.key: edition for edition in editions(desk())}
        base = _choose_base(found)
        draft = _draft(base)
        _differences(draft)
        criteria, text, trial, publish = st.tabs(
            [t("studio.tab.criteria"), t("studio.tab.text"), t("studio.tab.trial"), t("studio.tab.publish")]
        )
        with criteria:
            _criteria(draft)
        with text:
            _text(draft)
        with trial:
            _trial(draft, base)
        with publish:
            _publish(draft, base)


def edition_label(edition: Edition) -> str:
    """The title and version of a playbook, and where it comes from."""
    if edition.built_in or edition.made_at is None:
        origin = t("studio.built_in")
    else:
        origin = t("studio.published_on", day=edition.made_at.astimezone().date().isoformat())
    return f"{edition.title.in_language(language())} {edition.version} · {origin}"


def _choose_base(found: dict[str, Edition]) -> Edition:
    waiting = st.session_state.pop("studio_published", None)
    if waiting in found:
        st.session_state["studio_base"] = waiting
    key = st.selectbox(
        t("studio.base"), list(found), format_func=lambda one: edition_label(found[one]), key="studio_base"
    )
    return found[key]


def _draft(base: Edition) -> dict[str, Any]:
    """What is being edited: ``source`` now, ``was`` at first, ``revision`` counts what was taken over."""
    draft: dict[str, Any] | None = st.session_state.get(_STATE)
    if draft is None or draft["base"] != base.key:
        source = source_of(desk(), base.key)
        revision = 0 if draft is None else draft["revision"] + 1
        draft = {"base": base.key, "source": source, "was": source, "revision": revision}
        st.session_state[_STATE] = draft
    return draft


def _take_over(draft: dict[str, Any], source: str) -> None:
    """Make ``source`` the draft, or show its mistake with the line."""
    try:
        read(source)
    except PlaybookError as error:
        _mistake(error, source)
        return
    st.session_state[_STATE] = {**draft, "source": source, "revision": draft["revision"] + 1}
    st.session_state.pop("studio_trial", None)
    st.rerun()


def _mistake(error: PlaybookError, source: str) -> None:
    found = re.search(r"\.yaml:(\d+)", str(error))
    line = int(found[1]) if found else None
    st.error(t("studio.mistake") if line is None else t("studio.mistake_line", line=line))
    shown = [str(error)]
    if line is not None:
        lines = source.splitlines()
        around = range(max(1, line - 2), min(len(lines), line + 2) + 1)
        shown += ["", *(f"{'>' if at == line else ' '} {at:5} {lines[at - 1]}" for at in around)]
    st.code("\n".join(shown), language=None, wrap_lines=True)


def _differences(draft: dict[str, Any]) -> None:
    if draft["source"] == draft["was"]:
        st.caption(t("studio.unchanged"))
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    names = _changed(draft)
    shown = ("、" if language() == "zh" else ", ").join(names[:8]) or t("studio.changed_else")
    left.text(t("studio.changed", n=len(names), names=shown))
    if right.button(t("studio.discard"), key="studio_discard"):
        st.session_state.pop(_STATE)
        st.session_state.pop("studio_trial", None)
        st.rerun()


def _changed(draft: dict[str, Any]) -> list[str]:
    was = {one.id: one for one in drafts(draft["was"], language=language())}
    return [
        one.title
        for one in drafts(draft["source"], language=language())
        if one.id not in was or _values(one) != _values(was[one.id])
    ]


def _values(one: CriterionDraft) -> tuple[Any, ...]:
    """Its values without their paths, which move when a criterion above goes."""
    return (
        one.off,
        one.critical,
        *(tuple(part.values()) for part in (one.numbers, one.texts, one.phrases)),
    )


# -- one criterion ------------------------------------------------------------------------------------------


def _criteria(draft: dict[str, Any]) -> None:
    found = {one.id: one for one in drafts(draft["source"], language=language())}
    left, right = st.columns([2, 3], gap="large")
    with left:
        chosen = st.radio(
            t("studio.criterion"),
            list(found),
            format_func=lambda one: _line(found[one]),
            key="studio_criterion",
        )
    with right, st.form(key=f"studio_form_{chosen}_{draft['revision']}"):
        changes = _form(found[chosen], draft["revision"])
        if st.form_submit_button(t("studio.take_over"), type="primary"):
            if changes:
                _take_over(draft, edited(draft["source"], changes))
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
            name = t(f"studio.field.{field}", language=t(f"studio.in.{code}"))
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


# -- the whole text -----------------------------------------------------------------------------------------


def _text(draft: dict[str, Any]) -> None:
    st.caption(t("studio.text_lead"))
    key = f"studio_text#{draft['revision']}"
    text = st.text_area(
        t("studio.tab.text"), value=draft["source"], height=520, key=key, label_visibility="collapsed"
    )
    left, right, _ = st.columns([1, 1, 3])
    if left.button(t("studio.check"), type="primary", key="studio_check"):
        _take_over(draft, text)
    right.download_button(
        t("studio.download"),
        data=draft["source"].encode(),
        file_name=f"{read(draft['source']).id}.yaml",
        mime="application/yaml",
        key="studio_download",
    )


# -- trying it ----------------------------------------------------------------------------------------------


def _trial(draft: dict[str, Any], base: Edition) -> None:
    st.caption(t("studio.trial_lead"))
    left, right, _ = st.columns([2, 1, 3], vertical_alignment="bottom")
    count = left.selectbox(
        t("studio.trial_count"),
        _TRIALS,
        format_func=lambda n: t("studio.trial_last", n=n),
        key="studio_count",
    )
    if right.button(t("studio.try"), type="primary", key="studio_try"):
        st.session_state["studio_trial"] = _try(draft["source"], base, count)
    results: list[Tried] | None = st.session_state.get("studio_trial")
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


# -- publishing ---------------------------------------------------------------------------------------------


def _publish(draft: dict[str, Any], base: Edition) -> None:
    st.caption(t("studio.publish_lead"))
    if (done := st.session_state.pop("studio_done", None)) is not None:
        st.success(t("studio.published", version=done))
    version = st.text_input(
        t("studio.version"), value=next_version(base.version), key=f"studio_version#{base.key}", max_chars=40
    ).strip()
    changed = draft["source"] != draft["was"]
    if st.button(
        t("studio.publish"), type="primary", disabled=not (changed and version), key="studio_publish"
    ):
        _do_publish(draft, version)
    if not changed:
        st.caption(t("studio.nothing_to_publish"))


def _do_publish(draft: dict[str, Any], version: str) -> None:
    source = draft["source"]
    if version_of(source) != version:
        source = edited(source, {"version": version})
    try:
        wrong = [one for one in try_examples(read(source)) if one.wrong is not None]
        if wrong:
            st.error(t("studio.examples_fail", n=len(wrong)))
            shown = [f"{one.example.line}: {one.criterion}: {one.wrong}" for one in wrong[:20]]
            st.code("\n".join(shown), language=None, wrap_lines=True)
            return
        kept = desk().publish_playbook(source)
    except PlaybookError as error:
        _mistake(error, source)
        return
    st.session_state.pop(_STATE)
    st.session_state["studio_published"] = kept.fingerprint
    st.session_state["studio_done"] = kept.version
    st.rerun()


def _plain(text: str) -> str:
    """Text for a label, which Streamlit reads as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~$:-])", r"\\\1", text)
