"""Whether a call is about a debt at all: in one that is not, what sounds like a threat is for a person.

Talk of places, people and trips is what a collector's hints are made of, and what other trades talk about all
day. Only a call of some length says anything by its silence: a fragment is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.domain.call import Turn
from coach.domain.labels import LabelId
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
ENOUGH_TURNS = 2
"""So many turns with one of these labels show a debt without a word for it; one may be an error."""
WHOLE_CALL_HAN, WHOLE_CALL_WORDS = 150, 100
"""Characters, or English words, from which on the lack of any sign tells something."""

_DEBT = re.compile(
    r"[欠逾债贷]|还(?:款|钱|清|上|不起|不上|多少)|借(?:款|钱|条|呗|据)|账单|分期|最低还|滞纳|罚息|违约金|征信"
    r"|起诉|本金|利息|催(?:收|款|缴)|信用卡|花呗|白条|拖(?:着|了)|减免|展期|延期|宽限|账[户号上]|尾款|货款"
    r"|房租|租金|[费款钱](?:还|都|也)?[没未]|[没未]交|[欠缴]|物业费|结清|月供|扣款|停息|与其"
    r"|\b(?:ow(?:e|es|ed|ing)|overdue|past due|debts?|loans?|arrears?|collections?|collector|balance"
    r"|instal?lments?|borrow\w*|repay\w*|settle\w*|late fees?|interest|default\w*|lender|mortgage|invoice"
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
    if len(_HAN.findall(said)) < WHOLE_CALL_HAN and len(said.split()) < WHOLE_CALL_WORDS:
        return False
    about = sum(any(hit.sure and hit.label in SPEAKS_OF_A_DEBT for hit in hits) for hits in found)
    return about < enough_turns and not _DEBT.search(fold(said))
