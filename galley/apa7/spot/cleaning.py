"""Text made fit for matching: one kind of space, quote and hyphen, no soft hyphens, accents on their letters.

Comes in: a paragraph as typed. Goes out: two texts of equal length, one to match on and one to cut names from, and
the offset in the paragraph of each of their characters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category, normalize

from ..patterns import pattern

_DROPPED: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_SAME: Final = {
    **dict.fromkeys(map(chr, [9, 10, 11, 12, 13, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x202F, 0x205F, 0x3000]), " "),
    **dict.fromkeys("’‘ʼʹ′`´", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("―−‒", "–"),
    **dict.fromkeys("„‟", "“"),
    **dict.fromkeys("″", "”"),
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "，": ",",
    "；": ";",
    "：": ":",
    "＆": "&",
}
_SPACES: Final = str.maketrans("\t\n\r\v\f", "     ")
_EASY: Final = str.maketrans(_SAME)
_BLANKS: Final = str.maketrans({char: " " for char, plain in _SAME.items() if plain == " "})
_HARD: Final = pattern(
    r"[\u00ad\u0300-\u036f\u0483-\u1fff\u200b-\u200f\u202a-\u202e\u2060\u20d0-\u20f0\u2cef-\u2cf1\u2d7f"
    r"\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f\ufeff\U00010000-\U0010ffff]"
)


class Clean(NamedTuple):
    """``mask`` is matched on, names are cut from ``shown``; ``at`` gives each character's offset in ``typed``."""

    mask: str
    shown: str
    at: tuple[int, ...] | range
    typed: str

    def place(self, offset: int) -> int:
        """The offset as typed; -1 stays -1."""
        return self.at[offset] if offset >= 0 else -1


def clean(text: str) -> Clean:
    """Clean a paragraph; its length may become less."""
    if text.isascii():
        plain = text.translate(_SPACES)
        return Clean(plain.replace("`", "'"), plain, range(len(text) + 1), text)
    if not _HARD.search(text):
        return Clean(text.translate(_EASY), text.translate(_BLANKS), range(len(text) + 1), text)
    mask: list[str] = []
    shown: list[str] = []
    at: list[int] = []
    for offset, char in enumerate(text):
        if char in _DROPPED:
            continue
        if char >= "\u0300" and category(char)[0] == "M":
            if mask:
                whole = _composed(shown[-1], char)
                if whole:
                    mask[-1] = shown[-1] = whole
                    continue
                mask.append("a" if mask[-1].isalpha() else " ")
            else:
                mask.append(" ")
            shown.append(char)
        else:
            plain = _SAME.get(char, char)
            mask.append(plain)
            shown.append(" " if plain == " " else char)
        at.append(offset)
    at.append(len(text))
    return Clean("".join(mask), "".join(shown), tuple(at), text)


def _composed(letter: str, accent: str) -> str:
    """A letter and its accent as one character, "" where there is none (a dotless i is an i under an accent)."""
    whole = normalize("NFC", ("i" if letter == "ı" else letter) + accent)
    return whole if len(whole) == 1 else ""


_PLAIN: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l"}
)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """Letters and digits of a name without accents, case, spaces and signs: "van der Waals" and "Vanderwaals" alike."""
    text = text.casefold()
    if not text.isascii():
        text = normalize("NFKD", text).translate(_PLAIN)
        text = "".join(char for char in text if category(char)[0] != "M")
    return "".join(filter(str.isalnum, text))
