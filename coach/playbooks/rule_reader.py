"""Rules as written in a playbook to nodes of the domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from coach.domain.labels import OTHER_SIDE, LabelId, PiiType
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
    Which,
    Who,
    Within,
)
from coach.expressions import BadExpression, compile_expression
from coach.playbooks.nodes import Place, nearest

MAX_EXPRESSION = 300

Defined = Mapping[str, Rule]

_SAID = (
    "by",
    "label",
    "min_confidence",
    "phrase",
    "sounds_like",
    "regex",
    "except",
    "mentions",
    "personal_data",
)
_WINDOW = ("first_turns", "last_turns", "first_seconds", "last_seconds")
_BOUNDS = ("at_least", "at_most")


def read_rule(place: Place, defined: Defined) -> Rule:
    """One rule: a mapping with the operator as its only key; a list means all of its members."""
    if not place.is_mapping:
        return AllOf(tuple(read_rule(item, defined) for item in place.items()))
    found = place.open_mapping()
    for key, (at, _) in found.items():
        if key not in OPERATORS:
            raise at.wrong(f"unknown key {key!r}; {nearest(key, OPERATORS)}")
    if len(found) != 1:
        raise place.wrong(
            f"a rule has one operator, here are {len(found)}; join them with 'all_of' or 'any_of'"
        )
    key, (_, value) = next(iter(found.items()))
    return OPERATORS[key](value, defined)


def _said(place: Place, defined: Defined) -> Rule:
    if not place.is_mapping:
        labels = _labels(place)
        return Said(_usual(labels), labels)
    found = place.mapping(optional=(*_SAID, *_BOUNDS, "in"))
    labels = _labels(found["label"]) if "label" in found else ()
    if "sounds_like" in found and "phrase" not in found:
        raise found["sounds_like"].wrong("'sounds_like' needs a 'phrase'")
    if "except" in found and not {"label", "phrase", "regex"} & set(found):
        raise found["except"].wrong("'except' needs a 'label', a 'phrase' or a 'regex'")
    if "min_confidence" in found and not labels:
        raise found["min_confidence"].wrong("'min_confidence' needs a 'label'")
    rule: Rule = Said(
        by=found["by"].choice(Who) if "by" in found else _usual(labels),
        labels=labels,
        min_confidence=found["min_confidence"].number(least=0, most=1) if "min_confidence" in found else 0.0,
        phrases=_texts(found, "phrase"),
        sounds_like=found["sounds_like"].switch() if "sounds_like" in found else False,
        expressions=_expressions(found, "regex"),
        exclusions=_expressions(found, "except"),
        mentions=tuple(p.choice(Mention) for p in _several(found, "mentions")),
        personal_data=tuple(p.choice(PiiType) for p in _several(found, "personal_data")),
    )
    if "in" in found:
        rule = _window(found["in"], rule)
    if any(key in found for key in _BOUNDS):
        rule = Count(rule, _bounds(found))
    return rule


def _usual(labels: tuple[LabelId, ...]) -> Who:
    """What the customer says is looked for on the customer's turns, all else on the coached party's."""
    return Who.CUSTOMER if labels and set(labels) <= OTHER_SIDE else Who.COACHED


def _labels(place: Place) -> tuple[LabelId, ...]:
    return tuple(item.choice(LabelId) for item in place.one_or_more())


def _several(found: Mapping[str, Place], key: str) -> tuple[Place, ...]:
    return found[key].one_or_more() if key in found else ()


def _texts(found: Mapping[str, Place], key: str) -> tuple[str, ...]:
    return tuple(place.text() for place in _several(found, key))


def _expressions(found: Mapping[str, Place], key: str) -> tuple[str, ...]:
    return tuple(_expression(place) for place in _several(found, key))


_DOUBLED = re.compile(r"\\\\[a-zA-Z]")
"""What single quotes leave of a word's edge that was written with two backslashes."""


def _expression(place: Place) -> str:
    raw = place.text()
    if len(raw) > MAX_EXPRESSION:
        raise place.wrong(
            f"the expression has {len(raw)} characters, at most {MAX_EXPRESSION} are read; split it"
        )
    if _DOUBLED.search(raw):
        raise place.wrong("two backslashes look for a backslash; within single quotes write one")
    try:
        compile_expression(raw)
    except BadExpression as error:
        raise place.wrong(f"not a usable regular expression: {error}") from None
    return raw


def _bounds(found: Mapping[str, Place]) -> Bounds:
    low, high = (found[key].number() if key in found else None for key in _BOUNDS)
    if low is not None and high is not None and low > high:
        raise found["at_least"].wrong("'at_least' is more than 'at_most'")
    return Bounds(low, high)


def _needed_bounds(place: Place, found: Mapping[str, Place]) -> Bounds:
    if not any(key in found for key in _BOUNDS):
        raise place.wrong("'at_least' or 'at_most' is missing")
    return _bounds(found)


def _fact(place: Place, defined: Defined) -> Rule:
    if not place.is_mapping:
        return Fact(place.choice(FactName))
    found = place.mapping(required=("name",), optional=("by", *_BOUNDS))
    return Fact(found["name"].choice(FactName), _bounds(found), _by(found, Who.ANYONE))


def _reached(place: Place, defined: Defined) -> Rule:
    return Reached(place.choice(Party))


def _speech(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("measure",), optional=("by", *_BOUNDS))
    return Measure(
        found["measure"].choice(MeasureName), _by(found, Who.COACHED), _needed_bounds(place, found)
    )


def _event(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("kind",), optional=("by", *_BOUNDS))
    bounds = _bounds(found) if any(key in found for key in _BOUNDS) else Bounds(at_least=1)
    return Event(found["kind"].choice(SpeechEventKind), _by(found, Who.COACHED), bounds)


def _call(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("field",), optional=("is", *_BOUNDS))
    values = tuple(value.lower() for value in _texts(found, "is"))
    bounds = _bounds(found) if values else _needed_bounds(place, found)
    return CallField(found["field"].text(), values, bounds)


def _by(found: Mapping[str, Place], usual: Who) -> Who:
    return found["by"].choice(Who) if "by" in found else usual


def _in(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("seen",), optional=("by", *_WINDOW))
    return _window(place, read_rule(found["seen"], defined), extra=("seen",))


def _window(place: Place, rule: Rule, extra: tuple[str, ...] = ()) -> Rule:
    found = place.mapping(optional=("by", *_WINDOW, *extra))
    given = [key for key in _WINDOW if key in found]
    if len(given) != 1:
        raise place.wrong(f"exactly one of {', '.join(_WINDOW)} is needed")
    turns = {key: found[key].count(least=1) if key in given else None for key in _WINDOW[:2]}
    seconds = {key: found[key].number(least=0) if key in given else None for key in _WINDOW[2:]}
    return In(
        rule,
        by=_by(found, Who.ANYONE),
        first_turns=turns["first_turns"],
        last_turns=turns["last_turns"],
        first_seconds=seconds["first_seconds"],
        last_seconds=seconds["last_seconds"],
    )


def _within(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("seen",), optional=("after", "before", "turns", "by", "here", "which"))
    if ("after" in found) == ("before" in found):
        raise place.wrong("either 'after' or 'before' is needed")
    backwards = "before" in found
    return Within(
        anchor=read_rule(found["before" if backwards else "after"], defined),
        rule=read_rule(found["seen"], defined),
        turns=found["turns"].count(least=1) if "turns" in found else None,
        by=_by(found, Who.COACHED),
        backwards=backwards,
        here=found["here"].switch() if "here" in found else False,
        which=found["which"].choice(Which) if "which" in found else Which.ANY,
    )


def _order(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("first", "then"))
    return Before(read_rule(found["first"], defined), read_rule(found["then"], defined))


def _count(place: Place, defined: Defined) -> Rule:
    found = place.mapping(required=("of",), optional=_BOUNDS)
    return Count(read_rule(found["of"], defined), _needed_bounds(place, found))


def _all_of(place: Place, defined: Defined) -> Rule:
    return AllOf(_members(place, defined))


def _any_of(place: Place, defined: Defined) -> Rule:
    return AnyOf(_members(place, defined))


def _members(place: Place, defined: Defined) -> tuple[Rule, ...]:
    items = place.items()
    if not items:
        raise place.wrong("the list is empty")
    return tuple(read_rule(item, defined) for item in items)


def _not(place: Place, defined: Defined) -> Rule:
    return Not(read_rule(place, defined))


def _hint(place: Place, defined: Defined) -> Rule:
    return Hint(read_rule(place, defined))


def _use(place: Place, defined: Defined) -> Rule:
    name = place.text()
    if name not in defined:
        raise place.wrong(
            f"nothing is defined as {name!r} above; {nearest(name, defined) if defined else 'define it'}"
        )
    return defined[name]


OPERATORS: dict[str, Callable[[Place, Defined], Rule]] = {
    "said": _said,
    "fact": _fact,
    "reached": _reached,
    "speech": _speech,
    "event": _event,
    "call": _call,
    "in": _in,
    "within": _within,
    "order": _order,
    "count": _count,
    "all_of": _all_of,
    "any_of": _any_of,
    "not": _not,
    "hint": _hint,
    "use": _use,
}
"""What a rule may be written as."""
