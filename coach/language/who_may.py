"""Which labels a turn can have at all, by who says it."""

from __future__ import annotations

from functools import cache

from coach.domain.call import Role
from coach.domain.labels import DONTS, DOS, OTHER_SIDE, LabelId

NEGOTIATION_ONLY = frozenset(
    {LabelId.APOLOGY, LabelId.EXPLAIN_REASON, LabelId.WILLINGNESS, LabelId.KEEP_RECORD, LabelId.KNOW_RIGHTS}
)
COLLECTION_ONLY = frozenset({LabelId.CONVENIENT_TIME, LabelId.INQUIRE, LabelId.IMPORTANCE})


@cache
def allowed_labels(role: Role, coached: Role) -> frozenset[LabelId]:
    """Don'ts for anybody, dos for the coached party, the other side's for the customer.

    Source: the rubric, "How labels are put", 1; some dos belong to one of the two kinds of call only.

    >>> LabelId.PROMISE in allowed_labels(Role.AGENT, Role.AGENT)
    False
    """
    labels = set(DONTS)
    if role is coached:
        labels |= DOS - (NEGOTIATION_ONLY if coached is Role.AGENT else COLLECTION_ONLY)
    if role is Role.CUSTOMER:
        labels |= OTHER_SIDE
    return frozenset(labels)
