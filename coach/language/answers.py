"""Whether an answer takes up what was offered."""

from __future__ import annotations

import re

from coach.language.normalise import fold

_YES = re.compile(
    r"^(?:[嗯哦啊呃诶那也就都我，,。\s]|oh|well|um|right)*(?:行|可以|好(?!不|难|像|多|几)|"
    r"中(?=[，。啊吧]|$)|成(?=[，。吧]|$)|"
    r"没问题|同意|接受|就这[样么]|"
    r"ok\b|yes|yeah|okay|fine|sure|deal|agreed|perfect|that works|sounds|all ?right|"
    r"i can do that)"
)
_BUT = re.compile(
    r"行不行|行吗|可以吗|好吗|能不能|可不可以|但|可是|不过|还是不|不行|不可以|太多|太高|拿不出|做不到|少一点|"
    r"\b(?:but|can't|cannot|no|too much|less|couldn't)\b"
)


def says_yes(text: str) -> bool:
    """Whether the words say yes, with no but.

    >>> says_yes("行，那就这样"), says_yes("好是好，可是我拿不出来"), says_yes("Yes please")
    (True, False, True)
    """
    folded = fold(text).replace("’", "'")
    return _YES.match(folded) is not None and _BUT.search(folded) is None


_OR = re.compile(r"或者?|要么|还是说?|\bor\b")


def leaves_a_choice(text: str) -> bool:
    """Whether an offer names more than one way, so that a yes to it says not which.

    >>> leaves_a_choice("今天还五百，或者十五号还一千"), leaves_a_choice("分三期，一期五百")
    (True, False)
    """
    return _OR.search(fold(text)) is not None
