"""What was done to a page: changes that tracking noted, and edits that it did not, brought to the offsets of the page
as the manuscript makes it now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from galley import wordmarks
from galley.merging.flat import END, THING, WALL, New, Put, Text, identity
from galley.merging.lexing import Token, tokens
from galley.returned import Block, Hand, Piece

UNTRACKED = Hand("untracked", "")
"""Who made edits that tracking did not note."""


class Lost(NamedTuple):
    """Something that cannot be written into the manuscript: its words, who it is from, why; where it was meant."""

    words: str
    hand: Hand
    why: str
    at: int = -1


@dataclass(slots=True)
class Changes:
    """What is to be done, in offsets of the page as it is now.

    ``gone`` says of characters who took them out; ``formats`` (start, end, look before, look after, hand); ``remarks``
    (start, end, key); ``inner`` are citations in whose printed words somebody wrote.
    """

    gone: dict[int, Hand] = field(default_factory=dict)
    put: list[Put] = field(default_factory=list)
    formats: list[tuple[int, int, str, str, Hand]] = field(default_factory=list)
    remarks: list[tuple[int, int, str]] = field(default_factory=list)
    inner: list[tuple[int, Piece]] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)


class Stretch(NamedTuple):
    """Paragraphs [start, end) of the page as it is, and [first, last) of the one that came back, that go together."""

    start: int
    end: int
    first: int
    last: int


def compared(now: Text, back: Text, same_source: bool) -> Changes:
    """The changes that lead from the page as it is now to the one that came back.

    ``same_source`` says that the manuscript is what it was when the file was made: then all that differs was done to
    the file; else what a paragraph says that was not touched since is the author's.
    """
    places = _Places(now, back)
    changes = Changes()
    comparing = _Comparing(now, back, places.map, changes)
    for stretch in _stretches(now, back, same_source):
        comparing.compare(stretch, same_source or _unchanged(now, back, stretch))
    for start, end, hand in back.gone:
        _take_out(start, end, hand, places, changes)
    for put in back.put:
        at = places.before(put.at)
        changes.put.append(put._replace(at=at))
    for start, end, was, look, hand in back.formats:
        span = places.span(start, end)
        if span:
            changes.formats.append((*span, was, look, hand))
    for key, (start, end) in back.remarks.items():
        changes.remarks.append((*(places.span(start, end) or (places.before(start), places.before(start))), key))
    for at, piece in back.things.items():
        edited = [one for one in piece.inner if one.change] or (
            places.map[at] >= 0 and _reworded(now.things[places.map[at]], piece)
        )
        if edited and places.map[at] >= 0:
            changes.inner.append((places.map[at], piece))
    changes.put.sort(key=lambda put: put.at)
    return changes


class _Places:
    """For each offset of the page that came back, the one of the page as it is; -1 for what is not on that."""

    def __init__(self, now: Text, back: Text) -> None:
        self.now, self.map = now, [-1] * len(back.chars)

    def before(self, at: int) -> int:
        """Where something stands that was put in before an offset."""
        for here in range(at - 1, -1, -1):
            if self.map[here] >= 0:
                return self.map[here] + 1
        return 0

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch that is left of one; None where nothing is."""
        found = [self.map[at] for at in range(start, end) if self.map[at] >= 0]
        return (min(found), max(found) + 1) if found else None


def _reworded(ours: Piece, theirs: Piece) -> bool:
    """Whether the printed words of a citation are others than we print, apart from blanks and quotation marks."""
    if ours.kind != "cite":
        return False
    return wordmarks.fingerprint(ours.text) != wordmarks.fingerprint(theirs.text)


def _take_out(start: int, end: int, hand: Hand, places: _Places, changes: Changes) -> None:
    for at in range(start, end):
        if places.map[at] >= 0:
            changes.gone[places.map[at]] = hand


# -- which paragraph is which ------------------------------------------------------------------------


def _stretches(now: Text, back: Text, same_source: bool) -> Iterator[Stretch]:
    ours = [now.key(number) for number in range(len(now.blocks))]
    theirs = [back.key(number) for number in range(len(back.blocks))]
    for kind, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (
                Stretch(start + step, start + step + 1, first + step, first + step + 1) for step in range(end - start)
            )
        else:
            yield from _parted(now, back, Stretch(start, end, first, last), same_source)


def _parted(now: Text, back: Text, whole: Stretch, same_source: bool) -> Iterator[Stretch]:
    """A stretch parted before each paragraph that bears the same bookmark on both pages."""
    start, first = whole.start, whole.first
    for number, other in _pairs(now, back, whole, same_source):
        if number > start or other > first:
            yield Stretch(start, number, first, other)
        start, first = number, other
    yield Stretch(start, whole.end, first, whole.last)


def _pairs(now: Text, back: Text, whole: Stretch, same_source: bool) -> list[tuple[int, int]]:
    """Paragraphs that go together by their bookmarks, in order on both pages; without these by what they say."""
    known: dict[object, int] = {}
    for number in range(whole.start, whole.end):
        name = wordmarks.known(now.blocks[number].name)
        if name:
            known.setdefault(name.number if same_source else name.fingerprint, number)
    found: list[tuple[int, int]] = []
    for other in range(whole.first, whole.last):
        name = wordmarks.known(back.blocks[other].name)
        number = known.get(name.number if same_source else name.fingerprint, -1) if name else -1
        if number >= 0:
            found.append((number, other))
    return _rising(found)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises on both sides: a paragraph that moved is not among them."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (number, _) in enumerate(pairs):
        place = bisect_right(tails, number - 1)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[place], ends[place] = number, at
    out: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        out.append(pairs[at])
        at = before[at]
    return out[::-1]


# -- token by token ----------------------------------------------------------------------------------


class _Comparing:
    """Stretch after stretch: notes which characters are the same, and what tracking did not note."""

    def __init__(self, now: Text, back: Text, places: list[int], changes: Changes) -> None:
        self.now, self.back, self.places, self.changes = now, back, places, changes
        self.taken = {at for start, end, _ in back.gone for at in range(start, end)}

    def compare(self, one: Stretch, same: bool) -> None:
        """``same`` says that our paragraphs are what they were when the file was made."""
        ours, theirs = _tokens(self.now, one.start, one.end), _tokens(self.back, one.first, one.last)
        keys, others = [token.key for token in ours], [token.key for token in theirs]
        for kind, start, end, first, last in _opcodes(keys, others):
            if kind != "equal":
                self.untracked(ours[start:end], theirs[first:last], same, one)
                continue
            for mine, its in zip(ours[start:end], theirs[first:last], strict=True):
                self.places[its.start : its.end] = _spread(mine, its)

    def untracked(self, ours: Sequence[Token], theirs: Sequence[Token], same: bool, one: Stretch) -> None:
        """An edit that tracking did not note; where the manuscript has changed since, it may be the author's."""
        if _trails(self.now, ours) and _trails(self.back, theirs):
            return
        if not same and not any(_touched(self.back, number) for number in range(one.first, one.last)):
            return
        left = [token for token in theirs if not self.taken.issuperset(range(token.start, token.end))]
        if not same:
            words = "".join(_said(self.back, token) for token in left).strip()
            if words:
                why = "the manuscript has changed here since the file was made"
                self.changes.lost.append(Lost(words, UNTRACKED, why, ours[0].start if ours else -1))
            return
        for token in ours:
            self.changes.gone.update(dict.fromkeys(range(token.start, token.end), UNTRACKED))
        if left:
            at = ours[0].start if ours else _before(left[0].start, self.places)
            self.changes.put.append(Put(at, tuple(_news(self.back, left)), UNTRACKED))


def _trails(text: Text, listed: Sequence[Token]) -> bool:
    """Whether tokens are but blanks at the end of a paragraph, which nobody sees; a comment may have stood behind."""
    blank = all(text.chars[token.start : token.end].isspace() and token.start not in text.things for token in listed)
    return blank and (not listed or text.chars[listed[-1].end : listed[-1].end + 1] in (END, WALL))


def _unchanged(now: Text, back: Text, one: Stretch) -> bool:
    """Whether our paragraph says what it did when the file was made, as the bookmark of its partner tells."""
    name = wordmarks.known(back.blocks[one.first].name) if one.first < one.last and one.start < one.end else None
    return name is not None and name.fingerprint == wordmarks.fingerprint(now.words(one.start))


def _opcodes(keys: Sequence[str], others: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if list(keys) == list(others):
        return [("equal", 0, len(keys), 0, len(others))]
    return SequenceMatcher(None, keys, others, autojunk=False).get_opcodes()


def _spread(mine: Token, its: Token) -> list[int]:
    length = its.end - its.start
    if length == mine.end - mine.start:
        return list(range(mine.start, mine.end))
    return [min(mine.start + step, mine.end - 1) for step in range(length)]


def _tokens(text: Text, start: int, end: int) -> list[Token]:
    if start >= end:
        return []
    found = tokens(text.chars, text.starts[start], text.bounds(end - 1)[1] + 1, text.things)
    return [
        token._replace(key=THING + repr(identity(text.things[token.start]))) if token.start in text.things else token
        for token in found
    ]


def _before(at: int, places: list[int]) -> int:
    return next((places[here] + 1 for here in range(at - 1, -1, -1) if places[here] >= 0), 0)


def _touched(back: Text, number: int) -> bool:
    """Whether a paragraph says something else than when the file was made."""
    name = wordmarks.known(back.blocks[number].name)
    return name is None or name.fingerprint != wordmarks.fingerprint(back.words(number))


def _said(text: Text, token: Token) -> str:
    thing = text.things.get(token.start)
    words = text.chars[token.start : token.end]
    return (thing.text or f"[{thing.kind}]") if thing else words.replace(END, "\n").replace(WALL, "\n")


def _news(back: Text, listed: Sequence[Token]) -> Iterator[New]:
    """What was written, as pieces."""
    for token in listed:
        block = _block(back, token.start)
        if back.chars[token.start] in (END, WALL):
            yield New(None, block)
        elif token.start in back.things:
            yield New(back.things[token.start], block)
        else:
            yield New(Piece(back.chars[token.start : token.end], look=back.looks[token.start]), block)


def _block(back: Text, at: int) -> Block:
    return back.blocks[max(bisect_right(back.starts, at) - 1, 0)]
