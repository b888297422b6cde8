"""Headings in steps of one: the highest level in use becomes the first, and no level is skipped."""

from __future__ import annotations

from dataclasses import replace

from galley import pandoc
from galley.document import Document, Node

HEADER = frozenset({"Header"})


def level(document: Document) -> Document:
    """The document with headings from level 1 on, each at most one below the heading it stands under.

    PDF/UA-1 (ISO 14289-1, clause 7.4.2) forbids to skip a level; Markdown authors do it all the time.
    """
    return replace(document, blocks=_levelled(document.blocks), back=_levelled(document.back))


def _levelled(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    if not any(pandoc.each(blocks, HEADER)):
        return blocks
    open_levels: list[int] = []

    def change(node: Node) -> Node:
        written, attributes, content = node["c"]
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        return {"t": "Header", "c": [len(open_levels), attributes, content]}

    return tuple(pandoc.walk(blocks, change, HEADER))
