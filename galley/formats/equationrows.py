"""The rows of an equation whose rows have numbers of their own: parted at line ends and alignment marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from galley.document import Node

FRAME = re.compile(r"\\begin\{(aligned|alignedat|gathered|array)\}(?:\{[^{}]*\})?\s*(.*?)\s*\\end\{\1\}", re.DOTALL)
MARKS = re.compile(r"\\begin\s*\{[^{}]*\}|\\end\s*\{[^{}]*\}|\\\\(?:\[[^\[\]]*\])?|\\.|[{}&]", re.DOTALL)
ROW_NUMBER = re.compile(r"\\qquad \\text\{\(([^()]*)\)\}[ ]*(?=\\\\|\n|$)")
"""The number of a row, as numbering leaves it at the row's end."""


class Row(NamedTuple):
    """A row of an equation: what stands before the mark at which rows are aligned, what after it, its number."""

    left: str
    right: str
    number: str


def rows(tex: str) -> list[Row]:
    """The rows of an aligned equation."""
    found = FRAME.fullmatch(tex.strip())
    return [_row(cells) for cells in _cells(found[2] if found else tex) if any(map(str.strip, cells))]


def _row(cells: list[str]) -> Row:
    number = ROW_NUMBER.search(cells[-1])
    cells = [*cells[:-1], ROW_NUMBER.sub("", cells[-1])] if number else cells
    cells = [cell.strip() for cell in cells]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    left, rest = (cells[0], cells[1:]) if len(cells) > 1 else ("", cells)
    return Row(left, " ".join(rest), number[1] if number else "")


def _cells(body: str) -> list[list[str]]:
    """An environment's body parted at the line ends and alignment marks that are its own."""
    out, start, depth = [[""]], 0, 0
    for mark in MARKS.finditer(body):
        text = mark[0]
        depth += text.startswith(("{", r"\begin")) - text.startswith(("}", r"\end"))
        if depth == 0 and (text == "&" or text.startswith(r"\\")):
            out[-1][-1] = body[start : mark.start()]
            start = mark.end()
            out.append([""]) if text != "&" else out[-1].append("")
    out[-1][-1] = body[start:]
    return out


def rows_numbered(content: Sequence[Node]) -> tuple[list[str], list[str]]:
    """The identifiers of an equation's rows that bear numbers, and these."""
    anchors = [node["c"][0][0] for node in content if node["t"] == "Span"]
    return anchors, [found for node in content if node["t"] == "Math" for found in ROW_NUMBER.findall(node["c"][1])]
