"""Changes of single characters gathered into edits: of words within a paragraph, of whole paragraphs, of their ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from galley.merging.comparing import Changes, Lost
from galley.merging.flat import WALL, New, Put, Text
from galley.returned import Block, Hand, Piece


class Edit(NamedTuple):
    """Characters [start, end) of one paragraph replaced by pieces."""

    start: int
    end: int
    pieces: tuple[Piece | None, ...]
    hand: Hand
    parts: bool = False
    """Whether paragraphs are parted by it: None among the pieces is then the end of one."""


class Added(NamedTuple):
    """A new paragraph behind another (-1: before the first)."""

    after: int
    block: Block
    pieces: tuple[Piece, ...]
    hand: Hand


class Removed(NamedTuple):
    """A paragraph taken out, or (``end``) only its end, so that the next one goes on."""

    number: int
    hand: Hand
    end: bool = False


@dataclass(slots=True)
class Edits:
    """Everything that is to be done, by kinds."""

    inline: list[Edit] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


def gathered(now: Text, changes: Changes) -> Edits:
    """The edits that the changes come to."""
    maker = _Maker(now, changes)
    maker.take_out()
    for put in changes.put:
        maker.put_in(put)
    maker.settle()
    return maker.edits


class _Maker:
    """Edits while they are gathered; ``within`` are deletions and insertions of each paragraph."""

    def __init__(self, now: Text, changes: Changes) -> None:
        self.now, self.changes = now, changes
        self.edits = Edits(lost=list(changes.lost))
        self.gone: dict[int, list[tuple[int, int, Hand]]] = {}
        self.put: dict[int, list[tuple[int, tuple[Piece | None, ...], Hand]]] = {}
        self.whole: dict[int, Hand] = {}

    def number(self, at: int) -> int:
        """The paragraph in which an offset stands."""
        return max(bisect_right(self.now.starts, at) - 1, 0)

    # -- out -----------------------------------------------------------------------------------------

    def take_out(self) -> None:
        """Sort what is gone by paragraphs."""
        found: dict[int, list[int]] = {}
        for at in sorted(self.changes.gone):
            found.setdefault(self.number(at), []).append(at)
        rows: dict[tuple[int, int, Hand], list[str]] = {}
        for number, listed in found.items():
            start, end = self.now.bounds(number)
            words = [at for at in listed if at < end]
            if self.now.chars[end] == WALL and listed[-1] == end:
                block = self.now.blocks[number]
                key = (block.cell[0], block.cell[1], self.changes.gone[end])
                rows.setdefault(key, []).append(self.now.words(number))
            elif words and len(words) == end - start and self.now.chars[end] != WALL:
                self.whole[number] = self.changes.gone[words[0]]
            else:
                self.gone[number] = list(self._runs(words))
                if listed[-1] == end:
                    self.edits.removed.append(Removed(number, self.changes.gone[end], end=True))
        for (_, row, hand), said in rows.items():
            why = "a row of a table was taken out" if row else "a paragraph apart from the text was taken out"
            self.edits.lost.append(Lost(" | ".join(said), hand, why))

    def _runs(self, listed: Sequence[int]) -> Iterator[tuple[int, int, Hand]]:
        start = 0
        for at in range(1, len(listed) + 1):
            gone = self.changes.gone
            goes_on = at < len(listed) and listed[at] == listed[at - 1] + 1 and gone[listed[at]] == gone[listed[start]]
            if not goes_on:
                yield listed[start], listed[at - 1] + 1, gone[listed[start]]
                start = at

    # -- in ------------------------------------------------------------------------------------------

    def put_in(self, put: Put) -> None:
        """Sort what was put in by paragraphs; what parts some makes new ones."""
        foreign = [new for new in put.news if new.block.kind in ("cell", "box") and new.piece is None]
        if foreign:
            words = " | ".join(filter(None, (new.piece.text for new in put.news if new.piece)))
            kind = "a row of a table" if foreign[0].block.kind == "cell" else "a text box"
            self.edits.lost.append(Lost(words, put.hand, f"{kind} was put in", put.at))
            return
        number = self.number(min(put.at, len(self.now.chars) - 1))
        start, end = self.now.bounds(number)
        parts = _parted(put.news)
        if len(parts) > 1 and self.now.chars[end] == WALL and self.now.blocks[number].kind != "note":
            self._before_wall(put, number, parts)
        elif len(parts) == 1:
            self._within(number, put.at, _pieces(parts[0]), put.hand)
        elif put.at == start and not parts[-1]:
            self._add(number - 1, parts[:-1], put.hand)
        elif put.at == end or (number in self.whole and put.at > start):
            self._within(number, put.at, _pieces(parts[0]), put.hand)
            self._add(number, parts[1:], put.hand)
        elif put.at == start:
            self._add(number - 1, parts[:-1], put.hand)
            self._within(number, put.at, _pieces(parts[-1]), put.hand)
        else:
            self._within(number, put.at, tuple(new.piece for new in put.news), put.hand)

    def _before_wall(self, put: Put, number: int, parts: list[list[New]]) -> None:
        """Paragraphs put in beside a table: they stand before its first cell, or the text is within a cell."""
        start, _ = self.now.bounds(number)
        outside = all(new.block.kind not in ("cell", "note", "code") for part in parts for new in part)
        if put.at == start and outside and not parts[-1]:
            self._add(number - 1, parts[:-1], put.hand)
        else:
            words = "\n".join("".join(new.piece.text for new in part if new.piece) for part in parts)
            self.edits.lost.append(Lost(words, put.hand, "a paragraph was put in where none can stand", put.at))

    def _within(self, number: int, at: int, pieces: tuple[Piece | None, ...], hand: Hand) -> None:
        if pieces:
            self.put.setdefault(number, []).append((at, pieces, hand))

    def _add(self, after: int, parts: Sequence[Sequence[New]], hand: Hand) -> None:
        for part in parts:
            pieces = _pieces(part)
            if not part:
                continue
            if "".join(piece.text for piece in pieces).strip() or any(piece.kind != "text" for piece in pieces):
                self.edits.added.append(Added(after, part[0].block, pieces, hand))

    # -- both ----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Deletions and insertions that touch, by one hand, become replacements."""
        for number, hand in self.whole.items():
            start, end = self.now.bounds(number)
            if number in self.put:
                self.gone[number] = list(self._runs(range(start, end)))
            else:
                self.edits.removed.append(Removed(number, hand))
        for number in sorted(set(self.gone) | set(self.put)):
            runs = sorted(self.gone.get(number, []), key=lambda run: run[:2])
            puts = list(self.put.get(number, []))
            for start, end, hand in runs:
                mine = [put for put in puts if start <= put[0] <= end and put[2] == hand]
                puts = [put for put in puts if put not in mine]
                self._edit(start, end, [piece for put in mine for piece in put[1]], hand)
            for at, pieces, hand in puts:
                self._edit(self._outside(at, runs), -1, list(pieces), hand)
        self.edits.inline.sort(key=lambda edit: (edit.start, edit.end))
        gone = {one.number for one in self.edits.removed if not one.end}
        ends = [one for one in self.edits.removed if one.end]
        for one in ends:  # an end that went with a whole paragraph before or behind it is no joining
            if one.number + 1 in gone:
                self.edits.removed.remove(one)

    def _outside(self, at: int, runs: Sequence[tuple[int, int, Hand]]) -> int:
        """The place of an insertion that another hand's deletion would swallow: behind that."""
        return next((end for start, end, _ in runs if start < at < end), at)

    def _edit(self, start: int, end: int, pieces: list[Piece | None], hand: Hand) -> None:
        parts = any(piece is None for piece in pieces)
        end = start if end < 0 else end
        held = tuple(pieces)
        self.edits.inline.append(Edit(start, end, held, hand, parts))


def _pieces(part: Sequence[New]) -> tuple[Piece, ...]:
    return tuple(new.piece for new in part if new.piece)


def _parted(news: Sequence[New]) -> list[list[New]]:
    """What was put in, parted at the ends of paragraphs; each of these ends closes the part before it."""
    parts: list[list[New]] = [[]]
    for new in news:
        parts[-1].append(new)
        if new.piece is None:
            parts.append([])
    return [[new for new in part if new.piece] or part[:1] for part in parts[:-1]] + [parts[-1]]
