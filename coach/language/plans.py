"""Payment by instalments: how many, how much each, from when, and whether it adds up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from coach.domain.observations import AmountKind, Plan
from coach.domain.time import Span
from coach.language.amounts import Money
from coach.language.dates import DateReading
from coach.language.first_days import begins_work
from coach.language.normalise import fold
from coach.language.numbers_en import value_of as value_en
from coach.language.numbers_zh import value_of as value_zh

_N = "[0-9]{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|一百二十"
_SPLIT_ZH = (
    re.compile(
        rf"(?:分|拆|摊|排|切|劈)(?:成|作|个|它|开|到|做)?(?P<n>{_N}|半)(?:期|个月|次|回|笔|份|"
        rf"趟|批|年)"
    ),
    re.compile(rf"(?P<n>{_N})个月(?:还清|还完|分摊|摊|付清|结清|拆开|分期)"),
    re.compile(rf"分期.{{0,4}}?(?P<n>{_N})个月"),
    re.compile(
        rf"(?<![零〇一二两三四五六七八九十百千万])(?P<n>{_N})(?:次|回|笔|批)(?:还|付|交|给|清|打|"
        rf"的方案|走|分开)"
    ),
    re.compile(
        rf"(?<![第前后这那零〇一二两三四五六七八九十])(?P<n>{_N})期(?!限|间|账|没|的账|费|都|"
        rf"欠|房|车|款|合)"
    ),
    re.compile(rf"(?P<n>{_N})张票"),
)
_SPLIT_EN = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|"
    r"twenty[- ]four|thirty[- ]six|[0-9]{1,2})\s"
    r"(?:(?:equal|even|regular|monthly|weekly|fortnightly|bi-?weekly)\s){0,2}(?:payments|instal\w+|goes|parts|chunks|times)\b"
    r"|\b(?:in|into|over) (?P<word>two|thirds|three|four|six|twelve)\b(?!\s(?:days|weeks|"
    r"hours|minutes|years))"
)
_NUMBER_EN = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty[- ]four|"
    r"thirty[- ]six|[0-9]{1,2}"
)
_RUNS_EN = re.compile(
    rf"(?:\ba month|\bmonthly|\beach month|\bper month|\bevery month|\ba week|\bweekly|\bper "
    rf"week)\b[^.!?]{{0,40}}?"
    rf"\b(?:(?:for|over|across)\s(?:the next\s|about\s)?(?P<n>{_NUMBER_EN}|a year) ?(?:months|weeks)?"
    rf"|(?:that's|that is|that makes|so|is|in)\s(?:about\s)?(?P<k>{_NUMBER_EN}) (?:months|weeks|payments))\b"
    rf"|\b(?:for|over|across)\s(?:the next\s)?(?P<m>{_NUMBER_EN}) (?:months|weeks)\b[^.!?]{{0,40}}?"
    rf"(?:\ba month|\bmonthly|\beach month|\bper month|\ba week)\b"
    rf"|\b(?:a month|a week|monthly|weekly),\s(?P<short>{_NUMBER_EN}) (?:months|weeks|payments)\b"
    rf"|\b(?P<at>{_NUMBER_EN}) (?:months|weeks|payments) (?:at|of)\b"
    rf"|\bthat(?:'s|’s| is| makes) (?:about )?(?P<makes>{_NUMBER_EN}) (?:months|payments)"
    r"(?=[.,!?]|$| then| in all)"
)
"""150 a month for twelve months: a sum by the month and how long it runs."""

_RUNS_ZH = re.compile(
    rf"(?:每个?月|[一1]个?月|每期|月还)[^。！？，,]{{1,14}}[，,]?(?:一共|总共|连续|持续|先)?(?:还|"
    rf"付|交|分|做|走)?(?<![零〇一二两三四五六七八九十百千万0-9])(?P<n>{_N})个月"
    rf"|(?P<m>{_N})个月(?:吧|呗)?[，,]?(?:内|里)?(?:每个?月|[一1]个?月)(?:还|付|交)?"
    rf"|(?:每个?月|[一1]个?月)[^。！？，,]{{1,14}}[，,]?(?:一共|连续)?(?:还|付|交|分)?(?P<years>半|"
    rf"一|两|二|三)年(?![前多底后级])"
    rf"|(?:每周|每个?星期|每个?礼拜|一周|一个?星期|一个?礼拜)[^。！？，,]{{1,14}}[，,](?:一共|总共|连续)?(?:还|付|交|分)?"
    rf"(?P<weeks>{_N})(?:周|个?星期|个?礼拜)"
)
_GONE_BY = re.compile(
    r"\b(?:missed|behind|paid|owed?|owes|late|overdue|outstanding|arrears|bounced|past due)\b"
)
"""Two payments of 150 that were missed are no plan, nor is what was paid in October."""

_YEARS = {"半": 6, "一": 12, "两": 24, "二": 24, "三": 36}
_WORDS = {"two": 2, "thirds": 3, "three": 3, "four": 4, "six": 6, "twelve": 12}
_REST = re.compile(
    rf"(?:后面|后头|剩下的?|余下的?|剩余|其余|再来|之后|以后|往后|接着|然后|后|再|"
    rf"加)[^。！？]{{0,12}}?(?P<n>{_N})(?:个月|期|次|回|笔|个)"
)
_MONTHS_RANGE = re.compile(
    r"(?P<first>十[一二]|十|[一二三四五六七八九]|1[0-2]|[1-9])月份?(?:到|"
    r"至)(?P<last>十[一二]|十|[一二三四五六七八九]|1[0-2]|[1-9])月"
)
_MONTHS_RUN = re.compile("(?P<run>[一二三四五六七八九]{2,4})月(?:份)?每")
_MONTH_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTHS_EN = re.compile(rf"(?:(?:{_MONTH_NAMES})(?:,\s(?:and\s)?|\sand\s)){{1,11}}(?:{_MONTH_NAMES})")
_EACH = re.compile(r"(?:各|每[期月次笔回周]|每个月|[一1]个?月|[一1][期回笔]|一人)[一-鿿]{0,2}$|\beach\s$")
_EACH_BEHIND = re.compile(
    r"^(?:[块元]?(?:一个月|每月|一期|一回|一次(?![性全付清还结给补交]))|"
    r"\s(?:each|a month|apiece|every|a time|twice))"
)
_HALF = re.compile(r"一半|half")
_SAME = re.compile(
    r"(?:剩下的?|余下的?|其余|全清|清掉|结清|尾款)|\b(?:the same|the rest|the other half|"
    r"other half|remainder)\b"
)
_LONGEST = 120
_NEAR = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment; ``amount`` None for "the rest", ``due`` None where no day stands with it."""

    amount: Decimal | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one turn says of paying in parts; ``firm`` when it asks for, promises or confirms it."""

    turn: int
    span: Span
    count: int | None
    each: Decimal | None
    parts: tuple[Part, ...]
    starts: date | None
    firm: bool = True

    @property
    def complete(self) -> bool:
        """Whether the turn gives a whole plan by itself."""
        return len(self.parts) >= 2 or (self.count is not None and self.each is not None)


def plan_in(
    turn: int, text: str, sums: Sequence[Money], days: Sequence[DateReading], today: date | None
) -> Said | None:
    """What a turn says of paying in parts; None when it says nothing of it.

    >>> plan_in(0, "分三期还", (), (), None).count
    3
    """
    folded = fold(text)
    ahead = [day for day in days if day.date is not None and (today is None or day.date >= today)]
    ahead = [day for day in ahead if not _is_payday_said_again(folded, day, ahead)]
    ahead = [day for day in ahead if not is_of_another_matter(folded, day, ahead)]
    payments = [money for money in sums if money.kind is not AmountKind.FEE and not money.wage]
    payments = [money for money in payments if not _is_sum_of_others(money, payments)]
    folded, payments = _without_arrears(folded, payments)
    counted = _count(folded) or _until(folded, ahead)
    if counted is not None and not ahead and _explains(folded, counted[1]):
        return None
    parts, each = _divided(folded, payments), None
    if not parts:
        folded, payments = _without_paid_rest(folded, payments, ahead)
        parts, each = _parts(folded, payments, ahead), _each(folded, payments)
    if len(parts) < 2:
        parts = _by_months(folded, payments) or _first_and_rest(folded, payments) or _by_halves(folded)
    if counted is not None:
        parts = _with_last(folded, payments, counted[0]) or parts
    if counted is None and len(parts) < 2 and each is None:
        return None
    starts = min((day.date for day in ahead if day.date), default=None)
    spans = [money.span for money in payments] + [day.span for day in ahead]
    spans += [Span(*match.span()) for match in _HALF.finditer(folded)]
    if counted is None and not spans:
        return None
    span = counted[1] if counted else Span(min(s.start for s in spans), max(s.end for s in spans))
    return Said(turn, span, counted[0] if counted else None, each, parts if len(parts) >= 2 else (), starts)


_PAID_ON = re.compile(r"\bpaid\s(?:on\s)?$")
_PAID_THEN = re.compile("(?:才|就)?(?:发|开|领|出)(?:工资|薪|饷|粮|支)")


def _is_payday_said_again(folded: str, day: DateReading, days: Sequence[DateReading]) -> bool:
    """I get paid Friday, I can do fifty Friday: only the second Friday is that of an instalment."""
    before = _PAID_ON.search(folded, max(0, day.span.start - 10), day.span.start)
    if not before and not _PAID_THEN.match(folded, day.span.end):
        return False
    return any(other.date == day.date for other in days if other is not day)


_PAYOUT_BEHIND = re.compile(
    "(?:的)?(?:保险|医保|公司)?(?:理赔款?|赔款?|报销款?|回款)(?:款|金)?(?:[到批赔下]|，|\\s|$)"
)


def is_of_another_matter(folded: str, day: DateReading, days: Sequence[DateReading]) -> bool:
    """Whether, beside days of payment, it is the day of a payout or that of a new job."""
    return _is_of_payout(folded, day, days) or begins_work(folded, day, days)


def _is_of_payout(folded: str, day: DateReading, days: Sequence[DateReading]) -> bool:
    """月底赔款到了，十二月二号先还一千二: the first day is that of a payout, where another one follows."""
    later = any(other.span.start > day.span.start for other in days)
    return later and _PAYOUT_BEHIND.match(folded, day.span.end) is not None


_MISSED_BEFORE = re.compile(
    r"\b(?:missed|behind(?: by| on)?|owe[sd]?|late (?:on|with)|bounced|failed|skipped)\s(?:\w+\s){0,2}$"
)
_MISSED_BEHIND = re.compile(
    r"[^.!?]{0,50}?\b(?:missed|bounced|overdue|outstanding|arrears|past due|late|"
    r"(?:didn't|did not|haven't|have not|hasn't|weren't|never) (?:\w+ )?"
    r"(?:come|came|go|gone|get|got|paid|been))\b"
)
_SUM_AT_MOST = 16
"""Characters from "two payments" to the end of the words between it and its sum."""


def _without_arrears(folded: str, payments: Sequence[Money]) -> tuple[str, list[Money]]:
    """Two payments of two hundred that were missed are blanked out, with their sum."""
    kept = list(payments)
    for match in _SPLIT_EN.finditer(folded):
        start, end = match.span()
        before = _MISSED_BEFORE.search(folded, max(0, start - 40), start)
        if before or _MISSED_BEHIND.match(folded, end):
            kept = [money for money in kept if not 0 <= money.span.start - end < _SUM_AT_MOST]
            folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded, kept


_EXPLAINING = re.compile(r"\b(?:that's|that is|it's|it is|which is)\s(?:about\s)?$")
_PRICED = re.compile(r"(?:months|weeks) (?:at|of)$")


def _explains(folded: str, counted: Span) -> bool:
    """That's six months at thirty nine pounds: how what is owed came about, and nothing that is to come."""
    before = _EXPLAINING.search(folded, max(0, counted.start - 20), counted.start)
    return before is not None and _PRICED.search(folded, counted.start, counted.end) is not None


_REST_OF = re.compile(
    r"(?:剩下?|余下|其余|剩余|尾款)[一-鿿]{0,4}[，,\s]?$|"
    r"\b(?:the )?(?:rest|remaining|remainder)(?: of)?(?: the)?,?\s$"
)


def _without_paid_rest(
    folded: str, payments: Sequence[Money], ahead: Sequence[DateReading]
) -> tuple[str, list[Money]]:
    """剩下的三千二百五，一月和二月十五号各还一千六百二十五: the rest is what the sums behind it pay.

    A rest with a day of its own, so that there are more days than sums behind it, is a payment by itself.
    """
    for at, money in enumerate(payments if len(payments) <= _MOST_SUMS else ()):
        rest = _REST_OF.search(folded, max(0, money.span.start - 20), money.span.start)
        if rest is None:
            continue
        paid = _paid_behind(folded, payments[at:], ahead)
        days = sum(day.span.start >= money.span.end for day in ahead)
        if days > len(paid) or abs(sum(paid) - money.value) > 1:
            continue
        blank = "，" * (money.span.end - rest.start())
        return folded[: rest.start()] + blank + folded[money.span.end :], [
            *payments[:at],
            *payments[at + 1 :],
        ]
    return folded, list(payments)


_MOST_SUMS = 24
"""A turn with more sums than these is no offer of instalments."""


def _paid_behind(folded: str, payments: Sequence[Money], ahead: Sequence[DateReading]) -> list[Decimal]:
    """The sums behind the first; one that is paid each time stands there for every day before it."""
    paid: list[Decimal] = []
    for before, money in pairwise(payments):
        days = [day for day in ahead if before.span.end <= day.span.start < money.span.start]
        paid += [money.value] * (max(1, len(days)) if _is_each(folded, money) else 1)
    return paid


_DIVIDED = re.compile(
    rf"[块元]?(?:钱)?[，,]?(?:也|就|再|都|咱|我|您|你|给您|帮您|可以|能)?{_SPLIT_ZH[0].pattern}"
)
_TRIFLE, _TRIFLE_NAMED = 20, 100


def _divided(folded: str, payments: Sequence[Money]) -> tuple[Part, ...]:
    """先还一千一百三，余下的两千二百六分两期: what stands before the split is divided, not an instalment."""
    for at, money in enumerate(payments):
        match = _DIVIDED.match(folded, money.span.end)
        count = None if match is None or match["n"] == "半" else value_zh(match["n"])
        if count is None or count < 2 or _EACH.search(folded, 0, money.span.start):
            continue
        rest = _THE_REST.search(folded, 0, money.span.start)
        before = [Part(each.value, None) for each in payments[:at]] if rest and at == 1 else []
        share = (money.value / count).quantize(Decimal("0.01"))
        return (*before, *[Part(share, None)] * int(count))
    return ()


def _is_sum_of_others(money: Money, payments: Sequence[Money]) -> bool:
    """Whether the turn names the whole beside its parts (合起来八千四百六), or a trifle on top of them."""
    others = [each.value for each in payments if each is not money]
    return bool(others) and (
        (money.total and len(others) >= 2 and money.value > max(others))
        or max(others) > (_TRIFLE_NAMED if money.named else _TRIFLE) * money.value
    )


def joined_plan(
    said: Sequence[Said],
    owed: Decimal | None,
    sums: Sequence[Decimal] = (),
    firsts: Sequence[Decimal] = (),
) -> Plan | None:
    """The plan that was settled on: the last firm turn, completed by what was said around it.

    ``sums`` are all sums of the call: one that makes up what is owed when it is paid so many times is the
    instalment, even where no word says so. ``firsts`` are those that are to be paid first (先还三百).
    """
    firm = [index for index, one in enumerate(said) if one.firm]
    if not firm:
        return None
    whole = next((said[index] for index in reversed(firm) if said[index].complete), None)
    if whole is None:
        whole = _completed(said, said[firm[-1]])
    if whole.each is None and len(whole.parts) < 2:
        whole = replace(whole, each=_share(whole.count, owed, sums))
    count = len(whole.parts) if len(whole.parts) >= 2 else whole.count
    whole = whole if count is None else _with_first(whole, count, owed, firsts)
    count = len(whole.parts) if len(whole.parts) >= 2 else whole.count
    if count is None or not 2 <= count <= _LONGEST or not (whole.parts or whole.each):
        return None
    starts = whole.starts or next((one.starts for one in reversed(said) if one.starts), None)
    amounts = _amounts(whole, owed)
    total = sum(amounts, Decimal(0)) if amounts else None
    fits = None if total is None or owed is None else abs(total - owed) <= max(Decimal(count), owed / 100)
    return Plan(
        total=owed if fits and owed is not None else total,
        instalments=count,
        each=whole.each or (amounts[-1] if amounts else None),
        starts=starts,
        adds_up=fits,
        turn=whole.turn,
        span=whole.span,
    )


def _completed(said: Sequence[Said], firm: Said) -> Said:
    """Count and instalment from other turns where the firm one gives only the other."""
    count = firm.count or next((one.count for one in reversed(said) if one.count), None)
    each = firm.each or next((one.each for one in reversed(said) if one.each), None)
    return replace(firm, count=count, each=each)


def _share(count: int | None, owed: Decimal | None, sums: Sequence[Decimal]) -> Decimal | None:
    if count is None or owed is None:
        return None
    return next((each for each in reversed(sums) if each < owed and adds_up(count, each, owed)), None)


def _with_first(whole: Said, count: int, owed: Decimal | None, firsts: Sequence[Decimal]) -> Said:
    """先还三万六，后面六个月每月两万五: the first payment is an instalment too when it makes up the sum."""
    amounts = _amounts(whole, owed)
    if owed is None or not amounts:
        return whole
    slack = Decimal(count)
    rest = owed - sum(amounts)
    first = next((one for one in firsts if one not in amounts and abs(one - rest) <= slack), None)
    if rest <= slack or first is None:
        return whole
    others = whole.parts if len(whole.parts) >= 2 else tuple(Part(each, None) for each in amounts)
    return replace(whole, parts=(Part(first, None), *others))


def _amounts(whole: Said, owed: Decimal | None) -> list[Decimal]:
    if len(whole.parts) >= 2:
        known = [part.amount for part in whole.parts if part.amount is not None]
        if len(known) == len(whole.parts):
            return known
        missing = len(whole.parts) - len(known)
        if owed is None or owed <= sum(known):
            return []
        return known + [(owed - sum(known)) / missing] * missing
    return [whole.each] * whole.count if whole.count and whole.each else []


def adds_up(count: int, each: Decimal, owed: Decimal) -> bool:
    """Whether ``count`` instalments come to what is owed, up to a unit of rounding each, or one per cent.

    >>> adds_up(3, Decimal(2100), Decimal(6300)), adds_up(3, Decimal(2000), Decimal(6300))
    (True, False)
    """
    return abs(count * each - owed) <= max(Decimal(count), owed / 100)


def _count(folded: str) -> tuple[int, Span] | None:
    for pattern in _SPLIT_ZH:
        if match := pattern.search(folded):
            value = Decimal(6) if match["n"] == "半" else value_zh(match["n"])
            if value is not None and 2 <= value <= _LONGEST:
                return int(value), Span(*match.span())
    if match := _SPLIT_EN.search(folded):
        value = Decimal(_WORDS[match["word"]]) if match["word"] else value_en(match["n"])
        if value is not None and 2 <= value <= _LONGEST:
            return int(value), Span(*match.span())
    return _runs(folded) or _months(folded)


def _runs(folded: str) -> tuple[int, Span] | None:
    """How long a sum by the month runs."""
    if match := _RUNS_ZH.search(folded):
        said = match["n"] or match["m"] or match["weeks"]
        value = Decimal(_YEARS[match["years"]]) if match["years"] else value_zh(said)
    elif match := _RUNS_EN.search(folded):
        if match.lastgroup in ("at", "makes") and _GONE_BY.search(folded):
            return None
        said = next((said for said in match.groups() if said), "")
        value = Decimal(12) if match.group().endswith("a year") else value_en(said)
    else:
        return None
    if value is None or not 2 <= value <= _LONGEST:
        return None
    return int(value), Span(*match.span())


def _months(folded: str) -> tuple[int, Span] | None:
    """五月到八月, 五六七月每月, "October, November, and December"."""
    if match := _MONTHS_RANGE.search(folded):
        first, last = value_zh(match["first"]), value_zh(match["last"])
        if first is not None and last is not None:
            return int(last - first) % 12 + 1, Span(*match.span())
    if match := _MONTHS_RUN.search(folded):
        return len(match["run"]), Span(*match.span())
    if match := _MONTHS_EN.search(folded):
        return len(re.findall(_MONTH_NAMES, match.group())), Span(*match.span())
    return None


_EVERY = re.compile(r"\b(?:a|per|each|every)(?P<other> (?:other|second))? (?P<unit>week|month|fortnight)\b")
_UNTIL = re.compile(r"\b(?:until|till|through|up to)(?: the)?\s?$")


def _until(folded: str, ahead: Sequence[DateReading]) -> tuple[int, Span] | None:
    """Twenty a week from this Friday until the eighth of January: seven times."""
    every = _EVERY.search(folded)
    days = sorted(ahead, key=lambda day: day.span)
    if every is None or len(days) != 2 or not _UNTIL.search(folded, 0, days[1].span.start):
        return None
    first, last = (day.date for day in days)
    if first is None or last is None or last <= first:
        return None
    step = 2 if every["other"] else 1
    if every["unit"] == "month":
        count = ((last.year - first.year) * 12 + last.month - first.month) // step + 1
    else:
        count = (last - first).days // (7 * step * (2 if every["unit"] == "fortnight" else 1)) + 1
    return (count, Span(*every.span())) if 2 <= count <= _LONGEST else None


_LAST_ONE = re.compile(
    r"\b(?:last|final)(?: (?:one|payment|instal\w+))? (?:of|at|for|is|being|will be)(?: a)? $"
)


def _with_last(folded: str, payments: Sequence[Money], count: int) -> tuple[Part, ...]:
    """Eleven payments of a hundred and a last one of forty-two: twelve parts."""
    if len(payments) < 2 or not _LAST_ONE.search(folded, 0, payments[-1].span.start):
        return ()
    each = next((money for money in reversed(payments[:-1]) if _is_each(folded, money)), None)
    if each is None:
        return ()
    return (*[Part(each.value, None)] * count, Part(payments[-1].value, None))


def _each(folded: str, sums: Sequence[Money]) -> Decimal | None:
    return next((money.value for money in reversed(sums) if _is_each(folded, money)), None)


def _is_each(folded: str, money: Money) -> bool:
    before, behind = folded[max(0, money.span.start - 8) : money.span.start], folded[money.span.end :][:12]
    return bool(_EACH.search(before) or _EACH_BEHIND.match(behind)) or money.kind is AmountKind.INSTALMENT


_MONTH_WORD = re.compile(
    r"(?:这个?月|本月|下下个?月|下个?月|次月|[0-9一二三四五六七八九十]{1,2}月份?)(?:先|再|也|就|我|给你|还|付|交|给|打){0,3}$"
)


def _by_months(folded: str, payments: Sequence[Money]) -> tuple[Part, ...]:
    """这个月两千五，下个月两千五: each sum behind its month, without a day."""
    named = [
        money
        for money in payments
        if _MONTH_WORD.search(folded, max(0, money.span.start - 9), money.span.start)
        or (_MONTH_BEHIND.match(folded, money.span.end) and not _GONE_BY.search(folded))
    ]
    return tuple(Part(money.value, None) for money in named) if len(named) >= 2 else ()


_MONTH_BEHIND = re.compile(rf"\s(?:now|today|(?:this|next) month|in (?:{_MONTH_NAMES}))\b")
_FIRST = re.compile("先[一-鿿]{0,5}$")
_THE_REST = re.compile("(?:剩下?|余下|其余|尾款)[一-鿿]{0,4}$")
_AT_A_TIME = re.compile("[^。！？]{0,10}?(?:号|月|周|礼拜|星期)")


def _first_and_rest(folded: str, payments: Sequence[Money]) -> tuple[Part, ...]:
    """先转一千二，剩下一千二等发工资十五号: two parts, though the day of the first is not said."""
    if len(payments) != 2:
        return ()
    first, rest = sorted(payments, key=lambda money: money.span.start)
    told = _FIRST.search(folded, 0, first.span.start) and _THE_REST.search(folded, 0, rest.span.start)
    if not told or not _AT_A_TIME.match(folded, rest.span.end):
        return ()
    return (Part(first.value, None), Part(rest.value, None))


_TIME_WORD = re.compile(
    r"现在|今天|明天|这个?月|本月|下个?月|月底|号|周|后天|"
    r"\b(?:now|today|tomorrow|next|then|on the|month|week)\b"
)


def _by_halves(folded: str) -> tuple[Part, ...]:
    """今天一半，下个月一半: two parts, where two times are named with them."""
    halves = len(_HALF.findall(folded)) + len(_SAME.findall(folded.replace("other half", "half")))
    if _HALF.search(folded) is None or halves < 2 or len(_TIME_WORD.findall(folded)) < 2:
        return ()
    return (Part(None, None), Part(None, None))


@dataclass(slots=True)
class _Walk:
    """Sums and days in the order in which they were said, on the way to parts."""

    parts: list[Part]
    days: list[date]
    sum_: Decimal | None = None


def _parts(folded: str, sums: Sequence[Money], ahead: Sequence[DateReading]) -> tuple[Part, ...]:
    """先付八千(四月三十号), 后面四个月每个月四千二: each sum with the days or the count beside it."""
    walk = _Walk([], [])
    halves = [Span(*match.span()) for match in _HALF.finditer(folded)]
    rests = [Span(*match.span()) for match in _SAME.finditer(folded)]
    events: list[tuple[int, object]] = [(money.span.start, money) for money in sums]
    events += [(day.span.start, day) for day in ahead]
    events += [(span.start, None) for span in (*halves, *rests)]
    for at, event in sorted(events, key=lambda each: each[0]):
        if isinstance(event, DateReading) and event.date is not None:
            _meet_day(walk, event.date)
        elif isinstance(event, Money):
            _meet_sum(walk, folded, event)
        elif event is None:
            _flush(walk)
            if (count := _left(folded, at, sums)) > 1:
                walk.parts.extend([Part(None, None)] * count)
            elif walk.days:
                walk.parts.append(Part(None, walk.days.pop(0)))
            else:
                walk.sum_ = _OPEN
    _flush(walk)
    return tuple(walk.parts)


def _left(folded: str, at: int, sums: Sequence[Money]) -> int:
    """How many payments the rest is (剩下两期), where no sum follows; otherwise 1."""
    followed = any(at < money.span.start < at + _NEAR for money in sums)
    match = None if followed else _REST.match(folded, at)
    value = value_zh(match["n"]) if match else None
    return int(value) if value is not None and value <= _LONGEST else 1


_OPEN = Decimal(-1)
"""Stands for "the rest" or "half" until its day is met."""


def _meet_day(walk: _Walk, day: date) -> None:
    if walk.sum_ is not None:
        walk.parts.append(Part(None if walk.sum_ == _OPEN else walk.sum_, day))
        walk.sum_ = None
    elif day not in walk.days:
        walk.days.append(day)


def _meet_sum(walk: _Walk, folded: str, money: Money) -> None:
    _flush(walk)
    each = _is_each(folded, money)
    rest = list(_REST.finditer(folded, max(0, money.span.start - 24), money.span.start))
    count = value_zh(rest[-1]["n"]) if rest else None
    if count is not None and 1 < count <= _LONGEST and (each or money.span.start - rest[-1].end() <= 1):
        walk.parts += [Part(money.value, None)] * int(count)
        walk.days = []
    elif each and len(walk.days) >= 2:
        walk.parts += [Part(money.value, day) for day in walk.days]
        walk.days = []
    elif walk.days:
        walk.parts.append(Part(money.value, walk.days[-1]))
        walk.days = []
    else:
        walk.sum_ = money.value


def _flush(walk: _Walk) -> None:
    """A sum whose day never came is no part."""
    walk.sum_ = None
