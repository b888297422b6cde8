"""Name lists whose names are parted by something other than "and"."""

from __future__ import annotations

import pytest

from galley.apa7.author import names
from galley.apa7.entry import Entry


def surnames(value: str) -> list[str]:
    found, others = names(Entry("key", "article", {"author": value}), "author")
    return [f"{name.surname}|{name.given}" for name in found] + ["..."] * others


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("R. Barley, P. Rye, O. Oats, and Y. Millet", ["Barley|R.", "Rye|P.", "Oats|O.", "Millet|Y."]),
        (r"Wheat, R., R{\"u}be, P. and Hops, O.", ["Wheat|R.", "Rübe|P.", "Hops|O."]),
        ("Wheat, R., Rye, P., Oats, O. Q.", ["Wheat|R.", "Rye|P.", "Oats|O. Q."]),
        (r"Wheat, R., Rye, P., \& Oats, O.", ["Wheat|R.", "Rye|P.", "Oats|O."]),
        ("Clover R., Vetch P.Q.", ["Clover|R.", "Vetch|P. Q."]),
        ("Flax, Rita; Hemp, Paul", ["Flax|Rita", "Hemp|Paul"]),
        ("Rita Flax & Paul Hemp", ["Flax|Rita", "Hemp|Paul"]),
        ("Jute, Rita, et al.", ["Jute|Rita", "..."]),
        # one name each
        ("Sisal, Jr., Rita", ["Sisal|Rita"]),
        ("Ropes Cord, Rita Ann", ["Ropes Cord|Rita Ann"]),
        ("{Cord, Rope & Sons}", ["Cord, Rope & Sons|"]),
        ("{Flax; Hemp} and Jute, R.", ["Flax; Hemp|", "Jute|R."]),
        ("family=Low, given=Ann, prefix=van", ["van Low|Ann"]),
    ],
)
def test_names_are_parted_where_they_leave_no_doubt(value: str, wanted: list[str]) -> None:
    assert [one.replace("P.Q.", "P. Q.") for one in surnames(value)] == wanted
