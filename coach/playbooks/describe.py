"""A rule in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from coach.domain.labels import NAMES
from coach.domain.observations import SpeechEventKind
from coach.domain.rule import (
    AllOf,
    AnyOf,
    Before,
    Bounds,
    CallField,
    Count,
    Event,
    Fact,
    FactName,
    Hint,
    In,
    Measure,
    MeasureName,
    Mention,
    Not,
    Party,
    Reached,
    Rule,
    Said,
    Who,
    Within,
)
from coach.domain.text import Text, UiLanguage

_WHO = {
    Who.COACHED: Text("被辅导方", "the coached party"),
    Who.OTHER: Text("对方", "the other party"),
    Who.AGENT: Text("坐席", "the agent"),
    Who.CUSTOMER: Text("客户", "the customer"),
    Who.THIRD_PARTY: Text("第三人", "a third party"),
    Who.ANYONE: Text("任何一方", "anyone"),
}
_MENTIONS = {
    Mention.AMOUNT: Text("提到金额", "names a sum"),
    Mention.DEBT: Text("提到欠款的数目", "names what is owed"),
    Mention.DATE: Text("提到日期", "names a date"),
    Mention.DAY: Text("提到能落实的日期", "names a day of the calendar"),
}
_PARTIES = {
    Party.DEBTOR: Text("接通本人", "the debtor was reached"),
    Party.THIRD_PARTY: Text("有第三人", "a third party was on the line"),
    Party.WRONG_NUMBER: Text("打错号码", "it was a wrong number"),
    Party.IDENTITY_CONFIRMED: Text("已核实身份", "the identity was confirmed"),
}


_FACTS = {
    FactName.AMOUNT_DUE: Text("听出了应还总额", "the sum that is due is known"),
    FactName.DEADLINE: Text("期限能换算成日历日", "the deadline is a day of the calendar"),
    FactName.DAYS_TO_DEADLINE: Text("距期限的天数", "days to the deadline"),
    FactName.PLAN: Text("有分期方案", "there is a plan"),
    FactName.PLAN_INSTALMENTS: Text("分期数", "number of instalments"),
    FactName.PLAN_ADDS_UP: Text("分期合计与应还相符", "the instalments add up"),
    FactName.PROMISE: Text("有还款承诺", "there is a promise to pay"),
    FactName.PROMISE_AMOUNT: Text("承诺的金额", "the promised sum"),
    FactName.PROMISE_DATE: Text("承诺有日期", "the promise has a day"),
    FactName.PROMISE_HOW: Text("承诺有还款方式", "the promise has a way of paying"),
}
_MEASURES = {
    MeasureName.TALK_SHARE: Text("说话占比", "share of talk"),
    MeasureName.INTERRUPTIONS: Text("打断次数", "interruptions"),
    MeasureName.INTERRUPTIONS_PER_MINUTE: Text("每分钟打断次数", "interruptions a minute"),
    MeasureName.PACE: Text("每秒字数", "characters or words a second"),
    MeasureName.LONGEST_MONOLOGUE: Text("最长独白秒数", "seconds of the longest monologue"),
    MeasureName.SILENCE: Text("沉默秒数", "seconds of silence"),
    MeasureName.OVERLAP: Text("重叠秒数", "seconds of overlap"),
}
_EVENTS = {
    SpeechEventKind.INTERRUPTION: Text("打断", "interruptions"),
    SpeechEventKind.OVERLAP: Text("重叠", "overlaps"),
    SpeechEventKind.SILENCE: Text("沉默", "silences"),
    SpeechEventKind.RAISED_VOICE: Text("提高嗓门", "raised voice"),
    SpeechEventKind.HURRIED: Text("语速突然加快", "hurried speech"),
    SpeechEventKind.MONOLOGUE: Text("独白", "monologues"),
}


def describe(rule: Rule, language: UiLanguage) -> str:
    """What the rule looks for, as one phrase."""
    return _text(rule).in_language(language)


def _text(rule: Rule) -> Text:
    match rule:
        case Said():
            return _said(rule)
        case Fact(name, bounds, by):
            what = _FACTS[name]
            if by is not Who.ANYONE:
                what = Text(f"{_WHO[by].zh}的{what.zh}", f"{what.en}, by {_WHO[by].en}")
            return _with_bounds(what, bounds)
        case Reached(party):
            return _PARTIES[party]
        case Measure(name, by, bounds):
            return _with_bounds(
                Text(f"{_WHO[by].zh}的{_MEASURES[name].zh}", f"{_MEASURES[name].en} of {_WHO[by].en}"), bounds
            )
        case Event(kind, by, bounds):
            return _with_bounds(
                Text(f"{_WHO[by].zh}{_EVENTS[kind].zh}的次数", f"{_EVENTS[kind].en} by {_WHO[by].en}"), bounds
            )
        case CallField(field, values, bounds):
            return _with_bounds(Text(f"通话 {field}", f"call {field}"), bounds, values)
        case In():
            return _in(rule)
        case Within():
            return _within(rule)
        case Before(first, then):
            a, b = _text(first), _text(then)
            return Text(f"{a.zh} 先于 {b.zh}", f"{a.en} before {b.en}")
        case Count(inner, bounds):
            return _with_bounds(_times(_text(inner)), bounds)
        case AllOf(rules):
            return _join(rules, Text(" 且 ", " and "))
        case AnyOf(rules):
            return _join(rules, Text(" 或 ", " or "))
        case Not(inner):
            a = _text(inner)
            return Text(f"没有（{a.zh}）", f"not ({a.en})")
        case Hint(inner):
            a = _text(inner)
            return Text(f"提示核对（{a.zh}）", f"to be checked: ({a.en})")
        case _:
            assert_never(rule)


def _said(rule: Said) -> Text:
    who = _WHO[rule.by]
    zh, en = [], []
    if rule.labels:
        zh.append("“" + "/".join(NAMES[label].zh for label in rule.labels) + "”")
        en.append('"' + "/".join(NAMES[label].en for label in rule.labels) + '"')
    if rule.min_confidence:
        zh.append(f"把握不低于 {rule.min_confidence:g}")
        en.append(f"with confidence of at least {rule.min_confidence:g}")
    if rule.phrases:
        sounds = Text("（含读音相近）", " (or alike in sound)") if rule.sounds_like else Text("", "")
        zh.append("词语 " + "、".join(rule.phrases) + sounds.zh)
        en.append("the phrase " + " / ".join(rule.phrases) + sounds.en)
    if rule.expressions:
        zh.append(f"表达式（{len(rule.expressions)} 条）")
        en.append(f"an expression ({len(rule.expressions)})")
    if rule.exclusions:
        zh.append(f"排除的表达式（{len(rule.exclusions)} 条）")
        en.append(f"none of the expressions left out ({len(rule.exclusions)})")
    for mention in rule.mentions:
        zh.append(_MENTIONS[mention].zh)
        en.append(_MENTIONS[mention].en)
    if rule.personal_data:
        kinds = "/".join(kind.value for kind in rule.personal_data)
        zh.append(f"个人信息 {kinds}")
        en.append(f"personal data {kinds}")
    if not zh:
        return Text(f"{who.zh}说话", f"{who.en} speaks")
    return Text(f"{who.zh}：{'，'.join(zh)}", f"{who.en}: {', '.join(en)}")


def _in(rule: In) -> Text:
    inner = _text(rule.rule)
    whose = Text("", "") if rule.by is Who.ANYONE else Text(_WHO[rule.by].zh, f" of {_WHO[rule.by].en}")
    if rule.first_turns is not None:
        where = Text(f"{whose.zh}前 {rule.first_turns} 轮", f"the first {rule.first_turns} turns{whose.en}")
    elif rule.last_turns is not None:
        where = Text(f"{whose.zh}后 {rule.last_turns} 轮", f"the last {rule.last_turns} turns{whose.en}")
    elif rule.first_seconds is not None:
        where = Text(f"前 {rule.first_seconds:g} 秒", f"the first {rule.first_seconds:g} seconds")
    else:
        where = Text(f"最后 {rule.last_seconds:g} 秒", f"the last {rule.last_seconds:g} seconds")
    return Text(f"{inner.zh}（在{where.zh}内）", f"{inner.en} (in {where.en})")


def _within(rule: Within) -> Text:
    anchor, inner = _text(rule.anchor), _text(rule.rule)
    direction = Text("之前", "before") if rule.backwards else Text("之后", "after")
    if rule.turns is None:
        return Text(f"{anchor.zh}{direction.zh}有：{inner.zh}", f"{direction.en} {anchor.en}: {inner.en}")
    zh = f"{anchor.zh}{direction.zh} {rule.turns} 轮内有：{inner.zh}"
    return Text(zh, f"within {rule.turns} turns {direction.en} {anchor.en}: {inner.en}")


def _times(inner: Text) -> Text:
    return Text(f"{inner.zh}的次数", f"times of {inner.en}")


def _with_bounds(text: Text, bounds: Bounds, values: tuple[str, ...] = ()) -> Text:
    zh, en = text.zh, text.en
    if values:
        zh, en = f"{zh} 为 {'/'.join(values)}", f"{en} is {'/'.join(values)}"
    if bounds.at_least is not None:
        zh, en = f"{zh} ≥ {bounds.at_least:g}", f"{en} >= {bounds.at_least:g}"
    if bounds.at_most is not None:
        zh, en = f"{zh} ≤ {bounds.at_most:g}", f"{en} <= {bounds.at_most:g}"
    return Text(zh, en)


def _join(rules: Iterable[Rule], word: Text) -> Text:
    texts = [_text(rule) for rule in rules]
    if len(texts) == 1:
        return texts[0]
    return Text(f"（{word.zh.join(t.zh for t in texts)}）", f"({word.en.join(t.en for t in texts)})")
