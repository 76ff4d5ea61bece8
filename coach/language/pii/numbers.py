"""Tell what a run of digits is: a phone, an identity number, a bank card, an account, or nothing personal."""

from __future__ import annotations

import re

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.runs import Run, digit_runs
from coach.language.pii.spans import Found

_HARMLESS = re.compile(
    r"(?:订单|单号|运单|快递单|编号|工号|合同|案号|案件|流水|票号|发票|验证码|取件码|车次|"
    r"航班|型号|货号|批号|条码|序列号|楼号|期号|工单|申请号|受理|凭证|"
    r"版本|邮编|热线|客服(?:电话)?|投诉电话|官方电话|门店号|坐席|客服号|彩票|房号|座位|"
    r"学号|抽奖|中奖|股票|代码|"
    r"order|ticket|case|ref(?:erence)?|tracking|invoice|contract|confirmation|badge|agent "
    r"id|employee|operator|serial|model|part|extension|claim|"
    r"agreement|meter reads?|promo|(?<!sort )code|flight|policy|batch|lot|"
    r"docket)(?:\s?(?:number|no\.?|num|id))?[^。！？!?;；]{0,6}$"
)
_BIRTH = re.compile(r"生日|出生|生于|出生日期|born|birth|dob")
_TAIL = re.compile(
    r"(?:后|末|尾|最后)[三四五六3-6两二]?(?:位|个数|位数)?[是为:：,，\s]{0,3}$|"
    r"尾号[是为]?\s?$|尾数[是为]?$|last (?:three|four|five|six|3|4|5|6)|ending(?: in)?\s$|"
    r"ends in\s$"
)
_PHONE = re.compile(
    r"电话|手机|座机|固话|号码|联系|拨|打|呼|短信|热线|机主|新号|换号|号儿|值班室|传真|"
    r"本机|分机|微信|区号|老号|尾巴|整个是|我号|预留|"
    r"phone|cell|mobile|landline|call|ring|reach|number|line|text|whatsapp|dial"
)
_ID = re.compile(
    r"身份证|身分证|证件|证号|户口本|社会保障|身份号|identity|social|ssn|national "
    r"insurance|\bni\b|passport|licen[cs]e|state id|护照|p60|港澳|居住证|tax|新农合|驾照|"
    r"驾驶证|统一编号"
)
_CARD = re.compile(
    r"卡|银行|工行|农行|建行|中行|交行|招行|邮储|平安|光大|浦发|兴业|民生|中信|农业|储蓄|"
    r"存折|钱打|打到|转到|转给|汇到|退到|农商|信用社|两张|一张|绑|"
    r"card|visa|amex|mastercard|discover|debit|long number|refund|charge"
)
_ACCOUNT = re.compile(
    r"户号|账号|帐号|账户|户头|qq|微信号?|支付宝|钱包|用户名|登录名?|存折|公积金|社保号|"
    r"医保|水表|电表|燃气|宽带|会员号|缴费号|对公|水费|电费|编的号|那个号|客户号|卡号|"
    r"贷款号|"
    r"account|a/c|sort code|routing|checking|savings|iban|loan number|policy number|"
    r"membership|customer number|login|user\s?name"
)
_ACCOUNT_NUMBER = re.compile(
    r"(?:account|loan|policy|membership|customer) (?:number|no\.?)(?:'s| is)?[\s,:]*$"
)
_AREA_CODE = re.compile(r"\barea code(?:'s| is)?[\s,:]*$")
_HOTLINES = ("400", "800", "95", "96", "12", "10")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
_TAIWAN = re.compile(r"09[0-9]{8}|0[2-8][2-9][0-9]{6,7}")
_ID_BODY = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[0-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}[0-9X]?"
)


_LEAD = re.compile(
    r"(?:(?<![a-z])(?:(?:it|that)(?:['’]?s| is| would be|['’]d be| will be|['’]ll be)|yeah|yes|yep|sure|"
    r"okay|ok|right|um|uh|er|erm|so|well|sorry|please)(?![a-z])|[嗯呃哦喔噢好的对就我是\s,，.。])+$"
)
"""It's 0428…, 嗯，是八六六三…: what leads into an answer and says nothing about it."""

_LONGEST_LEAD = 40


def without_lead(before: str) -> str:
    """The words before a number without those that only lead into it.

    >>> without_lead("my mobile, yeah it's "), without_lead("嗯，是"), without_lead("工号是")
    ('my mobile', '', '工号')
    """
    lead = _LEAD.search(before, max(0, len(before) - _LONGEST_LEAD))
    return before[: lead.start()] if lead else before


def is_harmless(before: str) -> bool:
    """Whether an order, a contract or the like is named right before a number."""
    return _HARMLESS.search(before[-28:]) is not None


def number_in(folded: str, run: Run, *, before: str, behind: str, english: bool) -> Found | None:
    """What ``run`` is in its context; ``before`` and ``behind`` are the words around it.

    None for what is not personal: tails for verification, birthdays, order numbers, hotlines.
    """
    digits, span = _with_check_letter(folded, run)
    if not english:
        number, _, extension = span.of(folded).partition("转")
        if extension and any(_LANDLINE.fullmatch(each.digits) for each in digit_runs(number)):
            return Found(PiiType.PHONE, span, 0.93)
        return _chinese(digits, span, run, before, behind)
    return _english(digits, _with_bracket(folded, span), run, before, span.of(folded))


def _with_check_letter(folded: str, run: Run) -> tuple[str, Span]:
    """An identity number may end in X."""
    match = re.compile(r"[\s,，]{0,2}x(?![a-z])").match(folded, run.span.end)
    if match and len(run.digits) == 17:
        return run.digits + "X", Span(run.span.start, match.end())
    return run.digits, run.span


def _with_bracket(folded: str, span: Span) -> Span:
    """(702) 555-0163 begins with its bracket, +44 7700 900461 with its plus."""
    before = folded[max(0, span.start - 1) : span.start]
    opens = before == "+" or (before == "(" and ")" in span.of(folded))
    return Span(span.start - 1, span.end) if opens else span


def _chinese(digits: str, span: Span, run: Run, before: str, behind: str) -> Found | None:
    count = len(digits)
    near = before[-14:]
    if (
        count < 6
        or (_HARMLESS.search(near) and not _ID.search(near))
        or (count <= 6 and _TAIL.search(before))
    ):
        return None
    if _ID_BODY.fullmatch(digits) and count >= 17:
        return Found(PiiType.ID_NUMBER, span, 0.99 if is_chinese_id(digits) else 0.95)
    if 15 <= count <= 19 and _ID.search(near):
        return Found(PiiType.ID_NUMBER, span, 0.9)
    if _ACCOUNT.search(near) and not _MOBILE.fullmatch(digits) and not _is_card(digits, near):
        return Found(PiiType.ACCOUNT, span, 0.9) if not _is_hotline(digits) else None
    if _is_card(digits, near + behind[:6]):
        return Found(PiiType.BANK_CARD, span, 0.98 if is_luhn(digits) else 0.93)
    if _MOBILE.fullmatch(digits):
        return Found(PiiType.PHONE, span, 0.97)
    if _is_hotline(digits):
        return None
    if _LANDLINE.fullmatch(digits) or _TAIWAN.fullmatch(digits):
        return Found(PiiType.PHONE, span, 0.93)
    return _unusual(digits, span, run, near, behind)


def _unusual(digits: str, span: Span, run: Run, near: str, behind: str) -> Found | None:
    """A digit too many or too few, or a local number: only with a cue beside it."""
    count = len(digits)
    if _BIRTH.search(near) or _BIRTH.search(behind[:6]):
        return None
    if 12 <= count <= 18 and _is_repaired_phone(run):
        return Found(PiiType.PHONE, span, 0.9)
    if count in (7, 8, 10, 11, 12) and _PHONE.search(near + behind[:4]):
        return Found(PiiType.PHONE, span, 0.85)
    if count >= 13 and digits.startswith("1") and _MOBILE.match(digits) and _PHONE.search(near):
        return Found(PiiType.PHONE, span, 0.8)
    if count >= 15 and _CARD.search(near):
        return Found(PiiType.BANK_CARD, span, 0.8)
    if count in (16, 17) and _ID.search(near):
        return Found(PiiType.ID_NUMBER, span, 0.8)
    return None


def _is_repaired_phone(run: Run) -> bool:
    """A phone with a part said twice, where somebody begins anew or repeats the end.

    一三五零二七，呃，二七六六八八九; 一三八零零幺三三五七九，对，五七九.
    """
    digits = run.digits
    if _MOBILE.fullmatch(digits[-11:]) and digits[-11:].startswith(digits[:-11]):
        return True
    if _MOBILE.match(digits) and digits[:11].endswith(digits[11:]):
        return True
    at = 0
    for group in run.groups[:-1]:
        at += group
        for again in range(2, min(group, len(digits) - at) + 1):
            if digits[at - again : at] == digits[at : at + again]:
                rest = digits[:at] + digits[at + again :]
                if _MOBILE.fullmatch(rest):
                    return True
    return False


def _is_card(digits: str, near: str) -> bool:
    if not 15 <= len(digits) <= 19 or digits[0] not in "34569":
        return False
    return is_luhn(digits) or bool(_CARD.search(near)) or digits.startswith("62")


def _is_hotline(digits: str) -> bool:
    short = len(digits) <= 6 and digits.startswith(_HOTLINES)
    return short or (len(digits) == 10 and digits.startswith(("400", "800")))


def _english(digits: str, span: Span, run: Run, before: str, folded_words: str) -> Found | None:
    count = len(digits)
    told = without_lead(before)
    near = before[-28:].lower() if told == before else told[-_TOLD_NEAR:].lower()
    if count == 3 and _AREA_CODE.search(near):
        return Found(PiiType.PHONE, span, 0.8)
    if count < 5 or (_HARMLESS.search(near) and not _ID.search(near)) or (count <= 6 and _TAIL.search(near)):
        return None
    if "hundred" in folded_words and count < 7:
        return None
    if _ID.search(near) and 8 <= count <= 12:
        return Found(PiiType.ID_NUMBER, span, 0.95)
    called = _ACCOUNT_NUMBER.search(near) or not _PHONE.search(near[-12:])
    if _ACCOUNT.search(near) and count <= 14 and called:
        return Found(PiiType.ACCOUNT, span, 0.9)
    if 13 <= count <= 19 and digits[0] in "23456" and (is_luhn(digits) or _CARD.search(near) or count >= 15):
        return Found(PiiType.BANK_CARD, span, 0.98 if is_luhn(digits) else 0.9)
    if count == 9 and run.groups == (3, 2, 4):
        return Found(PiiType.ID_NUMBER, span, 0.9)
    if _BIRTH.search(near) or _ENGLISH_HOTLINE.fullmatch(digits):
        return None
    if is_english_phone(digits) or (folded_words.startswith("+") and 10 <= count <= 14):
        return Found(PiiType.PHONE, span, 0.95)
    if 7 <= count <= 12 and _PHONE.search(near):
        return Found(PiiType.PHONE, span, 0.85)
    return None


_TOLD_NEAR = 60
"""Characters in which "it's" may point back to what is told."""

_ENGLISH_HOTLINE = re.compile(
    r"1?8(?:00|33|44|55|66|77|88)[0-9]{7}|08(?:0[08]|1[08]|4[3-5]|7[0-3])[0-9]{6,7}|03[0-9]{9}"
)
_SOUTHERN_OR_IRISH = re.compile(r"04[0-9]{8}|08[35-79][0-9]{7}")
"""Ten digits: Australian mobiles and the west of Australia, Irish mobiles."""


def is_english_phone(digits: str) -> bool:
    """Ten digits of North America (a leading 1 allowed), or ten to eleven from 0 of Britain and others."""
    american = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if len(american) == 10 and american[0] in "23456789":
        return american[3] in "23456789"
    if _SOUTHERN_OR_IRISH.fullmatch(digits):
        return True
    return len(digits) in (10, 11) and digits[0] == "0" and digits[1] in "1237"


def is_chinese_id(digits: str) -> bool:
    """Whether the check digit and the birthday of a resident identity number are right (GB 11643)."""
    from stdnum.cn import ric

    return bool(ric.is_valid(digits))


def is_luhn(digits: str) -> bool:
    """Whether the check digit of a card number is right (ISO/IEC 7812)."""
    from stdnum import luhn

    return digits.isdecimal() and bool(luhn.is_valid(digits))
