"""Marks of changes, comments and queries -> calls of the theme's functions for them (templates/base/marks.typ)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from galley.document import Node
from galley.pandoc import raw, raw_block

INLINE = {"insertion": "inserted", "deletion": "deleted", "reformatted": "reformatted", "commented": "commented"}
BLOCK = {"insertion": "inserted", "deletion": "deleted", "moved-from": "moved-away", "moved-to": "moved-here"}
NOTHING = ("comment-start", "comment-end", "paragraph-insertion", "paragraph-deletion")
"""Spans that say something to Word alone; comments are told apart from the text (see ``stages.remarking``)."""
Blocks = Callable[[Sequence[Node]], list[Node]]


def called(kind: str, content: list[Any], blocks: Blocks) -> list[Node] | None:
    """A marked span or division as a call round what it holds, None where it bears no mark."""
    (_, classes, pairs), inner = content
    if kind == "Div":
        function = next((BLOCK[name] for name in classes if name in BLOCK), "")
        return (
            [raw_block("typst", f"#{function}-block["), *blocks(inner), raw_block("typst", "]")] if function else None
        )
    if any(name in NOTHING for name in classes):
        return []
    if "remark" in classes:
        return [raw("typst", f"#remark({_string(dict(pairs).get('number', ''))})["), *blocks(inner), raw("typst", "]")]
    if "dangling" in classes:
        return [raw("typst", "#box["), *blocks(inner), raw("typst", "]")]
    function = next((INLINE[name] for name in classes if name in INLINE), "")
    return [raw("typst", f"#{function}["), *blocks(inner), raw("typst", "]")] if function else None


def _string(text: str) -> str:
    from galley.formats.typstwords import string

    return string(text)
