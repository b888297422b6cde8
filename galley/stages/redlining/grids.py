"""Tables: rows and columns of two paired by what they hold, and one table that shows both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from galley.document import Node
from galley.stages.redlining.aligning import Unit, align
from galley.stages.redlining.marking import marks, was
from galley.stages.redlining.planning import plan
from galley.stages.redlining.scripts import DELETION, INSERTION
from galley.stages.redlining.steps import Grid, Work
from galley.tree import div, plain

Row = Any
EMPTY: list[Any] = [["", [], []], {"t": "AlignDefault"}, 1, 1, []]


def grid(old: Node, new: Node, work: Work) -> Grid | None:
    """The plan of a table; None where cells span several rows or columns and the two have not the same cells."""
    sections_old, sections_new = sections(old), sections(new)
    if len(sections_old) != len(sections_new):
        return None
    rows_old, rows_new = ([row for part in side for row in part] for side in (sections_old, sections_new))
    shapes = [[[cell[2:4] for cell in row[1]] for row in rows] for rows in (rows_old, rows_new)]
    spans = any(shape != [1, 1] for rows in shapes for row in rows for shape in row)
    if spans and shapes[0] != shapes[1]:
        return None
    if spans:
        count = max((len(row[1]) for row in rows_new), default=0)
        columns = [(at, at) for at in range(count)]
    else:
        columns = _columns(rows_old, rows_new)
    rows: list[list[tuple[Row | None, Row | None]]] = []
    for one, other in zip(sections_old, sections_new, strict=True):
        paired = list(zip(one, other, strict=True)) if spans else _rows(one, other, columns)
        rows.append(paired)
    cells: dict[tuple[int, int], tuple[Any, ...]] = {}
    for at, (before, after) in enumerate(pair for part in rows for pair in part):
        for place, (i, j) in enumerate(columns):
            if before and after and 0 <= i < len(before[1]) and 0 <= j < len(after[1]):
                cells[at, place] = plan(before[1][i][4], after[1][j][4], work)
    caption = plan(old["c"][1][1], new["c"][1][1], work)
    return Grid(old, new, caption, rows, columns, cells)


def sections(table: Node) -> list[list[Row]]:
    """The rows of a table's head, of its bodies and of its foot."""
    _, _, _, head, bodies, foot = table["c"]
    return [head[1], *(part for body in bodies for part in body[2:4]), foot[1]]


def _words(cells: Sequence[Any], name: str) -> Unit:
    """A row or column as it is compared: its first cell, which tells what it is, counts most."""
    words: Counter[str] = Counter()
    for at, cell in enumerate(cells):
        for word in plain(cell[4]).split():
            words[f"{at if name == 'row' else ''}:{word}"] += 1 if at else 4
            words[word] += 1
    text = "\n".join(plain(cell[4]) for cell in cells)
    return Unit({}, name, text, words, words.total())


def _rows(olds: Sequence[Row], news: Sequence[Row], columns: Sequence[tuple[int, int]]) -> list[tuple[Any, Any]]:
    both = [(i, j) for i, j in columns if i >= 0 and j >= 0]
    units = [
        [_words([row[1][pair[side]] for pair in both if pair[side] < len(row[1])], "row") for row in rows]
        for side, rows in enumerate((olds, news))
    ]
    return [
        (olds[i0] if i0 < i1 else None, news[j0] if j0 < j1 else None) for i0, i1, j0, j1 in align(units[0], units[1])
    ]


def _columns(olds: Sequence[Row], news: Sequence[Row]) -> list[tuple[int, int]]:
    """Columns paired by what they hold, in the order of the new table, what is gone before what came."""
    units = []
    counts = []
    for rows in (olds, news):
        count = max((len(row[1]) for row in rows), default=0)
        counts.append(count)
        units.append([_words([row[1][at] for row in rows if at < len(row[1])], "column") for at in range(count)])
    if counts[0] == counts[1]:
        alike = [one.text == other.text for one, other in zip(*units, strict=True)]
        runs = align(units[0], units[1])
        unpaired = sum(1 for run in runs if run[0] == run[1] or run[2] == run[3])
        if unpaired and sum(alike) * 2 >= counts[0] and unpaired <= 2 and not _headed_otherwise(units, runs):
            return [(at, at) for at in range(counts[0])]
    return [(i0 if i0 < i1 else -1, j0 if j0 < j1 else -1) for i0, i1, j0, j1 in align(units[0], units[1])]


def _headed_otherwise(units: Sequence[Sequence[Unit]], runs: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether some unpaired column's heading is nowhere in the other table: it is a column of its own."""
    heads = [[one.text.split("\n", 1)[0] for one in side] for side in units]
    for i0, i1, j0, j1 in runs:
        if j0 == j1 and i0 < i1 and heads[0][i0] not in heads[1]:
            return True
        if i0 == i1 and j0 < j1 and heads[1][j0] not in heads[0]:
            return True
    return False


# -- one table of two --------------------------------------------------------------------------------


def filled(step: Grid, work: Work) -> Node:
    """The table with its rows, columns and cells marked."""
    attributes, (short, _), specs, head, bodies, foot = step.new["c"]
    old_specs = step.old["c"][2]
    identifier, classes, pairs = attributes
    held = iter(_merged(step, work))
    specs = [specs[j] if 0 <= j < len(specs) else old_specs[i] for i, j in step.columns]
    if any(i < 0 or j < 0 for i, j in step.columns):
        specs = [[look, {"t": "ColWidthDefault"}] for look, _ in specs]
    return {
        "t": "Table",
        "c": [
            [identifier, classes, was(step.old["c"][0][2], pairs)],
            [short, marks(step.caption, work)],
            specs,
            [head[0], next(held)],
            [[body[0], body[1], next(held), next(held)] for body in bodies],
            [foot[0], next(held)],
        ],
    }


def _merged(step: Grid, work: Work) -> list[list[Row]]:
    out: list[list[Row]] = []
    at = 0
    for part in step.rows:
        rows: list[Row] = []
        for old, new in part:
            rows.append(_row(step, at, old, new, work))
            at += 1
        out.append(rows)
    return out


def _row(step: Grid, at: int, old: Row | None, new: Row | None, work: Work) -> Row:
    mark = INSERTION if old is None else DELETION if new is None else ""
    cells: list[Any] = []
    for place, (i, j) in enumerate(step.columns):
        before = old[1][i] if old and 0 <= i < len(old[1]) else None
        after = new[1][j] if new and 0 <= j < len(new[1]) else None
        if before is None and after is None and not (i < 0 or j < 0):
            continue  # a row shorter than the others, or one in which cells span several columns
        column = INSERTION if i < 0 else DELETION if j < 0 else ""
        source = after or before or EMPTY
        if before and after:
            content = marks(step.cells[at, place], work)
        else:
            gone = mark or column or (INSERTION if after else DELETION)
            content = [div(source[4], "", (gone,), **dict(work.who))] if source[4] else []
        cells.append([_classed(source[0], column, work), *source[1:4], content])
    attributes = (new or old)[0]  # type: ignore[index]  # one of the two is there
    return [_classed(attributes, mark, work), cells]


def _classed(attributes: Any, mark: str, work: Work) -> Any:
    identifier, classes, pairs = attributes
    return [identifier, [*classes, mark], [*pairs, *map(list, work.who)]] if mark else attributes
