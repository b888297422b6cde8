"""Runs, equations, ends of paragraphs, rows and cells that know their marks -> Word's tracked changes round them, each
with its number, author and date.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from galley.formats.marks import Ledger, Mark
from galley.formats.wordtracks import LOOK, MATHS, OWN, TAGS
from galley.formats.wordxml import attribute, found_or_made, w

RANGES = {"moved-from": "moveFromRange", "moved-to": "moveToRange"}
GONE = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
OLD_LOOKS = {"Strong": ("b", "1"), "Emph": ("i", "1"), "SmallCaps": ("smallCaps", "1"), "Strikeout": ("strike", "1")}
OLD_LOOKS |= {"Underline": ("u", "single"), "Superscript": ("vertAlign", "superscript")}
OLD_LOOKS |= {"Subscript": ("vertAlign", "subscript")}


class Tracking:
    """The numbers that changes bear, one after another through all parts."""

    def __init__(self, ledger: Ledger, first: int = 1) -> None:
        """Begin to count."""
        self.ledger = ledger
        self.next = first
        self.wholes: frozenset[int] = frozenset()

    def change(self, tag: str, mark: Mark, *, whole: bool = False) -> ET.Element:
        """An element that says who changed something, and when; of what is ``whole`` paragraphs, two minutes later.

        LibreOffice takes neighbouring changes of one author and one minute for one, and with it the end of the
        paragraph between a line's last words and a new paragraph below, which nobody has changed.
        """
        element = ET.Element(w(tag))
        attribute(element, "w:id", str(self.next))
        attribute(element, "w:author", mark.said.get("author", ""))
        if mark.said.get("date"):
            attribute(element, "w:date", later(mark.said["date"]) if whole else mark.said["date"])
        self.next += 1
        return element

    def tracked(self, tree: ET.Element) -> ET.Element:
        """The part, in place."""
        self.wholes = frozenset(int(one.get(OWN, "-1")) for one in tree.iter(w("p")))
        for parent in list(tree.iter()):
            if any(child.tag == w("r") or child.get(OWN) for child in parent):
                self.children(parent)
        for row in tree.iter(w("tr")):
            self.row(row)
        for look in [one for one in tree.iter(w("rPr")) if one.find(LOOK) is not None]:
            self.look(look)
        _bookmarks(tree)
        return tree

    def children(self, parent: ET.Element) -> None:
        """Runs and equations within their marks; neighbours of one mark in one."""
        out: list[ET.Element] = []
        before = ""
        for child in list(parent):
            number = self.taken(child)
            if not number or child.tag == w("p"):
                before = ""
                out += self.paragraph(child, number) if number and child.tag == w("p") else [child]
                continue
            mark = self.ledger[int(number)]
            if number != before:
                out.append(self.change(TAGS[mark.kind], mark, whole=int(number) in self.wholes))
            before = number
            out[-1].append(child)
            if mark.kind in ("deletion", "moved-from"):
                _gone(child, mark.kind == "deletion")
        parent[:] = out

    def taken(self, child: ET.Element) -> str:
        """The number of a run's, equation's or paragraph's mark, which is taken off it."""
        if child.tag == w("r"):
            own = child.find(f"{w('rPr')}/{OWN}")
            properties = child.find(w("rPr"))
            if own is None or properties is None:
                return ""
            properties.remove(own)
            if not len(properties):
                child.remove(properties)
            return own.get("number", "")
        return child.attrib.pop(OWN, "") if child.tag in MATHS or child.tag == w("p") else ""

    def paragraph(self, paragraph: ET.Element, number: str) -> list[ET.Element]:
        """A paragraph whose end is marked, and of a moved one the marks that its two places share."""
        mark = self.ledger[int(number)]
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = ET.Element(w("pPr"))
            paragraph.insert(0, properties)
        looks = properties.find(w("rPr"))
        if looks is None:
            looks = ET.Element(w("rPr"))
            after = [at for at, one in enumerate(properties) if one.tag in (w("sectPr"), w("pPrChange"))]
            properties.insert(after[0] if after else len(properties), looks)
        looks.insert(0, self.change(TAGS[mark.kind], mark, whole=int(number) in self.wholes))
        if mark.kind not in RANGES:
            return [paragraph]
        start = self.change(RANGES[mark.kind] + "Start", mark)
        attribute(start, "w:name", mark.said.get("name", "move"))
        end = ET.Element(w(RANGES[mark.kind] + "End"))
        attribute(end, "w:id", start.get(w("id"), ""))
        paragraph.insert(1, start)
        return [paragraph, end]

    def row(self, row: ET.Element) -> None:
        """A row, or some of its cells, inserted or deleted; a moved one counts as such."""
        number = row.attrib.pop(OWN, "")
        kinds = {"moved-from": "deletion", "moved-to": "insertion"}
        if number:
            mark = self.ledger[int(number)]
            properties = row.find(w("trPr"))
            if properties is None:
                properties = ET.Element(w("trPr"))
                row.insert(0, properties)
            properties.append(self.change(TAGS[kinds.get(mark.kind, mark.kind)], mark))
        for cell in row.findall(w("tc")):
            own = cell.attrib.pop(OWN, "")
            if own:
                mark = self.ledger[int(own)]
                tag = "cellIns" if kinds.get(mark.kind, mark.kind) == "insertion" else "cellDel"
                found_or_made(cell, "tcPr").append(self.change(tag, mark))
                _first(cell, "tcPr")

    def look(self, properties: ET.Element) -> None:
        """What a run looked like before, where only that has changed."""
        own = properties.find(LOOK)
        mark = self.ledger[int(own.get("number", "0"))] if own is not None else None
        if own is None or mark is None:
            return
        properties.remove(own)
        change = self.change("rPrChange", mark)
        before = ET.SubElement(change, w("rPr"))
        for look in mark.said.get("was", "").split():
            if look in OLD_LOOKS:
                tag, value = OLD_LOOKS[look]
                ET.SubElement(before, w(tag), {w("val"): value})
        properties.append(change)


def later(date: str) -> str:
    """A date two minutes on."""
    try:
        return (datetime.fromisoformat(date) + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return date


def _first(element: ET.Element, local: str) -> None:
    """The properties before all else."""
    properties = element.find(w(local))
    if properties is not None and element[0] is not properties:
        element.remove(properties)
        element.insert(0, properties)


def _gone(element: ET.Element, deleted: bool) -> None:
    """The words of what is deleted under the names Word has for such; of what is moved away they keep theirs."""
    for one in element.iter():
        if deleted and one.tag in GONE:
            one.tag = GONE[one.tag]


def _bookmarks(tree: ET.Element) -> None:
    """Each bookmark once under each name, with a number of its own: of two the later is let go, it is the old one's."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    names: set[str] = set()
    open_: dict[str, list[tuple[str, bool]]] = {}
    count = 0
    for element in list(tree.iter()):
        if element.tag == w("bookmarkStart"):
            own = element.get(w("name"), "")
            kept = own not in names
            names.add(own)
            count += 1
            open_.setdefault(element.get(w("id"), ""), []).append((str(count), kept))
            attribute(element, "w:id", str(count))
            if not kept:
                parents[element].remove(element)
        elif element.tag == w("bookmarkEnd"):
            waiting = open_.get(element.get(w("id"), ""), [])
            number, kept = waiting.pop() if waiting else ("", False)
            attribute(element, "w:id", number or "0")
            if not kept:
                parents[element].remove(element)
