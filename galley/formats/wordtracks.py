"""Signs in the text of a Word document -> Word's own tracked changes: runs, ends of paragraphs, rows, cells, equations
and notes inserted, deleted or moved, formats changed, each with its author and date.

It works in two steps, for the package is put in order between them: first each run is told which mark it bears, then
the marks are put round the runs.
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree import ElementTree as ET

from galley.formats.marks import CLOSE, OPEN, SIGN, Ledger, number_of
from galley.formats.wordxml import attribute, name, w

OWN = "{galley}mark"
LOOK = "{galley}look"
TAGS = {"insertion": "ins", "deletion": "del", "moved-from": "moveFrom", "moved-to": "moveTo"}
RANGES = {"moved-from": "moveFromRange", "moved-to": "moveToRange"}
MATHS = frozenset({name("m:oMath"), name("m:oMathPara")})
GONE = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
PROPERTIES = frozenset({w("pPr"), w("rPr"), w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr"), w("sectPr")})
OLD_LOOKS = {"Strong": ("b", "1"), "Emph": ("i", "1"), "SmallCaps": ("smallCaps", "1"), "Strikeout": ("strike", "1")}
OLD_LOOKS |= {"Underline": ("u", "single"), "Superscript": ("vertAlign", "superscript")}
OLD_LOOKS |= {"Subscript": ("vertAlign", "subscript")}


# -- which run bears which mark ----------------------------------------------------------------------


def noted(tree: ET.Element, ledger: Ledger) -> ET.Element:
    """The part with its signs taken out, and every run, equation, end of paragraph, row and cell told its mark."""
    _Noting(ledger).within(tree)
    for row in tree.iter(w("tr")):
        marks = [_common(cell) for cell in row.findall(w("tc"))]
        told = {mark for mark in marks if mark is not None}
        if None not in marks and "" not in told and _kind(told, ledger):
            row.set(OWN, next(iter(told)))
        else:
            for cell, mark in zip(row.findall(w("tc")), marks, strict=True):
                if mark:
                    cell.set(OWN, mark)
    return tree


def _kind(told: set[str], ledger: Ledger) -> str:
    """The one kind of these marks, or ""."""
    kinds = {ledger[int(mark)].kind for mark in told}
    return kinds.pop() if len(kinds) == 1 else ""


def _common(cell: ET.Element) -> str | None:
    """The mark of the ends of all paragraphs in a cell; "" where one has none, None where that cannot be told."""
    marks = [
        (paragraph.get(OWN) or "")
        if len(paragraph) > (paragraph.find(w("pPr")) is not None) or paragraph.get(OWN)
        else None
        for paragraph in cell.iter(w("p"))
    ]
    told = {mark for mark in marks if mark is not None}
    return None if not told else next(iter(told)) if "" not in told else ""


class _Noting:
    """One walk through a part: the marks that are open where it is."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.stack: list[int] = []
        self.end = ""

    def within(self, element: ET.Element) -> None:
        for child in list(element):
            if child.tag == w("r"):
                self.run(element, child)
            elif child.tag in MATHS:
                if self.mark():
                    child.set(OWN, self.mark())
            elif child.tag == w("p"):
                outer, self.end = self.end, ""
                self.within(child)
                if self.end:
                    child.set(OWN, self.end)
                self.end = outer
            elif child.tag not in PROPERTIES:
                self.within(child)

    def mark(self) -> str:
        """The innermost mark by which something is inserted, deleted or moved."""
        return next((str(one) for one in reversed(self.stack) if self.ledger[one].kind in TAGS), "")

    def look(self) -> str:
        return next((str(one) for one in reversed(self.stack) if self.ledger[one].kind not in TAGS), "")

    def run(self, parent: ET.Element, run: ET.Element) -> None:
        """The run in as many runs as it has marks, without the signs."""
        properties = run.find(w("rPr"))
        out: list[ET.Element] = []
        for child in [child for child in run if child.tag != w("rPr")]:
            if child.tag != w("t"):
                self.add(out, properties, child)
                continue
            text, at = child.text or "", 0
            for found in SIGN.finditer(text):
                self.text(out, properties, text[at : found.start()])
                at = found.end()
                self.step(found)
            self.text(out, properties, text[at:])
        place = list(parent).index(run)
        parent[place : place + 1] = out

    def step(self, found: re.Match[str]) -> None:
        sign = found[0]
        if sign == CLOSE:
            self.stack = self.stack[:-1]
        elif sign[0] == OPEN:
            self.stack.append(number_of(found))
        else:
            self.end = str(number_of(found))

    def text(self, out: list[ET.Element], properties: ET.Element | None, words: str) -> None:
        if words:
            element = ET.Element(w("t"))
            element.text = words
            attribute(element, "xml:space", "preserve")
            self.add(out, properties, element)

    def add(self, out: list[ET.Element], properties: ET.Element | None, child: ET.Element) -> None:
        run = ET.Element(w("r"))
        own = deepcopy(properties) if properties is not None else ET.Element(w("rPr"))
        for tag, mark in ((OWN, self.mark()), (LOOK, self.look())):
            if mark:
                ET.SubElement(own, tag, {"number": mark})
        if len(own):
            run.append(own)
        run.append(child)
        out.append(run)
