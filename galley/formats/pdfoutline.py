"""The outline of an issue's PDF: sections, under them the articles' titles, under these the articles' own bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """An article as it is bound: its name, how its PDF is had, its title, its first page, the section it opens, if
    any; a hash of all that decides its PDF, if what is taken of it may be kept. The PDF is asked for once at most, when
    it is the article's turn."""

    name: str
    pdf: Callable[[], bytes]
    title: str
    first: int
    section: str
    key: str = ""


class Mark(NamedTuple):
    """An article that is bound: the number of the bookmark of its title, what hangs under this, the number of its
    first page and how high that is."""

    piece: Piece
    number: int
    inner: bytes
    page: int
    top: bytes

    def said(self, title: str) -> bytes:
        """The words of a bookmark, and the top of the article's first page as the place where it leads."""
        words = title.encode("utf-16-be", "replace").hex().upper().encode()
        return b"/Title<FEFF%s>/Dest[%d 0 R/XYZ 0 %s 0]" % (words, self.page, self.top)


Row = tuple[int, bytes, bytes]
"""A bookmark: its number, what it says and where it leads, what stands under it."""
Put = Callable[[int, bytes], None]
"""Takes in an object under its number."""


def outline(marks: Sequence[Mark], root: int, new: Callable[[], int], put: Put) -> None:
    """Put the bookmarks of sections and titles among the objects of the whole; ``root`` is the number of the outline,
    ``new`` gives numbers."""
    groups: list[list[Mark]] = []
    for one in marks:
        if one.piece.section or not groups:
            groups.append([])
        groups[-1].append(one)
    items: list[Row] = []
    for group in groups:
        section = group[0].piece.section
        rows = [(one.number, one.said(one.piece.title), one.inner) for one in group]
        if section:
            home = new()
            _chain(rows, home, put)
            ends = (rows[0][0], rows[-1][0], len(rows))
            items.append((home, group[0].said(section), b"/First %d 0 R/Last %d 0 R/Count %d" % ends))
        else:
            items += rows
    _chain(items, root, put)
    shown = len(items) + sum(len(group) for group in groups if group[0].piece.section)
    put(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>\n" % (items[0][0], items[-1][0], shown))


def _chain(rows: Sequence[Row], parent: int, put: Put) -> None:
    """Bookmarks of one level, each with its neighbours."""
    for at, (number, said, inner) in enumerate(rows):
        before = b"/Prev %d 0 R" % rows[at - 1][0] if at else b""
        after = b"/Next %d 0 R" % rows[at + 1][0] if at + 1 < len(rows) else b""
        put(number, b"<</Parent %d 0 R%s%s%s%s>>\n" % (parent, before, after, inner, said))
