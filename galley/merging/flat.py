"""The paragraphs of a Word file as one string, things in it and ends of paragraphs being single characters, with what
was changed in it beside. The string is what stood there before any change that tracking noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from galley.returned import Block, Hand, Piece, Returned

THING, END, WALL = "\ufffc", "\u2029", "\x1e"
"""A thing; the end of a paragraph of the text; the end of one that cannot be joined to the next (a cell, a note)."""
FIRM = frozenset({"cell", "note", "box", "code"})
ALIKE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " ", "\u2011": "-", THING: " ", END: " ", WALL: " "}
)
Mark = tuple[int, int, Hand]


class New(NamedTuple):
    """A piece that was put in, or the end of a paragraph (None), and the block it stands in."""

    piece: Piece | None
    block: Block


class Put(NamedTuple):
    """What was put in before an offset, and by whom."""

    at: int
    news: tuple[New, ...]
    hand: Hand


@dataclass(slots=True)
class Text:
    """The string with its things, looks (one for each character, with an l where it is a link's), blocks and where
    each begins.

    ``gone``, ``put`` and ``formats`` are the changes noted; ``remarks`` the stretch each comment is about.
    """

    chars: str = ""
    things: dict[int, Piece] = field(default_factory=dict)
    looks: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gone: list[Mark] = field(default_factory=list)
    put: list[Put] = field(default_factory=list)
    formats: list[tuple[int, int, str, str, Hand]] = field(default_factory=list)
    remarks: dict[str, tuple[int, int]] = field(default_factory=dict)

    def bounds(self, number: int) -> tuple[int, int]:
        """Where a paragraph begins, and where its end stands."""
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.chars)
        return self.starts[number], after - 1

    def key(self, number: int) -> tuple[object, ...]:
        """What two paragraphs have in common that say the same."""
        start, end = self.bounds(number)
        things = tuple(identity(self.things[at]) for at in range(start, end) if at in self.things)
        return self.chars[start : end + 1], things

    def words(self, number: int) -> str:
        """All that a paragraph shows."""
        start, end = self.bounds(number)
        return "".join(self.things[at].text if at in self.things else self.chars[at] for at in range(start, end))


def identity(piece: Piece) -> tuple[str, str]:
    """What makes two things the same: the keys cited or what is referred to; of other things only their kind."""
    return piece.kind, piece.key if piece.kind in ("cite", "ref") else ""


def flat(returned: Returned) -> Text:
    """The file as a string; notes follow in the order in which they are called."""
    maker = _Maker(returned)
    maker.blocks(returned.blocks)
    for key in maker.called:
        maker.blocks(returned.notes.get(key, ()))
    maker.text.chars = "".join(maker.chars)
    return maker.text


class _Maker:
    """The string while it grows."""

    def __init__(self, returned: Returned) -> None:
        self.returned, self.text = returned, Text()
        self.chars: list[str] = []
        self.called: list[str] = []
        self._news: list[New] = []
        self._hand = Hand()
        self._fresh = True

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)
        self._settle()

    def _block(self, block: Block) -> None:
        text = self.text
        if self._fresh:
            self._begin(block)
        for piece in block.pieces:
            change = block.row if block.row else piece.change
            if piece.kind == "open":
                text.remarks[piece.key] = (len(self.chars), len(self.chars))
            elif piece.kind == "close":
                text.remarks[piece.key] = (text.remarks.get(piece.key, (len(self.chars), 0))[0], len(self.chars))
            elif change == "ins":
                self._add(New(self._whole(piece), block), piece.hand if piece.change else block.hand)
            else:
                self._piece(piece, block, "del" if change == "del" else "", piece.hand if piece.change else block.hand)
        if block.mark == "ins":
            self._add(New(None, block), block.hand)
            return
        self._settle()
        self._owned(block)
        if block.mark == "del":
            text.gone.append((len(self.chars), len(self.chars) + 1, block.hand))
        self.chars.append(WALL if block.kind in FIRM else END)
        text.looks.append("")
        self._fresh = True

    def _begin(self, block: Block) -> None:
        """A paragraph of the text as it was begins here."""
        self.text.starts.append(len(self.chars))
        self.text.blocks.append(block)
        self._fresh = False

    def _owned(self, block: Block) -> None:
        """The paragraph is this block's, unless it began in one before, which was parted from it."""
        if len(self.chars) == self.text.starts[-1]:
            self.text.blocks[-1] = block

    def _piece(self, piece: Piece, block: Block, change: str, hand: Hand) -> None:
        self._settle()
        self._owned(block)
        start = len(self.chars)
        if piece.kind == "text":
            words = piece.text.replace("\u00ad", "").translate(ALIKE)
            self.chars.extend(words)
        else:
            self.text.things[start] = piece
            self.chars.append(THING)
            if piece.kind == "note":
                self.called.append(piece.key)
        now = len(self.chars)
        before = piece.look if piece.was is None else piece.was
        self.text.looks.extend([before + "l" * bool(piece.link and piece.kind == "text")] * (now - start))
        if change:
            self.text.gone.append((start, now, hand))
        elif piece.was is not None:
            self.text.formats.append((start, now, piece.was, piece.look, piece.hand))

    def _whole(self, piece: Piece) -> Piece:
        """A call of a note with what the note says."""
        if piece.kind != "note":
            return piece
        inner = [one for block in self.returned.notes.get(piece.key, ()) for one in block.pieces]
        return piece._replace(inner=tuple(one for one in inner if one.change != "del"))

    def _add(self, new: New, hand: Hand) -> None:
        if self._news and hand != self._hand:
            self._settle()
        self._hand = hand
        self._news.append(new)

    def _settle(self) -> None:
        if self._news:
            self.text.put.append(Put(len(self.chars), tuple(self._news), self._hand))
            self._news = []
