"""Marks of changes -> the elements a web page has for them: what came in ``ins``, what went in ``del``."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from galley.document import Node
from galley.pandoc import raw, raw_block

ELEMENTS = {"insertion": "ins", "deletion": "del", "moved-from": "del", "moved-to": "ins"}
NOTHING = ("comment-start", "comment-end", "paragraph-insertion", "paragraph-deletion")


def tagged(node: Node, marked: Callable[[Any], Any]) -> list[Node] | None:
    """A marked span or division as its element, by whom and when in its title; None where it bears no mark."""
    (identifier, classes, pairs), inner = node["c"]
    if any(name in NOTHING for name in classes):
        return []
    kind = next((name for name in classes if name in ELEMENTS), "")
    if not kind:
        return None
    said = dict(pairs)
    who = ", ".join(said[name] for name in ("author", "date") if said.get(name))
    names = {"id": identifier, "class": " ".join(classes), "title": who, "datetime": said.get("date", "")}
    told = "".join(f' {name}="{escape(value)}"' for name, value in names.items() if value)
    put = raw if node["t"] == "Span" else raw_block
    return [put("html", f"<{ELEMENTS[kind]}{told}>"), *marked(inner), put("html", f"</{ELEMENTS[kind]}>")]
