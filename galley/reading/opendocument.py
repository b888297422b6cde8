"""An ODT file -> Typescript: its words by way of Pandoc, its citations from the marks that managers leave in it.

Zotero and Mendeley put a reference mark round each citation whose name is the citation's data (JabRef's marks hold
only keys, so what stands in them stays typed text). Private signs are set at the marks before Pandoc reads the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from galley import pandoc
from galley.reading.flattening import flattened
from galley.reading.typescript import lined, titled
from galley.reading.word.cited import merged
from galley.reading.word.cslfields import Cited, zotero_or_mendeley
from galley.reading.word.fieldcodes import Done, Place
from galley.reading.word.package import Package
from galley.tree import Node, walk
from galley.typescript import Typescript

MARK = re.compile(r'<text:reference-mark-(start|end)\s[^>]*?text:name="([^"]*)"[^>]*/>')
OPEN, CLOSE, STOP = "\ue0f0", "\ue0f1", "\ue0f2"
"""Private signs: a citation's number stands between the first and the last, and again at its end."""
SIGN = re.compile(f"[{OPEN}{CLOSE}](\\d+){STOP}")


@dataclass(slots=True)
class Marks:
    """The codes of the citations that were found, by number."""

    codes: list[str] = field(default_factory=list)

    def signed(self, xml: str) -> str:
        """The text with signs where citations begin and end."""
        numbers: dict[str, int] = {}

        def sign(found: re.Match[str]) -> str:
            name = found[2]
            if not re.match(r"(?:ADDIN )?(?:ZOTERO_ITEM|CSL_CITATION)", name):
                return found[0]
            if name not in numbers:
                numbers[name] = len(self.codes)
                self.codes.append(unescape(name))
            return f"{OPEN if found[1] == 'start' else CLOSE}{numbers[name]}{STOP}"

        return MARK.sub(sign, xml)


def read(path: Path) -> Typescript:
    """An ODT file as a typescript; Fault where it is none."""
    name, blocks, marks = tree(path)
    places: dict[int, list[Place]] = {}
    for number, flat in enumerate(flattened(blocks)):
        taken = 0
        for found in SIGN.finditer(flat.text):
            places.setdefault(int(found[1]), []).append(Place(number, found.start() - taken))
            taken += len(found[0])
    plain = without_signs(blocks)
    typescript = lined(name, str(path), plain)
    cited: list[tuple[Done, Cited]] = []
    for number, code in enumerate(marks.codes):
        at, one = places.get(number, []), zotero_or_mendeley(code)
        if len(at) > 1 and one:
            cited.append((Done(code, (), at[0], at[1], False), one))
    texts = [paragraph.text for paragraph in typescript.paragraphs]
    return lined(name, str(path), plain, fields=merged(cited, texts))


def tree(path: Path) -> tuple[str, list[Node], Marks]:
    """The file's name and its blocks, signs in them, and the codes of its citations."""
    marks = Marks()
    package = Package(path, "an ODT file")
    try:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
            for name in package.names():
                raw = package.bytes(name) or b""
                if name == "content.xml":
                    package.tree(name)  # no DTD, sound XML
                    raw = marks.signed(raw.decode("utf-8", "replace")).encode()
                if not name.startswith(("Thumbnails/", "Configurations2/")):
                    zipped.writestr(name, raw)
    finally:
        package.close()
    meta, blocks = pandoc.read_bytes(out.getvalue(), "odt")
    return package.name, [*titled(meta, blocks), *blocks], marks


def without_signs(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with the private signs taken out."""

    def change(node: Node) -> Node | list[Node] | None:
        if OPEN in node["c"] or CLOSE in node["c"]:
            words = SIGN.sub("", node["c"])
            return {"t": "Str", "c": words} if words else []
        return None

    done: list[Node] = walk(blocks, change, frozenset({"Str"}))
    return done
