"""The card with what an answer to a hard line was worth, in practice and after a live drill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coach.practice.drill import Judged
from coach.practice.lines import HardLine
from coach.ui.components import mount
from coach.ui.practice_view import judged_view
from coach.ui.speak import language, t, texts


def drill_result(
    line: HardLine, judged: Judged | None, *, key: str, triggers: Iterable[str], **more: Any
) -> Any:
    """The card that says what an answer was worth; what was asked of it. ``more`` goes to the component."""
    return mount(
        "drill",
        key=key,
        data={
            "part": "result",
            "lang": language(),
            "texts": texts("drill"),
            "articles": {f"A{i}": t(f"player.article.A{i}") for i in range(1, 5)},
            "waiting": None,
            "failed": None,
            "judged": None if judged is None else judged_view(line, judged, language()),
            **more,
        },
        triggers=tuple(triggers),
    )
