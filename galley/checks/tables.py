"""Tables lose nothing: no row has more cells than its table has columns, and none fewer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley.document import Document
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.span import File
from galley.theme import Theme

RULE = pattern(r"^[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:[|+][ ]*:?-+:?[ ]*)*\|?[ ]*$")
QUIET = pattern(r"\\.|`+[^`]*`+|\$[^$|]*\$")


def lost_cells(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``lost-cells``, ``short-row``: a row of a pipe table has more cells than the dashes under its head, or fewer.

    Why: Pandoc prints as many cells as there are columns; it drops the rest, or fills up, without a word. A single cell
    in a row of many columns is taken for a heading among the rows.

    Bad: ``| 1 | 2 | 3 |`` under ``| a | b |`` and ``|---|---|``. Good: a head with three cells.
    """
    for file in document.files:
        if not file.name.endswith(".bib"):
            yield from _tables(file)


def _tables(file: File) -> Iterator[Diagnostic]:
    lines = file.text.split("\n")
    fenced = False
    columns = 0
    for number, line in enumerate(lines, 1):
        fenced ^= re.match(r"[ ]*(```|~~~)", line) is not None
        if fenced or "|" not in line:
            columns = 0
        elif RULE.match(line) and number > 1 and "|" in lines[number - 2]:
            columns = _cells(line)
        elif (columns and 1 < _cells(line) < columns) or (columns == 2 and _cells(line) == 1 and line.strip(" |")):
            count = _cells(line)
            message = f"this row has {count} cell{'' if count == 1 else 's'}, its table {columns} columns"
            hint = "an empty cell is drawn too: | |"
            yield Diagnostic(WARNING, "short-row", file.line_span(number), message, hint)
            columns = 0
        elif columns and _cells(line) > columns:
            count = _cells(line)
            message = f"this row has {count} cells, its table {columns} columns; what is beyond is not printed"
            hint = "give the head and the line of dashes as many cells"
            yield Diagnostic(WARNING, "lost-cells", file.line_span(number), message, hint)
            columns = 0  # once a table


def _cells(line: str) -> int:
    bare = QUIET.sub(" ", line).strip()
    return len(bare.removeprefix("|").removesuffix("|").split("|"))
