"""Sums of money in Mandarin: 三千二百六, 八千六百五十块五, 一万来块, 3万2, 12,600元."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from coach.domain.observations import AmountKind
from coach.domain.time import Span
from coach.language.amounts import Money
from coach.language.normalise import fold
from coach.language.numbers import Numeral
from coach.language.numbers_zh import DIGITS, UNITS, find_numerals, value_of

_UNIT = re.compile(r"(?:[多来余]|左右)?(?:块钱|块|元钱|元|圆|美元|美金|人民币|蚊|大洋|刀(?!片))")
_DIGIT = "[0-9" + "".join(DIGITS) + "]"
_TAIL = re.compile(
    f"零?(?P<tenths>{_DIGIT})(?:[毛角](?P<hundredths>{_DIGIT})分?|"
    f"(?P<second>{_DIGIT})(?!{_DIGIT}|[万千百十])|[毛角])?"
)
_CENTS = re.compile(f"零(?P<cents>{_DIGIT})分?")
_FOR_ONE = re.compile("公?斤|公里|吨|瓶|袋|箱|桶|只|头|张|件|盒|条|包|个月|共")
"""Behind 一: 六块二一斤 is six yuan and two tenths for one."""

_COUNTED = re.compile(
    r"[多来余]?(?:分(?![一二两三四五六七八九十几成开摊期0-9])|期(?!款)|工作日|平方|公[里斤分]|个月|小时|"
    r"[天日号个年月周星点时秒岁位次回趟条张本台辆袋箱斤吨米里瓶只件套栋层楼室度瓦人家户名步"
    r"页码%级届班包颗粒棵头匹支碗杯桌"
    r"票单车间平倍成折厘字格集章款路弄组种样排盒桶瓣亩顿句声遍寸尺线话])"
)
_NOT_SUM = re.compile(
    r"(?:第|尾号|工号|卡号|编号|单号|号码|电话|手机|热线|拨打?|后四位|末四位|尾数|证|"
    r"百分之|型号|No|[a-z_@-]|[0-9零]\s?)[是为:：,，\s]{0,2}$"
)
_PREFIX = re.compile(r"[¥￥$]\s?$")
_STOP = re.compile(r"[。！？!?；;…\n]|[，,、](?![0-9]{3})")
_SENTENCE_STOP = re.compile(r"[。！？!?；;…\n]")
_LEAST_BARE = 100

_FEE = re.compile(
    r"违约金|滞纳金|罚息|利息|手续费|服务费|会员费|展期费|担保费|逾期费|管理费用|加急费|"
    r"诚意金|保证金|律师费|诉讼费"
)
_FEE_BEHIND = re.compile(rf"(?:{_FEE.pattern})(?![是为有共]?[0-9零一二两三四五六七八九十])")
_WITH_FEE = re.compile(
    r"(?:加上?|连(?:同|着)?|含(?:着)?|带|算上|包括|跟|和|合计|"
    r"[本息])[^0-9零一二两三四五六七八九十百千万元块]{0,6}(?:违约金|滞纳金|"
    r"罚息|利息|手续费|服务费|费用|逾期费)[一-鿿]{0,4}$"
)
_INSTALMENT = re.compile(
    r"每个?月|每期|[一1]期|[一1]个月|每回|[一1]回|每次|月供|各|首期|"
    r"第[一二三四五六七八九1-9]+[期笔次]|头一?[期笔]|每[笔周]|[一1]个?礼拜|每星期|"
    r"分[0-9一二两三四五六七八九十]+[期次个]"
)
_EACH_OF_SEVERAL = re.compile("每|各|月供")
_PARTIAL = re.compile(
    r"先[还交付给打转缴凑存拿]|最低|先来|一部分|定金|首付|头款|剩下|余下|剩余(?!应还|本金|"
    r"未还)|其余|减免后|打折|一次性[了结清]+"
)
_RENT = "(?<![欠拖])(?<![欠拖][的了着])(?:房租|租金)(?!(?:都|还|也|一直|到现在)?[没未欠拖])"
"""Rent that is spent, and not the rent that is owed."""

_INCOME = re.compile(
    r"工资|退休金|薪水|收入|生活费|"
    rf"{_RENT}|垫[了咗]|挣|赚|底薪|低保|补贴|补助|积蓄|存款|手里|手头|"
    r"身上|只有|卡里|兜里|余额|学费|药费|医药费|住院|押金|"
    r"家里|奖金|额度|限额|彩礼|买|花了|被骗|输了|奶粉钱|开支|开销|[还扣]完?(?:房贷|车贷)"
)
_WORK = re.compile(
    r"(?:兼职|打工|打零工|做工|上班(?![之以]?后|了)|送(?:外卖|快递)|跑(?:外卖|滴滴|网约车)|端盘子|当(?:保安|保洁|服务员))"
    r"[^还付交缴给，。]{0,6}(?:每个?月|一个?月|每天|一天)[^还付交缴给，。]{0,3}$"
)
_WAGE = re.compile(
    rf"(?:工资|薪水|月薪|底薪|收入|退休金|低保|生活费|房贷|车贷|{_RENT})"
    r"(?:也|就|才|都|现在|每个?月|一个?月|到手|税后|大概|差不多|只有|是|有|的话|拿|能|总共|一共|[块，\s])*$|"
    r"(?:每个?月|一个?月)(?:也|就|才|能|只|大概|差不多){0,3}(?:挣|赚|拿(?!得?出)|到手|收入|工资|开)(?:是|有|个|也就|大概)?$"
)
"""一个月工资四千五, 做兼职一个月两千六: what comes or goes by the month without being an instalment."""

_PAID_BY_MONTH = re.compile(
    r"(?:每个?月|一个?月|每期|每周)(?:再|就|都|也|能|可以|最多|先){0,2}(?:还|付|交|给)[一-鿿]{0,2}$"
)
_OF_PERIODS = re.compile(
    r"(?P<n>[两二三四五六七八九十]|十[一二]|[0-9]{1,2})(?:期|个月|笔|次)(?:一共|总共|合计|加起来|共|就?是)?$"
)
_OVERDUE = re.compile(
    r"欠|逾期|没还|未还|没交|没付|没进账|没入账|账单|拖|到期|尾款|货款|余款|全款|全额|"
    r"结清|连本带[息利]|该还|应还|没给|没缴|未缴|缴款|没清|挂着|"
    r"超期|没结|断供|待还|没打|没到账|账款|总额"
)
_ROUGHLY = re.compile("左右|上下(?!午)|出头|多(?=[，。吧的]|$)")
_PART = re.compile("其中|里面有|里头有|包括|包含|含着?(?![税在])[^，。]{0,3}$")
_WHOLE = re.compile("里头|里面|当中|之中")
"""一千九百八 is a part of 账单两千一百四十七，其中…; 两千八百 the whole of 含在两千八百里头."""

_TOTAL = re.compile(
    r"一共|总共|合计|合起来|加起来|加一起|加一块儿?|总计|总的|统共|拢共|连本带[息利]|全部|"
    r"全款|全额|总额|整个|还剩"
)


def amounts(free: str, text: str) -> list[Money]:
    """The sums of ``free`` in order of place; ``text`` is the same with the days that were blanked in it."""
    folded, words = fold(free), fold(text)
    if not any("一" <= char <= "鿿" for char in folded):
        return []
    found: list[Money] = []
    for numeral in find_numerals(folded):
        if found and numeral.span.start < found[-1].span.end:
            continue
        money = _money(folded, numeral, words)
        if money is not None:
            found.append(money)
    return _with_products(words, found)


def _with_products(words: str, found: list[Money]) -> list[Money]:
    """一期六千八两期一万三千六: the second is the whole of the first, which is one of its instalments."""
    values = {one.value for one in found}
    wholes: set[Money] = set()
    singles: set[Decimal] = set()
    for one in found:
        periods = _OF_PERIODS.search(words, max(0, one.span.start - 8), one.span.start)
        count = value_of(periods["n"]) if periods else None
        if count and count > 1 and one.value / count in values:
            wholes.add(one)
            singles.add(one.value / count)
    return [_of_product(one, one in wholes, one.value in singles) for one in found]


def _of_product(money: Money, whole: bool, single: bool) -> Money:
    if whole:
        return replace(money, kind=AmountKind.OVERDUE, total=True)
    if single and money.kind in (AmountKind.OTHER, AmountKind.OVERDUE):
        return replace(money, kind=AmountKind.INSTALMENT)
    return money


def _money(folded: str, numeral: Numeral, words: str) -> Money | None:
    start, end = numeral.span.start, numeral.span.end
    before = folded[max(0, start - 8) : start]
    prefix = _PREFIX.search(before)
    unit = _UNIT.match(folded, end)
    if unit is None and prefix is None and not _is_bare_sum(folded, numeral, before):
        return None
    value, end = (numeral.value, end) if unit is None else _with_tail(folded, numeral.value, unit)
    approximate = numeral.approximate or (unit is not None and unit.group()[0] in "多来余左")
    approximate = approximate or _ROUGHLY.match(folded, end) is not None
    if value <= 0 or (value == 1 and unit is not None and not unit.group().endswith("钱")):
        return None
    span = Span(start - len(prefix.group()) if prefix else start, end)
    clause = clause_around(words, span)
    part = _PART.search(words, clause.start, span.start) is not None
    wage = is_wage(words, span, clause)
    return Money(
        value,
        span,
        kind_in(words, span, clause),
        approximate,
        named=bool(unit or prefix),
        total=not part and (is_total(words, clause, span) or _WHOLE.match(words, span.end) is not None),
        means=wage or is_of_means(words, clause, span),
        part=part,
        wage=wage,
        clause=clause,
    )


def _with_tail(folded: str, value: Decimal, unit: re.Match[str]) -> tuple[Decimal, int]:
    """块五, 块六毛七, 块零五分 behind the whole number."""
    cents = _CENTS.match(folded, unit.end())
    if cents and not folded.startswith(("毛", "角"), cents.end()) and _ends(folded, cents.end()):
        return value + Decimal(_digit(cents["cents"])) / 100, cents.end()
    tail = _TAIL.match(folded, unit.end())
    if tail and tail["second"] == "一" and _FOR_ONE.match(folded, tail.end()):
        return value + Decimal(_digit(tail["tenths"])) / 10, tail.start("second")
    if tail is None or unit.group()[-1] not in "块元圆" or not _ends(folded, tail.end(), tail.group()):
        return value, unit.end()
    hundredths = tail["hundredths"] or tail["second"]
    value += Decimal(_digit(tail["tenths"])) / 10
    return value + (Decimal(_digit(hundredths)) / 100 if hundredths else 0), tail.end()


def _ends(folded: str, end: int, tail: str = "") -> bool:
    """Whether the tail is not the start of something else (块一个月, 块两期)."""
    if tail and tail[-1] in "毛角分":
        return True
    after = folded[end : end + 1]
    if tail in ("一", "两", "二"):
        return not "一" <= after <= "鿿" or after in "的吗吧呢啊"
    return after not in UNITS and after not in tuple("个期次回笔天年月号点周星礼家人位张半")


def _digit(char: str) -> int:
    return DIGITS[char] if char in DIGITS else int(char)


def _is_bare_sum(folded: str, numeral: Numeral, before: str) -> bool:
    """A number without a currency is a sum when nothing else is counted by it."""
    spoken = numeral.span.of(folded)
    end = numeral.span.end
    counted = _COUNTED.match(folded, end) and not _WHOLE.match(folded, end)
    if numeral.value < _LEAST_BARE or _NOT_SUM.search(before) or counted:
        return False
    if not numeral.structured or (spoken.isdecimal() and (len(spoken) > 7 or spoken[0] == "0")):
        return False
    if spoken.isdecimal() and len(spoken) >= 5 and before.endswith(("打", "拨", "呼")):
        return False
    after = folded[end : end + 1]
    return not (after.isascii() and after.isalnum()) and after not in ("-", "@", "_")


def clause_around(text: str, span: Span, *, stop: re.Pattern[str] = _STOP) -> Span:
    """The clause that holds ``span``: up to the nearest punctuation on both sides, 24 characters at most."""
    start = max(0, span.start - 24)
    for found in stop.finditer(text, start, span.start):
        start = found.end()
    behind = stop.search(text, span.end, min(len(text), span.end + 24))
    return Span(start, behind.start() if behind else min(len(text), span.end + 24))


_BY_MONTH = re.compile("每个?[月期周]|一个?月[还付交给]|月供|月还|分期|分成?[两二三四五六七八九十]")
"""减免违约金的话我每个月还一千五: the sum behind it is an instalment, whatever is to be waived."""


def kind_in(folded: str, span: Span, clause: Span) -> AmountKind:
    """What the sum is, by the words of its clause; those in front of it count before those behind."""
    before, behind = folded[clause.start : span.start], folded[span.end : clause.end]
    sentence = clause_around(folded, span, stop=_SENTENCE_STOP)
    if _WITH_FEE.search(before):
        return AmountKind.OVERDUE
    fee = max((found.end() for found in _FEE.finditer(before)), default=-1)
    if max((found.end() for found in _TOTAL.finditer(before)), default=-2) > fee >= 0:
        return AmountKind.OVERDUE
    by_month = fee >= 0 and _BY_MONTH.search(before, fee) is not None
    if (fee >= 0 and not by_month) or _FEE_BEHIND.match(behind.lstrip("的")):
        return AmountKind.FEE
    if _PAID_BY_MONTH.search(before):
        return AmountKind.INSTALMENT
    if _INCOME.search(before) or _INCOME.search(behind[:6]) or is_wage(folded, span, clause):
        return AmountKind.OTHER
    if _is_instalment(before, behind):
        return AmountKind.INSTALMENT
    if _PARTIAL.search(before):
        return AmountKind.PARTIAL
    around = folded[sentence.start : sentence.end]
    if _OVERDUE.search(around) or _TOTAL.search(before):
        return AmountKind.OVERDUE
    return AmountKind.OTHER


def _is_instalment(before: str, behind: str) -> bool:
    """Whether 每期 or 一个月 stand beside the sum; in 又一期 一共两千五百六 they stand with another one."""
    beside = before[-8:]
    named = list(_INSTALMENT.finditer(beside))
    if named and not _EACH_OF_SEVERAL.search(named[-1].group()) and _TOTAL.search(beside, named[-1].end()):
        named = []
    return bool(named or _INSTALMENT.match(behind[:6].lstrip("钱")))


def is_wage(folded: str, span: Span, clause: Span) -> bool:
    """Whether the sum is what somebody earns, or pays elsewhere, month by month."""
    before = folded[clause.start : span.start]
    return bool(_WAGE.search(before) or _WORK.search(before))


def is_total(folded: str, clause: Span, span: Span) -> bool:
    """Whether words like 一共 and 加起来 stand before the sum."""
    before = folded[clause.start : span.start]
    return bool(_TOTAL.search(before) or _WITH_FEE.search(before))


def is_of_means(folded: str, clause: Span, span: Span) -> bool:
    """Whether the sum is what somebody earns, holds or spends (工资三千)."""
    return _INCOME.search(folded, clause.start, min(clause.end, span.end + 6)) is not None
