"""A marked tree -> the old or the new one: what accepting or rejecting all its marks gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from galley.document import Node

GONE = {"new": frozenset({"deletion", "moved-from"}), "old": frozenset({"insertion", "moved-to"})}
KEPT = {
    "new": frozenset({"insertion", "moved-to", "reformatted"}),
    "old": frozenset({"deletion", "moved-from", "reformatted"}),
}
JOINED = {"new": "paragraph-deletion", "old": "paragraph-insertion"}
ENDS = frozenset(JOINED.values())
LISTS = frozenset({"BulletList", "OrderedList"})


def accepted(content: Sequence[Node]) -> list[Node]:
    """The blocks or inlines as they are when all marks are accepted."""
    return _listed(content, "new")


def rejected(content: Sequence[Node]) -> list[Node]:
    """The blocks or inlines as they are when all marks are rejected."""
    return _listed(content, "old")


def _listed(content: Sequence[Any], side: str) -> list[Any]:
    out: list[Any] = []
    carried: list[Node] | None = None
    for node in content:
        kept, joins = _node(node, side)
        if carried is not None and kept and kept[0]["t"] in ("Para", "Plain", "Header"):
            kept = [_before(carried, kept[0]), *kept[1:]]
            carried = None
        if joins and kept:
            carried = _line(kept[-1])
            kept = kept[:-1]
        out += kept
    return [*out, {"t": "Para", "c": carried}] if carried is not None else out


def _line(node: Node) -> list[Node]:
    content: list[Node] = node["c"][2] if node["t"] == "Header" else node["c"]
    return content


def _before(words: list[Node], node: Node) -> Node:
    if node["t"] == "Header":
        return {"t": "Header", "c": [*node["c"][:2], [*words, *node["c"][2]]]}
    return {"t": node["t"], "c": [*words, *node["c"]]}


def _node(node: Node, side: str) -> tuple[list[Node], bool]:
    """What stands in a node's place, and whether its end is no end of a paragraph on this side."""
    kind, content = node["t"], node.get("c")
    if kind in ("Span", "Div") and content is not None:
        classes = set(content[0][1])
        if classes & GONE[side]:
            return [], False
        if "code-lines" in classes:
            return _code(_listed(content[1], side)), False
        if classes & KEPT[side]:
            return _listed(content[1], side), False
        if classes & ENDS:
            return [], False
    if kind == "Table" and content is not None:
        return [_table(content, side)], False
    if kind in LISTS and content is not None:
        return _items(node, side), False
    joins = kind in ("Para", "Plain", "Header") and any(
        one["t"] == "Span" and JOINED[side] in one["c"][0][1] for one in _line(node)
    )
    return [{"t": kind, "c": _inner(content, side)} if content is not None else node], joins


def _code(blocks: Sequence[Node]) -> list[Node]:
    """Runs of lines of code as one block again."""
    text = "\n".join(block["c"][1] for block in blocks)
    return [{"t": "CodeBlock", "c": [blocks[0]["c"][0], text]}] if blocks else []


def _inner(content: Any, side: str) -> Any:
    if isinstance(content, list):
        if content and all(isinstance(one, dict) and "t" in one for one in content):
            return _listed(content, side)
        return [_inner(one, side) for one in content]
    if isinstance(content, dict) and "t" in content:
        kept, _ = _node(content, side)
        return kept[0] if kept else content
    return content


def _items(node: Node, side: str) -> list[Node]:
    items = node["c"] if node["t"] == "BulletList" else node["c"][1]
    kept = [(item, _listed(item, side)) for item in items]
    left = [new for old, new in kept if new or not old]
    if not left and items:
        return []
    return [{"t": node["t"], "c": left if node["t"] == "BulletList" else [node["c"][0], left]}]


def _table(content: Any, side: str) -> Node:
    attributes, (short, caption), specs, head, bodies, foot = content
    every = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
    longest: list[Any] = max((row[1] for row in every), key=len, default=[])
    keep = [not GONE[side] & set(cell[0][1]) for cell in longest] if len(longest) == len(specs) else [True] * len(specs)

    def rows(listed: Sequence[Any]) -> list[Any]:
        return [_row(row, side) for row in listed if not GONE[side] & set(row[0][1])]

    return {
        "t": "Table",
        "c": [
            attributes,
            [short, _listed(caption, side)],
            [spec for spec, kept in zip(specs, keep, strict=True) if kept],
            [head[0], rows(head[1])],
            [[body[0], body[1], rows(body[2]), rows(body[3])] for body in bodies],
            [foot[0], rows(foot[1])],
        ],
    }


def _row(row: Any, side: str) -> Any:
    cells = [[cell[0], *cell[1:4], _listed(cell[4], side)] for cell in row[1] if not GONE[side] & set(cell[0][1])]
    return [row[0], cells]
