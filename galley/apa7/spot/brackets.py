"""Brackets in a text, round and square, and what stands in each beside the brackets inside it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..patterns import pattern

LONGEST: Final = 3000  # characters; what is longer is no citation
_SIGN: Final = pattern(r"[()\[\]]")
_SHORT: Final = pattern(r"\[[^\W\d_][^\W_]*(?:[-.&/ ]?[^\W_]+){0,2}\]")
_QUOTED: Final = pattern(r"“[^“”]{0,300}”|\"[^\"]{0,300}\"|«[^«»]{0,300}»")
BLANK: Final = "\x1f"


class Bracket(NamedTuple):
    """A bracket from its opening sign to behind its closing one; ``inside`` is where the one round it begins."""

    start: int
    end: int
    inside: int
    depth: int


def brackets(mask: str) -> list[Bracket]:
    """All brackets that close, in order of their opening; a sign without its twin is left out."""
    stack: list[tuple[str, int]] = []
    found: list[Bracket] = []
    for match in _SIGN.finditer(mask):
        sign, at = match.group(), match.start()
        if sign in "([":
            stack.append((sign, at))
            continue
        twin = "(" if sign == ")" else "["
        depth = next((d for d in range(len(stack) - 1, max(len(stack) - 9, -1), -1) if stack[d][0] == twin), -1)
        if depth < 0:
            continue
        start = stack[depth][1]
        inside = stack[depth - 1][1] + 1 if depth else 0
        del stack[depth:]
        if at - start <= LONGEST:
            found.append(Bracket(start, at + 1, inside, depth))
    return sorted(found)


def own(mask: str, bracket: Bracket, inner: list[Bracket]) -> str:
    """The text between the signs of a bracket, as long as it is, with what inner brackets hold blanked.

    An abbreviation in square brackets stays: it goes with a group's name.
    """
    text = mask[bracket.start + 1 : bracket.end - 1]
    for one in inner:
        start, end = one.start - bracket.start - 1, one.end - bracket.start - 1
        if not _SHORT.fullmatch(text, start, end):
            text = text[:start] + BLANK * (end - start) + text[end:]
    return text


def quoted(text: str) -> list[tuple[int, int]]:
    """Where words in double quotation marks stand."""
    return [match.span() for match in _QUOTED.finditer(text)]


def segments(text: str) -> list[tuple[int, int]]:
    """The parts of a bracket's text between semicolons; a semicolon in quotation marks parts nothing."""
    inside = quoted(text)
    cuts = [m.start() for m in re.finditer(";", text) if not any(a < m.start() < b for a, b in inside)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))
