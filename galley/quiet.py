"""What of a Markdown text is no prose: code, maths, comments and addresses, made blank at the same offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from galley.patterns import pattern

CODE = (
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n"  # a fenced code block
    r"|(?P<comment><!--)"
    r"|(?P<ticks>`++)"  # code in a line
)
CODED = pattern(CODE, re.MULTILINE)
OPENING = pattern(
    CODE + r"|\$\$.+?\$\$"  # display maths
    r"|(?<![\\\w$])\$(?=[^\s$])(?:[^$\n\\]|\\.|\n(?!\n))*?(?<=[^\s\\])\$(?!\d)"  # maths in a line
    r"|<(?:https?|mailto|ftp):[^<>\s]*+>"  # an address
    r"|\]\([^()\s]*+\)"  # a link's address
    r"|\bhttps?://(?:(?!\+\+\}|--\}|~~\}|~>|==\}|<<\})\S)++",
    re.DOTALL | re.MULTILINE,
)
FENCE = pattern(r"^[`~]{3,}+[ \t]*$", re.MULTILINE)
TICKS = pattern(r"`+")
EMPTY = pattern(r"\n[ \t]*+\n")


@lru_cache(maxsize=4)  # a text is looked at more than once while it is read
def quiet(text: str, start: int = 0) -> str:
    """The text from an offset on with code, maths, comments and addresses made blank, at the same offsets."""
    return _blank(text[:start]) + _without(text, start, OPENING)


def uncoded(text: str, start: int = 0) -> str:
    """The text with code and comments behind an offset made blank, at the same offsets; maths stays."""
    return text[:start] + _without(text, start, CODED)


def _without(text: str, start: int, opening: re.Pattern[str]) -> str:
    out, at = [], start
    for first, end in _stretches(text, start, opening):
        out += [text[at:first], _blank(text[first:end])]
        at = end
    return "".join([*out, text[at:]])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _stretches(text: str, start: int, opening: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where such stretches stand, in order, each as [first, end).

    The work grows with the text alone, whatever it is made of: what opens is never looked for twice.
    """
    text = text[start:] if start else text
    ticks: _Ticks | None = None
    at = 0
    while found := opening.search(text, at):
        at = found.end()
        if found["fence"]:
            at = _fenced(text, at, found["fence"])
        elif found["comment"]:
            closing = text.find("-->", at)
            at = closing + 3 if closing >= 0 else len(text)
        elif found["ticks"]:
            ticks = ticks or _Ticks(text)
            end = ticks.closed(found.start(), at)
            if not end:
                continue
            at = end
        yield start + found.start(), start + at


def _fenced(text: str, at: int, fence: str) -> int:
    """Where a fenced block ends whose first line ends at a place: behind its closing fence, or with the text."""
    for line in FENCE.finditer(text, at):
        if text.startswith(fence, line.start()):
            return line.end()
    return len(text)


class _Ticks:
    """The runs of back-quotes of a text, by their length."""

    def __init__(self, text: str) -> None:
        self.text, self.empty = text, -1
        self.places: dict[int, list[int]] = {}
        for run in TICKS.finditer(text):
            self.places.setdefault(run.end() - run.start(), []).append(run.start())

    def closed(self, first: int, end: int) -> int:
        """Where code ends whose opening run stands at [first, end); 0 where none closes it in its paragraph."""
        places = self.places[end - first]
        next_ = bisect_left(places, end)
        if next_ == len(places):
            return 0
        if self.empty < end - 1:
            found = EMPTY.search(self.text, end)
            self.empty = found.start() if found else len(self.text)
        return places[next_] + end - first if places[next_] < self.empty else 0
