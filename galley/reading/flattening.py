"""A Pandoc tree -> paragraphs as they are read one after another, each with its runs; notes after the body.

The tree of a manuscript is walked in one fixed order, so that a paragraph's number and an offset in its text lead
back to the same inlines when citations are to be replaced there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley.patterns import pattern
from galley.tree import QUOTES, Node
from galley.typescript import Paragraph, Run

TAG = pattern(r"<(/?)(sup|sub|i|em|b|strong|mark)\b[^>]*>", re.IGNORECASE)
COMMAND = pattern(r"\\[a-zA-Z@]+\*?(?:\[[^\[\]]*\])?|[{}\\]")
"""What is markup in a piece of TeX; the rest is the author's words."""
POINTING = pattern(r"\\\w*(?:ref|cite\w*|label|space|input|include\w*)\*?(?![a-zA-Z])")
"""Commands whose argument is no text."""
FACES: dict[str, dict[str, Any]] = {
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
    "mark": {"mark": "yellow"},
    "i": {"italic": True},
    "em": {"italic": True},
    "b": {"bold": True},
    "strong": {"bold": True},
}
WRAPS: dict[str, dict[str, Any]] = {
    "Emph": {"italic": True},
    "Strong": {"bold": True},
    "Superscript": {"raised": "sup"},
    "Subscript": {"raised": "sub"},
}
PLAIN = Run("")
NAMED = ("title", "subtitle", "author", "abstract", "keywords")
"""Classes of divisions that say what is in them."""
LISTS = ("References", "references", "csl-bib-body", "refs")


@dataclass(frozen=True, slots=True)
class Flat:
    """A paragraph of a tree: ``inlines`` is the very list that holds its words (empty for code).

    ``cites`` says that there are citation keys in it, ``top`` that it comes from the front matter.
    """

    runs: tuple[Run, ...]
    inlines: Sequence[Node]
    part: str = "body"
    kind: str = "body"
    level: int = 0
    style: str = ""
    note: str = ""
    cites: bool = False
    top: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)


def flattened(blocks: Sequence[Node]) -> list[Flat]:
    """The paragraphs of some blocks; notes follow the body in the order in which they are called."""
    walk = _Walk()
    walk.blocks(blocks, _Around())
    for number, note in enumerate(walk.notes, 1):  # a note called in a note joins the end of the line
        walk.blocks(note, _Around(part="footnote", kind="note", note=str(number)))
    return walk.found


def words_of(node: Node) -> str:
    """The characters that an inline node adds to its paragraph's text."""
    if node["t"] == "Str":
        return str(node["c"])
    reader = _Inlines([])
    reader.node(node, PLAIN)
    return "".join(bit.text for bit in reader.bits)


@dataclass(frozen=True, slots=True)
class _Around:
    part: str = "body"
    kind: str = "body"
    style: str = ""
    note: str = ""
    depth: int = 0
    top: bool = False

    def inside(self, **changes: str) -> _Around:
        """What holds a step further in: a note or a cell stays one, whatever is in it."""
        if self.part != "body":
            changes.pop("kind", None)
        given = {"part": self.part, "kind": self.kind, "style": self.style, "note": self.note, **changes}
        return _Around(**given, depth=self.depth + 1, top=self.top)


class _Walk:
    """The walk over the blocks; ``notes`` grows as calls of notes are met."""

    def __init__(self) -> None:
        self.found: list[Flat] = []
        self.notes: list[Sequence[Node]] = []

    def blocks(self, blocks: Sequence[Node], around: _Around) -> None:
        for block in blocks:
            self.block(block, around)

    def block(self, block: Node, around: _Around) -> None:
        kind, content = block["t"], block.get("c", [])
        if kind in ("Para", "Plain"):
            self.leaf(content, around)
        elif kind == "Header":
            self.leaf(content[2], around.inside(kind="heading"), level=content[0])
        elif kind == "CodeBlock":
            runs = (Run(content[1], code=True),)
            self.found.append(Flat(runs, (), around.part, "code", 0, around.style, around.note))
        elif kind == "LineBlock":
            for line in content:
                self.leaf(line, around)
        elif kind == "BlockQuote":
            self.blocks(content, around.inside(kind="quote"))
        elif kind == "Div":
            self.div(content, around)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                self.blocks(item, around.inside(kind="list"))
        elif kind == "DefinitionList":
            for term, meanings in content:
                self.leaf(term, around.inside(kind="list"))
                for meaning in meanings:
                    self.blocks(meaning, around.inside(kind="list"))
        elif kind == "Figure":
            self.blocks([one for one in content[2] if not _picture(one)], around.inside())
            self.blocks(content[1][1], around.inside(kind="caption", part=around.part))
        elif kind == "Table":
            self.table(content, around)

    def div(self, content: Any, around: _Around) -> None:
        (identifier, classes, pairs), blocks = content
        style = dict(pairs).get("custom-style", around.style)
        named = next((name for name in classes if name in NAMED), None)
        if named or "front" in classes:
            inner = around.inside(kind=named or around.kind, style=style)
            self.blocks(blocks, replace(inner, top=around.top or "front" in classes))
            return
        if identifier in LISTS or any(name in LISTS for name in classes):
            self.blocks(blocks, around.inside(kind="reference", style=style))
        else:
            self.blocks(blocks, around.inside(style=style))

    def table(self, content: Any, around: _Around) -> None:
        self.blocks(content[1][1], around.inside(kind="caption"))
        inner = around.inside(kind="cell", part="cell" if around.part == "body" else around.part)
        for cell in _cells(content):
            if around.depth < 100:
                self.blocks(cell[4], inner)

    def leaf(self, inlines: list[Node], around: _Around, level: int = 0) -> None:
        reader = _Inlines(self.notes)
        reader.read(inlines, PLAIN)
        kind = around.kind
        runs = reader.runs()
        if any(run.maths for run in runs) and not "".join(run.text for run in runs).strip(" .,;()0123456789"):
            kind = "maths"
        self.found.append(
            Flat(runs, inlines, around.part, kind, level, around.style, around.note, reader.cites, around.top)
        )


def paragraph(number: int, flat: Flat, anchors: tuple[tuple[int, int], ...]) -> Paragraph:
    """A paragraph of a tree as one of a typescript."""
    return Paragraph(
        number=number,
        runs=flat.runs,
        anchors=anchors,
        part=flat.part,
        kind=flat.kind,
        level=flat.level,
        style=flat.style,
        note=flat.note,
    )


def _picture(block: Node) -> bool:
    """Whether a paragraph holds pictures and nothing else."""
    pictures = ("Image", "Space", "SoftBreak")
    return block["t"] in ("Para", "Plain") and all(node["t"] in pictures for node in block["c"])


def _cells(content: Any) -> Iterator[Any]:
    rows = list(content[3][1])
    for body in content[4]:
        rows += [*body[2], *body[3]]
    rows += content[5][1]
    for row in rows:
        yield from row[1]


@dataclass(slots=True)
class _Inlines:
    """Inlines read into runs; what raw HTML switches on and off is kept in ``tags``."""

    notes: list[Sequence[Node]]
    bits: list[Run] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    cites: bool = False

    def read(self, inlines: Sequence[Node], face: Run) -> None:
        for node in inlines:
            self.node(node, face)

    def node(self, node: Node, face: Run) -> None:
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            self.put(content, face)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            self.put("\n" if kind == "LineBreak" else " ", face)
        elif kind in WRAPS:
            turned = {"italic": not face.italic} if kind == "Emph" else WRAPS[kind]
            self.read(content, face._replace(**turned))
        elif kind == "Quoted":
            marks = QUOTES[content[0]["t"]]
            self.put(marks[0], face)
            self.read(content[1], face)
            self.put(marks[1], face)
        elif kind == "Cite":
            self.cites = True
            self.read(content[1], face)
        elif kind == "Code":
            self.put(content[1], face._replace(code=True))
        elif kind == "Math":
            self.bits.append(Run("", maths=content[1], change=face.change))
        elif kind == "Link":
            self.read(content[1], face._replace(link=content[2][0]))
        elif kind == "Span":
            self.span(content, face)
        elif kind == "Note":
            self.notes.append(content)
        elif kind == "RawInline":
            self.raw(content, face)
        elif kind in ("Strikeout", "Underline", "SmallCaps"):
            self.read(content, face)

    def span(self, content: Any, face: Run) -> None:
        classes = content[0][1]
        if "comment-start" in classes:
            return
        if "mark" in classes:
            face = face._replace(mark="yellow")
        for name, change in (("insertion", "ins"), ("deletion", "del")):
            if name in classes:
                face = face._replace(change=change)
        self.read(content[1], face)

    def raw(self, content: Any, face: Run) -> None:
        if content[0] in ("tex", "latex") and "{" in content[1] and not POINTING.match(content[1]):
            if content[1].startswith("\\begin"):
                self.bits.append(Run("", maths=content[1], change=face.change))
            else:
                self.put(COMMAND.sub("", content[1]), face)
        found = TAG.fullmatch(content[1]) if content[0] == "html" else None
        if not found:
            return
        name = found[2].lower()
        if not found[1]:
            self.tags.append(name)
        elif name in self.tags:
            self.tags.reverse()
            self.tags.remove(name)
            self.tags.reverse()

    def put(self, text: str, face: Run) -> None:
        for tag in self.tags:
            face = face._replace(**FACES[tag])
        self.bits.append(face._replace(text=text))

    def runs(self) -> tuple[Run, ...]:
        """The bits, those of one face joined."""
        runs: list[Run] = []
        words: list[str] = []
        for bit in self.bits:
            if runs and not bit.maths and not runs[-1].maths and bit[1:] == runs[-1][1:]:
                words.append(bit.text)
                continue
            if words:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + "".join(words))
                words = []
            runs.append(bit)
        if words:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + "".join(words))
        return tuple(runs)
