"""To whom a debt is told: to another a yes is a leak, and to the debtor himself a leak has to be plain.

His own debt told to him is none; another's may be. Of 540 leaks of the labelled calls 12 come after the
identity was confirmed, all but one with a probability of 0.92 or more (2026-11-22).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import Hits, Identity, LabelHit
from coach.domain.time import Span
from coach.language.identity import identity_states
from coach.language.normalise import fold

PLAIN = 0.9
"""From this confidence on a leak counts although the debtor himself is spoken to."""


_ANOTHER = (Identity.THIRD_PARTY, Identity.WRONG_NUMBER)
SAID_OUTRIGHT = 0.95
"""The confidence of a leak that two turns show by themselves."""

_ASKS_OF_A_DEBT = re.compile(
    r"(?:欠|借(?:款|钱|了)|贷款(?!公司|中介|平台)|网贷|逾期|还(?:款|钱)|催(?:收|债|款)|(?:信用卡|花呗|白条)的?(?:事|钱|账)"
    r"|没还)[^，。！？]{0,8}(?:吗|吧|么|嘛|[?？])"
    r"|(?:是不是|又是|又)[^，。！？]{0,4}(?:欠|借|贷|逾期|催|不还|没还|信用卡)"
    r"|\b(?:is|was) (?:it|this|that) (?:about|over|to do with) (?:\w+ ){0,3}"
    r"(?:debts?|loans?|money|credit card|bills?|arrears)"
    r"|\bdoes (?:he|she) owe|\b(?:he|she) owes? (?:you|money)|\bis (?:he|she) (?:behind|in debt|in arrears)"
)
_YES = re.compile(
    r"(?:嗯+|啊|哎|呃|那个|[，,。\s])*(?:对(?!不起|不住|方|于|了|您|你)|是的|是啊|没错|确实|就是这)"
    r"|(?:uh |um |well |oh )*"
    r"(?:yes|yeah|yep|correct|that'?s (?:right|correct)|right|i'?m afraid so|he does|she does)\b"
)
_BUT_NOTHING_MORE = re.compile(
    r"不方便|不便|不能|没法|不好说|无可奉告|本人|私事|私人|隐私|不是|没有"
    r"|\b(?:can'?t|cannot|unable|not able|not allowed|private|personal|confidential|not at liberty)\b"
)
_DEPARTMENT = re.compile(
    r"(?<!不是)(?:贷后|催收|法催|催缴|清收|追收|追讨|欠款|逾期|不良资产|债权)(?:资产)?(?:管理|处理|追缴|催收)?"
    r"(?:部门?|中心|科|处|组|专员|团队)"
    r"|(?:我|这边|这里)(?:是|们是)[^，。！？]{0,10}(?:贷后|催收|法催|清收)的"
    r"|\b(?:debt (?:collection|recovery)|collections|debt collector|arrears|recoveries) "
    r"(?:department|team|agency|agent|office|unit)\b"
)


def plain_leak(turns: Sequence[Turn], position: int) -> Span | None:
    """The words by which an agent tells somebody else of a debt: his department, or yes to the question.

    Whether it is somebody else is not looked at here.
    """
    folded = fold(turns[position].text)
    department = _DEPARTMENT.search(folded)
    if department:
        return Span(*department.span())
    before = turns[position - 1] if position else None
    yes = _YES.match(folded)
    if before is None or before.role is Role.AGENT or yes is None or _BUT_NOTHING_MORE.search(folded):
        return None
    return Span(*yes.span()) if _ASKS_OF_A_DEBT.search(fold(before.text)) else None


def weigh_leaks(turns: Sequence[Turn], found: Hits, *, coached: Role) -> Hits:
    """``found`` with leaks that an agent's plain words to another show, and less sure of those to the debtor.

    Of the 33 turns of the labelled calls that ``plain_leak`` finds in what is said to others 32 were marked
    as leaks, and the last is one (2026-11-24).
    """
    if coached is not Role.AGENT:
        return found
    spoken_of = {i: span for i, span in enumerate(_plain_leaks(turns)) if span is not None}
    if not spoken_of and not any(_leaks(hit) for hits in found for hit in hits):
        return found
    states = identity_states(turns)
    return tuple(
        _weighed(hits, state, spoken_of.get(i))
        for i, (hits, state) in enumerate(zip(found, states, strict=True))
    )


def _plain_leaks(turns: Sequence[Turn]) -> Iterator[Span | None]:
    for position, turn in enumerate(turns):
        yield plain_leak(turns, position) if turn.role is Role.AGENT else None


def _weighed(hits: tuple[LabelHit, ...], state: Identity, words: Span | None) -> tuple[LabelHit, ...]:
    if state is Identity.CONFIRMED:
        return tuple(
            replace(hit, sure=False) if _leaks(hit) and hit.confidence < PLAIN else hit for hit in hits
        )
    if words is None or state not in _ANOTHER or any(_leaks(hit) for hit in hits):
        return hits
    others = tuple(hit for hit in hits if hit.label is not LabelId.PRIVACY_LEAK)
    return (*others, LabelHit(LabelId.PRIVACY_LEAK, SAID_OUTRIGHT, True, words))


def _leaks(hit: LabelHit) -> bool:
    return hit.sure and hit.label is LabelId.PRIVACY_LEAK
