"""Two settled documents as the blocks Word would be given, for a redline to be made of them; and such a redline -> a
Word document with tracked changes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from galley.document import Node
from galley.formats import docx
from galley.formats.marks import Ledger, laid
from galley.formats.markup import beside
from galley.formats.wordlook import reference, text_area
from galley.formats.wordpack import packed, zipped
from galley.formats.wordpictures import Shelf
from galley.formats.wordtracking import Tracking
from galley.formats.wordtracks import noted
from galley.formats.wordxml import parse, serialized
from galley.pandoc import walk, write_binary

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.wordlook import Area
    from galley.theme import Theme

PARTS = ("word/document.xml", "word/footnotes.xml")
EDGES = ("<w:tbl>", "<w:tr>", "<w:tc>")


class Pair:
    """An old and a new document on their way into one Word document; both take their pictures from one folder."""

    def __init__(self, old: Document, new: Document, theme: Theme, folder: Path) -> None:
        """Lay the new one's styles and both documents' pictures ready in the folder."""
        look = reference(new, theme)
        self.new, self.theme, self.folder = new, theme, folder
        self.area: Area = text_area(look)
        (folder / "reference.docx").write_bytes(look)
        shelf = Shelf(new.folder, folder)
        self.olds = grouped(docx.ready(old, theme, shelf, self.area.measure))
        self.news = grouped(docx.ready(new, theme, shelf, self.area.measure))

    def write(self, blocks: Sequence[Node]) -> bytes:
        """The package of the marked blocks."""
        ledger = Ledger()
        target = self.folder / "redline.docx"
        options = ["--reference-doc=reference.docx", "--resource-path=."]
        tree = ungrouped(laid(beside(ungrouped(blocks)), ledger))
        write_binary(tree, "docx", docx.word_metadata(self.new), target, options, self.folder)
        return tracked(packed(marked_parts(target.read_bytes(), ledger), self.new, self.theme, self.area), ledger)


def marked_parts(made: bytes, ledger: Ledger) -> bytes:
    """The package with its runs told their marks."""
    parts = _parts(made)
    for name in PARTS:
        if name in parts:
            parts[name] = serialized(noted(parse(parts[name]), ledger))
    return zipped(parts)


def tracked(made: bytes, ledger: Ledger) -> bytes:
    """The package with the marks round its runs."""
    parts = _parts(made)
    tracking = Tracking(ledger)
    for name in PARTS:
        if name in parts:
            tree: ET.Element = tracking.tracked(parse(parts[name]))
            parts[name] = serialized(tree)
    return zipped(parts)


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


# -- what Word's own pieces hold together ------------------------------------------------------------


def grouped(blocks: Sequence[Node]) -> list[Node]:
    """Blocks between the pieces of a table written by hand as one node, "Group": they are nothing without these."""
    out: list[Node] = []
    held: list[Node] = []
    depth = 0
    for block in blocks:
        raw = block["c"][1] if block["t"] == "RawBlock" and block["c"][0] == "openxml" else ""
        depth += sum(raw.count(edge) - raw.count(edge.replace("<", "</")) for edge in EDGES)
        if block["t"] == "Div":
            block = {"t": "Div", "c": [block["c"][0], grouped(block["c"][1])]}
        if depth > 0 or held:
            held.append(block)
            if depth <= 0:
                out.append({"t": "Group", "c": held})
                held = []
        else:
            out.append(block)
    return [*out, *held]


def ungrouped(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with what is in groups in their place."""
    found: list[Node] = walk(list(blocks), lambda node: ungrouped(node["c"]), frozenset({"Group"}))
    return found
