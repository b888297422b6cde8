"""The outline of an issue's PDF: sections, under them the articles' titles, under these the articles' own bookmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from galley.formats.pdfobjects import Objects

PARENT = re.compile(rb"\A<</Parent \d+ 0 R")


class Piece(NamedTuple):
    """An article as it is bound: its name, PDF and title, its first page, the section it opens, if any."""

    name: str
    pdf: bytes
    title: str
    first: int
    section: str


class Mark(NamedTuple):
    """An article whose objects are among those of the whole: under what numbers, and which is its first page."""

    piece: Piece
    objects: Objects
    numbers: Mapping[int, int]
    page: int


Row = tuple[int, bytes, bytes]
"""A bookmark: its number, what it says and where it leads, what stands under it."""


def outline(bodies: list[bytes], root: int, marks: Sequence[Mark]) -> None:
    """Add the bookmarks to the objects of the whole; ``root`` is the number of the outline."""
    groups: list[list[Mark]] = []
    for one in marks:
        if one.piece.section or not groups:
            groups.append([])
        groups[-1].append(one)
    items: list[Row] = []
    for group in groups:
        section = group[0].piece.section
        home = _new(bodies) if section else root
        rows = [_title(bodies, one) for one in group]
        if section:
            _chain(bodies, rows, home)
            ends = (rows[0][0], rows[-1][0], len(rows))
            items.append((home, _said(section, group[0]), b"/First %d 0 R/Last %d 0 R/Count %d" % ends))
        else:
            items += rows
    _chain(bodies, items, root)
    shown = len(items) + sum(len(group) for group in groups if group[0].piece.section)
    ends = (items[0][0], items[-1][0], shown)
    bodies[root - 1] = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>\n" % ends


def _new(bodies: list[bytes]) -> int:
    bodies.append(b"")
    return len(bodies)


def _title(bodies: list[bytes], mark: Mark) -> Row:
    """The bookmark of an article, its own ones hung under it and out of sight."""
    number, one = _new(bodies), mark.objects
    said = _said(mark.piece.title, mark)
    outlines = one.number(one.catalog, "Outlines")
    first = at = one.number(outlines, "First") if outlines else 0
    if not first:
        return number, said, b""
    count = 0
    while at:
        inside = mark.numbers[at]
        bodies[inside - 1] = PARENT.sub(b"<</Parent %d 0 R" % number, bodies[inside - 1])
        count += 1
        at = one.number(at, "Next")
    ends = (mark.numbers[first], mark.numbers[one.number(outlines, "Last")], count)
    return number, said, b"/First %d 0 R/Last %d 0 R/Count -%d" % ends


def _said(title: str, mark: Mark) -> bytes:
    """The words of a bookmark, and the top of the article's first page as the place where it leads."""
    box = re.search(rb"/MediaBox\[[\d.]+ [\d.]+ [\d.]+ ([\d.]+)\]", mark.objects.bodies[next(mark.objects.pages())])
    words = title.encode("utf-16-be", "replace").hex().upper().encode()
    return b"/Title<FEFF%s>/Dest[%d 0 R/XYZ 0 %s 0]" % (words, mark.page, box[1] if box else b"null")


def _chain(bodies: list[bytes], rows: Sequence[Row], parent: int) -> None:
    """Bookmarks of one level, each with its neighbours."""
    for at, (number, said, inner) in enumerate(rows):
        before = b"/Prev %d 0 R" % rows[at - 1][0] if at else b""
        after = b"/Next %d 0 R" % rows[at + 1][0] if at + 1 < len(rows) else b""
        bodies[number - 1] = b"<</Parent %d 0 R%s%s%s%s>>\n" % (parent, before, after, inner, said)
