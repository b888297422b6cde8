"""Pandoc's nodes as JSON: built, walked and read as plain words. Nodes are rebuilt, never changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]


def inlines(text: str) -> list[Node]:
    """Plain words as Str and Space nodes; no-break spaces stay inside their words."""
    nodes: list[Node] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def attr(identifier: str = "", classes: Sequence[str] = (), pairs: Iterable[tuple[str, str]] = ()) -> list[Any]:
    """Pandoc's attribute triple."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]


def para(content: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(content)}


def header(level: int, content: Sequence[Node], identifier: str = "", classes: Sequence[str] = ()) -> Node:
    """A heading of a level from 1."""
    return {"t": "Header", "c": [level, attr(identifier, classes), list(content)]}


def div(content: Sequence[Node], identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> Node:
    """A division of blocks."""
    return {"t": "Div", "c": [attr(identifier, classes, pairs.items()), list(content)]}


def span(content: Sequence[Node], identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> Node:
    """A span of inlines."""
    return {"t": "Span", "c": [attr(identifier, classes, pairs.items()), list(content)]}


def raw(to: str, text: str) -> Node:
    """An inline piece of an output format, written as it is."""
    return {"t": "RawInline", "c": [to, text]}


def raw_block(to: str, text: str) -> Node:
    """A block piece of an output format, written as it is."""
    return {"t": "RawBlock", "c": [to, text]}


# -- walking -----------------------------------------------------------------------------------------

Change = Callable[[Node], Node | list[Node] | None]


def walk(content: Any, change: Change, kinds: frozenset[str] | None = None) -> Any:
    """A copy of the content in which ``change`` has seen every node, the outer before the inner.

    ``change`` returns None to keep a node (its children are then walked), a node to put in its place, or a
    list of nodes to splice in; what it returns is not walked again. With ``kinds`` it is shown only nodes of
    those types, which is much quicker: most nodes of a text are words and spaces. What does not change is
    shared with the original, never copied.
    """
    if isinstance(content, list | tuple):
        out: list[Any] = []
        add = out.append
        for item in content:
            if type(item) is dict:
                kind = item.get("t")
                if kind is None:
                    add(walk(item, change, kinds))
                elif kinds is None or kind in kinds:
                    new = change(item)
                    if new is None:
                        add(_within(item, change, kinds))
                    elif isinstance(new, list):
                        out.extend(new)
                    else:
                        add(new)
                elif kind in WORDS:
                    add(item)
                else:
                    add(_within(item, change, kinds))
            elif type(item) is list:
                add(walk(item, change, kinds))
            else:
                add(item)
        return out
    if isinstance(content, dict):
        return {key: walk(value, change, kinds) for key, value in content.items()}
    return content


WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
"""Nodes that hold no other node."""


def _within(node: Node, change: Change, kinds: frozenset[str] | None) -> Node:
    content = node.get("c")
    if type(content) is list or type(content) is dict:
        return {"t": node["t"], "c": walk(content, change, kinds)}
    return node


def each(content: Any) -> Iterator[Node]:
    """Every node in the content, outer before inner, in document order."""
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if type(item) is dict:
            if "t" in item:
                yield item
            inner = item.get("c")
            if type(inner) is list or type(inner) is dict:
                waiting.append(inner)
        elif isinstance(item, list | tuple):
            waiting.extend(reversed(item))


QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def plain(content: Any) -> str:
    """The words of inlines or blocks as plain text: notes left out, breaks as spaces, maths as TeX."""
    words: list[str] = []
    _collect(content, words)
    return "".join(words).strip()


def _collect(content: Any, words: list[str]) -> None:
    if isinstance(content, list | tuple):
        for item in content:
            _collect(item, words)
        return
    if not isinstance(content, dict):
        return
    kind, inner = content.get("t"), content.get("c")
    if kind == "Str":
        words.append(inner)  # type: ignore[arg-type]
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        words.append(" ")
    elif kind in ("Code", "Math", "CodeBlock"):
        words.append(inner[1])  # type: ignore[index]
    elif kind == "Quoted":
        marks = QUOTES[inner[0]["t"]]  # type: ignore[index]
        words.append(marks[0])
        _collect(inner[1], words)  # type: ignore[index]
        words.append(marks[1])
    elif kind not in ("Note", "RawInline", "RawBlock"):
        _collect(inner, words)
        if kind in ("Para", "Plain", "Header"):
            words.append(" ")
