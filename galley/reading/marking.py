"""Words of a Pandoc tree replaced, paragraphs taken out or made headings, by the places its typescript gave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from galley.reading.flattening import flattened, words_of
from galley.tree import QUOTES, Node, attr, inlines


class Mark(NamedTuple):
    """[start, end) of the paragraph of that number gives way to ``text``, set plain; "" takes the words out."""

    paragraph: int
    start: int
    end: int
    text: str


def marked(
    blocks: Sequence[Node],
    marks: Sequence[Mark],
    removed: Collection[int] = (),
    headings: Mapping[int, int] | None = None,
) -> list[Node]:
    """The blocks with each mark's words in place of what stood there; all else is as it was.

    ``removed`` are numbers of paragraphs to take out, notes called in them included; ``headings`` gives the level of
    paragraphs that become headings, 0 for a heading that is none.
    """
    rows: dict[int, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.paragraph, []).append(mark)
    numbers = {id(flat.inlines): number for number, flat in enumerate(flattened(blocks)) if len(flat.inlines)}
    return _Marking(numbers, rows, frozenset(removed), headings or {}).blocks(blocks)


class _Marking:
    """The walk over the tree; a paragraph is known by the list that holds its words."""

    def __init__(
        self,
        numbers: Mapping[int, int],
        rows: Mapping[int, Sequence[Mark]],
        removed: frozenset[int],
        headings: Mapping[int, int],
    ) -> None:
        self.numbers, self.rows, self.removed, self.headings = numbers, rows, removed, headings

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        done: list[Node] = []
        for block in blocks:
            done += self.block(block)
        return done

    def block(self, block: Node) -> list[Node]:
        kind, content = block["t"], block.get("c", [])
        if kind in ("Para", "Plain", "Header"):
            return self.paragraph(block)
        if kind == "LineBlock":
            return [{"t": kind, "c": [self.line(line) for line in content]}]
        if kind == "BlockQuote":
            return _kept(kind, self.blocks(content))
        if kind == "Div":
            inner = self.blocks(content[1])
            return [{"t": kind, "c": [content[0], inner]}] if inner or not content[1] else []
        if kind == "BulletList":
            items = [item for item in map(self.blocks, content) if item]
            return _kept(kind, items)
        if kind == "OrderedList":
            items = [item for item in map(self.blocks, content[1]) if item]
            return [{"t": kind, "c": [content[0], items]}] if items else []
        if kind == "DefinitionList":
            pairs = [[self.line(term), [self.blocks(one) for one in meanings]] for term, meanings in content]
            return [{"t": kind, "c": pairs}]
        if kind == "Figure":
            caption = [content[1][0], self.blocks(content[1][1])]
            return [{"t": kind, "c": [content[0], caption, self.blocks(content[2])]}]
        if kind == "Table":
            return [{"t": kind, "c": self.table(content)}]
        return [block]

    def paragraph(self, block: Node) -> list[Node]:
        kind, content = block["t"], block["c"]
        words = content[2] if kind == "Header" else content
        number = self.numbers.get(id(words), -1)
        if number in self.removed:
            return []
        words = self.line(words)
        level = self.headings.get(number)
        if level:
            place = content[1] if kind == "Header" else attr()
            return [{"t": "Header", "c": [level, place, words]}]
        if kind == "Header":
            if level == 0:
                return [{"t": "Para", "c": words}]
            return [{"t": kind, "c": [content[0], content[1], words]}]
        return [{"t": kind, "c": words}]

    def line(self, content: list[Node]) -> list[Node]:
        """Inlines with their marks' words, and with the notes in them marked."""
        number = self.numbers.get(id(content), -1)
        if number in self.removed:
            return []
        marks = sorted(self.rows.get(number, ()), key=lambda mark: (mark.start, mark.end))
        return _Line(self, marks).whole(content)

    def table(self, content: Any) -> list[Any]:
        place, caption, columns, head, bodies, foot = content
        return [
            place,
            [caption[0], self.blocks(caption[1])],
            columns,
            [head[0], self.cells(head[1])],
            [[one[0], one[1], self.cells(one[2]), self.cells(one[3])] for one in bodies],
            [foot[0], self.cells(foot[1])],
        ]

    def cells(self, rows: Any) -> list[Any]:
        return [[row[0], [[*cell[:4], self.blocks(cell[4])] for cell in row[1]]] for row in rows]


def _kept(kind: str, inner: list[Node] | list[list[Node]]) -> list[Node]:
    return [{"t": kind, "c": inner}] if inner else []


WRAPS = frozenset(
    {"Emph", "Strong", "Superscript", "Subscript", "Strikeout", "Underline", "SmallCaps", "Link", "Span", "Cite"}
)
PUT = "Put"
"""A node that lives only here: a mark's words, which are lifted out of whatever they would stand in."""


class _Line:
    """One paragraph's inlines, walked with the offset that each has in the paragraph's text."""

    def __init__(self, marking: _Marking, marks: Sequence[Mark]) -> None:
        self.marking, self.marks = marking, marks
        self.at = 0

    def whole(self, content: Sequence[Node]) -> list[Node]:
        """The line with its marks' words as plain nodes of their own."""
        done: list[Node] = []
        for node in self.inlines(content):
            done += inlines(node["c"]) if node["t"] == PUT else [node]
        return done

    def inlines(self, content: Sequence[Node]) -> list[Node]:
        done: list[Node] = []
        for node in content:
            done += self.node(node)
        return done

    def node(self, node: Node) -> list[Node]:
        kind, content = node["t"], node.get("c", [])
        if kind == "Note":
            return [{"t": kind, "c": self.marking.blocks(content)}]
        start = self.at
        if kind == "Quoted":
            return self.quoted(node, start)
        if kind not in WRAPS:
            return self.leaf(node)
        inner = self.inlines(content[1] if content and not isinstance(content[0], dict) else content)
        return _lifted(node, inner) if self.touched(start) else [_with(node, inner)]

    def touched(self, start: int) -> bool:
        return any(mark.start < self.at and mark.end > start for mark in self.marks)

    def quoted(self, node: Node, start: int) -> list[Node]:
        """A quotation; where a part of it gave way, its marks become words, so that none is lost."""
        pair = QUOTES[node["c"][0]["t"]]
        before = self.cut(pair[0])
        inner = self.inlines(node["c"][1])
        after = self.cut(pair[1])
        return [*before, *inner, *after] if self.touched(start) else [_with(node, inner)]

    def leaf(self, node: Node) -> list[Node]:
        text = words_of(node)
        start, self.at = self.at, self.at + len(text)
        if not text or not self.touched(start):
            return [node]
        self.at = start
        return self.cut(text)

    def cut(self, text: str) -> list[Node]:
        """What no mark covers of a stretch of text, with the words of each mark that begins in it."""
        start, end = self.at, self.at + len(text)
        self.at = end
        done: list[Node] = []
        here = start
        for mark in self.marks:
            if mark.end <= start or mark.start >= end:
                continue
            if mark.start >= start:
                done += inlines(text[here - start : max(mark.start - start, 0)])
                done += [{"t": PUT, "c": mark.text}] if mark.text else []
            here = max(here, min(mark.end, end))
        return [*done, *inlines(text[here - start :])]


def _with(node: Node, inner: list[Node]) -> Node:
    """A wrapping node round other words."""
    content = node["c"]
    if not content or (isinstance(content[0], dict) and node["t"] not in ("Quoted", "Cite")):
        return {"t": node["t"], "c": inner}
    return {"t": node["t"], "c": [content[0], inner, *content[2:]]}


def _lifted(node: Node, inner: list[Node]) -> list[Node]:
    """A wrapping node round its words, opened where a mark's words stand."""
    done: list[Node] = []
    words: list[Node] = []
    for one in [*inner, {"t": PUT, "c": ""}]:
        if one["t"] != PUT:
            words.append(one)
            continue
        if words:
            done.append(_with(node, words))
            words = []
        if one["c"]:
            done.append(one)
    return done
