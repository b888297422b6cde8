"""What the Word rooms share of WordprocessingML: names, reading and writing of parts, and the pieces of it that are
written by hand (fields, bookmarks, frames of tables).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO
from xml.etree import ElementTree as ET

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
IGNORABLE = "{" + NAMESPACES["mc"] + "}Ignorable"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def name(short: str) -> str:
    """A name such as "w:val" as ElementTree writes it."""
    prefix, local = short.split(":")
    return "{" + NAMESPACES[prefix] + "}" + local


def w(local: str) -> str:
    """The name of an element or attribute of the text itself."""
    return "{" + NAMESPACES["w"] + "}" + local


def attribute(element: ET.Element, short: str, value: str) -> None:
    """Give an element an attribute such as "w:val"."""
    element.set(name(short), value)


def found_or_made(element: ET.Element, *path: str) -> ET.Element:
    """The element under these names, made on the way where it is not there."""
    for local in path:
        child = element.find(w(local))
        element = child if child is not None else ET.SubElement(element, w(local))
    return element


def parse(data: bytes) -> ET.Element:
    """A part's tree. A document type, in which entities could be made, is refused."""
    if b"<!DOCTYPE" in data[:2000]:
        raise ET.ParseError("a document type is not allowed here")
    return ET.fromstring(data)  # noqa: S314 - a theme's file or Pandoc's, without a document type


def serialized(tree: ET.Element) -> bytes:
    """A part's bytes, each namespace under its usual prefix; the tree cannot be used afterwards."""
    ignorable = tree.attrib.pop(IGNORABLE, "").split()
    used: dict[str, str] = {}
    short = _Short(used)
    for element in tree.iter():
        element.tag = short[element.tag]
        if any(key[0] == "{" for key in element.attrib):
            element.attrib = {short[key]: value for key, value in element.attrib.items()}
    kept = [prefix for prefix in ignorable if prefix in used]
    if kept:
        used["mc"] = NAMESPACES["mc"]
        tree.set("mc:Ignorable", " ".join(kept))
    declared = {f"xmlns:{prefix}": address for prefix, address in sorted(used.items()) if prefix != "xml"}
    tree.attrib = {**declared, **tree.attrib}
    out = BytesIO()
    ET.ElementTree(tree).write(out, "utf-8", xml_declaration=False)
    return HEAD.encode() + out.getvalue()


class _Short(dict[str, str]):
    """Names such as "w:p" for those ElementTree makes, each found once; notes which prefixes are used."""

    def __init__(self, used: dict[str, str]) -> None:
        super().__init__()
        self._used = used
        self._prefixes = {address: prefix for prefix, address in NAMESPACES.items()}

    def __missing__(self, tag: str) -> str:
        if tag[:1] != "{":
            return self.setdefault(tag, tag)
        address, local = tag[1:].split("}")
        prefix = self._prefixes.setdefault(address, f"x{len(self._prefixes)}")
        self._used[prefix] = address
        return self.setdefault(tag, f"{prefix}:{local}")


# -- pieces written by hand --------------------------------------------------------------------------


def field_start(instruction: str, style: str = "") -> str:
    """The beginning of a field, up to what it shows; the style is of its characters."""
    code = f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>'
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate")]
    return run(marks[0], style) + run(code, style) + run(marks[1], style)


def field_end(style: str = "") -> str:
    """The end of a field."""
    return run('<w:fldChar w:fldCharType="end"/>', style)


def run(content: str, style: str = "") -> str:
    """A run of a character style."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{content}</w:r>"


def bookmark(number: int, label: str) -> tuple[str, str]:
    """The two marks of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{escape(label)}"/>', f'<w:bookmarkEnd w:id="{number}"/>'


def frame(style: str, widths: Sequence[int], middle: bool = False) -> tuple[str, tuple[str, ...], str]:
    """A row of a table that only places things: what begins it, what begins each of its cells, and its end.

    Widths are of the columns, in twentieths of a point.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    placed = '<w:vAlign w:val="center"/>' if middle else ""
    cells = tuple(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{placed}</w:tcPr>' for width in widths)
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    return table, cells, "</w:tbl>"


ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def safe_name(identifier: str) -> str:
    """An identifier as Word allows a hidden bookmark to be called: letters, digits, underscores, 40 at most."""
    return "_Ref_" + re.sub(r"\W", "_", identifier)[:30]
