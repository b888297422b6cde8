"""A table of the tree -> JATS ``table-wrap``: XHTML's rows and cells with spans and alignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from galley.document import Node
from galley.formats.jatsfloats import framed
from galley.formats.jatsxml import element

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting

ALIGNED = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


def table(setting: Setting, block: Node) -> Element:
    """The table with label and caption."""
    (name, _, pairs), (_, caption), columns, head, bodies, foot = block["c"]
    inner = element("table")
    widths = [width["c"] if width["t"] == "ColWidth" else 0 for _, width in columns]
    if any(widths):
        inner.append(element("colgroup", [element("col", width=f"{width:.1%}" if width else "") for width in widths]))
    sides = [ALIGNED.get(side["t"], "") for side, _ in columns]
    _rows(setting, inner, "thead", head[1], sides, heads=len(sides))
    for _, stubs, over, rows in bodies:
        _rows(setting, inner, "tbody", [*over, *rows], sides, heads=stubs, above=len(over))
    _rows(setting, inner, "tfoot", foot[1], sides)
    return framed(setting, "table-wrap", name, dict(pairs).get("label", ""), caption, [inner])


def _rows(
    setting: Setting,
    inner: Element,
    part: str,
    rows: Sequence[Any],
    sides: Sequence[str],
    *,
    heads: int = 0,
    above: int = 0,
) -> None:
    """A part of the table, if it has rows; the first ``heads`` cells of a row and the rows ``above`` are headings."""
    if not rows:
        return
    made = element(part)
    taken = [0] * len(sides)  # by cells that reach down from rows above
    for at, (_, cells) in enumerate(rows):
        row, place = element("tr"), 0
        for (_, _, _), side, rowspan, colspan, blocks in cells:
            while place < len(taken) and taken[place]:
                place += 1
            title = part == "thead" or at < above or place < heads
            one = _cell(setting, blocks, "th" if title else "td", side, rowspan, colspan, sides, place)
            if title:
                one.set("scope", "row" if part != "thead" and at >= above else "col")
            row.append(one)
            taken[place : place + colspan] = [rowspan] * len(taken[place : place + colspan])
            place += colspan
        taken = [max(0, left - 1) for left in taken]
        made.append(row)
    inner.append(made)


def _cell(
    setting: Setting,
    blocks: Sequence[Node],
    tag: str,
    side: Node,
    rowspan: int,
    colspan: int,
    sides: Sequence[str],
    place: int,
) -> Element:
    own = ALIGNED.get(side["t"], "") or (sides[place] if place < len(sides) else "")
    pairs = {
        "align": own,
        "rowspan": str(rowspan) if rowspan > 1 else "",
        "colspan": str(colspan) if colspan > 1 else "",
    }
    alone = len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para")
    return element(tag, setting.inlines(blocks[0]["c"]) if alone else setting.blocks(blocks), **pairs)
