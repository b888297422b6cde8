"""Years as citations give them, and the locators behind: APA 7 §8.13-8.15 and §9.13-9.17 read backwards."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from ..parts import TYPED
from ..patterns import pattern

_FOUR: Final = r"(?:1\d{3}|20\d{2})"
_ERA: Final = r"(?:B\.\s?C\.(?:\s?E\.)?|BCE?|C\.\s?E\.|CE|A\.\s?D\.|AD)(?!\w)"
_ABOUT: Final = r"(?:(?:ca?|circa)\.?\s?)"
_STATE: Final = (
    r"n\.\s?d\.?|n\.\s?d\b|in\s+press|in\s+prep(?:aration\b|\.)?|in\s+review|under\s+review|forthcoming|submitted|"
    r"accepted|to\s+appear|no\s+date"
)
YEAR: Final = pattern(
    rf"(?:(?<![\w/\-–.=<>≤≥±~$€£#°@+*^|\\])|(?<=al\.))"
    rf"(?P<year>(?:{_ABOUT})?(?:\d{{1,4}}(?:–\d{{1,4}})?\s?{_ERA}(?:/{_FOUR})?|{_FOUR}(?:\s?[/–-]\s?{_FOUR}(?!\d))?)"
    rf"|(?:{_STATE})(?![^\W\d_]))"
    rf"(?P<letter>-?[a-z](?![\w'-]|–\w\w))?(?![\w%/°]|[.,]\d|\s?%|-\w)"
)
"""A year, a pair of years, a year before our era, or a word in place of one; its letter behind."""

LETTER: Final = pattern(r"\s?(?P<joint>,(?:\s?(?:and\b|&))?|and|&|–|-)\s?(?P<letter>[a-z])(?![\w'.])")
JOINT: Final = pattern(r"\s?[,;/]\s?(?:and\s|&\s)?|\s(?:and|&)\s")
_CLOSED: Final = pattern(r"\s*(?:$|[,;:)\]&\x1f]|and\b|p{1,2}\.)")
_VALUE: Final = r"(?:[A-Za-z]{0,2}\d[\w.:]*|[ivxlcdm]+(?!\w)|[IVXLCDM]+(?!\w)|[A-Z](?![\w.]))"
_MORE: Final = r"(?:,\s?(?:and|&)?|\s(?:and|&))\s?\d+[\w.]*(?!\w)"
_VALUES: Final = rf"{_VALUE}(?:\s?[–—-]\s?{_VALUE}|{_MORE})*(?:\s?ff?\b\.?)?"


class Year(NamedTuple):
    """A year as typed, without its letter, and where both stand."""

    text: str
    letter: str
    start: int
    end: int


def years(mask: str) -> list[Year]:
    """All that could be years of citations, in order."""
    found = []
    for match in YEAR.finditer(mask):
        text, letter = match["year"], (match["letter"] or "").lstrip("-")
        if letter == "s" and text.endswith("0"):
            continue
        found.append(Year(text, letter, match.start("year"), match.end()))
    return found


def settled(text: str) -> str:
    """A year with its spaces and stops in order: "n.d.", "1953/1961"."""
    text = re.sub(r"\s+", " ", text)
    if re.fullmatch(r"n\. ?d\.?|no date", text):
        return "n.d."
    return re.sub(r"\s?([/–-])\s?", r"\1", text) if text[:1].isdigit() else text


def closed(mask: str, year: Year, end: int) -> bool:
    """Whether nothing that would make it another number stands behind a year."""
    return year.end >= end or _CLOSED.match(mask, year.end, end) is not None


@cache
def _locator() -> re.Pattern[str]:
    words = sorted({word for typed in TYPED.values() for word in typed.split()}, key=len, reverse=True)
    labelled = rf"(?:(?i:{'|'.join(map(re.escape, words))})(?!\w)\.?\s?|[§¶]{{1,2}}\s?){_VALUES}"
    time = r"\d{1,2}(?::\d{2}){1,2}(?:\s?[–-]\s?\d{1,2}(?::\d{2}){1,2})?(?!\w)"
    verse = r"(?:[1-4]\s)?[A-Z][^\W\d_]+\.?\s\d+:\d+(?:[–-]\d+)?"
    play = r"\d+(?:\.\d+){1,3}(?:[–-]\d+)?(?!\w)"
    range_ = r"\d{1,5}(?:\s?[–-]\s?\d{1,5})?"
    pages = rf"(?<=[:,\s]){range_}(?:,\s{range_})*(?![\w.])(?=\s*(?:$|[,;)\]]))"
    one = rf"(?:{labelled}|{time}|{verse}|{play})"
    return re.compile(rf"(?:\s?[,:]\s?|\s)(?P<locator>{one}(?:(?:,\s?|\s?&\s|\sand\s){one})*|{pages})")


def locator(mask: str, start: int, end: int) -> tuple[int, int]:
    """Where the locator stands that follows a year directly; (-1, -1) where none does."""
    match = _locator().match(mask, start, end)
    return match.span("locator") if match else (-1, -1)
