"""Numbered equations in Word: a paragraph parted where one stands in it, and the equation placed between two columns
that hold nothing and its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from galley.document import Node
from galley.formats.equationrows import Row, rows, rows_numbered
from galley.formats.linear import linear
from galley.formats.wordfields import Mark, number_only, styled
from galley.formats.wordxml import ROW, frame
from galley.pandoc import inlines, para, raw_block, span

STOPS = re.compile(r"[.,;:]")
CHARACTER = 125
"""The mean width of a character of a formula, in twentieths of a point."""
BLANK = ("Space", "SoftBreak", "LineBreak")


def is_equation(node: Node) -> bool:
    """Whether this inline is a numbered equation."""
    return node["t"] == "Span" and "equation" in node["c"][0][1]


def parted(content: Sequence[Node]) -> Iterator[tuple[list[Node], Node | None, str]]:
    """The lines of a paragraph between its equations: each with the equation after it and the stop that ends that."""
    line: list[Node] = []
    stop = ""
    for at, part in enumerate(content):
        if is_equation(part):
            stop = _stop(content, at)
            yield _trimmed(line), part, stop
            line = []
        elif stop:
            stop = ""
        else:
            line.append(part)
    yield _trimmed(line), None, ""


def placed(content: Sequence[Node], mark: Mark | None, identifier: str, stop: str, measure: int) -> list[Node]:
    """An equation in the middle of the measure (twentieths of a point), its number at the right."""
    maths = [_stopped(part, stop) if part["t"] == "Math" else part for part in content]
    shown = number_only(mark, "(", ")") if mark else inlines("\u00a0")
    side = max(700, 120 * len(mark.number if mark else "") + 400)
    start, cells, end = frame("EquationTable", (side, measure - 2 * side, side), middle=True)
    return [
        raw_block("openxml", f"{start}{ROW}{cells[0]}<w:p/></w:tc>{cells[1]}"),
        styled("Equation", [para([span(maths, identifier)] if identifier else maths)]),
        raw_block("openxml", f"</w:tc>{cells[2]}"),
        styled("Equation Number", [para(shown)]),
        raw_block("openxml", f"</w:tc></w:tr>{end}"),
    ]


def aligned(
    content: Sequence[Node], marks: Mapping[str, Mark], unique: Callable[[str], str], stop: str, measure: int
) -> list[Node]:
    """An equation of several rows with numbers of their own: each a row, aligned at the mark, its number at the right.

    The measure is in twentieths of a point.
    """
    found = [row for node in content if node["t"] == "Math" for row in rows(node["c"][1])]
    anchors = dict(zip(*reversed(rows_numbered(content)), strict=False))
    start, cells, end = frame("EquationTable", _columns(found, measure), middle=True)
    out = [raw_block("openxml", start + ROW + cells[0])]
    for at, row in enumerate(found):
        last = at == len(found) - 1
        identifier = anchors.get(row.number, "")
        name = unique(identifier) if identifier else ""
        right = _stopped(_display(row.right), stop if last else "")
        shown = number_only(marks[identifier], "(", ")") if identifier in marks else inlines("\u00a0")
        out += [
            styled("Equation Right", [para([_display(row.left)] if row.left else [])]),
            raw_block("openxml", f"</w:tc>{cells[1]}"),
            styled("Equation Left", [para([span([right], name)] if name else [right])]),
            raw_block("openxml", f"</w:tc>{cells[2]}"),
            styled("Equation Number", [para(shown)]),
            raw_block("openxml", f"</w:tc></w:tr>{end if last else ROW + cells[0]}"),
        ]
    return out


def _columns(found: Sequence[Row], measure: int) -> tuple[int, int, int]:
    """The widths of an equation's two sides, which stand in the middle of the measure, and of the numbers."""
    left, right = (
        CHARACTER * max((len(linear(text) or text) for text in side), default=0) + 60
        for side in ([row.left for row in found], [row.right for row in found])
    )
    edge = max(700, 120 * max((len(row.number) for row in found), default=0) + 400)
    room = measure - edge
    if left + right > room:
        left = room * left // (left + right)
    else:
        left = min((measure - left - right) // 2 + left, room - right)
    return left, room - left, edge


def _display(tex: str) -> Node:
    return {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}


def _trimmed(line: list[Node]) -> list[Node]:
    """A line without blanks at its ends."""
    while line and line[0]["t"] in BLANK:
        line = line[1:]
    while line and line[-1]["t"] in BLANK:
        line = line[:-1]
    return line


def _stop(content: Sequence[Node], at: int) -> str:
    """The full stop or comma that follows an equation and belongs to it."""
    after = content[at + 1] if at + 1 < len(content) else None
    return after["c"] if after and after["t"] == "Str" and STOPS.fullmatch(after["c"]) else ""


def _stopped(math: Node, stop: str) -> Node:
    kind, tex = math["c"]
    return {"t": "Math", "c": [kind, tex.rstrip() + rf"\text{{{stop}}}" if stop else tex]}
