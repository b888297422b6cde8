"""The names of elements and attributes in a Word file, with their namespaces, as ElementTree spells them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
"""The strict form of the standard names the same things anew (ISO/IEC 29500-1)."""

P, RUN, PPR, RPR, TBL, TR, TC = (W + name for name in ("p", "r", "pPr", "rPr", "tbl", "tr", "tc"))
T, DELTEXT, INSTR, DELINSTR, FLDCHAR, FLDDATA = (
    W + name for name in ("t", "delText", "instrText", "delInstrText", "fldChar", "fldData")
)
TAB, BR, CR, PTAB, SYM, SOFT, NOBREAK = (
    W + name for name in ("tab", "br", "cr", "ptab", "sym", "softHyphen", "noBreakHyphen")
)
INS, DEL, MOVED_FROM, MOVED_TO = (W + name for name in ("ins", "del", "moveFrom", "moveTo"))
SDT, SDT_PR, SDT_CONTENT, SIMPLE, LINK = (W + name for name in ("sdt", "sdtPr", "sdtContent", "fldSimple", "hyperlink"))
BOX = W + "txbxContent"
FOOT, END = W + "footnoteReference", W + "endnoteReference"
VAL, ID = W + "val", W + "id"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
MATHS, MATHS_PARA, MATHS_TEXT = M + "oMath", M + "oMathPara", M + "t"


def value(parent: Element | None, name: str) -> str:
    """The ``w:val`` of a child, "" where there is none."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(VAL, "") if child is not None else ""


def toggled(parent: Element | None, name: str) -> bool | None:
    """Whether an on-off property is on; None where it is not said."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(VAL, "true") not in ("0", "false", "off", "none")
