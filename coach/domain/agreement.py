"""How far raters agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Label = Hashable


def share_alike(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """The share of pairs in which both say the same, 0..1; None without a pair."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def cohen_kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Agreement of two raters on the same units beyond what their habits alone would give, at most 1.

    None without a pair, and where both use a single label throughout: chance then explains everything.
    Source: J. Cohen, A Coefficient of Agreement for Nominal Scales, 1960.
    """
    seen = share_alike(pairs)
    if seen is None:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if by_chance == 1 else (seen - by_chance) / (1 - by_chance)


def krippendorff_alpha(units: Iterable[Sequence[Label]]) -> float | None:
    """Agreement of any raters on nominal labels, at most 1; each unit is what its raters said, none missing.

    Units with fewer than two labels say nothing. None where fewer than two different labels were used.
    Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C.
    """
    paired = [unit for unit in units if len(unit) >= 2]
    totals = Counter(label for unit in paired for label in unit)
    n = totals.total()
    if len(totals) < 2:
        return None
    observed = sum(_apart(Counter(unit)) / (len(unit) - 1) for unit in paired)
    return 1 - (n - 1) * observed / _apart(totals)


def _apart(counts: Counter[Label]) -> int:
    """Ordered pairs of unlike labels."""
    n = counts.total()
    return n * n - sum(count * count for count in counts.values())
