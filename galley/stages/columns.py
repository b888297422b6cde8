"""The columns of a table: alignments an author gives in one word, and numbers that stand one under another.

``align=lrcd`` has a letter for each column; in one marked ``d``, and with the class ``decimal`` in every column of
numbers, the decimal points come to stand in one line (APA 7 §7.13). Each number is followed by a Span "pad" of what
the longest has more, which formats leave blank; columns are then aligned at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern

ALIGNMENTS = {"l": "AlignLeft", "r": "AlignRight", "c": "AlignCenter", "d": "AlignRight"}
NUMBER = pattern(
    r"(?P<before>[<>=≤≥~≈±+(\[$€£]{0,3}\s?[-−–+]?)(?P<whole>\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+|\d*)"
    r"(?P<part>(?:\.\d+)?)(?P<after>[%°*†‡)\]]{0,5}[a-z]?[)\]]?)"
)
COMMA = pattern(r"(?<![\d,.])(?:0,\d+|\d{1,3}(?:[.\u202f\u00a0 ]\d{3})*,(?:\d{1,2}|\d{4,}))(?![\d,.])|^[^\d,]*,\d+$")
"""A number with a decimal comma that cannot be one with commas between thousands."""
SWAPPED = str.maketrans(",.", ".,")
EMPTY = frozenset({"", "-", "–", "—", "−", ".", "…", "na", "n/a", "n.a.", "ns"})
"""What a cell without a number may say."""


class Number(NamedTuple):
    """A cell with a number: how many digits stand after its point or comma, and the signs after these."""

    digits: int
    after: str
    point: str = "."


def aligned(content: Sequence[Any]) -> list[Any]:
    """The content of a Table with its columns aligned as its class or attribute says."""
    (identifier, classes, pairs), caption, columns, head, bodies, foot = content
    letters = dict(pairs).get("align", "")
    if not letters and "decimal" not in classes:
        return list(content)
    names = [name for name in classes if name != "decimal"]
    kept = [pair for pair in pairs if pair[0] != "align"]
    if set(letters) - set(ALIGNMENTS):
        letters = ""
    columns = [
        [{"t": ALIGNMENTS[letters[at]]} if at < len(letters) else alignment, width]
        for at, (alignment, width) in enumerate(columns)
    ]
    rows = [row for body in bodies for row in body[3]]
    if all(cell[2] == cell[3] == 1 for row in rows for cell in row[1]):
        for at in range(len(columns)):
            numbers = _numbers(rows, at)
            if not numbers or (letters[at : at + 1] != "d" and "decimal" not in classes):
                continue
            if at >= len(letters) or letters[at] == "d":
                columns[at] = [{"t": "AlignRight"}, columns[at][1]]
                bodies = [[*body[:3], [_padded(row, at, numbers) for row in body[3]]] for body in bodies]
    return [[identifier, names, kept], caption, columns, head, bodies, foot]


def _numbers(rows: Sequence[Any], at: int) -> list[Number]:
    """The numbers of a column; none where something else stands in it."""
    found: list[Number] = []
    point = _point(rows, at)
    for row in rows:
        number = _number(row[1][at][4], point) if at < len(row[1]) else None
        if number:
            found.append(number)
        elif at < len(row[1]) and _words(row[1][at][4]).lower() not in EMPTY:
            return []
    return found


def _point(rows: Sequence[Any], at: int) -> str:
    """The sign between a column's whole numbers and decimals: a comma where one of them says so."""
    return "," if any(COMMA.search(_words(row[1][at][4])) for row in rows if at < len(row[1])) else "."


def _words(blocks: Sequence[Node]) -> str:
    return pandoc.plain(blocks).strip()


def _number(blocks: Sequence[Node], point: str) -> Number | None:
    words = _words(blocks)
    words = words.translate(SWAPPED) if point == "," else words
    found = NUMBER.fullmatch(words)
    if not found or not (found["whole"] or found["part"]):
        return None
    return Number(max(0, len(found["part"]) - 1), found["after"], point)


def _padded(row: Sequence[Any], at: int, numbers: Sequence[Number]) -> list[Any]:
    """A row whose cell in a column is as long behind its decimal point as the longest of the column."""
    attributes, cells = row
    if at >= len(cells):
        return list(row)
    *look, blocks = cells[at]
    if not blocks or blocks[-1]["t"] not in ("Plain", "Para"):
        return list(row)
    point = numbers[0].point
    read = _number(blocks, point)
    number = read or Number(0, "")
    most = max(one.digits for one in numbers)
    after = max((one.after for one in numbers), key=len)
    pad = "0" * (most - number.digits)
    pad = f"{point}{pad}" if pad and not number.digits else pad
    pad += after[len(number.after) :]
    *before, last = blocks
    words = _signed(last["c"]) if read else last["c"]
    if pad:
        blank = "".join("\u2007" if sign == "0" else "\u2008" for sign in pad)
        words = [*words, pandoc.span([{"t": "Str", "c": blank}], "", ["pad"], pad=pad)]
    cell = [*look, [*before, {"t": last["t"], "c": words}]]
    return [attributes, [*cells[:at], cell, *cells[at + 1 :]]]


def _signed(words: Sequence[Node]) -> list[Node]:
    """A number whose hyphen is a minus sign."""
    first, *rest = words
    if first["t"] == "Str" and first["c"][:1] in ("-", "–"):
        first = {"t": "Str", "c": "\u2212" + first["c"][1:]}
    return [first, *rest]
