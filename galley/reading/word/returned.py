"""A Word file that came back -> Returned: every paragraph with its pieces, changes and remarks as Word noted them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from galley import wordmarks
from galley.reading.word import tags
from galley.reading.word.package import Package
from galley.reading.word.pieces import unclosed
from galley.reading.word.returnedlines import Line
from galley.reading.word.styles import Styles
from galley.reading.word.tags import ID, PPR, RPR, W, value
from galley.report import Diagnostic, fault
from galley.returned import Block, Hand, Remark, Returned, signed

SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
CHANGES = {tags.INS: "ins", tags.MOVED_TO: "ins", tags.DEL: "del", tags.MOVED_FROM: "del"}
DEPTH = 150
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def read(path: Path) -> tuple[Returned, tuple[Diagnostic, ...]]:
    """The file's paragraphs, and what was wrong with it; Fault where it is no Word file."""
    package = Package(path)
    try:
        root = package.tree(package.main)
        body = root.find(W + "body") if root is not None else None
        if root is None or body is None:
            raise fault("not-word", package.name, f"has no text: its part {package.main} is missing")
        walk = _Walk(Styles(package.side(package.related("styles") or "word/styles.xml")), package)
        try:
            walk.blocks_of(body, root, package.main)
            notes = _notes(package, walk)
        except RecursionError as error:
            raise fault("not-word", package.name, "its elements are nested too deep") from error
        source = _source(package)
        return Returned(package.name, tuple(walk.blocks), notes, _remarks(package), source), tuple(package.faults)
    finally:
        package.close()


def reference_keys(path: Path) -> dict[str, str]:
    """The keys of a reference list that a document of ours holds, by the fingerprint of each entry's words."""
    from galley.document import reference_id
    from galley.reading.word.returnedlines import CITATION

    package = Package(path)
    try:
        root = package.tree(package.main)
    finally:
        package.close()
    if root is None:
        return {}
    codes = (CITATION.match("".join(code.itertext())) for code in root.iter(tags.INSTR))
    keys = {reference_id(key): key for found in codes if found for key in found["keys"].split()}
    out: dict[str, str] = {}
    for paragraph in root.iter(tags.P):
        for mark in paragraph.iter(W + "bookmarkStart"):
            key = keys.get(mark.get(W + "name", ""))
            if key:
                out[wordmarks.fingerprint("".join(text.text or "" for text in paragraph.iter(tags.T)))] = key
    return out


def _notes(package: Package, walk: _Walk) -> dict[str, tuple[Block, ...]]:
    """The paragraphs of footnotes and endnotes under the names by which the text calls them."""
    body, found = walk.blocks, {}
    for kind in ("footnotes", "endnotes"):
        part = package.related(kind)
        root = package.side(part) if part else None
        for note in root if root is not None else ():
            if note.get(W + "type") in SEPARATORS:
                continue
            walk.blocks = []
            walk.part = "note"
            walk.blocks_of(note, root if root is not None else note, part)
            found[f"{kind}{note.get(ID, '')}"] = tuple(walk.blocks)
    walk.blocks = body
    return found


def _remarks(package: Package) -> dict[str, Remark]:
    part = package.related("comments")
    root = package.side(part) if part else None
    found: dict[str, Remark] = {}
    for one in root if root is not None else ():
        words = "\n".join("".join(t.text or "" for t in p.iter(tags.T)) for p in one.iter(tags.P)).strip()
        found[one.get(ID, "")] = Remark(hand(one), words)
    return found


def _source(package: Package) -> str:
    tree = package.side("docProps/custom.xml")
    listed = tree.iter(CUSTOM) if tree is not None else ()
    return next(("".join(one.itertext()).strip() for one in listed if one.get("name") == wordmarks.PROPERTY), "")


def hand(element: Element) -> Hand:
    """Who made a change, and when."""
    return signed(element.get(W + "author", ""), element.get(W + "date", ""))


def below(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a name below one, those of a table within it left out."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag != tags.TBL and len(child):
            yield from below(child, tag)


class _Walk:
    """A walk over the blocks of a part; ``blocks`` grows."""

    def __init__(self, styles: Styles, package: Package) -> None:
        self.styles, self.package = styles, package
        self.blocks: list[Block] = []
        self.part = "body"
        self._tables = 0
        self._cell = (0, 0, 0)
        self._row: tuple[str, Hand] = ("", Hand())
        self._links: Mapping[str, str] = {}
        self._unclosed: frozenset[int] = frozenset()

    def blocks_of(self, parent: Element, root: Element, part: str) -> None:
        relations = self.package.relations(part)
        self._links = {name: relation.target for name, relation in relations.items() if relation.outside}
        self._unclosed = unclosed(root)
        self._within(parent, 0)

    def _within(self, parent: Element, depth: int) -> None:
        if depth > DEPTH:
            raise RecursionError
        for child in parent:
            tag = child.tag
            if tag == tags.P:
                self._paragraph(child)
            elif tag == tags.TBL:
                self._table(child, depth + 1)
            elif tag == tags.ALTERNATE:
                branch = child.find(tags.CHOICE)
                self._within(child if branch is None else branch, depth + 1)
            elif tag != tags.SDT_PR and len(child):
                self._within(child, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        before, kept = self._cell, self._row
        self._tables += 1
        number = self._tables
        for at, row in enumerate(below(table, tags.TR), 1):
            properties = row.find(W + "trPr")
            noted = next((one for one in (properties if properties is not None else ()) if one.tag in CHANGES), None)
            self._row = (CHANGES[noted.tag], hand(noted)) if noted is not None else ("", Hand())
            for column, cell in enumerate(below(row, tags.TC), 1):
                self._cell = (number, at, column)
                self._within(cell, depth + 1)
        self._cell, self._row = before, kept

    def _paragraph(self, element: Element) -> None:
        properties = element.find(PPR)
        style = value(properties, "pStyle") or self.styles.usual
        line = Line(self.styles, style, self._links, self._unclosed)
        line.read(element)
        kind, level = self._kind(style, properties)
        mark, who = self._mark(properties)
        name = next((one for one in line.names if wordmarks.known(one)), "")
        look = self.styles.look(style).name
        block = Block(line.done(), kind, level, look, name, mark, who, self._cell, self._row[0])
        self.blocks.append(block)
        for box in line.boxes:
            inner = _Walk(self.styles, self.package)
            inner._links, inner._unclosed = self._links, self._unclosed
            inner._within(box, 1)
            self.blocks += [one._replace(kind="box") for one in inner.blocks]

    def _mark(self, properties: Element | None) -> tuple[str, Hand]:
        """The change noted of the paragraph's end; that of its row counts before."""
        if self._row[0]:
            return self._row
        look = properties.find(RPR) if properties is not None else None
        for one in look if look is not None else ():
            if one.tag in CHANGES:
                return CHANGES[one.tag], hand(one)
        return "", Hand()

    def _kind(self, style: str, properties: Element | None) -> tuple[str, int]:
        if self._cell != (0, 0, 0):
            return "cell", 0
        if self.part == "note":
            return "note", 0
        look = self.styles.look(style)
        outline = value(properties, "outlineLvl")
        level = (int(outline) + 1 if outline < "9" else 0) if outline.isdecimal() and len(outline) == 1 else look.level
        if level:
            return "heading", level
        if look.code:
            return "code", 0
        numbered = properties.find(W + "numPr") if properties is not None else None
        if numbered is not None and value(numbered, "numId") != "0":
            return "list", int(step) if (step := value(numbered, "ilvl")).isdecimal() and len(step) == 1 else 0
        return ("list" if look.listed and numbered is None else "body"), 0
