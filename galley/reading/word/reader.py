"""A Word file -> Typescript: its paragraphs and notes in order, with fields, comments and tracked changes."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from galley.reading.word import tags
from galley.reading.word.cited import Left, left
from galley.reading.word.package import Package
from galley.reading.word.pieces import TRACKS, Draft
from galley.reading.word.story import Story
from galley.reading.word.styles import Face, Styles
from galley.reading.word.tags import ID, PPR, W
from galley.report import fault
from galley.span import File
from galley.typescript import Comment, Paragraph, Run, Typescript

NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Opened:
    """A Word file read as a story: the drafts with their elements, for reading and for marking alike."""

    def __init__(self, path: Path, track: str) -> None:
        """Read it; Fault where it is no Word file. ``track`` is "accept", "reject" or "keep"."""
        if track not in TRACKS:
            raise ValueError(track)
        self.package = Package(path)
        self.roots: dict[str, Element] = {}
        try:
            self._read(track)
        finally:
            self.package.close()

    def _read(self, track: str) -> None:
        package = self.package
        root = package.tree(package.main)
        if root is None or root.find(W + "body") is None:
            raise fault(
                "not-word", package.name, f"has no text: its part {package.main} is missing or is something else"
            )
        self.roots[package.main] = root
        styles = Styles(package.side(package.related("styles") or "word/styles.xml"))
        self.story = Story(styles, track, package.name)
        try:
            self.story.read(root, "body", package.main_relations)
            self.body = len(self.story.drafts)
            for kind in NOTES:
                self._notes(kind)
        except RecursionError as error:
            raise fault("not-word", package.name, "its elements are nested too deep") from error
        self.left = left(package, self.story.fields.done, self.story.drafts)
        self.comments = (*self._comments(), *self.story.comments)

    def _notes(self, kind: str) -> None:
        wanted = [name for k, name in self.story.notes if k == kind]
        part = self.package.related(NOTES[kind]) if wanted else ""
        root = self.package.side(part) if part else None
        if root is None:
            return
        self.roots[part] = root
        relations = self.package.relations(part)
        notes = {one.get(ID): one for one in root if one.get(W + "type") not in SEPARATORS}
        for number, name in enumerate(dict.fromkeys(wanted), 1):
            if name in notes:
                self.story.read(notes[name], kind, relations, str(number))

    def _comments(self) -> list[Comment]:
        part = self.package.related("comments") if self.story.ranges else ""
        root = self.package.side(part) if part else None
        found: list[Comment] = []
        for one in root if root is not None else ():
            name = one.get(ID, "")
            if name in self.story.ranges:
                start, end = self.story.ranges[name]
                here = (
                    self.story.drafts[min(start.paragraph, len(self.story.drafts) - 1)] if self.story.drafts else None
                )
                stop = end.offset if end.paragraph == start.paragraph else here.length if here else 0
                words = "\n".join("".join(t.text or "" for t in p.iter(tags.T)) for p in one.iter(tags.P)).strip()
                found.append(Comment("comment", start.paragraph, start.offset, stop, words, one.get(W + "author", "")))
        return sorted(found, key=lambda comment: comment[1:3])


def read(path: Path, track: str = "accept") -> Typescript:
    """A Word file as a typescript; Fault where it is none. ``track`` is "accept", "reject" or "keep".

    Paragraphs are counted over the ``w:p`` of the document in the order of the XML, cells and boxes included, notes
    after them; each is one line of ``file``.
    """
    opened = Opened(path, track)
    drafts, styles = opened.story.drafts, opened.story.styles
    lines = [draft.text.replace("\n", " ").replace("\r", " ") for draft in drafts]
    paragraphs, at = [], 0
    for draft, line in zip(drafts, lines, strict=True):
        paragraphs.append(_paragraph(draft, styles, opened.left, at))
        at += len(line) + 1
    return Typescript(
        file=File(opened.package.name, "\n".join(lines) + "\n"),
        paragraphs=tuple(paragraphs),
        source=str(path),
        fields=opened.left.fields,
        comments=opened.comments,
        faults=tuple(opened.package.faults),
    )


def _paragraph(draft: Draft, styles: Styles, found: Left, at: int) -> Paragraph:
    look = styles.look(draft.style)
    kind, level = _kind(draft, styles, found)
    return Paragraph(
        number=draft.number,
        runs=_runs(draft),
        anchors=((0, at),),
        part=draft.part,
        kind=kind,
        level=level,
        style=look.name,
        note=draft.note,
    )


def _kind(draft: Draft, styles: Styles, found: Left) -> tuple[str, int]:
    """What a paragraph is as far as its style, its fields and where it stands say so, and a heading's level."""
    look = styles.look(draft.style)
    if draft.number in found.listed and draft.length:
        return "reference", 0
    if draft.part in ("footnote", "endnote"):
        return "note", 0
    name = look.name.lower()
    level = look.level
    if draft.outline.isdecimal():
        level = int(draft.outline) + 1 if len(draft.outline) == 1 and int(draft.outline) < 9 else 0
    for words, kind in NAMED:
        if name in words:
            return kind, 0
    if name.startswith("toc ") or name == "table of figures":
        return "contents", 0
    if level and draft.part != "cell":
        return "heading", level
    if draft.part == "cell":
        return "cell", 0
    if any(piece.maths for piece in draft.pieces) and not draft.text.strip(" \t\n.,;()0123456789"):
        return "maths", 0
    if look.code:
        return "code", 0
    properties = draft.element.find(PPR)
    numbered = properties.find(W + "numPr") if properties is not None else None
    if numbered is not None:
        return ("body", 0) if tags.value(numbered, "numId") == "0" else ("list", 0)
    return ("list" if look.listed else "body"), 0


NAMED = (
    (("title",), "title"),
    (("subtitle",), "subtitle"),
    (("author", "authors"), "author"),
    (("abstract",), "abstract"),
    (("caption", "image caption", "table caption"), "caption"),
    (("bibliography", "endnote bibliography"), "reference"),
    (("quote", "block text", "intense quote"), "quote"),
)


def _runs(draft: Draft) -> tuple[Run, ...]:
    runs: list[Run] = []
    words: list[str] = []
    last: tuple[Face, str, str] | None = None
    for piece in draft.pieces:
        if piece.maths:
            if words and last is not None:
                runs.append(_run("".join(words), last))
            runs.append(Run("", change=piece.change, maths=piece.maths))
            words, last = [], None
            continue
        key = (piece.face, piece.change, piece.link)
        if key != last and words and last is not None:
            runs.append(_run("".join(words), last))
            words = []
        words.append(piece.text)
        last = key
    if words and last is not None:
        runs.append(_run("".join(words), last))
    return tuple(runs)


def _run(text: str, key: tuple[Face, str, str]) -> Run:
    face, change, link = key
    return Run(
        text, bool(face.italic), bool(face.bold), face.raised or "", link, change, face.mark or "", bool(face.code)
    )
