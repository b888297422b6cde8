"""A typed reference as one line: spaces made single, accents composed, and where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..patterns import pattern
from .nouns import Stretch

_PLAIN: Final = pattern(r"(?:[!-~‘’“”–À-ÖØ-öø-ž]| (?! ))*\Z")
_UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c")
_SAME: Final = {
    "\u2010": "-", "\u2011": "-", "（": "(", "）": ")", "，": ",", "［": "[", "］": "]",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
LONGEST: Final = 20000  # characters that are read; what lies beyond is left over


class Line(NamedTuple):
    """The characters that are read; ``italic`` has a byte for each, ``origin`` its offset in the text as typed."""

    text: str
    italic: bytes
    origin: tuple[int, ...] | range

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) stands in the text as typed."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1


def line(stretches: Sequence[Stretch]) -> tuple[Line, str]:
    """Make the line of a reference, and give what is beyond its greatest length."""
    whole = "".join(stretch.text for stretch in stretches)
    text, beyond = whole[:LONGEST], whole[LONGEST:]
    italic = b"".join((b"\1" if stretch.italic else b"\0") * len(stretch.text) for stretch in stretches)[:LONGEST]
    if _PLAIN.match(text):
        return Line(text, italic, range(len(text) + 1)), beyond
    return _cleaned(text, italic), beyond


def _cleaned(text: str, italic: bytes) -> Line:
    chars: list[str] = []
    slant = bytearray()
    origin: list[int] = []
    for at, char in enumerate(text):
        if char in _UNSEEN:
            continue
        if char.isspace() or unicodedata.category(char) in ("Cc", "Cf"):
            if chars and chars[-1] == " ":
                continue
            char = " "
        elif unicodedata.combining(char) and chars:
            base = {"ı": "i", "ȷ": "j"}.get(chars[-1], chars[-1])
            whole = unicodedata.normalize("NFC", base + char)
            if len(whole) == 1:
                chars[-1] = whole
                continue
        for one in _SAME.get(char, char):
            chars.append(one)
            slant.append(italic[at])
            origin.append(at)
    return Line("".join(chars), bytes(slant), (*origin, len(text)))
