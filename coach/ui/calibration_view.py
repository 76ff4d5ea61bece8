"""How far people and the machine agree, by criterion, as the plain data of the calibration page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from coach.domain.agreement import cohen_kappa, krippendorff_alpha, share_alike
from coach.report.tables import Table
from coach.store import Rating

View = dict[str, Any]
MACHINE: Final = "machine"
FIRST: Final = "first:"
Unit = Mapping[str, str]
"""What each rater said of one criterion of one call."""


def agreement(ratings: Iterable[Rating], titles: Mapping[str, str]) -> View:
    """A row for each criterion, in the order of ``titles``, and one for all together.

    People: the first reviewer against the blind ones. Machine: it against the blind ones, whom it cannot have
    led. Alpha takes all raters, with and without the machine.
    """
    units: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in ratings:
        units[one.criterion][one.call_id][one.rater] = one.outcome.value
    known = [criterion for criterion in titles if criterion in units]
    order = [*known, *sorted(units.keys() - set(known))]
    every = [unit for criterion in order for unit in units[criterion].values()]
    return {
        "rows": [
            {
                "id": criterion,
                "name": titles.get(criterion, criterion),
                **_measured(list(units[criterion].values())),
            }
            for criterion in order
        ],
        "all": _measured(every),
        "calls": len({call for found in units.values() for call in found}),
    }


def _measured(units: Sequence[Unit]) -> View:
    people = [(first, blind) for unit in units for first in _first(unit) for blind in _blind(unit)]
    machine = [(unit[MACHINE], blind) for unit in units if MACHINE in unit for blind in _blind(unit)]
    return {
        "n": len(units),
        "people": _both(people),
        "machine": _both(machine),
        "alphaPeople": _rounded(krippendorff_alpha([[*_first(unit), *_blind(unit)] for unit in units])),
        "alphaAll": _rounded(krippendorff_alpha([list(unit.values()) for unit in units])),
    }


def _both(pairs: list[tuple[str, str]]) -> View:
    return {"n": len(pairs), "share": _rounded(share_alike(pairs)), "kappa": _rounded(cohen_kappa(pairs))}


def _first(unit: Unit) -> list[str]:
    return [said for rater, said in unit.items() if rater.startswith(FIRST)]


def _blind(unit: Unit) -> list[str]:
    return [said for rater, said in unit.items() if rater != MACHINE and not rater.startswith(FIRST)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def agreement_table(found: View, head: tuple[str, ...], whole: str) -> Table:
    """The rows as a table to take away."""
    rows = tuple(
        (
            row["name"],
            row["n"],
            row["people"]["share"],
            row["people"]["kappa"],
            row["alphaPeople"],
            row["machine"]["share"],
            row["machine"]["kappa"],
            row["alphaAll"],
        )
        for row in [*found["rows"], {"name": whole, **found["all"]}]
    )
    return Table("agreement", head, (20,) * len(head), rows)
