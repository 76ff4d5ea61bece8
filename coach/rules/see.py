"""The one place that knows how every rule is evaluated."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import assert_never

from coach.domain.rule import (
    AllOf,
    AnyOf,
    Before,
    CallField,
    Count,
    Event,
    Fact,
    Hint,
    In,
    Measure,
    Not,
    Reached,
    Rule,
    Said,
    Which,
    Within,
)
from coach.domain.text import Text
from coach.rules.facts import call_field, fact, reached
from coach.rules.manner import event, measure
from coach.rules.said import said
from coach.rules.seen import Hit, Seen, Truth, capped, every, hinted, negated, some, told, unknown
from coach.rules.view import Scope, View

NO_TIMES = Text("文字稿没有时间", "the transcript has no times")
ENDED = Text("通话在这里就结束了，来不及回应", "the call ended there, before it could be answered")


def see(rule: Rule, view: View, scope: Scope) -> Seen:
    """What ``rule`` makes of the turns of ``scope``."""
    match rule:
        case Said():
            return said(rule, view, scope)
        case Fact():
            return fact(rule, view)
        case Reached():
            return reached(rule, view)
        case Measure():
            return measure(rule, view)
        case Event():
            return event(rule, view, scope)
        case CallField():
            return call_field(rule, view)
        case In():
            return _in(rule, view, scope)
        case Within():
            return _within(rule, view, scope)
        case Before():
            return _before(rule, view, scope)
        case Count():
            return _count(rule, view, scope)
        case AllOf(rules):
            return every(tuple(see(part, view, scope) for part in rules))
        case AnyOf(rules):
            return some(tuple(see(part, view, scope) for part in rules))
        case Not(inner):
            return negated(see(inner, view, scope))
        case Hint(inner):
            return hinted(see(inner, view, scope))
        case _:
            assert_never(rule)


def _in(rule: In, view: View, scope: Scope) -> Seen:
    if rule.first_turns is not None:
        chosen = view.after(-1, rule.first_turns, rule.by, backwards=False)
    elif rule.last_turns is not None:
        chosen = view.after(len(view.turns), rule.last_turns, rule.by, backwards=True)
    elif any(turn.interval is None for turn in view.turns):
        return unknown(NO_TIMES)
    else:
        chosen = _seconds(rule, view)
    return see(rule.rule, view, scope & chosen)


def _seconds(rule: In, view: View) -> Scope:
    """Turns that begin in the first seconds or end in the last ones."""
    times = [turn.interval for turn in view.turns if turn.interval is not None]
    end = view.observed.call.duration or max((time.end for time in times), default=0.0)
    if rule.first_seconds is not None:
        return frozenset(i for i, time in enumerate(times) if time.start < rule.first_seconds)
    last = rule.last_seconds or 0.0
    return frozenset(i for i, time in enumerate(times) if time.end > end - last)


def _within(rule: Within, view: View, scope: Scope) -> Seen:
    anchor = see(rule.anchor, view, scope)
    anchors = anchor.hits or anchor.doubtful
    if not anchors:
        return Seen(anchor.truth, blind=anchor.blind)
    if rule.which is Which.FIRST:
        anchors = anchors[:1]
    answers = tuple(_answer(rule, view, hit) for hit in anchors)
    joined = every(answers) if rule.which is Which.EVERY else some(answers)
    return joined if anchor.hits else capped(joined)


def _answer(rule: Within, view: View, anchor: Hit) -> Seen:
    window = view.after(anchor.turn, rule.turns, rule.by, backwards=rule.backwards)
    scope = window | {anchor.turn} if rule.here else window
    answer = see(rule.rule, view, scope)
    had_the_floor = any(view.is_by(position, rule.by) for position in window)
    if answer.truth is Truth.NO and not had_the_floor and not rule.backwards:
        return unknown(ENDED)
    return answer


def _before(rule: Before, view: View, scope: Scope) -> Seen:
    first, then = see(rule.first, view, scope), see(rule.then, view, scope)
    if first.truth is Truth.NO or not first.hits:
        return first
    start = first.hits[0].turn
    if any(hit.turn < start for hit in then.hits):
        return Seen(Truth.NO, first.hits)
    early = tuple(hit for hit in then.doubtful if hit.turn < start)
    return Seen(Truth.UNKNOWN, first.hits, early) if early else first


def _count(rule: Count, view: View, scope: Scope) -> Seen:
    """The count lies between the sure turns and those with the doubtful ones, or without end when blind."""
    inner = see(rule.rule, view, scope)
    low = len(inner.turns)
    doubtful = {hit.turn for hit in inner.doubtful} - inner.turns
    high = inf if inner.blind is not None else low + len(doubtful)
    at_least, at_most = rule.bounds.at_least or 0.0, rule.bounds.at_most
    if low >= at_least and (at_most is None or high <= at_most):
        return replace(inner, truth=Truth.YES, blind=None)
    if high < at_least or (at_most is not None and low > at_most):
        return told(False, inner.hits)
    return replace(inner, truth=Truth.UNKNOWN)
