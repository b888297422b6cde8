"""The tree of a settled Document -> the body of a JATS article: sections, floats, formulas, notes, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from galley.document import Node
from galley.formats.jatsfloats import figure, framed, graphic, with_notes
from galley.formats.jatsmaths import formula
from galley.formats.jatstables import table
from galley.formats.jatsxml import LANG, Content, Identifiers, element, linked, paragraphs
from galley.pandoc import QUOTES, plain

FACES = {
    "Emph": "italic",
    "Strong": "bold",
    "Strikeout": "strike",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "sc",
    "Underline": "underline",
}
TARGETS = {"figure": "fig", "table": "table", "equation": "disp-formula", "listing": "boxed-text", "section": "sec"}
"""The kinds of numbered objects and what ``ref-type`` calls them."""
ORDERS = {"LowerAlpha": "alpha-lower", "UpperAlpha": "alpha-upper", "LowerRoman": "roman-lower"} | {
    "UpperRoman": "roman-upper"
}
LISTED = frozenset({"BulletList", "OrderedList", "DefinitionList"})


@dataclass(slots=True)
class Setting:
    """What is known of the whole article while its nodes are turned into elements one by one.

    ``maths`` has the MathML of each formula by its TeX and kind, ``graphics`` the name under which each picture
    is delivered by its address, ``kinds`` the ``ref-type`` of each identifier of the tree that there is.
    """

    names: Identifiers
    maths: Mapping[tuple[str, bool], Element]
    graphics: Mapping[str, str]
    kinds: Mapping[str, str]
    notes: list[Element] = field(default_factory=list)
    inside: int = 0

    # -- blocks ----------------------------------------------------------------------------------------

    def sections(self, blocks: Sequence[Node]) -> list[Element]:
        """Blocks with headings as elements, each heading with what belongs to it in a ``sec``."""
        at = next((i for i, block in enumerate(blocks) if block["t"] == "Header"), len(blocks))
        done = self.blocks(blocks[:at])
        while at < len(blocks):
            level, (name, classes, pairs), words = blocks[at]["c"]
            end = at + 1
            while end < len(blocks) and not (blocks[end]["t"] == "Header" and blocks[end]["c"][0] <= level):
                end += 1
            number, words = unnumbered(words)
            label = dict(pairs).get("label") or number or dict(pairs).get("number", "")
            made = element("app" if "appendix" in classes else "sec", id=self.names.of(name, "sec") if name else "")
            made.extend([element("label", label)] if label else [])
            made.append(element("title", self.inlines(words)))
            made.extend(self.sections(blocks[at + 1 : end]))
            done.append(made)
            at = end
        return done

    def blocks(self, blocks: Sequence[Node]) -> list[Element]:
        """Blocks without headings as elements."""
        return [made for block in blocks for made in self.block(block)]

    def block(self, block: Node) -> list[Element]:
        """One block as elements: none where there is nothing to show."""
        kind = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                return self._paragraph(content)
            case "Header":
                return [element("p", element("bold", self.inlines(content[2])))]
            case "BlockQuote":
                return [element("disp-quote", self.blocks(content))]
            case "CodeBlock":
                (_, classes, _), text = content
                return [element("p", element("code", text, language=classes[0] if classes else ""))]
            case "LineBlock":
                return [element("verse-group", [element("verse-line", self.inlines(line)) for line in content])]
            case "Table":
                return [table(self, block)]
            case "Figure":
                return [figure(self, block)]
            case "Div":
                return self._division(content)
            case _ if kind in LISTED:
                return [self._list(block)]
            case _:
                return []

    def _paragraph(self, content: Sequence[Node]) -> list[Element]:
        if len(content) == 1 and content[0]["t"] == "Image":
            return [element("p", graphic(self, content[0], "inline-graphic"))]
        inner = self.inlines(content)
        return [element("p", inner)] if inner else []

    def _list(self, block: Node) -> Element:
        kind, content = block["t"], block["c"]
        if kind == "DefinitionList":
            rows = [
                element(
                    "def-item", element("term", self.inlines(term)), element("def", paragraphs(self._all(meanings)))
                )
                for term, meanings in content
            ]
            return element("def-list", rows)
        if kind == "BulletList":
            return element("list", [self._item(item) for item in content], list_type="bullet")
        (start, style, _), items = content
        order = ORDERS.get(style["t"], "order")
        made = [self._item(item) for item in items]
        if start != 1:  # JATS counts from 1; a list that does not says its numbers itself
            for number, item in enumerate(made, start):
                item.insert(0, element("label", f"{number}."))
        return element("list", made, list_type=order)

    def _item(self, blocks: Sequence[Node]) -> Element:
        return element("list-item", paragraphs(self.blocks(blocks), "list", "def-list"))

    def _all(self, several: Sequence[Sequence[Node]]) -> list[Element]:
        return [made for blocks in several for made in self.blocks(blocks)]

    def _division(self, content: Any) -> list[Element]:
        (name, classes, pairs), inner = content
        if "table-wrap" in classes or "figure-wrap" in classes:
            return with_notes(self, inner)
        if "listing" in classes:
            code = [part for part in inner if part["t"] != "Div"]
            caption = [part for div in inner if div["t"] == "Div" for part in div["c"][1]]
            label = dict(pairs).get("label", "")
            held = [self._code(part) for part in code]
            return [framed(self, "boxed-text", name, label, caption, held, content_type="listing")]
        made = self.sections(inner)
        lang = dict(pairs).get("lang", "")
        for one in made if lang else ():
            one.set(LANG, lang)
        return made

    def _code(self, block: Node) -> Content | list[Element]:
        if block["t"] != "CodeBlock":
            return self.block(block)
        (_, classes, _), text = block["c"]
        return element("code", text, language=classes[0] if classes else "")

    # -- inlines ---------------------------------------------------------------------------------------

    def inlines(self, nodes: Sequence[Node]) -> list[Content]:
        """Inline nodes as texts and elements."""
        return [part for node in nodes for part in self.inline(node)]

    def inline(self, node: Node) -> list[Content]:
        """One inline node as texts and elements."""
        kind = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            return [content]
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return [" "]
        if kind in FACES:
            return [element(FACES[kind], self.inlines(content))]
        handler = INLINES.get(kind)
        return handler(self, content) if handler else []

    def _quoted(self, content: Any) -> list[Content]:
        marks = QUOTES[content[0]["t"]]
        return [marks[0], *self.inlines(content[1]), marks[1]]

    def _code_inline(self, content: Any) -> list[Content]:
        return [element("monospace", content[1])]

    def _math(self, content: Any) -> list[Content]:
        return [formula(content[1], content[0]["t"] == "DisplayMath", self.maths)]

    def _image(self, content: Any) -> list[Content]:
        return [graphic(self, {"t": "Image", "c": content}, "inline-graphic")]

    def _cite(self, content: Any) -> list[Content]:
        return self.inlines(content[1])

    def _link(self, content: Any) -> list[Content]:
        _, words, (address, _) = content
        inner = self.inlines(words)
        if address.startswith("#"):
            kind = self.kinds.get(address[1:])
            return [element("xref", inner, ref_type=kind, rid=self.names.of(address[1:]))] if kind else inner
        if not address.lower().startswith(("http:", "https:", "mailto:", "ftp:")):
            return inner
        return [linked(inner, address)]

    def _span(self, content: Any) -> list[Content]:
        (name, classes, pairs), inner = content
        if "equation" in classes:
            return self._equation(name, dict(pairs), inner)
        made = self.inlines(inner)
        lang = dict(pairs).get("lang", "")
        if "smallcaps" in classes:
            return [element("sc", made)]
        if lang and made:
            named = element("named-content", made, content_type="lang")
            named.set(LANG, lang)
            return [named]
        return made

    def _equation(self, name: str, said: Mapping[str, str], inner: Sequence[Node]) -> list[Content]:
        made = self.inlines([node for node in inner if node["t"] == "Math"])
        anchors = [node["c"][0][0] for node in inner if node["t"] == "Span" and node["c"][0][0]]
        for one in made:
            if isinstance(one, Element):
                known = [label for label in (name, *anchors) if label]
                if known:
                    one.set("id", self.names.same(known, "eq"))
                if said.get("number"):
                    one.insert(0, element("label", f"({said['number']})"))
        return made

    def _note(self, content: Any) -> list[Content]:
        if self.inside:
            return [" (", *[part for block in content for part in self.inlines(_lines(block))], ")"]
        number = len(self.notes) + 1
        self.notes.append(element("fn"))  # its place is taken before notes within it are met
        self.inside += 1
        name = self.names.of(f"fn-{number}")
        self.notes[number - 1] = element("fn", element("label", str(number)), paragraphs(self.blocks(content)), id=name)
        self.inside -= 1
        return [element("xref", element("sup", str(number)), ref_type="fn", rid=name)]


def unnumbered(words: Sequence[Node]) -> tuple[str, list[Node]]:
    """The number that numbering puts before the words of a heading, or "", and the words without it."""
    first = words[0] if words else {"t": ""}
    if first["t"] != "Span" or "section-number" not in first["c"][0][1]:
        return "", list(words)
    blank = len(words) > 1 and words[1]["t"] in ("Str", "Space") and not words[1].get("c", "").strip()
    return plain(first["c"][1]), list(words[2 if blank else 1 :])


def _lines(block: Node) -> list[Node]:
    return block["c"] if block["t"] in ("Para", "Plain") else [{"t": "Str", "c": plain(block)}]


INLINES: dict[str, Callable[[Setting, Any], list[Content]]] = {
    "Quoted": Setting._quoted,
    "Code": Setting._code_inline,
    "Math": Setting._math,
    "Image": Setting._image,
    "Cite": Setting._cite,
    "Link": Setting._link,
    "Span": Setting._span,
    "Note": Setting._note,
}
