"""A copy of a Word file in which words have given way to others, for Pandoc to read: no tracked change, no field left.

Places are those of the typescript that was read from the same file with the same choice about tracked changes.
Pictures, tables, equations, notes and comments stay as they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from xml.etree.ElementTree import Element

from galley.reading.marking import Mark
from galley.reading.word import tags
from galley.reading.word.package import Package
from galley.reading.word.reader import Opened
from galley.reading.word.settling import settled
from galley.reading.word.tags import PPR, RPR, RUN, SPACE, VAL, W
from galley.reading.word.writing import written

LEFT_OUT = ("word/embeddings/", "word/fonts/", "customxml/", "word/activex/", "word/vbaproject")
"""Parts that Pandoc does not read."""
KEPT = frozenset({W + "drawing", W + "pict", W + "object", tags.MATHS, tags.MATHS_PARA, tags.ALTERNATE})


def marked(
    path: Path,
    marks: Sequence[Mark],
    track: str = "accept",
    removed: Collection[int] = (),
    headings: Mapping[int, int] | None = None,
) -> bytes:
    """The Word file with each mark's words, set plain, in place of what stood there; Fault where it is none.

    ``removed`` are numbers of paragraphs to take out (what is in them besides words stays); ``headings`` gives the
    level of paragraphs that become headings, 0 for a heading that is none. Tracked changes are settled as ``track``
    says, save that "keep" leaves them in the file.
    """
    opened = Opened(path, track)
    marking = _Marking(opened)
    for mark in sorted(marks, key=lambda mark: (mark.paragraph, mark.start), reverse=True):
        marking.replace(mark)
    for number, level in (headings or {}).items():
        marking.heading(number, level)
    for number in removed:
        marking.remove(number)
    for root in opened.roots.values():
        settled(root, track, marking.put)
    return _packed(path, opened, bool(headings))


class _Marking:
    """The trees of an opened file while words in them are replaced."""

    def __init__(self, opened: Opened) -> None:
        self.drafts = opened.story.drafts
        self.parents = {child: parent for root in opened.roots.values() for parent in root.iter() for child in parent}
        self.put: set[Element] = set()

    def replace(self, mark: Mark) -> None:
        """Cut the words out, from the last piece to the first, and set the others where the first stood."""
        if not 0 <= mark.paragraph < len(self.drafts) or mark.end <= mark.start:
            return
        draft = self.drafts[mark.paragraph]
        ends, at = [], 0
        for piece in draft.pieces:
            at += len(piece.text)
            ends.append(at)
        first: Element | None = None
        for piece, end in zip(reversed(draft.pieces), reversed(ends), strict=True):
            start = end - len(piece.text)
            if piece.run is None or not piece.text or start >= mark.end or end <= mark.start:
                continue
            if first is None:
                self.part(piece.run, piece.child, mark.end - start if end > mark.end else None)
            text = piece.child.text or ""
            if start < mark.start:
                piece.child.text = text[: mark.start - start]
                piece.child.set(SPACE, "preserve")
            elif piece.child in list(piece.run):
                piece.run.remove(piece.child)
            first = piece.run
        if first is not None and mark.text:
            self.insert(first, mark.text)

    def part(self, run: Element, child: Element, at: int | None) -> None:
        """Part a run after a child, or within its text: what follows goes into a run of its own."""
        rest = Element(RUN)
        properties = run.find(RPR)
        if properties is not None:
            rest.append(deepcopy(properties))
        children = list(run)
        place = children.index(child) if child in children else len(children) - 1
        if at is not None:
            tail = Element(child.tag, dict(child.attrib))
            tail.text = (child.text or "")[at:]
            tail.set(SPACE, "preserve")
            rest.append(tail)
            child.text = (child.text or "")[:at]
        for one in children[place + 1 :]:
            run.remove(one)
            rest.append(one)
            self.parents[one] = rest
        if len(rest) > (properties is not None):
            self.after(run, rest)

    def insert(self, run: Element, text: str) -> None:
        """A run of plain words after another, outside the link that the other may stand in."""
        new = Element(RUN)
        words = Element(tags.T, {SPACE: "preserve"})
        words.text = text
        new.append(words)
        self.put.add(new)
        here = run
        while self.parents[here].tag == tags.LINK:
            link = self.parents[here]
            rest = Element(link.tag, dict(link.attrib))
            children = list(link)
            for one in children[children.index(here) + 1 :]:
                link.remove(one)
                rest.append(one)
                self.parents[one] = rest
            if len(rest):
                self.after(link, rest)
            here = link
        self.after(here, new)

    def after(self, here: Element, new: Element) -> None:
        parent = self.parents[here]
        parent.insert(list(parent).index(here) + 1, new)
        self.parents[new] = parent
        for child in new:
            self.parents[child] = new

    def remove(self, number: int) -> None:
        """Take a paragraph out; one that holds a picture, an equation or a section's end loses its words only."""
        element = self.drafts[number].element
        parent = self.parents.get(element)
        kept = any(one.tag in KEPT for one in element.iter()) or element.find(f"{PPR}/{W}sectPr") is not None
        alone = parent is not None and parent.tag != W + "body" and sum(one.tag == tags.P for one in parent) < 2
        if parent is not None and not kept and not alone:
            parent.remove(element)
            return
        for piece in self.drafts[number].pieces:
            if piece.run is not None and piece.child in list(piece.run):
                piece.run.remove(piece.child)

    def heading(self, number: int, level: int) -> None:
        """Give a paragraph the style of a heading, or take it from it."""
        element = self.drafts[number].element
        properties = element.find(PPR)
        if properties is None:
            properties = Element(PPR)
            element.insert(0, properties)
        for name in ("pStyle", "numPr", "outlineLvl"):
            for old in properties.findall(W + name):
                properties.remove(old)
        if not level:
            return
        properties.insert(0, Element(W + "pStyle", {VAL: style_id(level)}))
        runs = [piece.run for piece in self.drafts[number].pieces if piece.run is not None and piece.text.strip()]
        if runs and all(piece.face.bold for piece in self.drafts[number].pieces if piece.text.strip()):
            for look in [one for run in runs if (one := run.find(RPR)) is not None]:
                for name in ("b", "bCs"):
                    for old in look.findall(W + name):
                        look.remove(old)


def style_id(level: int) -> str:
    """The id of our own style for headings of a level; Pandoc knows it by its name."""
    return f"GalleyHeading{level}"


def _packed(path: Path, opened: Opened, styled: bool) -> bytes:
    package = Package(path)
    styles = package.related("styles") or "word/styles.xml"
    changed = {part.lower(): part for part in opened.roots}
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
            for name in package.names():
                if name.lower().startswith(LEFT_OUT):
                    continue
                raw = package.bytes(name) or b""
                if name.lower() in changed:
                    raw = written(opened.roots[changed[name.lower()]], raw)
                elif styled and name.lower() == styles.lower():
                    raw = _with_headings(package, name, raw)
                zipped.writestr(name, raw)
    finally:
        package.close()
    return out.getvalue()


def _with_headings(package: Package, name: str, raw: bytes) -> bytes:
    tree = package.side(name)
    if tree is None:
        return raw
    for level in range(1, 10):
        style = Element(W + "style", {W + "type": "paragraph", W + "styleId": style_id(level)})
        style.append(Element(W + "name", {VAL: f"heading {level}"}))
        tree.append(style)
    return written(tree, raw)
