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
    """The content as ``change`` would have it, which has seen every node, the outer before the inner.

    ``change`` returns None to keep a node (its children are then walked), a node to put in its place, or a
    list of nodes to splice in; what it returns is not walked again. With ``kinds`` it is shown only nodes of
    those types, which is much quicker: most nodes of a text are words and spaces. What does not change is
    shared with the original, never copied; only the outermost list is always a new one.
    """
    walking = _Walk(change, kinds)
    if isinstance(content, list | tuple):
        return list(walking.listed(content))
    return walking.mapped(content) if isinstance(content, dict) else content


WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
"""Nodes that hold no other node."""
NOTHING: frozenset[str] = frozenset()


class _Walk:
    """One walk over a tree; what each method returns is what it was given, where nothing in it changes."""

    __slots__ = ("change", "kinds", "skipped")

    def __init__(self, change: Change, kinds: frozenset[str] | None) -> None:
        self.change, self.kinds = change, kinds
        self.skipped = NOTHING if kinds is None else WORDS - kinds

    def listed(self, content: Sequence[Any]) -> Sequence[Any]:
        kinds, skipped, change = self.kinds, self.skipped, self.change
        out: list[Any] | None = None  # a list of its own once something has changed
        for at, item in enumerate(content):
            new: Any = item
            if type(item) is dict:
                kind = item.get("t")
                if kind not in skipped:
                    shown = kind is not None and (kinds is None or kind in kinds)
                    new = change(item) if shown else None
                    if new is None:
                        new = self.within(item)
            elif type(item) is list:
                new = self.listed(item)
            if out is None:
                if new is item:
                    continue
                out = list(content[:at])
            if type(new) is list and type(item) is dict:
                out.extend(new)
            else:
                out.append(new)
        return content if out is None else out

    def within(self, node: Node) -> Node:
        if "t" not in node:
            return self.mapped(node)
        content = node.get("c")
        if type(content) is list:
            new: Any = self.listed(content)
        elif type(content) is dict:
            new = self.mapped(content)
        else:
            return node
        return node if new is content else {"t": node["t"], "c": new}

    def mapped(self, content: dict[str, Any]) -> dict[str, Any]:
        new = {key: self.value(value) for key, value in content.items()}
        return content if all(new[key] is value for key, value in content.items()) else new

    def value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return self.listed(value)
        return self.mapped(value) if type(value) is dict else value


def each(content: Any, kinds: frozenset[str] | None = None) -> Iterator[Node]:
    """Every node in the content, or every one of some types, outer before inner, in document order."""
    skipped = NOTHING if kinds is None else WORDS - kinds
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if type(item) is dict:
            if "t" in item and (kinds is None or item["t"] in kinds):
                yield item
            inner = item.get("c")
            if type(inner) is list or type(inner) is dict:
                waiting.append(inner)
        elif isinstance(item, list | tuple):
            for part in reversed(item):  # plain strings, numbers and skipped words are not even noted
                kind = type(part)
                if kind is list or kind is tuple or (kind is dict and part.get("t") not in skipped):
                    waiting.append(part)


GONE = frozenset({"deletion", "comment-start", "query"})
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def plain(content: Any) -> str:
    """The words of inlines or blocks as plain text, without notes, words that are suggested to go and comments;
    breaks as spaces, maths as TeX."""
    words: list[str] = []
    _collect(content, words)
    return "".join(words).strip()


def _collect(content: Any, words: list[str]) -> None:
    if isinstance(content, list | tuple):
        for item in content:
            if type(item) is dict and item.get("t") == "Str":  # most of a text, so it is asked first
                words.append(item["c"])
            else:
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
    elif kind not in ("Note", "RawInline", "RawBlock") and not (kind in ("Span", "Div") and _is_gone(inner)):
        _collect(inner, words)
        if kind in ("Para", "Plain", "Header"):
            words.append(" ")


def _is_gone(inner: Any) -> bool:
    """Whether a span or division holds what is suggested to go, a comment or a query."""
    return not GONE.isdisjoint(inner[0][1])
