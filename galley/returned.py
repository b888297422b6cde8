"""The nouns of a Word file that came back: its paragraphs as pieces of text and of other things, each with the change
that tracking noted of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Hand(NamedTuple):
    """Who made a change or a remark, and when (as Word writes it, ISO 8601)."""

    author: str = ""
    date: str = ""


SOMEBODY = "Author"
"""Who suggests what nobody has signed; Word asks for a name."""
MIDNIGHT = "2000-01-01T00:00:00Z"
"""When that was; Word asks for a date."""


def signed(author: str, date: str) -> Hand:
    """Whose a change is that Word names so, and when; a day that stands for none is none, and so is a name with it."""
    author = author.strip()
    if date[:10] != MIDNIGHT[:10]:
        return Hand(author, date)
    return Hand("" if author == SOMEBODY else author)


class Piece(NamedTuple):
    """A stretch of a paragraph: text of one look, or one thing.

    ``kind`` is "text", "cite" (a citation of ours), "ref" (a cross-reference), "label" (a number Word counts),
    "note" (the call of a note), "maths", "image", "other", or of no width "open" and "close" (where the words begin
    and end that a remark is about). ``key`` names the thing: the keys cited, the bookmark referred to, the note's
    number in ``Returned.notes``, the remark's. ``change`` is "", "ins" or "del". ``look`` has a letter for each of
    bold, italic, ^ raised, _ lowered, code; ``was`` what it had before tracking noted a change of format, else None.
    ``inner`` are the pieces within a field.
    """

    text: str
    kind: str = "text"
    key: str = ""
    change: str = ""
    hand: Hand = Hand()
    look: str = ""
    was: str | None = None
    link: str = ""
    inner: tuple[Piece, ...] = ()


class Block(NamedTuple):
    """A paragraph. ``mark`` is the change noted of the paragraph's end, or of the row of a table it stands in.

    ``kind`` is "body", "heading" (``level`` from 1), "list" (``level`` from 0), "cell", "note", "box" or "code";
    ``style`` the style's name; ``name`` that of our bookmark in it, or "".
    """

    pieces: tuple[Piece, ...]
    kind: str = "body"
    level: int = 0
    style: str = ""
    name: str = ""
    mark: str = ""
    hand: Hand = Hand()
    cell: tuple[int, int, int] = (0, 0, 0)
    row: str = ""

    @property
    def text(self) -> str:
        """What it says with all changes accepted, things left out."""
        return "".join(piece.text for piece in self.pieces if piece.kind == "text" and piece.change != "del")


class Remark(NamedTuple):
    """A comment in the margin."""

    hand: Hand
    text: str


class Returned(NamedTuple):
    """A Word file: its paragraphs in reading order, those of notes last; ``source`` is the fingerprint it bears."""

    name: str
    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]]
    remarks: Mapping[str, Remark]
    source: str = ""
