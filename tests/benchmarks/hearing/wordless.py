"""Sound of a telephone line on which nobody speaks, made by code."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 16_000
KINDS = ("silence", "noise", "ringback", "busy", "music")
_SCALE = (262, 294, 330, 349, 392, 440, 494, 523)


def wordless(kind: str, seconds: float = 60.0) -> npt.NDArray[np.float64]:
    """Samples of one of ``KINDS``, the same at every call. Raises ``ValueError`` for another kind."""
    rng = np.random.default_rng(7)
    t = np.arange(round(seconds * RATE)) / RATE
    match kind:
        case "silence":
            return np.zeros(len(t))
        case "noise":
            return rng.normal(size=len(t)) * 0.02
        case "ringback":
            return 0.2 * np.sin(2 * np.pi * 450 * t) * (t % 5 < 1)
        case "busy":
            return 0.2 * np.sin(2 * np.pi * 450 * t) * (t % 0.7 < 0.35)
        case "music":
            length = RATE // 3
            own = np.arange(length) / RATE
            notes = []
            for _ in range(len(t) // length + 1):
                hz = _SCALE[rng.integers(len(_SCALE))]
                notes.append(sum(np.sin(2 * np.pi * hz * k * own) / k for k in (1, 2, 3)) * np.exp(-own * 4))
            return np.asarray(0.2 * np.concatenate(notes)[: len(t)])
    raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")
