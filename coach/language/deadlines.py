"""Which of the days that were named is the deadline of a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from coach.domain.call import Role
from coach.domain.labels import LabelId
from coach.domain.time import Span
from coach.language.dates import Ambiguity, DateReading, Style
from coach.language.first_days import begins_work
from coach.language.hearing import Heard

_PAYS = re.compile(
    r"(?:先|能|再|就|来|要|给|必须|一起|得|全|会|我|都|该|不能|把.{1,8})还(?![是有没在])|"
    r"还(?:款|清|给|你|上|掉|完|钱|我们|[0-9一二三四五六七八九两几])|"
    r"交|付|转|打(?:给|到|过|进|钱|款|[0-9一二三四五六七八九两])|缴|到账|清|补上|凑|入账|"
    r"给(?:我|你|您)?(?:钱|[0-9一二三四五六七八九两]+)|扣|首期|第一[期笔]|结|处理|"
    r"\b(?:pay\w*|send|transfer|instal\w*|due|clear|settle|manage|money|half|deposit|autopay)\b"
)
_CONTACTS = re.compile(
    r"打(?:给|电话|您|你|过来|来)|电话|回(?:电|复|话|信)|联系|查(?:一眼|账|到账|一下)|"
    r"提醒|短信|通知|告诉|答复|再问|寄|邮|发您|发给|上门|过来|结论|结果|审批|专员|跟进|"
    r"材料|工单|单子|[推报]上去|提交|流程|核|致电|去电|来电|再拨|再撥|拨给|回访|打个|扫给|问一?[声下]|"
    r"\b(?:try|speak|talk|touch base|in touch|swing by|check back|drop you|give you a|call|ring|"
    r"phone|text|email|check in|reminder|hear from|get back|post|letter|answer|follow)\b"
)
_PAST = re.compile(
    r"到期|账单|该还|逾期|那天|已经|了[，。]|上次|那次|那期|寄的|签的|借的|的时候|办的|"
    r"due on|since|was|were|last|visit|delivered"
)
_ASKS_FOR_DAY = re.compile(
    r"准(?:日子|信|话|数|时间)|(?:个|确切|具体|明确)的?(?:日子|日期|时间|说法|答复)|哪[一]?天|几号|什么时候|"
    r"\b(?:what|which) (?:day|date)|\ba (?:firm |fixed |definite )?(?:date|day)\b|"
    r"\bwhen (?:can|could|will|would)\b"
)
"""今天您给我一个准日子: the day on which a day is asked for."""

_OPENS = re.compile(r"营业|上班|办公|工作时间|有人接|\bopen\b|\bhours\b|\bstaffed\b")
_WOULD_IT_DO = re.compile(
    r"可不可以|能不能|能否|行不行|好不好|成不成|可以[吗嘛么]|行[吗嘛么]|成[吗嘛么]|"
    r"\b(?:can|could|may|might) i\b|would (?:it|that) be|is it (?:ok|okay|possible|all right)"
)
_OF_REQUEST = 0.5
_OUTER_BEFORE = re.compile(
    r"(?:最晚|最迟|顶多到?|不能超过|不超过|别超过|no later than|(?:at )?the (?:very )?latest)[，,\s]?$"
)
_OUTER_BEHIND = re.compile(r"[，,]?\s?(?:at (?:the )?(?:very )?(?:latest|outside)|最晚|最迟)(?![一-鿿])")
_TO_ANOTHER = re.compile(r"\s?(?:到|至|-|~|to|through|till|until)\s?$")
"""周一到周五九点开门, twentieth to twenty-fifth: two days with no more than this between them."""

_BY = re.compile(r"之?前|以前|最晚|最迟|\b(?:by|before|no later|at the (?:latest|outside))\b")
_STOP = re.compile(r"[。！？!?；;…\n，,.]")
_AGREES = {
    LabelId.CONFIRM_COMMITMENT: 3.0,
    LabelId.PROMISE: 3.0,
    LabelId.CLEAR_ASK: 2.0,
    LabelId.DEADLINE: 1.0,
    LabelId.OFFER_PLAN: 0.7,
    LabelId.PRESSURE: 0.7,
    LabelId.FOLLOW_UP: -0.7,
    LabelId.STATE_FACTS: -0.5,
}


def deadline(heard: Sequence[Heard], today: date | None) -> date | None:
    """The day agreed or asked for: what is confirmed counts over what is asked, later over earlier.

    Where no payment has a day, the day of a promised answer or document is the deadline.
    """
    if today is None:
        return None
    scores: dict[date, float] = {}
    answers: dict[date, float] = {}
    exact = _ends_of_month(heard)
    for index, one in enumerate(heard):
        late = 1 + 0.5 * one.turn.i / max(1, len(heard))
        trust = _OF_REJECTED if _is_rejected(heard, index) else 1.0
        for named, score in _scored_days(one, today).items():
            day = exact.get(named, named)
            scores[day] = scores.get(day, 0.0) + trust * late * max(0.0, score)
        for day in _answer_days(one, today):
            answers[day] = answers.get(day, 0.0) + late
    if (agreed := _last_agreed(heard, today)) is not None:
        agreed = exact.get(agreed, agreed)
        scores[agreed] = scores.get(agreed, 0.0) + _LAST_WORD
    for chosen, least in ((scores, _LEAST_DEADLINE), (answers, 0.5)):
        best = max(chosen, key=lambda each: (chosen[each], -each.toordinal()), default=None)
        if best is not None and chosen[best] >= least:
            return best
    return None


_LEAST_DEADLINE = 2.0
_LAST_WORD = 4.0
"""What the last confirmed day is worth: later agreements win over earlier asks."""

_OF_LATER_PART = 0.3


_OF_REJECTED = 0.3
"""What a promised day is worth that the other side answered with a day of its own."""


def _is_rejected(heard: Sequence[Heard], index: int) -> bool:
    """Whether the coached side answers the promise of a turn with another day that it asks for."""
    one = heard[index]
    if one.coached or not one.has(LabelId.PROMISE):
        return False
    answer = next((each for each in heard[index + 1 : index + 3] if each.coached), None)
    if answer is None or not answer.has(LabelId.CLEAR_ASK, LabelId.PRESSURE):
        return False
    asked = {day.date for day in answer.days if day.date}
    promised = {day.date for day in one.days if day.date}
    return bool(asked - promised) and not answer.has(LabelId.CONFIRM_COMMITMENT)


def _ends_of_month(heard: Sequence[Heard]) -> dict[date, date]:
    """ "The end of the month" beside "the thirtieth" is the thirtieth; 清明前 beside 四月三号 the third."""
    named = [day.date for one in heard for day in one.days if day.date and day.style is Style.NUMBER]
    loose = {
        day.date
        for one in heard
        for day in one.days
        if day.date and day.style is not Style.NUMBER and _LOOSE_END.search(one.text, *_with_before(day))
    }
    return {last: near for last in loose for near in named if 0 < (last - near).days <= _NEAR_END_DAYS}


def _with_before(day: DateReading) -> tuple[int, int]:
    return day.span.start, day.span.end + 2


_LOOSE_END = re.compile(r"end of|month|(?:清明|五一|端午|中秋|国庆|元旦|春节|过年|年)节?之?前")
_NEAR_END_DAYS = 2


def _last_agreed(heard: Sequence[Heard], today: date) -> date | None:
    """The first payment day of the last turn that confirms an agreement."""
    for one in reversed(heard):
        if one.has(LabelId.CONFIRM_COMMITMENT):
            scored = _scored_days(one, today)
            if len(scored) == 1 and max(scored.values()) >= _AGREES[LabelId.CONFIRM_COMMITMENT]:
                return max(scored, key=lambda each: (scored[each], -each.toordinal()))
    return None


def _answer_days(one: Heard, today: date) -> list[date]:
    """Days by which a document or an answer is due."""
    days = [day for day in _meant(one, today) if day.date is not None and day.date >= today]
    if one.has(LabelId.DEADLINE):
        return [day.date for day in days if day.date and not _is_call_back(one, day)]
    if one.labels is None or one.coached or one.turn.role is not Role.AGENT:
        return []
    return [day.date for day in days if day.date and _BY.search(one.text, day.span.end, day.span.end + 12)]


def _meant(one: Heard, today: date) -> list[DateReading]:
    """Without today where a day is asked for, and of a range of days the later one.

    Of a first day and those that come back (the fourth, then every first Friday) only the first is meant.
    Where somebody is open from one day to another, neither is meant; nor is the first day of a job.
    """
    days = [
        day
        for day in one.days
        if day.date != today or not _ASKS_FOR_DAY.search(one.text[slice(*_clause(one.text, day))])
        if not begins_work(one.text, day, one.days)
    ]
    if days and days[0].ambiguity is not Ambiguity.REPEATS:
        days = [day for day in days if day.ambiguity is not Ambiguity.REPEATS]
    pairs = [
        (first, second)
        for first, second in pairwise(days)
        if first.date and second.date and _TO_ANOTHER.fullmatch(one.text[first.span.end : second.span.start])
    ]
    for first, second in pairs:
        days.remove(first)
        start, end = _clause(one.text, second)
        if _OPENS.search(one.text, start, min(len(one.text), end + 20)):
            days.remove(second)
    return days


_CALLS_BACK = re.compile(
    r"打(?:给|电话|您|你|过来|来|回|一?[个通])|[再会](?:拨|撥|打)|电话|致电|去电|来电|回访|"
    r"微信(?:戳|找|问)|提个?醒|"
    r"\b(?:call|ring|phone|try (?:his|her|him|your|the)|touch base|check back|swing by|speak|drop you)\b"
)


def _is_call_back(one: Heard, day: DateReading) -> bool:
    """Whether the day is that of a mere call; the rubric counts it as ``follow_up``."""
    start, end = _clause(one.text, day)
    words = one.text[start:end]
    return _CALLS_BACK.search(words) is not None and not _PAYS.search(words)


def _scored_days(one: Heard, today: date) -> dict[date, float]:
    """How much each day of a turn is its deadline; of several instalments the first counts."""
    weight = _weight_of_turn(one)
    scored: dict[date, float] = {}
    for day in _meant(one, today):
        if day.date is None or day.date < today or weight <= 0:
            continue
        score = weight + _weight_of_clause(one, day)
        score *= _OF_REQUEST if _is_request(one, day) else 1.0
        scored[day.date] = max(score, scored.get(day.date, 0.0))
    outermost = _outermost(one)
    if outermost in scored:
        return {each: score * (1 if each == outermost else _OF_LATER_PART) for each, score in scored.items()}
    if one.sums:
        best = max(scored.values(), default=0.0)
        first = min((each for each, score in scored.items() if score >= best - 0.8), default=None)
        return {each: score * (1 if each == first else _OF_LATER_PART) for each, score in scored.items()}
    return scored


def _is_request(one: Heard, day: DateReading) -> bool:
    """可不可以给我一个月: the other side asks whether a day would do, and has promised nothing yet."""
    if one.coached or one.has(LabelId.PROMISE):
        return False
    return _WOULD_IT_DO.search(one.text[slice(*_clause(one.text, day))]) is not None


def _outermost(one: Heard) -> date | None:
    """Sunday, Tuesday at the outside: of days for one payment that which must not be passed."""
    for first, second in pairwise(one.days):
        between = Span(first.span.end, second.span.start)
        if any(between.overlaps(money.span) for money in one.sums):
            continue
        for day in (first, second):
            if _OUTER_BEFORE.search(
                one.text, max(0, day.span.start - 8), day.span.start
            ) or _OUTER_BEHIND.match(one.text, day.span.end):
                return day.date
    return None


def _weight_of_turn(one: Heard) -> float:
    by_words = 1.0 if one.sums or _PAYS.search(one.text) else 0.0
    if one.labels is None:
        return by_words
    by_label = sum(weight for label, weight in _AGREES.items() if label in one.labels)
    return by_label if one.coached else max(by_label, by_words)


def _weight_of_clause(one: Heard, day: DateReading) -> float:
    start, end = _clause(one.text, day)
    words = one.text[start:end]
    score = 1.0 if _PAYS.search(words) else 0.0
    score += 0.8 if any(start <= money.span.start < end for money in one.sums) else 0.0
    score += 0.7 if _BY.search(words) else 0.0
    score -= 1.0 if day.ambiguity is Ambiguity.WEEKEND else 0.0
    score -= 2.0 if _CONTACTS.search(words) else 0.0
    around = one.text[start : day.span.start] + one.text[day.span.end : end]
    score -= 1.5 if _PAST.search(around) else 0.0
    return score - (1.5 if day.ambiguity is Ambiguity.WORKING_DAYS else 0.0)


def _clause(text: str, day: DateReading) -> tuple[int, int]:
    start = max(0, day.span.start - 30)
    for stop in _STOP.finditer(text, start, day.span.start):
        start = stop.end()
    behind = _STOP.search(text, day.span.end, min(len(text), day.span.end + 30))
    return start, behind.start() if behind else min(len(text), day.span.end + 30)
