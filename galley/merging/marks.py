"""Where each word of a page comes from: a letter of every word in the source is changed for a sign that is nobody's,
the page is made once more, and the signs on it tell the places.

Signs are as many characters as letters were, so that tables drawn with blanks stay tables, and stand within words, so
that markup beside these stays markup. What is no prose is left alone, and so are words that mean something to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from galley.patterns import pattern
from galley.quiet import quiet

FIRST, LAST = 0xF0000, 0xFFFFD
SIGNS = pattern("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
MOST = 2 * (LAST - FIRST + 1)
"""How many signs there are: two planes of characters for private use."""
WORD = pattern(r"[^\W\d_]{3,}")
APART = pattern(
    r"(?P<cite>\[[^\[\]@]*@[^\[\]]*\])|@\{[^{}\n]*\}|@\w\S*"  # citations and cross-references
    r"|\{(?:[#.=\-]|[ ]*[\w-]+=)[^{}]*\}"  # attributes
    r"|\[\^[^\[\]\n]+\]"  # calls of notes
    r"|^[ ]{0,3}\[[^\]\n]+\]:[^\n]*"  # what a name of a link stands for
    r"|\](?:\[[^\[\]\n]*\]|\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))"  # where links lead
    r"|<[^<>\n]*>|&#?\w+;"  # tags and entities
    r"|\\(?:begin|end|ref|eqref|autoref|[cC]ref|pageref|cite\w*|label|input|include\w*|bibliography\w*)\*?"
    r"(?:\[[^\[\]\n]*\])*\{[^{}\n]*\}"
    r"|\\\w+"  # commands of TeX
    r"|^[ \t]*+:::[^\n]*"  # fences
    r"|^[ \t]*+(?:Table|Figure)?[ ]*:|^[ \t]*+\(?[a-zA-Z]{1,6}[.)][ \t]"  # captions, letters of lists
    r"|^[ \t]*+\w+:[ \t]",
    re.MULTILINE,
)
TELLING = pattern(
    r"(?i)abstract|appendix|appendices|bibliography|references?|tables?|figures?|fig|notes?|keywords"
    r"|acknowledge?ments|funding|ethics|data|code"
)
"""Words that decide what becomes of a line where they stand in it."""


class Origin(NamedTuple):
    """Where a sign was put: the number of the file, the offset in it, and the letter that stood there."""

    file: int
    offset: int
    letter: str


def signed(texts: Sequence[str], zones: Iterable[tuple[int, int, int]]) -> tuple[list[str], dict[str, Origin]]:
    """The texts with signs in the words of some zones (file, start, end), and what each sign stands for."""
    out = [list(text) for text in texts]
    words: list[Origin] = []
    for file, start, end in zones:
        prose = quiet(texts[file][:end], start)
        prose = APART.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), prose[start:])
        for found in WORD.finditer(prose):
            if not TELLING.fullmatch(found[0]):
                at = start + found.start() + len(found[0]) // 2
                words.append(Origin(file, at, texts[file][at]))
    step = len(words) // MOST + 1
    meant: dict[str, Origin] = {}
    for number, origin in enumerate(words[::step]):
        place = FIRST + number if number <= LAST - FIRST else 0x100000 + number - (LAST - FIRST + 1)
        meant[chr(place)] = origin
        out[origin.file][origin.offset] = chr(place)
    return ["".join(letters) for letters in out], meant
