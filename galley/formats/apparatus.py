"""What a page carries round its text: heading levels below the title, the section list, the notes taken out and
numbered, and for each reference the places that cite it. A tree comes in, a tree and these lists go out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from galley.document import Node, reference_id
from galley.formats import webfloats, webmarks
from galley.pandoc import each, inlines, para, plain, raw, span, walk
from galley.patterns import pattern

DEEPEST = 6
HEADER, NOTE, SPAN = frozenset({"Header"}), frozenset({"Note"}), frozenset({"Span"})
MARKED = frozenset({"Link", "Math", "RawBlock", "RawInline", "Span", "Div", *webfloats.HANDLERS})
"""The nodes that ``marked`` looks at."""
EQUATION = pattern(r"\s*\\begin\{(equation|align|gather|multline|eqnarray|displaymath|alignat|flalign)\*?\}")
"""A bare equation environment; whoever lets raw TeX through has seen to it that nothing else is raw."""
LONG_FORMULA, LONGER_FORMULA = 30, 60
"""Characters of TeX from which a formula in a line may be wider than a phone, and than any page, and is let scroll."""


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the section list."""

    identifier: str
    words: str
    sections: tuple[Section, ...] = ()


def lowered(blocks: Any, steps: int) -> Any:
    """Headings so many levels further down, for the page's own headings stand above them."""

    def change(node: Node) -> Node:
        level, attributes, words = node["c"]
        return {"t": "Header", "c": [min(level + steps, DEEPEST), attributes, words]}

    return walk(blocks, change, HEADER)


def named(blocks: Any) -> Any:
    """Headings that have no identifier are given one, so that the section list can lead to them."""
    count = 0

    def change(node: Node) -> Node | None:
        nonlocal count
        if node["c"][1][0]:
            return None
        count += 1
        level, (_, classes, pairs), words = node["c"]
        return {"t": "Header", "c": [level, [f"section-{count}", classes, pairs], words]}

    return walk(blocks, change, HEADER)


def outline(blocks: Any) -> tuple[Section, ...]:
    """The headings of the second and third level as a section list."""
    found: list[tuple[Section, list[Section]]] = []
    for node in each(blocks, HEADER):
        if node["c"][0] not in (2, 3):
            continue
        entry = Section(node["c"][1][0], plain(walk(node["c"][2], _unmarked)))
        if node["c"][0] == 2 or not found:
            found.append((entry, []))
        else:
            found[-1][1].append(entry)
    return tuple(Section(top.identifier, top.words, tuple(under)) for top, under in found)


def _unmarked(node: Node) -> list[Node] | None:
    """Leaves the marks of notes out."""
    return [] if node["t"] == "Link" and "note-ref" in node["c"][0][1] else None


@dataclass(slots=True)
class Notes:
    """The notes of a document, gathered in the order of their marks."""

    bodies: list[list[Node]] = field(default_factory=list)

    def lifted(self, content: Any) -> Any:
        """A copy in which each note is a superscript link to its place in the list of notes."""

        def change(node: Node) -> Node:
            self.bodies.append(node["c"])
            return _mark(len(self.bodies))

        return walk(content, change, NOTE)


def _mark(number: int) -> Node:
    link = {
        "t": "Link",
        "c": [["", ["note-ref"], [["role", "doc-noteref"]]], [{"t": "Str", "c": str(number)}], [f"#note-{number}", ""]],
    }
    return {"t": "Superscript", "c": [span([link], f"note-ref-{number}")]}


def cited_at(parts: Iterable[Any]) -> Mapping[str, tuple[str, ...]]:
    """For each reference's identifier, those of the citations that lead to it, in the order of the page."""
    places: dict[str, list[str]] = {}
    for node in each(list(parts), SPAN):
        if "citation" not in node["c"][0][1] or not node["c"][0][0]:
            continue
        for key in dict(node["c"][0][2]).get("cites", "").split():
            spots = places.setdefault(reference_id(key), [])
            if node["c"][0][0] not in spots:
                spots.append(node["c"][0][0])
    return {reference: tuple(spots) for reference, spots in places.items()}


def marked(content: Any) -> Any:
    """A copy in which links to references say so to assistive technology, wide tables and equations can scroll."""

    def change(node: Node) -> Node | list[Node] | None:
        kind = node["t"]
        if kind == "Link" and "citation-ref" in node["c"][0][1]:
            (identifier, classes, pairs), words, target = node["c"]
            attributes = [identifier, classes, [*pairs, ["role", "doc-biblioref"]]]
            return {"t": "Link", "c": [attributes, words, target]}
        if kind == "Math" and node["c"][0]["t"] == "DisplayMath":
            return span([node], classes=["equation", "scroll"])
        if kind in ("RawBlock", "RawInline") and EQUATION.match(node["c"][1]):
            math = {"t": "Math", "c": [{"t": "DisplayMath"}, node["c"][1]]}
            equation = span([math], classes=["equation", "scroll"])
            return para([equation]) if kind == "RawBlock" else equation
        if kind == "Math" and len(node["c"][1]) > LONG_FORMULA:
            size = "long" if len(node["c"][1]) > LONGER_FORMULA else "longish"
            return span([node], classes=["formula", "scroll", size])
        handler = webfloats.HANDLERS.get(kind)
        return handler(node["c"], marked) if handler else _division(node)

    return walk(content, change, MARKED)


def _division(node: Node) -> Node | list[Node] | None:
    """A numbered equation, an abbreviation, what is blank after a number, which are spans; a listing, a division; what
    is marked as a change."""
    if node["t"] in ("Span", "Div") and (change := webmarks.tagged(node, marked)) is not None:
        return change
    if node["t"] == "Span" and "abbr" in node["c"][0][1]:
        title = escape(dict(node["c"][0][2]).get("title", ""))
        return [raw("html", f'<abbr title="{title}">' if title else "<abbr>"), *node["c"][1], raw("html", "</abbr>")]
    if node["t"] == "Span" and "equation" in node["c"][0][1] and "scroll" not in node["c"][0][1]:
        return webfloats.equation(node["c"])
    if node["t"] == "Span" and "pad" in node["c"][0][1]:
        return span(inlines(dict(node["c"][0][2]).get("pad", "")), classes=["pad"])
    if node["t"] == "Div" and "listing" in node["c"][0][1]:
        return webfloats.listing(node["c"], marked)
    return None


def unwrapped(blocks: Sequence[Node]) -> list[Node]:
    """Paragraphs as bare lines, for a slot that stands inside an element of the page's own."""
    return [{"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block for block in blocks]
