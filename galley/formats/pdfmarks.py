"""A marked Document -> the pages as PDF, in the theme's layout, with its marks for what came, went and moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from galley.document import Node
from galley.formats import pdf
from galley.formats.markup import beside
from galley.report import Fault
from galley.tree import inlines, walk

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

MARKED = frozenset({"insertion", "deletion"})
BLANKS = frozenset({"Space", "SoftBreak"})
KINDS = frozenset({"Span", "Figure", "Table", "Header", "Div"})


def write(document: Document, theme: Theme) -> bytes:
    """The pages, archival and tagged where Typst can make them so."""
    document = ready(document)
    refused: Fault | None = None
    for made, standards in ((document, pdf.STANDARDS), (document, ("1.7",)), (unpictured(document), ("1.7",))):
        try:
            return pdf.write(made, theme, standards)
        except Fault as fault:
            refused = refused or fault
    raise refused or Fault(())


def unpictured(document: Document) -> Document:
    """The document with words in the place of drawings, for one that Typst cannot read is no reason to stop."""

    def change(node: Node) -> list[Node] | None:
        _, words, (address, _) = node["c"]
        return (
            [*inlines("[picture: "), *(words or inlines(address)), *inlines("]")] if address.endswith(".svg") else None
        )

    def put(content: Any) -> tuple[Node, ...]:
        return tuple(walk(content, change, frozenset({"Image"})))

    slots = {name: put(blocks) for name, blocks in document.slots.items()}
    return replace(document, slots=slots, blocks=put(document.blocks), back=put(document.back))


def ready(document: Document) -> Document:
    """The document as Typst is to set it: blanks outside of marks, old labels told, an old and a new picture beside."""

    def put(content: Any) -> tuple[Node, ...]:
        return tuple(walk(beside(content), _change, KINDS))

    return replace(
        document,
        slots={name: put(blocks) for name, blocks in document.slots.items()},
        blocks=put(document.blocks),
        references=tuple(replace(one, inlines=put(one.inlines)) for one in document.references),
        back=put(document.back),
    )


def _change(node: Node) -> Node | list[Node] | None:
    if node["t"] == "Span":
        return _trimmed(node) if MARKED & set(node["c"][0][1]) else None
    if node["t"] in ("Figure", "Table"):
        return _told(node)
    return None


def _trimmed(node: Node) -> list[Node] | None:
    """A mark round words, the blanks at its ends before and behind it: there they would be lost."""
    attributes, content = node["c"]
    start, end = 0, len(content)
    while start < end and content[start]["t"] in BLANKS:
        start += 1
    while end > start and content[end - 1]["t"] in BLANKS:
        end -= 1
    inner = [{"t": "Span", "c": [attributes, list(walk(content[start:end], _change, KINDS))]}] if start < end else []
    return [*content[:start], *inner, *content[end:]]


def _told(node: Node) -> Node | None:
    """A figure or table whose label was another, this in its caption."""
    (identifier, classes, pairs), (short, blocks), *rest = node["c"]
    said = dict(map(tuple, pairs))
    before = said.get("was-label", "")
    rest = [walk(part, _change, KINDS) if isinstance(part, list) else part for part in rest]
    blocks = list(walk(blocks, _change, KINDS))
    if before and blocks and blocks[0]["t"] in ("Para", "Plain"):
        gone = {"t": "Span", "c": [["", ["deletion"], []], inlines(before)]}
        blocks[0] = {"t": blocks[0]["t"], "c": [gone, {"t": "Space"}, *blocks[0]["c"]]}
    return {"t": node["t"], "c": [[identifier, classes, pairs], [short, blocks], *rest]}
