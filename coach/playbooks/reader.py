"""A playbook file to the playbook; every mistake is found here, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

from coach.domain.call import Role
from coach.domain.labels import DOS, LabelId
from coach.domain.playbook import (
    Assessable,
    Bars,
    Check,
    Criterion,
    Part,
    Playbook,
    Sentences,
    Severity,
    Trust,
)
from coach.domain.review import CriterionKind
from coach.domain.rule import Rule
from coach.domain.text import Text
from coach.playbooks.example_reader import read_example
from coach.playbooks.nodes import Place, compose
from coach.playbooks.rule_reader import read_rule

_FAULTS = {
    "no_threat": LabelId.THREAT,
    "no_insult": LabelId.INSULT,
    "no_privacy_leak": LabelId.PRIVACY_LEAK,
    "no_pressure": LabelId.PRESSURE,
    "calm": LabelId.EMOTIONAL,
    "no_overpromise": LabelId.OVERPROMISE,
}
_ALWAYS = ("id", "kind", "title", "source", "advice", "better")
_SOMETIMES = ("off", "applies", "otherwise", "check", "needs_turns", "examples", "sentences")
_BY_KIND = {
    CriterionKind.DO: ("weight", "seen", "done", "missing", "parts"),
    CriterionKind.MANNER: ("weight", "seen", "done", "missing", "parts"),
    CriterionKind.DONT: ("severity", "critical", "fault", "done", "missing", "met_title"),
}
_TOP = ("playbook", "version", "title", "coached", "verdict", "trust", "assessable", "criteria")


def read_playbook(data: bytes, file: str) -> Playbook:
    """The playbook in ``data``; raises ``PlaybookError`` with file, line and path."""
    top = compose(data, file)
    found = top.mapping(required=_TOP, optional=("define",))
    coached = found["coached"].choice(Role)
    if coached not in (Role.AGENT, Role.CUSTOMER):
        raise found["coached"].wrong("the coached party is 'agent' or 'customer'")
    defined = _defined(found["define"]) if "define" in found else {}
    return Playbook(
        id=_name(found["playbook"]),
        version=found["version"].text(),
        fingerprint=sha256(data).hexdigest(),
        title=found["title"].message(),
        coached=coached,
        bars=_bars(found["verdict"]),
        trust=_trust(found["trust"]),
        assessable=_assessable(found["assessable"]),
        criteria=_criteria(found["criteria"], defined, coached),
        defined=defined,
    )


def _name(place: Place) -> str:
    raw = place.text()
    if len(raw) > 60 or not all(char.isalnum() or char in "_-" for char in raw):
        raise place.wrong("a name has letters, digits, '_' and '-' only, and at most 60 of them")
    return raw


def _defined(place: Place) -> dict[str, Rule]:
    """Named rules; each may use those above it, so that none can go round in a circle."""
    defined: dict[str, Rule] = {}
    for name, (_, value) in place.open_mapping().items():
        defined[name] = read_rule(value, defined)
    return defined


def _bars(place: Place) -> Bars:
    found = place.mapping(required=("pass", "needs_work", "critical_cap"))
    passed, work, cap = (_points(found[key]) for key in ("pass", "needs_work", "critical_cap"))
    if not cap < work <= passed:
        raise place.wrong("the order must be critical_cap < needs_work <= pass")
    return Bars(passed, work, cap)


def _points(place: Place) -> Fraction:
    exact = place.fraction()
    if not 0 <= exact <= 100:
        raise place.wrong("points lie between 0 and 100")
    return exact


def _trust(place: Place) -> Trust:
    keys = ("word_confidence", "role_confidence", "readable_share")
    found = place.mapping(required=keys)
    return Trust(*(found[key].number(least=0, most=1) for key in keys))


def _assessable(place: Place) -> Assessable:
    found = place.mapping(
        required=("languages", "coached_turns", "other_turns", "coached_words", "known_share", "snr_db"),
        optional=("about_debt",),
    )
    share = found["known_share"].fraction()
    if not 0 <= share <= 1:
        raise found["known_share"].wrong("a share lies between 0 and 1")
    return Assessable(
        languages=tuple(language.text() for language in found["languages"].one_or_more()),
        coached_turns=found["coached_turns"].count(),
        other_turns=found["other_turns"].count(),
        coached_words=found["coached_words"].count(),
        known_share=share,
        snr_db=found["snr_db"].number(),
        about_debt="about_debt" in found and found["about_debt"].switch(),
    )


def _criteria(place: Place, defined: Mapping[str, Rule], coached: Role) -> tuple[Criterion, ...]:
    lines: dict[str, int] = {}
    criteria: list[Criterion] = []
    for item in place.items():
        criterion = _criterion(item, defined, coached)
        if criterion.id in lines:
            raise item.wrong(f"the id {criterion.id!r} is already used in line {lines[criterion.id]}")
        lines[criterion.id] = item.line
        if not _switched_off(item):
            criteria.append(criterion)
    if not any(criterion.weight for criterion in criteria):
        raise place.wrong("at least one criterion with a weight is needed")
    return tuple(criteria)


def _criterion(place: Place, defined: Mapping[str, Rule], coached: Role) -> Criterion:
    kind = _kind_of(place)
    found = place.mapping(required=_ALWAYS, optional=(*_SOMETIMES, *_BY_KIND[kind]))
    name = _name(found["id"])
    dont = kind is CriterionKind.DONT
    return Criterion(
        id=name,
        kind=kind,
        title=found["title"].message(),
        source=found["source"].text(),
        parts=(_fault(place, found, defined),) if dont else _parts(place, found, defined),
        advice=found["advice"].message(),
        better=found["better"].message(),
        weight=Fraction(0) if dont else _weight(place, found),
        severity=_severity(place, found) if dont else None,
        critical=dont and "critical" in found and found["critical"].switch(),
        applies=read_rule(found["applies"], defined) if "applies" in found else None,
        otherwise=found["otherwise"].message() if "otherwise" in found else None,
        check=_check(found["check"], defined) if "check" in found else None,
        needs_turns=found["needs_turns"].count() if "needs_turns" in found else 0,
        examples=tuple(read_example(e, coached) for e in found["examples"].items())
        if "examples" in found
        else (),
        sentences=_sentences(found["sentences"]) if "sentences" in found else Sentences(),
        label=_label(name),
        met_title=found["met_title"].message() if "met_title" in found else None,
    )


def _switched_off(place: Place) -> bool:
    """A criterion that is off is checked like the others, and then left out."""
    found = place.open_mapping()
    return "off" in found and found["off"][1].switch()


def _kind_of(place: Place) -> CriterionKind:
    found = place.open_mapping()
    if "kind" not in found:
        raise place.wrong("the key 'kind' is missing (do, dont or manner)")
    return found["kind"][1].choice(CriterionKind)


def _label(name: str) -> LabelId | None:
    if name in _FAULTS:
        return _FAULTS[name]
    return next((label for label in DOS if label.value == name), None)


def _weight(place: Place, found: Mapping[str, Place]) -> Fraction:
    if "weight" not in found:
        raise place.wrong("the key 'weight' is missing")
    weight = found["weight"].fraction()
    if weight <= 0:
        raise found["weight"].wrong("a weight is more than 0")
    return weight


def _severity(place: Place, found: Mapping[str, Place]) -> Severity:
    if "severity" not in found:
        raise place.wrong("the key 'severity' is missing")
    points = found["severity"].mapping(required=("first", "again", "at_most"))
    first, again, at_most = (_points(points[key]) for key in ("first", "again", "at_most"))
    if first == 0 or at_most < first:
        raise found["severity"].wrong("'first' is more than 0, and 'at_most' not less than 'first'")
    return Severity(first, again, at_most)


def _fault(place: Place, found: Mapping[str, Place], defined: Mapping[str, Rule]) -> Part:
    if "fault" not in found:
        raise place.wrong("the key 'fault' is missing (the rule that sees the fault)")
    return Part(Fraction(1), read_rule(found["fault"], defined), *_done_and_missing(place, found))


def _parts(place: Place, found: Mapping[str, Place], defined: Mapping[str, Rule]) -> tuple[Part, ...]:
    if ("parts" in found) == ("seen" in found):
        raise place.wrong("either 'seen' (with 'done' and 'missing') or 'parts' is needed")
    if "seen" in found:
        return (Part(Fraction(1), read_rule(found["seen"], defined), *_done_and_missing(place, found)),)
    for key in ("done", "missing"):
        if key in found:
            raise found[key].wrong(f"{key!r} stands in each part when there are 'parts'")
    return tuple(_part(item, defined) for item in found["parts"].one_or_more())


def _part(place: Place, defined: Mapping[str, Rule]) -> Part:
    found = place.mapping(required=("share", "seen", "done", "missing"), optional=("when", "if_known"))
    share = found["share"].fraction()
    if share <= 0:
        raise found["share"].wrong("a share is more than 0")
    return Part(
        share,
        read_rule(found["seen"], defined),
        found["done"].message(),
        found["missing"].message(),
        when=read_rule(found["when"], defined) if "when" in found else None,
        if_known=found["if_known"].switch() if "if_known" in found else False,
    )


def _check(place: Place, defined: Mapping[str, Rule]) -> Check:
    found = place.mapping(required=("seen", "note"))
    return Check(read_rule(found["seen"], defined), found["note"].message())


def _done_and_missing(place: Place, found: Mapping[str, Place]) -> tuple[Text, Text]:
    for key in ("done", "missing"):
        if key not in found:
            raise place.wrong(f"the key {key!r} is missing")
    return found["done"].message(), found["missing"].message()


def _sentences(place: Place) -> Sentences:
    found = place.mapping(optional=("fire", "silent"))
    fire, silent = (
        tuple(item.text() for item in found[key].items()) if key in found else ()
        for key in ("fire", "silent")
    )
    return Sentences(fire, silent)
