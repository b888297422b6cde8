"""Keys in a finished Word document, by which it can be merged when it comes back: a bookmark in every paragraph that
says something, and the fingerprint of the manuscript among the file's own properties.

What a paragraph says is what stands in its text; codes of fields, formulas and insertions do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from galley import wordmarks
from galley.formats.wordxml import HEAD, attribute, w

if TYPE_CHECKING:
    from galley.document import Document

FIRST = 2_000_000
"""The number of the first of these bookmarks; others have lower ones."""
CUSTOM = "docProps/custom.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set to which properties belong that a user may define."""
APART = frozenset({w("ins"), w("moveTo"), w("p")})
"""Within a paragraph: what was inserted into it, and paragraphs of their own, such as those of a text box."""
LETTERS = frozenset({w("t"), w("delText")})


def marked(trees: list[ET.Element]) -> None:
    """Put a bookmark into every paragraph of these parts, which are changed in place; they count on."""
    numbers = count(1)
    for tree in trees:
        for paragraph in tree.iter(w("p")):
            words = "".join(_words(paragraph))
            if words.strip():
                _mark(paragraph, next(numbers), words)


def _words(element: ET.Element) -> Iterator[str]:
    for child in element:
        if child.tag in LETTERS:
            yield child.text or ""
        elif child.tag not in APART:
            yield from _words(child)


def _mark(paragraph: ET.Element, number: int, words: str) -> None:
    start, end = ET.Element(w("bookmarkStart")), ET.Element(w("bookmarkEnd"))
    for one in (start, end):
        attribute(one, "w:id", str(FIRST + number))
    attribute(start, "w:name", wordmarks.name(number, words))
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, start)
    paragraph.append(end)


def told(parts: dict[str, bytes], document: Document) -> None:
    """Write the fingerprint of the manuscript among the properties of the package, which Pandoc left empty."""
    value = wordmarks.of_source(document.files)
    parts[CUSTOM] = (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="{SET}" pid="2" name="{escape(wordmarks.PROPERTY)}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        "</Properties>"
    ).encode()
