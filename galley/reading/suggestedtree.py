"""A tree with signs among its words -> one with spans and divisions of the classes insertion, deletion and comment.

What is open at the end of a paragraph is open at the beginning of the next, so a mark may go over any blocks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from galley.suggestions import COMMENT, HIGHLIGHT, SUBSTITUTION, Suggestion
from galley.tree import Node, div, inlines, span
from galley.unseen import cleaned, shown

FIRST = 0x100000
"""The first of the letters that stand for signs; the number of a sign is how far its letter is from it."""
PAD = chr(0x10FFFD)
"""Makes a sign as long as the mark it stands for."""
SIGNS = re.compile(f"([{chr(FIRST)}-{chr(0x10FFF0)}])|{PAD}")
HOLDING = frozenset({"Emph", "Strong", "Superscript", "Subscript", "Strikeout", "Underline", "SmallCaps"})
ATTRIBUTED = frozenset({"Link", "Span", "Quoted", "Image"})
COUNT = 1000
"""Where the numbers of comments begin, so that they are not those of comments written as spans."""
BLOCKS = {"Para": None, "Plain": None, "Header": 2}


class Sign(NamedTuple):
    """One end of a mark: of what kind, of which suggestion; or a comment, which has but one."""

    kind: str
    number: int
    opening: bool


def rebuilt(blocks: Sequence[Node], signs: Sequence[Sign], found: Sequence[Suggestion]) -> list[Node]:
    """The blocks with spans and divisions in place of the signs in them."""
    return _Rebuilding(signs, found).blocks(blocks)


class _Rebuilding:
    """One walk in the order of the text; ``open`` are the marks that have begun and not ended."""

    def __init__(self, signs: Sequence[Sign], found: Sequence[Suggestion]) -> None:
        self.signs, self.found = signs, found
        self.open: tuple[Sign, ...] = ()

    # -- blocks ------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            out += self.block(block)
        return out

    def block(self, block: Node) -> list[Node]:
        kind = block["t"]
        if not _signed(block):
            return [self.within(block, self.open)]
        if kind in BLOCKS:
            return self.paragraph(block)
        content = block["c"]
        if kind == "LineBlock":
            return [{"t": kind, "c": [self.line(line) for line in content]}]
        if kind == "BlockQuote":
            return _kept(kind, self.blocks(content))
        if kind == "BulletList":
            return _kept(kind, [item for item in map(self.blocks, content) if item])
        if kind == "OrderedList":
            return [{"t": kind, "c": [content[0], [item for item in map(self.blocks, content[1]) if item]]}]
        if kind == "DefinitionList":
            return [{"t": kind, "c": [[self.line(term), [self.blocks(x) for x in of]] for term, of in content]}]
        if kind == "Div":
            return [{"t": kind, "c": [content[0], self.blocks(content[1])]}]
        if kind == "Figure":
            caption = [content[1][0], self.blocks(content[1][1])]
            return [{"t": kind, "c": [content[0], caption, self.blocks(content[2])]}]
        return [{"t": kind, "c": self.table(content)}] if kind == "Table" else [bare(block)]

    def table(self, content: Any) -> list[Any]:
        place, caption, columns, head, bodies, foot = content
        caption = [caption[0], self.blocks(caption[1])]
        head = [head[0], self.rows(head[1])]
        bodies = [[one[0], one[1], self.rows(one[2]), self.rows(one[3])] for one in bodies]
        return [place, caption, columns, head, bodies, [foot[0], self.rows(foot[1])]]

    def rows(self, rows: Any) -> list[Any]:
        return [[row[0], [[*cell[:4], self.blocks(cell[4])] for cell in row[1]]] for row in rows]

    def paragraph(self, block: Node) -> list[Node]:
        """A paragraph or heading; a division where all of it is under one mark, nothing where it held signs alone."""
        at = BLOCKS[block["t"]]
        words = block["c"] if at is None else block["c"][at]
        done = self.line(words)
        if not any(node["t"] not in ("Space", "SoftBreak") for node in done):
            return []
        rows = [node for node in done if node["t"] not in ("Space", "SoftBreak")]
        whole = rows[0] if len(rows) == 1 and rows[0]["t"] == "Span" and _is_change(rows[0]) else None
        if whole and block["t"] != "Plain":
            inner = whole["c"][1]
            held = {"t": block["t"], "c": inner if at is None else [*block["c"][:at], inner]}
            return [{"t": "Div", "c": [whole["c"][0], [held]]}]
        return [{"t": block["t"], "c": done if at is None else [*block["c"][:at], done]}]

    # -- lines -------------------------------------------------------------------------------------

    def line(self, content: Sequence[Node]) -> list[Node]:
        """Inlines with what stands under a mark in a span of its own."""
        runs: list[tuple[tuple[Sign, ...], list[Node]]] = []

        def put(node: Node, marks: tuple[Sign, ...]) -> None:
            if runs and runs[-1][0] == marks:
                runs[-1][1].append(node)
            else:
                runs.append((marks, [node]))

        for node in content:
            if not _signed(node):
                put(node, self.open)
            elif node["t"] == "Str":
                self.word(node["c"], put)
            else:
                before = self.open
                held = self.held(node)
                put(held, tuple(mark for mark in before if mark in self.open))
        return [node for marks, nodes in runs for node in self.wrapped(nodes, marks)]

    def word(self, text: str, put: Any) -> None:
        at = 0
        for found in SIGNS.finditer(text):
            if found.start() > at:
                put({"t": "Str", "c": text[at : found.start()]}, self.open)
            at = found.end()
            number = ord(found[1]) - FIRST if found[1] else -1
            if 0 <= number < len(self.signs):
                for node in self.met(self.signs[number]):
                    put(node, ())
        if at < len(text):
            put({"t": "Str", "c": text[at:]}, self.open)

    def met(self, sign: Sign) -> list[Node]:
        """What stands in the place of a sign itself: the beginning or end of a comment."""
        one = self.found[sign.number]
        commented = bool(one.note) and sign.kind != COMMENT
        if sign.kind == COMMENT:
            return [*self.comment(sign.number, one, True), *self.comment(sign.number, one, False)]
        if sign.opening:
            self.open = (*self.open, sign)
        else:
            self.open = tuple(mark for mark in self.open if (mark.number, mark.kind) != (sign.number, sign.kind))
        changed = "deletion" if sign.opening else "insertion"  # a substitution begins with what goes
        outer = one.kind != SUBSTITUTION or sign.kind == changed
        return self.comment(sign.number, one, sign.opening) if commented and outer else []

    def comment(self, number: int, one: Suggestion, start: bool) -> list[Node]:
        """Pandoc's spans round what is commented upon; the words of the comment are in the first."""
        said = {"author": cleaned(one.author), "date": cleaned(one.date)} if start else {}
        pairs = {name: value for name, value in said.items() if value}
        name = f"comment-{'start' if start else 'end'}"
        return [span(inlines(shown(one.note)) if start else [], "", [name], **{"id": str(COUNT + number), **pairs})]

    def wrapped(self, nodes: list[Node], marks: tuple[Sign, ...]) -> list[Node]:
        """The nodes in a span for each mark, the outermost first; blanks alone need none but for being gone."""
        for mark in reversed(marks):
            one = self.found[mark.number]
            name = "commented" if mark.kind == HIGHLIGHT else mark.kind
            nodes = [span(nodes, "", [name], **_pairs(one))]
        return nodes

    def held(self, node: Node) -> Node:
        """A node with signs in it somewhere, each in its place."""
        kind, content = node["t"], node.get("c")
        if kind in HOLDING:
            return {"t": kind, "c": self.line(content or ())}
        if kind in ATTRIBUTED:
            return {"t": kind, "c": [content[0], self.line(content[1]), *content[2:]]}  # type: ignore[index]
        if kind == "Note":
            return {"t": kind, "c": self.blocks(content or ())}
        said: Node = bare(node)
        return said

    def within(self, block: Node, marks: tuple[Sign, ...]) -> Node:
        """A block without signs, in a division for each mark that is open."""
        for mark in reversed(marks):
            if mark.kind != HIGHLIGHT:
                block = div([block], "", [mark.kind], **_pairs(self.found[mark.number]))
        return block


def _pairs(one: Suggestion) -> Mapping[str, str]:
    return {name: cleaned(value) for name, value in (("author", one.author), ("date", one.date)) if value}


def _is_change(node: Node) -> bool:
    return bool({"insertion", "deletion"} & set(node["c"][0][1]))


def _kept(kind: str, content: list[Any]) -> list[Node]:
    return [{"t": kind, "c": content}] if content else []


def _signed(node: Any) -> bool:
    """Whether any sign stands in a node."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if item and max(item) >= chr(FIRST):
                return True
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
    return False


def bare(node: Any) -> Any:
    """A node with the signs taken out of it, for places that can hold no span."""
    if isinstance(node, str):
        return SIGNS.sub("", node)
    if isinstance(node, dict):
        return {key: bare(value) for key, value in node.items()}
    return [bare(item) for item in node] if isinstance(node, list | tuple) else node
