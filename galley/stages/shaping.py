"""Figures, tables, equations and listings, however authors write them -> one shape each, with their labels found.

Out come: a Figure or Table whose identifier is its label, further labels in the pair ``labels``; a Span "equation"
round a display equation that is to bear a number; a Div "listing"; a Div "figure-wrap" or "table-wrap" with notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley import pandoc
from galley.document import Document, Leftover, Node
from galley.patterns import pattern
from galley.stages.columns import aligned
from galley.stages.shapes import (
    FIGURE,
    bare_image,
    equation,
    equations,
    is_note,
    labelled,
    lifted,
    listing,
    only_images,
    panel,
    titled,
    trimmed,
    unlabelled,
    with_notes,
)
from galley.tree import cells

TEXT = pattern(r"\(ref:([\w-]+)\)")
"""bookdown: a caption that stands elsewhere under a name."""
TABLE = pattern(r"(?:tbl|tab|table)[:-]", re.IGNORECASE)

KINDS = frozenset({"Figure", "Table", "Div", "Para", "Plain", "CodeBlock", "Header", "Math"})
IMAGES = frozenset({"Image"})
FLAT = pandoc.WORDS | {"Code", "Cite", "RawInline"}
"""Nodes with no object in them."""


def shape(document: Document) -> Document:
    """The document with each of its objects in the one shape that the numbering and the formats know."""
    shaping = Shaping(_texts(document.blocks))
    slots = {name: tuple(shaping.blocks(blocks)) for name, blocks in document.slots.items()}
    blocks = tuple(shaping.blocks(document.blocks))
    return replace(document, slots=slots, blocks=blocks, leftovers=(*document.leftovers, *shaping.leftovers))


def _texts(blocks: Iterable[Node]) -> dict[str, list[Node]]:
    """Captions written apart: ``(ref:name) The caption.`` as a paragraph of its own."""
    found: dict[str, list[Node]] = {}
    for block in blocks:
        if block["t"] == "Para" and len(block["c"]) > 1 and block["c"][0]["t"] == "Str":
            name = TEXT.fullmatch(block["c"][0]["c"])
            if name:
                found[name[1]] = trimmed(block["c"][1:])
    return found


def _of_words(rest: Sequence[Any]) -> bool:
    """Whether all that stands in the cells of a table is plain words, as in most of them."""
    return all(
        block["t"] == "Plain" and all(part["t"] in FLAT for part in block["c"])
        for blocks in cells(rest)
        for block in blocks
    )


@dataclass(slots=True)
class Shaping:
    """One pass; what is noted of captions that nobody wrote."""

    texts: dict[str, list[Node]]
    leftovers: list[Leftover] = field(default_factory=list)

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks shaped, notes put with what they belong to."""
        return with_notes(titled(pandoc.walk(blocks, self.change, KINDS)))

    def change(self, node: Node) -> Node | list[Node] | None:
        """What stands in a node's place; None keeps it and goes on to what is in it."""
        match node["t"]:
            case "Figure":
                return self.figure(node)
            case "Table":
                return self.table(node)
            case "Div":
                return self.division(node)
            case "Para" | "Plain":
                return self.paragraph(node)
            case "CodeBlock":
                return listing(node)
            case "Header":
                return self.header(node)
            case "Math" if node["c"][0]["t"] == "DisplayMath":
                return equation(node, ())
        return None

    def figure(self, node: Node) -> Node:
        """A figure under its label."""
        (identifier, classes, pairs), (short, caption), body = node["c"]
        caption, labels = self.caption(caption)
        inner = [image for image in pandoc.each(body) if image["t"] == "Image"]
        given = [image["c"][0][0] for image in inner if len(inner) == 1 and image["c"][0][0]]
        own = [name for image in inner if len(inner) == 1 for name in image["c"][0][1]]
        attributes = labelled((identifier, [*classes, *own], pairs), [*labels, *given])
        if len(inner) == 1:
            body = pandoc.walk(body, bare_image, IMAGES)
        return {"t": "Figure", "c": [attributes, [short, caption], pandoc.walk(body, self.change, KINDS)]}

    def table(self, node: Node) -> Node:
        """A table under its label."""
        attributes, (short, caption), *rest = aligned(node["c"])
        caption, labels = self.caption(caption)
        rest = rest if _of_words(rest) else pandoc.walk(rest, self.change, KINDS)
        return {"t": "Table", "c": [labelled(attributes, labels), [short, caption], *rest]}

    def header(self, node: Node) -> Node:
        """A heading; a label in it is one more name for it."""
        level, attributes, words = node["c"]
        words, labels = unlabelled(words)
        identifier, classes, pairs = attributes
        pairs = [*pairs, ["labels", " ".join(labels)]] if labels else pairs
        return {"t": "Header", "c": [level, [identifier, classes, pairs], pandoc.walk(words, self.change, KINDS)]}

    def caption(self, blocks: Sequence[Node]) -> tuple[list[Node], list[str]]:
        """A caption without the labels in it, and those; one written elsewhere is fetched."""
        labels: list[str] = []
        out: list[Node] = []
        for block in blocks:
            if block["t"] not in ("Para", "Plain"):
                out.append(pandoc.walk([block], self.change, KINDS)[0])
                continue
            words, found = unlabelled(block["c"])
            labels += found
            name = TEXT.fullmatch(words[0]["c"]) if len(words) == 1 and words[0]["t"] == "Str" else None
            if name:
                words = self._fetched(name)
            if words:
                out.append({"t": "Plain", "c": pandoc.walk(words, self.change, KINDS)})
        return out, labels

    def _fetched(self, name: re.Match[str]) -> list[Node]:
        if name[1] not in self.texts:
            message = f"the caption '{name[0]}' is written nowhere"
            self.leftovers.append(Leftover("missing-caption", name[0], message, "write it in the figure's brackets"))
        return self.texts.get(name[1], [])

    def division(self, node: Node) -> Node | list[Node] | None:
        """A division that is a figure of several panels, or a table with its caption."""
        attributes, blocks = node["c"]
        identifier, classes, _ = attributes
        if "tex-table" in classes:
            return self.tex_table(attributes, blocks)
        if FIGURE.match(identifier) or "figure" in classes or "panels" in classes:
            return self.panels(attributes, blocks)
        if TABLE.match(identifier) and sum(block["t"] == "Table" for block in blocks) == 1:
            return self.titled_table(attributes, blocks)
        return {"t": "Div", "c": [attributes, self.blocks(blocks)]}

    def tex_table(self, attributes: Sequence[Any], blocks: Sequence[Node]) -> list[Node]:
        """Tables read from TeX, the first under the caption and label of their environment."""
        *found, last = blocks
        caption = last["c"][1]
        identifier, classes, pairs = attributes
        out: list[Node] = []
        for block in found:
            if block["t"] == "Table" and caption is not None:
                own, _, *rest = block["c"]
                names = [identifier, [name for name in classes if name != "tex-table"] + own[1], [*own[2], *pairs]]
                plain = [{"t": "Plain", "c": part["c"]} for part in caption]
                block, caption = {"t": "Table", "c": [names, [None, plain], *rest]}, None
            out.append(block)
        return self.blocks([*out, *(caption or [])])

    def titled_table(self, attributes: Sequence[Any], blocks: Sequence[Node]) -> list[Node]:
        """``::: {#tbl-x}`` with a table and its caption as the last paragraph."""
        identifier, classes, pairs = attributes
        table = next(block for block in blocks if block["t"] == "Table")
        rest = [block for block in blocks if block is not table]
        (_, own, more), (short, caption), *cells = table["c"]
        if not caption and rest and rest[-1]["t"] in ("Para", "Plain"):
            caption = [{"t": "Plain", "c": rest.pop()["c"]}]
        table = {"t": "Table", "c": [[identifier, [*classes, *own], [*pairs, *more]], [short, caption], *cells]}
        return self.blocks([table, *rest])

    def panels(self, attributes: Sequence[Any], blocks: Sequence[Node]) -> list[Node] | Node:
        """``::: {#fig-x}`` with figures or images and a last paragraph that is the caption of all."""
        identifier, classes, pairs = attributes
        parts: list[Node] = []
        words: list[Node] = []
        rest: list[Node] = []
        for block in blocks:
            images = only_images(block)
            if block["t"] == "Figure":
                parts.append(block)
            elif images:
                parts += [panel(image) for image in images]
            elif block["t"] in ("Para", "Plain") and not words and not is_note(block):
                words = block["c"]
            else:
                rest.append(block)
        if not parts:
            return {"t": "Div", "c": [attributes, self.blocks(blocks)]}
        caption, labels = self.caption([{"t": "Plain", "c": words}] if words else [])
        if len(parts) == 1 and not (words and parts[0]["c"][1][1]):
            caption, inner = (caption or parts[0]["c"][1][1]), parts[0]["c"][2]
            figure = {"t": "Figure", "c": [labelled(attributes, labels), [None, caption], inner]}
            return self.blocks([figure, *rest])
        kept = [name for name in classes if name != "figure"]
        names = labelled((identifier, [*dict.fromkeys([*kept, "panels"])], pairs), labels)
        figure = {"t": "Figure", "c": [names, [None, caption], pandoc.walk(parts, self.change, KINDS)]}
        return [figure, *self.blocks(rest)]

    def paragraph(self, node: Node) -> Node | list[Node] | None:
        """A paragraph with its equations labelled and the figures lifted out of it."""
        content = node["c"]
        first = content[0]["c"] if node["t"] == "Para" and content and content[0]["t"] == "Str" else ""
        if (name := TEXT.fullmatch(first)) and name[1] in self.texts:
            return []
        if all(part["t"] in FLAT for part in pandoc.others(content)):
            return node
        parts = lifted(node) if node["t"] == "Para" else [node]
        if len(parts) > 1 or parts[0]["t"] == "Figure":
            return [part for block in parts for part in pandoc.walk([block], self.change, KINDS)]
        return {"t": node["t"], "c": pandoc.walk(pandoc.text(equations(content)), self.inner, KINDS | {"Span"})}

    def inner(self, node: Node) -> Node | list[Node] | None:
        """As ``change``, in a paragraph whose own equations are done."""
        if node["t"] == "Span" and "equation" in node["c"][0][1]:
            return node
        return self.change(node)
