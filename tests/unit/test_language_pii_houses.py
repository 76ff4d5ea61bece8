"""Where people live and work as it is said in passing, and the words beside it that stay."""

from __future__ import annotations

from functools import partial

import pytest

from tests.unit.pii_found import found

_english = partial(found, language="en")
_chinese = partial(found, language="zh")


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (
            "A:can you confirm the address for me | C:14 heol y deri cardiff cf14 six ha",
            "14 heol y deri cardiff cf14 six ha",
        ),
        (
            "A:and the address | C:it's 3 maes y coed bangor ll57 two dg",
            "3 maes y coed bangor ll57 two dg",
        ),
        ("A:address? | C:It's 14 Heol y Deri, Cardiff, CF14 6HA.", "14 Heol y Deri, Cardiff, CF14 6HA"),
        ("C:we moved to 27 ffordd las wrexham ll11 four pq", "27 ffordd las wrexham ll11 four pq"),
        ("A:postcode please | C:cf14 six ha", "cf14 six ha"),
        (
            "A:could you give me the postcode | C:uh ls twelve six qt and it's four one nine",
            "ls twelve six qt",
        ),
        ("A:your postcode? | C:l s one two six q t", "l s one two six q t"),
        ("A:postcode please | C:c f one four, six h a.", "c f one four, six h a"),
        ("C:my postcode's sw1a two aa", "sw1a two aa"),
    ],
)
def test_a_british_address_is_marked_whole_however_its_postcode_is_said(call: str, place: str) -> None:
    assert f"address {place}" in _english(call)[-1]


@pytest.mark.parametrize(
    ("call", "marks"),
    [
        ("C:my reg is cf14 xha", ["plate cf14 xha"]),
        ("A:what's the postcode | C:i owe you for two or three at most", []),
        ("A:can you confirm the address | C:i can pay 14 pounds a week", []),
        ("A:can you confirm the address | C:14 days ago i told you", []),
        ("C:junction m25 two of us were late", []),
    ],
)
def test_plates_and_figures_are_no_postcode(call: str, marks: list[str]) -> None:
    assert _english(call)[-1] == marks
