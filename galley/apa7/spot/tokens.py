"""Words and signs before a year, each with the part it can play in a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..patterns import pattern
from .words import ABBREVIATED, CONNECTORS, ETAL, JOINTS, PARTICLES

_TOKEN: Final = pattern(
    rf"(?P<etal>{ETAL})"
    r"|(?P<initials>(?<!\w)[^\W\d_a-zß-öø-ÿ]\.(?:\s?-?\s?[^\W\d_a-zß-öø-ÿ]\.)*(?!\w))"
    r"|(?P<word>'t(?=\s)|[^\W_](?:[^\W_]|[-'](?=[^\W_]))*)"
    r"|(?P<sign>\S)"
)


class Token(NamedTuple):
    """A word or sign; ``kind`` is "name", "particle", "link", "lower", "number", "initials", "etal", "joint" or the
    sign itself."""

    kind: str
    text: str
    start: int
    end: int


def tokens(mask: str, start: int, end: int) -> list[Token]:
    """The tokens of [start, end)."""
    found = []
    for match in _TOKEN.finditer(mask, start, end):
        role, text = match.lastgroup, match.group()
        found.append(Token(_kind(role or "", text), text, match.start(), match.end()))
    return found


def _kind(role: str, text: str) -> str:
    if role in ("etal", "initials"):
        return role
    if role == "sign":
        return "joint" if text == "&" else text
    if text in JOINTS:
        return "joint"
    return _word(text)


def _word(text: str) -> str:
    if text in PARTICLES:
        return "particle"
    head = text[0]
    if head.isdigit():
        return "number"
    if head.isupper() or head == head.swapcase():  # scripts without case
        return "name"
    if text in CONNECTORS:
        return "link"
    cut = max(text.find("-"), text.find("'"))
    if 0 < cut <= 5 and text[cut + 1 : cut + 2].isupper():  # al-Zawahiri, d'Arcy
        return "name"
    return "lower"


def stops(row: Sequence[Token], at: int) -> bool:
    """Whether a full stop at this position ends a sentence and no abbreviation."""
    if at < 1:
        return True
    word = row[at - 1].text
    return word not in ABBREVIATED and not (word.isupper() and 1 < len(word) < 5)


def abbreviation(text: str) -> bool:
    """Whether a word is written in capitals, as abbreviations are: "WHO", "ipRGCs", "HARKing"."""
    capitals = sum(map(str.isupper, text))
    return len(text) > 1 and "-" not in text and (capitals > 2 or (capitals > 1 and text.isupper()))
