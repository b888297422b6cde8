"""Numbered objects of a settled tree -> the nodes of a web page: labels in captions, equations with their number,
panels in a grid, listings as figures. The style sheet says how they look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from galley.document import Node
from galley.formats.equationrows import rows, rows_numbered
from galley.pandoc import inlines, plain, span, walk

Marked = Callable[[Any], Any]
"""What is done to the content of an object before it is put in its place."""
SPACE = {"t": "Space"}


def figure(content: Sequence[Any], marked: Marked) -> Node:
    """A figure; one of several panels has these in a division of their own."""
    (identifier, classes, pairs), caption, body = content
    inner = marked(body)
    if "panels" in classes and len(body) > 1:
        wanted = [pair for pair in pairs if pair[0] == "layout-ncol"]
        inner = [{"t": "Div", "c": [["", ["grid"], wanted or [["layout-ncol", str(_across(len(body)))]]], inner]}]
    names = [name for name in classes if name != "panels"] + (["panels"] if inner is not body and len(body) > 1 else [])
    return {"t": "Figure", "c": [[identifier, names, []], captioned(caption, dict(pairs), marked), inner]}


def _across(count: int) -> int:
    return 2 if count in (2, 4) else min(3, count)


def captioned(caption: Sequence[Any], pairs: dict[str, str], marked: Marked) -> list[Any]:
    """A caption with the label before its first words."""
    short, blocks = caption
    label = f"({pairs['panel']})" if "panel" in pairs else pairs.get("label", "")
    blocks = marked(blocks)
    if not label:
        return [short, blocks]
    named = ["label", "run-in"] if plain(blocks) and "panel" not in pairs else ["label"]
    head = span(inlines(label), classes=named)
    if not blocks or blocks[0]["t"] not in ("Para", "Plain"):
        return [short, [{"t": "Plain", "c": [head]}, *blocks]]
    first = {"t": blocks[0]["t"], "c": [head, SPACE, *blocks[0]["c"]]}
    return [short, [first, *blocks[1:]]]


def table(content: Sequence[Any], marked: Marked) -> Node:
    """A table in a frame that scrolls alone, its caption outside so that it stays in sight."""
    (identifier, classes, pairs), caption, *rest = content
    inner = {"t": "Table", "c": [["", classes, []], [None, []], *marked(walk(rest, _from_the_start))]}
    said = captioned(caption, dict(pairs), marked)
    frame = {"t": "Div", "c": [["", ["scroll"], [["data-label", plain(said[1])]]], [inner]]}
    if not said[1]:
        return {"t": "Div", "c": [[identifier, ["table"], []], [frame]]}
    return {"t": "Figure", "c": [[identifier, ["table"], []], said, [frame]]}


def _from_the_start(node: Node) -> Node | None:
    """Cells aligned left stand where lines start, which in Arabic is at the right."""
    return {"t": "AlignDefault"} if node["t"] == "AlignLeft" else None


def equation(content: Sequence[Any]) -> Node:
    """A display equation that scrolls alone, its number beside it."""
    (identifier, classes, pairs), inner = content
    if "by-rows" in classes:
        return span(_rows(inner), classes=[*classes, "scroll"])
    number = dict(pairs).get("number", "")
    scrolling = span(inner, classes=["scroll"])
    parts = [scrolling, span(inlines(f"({number})"), classes=["number"])] if number else [scrolling]
    names = ["numbered", *classes] if number else classes
    return {"t": "Span", "c": [[identifier, names, []], parts]}


def _rows(inner: Sequence[Node]) -> list[Node]:
    """The rows of an equation in cells: what stands before its mark, what after it, its number."""
    anchors = dict(zip(*reversed(rows_numbered(inner)), strict=False))
    out: list[Node] = []
    for row in (row for node in inner if node["t"] == "Math" for row in rows(node["c"][1])):
        left, right = ([{"t": "Math", "c": [{"t": "InlineMath"}, tex]}] if tex else [] for tex in (row.left, row.right))
        out += [span(left, classes=["left"]), span(right, anchors.get(row.number, ""), ["right"])]
        out.append(span(inlines(f"({row.number})") if row.number else [], classes=["number"]))
    return out


def listing(content: Sequence[Any], marked: Marked) -> Node:
    """A listing as a figure."""
    (identifier, _, pairs), blocks = content
    code = [block for block in blocks if block["t"] != "Div"]
    words = [inner for block in blocks if block["t"] == "Div" for inner in block["c"][1]]
    return {"t": "Figure", "c": [[identifier, ["listing"], []], captioned([None, words], dict(pairs), marked), code]}


def heading(content: Sequence[Any], marked: Marked) -> Node:
    """A heading; that of an appendix has its label on a line of its own, a numbered one its number."""
    level, (identifier, classes, pairs), words = content
    said = dict(pairs)
    head = said.get("label") or said.get("number", "")
    words = marked(words)
    if head:
        gap = {"t": "LineBreak"} if "label" in said else SPACE
        words = [span(inlines(head), classes=["label"]), *([gap, *words] if words else [])]
    return {"t": "Header", "c": [level, [identifier, classes, []], words]}


HANDLERS: dict[str, Callable[[Sequence[Any], Marked], Node]] = {"Figure": figure, "Table": table, "Header": heading}
"""The nodes that are always made anew."""
