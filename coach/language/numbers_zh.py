"""Read Chinese numbers as people say them: 三千二百六, 一万二, 两三千, 3万2, 十二万三, 一点五万."""

from __future__ import annotations

import re
from decimal import Decimal

from coach.domain.time import Span
from coach.language.normalise import fold
from coach.language.numbers import Numeral

DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
"""Digit characters (folded) to their value."""

UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8}
_MYRIAD = 10**4
_LONGEST = 40
"""Digits of one number at most, so that a run of noise costs linear time."""

_START = re.compile(f"[0-9{''.join(DIGITS)}十拾]")
_ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?")
_COUNTERS = frozenset("个期次回笔天年月周星礼号家人位张分块元毛")
_AFTER = re.compile(r"[多来余]|出头|左右|上下(?!午)")
_BEFORE = re.compile(
    r"(?:(?:大概|大约|差不多|估计|估摸着?|可能)(?:也?就?(?:是|有|在|得|要|欠|还)|也就)?|约|将近|"
    r"接近|不到|快|近|小)$"
)
_ONE_OF_A_WORD = re.compile(
    "次|回|期|笔|趟|定|起|共|直|并|律|旦|口气|把|下子|半(?!个|年|天)|年(?![底末初中尾关])|天|"
    "个(?:月|星期|礼拜|周|季度)|(?:星期|礼拜|周)(?![一二三四五六日天末])"
)
"""Behind 一: 四十六万一次性给你 is 四十六万, 三千一定还 三千."""

_LARGE_VAGUE = re.compile(r"[多来余]([万千百])")


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All Chinese and Arabic numbers of ``text`` in order; spans in ``text``."""
    folded = fold(text)
    found: list[Numeral] = []
    at = 0
    while start := _START.search(folded, at):
        numeral = read(folded, start.start())
        if numeral is None:
            at = start.end()
            continue
        numeral = _with_vagueness(folded, numeral)
        found.append(numeral)
        at = numeral.span.end
    return tuple(found)


def value_of(spoken: str) -> Decimal | None:
    """The value when all of ``spoken`` is one number, else None.

    >>> value_of("三千二百六"), value_of("三天")
    (Decimal('3260'), None)
    """
    folded = fold(spoken)
    numeral = read(folded, 0)
    return numeral.value if numeral and numeral.span.end == len(folded) else None


def read(folded: str, start: int) -> Numeral | None:
    """The longest number that begins at ``start`` of a folded text."""
    return _digit_by_digit(folded, start) or _Reader(folded, start).read()


def _digit_by_digit(folded: str, start: int) -> Numeral | None:
    """三二六零 and 二〇二六: two or more digits, and no unit behind them."""
    end = start
    while end < min(len(folded), start + _LONGEST) and folded[end] in DIGITS:
        end += 1
    if end - start < 2 or folded[end : end + 1] in UNITS:
        return None
    digits = "".join(str(DIGITS[char]) for char in folded[start:end])
    return Numeral(Span(start, end), Decimal(digits), structured=False)


def _with_vagueness(folded: str, numeral: Numeral) -> Numeral:
    start, end = numeral.span.start, numeral.span.end
    if scaled := _LARGE_VAGUE.match(folded, end):
        value = numeral.value * UNITS[scaled.group(1)]
        return Numeral(Span(start, scaled.end()), value, approximate=True)
    vague = _AFTER.match(folded, end) or _BEFORE.search(folded, max(0, start - 6), start)
    return Numeral(numeral.span, numeral.value, numeral.approximate or bool(vague), numeral.structured)


class _Reader:
    """One attempt to read a number with units; ``at`` is how far it has come.

    ``section`` collects what is below the next 万, ``pending`` is the digit that waits for its unit.
    """

    def __init__(self, folded: str, start: int) -> None:
        self.text, self.start, self.at = folded, start, start
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.last_unit = 0
        self.zero = self.vague = False

    def read(self) -> Numeral | None:
        """The number, or None when not one character of it could be read."""
        while self.at < len(self.text) and self._step(self.text[self.at]):
            pass
        if self.at == self.start or (self.zero and self.pending is None and not self.last_unit):
            return None
        self._leave_one_to_its_word()
        if self.pending is not None:
            shorthand = self.last_unit >= 100 and not self.zero and self.pending < 10
            self.section += self.pending * (self.last_unit // 10 if shorthand else 1)
        return Numeral(Span(self.start, self.at), self.total + self.section, self.vague)

    def _leave_one_to_its_word(self) -> None:
        bare = self.pending == 1 and self.last_unit >= 100 and not self.zero
        if bare and self.text[self.at - 1] == "一" and _ONE_OF_A_WORD.match(self.text, self.at):
            self.pending, self.at = None, self.at - 1

    def _step(self, char: str) -> bool:
        if char in UNITS:
            return self._unit(UNITS[char])
        if char == "点":
            return self._decimals()
        if self.pending is not None:
            return False
        if char in DIGITS:
            return self._zero() if DIGITS[char] == 0 else self._digit()
        return self._arabic()

    def _unit(self, unit: int) -> bool:
        if unit >= _MYRIAD:
            return self._myriad(unit)
        fits = not self.section or unit < self.last_unit
        bare_ten = unit == 10 and (not self.section or self.zero)
        if not fits or (self.pending is None and not bare_ten):
            return self._give_back()
        self.section += (Decimal(1) if self.pending is None else self.pending) * unit
        return self._take(1, unit)

    def _give_back(self) -> bool:
        """三千 五千 without a pause: the 五 belongs to the next number."""
        if self.pending is not None and self.section and self.text[self.at - 1] in DIGITS:
            self.pending, self.at = None, self.at - 1
        return False

    def _myriad(self, unit: int) -> bool:
        section = self.section + (self.pending or 0)
        if not section and not (unit > _MYRIAD and self.total):
            return False
        self.total = (self.total + section) * unit if unit > _MYRIAD else self.total + section * unit
        self.section = Decimal(0)
        return self._take(1, unit)

    def _take(self, length: int, unit: int) -> bool:
        self.pending, self.zero, self.last_unit = None, False, unit
        self.at += length
        return True

    def _zero(self) -> bool:
        if self.at == self.start and self.text[self.at + 1 : self.at + 2] != "点":
            return False
        if self.last_unit and self.text[self.at + 1 : self.at + 2] not in DIGITS | {"十": 10}:
            return False
        self.zero = True
        if self.at == self.start:
            self.pending = Decimal(0)
        self.at += 1
        return True

    def _digit(self) -> bool:
        value, behind = DIGITS[self.text[self.at]], self.text[self.at + 1 : self.at + 2]
        length = 1
        if behind in DIGITS and self._is_range(value, DIGITS[behind]):
            self.vague, length = True, 2
        self.pending = Decimal(value)
        self.at += length
        return True

    def _is_range(self, low: int, high: int) -> bool:
        """两三千, 三五百, 一千二三: two neighbouring digits that mean "between"; the lower one counts."""
        after = self.text[self.at + 2 : self.at + 3]
        if not (high - low == 1 or (low, high) == (3, 5)) or after in DIGITS:
            return False
        return after in UNITS if not self.last_unit else after not in UNITS and after not in _COUNTERS

    def _arabic(self) -> bool:
        digits = _ARABIC.match(self.text, self.at)
        if digits is None:
            return False
        self.pending = Decimal(digits.group().replace(",", ""))
        self.at = digits.end()
        return True

    def _decimals(self) -> bool:
        end, digits = self.at + 1, ""
        while end < len(self.text) and self.text[end] in DIGITS:
            digits += str(DIGITS[self.text[end]])
            end += 1
        if not digits or self.text[end : end + 1] == "十" or (self.pending is None and not self.section):
            return False
        self.pending = (self.pending or Decimal(0)) + Decimal(f"0.{digits}")
        self.zero = True
        self.at = end
        return True
