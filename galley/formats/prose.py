"""The manuscript as running text with every citation and the reference list resolved: one paragraph a line.

In ``md`` italics stand between asterisks and nothing else is marked up; ``txt`` is the bare words. For mail, for
readers of plain text, and for measuring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from galley.document import Document, Node
from galley.formats.abstracts import gathered
from galley.frontmatter import STATEMENTS
from galley.pandoc import QUOTES
from galley.theme import Theme

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\u2060": "", "\u00ad": ""})


def write_md(document: Document, _: Theme) -> bytes:
    """The text with italics between asterisks; asterisks and backslashes of the text itself are escaped."""
    return _written(document, _Writer(marked=True))


def write_txt(document: Document, _: Theme) -> bytes:
    """The bare text."""
    return _written(document, _Writer(marked=False))


@dataclass
class _Writer:
    """Turns nodes into text; gathers the notes, which come last."""

    marked: bool
    notes: list[str] = field(default_factory=list)

    def words(self, text: str) -> str:
        text = text.translate(SPACES)
        return text.replace("\\", "\\\\").replace("*", "\\*") if self.marked else text

    def line(self, nodes: Iterable[Node], italic: bool = False) -> str:
        return "".join(self.inline(node, italic) for node in nodes)

    def inline(self, node: Node, italic: bool) -> str:
        kind, content = node["t"], node.get("c")
        match kind:
            case "Str":
                return self.words(content)  # type: ignore[arg-type]
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Emph":
                inner = self.line(content or (), True)
                return f"*{inner}*" if self.marked and inner.strip() and not italic else inner
            case "Quoted":
                marks = QUOTES[content[0]["t"]]  # type: ignore[index]
                return marks[0] + self.line(content[1], italic) + marks[1]  # type: ignore[index]
            case "Code" | "Math":
                return self.words(content[1])  # type: ignore[index]
            case "Note":
                self.notes.append(" ".join(_joined(self.block(one) for one in content or ())))
                return f"[{len(self.notes)}]"
            case "RawInline":
                return ""
            case "Link" | "Image" | "Span":
                return self.line(content[1], italic)  # type: ignore[index]
            case "Cite":
                return self.line(content[1], italic)  # type: ignore[index]
            case _:
                return self.line(content, italic) if isinstance(content, list) else ""

    def block(self, node: Node) -> Iterator[str]:
        kind, content = node["t"], node.get("c")
        match kind:
            case "Para" | "Plain":
                yield self.line(content or ())
            case "Header":
                yield self.line(content[2])  # type: ignore[index]
            case "CodeBlock":
                yield from (self.words(text) for text in content[1].splitlines())  # type: ignore[index]
            case "LineBlock":
                yield from (self.line(one) for one in content or ())
            case "BulletList":
                yield from self.items(("– " for _ in content or ()), content or [])
            case "OrderedList":
                first = content[0][0]  # type: ignore[index]
                yield from self.items((f"{first + at}. " for at in range(len(content[1]))), content[1])  # type: ignore[index]
            case "DefinitionList":
                for term, definitions in content or ():
                    yield self.line(term)
                    yield from (text for one in definitions for block in one for text in self.block(block))
            case "Table":
                yield from self.table(content)
            case "Figure":
                yield from (text for block in content[1][1] for text in self.block(block))  # type: ignore[index]
            case "RawBlock" | "HorizontalRule":
                return
            case "BlockQuote":
                yield from (text for block in content or () for text in self.block(block))
            case _:
                inner = content[1] if isinstance(content, list) and len(content) > 1 else []
                yield from (text for block in inner for text in self.block(block))

    def items(self, marks: Iterable[str], items: list[Any]) -> Iterator[str]:
        for mark, item in zip(marks, items, strict=False):
            texts = [text for block in item for text in self.block(block)]
            yield from (text if at else mark + text for at, text in enumerate(texts))

    def table(self, content: Any) -> Iterator[str]:
        _, caption, _, head, bodies, foot = content
        yield from (text for block in caption[1] for text in self.block(block))
        rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
        for row in rows:
            cells = (" ".join(_joined(self.block(block) for block in cell[4])) for cell in row[1])
            yield "\t".join(cells)


def _joined(texts: Iterable[Iterator[str]]) -> Iterator[str]:
    return (text for one in texts for text in one)


def _written(document: Document, writer: _Writer) -> bytes:
    lines: list[str] = []
    slots = gathered(document).slots
    for name in ("title", "subtitle"):
        lines.extend(_joined(map(writer.block, slots.get(name, ()))))
    if document.meta.authors:
        lines.append(writer.words(", ".join(author.name for author in document.meta.authors)))
    for name in ("author-note", "abstract"):
        lines.extend(_joined(map(writer.block, slots.get(name, ()))))
    lines.extend(_joined(map(writer.block, document.blocks)))
    for name, title in STATEMENTS.items():
        if name in slots:
            texts = list(_joined(map(writer.block, slots[name])))
            lines.extend([f"{title}: {texts[0]}" if texts else title, *texts[1:]])
    if document.references:
        lines.append("References")
        lines.extend(writer.line(reference.inlines) for reference in document.references)
    lines.extend(_joined(map(writer.block, document.back)))
    if writer.notes:
        lines.append("Notes")
        lines.extend(f"[{number}] {text}" for number, text in enumerate(writer.notes, 1))
    return ("\n\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n").encode()
