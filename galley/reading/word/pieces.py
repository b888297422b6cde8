"""The bits that a walk over a Word part gathers: pieces of text with the elements they came from, and paragraphs."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from galley.reading.word import tags
from galley.reading.word.styles import Face
from galley.reading.word.tags import W

PLAIN = Face(False, False, "", "", False, False)
LETTERS = frozenset({tags.T, tags.DELTEXT})
MATHS_LETTERS = frozenset({tags.MATHS_TEXT, tags.T})


class Piece(NamedTuple):
    """A bit of a paragraph's text, in one look, from one element (``child`` of ``run``).

    An equation has no run and no text: it takes up no place in the paragraph, and its letters stand in ``maths``.
    """

    text: str
    face: Face
    change: str
    link: str
    run: Element | None
    child: Element
    maths: str = ""


class Draft:
    """A paragraph while it is read."""

    __slots__ = ("element", "length", "note", "number", "outline", "part", "pieces", "style")

    def __init__(self, number: int, element: Element, part: str, note: str) -> None:
        """Note where it stands."""
        self.number, self.element, self.part, self.note = number, element, part, note
        self.pieces: list[Piece] = []
        self.length = 0
        self.style = ""
        self.outline = ""

    @property
    def text(self) -> str:
        """The characters so far."""
        return "".join(piece.text for piece in self.pieces)


class Track(NamedTuple):
    """Which changes are to be seen, and which side of formatting that was changed is."""

    shown: frozenset[str]
    old: bool = False


TRACKS = {
    "accept": Track(frozenset({"", "ins"})),
    "reject": Track(frozenset({"", "del"}), old=True),
    "keep": Track(frozenset({"", "ins", "del"})),
}


class Around(NamedTuple):
    """What holds for everything inside an element: a tracked change, and the address it links to."""

    change: str = ""
    link: str = ""
    depth: int = 0


def unclosed(root: Element) -> frozenset[int]:
    """The marks of fields that begin and never end: to believe them would hide all the text that follows."""
    waiting: list[int] = []
    for mark in root.iter(tags.FLDCHAR):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            waiting.append(id(mark))
        elif kind == "end" and waiting:
            waiting.pop()
    return frozenset(waiting)


def words_in(element: Element) -> str:
    """All letters below an element, deleted ones too."""
    return "".join(part.text or "" for part in element.iter() if part.tag in LETTERS)


def symbol_of(child: Element) -> str:
    """The sign that a ``w:sym`` stands for."""
    from galley.reading.word.symbols import symbol

    return symbol(child.get(W + "font", ""), child.get(W + "char", ""))
