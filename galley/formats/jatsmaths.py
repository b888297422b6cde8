"""Formulas for JATS: each as MathML with its TeX beside it, all of them converted by Pandoc in one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError, fromstring

from galley import pandoc
from galley.document import Document, Node
from galley.formats.equationrows import Row, rows, rows_numbered
from galley.formats.jatsxml import MML, element

Maths = Mapping[tuple[str, bool], Element]
START, END = "<math", "</math>"


def converted(nodes: Iterable[Node]) -> dict[tuple[str, bool], Element]:
    """The MathML of Math nodes by their TeX and whether they are displayed; what Pandoc cannot convert is left out."""
    wanted = list(dict.fromkeys((node["c"][1], node["c"][0]["t"] == "DisplayMath") for node in nodes))
    if not wanted:
        return {}
    blocks = [
        pandoc.para([{"t": "Math", "c": [{"t": "DisplayMath" if shown else "InlineMath"}, tex]}])
        for tex, shown in wanted
    ]
    text = pandoc.write(blocks, "html", options=["--mathml"])["body"]
    found: dict[tuple[str, bool], Element] = {}
    for key, part in zip(wanted, text.split("<p>")[1:], strict=False):
        if START in part and END in part:
            made = _parsed(part[part.index(START) : part.rindex(END) + len(END)])
            if made is not None:
                found[key] = made
    return found


def by_rows(document: Document) -> Document:
    """The document with each equation whose rows bear numbers as an equation a row, with its number and identifier."""

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] != "Span" or "by-rows" not in node["c"][0][1]:
            return None
        inner = node["c"][1]
        anchors = dict(zip(*reversed(rows_numbered(inner)), strict=False))
        math = next((part for part in inner if part["t"] == "Math"), None)
        return [_row(row, anchors.get(row.number, "")) for row in rows(math["c"][1])] if math else None

    return replace(
        document,
        blocks=tuple(pandoc.walk(list(document.blocks), change)),
        back=tuple(pandoc.walk(list(document.back), change)),
    )


def _row(row: Row, name: str) -> Node:
    math = {"t": "Math", "c": [{"t": "DisplayMath"}, f"{row.left} {row.right}".strip()]}
    pairs = [["number", row.number]] if row.number else []
    return {"t": "Span", "c": [[name, ["equation"], pairs], [math]]}


def _parsed(text: str) -> Element | None:
    """The element, without the TeX that Pandoc wraps up with it."""
    try:
        made = fromstring(text)  # noqa: S314 - Pandoc wrote it, from TeX
    except ParseError:
        return None
    semantics = made.find(f"{{{MML}}}semantics")
    if semantics is not None:
        for child in list(semantics):
            if child.tag == f"{{{MML}}}annotation":
                semantics.remove(child)
        made.remove(semantics)
        made.extend(list(semantics))
    return made


def formula(tex: str, shown: bool, maths: Maths) -> Element:
    """A formula as ``inline-formula`` or ``disp-formula``: MathML and TeX as alternatives, the TeX alone without."""
    from copy import deepcopy

    written = element("tex-math", tex)
    known = maths.get((tex, shown))
    content = written if known is None else element("alternatives", deepcopy(known), written)
    return element("disp-formula" if shown else "inline-formula", content)
