"""A finished page -> the same for a round of review or proof: a line on every page that says what it is, and for
reviewers numbered lines. PDF has both from its layout; here they are put into web pages and Word documents.
"""

from __future__ import annotations

import re
import zipfile
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from galley.formats.wordpack import zipped
from galley.formats.wordxml import attribute, parse, serialized, w

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

STYLE = """
.round-notice { font: 600 .8125rem/1.5 var(--sans-face, sans-serif); text-align: center; margin: 0; padding: .4em 1em;
  background: #fdf0d5; color: #5a2c00; border-block-end: 1px solid; position: sticky;
  inset-block-start: 0; z-index: 2; }
@media print { .round-notice { position: fixed; inset-inline: 0; } }
"""
NUMBERED = """
.text p, .text li, .abstract p { line-height: 2; }
main { counter-reset: paragraph; }
.text > p, .abstract > p { counter-increment: paragraph; position: relative; }
.text > p::before, .abstract > p::before { content: counter(paragraph); position: absolute; inset-inline-start: -3em;
  inline-size: 2.2em; text-align: end; color: var(--quiet, #555); text-indent: 0;
  font: .75rem/2.6 var(--sans-face, sans-serif); }
"""
BEFORE = frozenset(
    map(
        w,
        (
            "headerReference",
            "footerReference",
            "footnotePr",
            "endnotePr",
            "type",
            "pgSz",
            "pgMar",
            "paperSrc",
            "pgBorders",
        ),
    )
)
"""What stands before the numbers of lines among the properties of a section."""


STANDARDS = (("a-2a", "ua-1"), ("a-2b",), ("1.7",))
"""What a PDF for a round keeps, the strictest first: a manuscript on its way may lack what an archive asks for."""


def written(document: Document, theme: Theme, kind: str, notice: str = "") -> bytes:
    """A document in one format; its PDF by the strictest standard that it can keep. Fault where it keeps none."""
    from galley.formats import FORMATS, pdf
    from galley.report import Fault

    if kind != "pdf":
        return FORMATS[kind](())[1](document, theme)
    for standards in STANDARDS[:-1]:
        try:
            return pdf.write(document, theme, standards, notice=notice)
        except Fault as fault:
            if fault.status == 2:
                raise
    return pdf.write(document, theme, STANDARDS[-1], notice=notice)


def dressed(content: bytes, kind: str, line: str, *, double: bool = False) -> bytes:
    """The page with a line that says what it is; ``double`` also numbers lines (in HTML paragraphs)."""
    if kind == "html":
        return _page(content, line, double=double)
    return _document(content, line, double=double) if kind == "docx" else content


def _page(content: bytes, line: str, *, double: bool) -> bytes:
    style = (STYLE + (NUMBERED if double else "")).encode()
    notice = f'<p class="round-notice" role="note">{escape(line)}</p>'.encode()
    content = content.replace(b"</style>", style + b"</style>", 1)
    return re.sub(rb"<body[^>]*>", lambda found: found[0] + b"\n" + notice, content, count=1)


def _document(content: bytes, line: str, *, double: bool) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    for name in parts:
        if re.fullmatch(r"word/header\d*\.xml", name):
            tree = parse(parts[name])
            tree.insert(0, _paragraph(line))
            for paragraph in tree.iter(w("p")):
                _unnumbered(paragraph)
            parts[name] = serialized(tree)
    if double:
        tree = parse(parts["word/document.xml"])
        for section in tree.iter(w("sectPr")):
            _numbered(section)
        parts["word/document.xml"] = serialized(tree)
    return zipped(parts)


def _paragraph(line: str) -> ET.Element:
    paragraph = ET.Element(w("p"))
    properties = ET.SubElement(paragraph, w("pPr"))
    attribute(ET.SubElement(properties, w("jc")), "w:val", "center")
    run = ET.SubElement(paragraph, w("r"))
    look = ET.SubElement(run, w("rPr"))
    ET.SubElement(look, w("b"))
    attribute(ET.SubElement(look, w("sz")), "w:val", "18")
    ET.SubElement(run, w("t")).text = line
    return paragraph


# what stands before the numbers of lines among the properties of a paragraph
FIRST = frozenset(map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr")))


def _unnumbered(paragraph: ET.Element) -> None:
    """Heads of pages have no numbers of lines; some programs would count them."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = ET.Element(w("pPr"))
        paragraph.insert(0, properties)
    properties.insert(sum(child.tag in FIRST for child in properties), ET.Element(w("suppressLineNumbers")))


# what stands behind the borders among the properties of a table
LAST = frozenset(map(w, ("shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription")))


def ruled(content: bytes) -> bytes:
    """A Word document whose tables have rules between their cells, to be filled in."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    tree = parse(parts["word/document.xml"])
    for properties in tree.iter(w("tblPr")):
        for old in properties.findall(w("tblBorders")):
            properties.remove(old)
        borders = ET.Element(w("tblBorders"))
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            border = ET.SubElement(borders, w(side))
            for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
                attribute(border, f"w:{name}", value)
        at = next((at for at, child in enumerate(properties) if child.tag in LAST), len(properties))
        properties.insert(at, borders)
    parts["word/document.xml"] = serialized(tree)
    return zipped(parts)


def _numbered(section: ET.Element) -> None:
    for old in section.findall(w("lnNumType")):
        section.remove(old)
    numbers = ET.Element(w("lnNumType"))
    attribute(numbers, "w:countBy", "1")
    attribute(numbers, "w:restart", "continuous")
    section.insert(sum(child.tag in BEFORE for child in section), numbers)
