"""``coach live``: coaching while the call goes on."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.live_view import TerminalView, asked, keys
from coach.cli.progress import ProgressLine
from coach.cli.review import Channel, Language, Reader
from coach.domain.text import Text

if TYPE_CHECKING:
    from coach.assembly import Reviewer
    from coach.live.compare import Differences
    from coach.live.folder import LeftSession, LiveOrder, SessionFolder
    from coach.live.session import LiveSession
    from coach.live.state import LiveState


class Left(StrEnum):
    """What to do with sessions that ended without a review."""

    ASK = "ask"
    REVIEW = "review"
    DISCARD = "discard"
    KEEP = "keep"


_LEFT = Text(
    "{began} 的一次实时通话没有复核：{seconds:.0f} 秒，{cues} 条提示",
    "a session of {began} has no review: {seconds:.0f} s, {cues} cues",
)
_ASK_LEFT = Text("复核(r)、丢弃(d)还是先留着(Enter)？", "review (r), discard (d) or keep (Enter)?")
_ASK_REVIEW = Text("现在复核整通电话吗？[Y/n] ", "review the whole call now? [Y/n] ")
_KEPT = Text("录音留在 {path}", "the recording is kept in {path}")
_SAME = Text("实时提示与复核一致", "live cues and review agree")
_SEEN_BY = {
    "both": Text("实时和复核都发现", "seen live and in the review"),
    "live": Text("只有实时提示", "only cued live"),
    "review": Text("只有复核发现", "only found in the review"),
}


def live(
    playbook: Annotated[
        str,
        typer.Option(
            help="collection, negotiation, the path of a playbook (YAML), or ID@VERSION of a published one."
        ),
    ] = "collection",
    agent_device: Annotated[
        str | None, typer.Option(help="Device that hears the agent: number, name or default.")
    ] = None,
    customer_device: Annotated[
        str | None, typer.Option(help="Device that hears the customer: number, name or default.")
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Only one party speaks into the one device.")
    ] = False,
    file: Annotated[Path | None, typer.Option(help="Play a recording as if it were live.")] = None,
    speed: Annotated[
        float, typer.Option(min=0.0, help="Of the file: 1 as it was spoken, 0 as fast as it goes.")
    ] = 1.0,
    language: Annotated[Language, typer.Option(help="Language of the call.")] = Language.AUTO,
    agent_channel: Annotated[
        Channel, typer.Option(help="Channel of the agent in a stereo file.")
    ] = Channel.AUTO,
    out: Annotated[Path | None, typer.Option(help="Folder that keeps the session with its sound.")] = None,
    review: Annotated[
        bool | None, typer.Option("--review/--no-review", help="Review at the end without asking, or not.")
    ] = None,
    left: Annotated[Left, typer.Option(help="Sessions that crashed or were not reviewed.")] = Left.ASK,
    asr_model: Annotated[
        str | None, typer.Option(help="base-calls, a Whisper size or the path of a model.")
    ] = None,
    text_language: Annotated[Reader, typer.Option("--text", help="Language of the cues.")] = Reader.ZH,
) -> None:
    """Listen to a call as it goes on, show cues, and review it at the end. Ctrl-C stops cleanly."""
    from coach.assembly import Reviewer, live_session
    from coach.cli.playbook import chosen
    from coach.cli.review import _check_playbook, _settings
    from coach.live.folder import LiveOrder, new_session

    reviewer = Reviewer(_settings(asr_model))
    playbook = chosen(playbook, reviewer.settings)
    _check_playbook(reviewer, playbook)
    root = out or reviewer.settings.data_dir / "live"
    view = TerminalView(text_language.value)
    _deal_with_left(reviewer, root, left, view)
    order = LiveOrder(
        playbook=playbook,
        language=None if language is Language.AUTO else language.value,
        agent_device=agent_device,
        customer_device=customer_device,
        alone=alone,
        file=None if file is None else str(file.absolute()),
        speed=speed,
        agent_channel=agent_channel.value,
        started_at=None if file is not None else datetime.now().astimezone().isoformat(timespec="seconds"),
        title=_title(file),
    )
    folder = new_session(root, order)
    with folder.held():
        try:
            state = _run(live_session(reviewer, folder), view)
        except BaseException:
            _drop_empty(folder)
            raise
        if state.error is not None:
            print(f"coach: {state.error}", file=sys.stderr)
        _then(reviewer, folder, order, review, view, keep=out is not None)


def _run(session: LiveSession, view: TerminalView) -> LiveState:
    def stop(_number: int, _frame: FrameType | None) -> None:
        session.ask("stop")
        signal.signal(signal.SIGINT, previous)

    def show(state: LiveState) -> None:
        for command in asked():
            session.ask(command)
        view.show(state)

    previous = signal.signal(signal.SIGINT, stop)
    try:
        with keys():
            state = session.run(show)
    finally:
        signal.signal(signal.SIGINT, previous)
    view.show(state, last=True)
    return state


def _then(
    reviewer: Reviewer,
    folder: SessionFolder,
    order: LiveOrder,
    review: bool | None,
    view: TerminalView,
    *,
    keep: bool,
) -> None:
    wanted = review
    if wanted is None:
        wanted = not sys.stdin.isatty() or input(view.say(_ASK_REVIEW)).strip().lower() not in ("n", "no")
    if wanted:
        _review(reviewer, folder, order.title, view, keep=keep)
    if keep or not wanted:
        print(view.say(_KEPT).format(path=folder.path), file=sys.stderr)


def _review(reviewer: Reviewer, folder: SessionFolder, title: str, view: TerminalView, *, keep: bool) -> None:
    from coach.assembly import open_store, review_live

    line = ProgressLine(title)
    try:
        stored, found = review_live(
            reviewer, open_store(reviewer.settings), folder, title=title, on_progress=line
        )
    finally:
        line.close()
    if not keep:
        folder.forget_words()
    score = "–" if stored.score is None else f"{stored.score:.0f}"
    print(f"{title}: {stored.verdict.value} {score}")
    _differences(found, reviewer, folder, view)


def _differences(found: Differences, reviewer: Reviewer, folder: SessionFolder, view: TerminalView) -> None:
    criteria = reviewer.playbook(folder.order.playbook)
    for fault in found.faults:
        title = view.say(criteria.criterion(fault.criterion).title)
        print(f"  {fault.at.start:6.1f} s  {title}: {view.say(_SEEN_BY[fault.seen_by.value])}")
    for do in found.dos:
        title = view.say(criteria.criterion(do.criterion).title)
        print(f"  {title}: {do.live.value} → {do.review.value}")
    if not found.faults and not found.dos:
        print(f"  {view.say(_SAME)}")


def _deal_with_left(reviewer: Reviewer, root: Path, left: Left, view: TerminalView) -> None:
    """Offer to review or discard what a crash, or a stop without review, has left."""
    from coach.live.folder import SessionFolder, left_sessions

    for one in left_sessions(root):
        choice = _choice(one, left, view)
        folder = SessionFolder(one.folder)
        if choice is Left.REVIEW:
            _review(reviewer, folder, one.order.title, view, keep=False)
        elif choice is Left.DISCARD:
            folder.discard()


def _choice(one: LeftSession, left: Left, view: TerminalView) -> Left:
    began = one.began_at.astimezone().strftime("%Y-%m-%d %H:%M")
    print(view.say(_LEFT).format(began=began, seconds=one.seconds, cues=one.cues), file=sys.stderr)
    if left is not Left.ASK:
        return left
    if not sys.stdin.isatty():
        return Left.KEEP
    answer = input(view.say(_ASK_LEFT)).strip().lower()
    return {"r": Left.REVIEW, "d": Left.DISCARD}.get(answer, Left.KEEP)


def _drop_empty(folder: SessionFolder) -> None:
    """A session that never heard anything leaves nothing."""
    if not folder.sound.is_file():
        folder.discard()


def _title(file: Path | None) -> str:
    return file.stem if file is not None else f"{datetime.now():%Y-%m-%d %H:%M}"
