"""Citations by number, in square and round brackets and above the line; what only looks like them."""

from __future__ import annotations

import pytest

from galley.apa7.spot.numbers import Numbers, marked, numbered

LIST = Numbers(1, 30)


def told(text: str) -> list[str]:
    """Each citation: its bracket, its words, its numbers, its locator."""
    return [
        f"{sign} {one.text}: {' '.join(str(work.number) for work in one.works)}"
        + (f" at {one.works[-1].locator}" if one.works[-1].locator else "")
        for sign, one in numbered(text, LIST)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So it is [3].", ["square [3]: 3"]),
        ("So it is [1, 3–5; 7].", ["square [1, 3–5; 7]: 1 3 4 5 7"]),
        ("So it is [ 1 - 3 ].", ["square [ 1 - 3 ]: 1 2 3"]),
        ("So it is [3, p. 12].", ["square [3, p. 12]: 3 at p. 12"]),
        ("So it is [2, 3, Table 4].", ["square [2, 3, Table 4]: 2 3 at Table 4"]),
        ("So it is (3) and (4, 5).", ["round (3): 3", "round (4, 5): 4 5"]),
        ("So it is [1] and (2).", ["square [1]: 1", "round (2): 2"]),
        ("(3) begins an item; (4) another, or: (5) a third, (6) so.", []),
        ("It is f(3) and g[3](4).", ["square [3]: 3"]),
        ("It was in [1999] and in [0] and [51].", []),
        ("A range that leaves the list goes on [28–50], or does not [28–51] or back [5–3].", ["square [28–50]: "
         + " ".join(map(str, range(28, 51))), ]),
        ("A number that the list has no more is still told: [31, 3].", ["square [31, 3]: 31 3"]),
        ("Words [a, b], a dash [–] and nothing [].", []),
    ],
)  # fmt: skip
def test_numbers_in_brackets(text: str, found: list[str]) -> None:
    assert told(text) == found


def test_each_number_has_its_place() -> None:
    ((_, one),) = numbered("So [1, 3–5].", LIST)
    assert (one.start, one.end, one.style) == (3, 11, "number")
    assert [(work.start, work.end) for work in one.works] == [(4, 5), (7, 10), (7, 10), (7, 10)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("lamps^3^", [3]),
        ("lamps^[3,4]^", [3, 4]),
        ("lamps.^3–5^", [3, 4, 5]),
        ("5 m^2^", []),
        ("5 km^2^", []),
        ("x^2^", []),
        ("10^3^", []),
        (")^2^", []),
        ("lamps^99^", []),
        ("lamps^th^", []),
    ],
)
def test_numbers_above_the_line(text: str, numbers: list[int]) -> None:
    before, raised, _ = text.split("^")
    found = list(marked(before + raised, [(len(before), len(before) + len(raised))], LIST))
    assert [work.number for one in found for work in one.works] == numbers
    assert all((one.start, one.text, one.style) == (len(before), raised, "raised") for one in found)
