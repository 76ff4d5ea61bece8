"""The child process of a correction, ``python -m coach.ui.correcting``: labels the turns anew, and ends.

It reads from standard input who asks for what on which call, and writes the name of what went wrong, or
nothing. The models are in its memory alone; the page's process stays as small as it was.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

from coach.domain.errors import CoachError, StoreError
from coach.domain.people import AccountRole, Actor

NO_PARTIES, NO_PLAYBOOK, FAILED = "no_parties", "no_playbook", "broken"


def main(order: str) -> str:
    """Do what ``order`` says; what went wrong, empty when it is done."""
    try:
        _correct(json.loads(order))
    except ValueError:
        return NO_PARTIES
    except StoreError:
        return NO_PLAYBOOK
    except CoachError:
        return FAILED
    except Exception as error:
        # Frames only: an exception's text may hold words of the call.
        frames = traceback.extract_tb(error.__traceback__)
        sys.stderr.write("".join(f"{Path(f.filename).name}:{f.lineno} {f.name}\n" for f in frames))
        return FAILED
    return ""


def _correct(order: dict[str, object]) -> None:
    from coach.assembly import Reviewer, open_store
    from coach.settings import Settings
    from coach.ui.speakers import corrected

    settings = Settings.read()
    actor = Actor(str(order["account"]), AccountRole(str(order["role"])), str(order["name"]))
    case = open_store(settings).desk(actor).case(str(order["call"]))
    asked = order["asked"]
    if not isinstance(asked, dict):
        raise ValueError("no such change of the speakers")
    corrected(case, asked, judges=Reviewer(settings).judges)


if __name__ == "__main__":
    sys.stdout.write(main(sys.stdin.read()))
