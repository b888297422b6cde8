"""Citations and references in another style than APA: Pandoc's citeproc with a CSL file sets them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from galley import pandoc
from galley.bibtex import clean
from galley.document import Document, Node, Reference
from galley.report import fault
from galley.stages.citing import CITE, cites, linked, parted, printed

LIMIT = 4_000_000
"""Bytes that a style may have."""


def cite_with(document: Document, style: Path) -> Document:
    """The document with its citations and list in the style of a CSL file; Fault where citeproc refuses it.

    Links, anchors and the list's place are those of ``citing``, so checks and formats notice no difference.
    """
    regions = [*document.slots.values(), document.blocks]
    nodes = [node for region in regions for node in cites(region)]
    cited = tuple(dict.fromkeys(item["citationId"] for node in nodes for item in node["c"][0]))
    texts, listed = _processed(document, nodes, style)
    numbered = enumerate(zip(nodes, texts, strict=True), 1)
    set_in_type = iter([printed(number, node, _anchored(text)) for number, (node, text) in numbered])

    def change(_: Node) -> Node:
        return next(set_in_type)

    body, back = parted(pandoc.walk(document.blocks, change, CITE))
    return replace(
        document,
        slots={name: tuple(pandoc.walk(blocks, change, CITE)) for name, blocks in document.slots.items()},
        blocks=body,
        back=back,
        references=tuple(listed),
        cited=cited,
    )


def _processed(document: Document, nodes: list[Node], style: Path) -> tuple[list[list[Node]], list[Reference]]:
    """What citeproc makes of the citations, each alone in a paragraph, and of the list."""
    wanted = [key for key in document.meta.nocite if key == "*" or key in document.entries]
    nocite = [_nocite(key) for key in wanted]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "style.csl"
        copy.write_bytes(independent(style))
        bibliography = Path(scratch) / "references.bib"
        bibliography.write_text(clean(document.entries), "utf-8")
        meta = {
            "bibliography": {"t": "MetaString", "c": str(bibliography)},
            "csl": {"t": "MetaString", "c": str(copy)},
            "link-citations": {"t": "MetaBool", "c": True},
            "lang": {"t": "MetaString", "c": document.meta.lang},
            "nocite": {"t": "MetaInlines", "c": nocite},
        }
        blocks = pandoc.citeproc([pandoc.para([node]) for node in nodes], meta)
    paragraphs = [block["c"] for block in blocks if block["t"] == "Para"]
    texts = [
        [inner for node in one for inner in (node["c"][1] if node["t"] == "Cite" else [node])] for one in paragraphs
    ]
    return texts, list(_references(blocks))


def independent(style: Path) -> bytes:
    """A style's bytes; Fault where it has a document type, or is one that takes its rules from another's address.

    Citeproc fetches such a style's parent from the network, and its sandbox does not keep it from that.
    """
    from xml.parsers import expat

    def refuse(message: str, hint: str) -> Any:
        raise fault("bad-style", str(style), message, hint)

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "link" and attributes.get("rel", "").strip() == "independent-parent":
            refuse("is a style without rules of its own", f"put its parent here: {attributes.get('href', '')}")

    def doctype(*_: object) -> None:
        refuse("has a document type, which no style needs", "take the DOCTYPE out")

    if style.stat().st_size > LIMIT:
        refuse(f"is longer than {LIMIT // 1_000_000} MB", "styles are some hundred kilobytes long at the most")
    content = style.read_bytes()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        refuse(f"is not sound XML: {error}", "get it again from where it came")
    return content


def _nocite(key: str) -> Node:
    item = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[item], [{"t": "Str", "c": f"@{key}"}]]}


def _anchored(nodes: list[Node]) -> list[Node]:
    """Links to the list as our own anchors name its entries."""

    def change(node: Node) -> Node | None:
        if node["t"] != "Link" or not node["c"][2][0].startswith("#ref-"):
            return None
        return linked(node["c"][1], node["c"][2][0].removeprefix("#ref-"))

    out: list[Node] = pandoc.walk(nodes, change)
    return out


def _references(blocks: Iterable[Node]) -> Iterable[Reference]:
    for block in blocks:
        identifier = block["c"][0][0] if block["t"] == "Div" else ""
        if identifier == "refs":
            yield from _references(block["c"][1])
        elif identifier.startswith("ref-"):
            content = _line(block["c"][1])
            yield Reference(identifier.removeprefix("ref-"), tuple(content), pandoc.plain(content))


def _line(blocks: list[Node]) -> list[Node]:
    """The inlines of an entry; the margin and the indented part of a numbered style become one line."""
    line: list[Node] = []
    for block in blocks:
        for node in block.get("c", []):
            classes: Any = node["c"][0][1] if node["t"] == "Span" else []
            if "csl-left-margin" in classes:
                line.extend([*node["c"][1], {"t": "Space"}])
            elif "csl-right-inline" in classes:
                line.extend(node["c"][1])
            else:
                line.append(node)
    return line
