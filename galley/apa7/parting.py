"""Names parted by something other than "and": commas, semicolons and ampersands, where they leave no doubt."""

from __future__ import annotations

import re
from typing import Final

from .latex import plain
from .patterns import pattern

_MARKS: Final = pattern(r"\s*;\s*|\s*,?\s*&\s*")
_INITIALS: Final = pattern(r"(?:[A-ZÀ-Þ](?:\.|\b|(?=[A-Z]))[\s-]*){1,4}\Z")
_INITIALLED: Final = pattern(r"(?:[A-ZÀ-Þ]\.[\s-]*)+[^\W\d_]*[^\W\d_]{2}[^,]*\Z")
_POINTED: Final = pattern(r"([^\W\d_]{2}[^,.]*?)\s+((?:[A-ZÀ-Þ]\.[\s-]*){1,4})\Z")
_SUFFIX: Final = pattern(r"(?:[JS]r|Snr|Jnr|I{1,3}|I?V|VI{0,3}|[2-9](?:nd|rd|th))\.?\Z", re.IGNORECASE)
_KEPT: Final = pattern(r"\{(?!\\)")


def parted(piece: str) -> list[str]:
    """Part one member of a name list into the names that were typed into it, each as BibTeX would have it.

    ``R. Poe, A. Roe, B. Low`` are three, ``Poe, R., Roe, A.`` are two, and so are ``Poe, Ada; Roe, Ben``;
    ``Poe, Jr., R.`` is one, and what stands in braces of its own is not looked into.
    """
    if not ("," in piece or ";" in piece or "&" in piece) or _KEPT.search(piece) or "=" in piece:
        return [piece]
    bare = plain(piece).replace("\u00a0", " ")
    found = [name for one in _MARKS.split(bare) if one.strip(" ,") for name in _commas(one.strip(" ,"))]
    return found if len(found) > 1 else [piece]


def _commas(whole: str) -> list[str]:
    parts = [one.strip() for one in whole.split(",")]
    if len(parts) < 2 or not all(parts) or any(_SUFFIX.match(one) for one in parts):
        return [whole]
    if all(_INITIALLED.match(one) for one in parts):
        return parts
    if all(pointed := [_POINTED.match(one) for one in parts]):
        return [f"{one[1]}, {one[2]}" for one in pointed if one]
    if len(parts) > 2 and len(parts) % 2 == 0 and all(_INITIALS.match(one) for one in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [whole]
