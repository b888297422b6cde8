"""A marked Document -> the list of its changes in the order of the text, and the new document with a place in it for
each of them, by which page and line are found once it is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from galley.document import Document, Node, Reference
from galley.frontmatter import STATEMENTS
from galley.stages.redlining.sides import accepted
from galley.tree import plain, span

MARKS = ("insertion", "deletion", "reformatted", "moved-from", "moved-to")
SAID = {"insertion": "inserted", "deletion": "deleted", "reformatted": "reformatted", "moved-from": "moved away"}
SAID |= {"moved-to": "moved here"}
GONE = frozenset({"deletion", "moved-from"})
PLACE = "redline-"
"""What begins the identifier of a change's place; its number follows."""
TEXTUAL = frozenset({"Para", "Plain", "Header"})
THINGS = {"Note": "footnote", "Math": "equation", "Image": "figure", "Table": "table", "CodeBlock": "code"}


class Change(NamedTuple):
    """A change: "inserted", "deleted", "replaced", "reformatted", "moved away" or "moved here", of what ("text",
    "citation", "equation", "figure", "row", ...), what the old and the new text say there, and under which heading.
    """

    number: int
    kind: str
    thing: str
    old: str
    new: str
    section: str
    reason: str = ""
    move: str = ""


def changes(document: Document) -> tuple[list[Change], Document]:
    """The changes, and the new document with an empty span "redline-NUMBER" where each of them stands."""
    walk = _Walk()
    first = {name: walk.part(blocks, name) for name, blocks in document.slots.items() if name not in STATEMENTS}
    blocks = walk.part(document.blocks, "")
    slots = first | {name: walk.part(part, name) for name, part in document.slots.items() if name in STATEMENTS}
    references = walk.listed(document.references)
    back = walk.part(document.back, "")
    new = replace(document, slots=slots, blocks=blocks, references=tuple(references), back=back)
    return walk.found, new


class _Walk:
    """One walk through the text, the places that wait for the next words noted on the way."""

    def __init__(self) -> None:
        self.found: list[Change] = []
        self.waiting: list[Node] = []
        self.section = ""

    def part(self, blocks: Sequence[Node], name: str) -> tuple[Node, ...]:
        self.section = name.replace("-", " ").capitalize()
        walked = [one for block in blocks for one in self.block(block)]
        return tuple(accepted(walked))

    def note(self, kind: str, thing: str, old: str, new: str, pairs: Sequence[Any]) -> Node:
        """The place of a change, which is put on the list."""
        said: dict[str, str] = dict(map(tuple, pairs))
        reason, move = said.get("reason", ""), said.get("name", "")
        number = len(self.found) + 1
        self.found.append(Change(number, kind, thing, old, new, self.section, reason, move))
        return span([], f"{PLACE}{number}")

    def listed(self, entries: Sequence[Reference]) -> list[Reference]:
        """The entries of the new list: a place stands behind an entry's first word, that of one gone in the next."""
        self.section = "References"
        out: list[Reference] = []
        for entry in entries:
            inlines = accepted(self.line(entry.inlines))
            places = [node for node in inlines if _is_place(node)]
            words = [node for node in inlines if not _is_place(node)]
            if words:
                out.append(replace(entry, inlines=(words[0], *places, *words[1:])))
            else:
                self.waiting += places
        return out

    # -- blocks ----------------------------------------------------------------------------------------

    def block(self, node: Node) -> list[Node]:
        kind, content = node["t"], node.get("c")
        if kind in TEXTUAL:
            return [self.text(node)]
        if kind == "Div" and content is not None:
            mark = next((name for name in content[0][1] if name in MARKS), "")
            if mark:
                return self.marked(node, mark)
            return [{"t": "Div", "c": [content[0], [one for inner in content[1] for one in self.block(inner)]]}]
        if kind == "Table":
            return [self.table(content)]
        return [{"t": kind, "c": self.inner(content)}] if isinstance(content, list) else [node]

    def inner(self, content: Any) -> Any:
        if isinstance(content, dict) and "t" in content:
            return self.block(content)[0]
        if not isinstance(content, list):
            return content
        if content and all(isinstance(one, dict) and "t" in one for one in content):
            return [one for node in content for one in self.block(node)]
        return [self.inner(one) for one in content]

    def marked(self, node: Node, mark: str) -> list[Node]:
        attributes, content = node["c"]
        said = plain(content)
        things = [THINGS.get(block["t"], "text") for block in content]
        thing = "heading" if content and content[0]["t"] == "Header" else next(iter(things), "text")
        if thing == "heading" and mark not in GONE:
            self.section = said
        if any(block["t"] == "Figure" for block in content):
            thing = "figure"
        old, new = (said, "") if mark in GONE else ("", said)
        self.waiting.append(self.note(SAID[mark], thing, old, new, attributes[2]))
        if mark in GONE:
            return []
        return [{"t": "Div", "c": [attributes, [one for inner in content for one in self.placed(inner)]]}]

    def placed(self, node: Node) -> list[Node]:
        """A block that is new as a whole: only the places that wait are put into it."""
        if node["t"] in TEXTUAL:
            return [_with(node, [*self.taken(), *_line(node)])]
        return [node]

    def taken(self) -> list[Node]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def text(self, node: Node) -> Node:
        if node["t"] == "Header":
            line = self.line(_line(node))
            self.section = plain(accepted(line)) or self.section
            return _with(node, line)
        return _with(node, self.line(_line(node)))

    def table(self, content: Any) -> Node:
        attributes, caption, specs, head, bodies, foot = content
        caption, head = self.inner(caption), [head[0], self.rows(head[1])]
        bodies = [[one[0], one[1], self.rows(one[2]), self.rows(one[3])] for one in bodies]
        return {"t": "Table", "c": [attributes, caption, specs, head, bodies, [foot[0], self.rows(foot[1])]]}

    def rows(self, rows: Sequence[Any]) -> list[Any]:
        out: list[Any] = []
        for row in rows:
            mark = next((name for name in row[0][1] if name in MARKS), "")
            if mark:
                said = " | ".join(_cell(cell[4]) for cell in row[1])
                old, new = (said, "") if mark in GONE else ("", said)
                self.waiting.append(self.note(SAID[mark], "row", old, new, row[0][2]))
                cells = row[1]
            else:
                cells = [[*cell[:4], self.cell(cell)] for cell in row[1]]
            out.append([row[0], cells])
        return out

    def cell(self, cell: Any) -> list[Node]:
        mark = next((name for name in cell[0][1] if name in MARKS), "")
        if mark:
            said = _cell(cell[4])
            old, new = (said, "") if mark in GONE else ("", said)
            self.waiting.append(self.note(SAID[mark], "cell of a column", old, new, cell[0][2]))
            return list(cell[4])
        return [one for block in cell[4] for one in self.block(block)]

    # -- lines -----------------------------------------------------------------------------------------

    def line(self, content: Sequence[Node]) -> list[Node]:
        """A line with a place before each mark; what goes and what comes for it is one change."""
        out: list[Node] = self.taken()
        at = 0
        while at < len(content):
            node = content[at]
            mark = _mark(node)
            if not mark:
                out.append(self.within(node))
                at += 1
                continue
            after = content[at + 1] if at + 1 < len(content) else None
            swap = mark == "deletion" and after is not None and _mark(after) == "insertion"
            inner = node["c"][1]
            if swap and after is not None:
                pairs = [*node["c"][0][2], *after["c"][0][2]]
                place = self.note(
                    "replaced", _thing([*inner, *after["c"][1]]), _said(inner), _said(after["c"][1]), pairs
                )
            else:
                old = _said(inner) if mark != "insertion" else ""
                new = _said(inner) if mark != "deletion" else ""
                place = self.note(SAID[mark], _thing(inner), old, new, node["c"][0][2])
            out += [place, node, *([after] if swap and after is not None else [])]
            at += 2 if swap else 1
        return out

    def within(self, node: Node) -> Node:
        if node["t"] == "Note":
            waiting, self.waiting = self.waiting, []
            inner = [one for block in node["c"] for one in self.block(block)]
            self.waiting = waiting
            return {"t": "Note", "c": inner}
        return node


def _line(node: Node) -> list[Node]:
    content: list[Node] = node["c"][2] if node["t"] == "Header" else node["c"]
    return content


def _with(node: Node, line: Sequence[Node]) -> Node:
    if node["t"] == "Header":
        return {"t": "Header", "c": [*node["c"][:2], list(line)]}
    return {"t": node["t"], "c": list(line)}


def _is_place(node: Node) -> bool:
    return node["t"] == "Span" and str(node["c"][0][0]).startswith(PLACE)


def _mark(node: Node) -> str:
    if node["t"] != "Span":
        return ""
    return next((name for name in node["c"][0][1] if name in MARKS), "")


def _cell(blocks: Sequence[Node]) -> str:
    """The words of a cell, also of one that goes as a whole, whose blocks stand in a division that says so."""
    return " ".join(plain(block["c"][1] if block["t"] == "Div" else block) for block in blocks)


def _said(content: Sequence[Node]) -> str:
    from galley.tree import each

    words = plain(content)
    notes = "; ".join(plain(note["c"]) for note in each(list(content), frozenset({"Note"})))
    pictures = ", ".join(image["c"][2][0] for image in each(list(content), frozenset({"Image"})))
    return " ".join(part for part in (words, notes and f"[{notes}]", not words and pictures) if part)


def _thing(content: Sequence[Node]) -> str:
    kinds = set()
    for node in content:
        if node["t"] == "Span" and "citation" in node["c"][0][1]:
            kinds.add("citation")
        elif node["t"] == "Span" and "equation" in node["c"][0][1]:
            kinds.add("equation")
        elif node["t"] == "Link" and "xref" in node["c"][0][1]:
            kinds.add("cross-reference")
        elif node["t"] in THINGS:
            kinds.add(THINGS[node["t"]])
        elif node["t"] not in ("Space", "SoftBreak"):
            kinds.add("text")
    return kinds.pop() if len(kinds) == 1 else "text"
