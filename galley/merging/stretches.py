"""Stretches of Markdown that can be marked without tearing its markup: emphasis, links, blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from galley.merging.flat import Text
from galley.merging.lexing import LEXEME
from galley.merging.placing import Placed
from galley.patterns import pattern

TAIL = pattern(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)(?:\{[^{}\n]*\})?")
APART = pattern(r"\n|<!--(?:(?!-->).)*-->[ \t]*\n", re.DOTALL)
"""What may stand before a paragraph, in its block, and is none of it: empty lines and comments."""
CLOSERS = pattern(r"\*{1,3}|_{1,3}(?!\w)|\^|~|`+|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)(?:\{[^{}\n]*\})?")


def balanced(text: str) -> bool:
    """Whether a stretch holds both signs of every emphasis, and both ends of every link, that it has one of."""
    counts: dict[str, int] = {}
    depth = 0
    for one in LEXEME.finditer(text):
        kind, said = one.lastgroup, one[0]
        if kind == "sign" and said in "*_`^~":
            alone = (
                said in "_"
                and one.start() > 0
                and text[one.start() - 1].isalnum()
                and text[one.end() : one.end() + 1].isalnum()
            )
            counts[said] = counts.get(said, 0) + (not alone)
        elif kind == "sign" and said == "[":
            depth += 1
        elif said == "]" or (kind == "markup" and said.startswith("]")):
            depth -= 1
            if depth < 0:
                return False
    return depth == 0 and not any(count % 2 for count in counts.values()) and "\n\n" not in text.strip("\n")


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the signs of emphasis, or the link, that hold it and nothing else."""
    while True:
        before, after = text[start - 1 : start], text[end : end + 1]
        tail = TAIL.match(text, end) if before == "[" else None
        if tail:
            start, end = start - 1, tail.end()
        elif before and before == after and before in "*_`^~":
            start, end = start - 1, end + 1
        else:
            return start, end


def sliced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a stretch between the signs of its markup."""
    at = start
    for one in LEXEME.finditer(text, start, end):
        sign = one.lastgroup == "markup" or (one.lastgroup == "sign" and one[0] in "*_`^~[]") or "\n\n" in one[0]
        if sign:
            if text[at : one.start()].strip():
                yield at, one.start()
            at = one.end()
    if text[at:end].strip():
        yield at, end


def closing(text: str, at: int) -> int:
    """Behind the signs that close what ends at a place; a sign behind a blank opens something."""
    while (found := CLOSERS.match(text, at)) and not text[at - 1 : at].isspace():
        at = found.end()
    return at


def block(text: str, head: int, first: int, last: int) -> tuple[int, int]:
    """The lines from an empty one to the next that hold a stretch."""
    before = [found.end() for found in re.finditer(r"\n[ \t]*\n", text[:first])]
    start = max(before[-1] if before else 0, head)
    while start < first and (found := APART.match(text, start)) and found.end() <= first:
        start = found.end()
    gap = re.search(r"\n[ \t]*(?:\n|\Z)", text[last:])
    end = last + gap.start() if gap else len(text.rstrip("\n"))
    return start, max(end, last)


class Spot(NamedTuple):
    """A place in a file where something goes in, and the look of what stands round it."""

    file: int
    at: int
    look: str


def around(now: Text, placed: Placed, texts: Sequence[str], at: int, look: str) -> Spot | None:
    """Where something of a look goes that was put in before an offset of the page; None where that is not known."""
    left = at - 1 if at > 0 and at not in now.starts and placed.file[at - 1] >= 0 else -1
    right = at if at < len(now.chars) and now.chars[at] not in "\u2029\x1e" and placed.file[at] >= 0 else -1
    if left >= 0:
        file, low, mine = placed.file[left], placed.end[left], now.looks[left]
        touching = right >= 0 and placed.file[right] == file and placed.start[right] == low
        if touching or not mine or (set(look) == set(mine) - {"l"} and "l" not in mine):
            return Spot(file, low, mine)
        return Spot(file, closing(texts[file], low), "")
    if right < 0:
        return None
    file, high, its = placed.file[right], placed.start[right], now.looks[right]
    if set(look) == set(its):
        return Spot(file, high, its)
    text = texts[file]
    while its and high > 0 and text[high - 1] in "*_[`^~":
        high -= 1
    return Spot(file, high, "" if its else its)
