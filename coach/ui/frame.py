"""The style around the components, with the words that only a style can give to Streamlit's own widgets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from coach.ui.speak import t

# light-dark() follows the colour scheme that Streamlit sets.
_COLORS: Final = {
    "surface": "light-dark(#ffffff, #171e27)",
    "sunken": "light-dark(#f7f9fb, #131a22)",
    "line": "light-dark(#e1e7ee, #28323f)",
    "soft": "light-dark(#4a5768, #b4c0cf)",
    "strong": "light-dark(#c6d0dc, #3d4a5a)",
    "refused-ink": "light-dark(#b3261e, #ff9d95)",
    "refused-wash": "light-dark(#fdecea, #3d1f1f)",
    "refused-line": "light-dark(#f3b8b3, #6f3531)",
}


def frame_style() -> str:
    """CSS; the words in it are from our own catalogue."""
    words = {name: json.dumps(t(f"new.{name}"), ensure_ascii=False) for name in ("drop", "browse")}
    named = "".join(f"--coach-{name}: {value}; " for name, value in {**words, **_COLORS}.items())
    return f".stApp {{ {named}}}\n" + (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")
