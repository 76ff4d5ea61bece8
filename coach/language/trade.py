"""Whether a call is about a debt at all: in one that is not, what sounds like a threat is for a person.

Talk of places, people and trips is what a collector's hints are made of, and what other trades talk about all
day. Only a call of some length says anything by its silence: a fragment is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.domain.call import Turn
from coach.domain.labels import DONTS, LabelId
from coach.domain.observations import Hits
from coach.language.normalise import fold

SPEAKS_OF_A_DEBT = frozenset(
    {
        LabelId.STATE_FACTS,
        LabelId.CLEAR_ASK,
        LabelId.OFFER_PLAN,
        LabelId.PROMISE,
        LabelId.HARDSHIP,
        LabelId.REFUSAL,
        LabelId.PRESSURE,
        LabelId.PRIVACY_LEAK,
        LabelId.DISPUTE,
    }
)
ONLY_OF_DEBTS = frozenset(
    {LabelId.STATE_FACTS, LabelId.PROMISE, LabelId.REFUSAL, LabelId.PRESSURE, LabelId.PRIVACY_LEAK}
)
"""Of these, the ones that bookings, repairs and deliveries are seldom taken for."""
ENOUGH_TURNS = 2
"""So many turns with one of these labels show a debt without a word for it; one may be an error."""
WHOLE_CALL_HAN, WHOLE_CALL_WORDS = 150, 100
"""Characters, or English words, from which on the lack of any sign tells something."""
COURTEOUS_HAN, COURTEOUS_WORDS = 90, 70
"""The same for a call in which nobody said anything wrong, where little is lost by not scoring it."""

_DEBT = re.compile(
    r"[欠逾债贷]|还(?:款|钱|清|上|不起|不上|多少)|借(?:款|钱|条|呗|据)|账单|分期|最低还|滞纳|罚息|违约金|征信"
    r"|起诉|本金|利息|催(?:收|款|缴)|信用卡|花呗|白条|拖(?:着|了)|减免|展期|延期|宽限|账[户号上]|尾款|货款"
    r"|催[收缴款]|垫(?:付|款|资|的|了)|代偿|信贷|网贷|小额|消费金融|消金|金融(?:公司|的|客服|服务)"
    r"|房租|租金|[费款钱](?:还|都|也)?[没未]|[没未]交|[欠缴]|物业费|结清|月供|扣款|停息|与其"
    r"|\b(?:ow(?:e|es|ed|ing)|overdue|past due|debts?|loans?|arrears?|collections?|collector|balance"
    r"|instal?lments?|borrow\w*|repay\w*|settle\w*|late fees?|interest|default\w*|lender|mortgage|invoice"
    r"|outstanding|unpaid|(?:missed|late|part|lower) payments?|payment (?:break|holiday|arrangement)"
    r"|car finance|shut[ -]?off"
    r"|(?:months?|weeks?|payments?|one|two|three|four|fallen|falling|you'?re|i'?m|we'?re) behind"
    r"(?! the| a | me)"
    r"|rent|pay(?:ments?|ing)? (?:plan|off|back|it|this|that|by|today|tomorrow|now))\b",
    re.IGNORECASE,
)
_HAN = re.compile("[㐀-鿿]")


def doubt_threats(turns: Sequence[Turn], found: Hits) -> Hits:
    """``found``, sure of a threat only where a debt is spoken of."""
    if not of_another_trade([turn.text for turn in turns], found):
        return found
    return tuple(
        tuple(replace(hit, sure=hit.sure and hit.label is not LabelId.THREAT) for hit in hits)
        for hits in found
    )


def of_another_trade(texts: Sequence[str], found: Hits, *, enough_turns: int = ENOUGH_TURNS) -> bool:
    """Whether a call of some length has neither a word of a debt nor ``enough_turns`` that speak of one."""
    said = " ".join(texts)
    if not _is_long(said, WHOLE_CALL_HAN, WHOLE_CALL_WORDS):
        return False
    return _turns_with(SPEAKS_OF_A_DEBT, found) < enough_turns and not _DEBT.search(fold(said))


def about_something_else(texts: Sequence[str], found: Hits) -> bool:
    """Whether a call is to be left without a score since nobody speaks of a debt.

    Asking for something, a hardship or an objection are heard in every trade. Where nobody was threatened,
    insulted or pressed, a few turns of that kind are therefore taken for errors, and less of a call is
    enough. True of none of 136 labelled calls about a debt (and of none of the 348 in the data of the
    classifier), of 43 of 100 ordinary service calls, of 94 of 120 dialogues of other trades (2026-11-24).
    """
    if of_another_trade(texts, found, enough_turns=1):
        return True
    said = " ".join(texts)
    if _turns_with(DONTS, found) or not _is_long(said, COURTEOUS_HAN, COURTEOUS_WORDS):
        return False
    few = _turns_with(ONLY_OF_DEBTS, found) < 2 and _turns_with(SPEAKS_OF_A_DEBT, found) < 3
    return few and not _DEBT.search(fold(said))


def _is_long(said: str, han: int, words: int) -> bool:
    return len(_HAN.findall(said)) >= han or len(said.split()) >= words


def _turns_with(labels: frozenset[LabelId], found: Hits) -> int:
    return sum(any(hit.sure and hit.label in labels for hit in hits) for hits in found)
