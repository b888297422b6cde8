"""CriticMarkup on its way through Pandoc: signs of one letter each go into the text it is given, and become spans and
divisions of the classes insertion, deletion and comment in the tree that comes back.

The signs are letters of a private area, as many as the marks they stand for, so that no column of a grid table moves;
a mark that would begin or end within a citation is widened to all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from galley.patterns import pattern
from galley.quiet import quiet
from galley.reading.suggestedtree import FIRST, PAD, Sign, rebuilt
from galley.span import File
from galley.suggestions import (
    COMMENT,
    DELETION,
    HIGHLIGHT,
    INSERTION,
    SUBSTITUTION,
    Suggestion,
    suggestions,
    without,
)
from galley.tree import Node

MOST = 60_000
"""How many signs a document may have; what would need more stays as it is written."""
PREFIX = pattern(
    r"[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|>[ \t]?|\[\^[^\]\n]+\]:[ \t]+|:[ \t]+|\|(?=[^\n|]*\|))+"
)
"""What makes a block of a line and must stay at its beginning."""
CITED = pattern(r"\[[^\[\]]*(?<![\w@\\])-?@[\w{][^\[\]]*\]")
FENCED = pattern(r"[ \t]*(?:`{3}|~{3}|:{3})")


class _Put(NamedTuple):
    """A stretch of the source that gives way to signs."""

    start: int
    end: int
    text: str


class Suggested:
    """The suggestions of one document: text in, text with signs out; later a tree with signs in, one with spans out."""

    def __init__(self) -> None:
        """Begin with none."""
        self.signs: list[Sign] = []
        self.found: list[Suggestion] = []

    def text(self, text: str) -> str:
        """Markdown with each mark of CriticMarkup as a sign; without such marks it is given back as it is."""
        if "{" not in text or len(self.signs) > MOST:
            return text
        file = File("", text)
        found = [one for one in suggestions(file) if one.critic]
        if not found:
            return text
        atoms = [(one.start(), one.end()) for one in CITED.finditer(quiet(text))]
        puts: list[_Put] = []
        covered = -1
        for at, one in enumerate(found):
            start, end = one.span.start, one.span.end
            if start < covered:
                continue
            atom = atoms[bisect_left(atoms, (start, 0)) - 1] if atoms and atoms[0][0] < start else (0, 0)
            if end < atom[1] and _bare(text[slice(*atom)]):
                inner = takewhile(lambda x, last=atom[1]: x.span.start < last, found[at:])  # type: ignore[misc]
                puts.append(self._widened(text, atom, [x for x in inner if x.span.end < atom[1]]))
                covered = atom[1]
            else:
                puts += self._puts(text, one)
        return _with(text, puts)

    def tree(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks with spans and divisions in place of the signs."""
        return rebuilt(blocks, self.signs, self.found) if self.signs else list(blocks)

    def _sign(self, kind: str, one: Suggestion, opening: bool) -> str:
        if not self.found or self.found[-1] is not one:
            self.found.append(one)
        self.signs.append(Sign(kind, len(self.found) - 1, opening))
        return chr(FIRST + len(self.signs) - 1)

    def _puts(self, text: str, one: Suggestion) -> list[_Put]:
        """What gives way to what for one suggestion."""
        start, end = one.span.start, one.span.end
        if one.kind == COMMENT:
            return [_Put(start, end, _padded(self._sign(COMMENT, one, True), end - start))]
        (_, first), (last, _) = (start, start + 3), (end - len(_tail(text, one)) - 3, end)
        if one.kind == SUBSTITUTION:
            middle = first + len(one.old)
            arrow = min(middle + 2, last)
            close = self._sign(DELETION, one, True), self._sign(DELETION, one, False)
            again = self._sign(INSERTION, one, True), self._sign(INSERTION, one, False)
            return [
                _opened(text, start, first, close[0]),
                _Put(middle, arrow, close[1] + again[0]),
                _closed(text, last, end, again[1]),
            ]
        kind = HIGHLIGHT if one.kind == HIGHLIGHT else one.kind
        opening, closing = self._sign(kind, one, True), self._sign(kind, one, False)
        return [_opened(text, start, first, opening), _closed(text, last, end, closing)]

    def _widened(self, text: str, atom: tuple[int, int], inner: Sequence[Suggestion]) -> _Put:
        """A citation in which something is suggested: all of it as it is, then all of it as it would be."""
        start, end = atom
        sides = []
        for cuts in ("rejecting", "accepting"):
            ranges = [(a - start, b - start) for one in inner for a, b in getattr(one, cuts)]
            sides.append(_tidied(without(text[start:end], ranges)))
        old, new = sides
        if old == new:
            return _Put(start, end, old)
        one = inner[0]
        signs = [self._sign(kind, one, way) for kind in (DELETION, INSERTION) for way in (True, False)]
        return _Put(start, end, f"{signs[0]}{old}{signs[1]}{signs[2]}{new}{signs[3]}")


def _tidied(cited: str) -> str:
    """A citation without the semicolons that a work taken out leaves behind; nothing where no work is left."""
    cited = re.sub(r";\s*(?=[;\]])", "", re.sub(r"^\[\s*;\s*", "[", cited))
    return "" if cited.strip("[] \n") == "" else cited


def _bare(cited: str) -> bool:
    """Whether this is a citation rather than words in brackets that hold one, as a link's are."""
    return not re.search(r"\]\(", cited)


def _tail(text: str, one: Suggestion) -> str:
    """The comment that belongs to a suggestion, as written behind it."""
    closing = {INSERTION: "++}", DELETION: "--}", SUBSTITUTION: "~~}", HIGHLIGHT: "==}"}[one.kind]
    whole = text[one.span.start : one.span.end]
    if one.kind == SUBSTITUTION:
        length = 3 + len(one.old) + (2 if whole[3 + len(one.old) :].startswith("~>") else 0) + len(one.new)
    else:
        length = 3 + len(one.old or one.new)
    assert whole[length : length + 3] == closing  # noqa: S101 - so it was found
    return whole[length + 3 :]


def _padded(sign: str, length: int) -> str:
    return sign + PAD * (length - len(sign))


def _opened(text: str, start: int, end: int, sign: str) -> _Put:
    """The opening mark as a sign, behind what makes a block of its line: it would hide that from Pandoc."""
    at_head = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    if at_head and (text.startswith("\n", end) or FENCED.match(text, end)):
        return _Put(start, end, _padded(sign, end - start) + "\n\n")
    prefix = PREFIX.match(text, end) if at_head else None
    if prefix:
        return _Put(start, prefix.end(), prefix[0] + _padded(sign, end - start))
    return _Put(start, end, _padded(sign, end - start))


def _closed(text: str, start: int, end: int, sign: str) -> _Put:
    """The closing mark and the comment behind it as a sign; within the last cell where it closes a row of a table."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    padded = _padded(sign, end - start)
    if not line.strip():
        return _Put(start, end, "\n\n" + padded)
    if re.match(r"(?:\{\+\+|\{--|[ \t])*\|", line) and line.rstrip().endswith("|"):
        return _Put(start - len(line) + len(line.rstrip()) - 1, end, padded + "|")
    return _Put(start, end, padded)


def _with(text: str, puts: Sequence[_Put]) -> str:
    out: list[str] = []
    at = 0
    for put in sorted(puts):
        if put.start < at:
            continue
        out += [text[at : put.start], put.text]
        at = put.end
    return "".join(out) + text[at:]
