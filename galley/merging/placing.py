"""Where in the manuscript's files each character of its page comes from.

Words that bear a sign are sure; what lies between two of them is compared token by token with the source between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from galley.merging.flat import Text
from galley.merging.lexing import Token, lexemes, tokens
from galley.merging.marks import SIGNS, Origin

FAR = 4000
"""Characters of the source in which a paragraph without a sure word is looked for."""
LOOSE = 12
"""How far from the token before it a sign or a blank may be found that no word holds."""


class Placed(NamedTuple):
    """For each character of the page the number of the file, and the offsets before and after it; -1 where unknown."""

    file: list[int]
    start: list[int]
    end: list[int]


class Source(NamedTuple):
    """The texts of the manuscript's files, and where the prose of each begins."""

    texts: Sequence[str]
    heads: Sequence[int]


def unsigned(signed: Text, meant: Mapping[str, Origin]) -> tuple[Text, dict[int, Origin]]:
    """A page made with signs as it is without them, and where the signs stood."""
    found = {one.start(): meant[one[0]] for one in SIGNS.finditer(signed.chars) if one[0] in meant}
    letters = list(signed.chars)
    for at, origin in found.items():
        letters[at] = origin.letter
    signed.chars = "".join(letters)
    return signed, found


def carried(page: Text, other: Text, origins: Mapping[int, Origin]) -> dict[int, Origin]:
    """The origins on one page carried over to the paragraphs of another that say the same."""
    ours = [page.key(number) for number in range(len(page.blocks))]
    theirs = [other.key(number) for number in range(len(other.blocks))]
    found: dict[int, Origin] = {}
    for mine, its, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for step in range(size):
            here, there = page.starts[mine + step], other.starts[its + step]
            for at in range(*page.bounds(mine + step)):
                if at - here + there in origins:
                    found[at] = origins[at - here + there]
    return found


class Placer:
    """The places, found paragraph by paragraph."""

    def __init__(self, page: Text, source: Source, origins: Mapping[int, Origin]) -> None:
        """Note the sure places first."""
        self.page, self.source, self.origins = page, source, origins
        size = len(page.chars)
        self.placed = Placed([-1] * size, [-1] * size, [-1] * size)
        self._tokens = [tokens(page.chars, *page.bounds(number), page.things) for number in range(len(page.blocks))]
        self._sure = [self._anchors(listed) for listed in self._tokens]

    def place(self) -> Placed:
        """Place everything that can be placed."""
        for number, sure in enumerate(self._sure):
            if sure:
                self._between(number, sure)
        for number, sure in enumerate(self._sure):
            if not sure and self._tokens[number]:
                self._lost(number)
        return self.placed

    def _anchors(self, listed: Sequence[Token]) -> list[tuple[int, int]]:
        """Tokens with a sign, and where they stand in the source, all in one file and in order."""
        found: list[tuple[int, int, int]] = []
        for number, token in enumerate(listed):
            for at in range(token.start, token.end):
                origin = self.origins.get(at)
                if origin is None:
                    continue
                start = origin.offset - (at - token.start)
                text = self.source.texts[origin.file]
                if text[start : start + token.end - token.start] == self.page.chars[token.start : token.end]:
                    found.append((number, origin.file, start))
                break
        if not found:
            return []
        file = Counter(one[1] for one in found).most_common(1)[0][0]
        out: list[tuple[int, int]] = []
        for number, its, start in found:
            if its == file and (not out or start > out[-1][1]):
                out.append((number, start))
        for number, start in out:
            self._note(listed[number], file, start, start + listed[number].end - listed[number].start)
        return out

    def _note(self, token: Token, file: int, start: int, end: int) -> None:
        """The place of a token; of its characters too, if it is as many in the source."""
        shown = self.page.chars[token.start : token.end]
        same = self.source.texts[file][start:end] == shown
        for at in range(token.start, token.end):
            step = at - token.start
            self.placed.file[at] = file
            self.placed.start[at] = start + step if same else start
            self.placed.end[at] = start + step + 1 if same else end

    def _between(self, number: int, sure: Sequence[tuple[int, int]]) -> None:
        """Place what stands before, between and after the sure words of a paragraph."""
        listed = self._tokens[number]
        first = listed[sure[0][0]]
        file = self.placed.file[first.start]
        low, high = self._limits(file, sure[0][1], sure[-1][1])
        before, at = low, 0
        for token, start in sure:
            self._fit(listed[at:token], file, before, start, after=bool(at), before=True)
            at, before = token + 1, start + listed[token].end - listed[token].start
        self._fit(listed[at:], file, before, high, after=True, before=False)

    def _limits(self, file: int, first: int, last: int) -> tuple[int, int]:
        """How far a paragraph can reach: to empty lines, and into no other's sure words."""
        text = self.source.texts[file]
        low = text.rfind("\n\n", 0, first) + 2 if text.rfind("\n\n", 0, first) >= 0 else 0
        if first >= self.source.heads[file] > low:
            low = self.source.heads[file]
        high = text.find("\n\n", last)
        high = len(text) if high < 0 else high
        return low, high

    def _fit(self, listed: Sequence[Token], file: int, low: int, high: int, *, after: bool, before: bool) -> None:
        """Compare some tokens with a stretch of the source; the ends that touch a sure word are held to it."""
        if not listed or low > high:
            return
        found = _matched(listed, lexemes(self.source.texts[file], low, high), after, before)
        for token, lexeme in found:
            self._note(token, file, lexeme.start, lexeme.end)

    def _lost(self, number: int) -> None:
        """Place a paragraph without a sure word, if all of it is found where it must be."""
        listed = [token for token in self._tokens[number] if token.key != " "]
        if not listed:
            return
        file, low = self._last_before(number)
        if file < 0:
            return
        text = self.source.texts[file]
        high = min(self._first_after(number, file, low), low + FAR, len(text))
        found = _matched(self._tokens[number], lexemes(text, low, high), False, False)
        if sum(token.key != " " for token, _ in found) == len(listed) and _close(found):
            for token, lexeme in found:
                self._note(token, file, lexeme.start, lexeme.end)

    def _last_before(self, number: int) -> tuple[int, int]:
        start = self.page.starts[number]
        for at in range(start - 1, -1, -1):
            if self.placed.file[at] >= 0:
                file = self.placed.file[at]
                return file, self.placed.end[at]
        return (0, 0) if self.source.texts else (-1, 0)

    def _first_after(self, number: int, file: int, low: int) -> int:
        for at in range(self.page.bounds(number)[1], len(self.page.chars)):
            if self.placed.file[at] == file and self.placed.start[at] >= low:
                return self.placed.start[at]
            if self.placed.file[at] not in (-1, file):
                break
        return len(self.source.texts[file])


def _matched(listed: Sequence[Token], found: Sequence[Token], after: bool, before: bool) -> list[tuple[Token, Token]]:
    """Tokens of the page paired with those of the source; markup has no partner.

    ``after`` and ``before`` tell whether a sure word stands just before and just behind: what touches one is paired
    from that end on, as far as it goes without a break.
    """
    real = [lexeme for lexeme in found if lexeme.key]
    head: list[tuple[Token, Token]] = []
    tail: list[tuple[Token, Token]] = []
    low, high, first, last = 0, len(listed), 0, len(real)
    while after and low < high and first < last and listed[low].key == real[first].key:
        head.append((listed[low], real[first]))
        low, first = low + 1, first + 1
    while before and low < high and first < last and listed[high - 1].key == real[last - 1].key:
        high, last = high - 1, last - 1
        tail.append((listed[high], real[last]))
    keys = [token.key for token in listed[low:high]]
    others = [lexeme.key for lexeme in real[first:last]]
    blocks = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks() if keys and others else []
    middle = [
        (listed[low + mine + step], real[first + its + step]) for mine, its, size in blocks for step in range(size)
    ]
    start = head[-1][1].end if head else found[0].start if after and found else -FAR
    end = tail[-1][1].start if tail else found[-1].end if before and found else 1 << 40
    return [*head, *_near(middle, start, end), *reversed(tail)]


def _near(middle: Sequence[tuple[Token, Token]], low: int, high: int) -> list[tuple[Token, Token]]:
    """The pairs without those of signs and blanks far from any word: such are found anywhere.

    ``low`` and ``high`` are the ends of a word just before and the beginning of one just behind, far off for none.
    """
    says = [any(char.isalnum() for char in token.key) or token.key[:1] in "@#" for token, _ in middle]
    kept = list(says)
    for order in (range(len(middle)), range(len(middle) - 1, -1, -1)):
        end, start = low, high
        for at in order:
            lexeme = middle[at][1]
            kept[at] = kept[at] or 0 <= lexeme.start - end <= LOOSE or 0 <= start - lexeme.end <= LOOSE
            if kept[at]:
                end, start = (lexeme.end, high) if order.step > 0 else (low, lexeme.start)
    return [pair for pair, keep in zip(middle, kept, strict=True) if keep]


def _close(found: Sequence[tuple[Token, Token]]) -> bool:
    """Whether a paragraph found stands in one piece: nothing but markup between its tokens."""
    return all(after.start - before.end <= 12 for (_, before), (_, after) in pairwise(found))
