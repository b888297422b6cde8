"""A tree with marks -> the same with signs in its text where a mark begins and ends, for any format to carry through:
when Pandoc has written the text the signs are turned into what the format has for them.

The signs are code points that Unicode keeps for such use within a program; no text has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from galley.document import Node

OPEN, STOP, CLOSE, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
ZERO = 0xFDE0
SIGN = re.compile("([\ufdd0\ufdd3])([\ufde0-\ufde9]+)\ufdd1|\ufdd2")
"""The beginning of a mark or the marked end of a paragraph, with its number, or the end of a mark."""
ANY = re.compile("[\ufdd0-\ufdef]")
INLINE = {"insertion": "insertion", "deletion": "deletion", "reformatted": "reformatted"}
BLOCK = ("insertion", "deletion", "moved-from", "moved-to")
GONE = frozenset({"deletion", "moved-from"})
ENDS = {"paragraph-insertion": "insertion", "paragraph-deletion": "deletion"}
NAMED = {"Header": 1, "Figure": 0, "Table": 0, "Div": 0, "Span": 0, "Code": 0, "CodeBlock": 0, "Link": 0, "Image": 0}


KEYED = "GALLEY.CITE"
"""What the instruction of a citation's field in Word says; other fields count or refer."""


class Mark(NamedTuple):
    """A mark: its class, and what is said of it ("author", "date", "name" of a move, "reason", "was", "now")."""

    kind: str
    said: dict[str, str]


class Ledger(list[Mark]):
    """The marks of a text by their numbers."""

    def note(self, kind: str, pairs: Sequence[Sequence[str]]) -> int:
        """A mark's number."""
        self.append(Mark(kind, {pair[0]: pair[1] for pair in pairs}))
        return len(self) - 1


def sign(kind: str, number: int = -1) -> Node:
    """A sign as a word of the text."""
    digits = "".join(chr(ZERO + int(digit)) for digit in str(number)) if number >= 0 else ""
    return {"t": "Str", "c": f"{kind}{digits}{STOP}" if digits else kind}


def number_of(found: re.Match[str]) -> int:
    """The number of the mark that a sign belongs to."""
    return int("".join(str(ord(digit) - ZERO) for digit in found[2]))


def bare(text: str) -> str:
    """A text without signs, what is gone and moved away still in it."""
    return ANY.sub("", text)


def sided(text: str, ledger: Ledger, gone: frozenset[str] = GONE) -> str:
    """A text with signs as it is in the new version."""
    out: list[str] = []
    stack: list[str] = []
    at = 0
    for found in SIGN.finditer(text):
        if not gone.intersection(stack):
            out.append(text[at : found.start()])
        at = found.end()
        if found[0] == CLOSE:
            stack = stack[:-1]
        elif found[1] == OPEN:
            stack.append(ledger[number_of(found)].kind)
    return bare("".join([*out, text[at:]]))


def laid(content: Sequence[Node], ledger: Ledger) -> list[Node]:
    """Blocks or inlines with signs in the place of marks."""
    return _Laying(ledger).listed(content, None)


class _Laying:
    """One walk over a tree; ``mark`` is that of the block around."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.gone = 0
        self.fields: list[bool] = []

    def listed(self, content: Sequence[Any], mark: int | None) -> list[Any]:
        out: list[Any] = []
        for node in content:
            out += self.node(node, mark)
        return out

    def node(self, node: Node, mark: int | None) -> list[Node]:
        handler: Callable[[Node, int | None], list[Node]] | None = getattr(self, "on_" + node["t"].lower(), None)
        if self.gone and node["t"] in NAMED:
            node = _nameless(node)
        if handler:
            return handler(node, mark)
        content = node.get("c")
        return [{"t": node["t"], "c": self.inner(content, mark)} if isinstance(content, list | dict) else node]

    def inner(self, content: Any, mark: int | None) -> Any:
        if isinstance(content, dict):
            return self.node(content, mark)[0] if "t" in content else content
        if not isinstance(content, list):
            return content
        if content and all(isinstance(one, dict) and "t" in one for one in content):
            return self.listed(content, mark)
        return [self.inner(one, mark) for one in content]

    def within(self, number: int, kind: str, work: Callable[[], list[Any]]) -> list[Any]:
        """What the work makes inside a mark: identifiers of what is gone are let go."""
        self.gone += kind in GONE
        made = work()
        self.gone -= kind in GONE
        return made

    def on_span(self, node: Node, mark: int | None) -> list[Node]:
        (_, classes, pairs), content = node["c"]
        ending = next((ENDS[name] for name in classes if name in ENDS), "")
        if ending:
            return [sign(END, self.ledger.note(ending, pairs))]
        kind = next((name for name in classes if name in INLINE), "")
        if not kind:
            return [{"t": "Span", "c": [node["c"][0], self.listed(content, mark)]}]
        number = self.ledger.note(kind, pairs)
        inner = self.within(number, kind, lambda: self.listed(content, number))
        return [sign(OPEN, number), *inner, sign(CLOSE)]

    def on_rawinline(self, node: Node, mark: int | None) -> list[Node]:
        """Of what is gone only the words: its labels do not count, and nothing refers to them; citations keep keys."""
        to, text = node["c"]
        if to != "openxml" or not self.gone:
            return [node]
        if 'fldCharType="begin"' in text:
            self.fields.append(KEYED not in text)
            return [] if self.fields[-1] else [node]
        if 'fldCharType="end"' in text and self.fields:
            return [] if self.fields.pop() else [node]
        return [] if "<w:bookmark" in text else [node]

    def on_div(self, node: Node, mark: int | None) -> list[Node]:
        (_, classes, pairs), content = node["c"]
        kind = next((name for name in classes if name in BLOCK), "")
        if not kind:
            return [{"t": "Div", "c": [node["c"][0], self.listed(content, mark)]}]
        number = self.ledger.note(kind, pairs)
        return self.within(number, kind, lambda: self.listed(content, number))

    def on_para(self, node: Node, mark: int | None) -> list[Node]:
        return [{"t": node["t"], "c": self.line(node["c"], mark)}]

    on_plain = on_para

    def line(self, content: Sequence[Node], mark: int | None) -> list[Node]:
        if mark is None:
            return self.listed(content, None)
        return [sign(OPEN, mark), *self.listed(content, None), sign(CLOSE), sign(END, mark)]

    def on_header(self, node: Node, mark: int | None) -> list[Node]:
        level, attributes, content = node["c"]
        return [{"t": "Header", "c": [level, attributes, self.line(content, mark)]}]

    def on_codeblock(self, node: Node, mark: int | None) -> list[Node]:
        if mark is None:
            return [node]
        opened, closed, ended = sign(OPEN, mark)["c"], CLOSE, sign(END, mark)["c"]
        return [{"t": "CodeBlock", "c": [["", [], []], opened + node["c"][1] + closed + ended]}]

    def on_note(self, node: Node, mark: int | None) -> list[Node]:
        return [{"t": "Note", "c": self.listed(node["c"], mark)}]

    def on_table(self, node: Node, mark: int | None) -> list[Node]:
        attributes, caption, specs, head, bodies, foot = node["c"]
        bodies = [[one[0], one[1], self.rows(one[2], mark), self.rows(one[3], mark)] for one in bodies]
        head, foot = [head[0], self.rows(head[1], mark)], [foot[0], self.rows(foot[1], mark)]
        return [{"t": "Table", "c": [attributes, self.inner(caption, mark), specs, head, bodies, foot]}]

    def rows(self, rows: Sequence[Any], mark: int | None) -> list[Any]:
        return [[row[0], [self.cell(cell, self.of(row[0], mark)) for cell in row[1]]] for row in rows]

    def of(self, attributes: Any, mark: int | None) -> int | None:
        """The mark of a row or cell, else that of what it stands in."""
        kind = next((name for name in attributes[1] if name in BLOCK), "")
        return self.ledger.note(kind, attributes[2]) if kind else mark

    def cell(self, cell: Any, mark: int | None) -> Any:
        own = self.of(cell[0], mark)
        content = self.listed(cell[4], mark)
        if own is not None and not content:
            content = [{"t": "Plain", "c": [sign(END, own)]}]
        return [*cell[:4], content]


def _nameless(node: Node) -> Node:
    """A node without its identifier: what is gone is nothing that is referred to."""
    at = NAMED[node["t"]]
    content = list(node["c"])
    content[at] = ["", *content[at][1:]]
    return {"t": node["t"], "c": content}
