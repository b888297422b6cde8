"""Pandoc's nodes as JSON: built, walked and read as plain words. Nodes are rebuilt, never changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from galley import running
from galley.running import RUNNING, SPACE, Text, text

Node = running.Node


def inlines(text: str) -> list[Node]:
    """Plain words as Str and Space nodes; no-break spaces stay inside their words."""
    nodes: list[Node] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            nodes.append(SPACE)
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
    shared with the original, never copied; only the outermost list is a new one, unless it is a ``Text``.
    """
    walking = _Walk(change, kinds)
    if isinstance(content, list | tuple):
        done = walking.listed(content)
        return done if type(done) is Text and walking.among else list(done)
    return walking.mapped(content) if isinstance(content, dict) else content


WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
"""Nodes that hold no other node."""
NOTHING: frozenset[str] = frozenset()
WITHIN = {"Span": 1, "Link": 1, "Div": 1, "Image": 1, "Header": 2}
"""Nodes that have attributes, and where their content stands: attributes hold no nodes."""
LINES = frozenset({"Para", "Plain"})


class _Walk:
    """One walk over a tree; what each method returns is what it was given, where nothing in it changes."""

    __slots__ = ("among", "change", "kinds", "skipped")

    def __init__(self, change: Change, kinds: frozenset[str] | None) -> None:
        self.change, self.kinds = change, kinds
        self.skipped = NOTHING if kinds is None else WORDS - kinds
        self.among = self.skipped >= RUNNING

    def listed(self, content: Sequence[Any]) -> Sequence[Any]:
        if self.among and type(content) is Text:
            return self.text(content)
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
            elif isinstance(item, list):
                new = self.listed(item)
            if out is None:
                if new is item:
                    continue
                out = list(content[:at])
            if type(item) is dict and isinstance(new, list):
                out.extend(new)
            else:
                out.append(new)
        return content if out is None else out

    def text(self, content: Text) -> Text:
        """The same where it is known which of the nodes are worth a look."""
        kinds, change = self.kinds, self.change
        parts: list[Sequence[Node]] = []
        start = 0
        for at in content.others:
            item = content[at]
            new: Any = change(item) if kinds is None or item["t"] in kinds else None
            if new is None:
                new = self.within(item)
            if new is not item:
                parts += [content[start:at], new if isinstance(new, list) else (new,)]
                start = at + 1
        return Text([*(node for part in parts for node in part), *content[start:]]) if parts else content

    def within(self, node: Node) -> Node:
        if "t" not in node:
            return self.mapped(node)
        content: Any = node.get("c")
        at = 1 if node["t"] == "Cite" and self.among and is_bare(content) else WITHIN.get(node["t"])
        if at is not None and content is not None:
            inner = self.listed(content[at])
            return node if inner is content[at] else {"t": node["t"], "c": [*content[:at], inner, *content[at + 1 :]]}
        if node["t"] == "Table" and self.among and not holds(node, self.kinds):
            return node
        if isinstance(content, list):
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
    among = skipped >= RUNNING
    waiting = [content]
    while waiting:
        item = waiting.pop()
        if type(item) is dict:
            if "t" in item and (kinds is None or item["t"] in kinds):
                yield item
            inner: Any = item.get("c")
            if (holder := item.get("t")) == "Table" and among:
                waiting += [cells(inner), inner[1]]
            elif inner is not None and (at := WITHIN.get(holder or "")) is not None:
                waiting.append(inner[at])
            elif isinstance(inner, list | dict):
                waiting.append(inner)
        elif among and type(item) is Text:
            waiting.extend([item[at] for at in reversed(item.others)])
        elif isinstance(item, list | tuple):
            for part in reversed(item):  # plain strings, numbers and skipped words are not even noted
                kind = type(part)
                if kind is dict:
                    if part.get("t") not in skipped:
                        waiting.append(part)
                elif kind is list or kind is tuple or kind is Text:
                    waiting.append(part)


def holds(table: Node, kinds: frozenset[str] | None) -> bool:
    """Whether there is a node of some kinds in a table: most cells hold but words, and there are many of them."""
    return next(each([table["c"][1], cells(table["c"])], kinds), None) is not None


def is_bare(cite: Sequence[Any]) -> bool:
    """Whether nothing stands before or behind any of the keys of a citation."""
    return not any(one["citationPrefix"] or one["citationSuffix"] for one in cite[0])


def looked_through(blocks: Sequence[Node]) -> None:
    """Give every paragraph of blocks just read, of which nobody else knows yet, its inlines as a ``Text``, and
    all of them the same space."""
    for node in each(blocks, LINES):
        node["c"] = text([SPACE if one["t"] == "Space" else one for one in node["c"]])


def cells(content: Sequence[Any]) -> list[list[Node]]:
    """The blocks of each cell of a table, given its content, or what of it stands behind its caption."""
    head, bodies, foot = content[-3:]
    rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
    return [cell[4] for row in rows for cell in row[1]]


GONE = frozenset({"deletion", "comment-start", "query"})
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def plain(content: Any) -> str:
    """The words of inlines or blocks as plain text, without notes, words that are suggested to go and comments;
    breaks as spaces, maths as TeX."""
    words: list[str] = []
    _collect(content, words)
    return "".join(words).strip()


def _collect(content: Any, words: list[str]) -> None:
    if type(content) is Text:
        for run, node in content.runs():
            words.extend([one.get("c", " ") for one in run])
            _collect(node, words)
        return
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
        words.append(inner)  # type: ignore[arg-type]  # what a node of this kind holds
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        words.append(" ")
    elif kind in ("Code", "Math", "CodeBlock"):
        words.append(inner[1])  # type: ignore[index]  # what a node of this kind holds
    elif kind == "Quoted":
        marks = QUOTES[inner[0]["t"]]  # type: ignore[index]  # what a node of this kind holds
        words.append(marks[0])
        _collect(inner[1], words)  # type: ignore[index]  # what a node of this kind holds
        words.append(marks[1])
    elif kind not in ("Note", "RawInline", "RawBlock") and not (kind in ("Span", "Div") and _is_gone(inner)):
        _collect(inner, words)
        if kind in ("Para", "Plain", "Header"):
            words.append(" ")


def _is_gone(inner: Any) -> bool:
    """Whether a span or division holds what is suggested to go, a comment or a query."""
    return not GONE.isdisjoint(inner[0][1])
