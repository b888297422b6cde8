"""An editor's hand in a Word document: edits of every kind, tracked as Word tracks them or not, chosen by a seed.

Each edit is made in a paragraph of its own, so that what became of it can be told afterwards.
"""

from __future__ import annotations

import copy
import random
import zipfile
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WHO = {W + "author": "Ann Lee", W + "date": "2026-03-04T09:30:00Z"}
WORDS = (
    "indeed",
    "robust",
    "careful",
    "R* and_more",
    "costs $5",
    "5–10",
    "so-called “lucid”",
    "a [b] c",
    "x < y",
    "naïve",
)
HEADS = ("Heading1", "Heading2", "Heading3", "Heading4")
PROSE = ("BodyText", "FirstParagraph", "Compact")
GENERATED = (
    "Bibliography",
    "Keywords",
    "AbstractTitle",
    "Author",
    "Affiliation",
    "AuthorNote",
    "TableLabel",
    "SourceCode",
)


class Done(NamedTuple):
    """An edit that was made: its kind, whether it was tracked, and words of the paragraph it was made in."""

    kind: str
    tracked: bool
    words: str


class Hand:
    """The parts of a Word file that are edited; ``done`` grows."""

    def __init__(self, content: bytes, seed: int) -> None:
        """Open the file."""
        with zipfile.ZipFile(BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        for data in self.parts.values():
            for prefix, address in _namespaces(data):
                ET.register_namespace(prefix, address)
        self.root = ET.fromstring(self.parts["word/document.xml"])
        notes = self.parts.get("word/footnotes.xml")
        self.notes = ET.fromstring(notes) if notes else None
        self.random = random.Random(seed)
        self.body = self.root.find(W + "body")
        assert self.body is not None
        self.used: set[int] = set()
        self.done: list[Done] = []
        self.number = 90_000

    def saved(self) -> bytes:
        """The file as it would come back."""
        self.parts["word/document.xml"] = ET.tostring(self.root, "utf-8", xml_declaration=True)
        if self.notes is not None:
            self.parts["word/footnotes.xml"] = ET.tostring(self.notes, "utf-8", xml_declaration=True)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return out.getvalue()

    # -- choosing ------------------------------------------------------------------------------------

    def paragraphs(self, styles: tuple[str, ...], least: int = 4, top: bool = True) -> list[ET.Element]:
        """Paragraphs of some styles that nobody has edited yet and that have enough words in plain runs."""
        assert self.body is not None
        listed = self.body.findall(W + "p") if top else list(self.root.iter(W + "p"))
        return [p for p in listed if id(p) not in self.used and style(p) in styles and len(self.runs(p, least)) > 0]

    def runs(self, paragraph: ET.Element, least: int = 1) -> list[ET.Element]:
        """Runs that are words of the author's: not within a field, not of a style."""
        found, depth = [], 0
        for child in paragraph:
            if child.tag != W + "r":
                continue
            mark = child.find(W + "fldChar")
            if mark is not None:
                depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType", ""), 0)
            text = child.find(W + "t")
            styled = child.find(f"{W}rPr/{W}rStyle") is not None
            if text is not None and not depth and not styled and len((text.text or "").split()) >= least:
                found.append(child)
        return found

    def note(self, kind: str, tracked: bool, paragraph: ET.Element) -> None:
        """Note an edit."""
        self.used.add(id(paragraph))
        self.done.append(Done(kind, tracked, longest(paragraph)[:60]))

    # -- making --------------------------------------------------------------------------------------

    def change(self, tag: str, *content: ET.Element) -> ET.Element:
        """A tracked change round some content."""
        self.number += 1
        element = ET.Element(W + tag, {W + "id": str(self.number), **WHO})
        element.extend(content)
        return element

    def replace(self, paragraph: ET.Element, start: int, end: int, new: str, run: ET.Element, tracked: bool) -> None:
        """Characters [start, end) of a run replaced."""
        text = words_in(run)
        paragraph = next(one for one in paragraph.iter() if run in list(one))  # a link may hold it
        place = list(paragraph).index(run)
        parts: list[ET.Element] = []
        if not tracked:
            set_words(run, text[:start] + new + text[end:])
            return
        if text[:start]:
            parts.append(like(run, text[:start]))
        if end > start:
            parts.append(self.change("del", like(run, text[start:end], "delText")))
        if new:
            parts.append(self.change("ins", like(run, new)))
        if text[end:]:
            parts.append(like(run, text[end:]))
        paragraph.remove(run)
        for step, part in enumerate(parts):
            paragraph.insert(place + step, part)

    def mark(self, paragraph: ET.Element, tag: str) -> None:
        """Track the end of a paragraph as put in or taken out."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = ET.Element(W + "pPr")
            paragraph.insert(0, properties)
        look = properties.find(W + "rPr")
        look = ET.SubElement(properties, W + "rPr") if look is None else look
        look.insert(0, self.change(tag))

    def wrap(self, paragraph: ET.Element, tag: str) -> None:
        """Track everything in a paragraph as put in or taken out."""
        for child in list(paragraph):
            if child.tag in (W + "pPr", W + "bookmarkStart", W + "bookmarkEnd"):
                continue
            place = list(paragraph).index(child)
            paragraph.remove(child)
            if tag in ("del", "moveFrom"):
                for text in child.iter(W + "t"):
                    if tag == "del":
                        text.tag = W + "delText"
            paragraph.insert(place, self.change(tag, child))
        self.mark(paragraph, {"moveFrom": "del", "moveTo": "ins"}.get(tag, tag))


def _namespaces(data: bytes) -> list[tuple[str, str]]:
    if data.lstrip()[:5] != b"<?xml":
        return []
    return [pair for _, pair in ET.iterparse(BytesIO(data), ("start-ns",)) if pair[0] and not pair[0].startswith("ns")]


def style(paragraph: ET.Element) -> str:
    """The identifier of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(W + "val", "") if found is not None else ""


def words_of(paragraph: ET.Element) -> str:
    """What a paragraph shows, all changes accepted."""
    gone = {id(text) for change in paragraph.iter(W + "moveFrom") for text in change.iter(W + "t")}
    return "".join(text.text or "" for text in paragraph.iter(W + "t") if id(text) not in gone)


def longest(paragraph: ET.Element) -> str:
    """The longest stretch of a paragraph's words, changes accepted, that no field parts."""
    gone = {id(one) for change in paragraph.iter(W + "moveFrom") for one in change.iter(W + "t")}
    parts, depth = [""], 0
    for element in paragraph.iter():
        if element.tag == W + "fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(W + "fldCharType", ""), 0)
            parts.append("")
        elif element.tag == W + "t" and not depth and id(element) not in gone:
            parts[-1] += element.text or ""
        elif element.tag in (
            W + "footnoteReference",
            "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
        ):
            parts.append("")
    return max(parts, key=len).strip(" .:")


def words_in(run: ET.Element) -> str:
    """The text of a run."""
    return "".join(text.text or "" for text in run.findall(W + "t"))


def set_words(run: ET.Element, words: str) -> None:
    """Give a run another text."""
    text = run.find(W + "t")
    assert text is not None
    text.text = words
    text.set(SPACE, "preserve")


def like(run: ET.Element, words: str, tag: str = "t") -> ET.Element:
    """A run that looks like another, with other words."""
    made = ET.Element(W + "r")
    look = run.find(W + "rPr")
    if look is not None:
        made.append(copy.deepcopy(look))
    text = ET.SubElement(made, W + tag, {SPACE: "preserve"})
    text.text = words
    return made


def bare(paragraph: ET.Element, words: str, style_name: str = "") -> ET.Element:
    """A new paragraph in the style of another."""
    made = ET.Element(W + "p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    if style_name:
        found = made.find(f"{W}pPr/{W}pStyle")
        if found is not None:
            found.set(W + "val", style_name)
    run = ET.SubElement(made, W + "r")
    text = ET.SubElement(run, W + "t", {SPACE: "preserve"})
    text.text = words
    return made
