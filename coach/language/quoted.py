"""What a customer reports of a collector's words is no threat or insult of his own: a person looks at it."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.domain.observations import LabelHit
from coach.language.normalise import fold

_WHO = (
    r"(?:有(?:个|位|人|一个)|自称|冒充|(?:你们|贵司)[^，。！？]{0,8}(?:人|催收员?|客服|同事|专员|男的|女的|姓.的)"
    r"|催收(?:员|的)?|对方|那个?人|他|她)"
)
_QUOTES = re.compile(
    rf"{_WHO}[^。！？]{{0,16}}(?:(?:跟|对|和|同|给)我(?:说|讲|骂|喊|吼|放话|发)|(?:说|讲)(?:再|你|我|要|不)|原话|骂我|威胁我|恐吓我)"
    r"|(?:接到|收到)(?:过|了)?[^，。！？]{0,6}(?:电话|短信)[^。！？]{0,4}说"
    r"|\b(?:he|she|they|someone|somebody|(?:(?:one of )?your|the|some|a|this) (?:\w+ ){0,2}"
    r"(?:guys?|man|woman|lady|agent|collectors?|colleague|people|lot|fella|bloke))\b"
    r"[^.!?]{0,24}\b(?:said|told me|says|was like|threatened|called me|shouted|texted me)\b"
)
_QUOTED = frozenset({LabelId.THREAT, LabelId.INSULT, LabelId.EMOTIONAL})


def doubt_quoted(turn: Turn, hits: tuple[LabelHit, ...], *, coached: Role) -> tuple[LabelHit, ...]:
    """``hits``, less sure of what a coached customer says behind words by which he reports another's.

    >>> hit = LabelHit(LabelId.THREAT, 0.8, True)
    >>> turn = Turn(0, Role.CUSTOMER, "你们有个人跟我说 你不还就去你单位闹")
    >>> doubt_quoted(turn, (hit,), coached=Role.CUSTOMER)[0].sure
    False
    """
    if coached is not Role.CUSTOMER or turn.role is not Role.CUSTOMER:
        return hits
    quote = _QUOTES.search(fold(turn.text))
    if quote is None:
        return hits
    return tuple(
        replace(hit, sure=False)
        if hit.label in _QUOTED and (hit.span is None or hit.span.end > quote.end())
        else hit
        for hit in hits
    )
