"""Marks of changes, comments and queries -> calls of the theme's functions for them (templates/base/marks.typ)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from galley.document import Node
from galley.formats.typstwords import string
from galley.pandoc import raw, raw_block

INLINE = {"insertion": "inserted", "deletion": "deleted", "reformatted": "reformatted", "commented": "commented"}
BLOCK = {"insertion": "inserted", "deletion": "deleted", "moved-from": "moved-away", "moved-to": "moved-here"}
NOTHING = ("comment-start", "comment-end", "paragraph-insertion", "paragraph-deletion")
"""Spans that say something to Word alone; comments are told apart from the text (see ``remarks``)."""
Blocks = Callable[[Sequence[Node]], list[Node]]


def called(kind: str, content: list[Any], blocks: Blocks) -> list[Node] | None:
    """A marked span or division as a call round what it holds, its identifier before it; None without a mark."""
    (identifier, classes, pairs), inner = content
    if kind == "Span" and any(name in NOTHING for name in classes):
        return []
    call = _call(kind, classes, dict(pairs))
    if not call:
        return None
    put = raw if kind == "Span" else raw_block
    anchor = [put("typst", f"#metadata(none)#label({string(identifier)})")] if identifier else []
    return [*anchor, put("typst", f"#{call}["), *blocks(inner), put("typst", "]")]


def _call(kind: str, classes: Sequence[str], said: dict[str, str]) -> str:
    """The function a span or division is handed to; "" for none."""
    if kind == "Div":
        if "remarks" in classes:
            return "remarks"
        return next((f"{BLOCK[name]}-block" for name in classes if name in BLOCK), "")
    if "remark" in classes:
        return f"remark({string(said.get('number', ''))})"
    if "dangling" in classes:
        return "box"
    return next((INLINE[name] for name in classes if name in INLINE), "")
