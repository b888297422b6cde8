"""A settled Document's tree -> the one Pandoc is to write for Word: fields round citations and cross-references,
captions, equations and panels in styles of their own, pictures of the project only, nothing foreign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from galley.document import Node, reference_id
from galley.formats.apparatus import EQUATION
from galley.formats.safety import LENGTH, Words, harmless
from galley.formats.wordequations import aligned, is_equation, parted, placed
from galley.formats.wordfields import Mark, citation, labelled, number_only, referring, styled
from galley.formats.wordpictures import Shelf
from galley.formats.wordsuggestions import marked
from galley.formats.wordxml import ROW, frame
from galley.pandoc import attr, div, each, inlines, para, plain, raw_block, span, walk

ANCHORED = {"Header": 1, "Figure": 0, "Table": 0, "Div": 0, "Span": 0, "Code": 0, "CodeBlock": 0, "Link": 0, "Image": 0}
"""Nodes that have attributes, and where in them these stand."""
LOOKS = frozenset({"smallcaps", "underline", "mark"})
"""The classes of a span that Pandoc sets in type; no other class or style of the author's is followed."""
TEXTUAL = frozenset({"Para", "Plain"})


@dataclass(slots=True)
class Setting:
    """What is known of the whole document while its nodes are changed one by one; identifiers are given out once.

    ``measure`` is in twentieths of a point; ``stacked`` and ``above`` say where a theme wants labels and captions.
    """

    shelf: Shelf
    words: Words
    known: frozenset[str]
    marks: Mapping[str, Mark]
    measure: int
    stacked: bool = False
    above: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)
    citing: bool = False

    def blocks(self, content: Sequence[Node]) -> list[Node]:
        """A list of blocks or inlines made ready."""
        changed: list[Node] = walk(list(content), self.change)
        return changed

    def change(self, node: Node) -> Node | list[Node] | None:
        """What stands in a node's place; None keeps it and goes on to its children."""
        handler = HANDLERS.get(node["t"])
        return handler(self, node) if handler else None

    def unique(self, identifier: str) -> str:
        """The identifier the first time it is asked for, then ""."""
        if identifier in self.used:
            return ""
        self.used.add(identifier)
        return identifier

    # -- lines -----------------------------------------------------------------------------------------

    def text(self, node: Node) -> Node | list[Node] | None:
        """A paragraph; where a numbered equation stands in it, it is parted there."""
        if not any(map(is_equation, node["c"])):
            return None
        out: list[Node] = []
        for line, equation, stop in parted(node["c"]):
            if line:
                block = {"t": node["t"], "c": self.blocks(line)}
                goes_on = out and node["t"] == "Para"
                out.append(styled("First Paragraph", [block]) if goes_on else block)
            if equation:
                (identifier, classes, _), content = equation["c"]
                if "by-rows" in classes:
                    out += aligned(content, self.marks, self.unique, stop, self.measure)
                    continue
                mark = self.marks.get(identifier)
                out += placed(self.blocks(content), mark, self.unique(identifier), stop, self.measure)
        return out

    def link(self, node: Node) -> Node | list[Node]:
        """A link that leads somewhere; a field where it refers to something numbered; else its bare words."""
        (_, classes, _), words, (address, _) = node["c"]
        words = self.blocks(words)
        if not address.startswith("#"):
            to = harmless(address)
            return {"t": "Link", "c": [attr(), words, [to, ""]]} if to and words else words
        anchor = address[1:] if address[1:] in self.known else unquote(address[1:])
        if anchor not in self.known or not words:
            return words
        mark = self.marks.get(anchor)
        alone = "xref" in classes and not self.citing  # no field stands within that of a citation
        field_nodes = referring(mark, plain(words)) if mark and alone else None
        return field_nodes or {"t": "Link", "c": [attr(), words, ["#" + anchor, ""]]}

    def span(self, node: Node) -> Node | list[Node]:
        """A citation in its field; of any other span what Pandoc can set, else its bare words."""
        (identifier, classes, pairs), content = node["c"]
        if "citation" in classes:
            self.citing = True
            shown = self.blocks(content)
            self.citing = False
            return citation(identifier, dict(pairs).get("cites", ""), shown)
        kept = [[key, value] for key, value in pairs if key in ("lang", "dir")]
        looks = [name for name in classes if name in LOOKS]
        inner = self.blocks(content)
        if suggested := marked(classes, pairs):
            return {"t": "Span", "c": [suggested, inner]}
        name = self.unique(identifier)
        return {"t": "Span", "c": [[name, looks, kept], inner]} if name or looks or kept else inner

    def image(self, node: Node, caption: str | None = None) -> Node | list[Node]:
        """A picture of the project with its alternative text, none where that only repeats the caption."""
        (_, _, pairs), words, (address, _) = node["c"]
        said = dict(pairs)
        alt = said.get("alt", plain(words))
        picture = self.shelf.put(address)
        if picture is None:
            colon = ": " if plain(words) else ""
            return [*inlines(self.words.missing + colon), *self.blocks(words)]
        sizes = [[key, said[key]] for key in ("width", "height") if LENGTH.fullmatch(said.get(key, "").strip() or "-")]
        if not sizes and picture.width:
            sizes = [["width", picture.width]]
        shown = "" if alt == caption else alt
        title = "decorative" if said.get("alt") == "" else ""
        return {"t": "Image", "c": [["", [], sizes], inlines(shown), [picture.name, title]]}

    # -- blocks ----------------------------------------------------------------------------------------

    def header(self, node: Node) -> Node:
        """A heading, its number or the appendix's letter before it."""
        level, (identifier, _, _), words = node["c"]
        mark = self.marks.get(identifier)
        content = self.blocks(words)
        if mark and mark.kind == "appendix":
            content = [*labelled(mark), *inlines(". "), *content] if content else labelled(mark)
        elif mark:
            content = [*number_only(mark, "", ""), *inlines("\u2002"), *content]
        return {"t": "Header", "c": [level, attr(self.unique(identifier)), content]}

    def code(self, node: Node) -> Node:
        """Code with its language, by which Pandoc colours it."""
        (identifier, classes, _), text = node["c"]
        return {"t": node["t"], "c": [attr(self.unique(identifier), classes), text]}

    def figure(self, node: Node) -> Node:
        """A figure: the picture or its panels, and its label and caption where the theme wants them."""
        (identifier, _, _), (_, caption), body = node["c"]
        panels = [part for part in each(body) if part["t"] == "Figure"]
        held = self._panels(panels) if len(panels) > 1 else self._pictured(body, plain(caption))
        words = self._titled("figure", self.marks.get(identifier), caption)
        return div([*words, *held] if "figure" in self.above else [*held, *words], self.unique(identifier))

    def _titled(self, kind: str, mark: Mark | None, caption: Sequence[Node]) -> list[Node]:
        """Label and caption: stacked the label in bold and the title in italics below it (APA 7 §7.10-7.11), as
        tables always have them; else the label run into the caption.
        """
        if self.stacked or kind == "table":
            label = [styled("Table Label", [para(labelled(mark))])] if mark else []
            return [*label, *self._caption("Table Caption", caption, [])]
        style = "Image Caption" if kind == "figure" else "Listing Caption"
        return self._caption(style, caption, [*labelled(mark, "Caption Label", "."), SPACE] if mark else [])

    def _pictured(self, body: Sequence[Node], caption: str) -> list[Node]:
        out: list[Node] = []
        for block in body:
            if block["t"] in TEXTUAL:
                lines = walk(
                    block["c"], lambda node: self.image(node, caption) if node["t"] == "Image" else self.change(node)
                )
                out.append(styled("Captioned Figure", [para(lines)]))
            else:
                out += self.blocks([block])
        return out

    def _panels(self, panels: Sequence[Node]) -> list[Node]:
        """Panels in rows of two or three, each with its letter and caption under it."""
        columns = 3 if len(panels) in (3, 5, 6, 9) else 2
        start, cells, end = frame("FigureTable", [self.measure // columns] * columns)
        out: list[Node] = []
        opening = start
        for at, panel in enumerate(panels):
            (identifier, _, pairs), (_, caption), body = panel["c"]
            place = at % columns
            out.append(raw_block("openxml", opening + (ROW if place == 0 else "") + cells[place]))
            letter = dict(pairs).get("panel", "")
            label = [{"t": "Str", "c": f"({letter})"}, *([SPACE] if caption else [])] if letter else []
            held = [*self._pictured(body, plain(caption)), *self._caption("Panel Caption", caption, label)]
            out.append(div(held or [para([])], self.unique(identifier)))
            opening = "</w:tc>" + ("</w:tr>" if place == columns - 1 else "")
        missing = -len(panels) % columns
        rest = "".join(f"{cell}<w:p/></w:tc>" for cell in cells[columns - missing :])
        closing = "</w:tc>" + rest + "</w:tr>" + end
        return [*out, raw_block("openxml", closing)]

    def _caption(self, style: str, caption: Sequence[Node], label: Sequence[Node]) -> list[Node]:
        blocks = self.blocks(caption)
        first = blocks[0]["c"] if blocks and blocks[0]["t"] in TEXTUAL else []
        rest = blocks[1:] if first else blocks
        lines = [*label, *first]
        while lines and lines[-1] is SPACE:
            lines.pop()
        return [styled(style, [*([para(lines)] if lines else []), *rest])] if lines or rest else []

    def table(self, node: Node) -> Node:
        """A table under its number and its title, each in a paragraph of its own (APA 7 §7.10-7.11)."""
        (identifier, classes, _), (short, caption), *rest = node["c"]
        above = self._titled("table", self.marks.get(identifier), caption)
        bare = {"t": "Table", "c": [attr(), [short, []], *walk(rest, self.change)]}
        held = [*above, bare]
        if "landscape" in classes:
            held = [section("portrait"), *held, section("landscape")]
        return div(held, self.unique(identifier))

    def div(self, node: Node) -> Node | list[Node]:
        """A table or figure with notes, a listing, else a division of which only language and direction count."""
        (identifier, classes, pairs), content = node["c"]
        if "table-wrap" in classes or "figure-wrap" in classes:
            return div(self._with_notes(content, "Table Note" if "table-wrap" in classes else "Figure Note"))
        if "listing" in classes:
            return div(self._listing(identifier, content), self.unique(identifier))
        if suggested := marked(classes, pairs):
            return {"t": "Div", "c": [suggested, self.blocks(content)]}
        kept = {key: value for key, value in pairs if key in ("lang", "dir")}
        return div(self.blocks(content), self.unique(identifier), **kept)

    def _with_notes(self, content: Sequence[Node], style: str) -> list[Node]:
        """A table or figure and its notes; on a turned page the notes stay with the table."""
        out: list[Node] = []
        turned = any(part["t"] == "Table" and "landscape" in part["c"][0][1] for part in content)
        for part in content:
            notes = part["t"] == "Div" and "notes" in part["c"][0][1]
            out += [styled(style, self.blocks(part["c"][1]))] if notes else self.blocks([part])
        if turned:
            out = [*walk(out, lambda node: [] if node == section("landscape") else None), section("landscape")]
        return out

    def _listing(self, identifier: str, content: Sequence[Node]) -> list[Node]:
        captions = [part["c"][1] for part in content if part["t"] == "Div" and "caption" in part["c"][0][1]]
        above = self._titled("listing", self.marks.get(identifier), captions[0] if captions else [])
        rest = [part for part in content if not (part["t"] == "Div" and "caption" in part["c"][0][1])]
        return [*above, *self.blocks(rest)]

    def foreign(self, node: Node) -> list[Node]:
        """Nothing in the place of a raw piece, but for a bare equation environment, which is maths."""
        if not EQUATION.match(node["c"][1]) or node["c"][0] not in ("tex", "latex"):
            return []
        math = {"t": "Math", "c": [{"t": "DisplayMath"}, node["c"][1]]}
        return [para([math])] if node["t"] == "RawBlock" else [math]


SPACE: Node = {"t": "Space"}
HANDLERS: Mapping[str, Callable[[Setting, Node], Node | list[Node] | None]] = {
    "Para": Setting.text,
    "Plain": Setting.text,
    "Link": Setting.link,
    "Span": Setting.span,
    "Image": Setting.image,
    "Header": Setting.header,
    "Code": Setting.code,
    "CodeBlock": Setting.code,
    "Figure": Setting.figure,
    "Table": Setting.table,
    "Div": Setting.div,
    "HorizontalRule": lambda *_: raw_block("openxml", '<w:p><w:pPr><w:pStyle w:val="Rule"/></w:pPr></w:p>'),
    "RawInline": Setting.foreign,
    "RawBlock": Setting.foreign,
    "Cite": lambda setting, node: setting.blocks(node["c"][1]),
}


def section(turn: str) -> Node:
    """A mark where a section ends whose pages stand upright ("portrait") or are turned ("landscape")."""
    return raw_block("openxml", f'<w:p><w:pPr><w:sectPr><w:type w:val="{turn}"/></w:sectPr></w:pPr></w:p>')


def identifiers(parts: Iterable[Any]) -> frozenset[str]:
    """Every identifier in these trees."""
    nodes = (node for part in parts for node in each(part) if node["t"] in ANCHORED)
    return frozenset(node["c"][ANCHORED[node["t"]]][0] for node in nodes) - {""}


def reference_block(key: str, words: Sequence[Node], setting: Setting) -> Node:
    """An entry of the reference list under its bookmark."""
    return para([span(setting.blocks(words), reference_id(key))])
