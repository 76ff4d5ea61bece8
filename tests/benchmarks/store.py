"""Seconds of what people wait for over a full store: ``python -m tests.benchmarks.store --calls 100000``.

Makes the calls by copying a few hundred reviews with other agents and weeks straight into the tables, and
asks as the pages do. ``--postgres`` starts a PostgreSQL of its own, ``--url`` takes one that runs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coach.domain.people import AccountRole, Actor
from coach.domain.review import Verdict
from coach.store import Filters, Order, ReviewStore
from coach.store.codec import packed
from coach.store.content import keep_text
from coach.store.rows import (
    call_values,
    final_values,
    finding_rows,
    now,
    promise_rows,
    risk,
    text_row,
    turn_rows,
)
from coach.store.schema import calls, findings, promises, reviews, turns
from coach.store.tallies import recount
from tests import postgres
from tests.store_calls import judged

AGENTS = 100
WEEKS = 26
TURNS = 20
CHUNK = 2_000
PATTERNS = 400
FIRST = date(2026, 5, 25)
BOSS = Actor("boss", AccountRole.SUPERVISOR)
AIM_S = 1.0
_PARTS = (
    *(
        "您好",
        "请问是陈先生吗",
        "您的账单逾期了",
        "三千二百元",
        "请您尽快还款",
        "我现在没有钱",
        "我要投诉你们",
        "下个月再说吧",
    ),
    *(
        "可以分期吗",
        "利息太高了",
        "我已经还过了",
        "麻烦您核对一下",
        "周五之前可以还五百",
        "好的我记下来了",
        "请保留好凭证",
    ),
    *("违约金能不能减免", "我会发短信给您确认", "感谢您的配合", "这个不是我欠的", "你们再打我就报警"),
)
_RARE = ("提前终止合同", "身份证", "退款", "法院传票", "协商还款协议")


def main(arguments: list[str]) -> int:
    """Fill, ask, print; 1 when anything took longer than the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--url", default=None, help="an empty PostgreSQL database")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for this")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="coach-bench-") as folder,
        postgres.cluster() if given.postgres else nullcontext(given.url) as url,
    ):
        store = ReviewStore(Path(folder), url)
        seconds = _timed(lambda: fill(store, given.calls))
        print(f"filled: {given.calls} calls, {given.calls * TURNS} turns, in {seconds:.0f} s")
        worst = [_ask(name, ask, given.repeat) for name, ask in questions(store)]
        return int(max(worst) > AIM_S)


def fill(store: ReviewStore, n: int) -> None:
    """``n`` calls of ``TURNS`` turns by ``AGENTS`` agents over ``WEEKS`` weeks."""
    lot = random.Random(1)
    made = [_pattern(lot, i, is_sqlite=store.database.is_sqlite) for i in range(PATTERNS)]
    for start in range(0, n, CHUNK):
        chunk = [(seq, lot.choice(made)) for seq in range(start + 1, min(start + CHUNK, n) + 1)]
        with store.database.writing() as connection:
            rows = [_call(seq, pattern, lot) for seq, pattern in chunk]
            connection.execute(sa.insert(calls), rows)
            for table, name in (
                (reviews, "review"),
                (turns, "turns"),
                (findings, "findings"),
                (promises, "promises"),
            ):
                own = [{**row, "call_seq": seq} for seq, pattern in chunk for row in pattern[name]]
                connection.execute(sa.insert(table), own)
            keep_text(connection, [{**pattern["text"], "seq": seq} for seq, pattern in chunk])
    with store.database.writing() as connection:
        recount(connection)
        if not store.database.is_sqlite:
            connection.execute(sa.text("ANALYZE"))  # which PostgreSQL does by itself after a while


def questions(store: ReviewStore) -> list[tuple[str, Callable[[], Any]]]:
    """What the pages ask, by name."""
    boss = store.desk(BOSS)
    agent = store.desk(Actor("agent-007", AccountRole.AGENT))
    since, until = FIRST, FIRST + timedelta(weeks=WEEKS)
    month = until - timedelta(weeks=5)

    def deep() -> Any:
        page = boss.calls(order=Order.RISK, limit=500)
        for _ in range(3):
            page = boss.calls(order=Order.RISK, after=page.next, limit=500)
        return page

    def search(text: str, **more: Any) -> Callable[[], Any]:
        return lambda: boss.search(Filters(text=text, **more))

    return [
        ("inbox by risk", lambda: boss.calls(order=Order.RISK)),
        ("inbox by risk, four pages of 500", deep),
        (
            "inbox, critical of one agent in five weeks",
            lambda: boss.calls(Filters(critical=True, agents=("agent-007",), since=month), order=Order.RISK),
        ),
        (
            "inbox, failed, lowest score first",
            lambda: boss.calls(Filters(verdicts=(Verdict.FAIL,)), order=Order.WORST),
        ),
        ("count of what is critical", lambda: boss.count(Filters(critical=True))),
        ("an agent's own calls", lambda: agent.calls()),
        ("search, one character 款", search("款")),
        ("search, two characters 投诉", search("投诉")),
        ("search, common phrase 您的账单逾期了", search("您的账单逾期了")),
        ("search, rare phrase 提前终止合同", search("提前终止合同")),
        ("search, never said 量子力学", search("量子力学")),
        ("search, two words 退款 报警", search("退款 报警")),
        ("search by pinyin tousu", search("tousu")),
        ("search with filters", search("还款", agents=("agent-007",), critical=True, since=month)),
        ("search, count", lambda: boss.count(Filters(text="还款"), at_most=10_000)),
        ("search by risk", lambda: boss.search(Filters(text="还款"), order=Order.RISK)),
        ("dashboard, all agents, 26 weeks", lambda: boss.tallies(since, until, criterion="")),
        ("dashboard, criteria by week", lambda: boss.tallies(since, until, by_agent=False)),
        ("dashboard, criteria by agent", lambda: boss.tallies(since, until, by_week=False)),
        ("dashboard, one agent", lambda: boss.tallies(since, until, agent="agent-007")),
        ("worst moments of five weeks", lambda: boss.worst(month, until)),
        ("promises that fall due", lambda: boss.promises(date(2026, 11, 20), date(2026, 11, 27), limit=200)),
        ("promises as the team page asks", lambda: boss.promises(until - timedelta(weeks=8), limit=200)),
        ("sample of a week", lambda: boss.sample(5, until - timedelta(weeks=2))),
        ("open one call", lambda: boss.case("bench-00000077").review()),
    ]


def _pattern(lot: random.Random, i: int, *, is_sqlite: bool) -> dict[str, Any]:
    words = [*_PARTS] * 3 + ([lot.choice(_RARE)] if i % 20 == 0 else [])
    lines = [f"{'AC'[turn % 2]}: {''.join(lot.choices(words, k=3))}" for turn in range(TURNS)]
    faults = {"no_threat": 4} if i % 17 == 0 else {"no_insult": 6} if i % 23 == 0 else {}
    doubts = {"no_pressure": 8} if i % 5 == 0 else {}
    missed = tuple(lot.sample(("empathy", "clear_ask", "courtesy", "inquire", "follow_up"), k=i % 4))
    review = judged("x", *lines, faults=faults, doubts=doubts, missed=missed)
    card = review.scorecard
    text = text_row(0, review.observed.call, is_sqlite=is_sqlite)
    return {
        "call": {**call_values(review), **final_values(card, ruled=False)},
        "review": [
            {
                "version": 1,
                "made_at": now(),
                "playbook": "collection",
                "playbook_version": review.playbook_version,
            }
            | {"fingerprint": None, "verdict": card.verdict.value, "score": float(card.score or 0)}
            | {"body": packed(review)}
        ],
        "turns": turn_rows(0, review),
        "findings": finding_rows(0, review, card),
        "promises": promise_rows(0, review),
        "text": text,
    }


def _call(seq: int, pattern: dict[str, Any], lot: random.Random) -> dict[str, Any]:
    week = FIRST + timedelta(weeks=lot.randrange(WEEKS))
    row = {
        **pattern["call"],
        "seq": seq,
        "id": f"bench-{seq:08}",
        "title": f"通话 {seq}",
        "added_at": now(),
        "removed_at": None,
        "has_audio": False,
        "agent": f"agent-{lot.randrange(AGENTS):03}",
        "version": 1,
        "appeals": int(lot.random() < 0.01),
        "state": lot.choice(("new", "new", "in_review", "signed", "acknowledged")),
        "cleared_at": None,
        "hold": False,
        "indexed": True,
        "week": week.isoformat(),
        "happened_at": int(time.mktime((week + timedelta(days=lot.randrange(5))).timetuple()))
        + lot.randrange(36000),
    }
    return {**row, "risk": risk(row)}


def _ask(name: str, ask: Callable[[], Any], repeat: int) -> float:
    begin = time.process_time()
    seconds = [_timed(ask) for _ in range(repeat)]
    cpu, worst = (time.process_time() - begin) / repeat, max(seconds)
    slow = "" if worst <= AIM_S else "TOO SLOW  "
    print(
        f"{statistics.median(seconds):7.3f} s median {worst:7.3f} worst {cpu:7.3f} CPU here  {slow}{name}",
        flush=True,
    )
    return worst


def _timed(ask: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    ask()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
