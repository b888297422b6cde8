"""A settled document -> the same with identifiers that meet no other article's, so that both can stand in one issue.

Numbers stay as they are: notes, figures and equations are counted by article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from galley.document import Document, Node, reference_id
from galley.pandoc import walk

SEPARATOR = ":"
"""No identifier of an article holds it: see ``safe_id``."""
HOLDERS = {"Header": 1, "Figure": 0, "Table": 0, "Div": 0, "Span": 0, "CodeBlock": 0, "Code": 0, "Link": 0, "Image": 0}
"""The nodes that may bear an identifier, and where in them their attributes stand."""
KINDS = frozenset(HOLDERS)


def apart(document: Document, name: str) -> Document:
    """The document with its article's name, letters and digits, before every identifier and in every link to one."""
    mark = name + SEPARATOR
    keys = {reference_id(one.key): reference_id(f"{name}-{one.key}") for one in document.references}

    def renamed(identifier: str) -> str:
        return keys.get(identifier) or mark + identifier.replace(SEPARATOR, "-")

    def change(node: Node) -> Node | None:
        kind, content = node["t"], node["c"]
        at = HOLDERS[kind]
        identifier, classes, pairs = content[at]
        target = content[-1] if kind == "Link" else None
        internal = target is not None and target[0].startswith("#") and len(target[0]) > 1
        parts: list[Any] = [walk(part, change, KINDS) if isinstance(part, list) else part for part in content]
        parts[at] = [renamed(identifier) if identifier else "", classes, pairs]
        if target is not None and internal:
            parts[-1] = [f"#{renamed(unquote(target[0][1:]))}", target[1]]
        return {"t": kind, "c": parts}

    def changed(nodes: Sequence[Node]) -> tuple[Node, ...]:
        return tuple(walk(nodes, change, KINDS))

    return replace(
        document,
        blocks=changed(document.blocks),
        back=changed(document.back),
        slots={slot: changed(blocks) for slot, blocks in document.slots.items()},
        references=tuple(
            replace(one, key=f"{name}-{one.key}", inlines=changed(one.inlines)) for one in document.references
        ),
        numbers=tuple(replace(one, id=renamed(one.id) if one.id else "") for one in document.numbers),
    )
