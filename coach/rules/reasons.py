"""Plain sentences of a finding in both languages: which turn, what is missing, why it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.domain.text import Text
from coach.rules.seen import Doubt, Hit, Seen
from coach.rules.view import View

MOST_PLACES = 5
NOT_TOLD = Text("信息不足", "there is too little to go by")

_DOUBTS = {
    Doubt.LABEL: Text("把握不足", "not certain enough"),
    Doubt.ROLE: Text("不确定是谁说的", "it is not certain who said it"),
    Doubt.WORDS: Text("这里的识别不可靠", "the words are not reliably recognised there"),
    Doubt.SOUND: Text("只是读音相近", "it only sounds alike"),
    Doubt.HINT: Text("有迹象，但不能确定", "there is a sign of it, no more"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, without its full stop."""

    text: Text


def clause(text: Text, hits: Iterable[Hit], view: View) -> Clause:
    """What was done or missing, with the places where it was heard."""
    zh, en = _places(hits, view)
    return Clause(Text(f"{text.zh}（{zh}）", f"{text.en} ({en})") if zh else text)


def joined(clauses: Iterable[Clause]) -> Text:
    """One sentence of all clauses."""
    texts = list(dict.fromkeys(one.text for one in clauses))
    return _sentence(
        "；".join(text.zh.rstrip("。") for text in texts), "; ".join(text.en.rstrip(".") for text in texts)
    )


def perhaps(seen: Seen, view: View, what: Text) -> Clause:
    """Why ``what`` cannot be told: places to be checked by a person, or why nobody could have heard it."""
    if seen.doubtful:
        zh, en = _places(seen.doubtful, view)
        doubts = {hit.doubt for hit in seen.doubtful}
        why = next(text for doubt, text in _DOUBTS.items() if doubt in doubts)
        return Clause(
            Text(
                f"可能{what.zh}（请人工核对{zh}：{why.zh}）",
                f"perhaps {what.en} (to be checked by a person in {en}: {why.en})",
            )
        )
    blind = seen.blind or NOT_TOLD
    return Clause(Text(f"无法判断：{blind.zh}", f"cannot be told: {blind.en}"))


def broke_off(turns: int, because: Text) -> Text:
    """The call was over before the criterion could come up."""
    return _sentence(
        f"通话太短（被辅导方只说了 {turns} 轮），不计：{because.zh}",
        f"the call is too short for it to count ({turns} turns of the coached party): {_lower(because.en)}",
    )


def ended(because: Text) -> Text:
    """The call was over right after the occasion."""
    return _sentence(
        f"通话随即结束，来不及回应，不计：{because.zh}",
        f"the call ended right there, so it does not count: {_lower(because.en)}",
    )


def _places(hits: Iterable[Hit], view: View) -> tuple[str, str]:
    positions = sorted({hit.turn for hit in hits})
    if not positions:
        return "", ""
    shown = [_place(position, view) for position in positions[:MOST_PLACES]]
    more = len(positions) - len(shown)
    zh = "第 " + "、".join(shown) + " 轮" + (f"等 {len(positions)} 轮" if more else "")
    en = (
        ("turn " if len(positions) == 1 else "turns ")
        + ", ".join(shown)
        + (f" and {more} more" if more else "")
    )
    return zh, en


def _place(position: int, view: View) -> str:
    return str(view.turns[position].i + 1)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(zh: str, en: str) -> Text:
    en = en.rstrip(".")
    return Text(zh.rstrip("。") + "。", en[:1].upper() + en[1:] + ".")
