"""Where in a Markdown source the words stand that Pandoc read from it: its tree has no places of its own.

Words are looked for one after another from where the last was found; a word farther off counts only if the words
that follow it are there too. What cannot be found (a character written as an entity) lies between its neighbours.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from galley.patterns import pattern

TOKEN = pattern(r"\w+|[^\w\s]")
STUFF = pattern(r"[^\\*_\[\]()<>^~`|{}'\"#\-:.\s]")
"""What markup between two signs does not consist of."""
NEAR, FAR = 24, 6000
"""Characters that markup between two words may take, and how far off a paragraph may begin."""
LOST = 200
"""How many paragraphs may be sought all through the source in vain."""
SAME = {
    "‘": ("'", "‘"),
    "’": ("'", "’"),
    "“": ('"', "“", "''", "``"),
    "”": ('"', "”", "''"),
    "–": ("--", "–"),
    "—": ("---", "—"),
    "…": ("...", "…"),
    "\u2011": ("\u2011", "-"),
}
"""How signs that Pandoc makes may be written."""
Anchors = tuple[tuple[int, int], ...]
Token = tuple[str, int]


class Source:
    """A source in which the words of paragraphs are looked for, from ``start`` on."""

    def __init__(self, text: str, start: int = 0) -> None:
        """Note the text; nothing is looked for before ``start``."""
        self.text, self.start, self.lost = text, start, 0

    def find(self, runs: Iterable[str], cursor: int) -> tuple[Anchors, int] | None:
        """Anchors of a paragraph's text in the source, and where it ends; None where it is not found."""
        tokens: list[Token] = []
        at = 0
        for run in runs:  # markup may stand between two runs, even within a word
            tokens += [(found[0], at + found.start()) for found in TOKEN.finditer(run)]
            at += len(run)
        first = self._begin(tokens, cursor)
        if first is None:
            return None
        return self._follow(tokens, *first)

    def _begin(self, tokens: Sequence[Token], cursor: int) -> tuple[int, int] | None:
        """The token to begin with and where it stands: near the cursor, else anywhere."""
        spans = [(cursor, cursor + FAR), (self.start, len(self.text))]
        for low, high in spans[: 2 if self.lost < LOST else 1]:
            for at in range(min(4, len(tokens))):
                if not tokens[at][0][0].isalnum() and at + 1 < len(tokens):
                    continue
                place = self._sought(tokens, at, low, min(high, len(self.text)))
                if place >= 0:
                    return at, place
        self.lost += 1
        return None

    def _sought(self, tokens: Sequence[Token], at: int, low: int, high: int) -> int:
        word, tries = tokens[at][0], 0
        place = self.text.find(word, low, high)
        while place >= 0 and tries < 400:
            if self._whole(place, word) and self._fits(tokens, at + 1, place + len(word)):
                return place
            tries += 1
            place = self.text.find(word, place + 1, high)
        return -1

    def _whole(self, place: int, word: str) -> bool:
        """Whether a word found is not only the end or the beginning of another."""
        if not word[0].isalnum():
            return True
        before = self.text[place - 1 : place]
        after = self.text[place + len(word) : place + len(word) + 1]
        return not before.isalnum() and not after.isalnum()

    def _fits(self, tokens: Sequence[Token], at: int, place: int, wanted: int = 4) -> bool:
        """Whether most of the next words follow close by."""
        seen = missed = 0
        for word, _ in tokens[at : at + 2 * wanted]:
            if not word[0].isalnum():
                continue
            found = self.text.find(word, place, place + 2 * NEAR + len(word))
            if found >= 0:
                place, seen = found + len(word), seen + 1
            else:
                missed += 1
            if seen == wanted or missed > 1:
                break
        return missed <= 1 and (seen > 0 or not missed)

    def _follow(self, tokens: Sequence[Token], first: int, place: int) -> tuple[Anchors, int]:
        """The anchors from a token on; the tokens before it are counted back from it."""
        anchors = [(0, max(place - tokens[first][1], 0))]
        end = place
        for at in range(first, len(tokens)):
            word, offset = tokens[at]
            found, length = self._next(tokens, at, end)
            if found < 0:
                continue
            if found - offset != anchors[-1][1] - anchors[-1][0]:
                anchors.append((offset, found))
            end = found + length
            if length != len(word):
                anchors.append((offset + len(word), end))
        return tuple(anchors), end

    def _next(self, tokens: Sequence[Token], at: int, end: int) -> tuple[int, int]:
        """Where a token stands at or after a place, and how many characters it takes there; -1 where it is not."""
        word = tokens[at][0]
        text = self.text
        if text.startswith(word, end):
            return end, len(word)
        for written in SAME.get(word, (word,)):
            found = text.find(written, end, end + NEAR + len(written))
            if found >= 0 and not (word[0].isalnum() or STUFF.search(text, end, found)):
                return found, len(written)
            if found >= 0 and word[0].isalnum() and self._whole(found, word):
                return found, len(written)
        if len(word) > 1 and word[0].isalnum():
            place = self._sought(tokens, at, end, min(end + FAR // 4, len(text)))
            if place >= 0:
                return place, len(word)
        return -1, 0


def as_written(words: str, anchors: Anchors, source: str) -> str:
    """The words with quotation marks, apostrophes and spaces as written, where Pandoc made them typographic."""
    if not re.search("[‘’“”\u00a0]", words):
        return words
    letters = list(words)
    bounds = [*anchors, (len(words), 0)]
    for (start, place), (stop, _) in itertools.pairwise(bounds):
        for at in range(start, stop):
            there = place + at - start
            written = source[there : there + 1]
            if written and (
                (letters[at] in "‘’“”" and written in "'\"") or (letters[at] == "\u00a0" and written in " \n")
            ):
                letters[at] = " " if written == "\n" else written
    return "".join(letters)
