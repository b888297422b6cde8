"""Citations by number: "[1, 3–5]", "(2)", or figures above the line, as Vancouver and its like have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..patterns import pattern
from .nouns import TypedCitation, TypedWork

_LIST: Final = r"\d{1,3}(?:\s?[–—\-−]\s?\d{1,3})?(?:\s?[,;]\s?\d{1,3}(?:\s?[–—\-−]\s?\d{1,3})?)*"
_SQUARE: Final = pattern(rf"\[\s?(?P<list>{_LIST})(?:\s?,\s?(?P<rest>pp?\.\s?[\d–-]+|[A-Za-z]+\.?\s\d+))?\s?\]")
_ROUND: Final = pattern(rf"(?<![\w)\]])\((?P<list>{_LIST})(?P<rest>)\)(?!\w)")
_RAISED: Final = pattern(rf"\s*\[?(?P<list>{_LIST})\]?\s*")
_ONE: Final = pattern(r"(\d{1,3})(?:\s?[–—\-−]\s?(\d{1,3}))?")
_QUANTITY: Final = pattern(r"(?:(?<![^\W\d_])[^\W\d_]|\d|[)\]}]|(?<!\w)(?:[cmkµ]?m|s|Hz|kg))\s?$")


class Numbers(NamedTuple):
    """The lowest and the highest number of the list."""

    first: int
    last: int


def numbered(text: str, numbers: Numbers) -> Iterator[tuple[str, TypedCitation]]:
    """The numbers of the list that stand in brackets, with "square" or "round" for the kind of bracket."""
    for sign, shape in (("square", _SQUARE), ("round", _ROUND)):
        for match in shape.finditer(text):
            if sign == "round" and (not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ":;,"):
                continue  # it numbers items
            start = match.start("list")
            works = _works(match["list"], start, numbers, (match["rest"] or "").strip())
            if works:
                yield sign, TypedCitation(*match.span(), match.group(), works, style="number")


def marked(text: str, raised: Sequence[tuple[int, int]], numbers: Numbers) -> Iterator[TypedCitation]:
    """The numbers of the list that stand above the line, but not powers: "5 m2"."""
    for start, end in raised:
        match = _RAISED.fullmatch(text, start, end)
        if match and not _QUANTITY.search(text[max(start - 4, 0) : start]):
            works = _works(match["list"], match.start("list"), numbers, "")
            if works:
                yield TypedCitation(start, end, text[start:end], works, style="raised")


def _works(listing: str, at: int, numbers: Numbers, rest: str) -> tuple[TypedWork, ...]:
    """One work a number, ranges written out; none where a number is not in the list's range."""
    works: list[TypedWork] = []
    for match in _ONE.finditer(listing):
        first, last = int(match[1]), int(match[2] or match[1])
        if not numbers.first <= first <= last or last > numbers.last + 20 or last - first > 60:
            return ()
        start, end = at + match.start(), at + match.end()
        works.extend(TypedWork((), "", number=number, start=start, end=end) for number in range(first, last + 1))
    if works and rest:
        works[-1] = works[-1]._replace(locator=rest)
    return tuple(works)
