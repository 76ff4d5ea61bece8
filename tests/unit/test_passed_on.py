"""A warning that another is to pass on is a threat; a message, a courtesy and a refusal are none."""

from __future__ import annotations

import pytest

from coach.domain.call import Role, Turn
from coach.domain.labels import LabelId
from coach.language.passed_on import passed_on_in
from coach.language.second_look import complete


@pytest.mark.parametrize(
    "text",
    [
        "do mention that we'd hate to have to ring his line manager next",
        "Tell him that if he doesn't ring back we'll be ringing his manager",
        "tell Piers his wife will be hearing from us next",
        "Let him know next time I'll be talking to HR instead of you",
        "it'd be such a shame if we had to involve his boss",
        "just tell him the next call goes to his mother",
        "let her know that otherwise we'll have to have a word with her employer",
        "那你跟他说一声再不回电话下一个电话就打给他老婆",
        "麻煩帶句話給他 我們也不想打擾他領導",
        "你告诉他 不想让他爸妈知道就赶紧回电话",
        "叫他自己掂量 别逼我们去找他孩子学校",
    ],
)
def test_a_warning_handed_on_is_a_threat(text: str) -> None:
    assert passed_on_in(text) is not None
    assert [hit.label for hit in complete(Turn(0, Role.AGENT, text), ())] == [LabelId.THREAT]
    assert complete(Turn(0, Role.CUSTOMER, text), ()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "could you let him know that Sam from Northgate rang and he can call me back on this number",
        "please let her know I'll try her at work if that's easier for her",
        "if he'd rather we speak to his solicitor, tell him to send us the details",
        "let him know his manager signed for the parcel",
        "just tell him that next time I'll ring after six instead of now",
        "we won't speak to his wife unless he signs the form, please tell him",
        "tell him we don't ring his work unless he asks us to",
        "let her know if she can't talk now I can ring her husband as she set him up on the account",
        "麻烦您告诉他让他联系一下他单位的财务把回单发过来",
        "您跟他说一声 我们不会打扰他家里人",
        "你跟他说 再不回电话我们也不会找他单位",
        "请您转告他 快递放他单位前台了",
        "你让他跟他老婆商量商量 下次我再打给他",
        "告诉他下次别打他公司的座机了打他手机",
        "您跟他说 要是不方便 下次我打他单位分机也行 是他自己留的",
    ],
)
def test_a_message_is_none(text: str) -> None:
    assert passed_on_in(text) is None
