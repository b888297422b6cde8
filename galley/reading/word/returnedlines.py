"""One paragraph of a Word file that came back -> its pieces: runs, fields, calls of notes, equations, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from galley.patterns import pattern
from galley.reading.word import tags
from galley.reading.word.pieces import LETTERS, MATHS_LETTERS, symbol_of
from galley.reading.word.styles import Face, Styles, face
from galley.reading.word.tags import ID, RPR, W, value
from galley.returned import Hand, Piece, signed

CHANGES = {tags.INS: "ins", tags.MOVED_TO: "ins", tags.DEL: "del", tags.MOVED_FROM: "del"}
SIGNS = {tags.TAB: "\t", tags.PTAB: "\t", tags.CR: "\n", tags.SOFT: "\u00ad", tags.NOBREAK: "\u2011"}
CITATION = pattern(r"\s*ADDIN\s+GALLEY\.CITE\s+(?:(?P<id>cite-\d+)\s+)?(?P<keys>.*?)\s*$", re.DOTALL)
REFERENCE = pattern(r"\s*(?:PAGE)?REF\s+(?P<name>\S+)")
COUNTED = pattern(r"\s*SEQ\s")
PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
QUIET = frozenset({RPR, tags.PPR, tags.SDT_PR, W + "proofErr", W + "rt"})
NOBODY = Hand()


class _Open:
    """A field that has begun: its code, and the pieces it shows."""

    __slots__ = ("change", "code", "hand", "pieces", "shown")

    def __init__(self, change: str, hand: Hand) -> None:
        self.code, self.shown = "", False
        self.change, self.hand = change, hand
        self.pieces: list[Piece] = []


class Line:
    """A paragraph while it is read; ``names`` are of the bookmarks in it, ``boxes`` the text boxes."""

    def __init__(self, styles: Styles, style: str, links: Mapping[str, str], unclosed: frozenset[int]) -> None:
        """Begin with nothing; ``unclosed`` are marks of fields that are not to be believed."""
        self.styles, self.style, self.links, self.unclosed = styles, style, links, unclosed
        self.base = styles.settled(style, "", Face())
        self.names: list[str] = []
        self.boxes: list[Element] = []
        self._pieces: list[Piece] = []
        self._fields: list[_Open] = []

    def done(self) -> tuple[Piece, ...]:
        """The pieces, neighbours alike in one; a field that did not end in this paragraph is only its text."""
        while self._fields:
            one = self._fields.pop()
            self._list.extend(one.pieces)
        return joined(self._pieces)

    def read(self, element: Element, change: str = "", hand: Hand = NOBODY, link: str = "") -> None:
        """Read what is in an element; ``change`` and ``link`` hold for all of it."""
        for child in element:
            tag = child.tag
            if tag == tags.RUN:
                self._run(child, change, hand, link)
            elif tag in QUIET:
                continue
            elif tag in CHANGES:
                who = signed(child.get(W + "author", ""), child.get(W + "date", ""))
                both = change == "ins" and CHANGES[tag] == "del"  # put in by one, taken out by another: never was
                self.read(child, "never" if both else CHANGES[tag], who, link)
            elif tag == tags.LINK:
                self.read(child, change, hand, self.links.get(child.get(tags.R + "id", ""), "") or link)
            elif tag == tags.SIMPLE:
                self._simple(child, change, hand, link)
            elif tag in (tags.MATHS, tags.MATHS_PARA):
                letters = "".join(part.text or "" for part in child.iter() if part.tag in MATHS_LETTERS)
                self._put(Piece("", "maths", letters, change, hand))
            elif tag == tags.ALTERNATE:
                branch = child.find(tags.CHOICE)
                self.read(child if branch is None else branch, change, hand, link)
            else:
                self._mark(child)
                if len(child):
                    self.read(child, change, hand, link)

    def _mark(self, child: Element) -> None:
        tag = child.tag
        if tag == W + "bookmarkStart":
            self.names.append(child.get(W + "name", ""))
        elif tag == W + "commentRangeStart":
            self._put(Piece("", "open", child.get(ID, "")))
        elif tag in (W + "commentRangeEnd", W + "commentReference"):
            self._put(Piece("", "close", child.get(ID, "")))

    @property
    def _list(self) -> list[Piece]:
        return self._fields[-1].pieces if self._fields else self._pieces

    def _put(self, piece: Piece) -> None:
        if piece.change != "never" and (not self._fields or self._fields[-1].shown):
            self._list.append(piece)

    # -- fields --------------------------------------------------------------------------------------

    def _simple(self, element: Element, change: str, hand: Hand, link: str) -> None:
        depth = len(self._fields)
        self._fields.append(_Open(change, hand))
        self._fields[-1].code, self._fields[-1].shown = element.get(W + "instr", ""), True
        self.read(element, change, hand, link)
        while len(self._fields) > depth:  # the mark of an end within it may have been taken for its own
            self._end()

    def _field(self, child: Element, change: str, hand: Hand) -> None:
        kind = child.get(W + "fldCharType", "")
        if id(child) in self.unclosed:
            return
        if kind == "begin":
            self._fields.append(_Open(change, hand))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._end()

    def _end(self) -> None:
        one = self._fields.pop()
        cited, refers = CITATION.match(one.code), REFERENCE.match(one.code)
        if not (cited or refers or COUNTED.match(one.code)):
            self._list.extend(one.pieces)
            return
        inner = joined(one.pieces)
        marks = [piece for piece in inner if piece.kind in ("open", "close")]
        shown = [piece for piece in inner if piece.kind not in ("open", "close")]
        changes = {piece.change for piece in shown}
        change = one.change if not shown else changes.pop() if len(changes) == 1 else ""
        hand = shown[0].hand if shown and change else one.hand if change else Hand()
        if change == "never":
            return
        kind, key = "label", ""
        if cited:
            kind, key = "cite", " ".join(cited["keys"].split())
        elif refers:
            kind, key = "ref", refers["name"]
        text = "".join(piece.text for piece in shown if piece.change != "ins")
        held = tuple(shown) if change == "" else ()
        self._list.extend(mark for mark in marks if mark.kind == "open")
        name = (cited["id"] or "") if cited else ""
        self._list.append(Piece(text, kind, key, change, hand, link=name, inner=held))
        self._list.extend(mark for mark in marks if mark.kind == "close")

    # -- runs ----------------------------------------------------------------------------------------

    def _run(self, run: Element, change: str, hand: Hand, link: str) -> None:
        look, was, who = self._look(run, change, hand)
        for child in run:
            tag = child.tag
            if tag == RPR:
                continue
            if tag in LETTERS:
                text = child.text or ""
            elif tag in SIGNS:
                text = SIGNS[tag]
            elif tag == tags.BR:
                text = "\n" if child.get(W + "type", "textWrapping") == "textWrapping" else ""
            elif tag == tags.SYM:
                text = symbol_of(child)
            else:
                self._special(child, change, hand)
                continue
            if self._fields and not self._fields[-1].shown:
                self._fields[-1].code += text
            elif text:
                self._put(Piece(text, "text", "", change, who, look, was, link))

    def _special(self, child: Element, change: str, hand: Hand) -> None:
        tag = child.tag
        if tag == tags.FLDCHAR:
            self._field(child, change, hand)
        elif tag in (tags.INSTR, tags.DELINSTR):
            if self._fields and not self._fields[-1].shown:
                self._fields[-1].code += child.text or ""
        elif tag in (tags.FOOT, tags.END):
            kind = "footnotes" if tag == tags.FOOT else "endnotes"
            self._put(Piece("", "note", kind + child.get(ID, ""), change, hand))
        elif tag == W + "commentReference":
            self._put(Piece("", "close", child.get(ID, "")))
        elif tag in PICTURES or tag == tags.ALTERNATE:
            boxes = list(child.iter(tags.BOX))
            self.boxes += boxes[:1]
            if not boxes:
                self._put(Piece("", "image", "", change, hand))
        elif tag == W + "ruby":
            self.read(child, change, hand)

    def _look(self, run: Element, change: str, hand: Hand) -> tuple[str, str | None, Hand]:
        properties = run.find(RPR)
        look = self._letters(properties)
        noted = properties.find(W + "rPrChange") if properties is not None else None
        if noted is None or change:
            return look, None, hand
        who = signed(noted.get(W + "author", ""), noted.get(W + "date", ""))
        was = self._letters(noted.find(RPR))
        return (look, was, who) if was != look else (look, None, hand)

    def _letters(self, properties: Element | None) -> str:
        """What sets a run off from the rest of its paragraph."""
        if properties is None:
            return ""
        own = self.styles.settled(self.style, value(properties, "rStyle"), face(properties))
        pairs = (
            ("b", bool(own.bold) != bool(self.base.bold)),
            ("i", bool(own.italic) != bool(self.base.italic)),
            ("c", bool(own.code) and not self.base.code),
            ("^", own.raised == "sup"),
            ("_", own.raised == "sub"),
        )
        return "".join(letter for letter, on in pairs if on)


def joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces, texts alike that stand side by side as one."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else None
        if before and piece.kind == before.kind == "text" and piece[1:] == before[1:]:
            out[-1] = before._replace(text=before.text + piece.text)
        else:
            out.append(piece)
    return tuple(out)
