"""A stretch of Markdown, or of a page's text, as tokens that can be compared: words, signs, blanks, things, markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from galley.merging.flat import THING
from galley.patterns import pattern
from galley.returned import Piece

OBJECT = r"(?:fig|tbl|tab|eq|eqn|sec|lst|app)[:\-]"
LEXEME = pattern(
    r"(?P<ref>\\(?:eq|auto|page|[cC])?ref\*?\{[^{}\n]*\}|\\@ref\([^()\n]*\))"
    r"|(?P<markup><!--.*?-->|\{(?:[#.=\-]|[ ]*[\w-]+=)[^{}]*\}|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|\\[A-Za-z]+\*?"
    r"|\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\]))"
    r"|(?P<note>\[\^[^\]\n]+\]|\^\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\]]*\])*\])*\])"
    r"|(?P<image>!\[(?:[^\[\]]|\[[^\]]*\])*\]\([^()\n]*\)(?:\{[^{}]*\})?)"
    r"|(?P<cite>\[(?:[^\[\]\\]|\\.)*?@(?:[^\[\]\\]|\\.)*\]|-?@(?:\{[^{}\n]+\}|\w(?:[:.#$%&\-+?<>~/]*\w)*)"
    r"(?:[ \n]\[[^\[\]@]*\])?)"
    r"|(?P<maths>\$\$.+?\$\$|\$(?=[^\s$])(?:[^$\\]|\\.)*?(?<=[^\s])\$(?!\d))"
    r"|(?P<escape>\\[^\w\s]|\\[ \n])|(?P<entity>&#?\w+;)"
    r"|(?P<word>[^\W_]+)|(?P<space>\s+)|(?P<dash>---?|\.\.\.)|(?P<sign>\S|_)",
    re.DOTALL,
)
SHOWN = pattern("(?P<end>[\u2029\x1e])|(?P<word>[^\\W_]+)|(?P<space>[^\\S\u2029\x1e]+)|(?P<sign>\\S|_)")
KEY = pattern(r"@(?:\{([^{}\n]+)\}|(\w(?:[:.#$%&\-+?<>~/]*\w)*))")
REFERS = pattern(rf"[^@]*@\{{?{OBJECT}", re.IGNORECASE)
SAME = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "--": "–", "---": "—", "...": "…", "\u2010": "-"}
"""Signs that Pandoc, or Word, makes of others."""


class Token(NamedTuple):
    """A token: what it is compared by ("" for markup), and where it stands."""

    key: str
    start: int
    end: int


def lexemes(source: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of Markdown."""
    found: list[Token] = []
    for one in LEXEME.finditer(source, start, end):
        kind, text = one.lastgroup or "", one[0]
        found.append(Token(_key(kind, text), one.start(), one.end()))
    return found


def _key(kind: str, text: str) -> str:
    if kind == "markup":
        return ""
    if kind == "space":
        return " "
    if kind == "cite":
        return "#ref" if REFERS.match(text) else "@" + " ".join(one or two for one, two in KEY.findall(text))
    if kind in ("note", "image", "maths", "ref"):
        return "#" + kind
    if kind == "escape":
        return " " if text[1] in " \n" else SAME.get(text[1], text[1])
    if kind == "entity":
        from html import unescape

        return " " if unescape(text) == "\u00a0" else SAME.get(unescape(text), unescape(text))
    return SAME.get(text, text)


def tokens(chars: str, start: int, end: int, things: Mapping[int, Piece]) -> list[Token]:
    """The tokens of a stretch of a page's text."""
    found: list[Token] = []
    for one in SHOWN.finditer(chars, start, end):
        text = one[0]
        if one.lastgroup == "space":
            key = " "
        elif text == THING:
            key = of_thing(things[one.start()])
        else:
            key = SAME.get(text, text)
        found.append(Token(key, one.start(), one.end()))
    return found


def of_thing(piece: Piece) -> str:
    """What a thing on the page is compared by with one in the source."""
    if piece.kind == "cite":
        return "@" + piece.key
    return "#" + piece.kind
