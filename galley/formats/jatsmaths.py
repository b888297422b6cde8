"""Formulas for JATS: each as MathML with its TeX beside it, all of them converted by Pandoc in one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring

from galley import pandoc
from galley.document import Node
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
