"""A store of version 0.2, in which a later review had hidden rulings and appeals, opens and shows them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from coach.domain.carrying import Left
from coach.domain.rulings import RulingKind
from coach.store import AppealKind, Filters, ReviewStore
from coach.store.engine import Database, database_url
from coach.store.migrate import _config
from coach.store.schema import metadata
from tests.store_calls import BOSS, judged, reworded

TABLES = ("calls", "reviews", "findings", "rulings", "appeals")


def _as_0_2_left_it(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of a call that was ruled on, appealed and reviewed again."""
    store = ReviewStore(folder)
    review = judged("one", faults={"no_threat": 2})
    store.add(review, title="一", agent="li")
    case = store.desk(BOSS).case("one")
    case.rule(RulingKind.DISMISS, "no_threat", turn=2, reason="不是")
    case.undo(case.rule(RulingKind.DISMISS, "no_threat", turn=2, reason="又撤销的").id)
    case.appeal("no_threat", AppealKind.WRONG_HIT, "没有", turn=2)
    store.add(reworded(review, "again"), title="一")
    with store.database.reading() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(sa.select(metadata.tables[name])).mappings()]
            for name in TABLES
        }
    rows["rulings"] = [row for row in rows["rulings"] if row["version"] == 1]
    rows["calls"] = [row | {"appeals": 0, "ruled": False, "risk": 100_064} for row in rows["calls"]]
    return rows


def test_what_a_later_review_had_hidden_is_listed(tmp_path: Path) -> None:
    rows = _as_0_2_left_it(tmp_path / "new")
    (tmp_path / "old").mkdir()
    database = Database(database_url(tmp_path / "old", None))
    with database.writing() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for name in TABLES:
            table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
            for row in rows[name]:
                connection.execute(sa.insert(table).values({key: row[key] for key in row if key in table.c}))
    database.close()
    desk = ReviewStore(tmp_path / "old").desk(BOSS)
    case = desk.case("one")
    assert [(one.left, one.ruling.reason) for one in case.left_rulings()] == [(Left.EARLIER, "不是")]
    assert case.rulings() == []
    assert case.line.appeals == 1
    assert case.line.risk == 110_064
    assert [one.id for one in desk.calls(Filters(appealed=True)).items] == ["one"]
    assert case.take_up(case.left_rulings()[0].id).ruling.turn == 2
    assert not case.line.critical
