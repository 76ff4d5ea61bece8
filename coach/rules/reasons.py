"""Plain sentences of a finding in both languages: which turn, what is missing, why it cannot be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.domain.text import Text
from coach.rules.seen import Doubt, Hit, Seen
from coach.rules.view import View

MOST_PLACES = 5

_DOUBTS = {
    Doubt.LABEL: Text("把握不足", "not certain enough"),
    Doubt.ROLE: Text("不确定是谁说的", "it is not certain who said it"),
    Doubt.WORDS: Text("这里的识别不可靠", "the words are not reliably recognised there"),
    Doubt.SOUND: Text("只是读音相近", "it only sounds alike"),
    Doubt.HINT: Text("只是提示", "it is only a hint"),
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


def perhaps(seen: Seen, view: View, missing: Text) -> Clause:
    """Why it cannot be told: places to be checked by a person, or why nobody could have heard it."""
    if seen.doubtful:
        zh, en = _places(seen.doubtful, view)
        doubts = {hit.doubt for hit in seen.doubtful}
        why = next(_DOUBTS[doubt] for doubt in _DOUBTS if doubt in doubts and doubt is not None)
        return Clause(Text(f"请人工核对{zh}：{why.zh}", f"to be checked by a person in {en}: {why.en}"))
    if seen.blind is not None:
        return Clause(Text(f"无法判断：{seen.blind.zh}", f"cannot be told: {seen.blind.en}"))
    return Clause(missing)


def broke_off(turns: int, because: Text) -> Text:
    """The call was over before the criterion could come up."""
    return _sentence(
        f"通话只有 {turns} 轮是被辅导方说的，还没来得及：{because.zh.rstrip('。')}",
        f"the call was over after {turns} turns of the coached party, too early to say: "
        f"{because.en.rstrip('.')}",
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


def _sentence(zh: str, en: str) -> Text:
    en = en.rstrip(".")
    return Text(zh.rstrip("。") + "。", en[:1].upper() + en[1:] + ".")
