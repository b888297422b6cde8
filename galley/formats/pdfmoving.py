"""A PDF's objects -> the same as they stand in another PDF: under new numbers, their names marked, their tags levelled.

Strings are told from all else, for what authors have written is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from galley.formats.pdfobjects import Objects, Stream, parts

STRING = re.compile(rb"(\((?:[^()\\]++|\\.)*+\))", re.DOTALL)
HEXED = re.compile(rb"(/(?:Dest|ID))<(?=[0-9A-Fa-f])")
KEY = re.compile(rb"(/StructParents? )(\d+)")
HEADERS = re.compile(rb"/Headers\[[^\]]*\Z")
TAG = re.compile(rb"/StructElem/S/(H[1-6]|Title|Document)(?=/)")
LEAST, MOST = 1, 6
"""The levels of headings that PDF knows."""


@dataclass(slots=True)
class Move:
    """How the objects of a file change: their numbers; how far the keys to the tags' parents move; what stands before
    names; what the file's own document becomes; the level of its title, and whether its first heading is a section's.
    """

    numbers: dict[int, int]
    shift: int
    mark: bytes
    kind: bytes = b"Document"
    depth: int = 0
    opens: bool = False

    def head(self, text: bytes, signs: Mapping[bytes, bytes]) -> bytes:
        """An object as far as it is no data; ``signs`` are the numbers as they are written."""
        if b"(" not in text:
            return self._outside(text, signs)
        pieces = STRING.split(text)
        if any(b"(" in piece or b")" in piece for piece in pieces[::2]):  # one string holds parentheses of its own
            pieces = [*(part for _, part in parts(text)), b""][:-1]
        made: list[bytes] = []
        naming = False
        for at, piece in enumerate(pieces):
            if at % 2:
                named = naming or made[-1].endswith((b"/Dest", b"/ID"))
                made.append(b"(" + self.mark + piece[1:] if named else piece)
            elif piece:
                naming = bool(HEADERS.search(piece)) or (naming and b"]" not in piece)
                made.append(self._outside(piece, signs))
        return b"".join(made)

    def _outside(self, text: bytes, signs: Mapping[bytes, bytes]) -> bytes:
        """What stands outside of strings."""
        *pieces, rest = text.split(b" 0 R")
        if pieces:
            bases = [piece.rstrip(b"0123456789") for piece in pieces]
            moved = [base + signs[piece[len(base) :]] for base, piece in zip(bases, pieces, strict=True)]
            text = b" 0 R".join([*moved, rest])
        if b"/Struct" in text:
            if b"/StructParent" in text:
                text = KEY.sub(lambda found: found[1] + b"%d" % (int(found[2]) + self.shift), text)
            text = TAG.sub(self._tag, text)
        if b"/Dest<" in text or b"/ID<" in text:
            text = HEXED.sub(rb"\1<" + self.mark.hex().encode(), text)
        return text

    def _tag(self, found: re.Match[bytes]) -> bytes:
        """Headings stand under their article's title, that under its section; the issue's own stay as they are."""
        tag = found[1]
        if tag == b"Document":
            return b"/StructElem/S/" + self.kind
        if not self.depth:
            return found[0]
        level = self.depth + (int(tag[1:]) if tag != b"Title" else 0)
        if self.opens and tag != b"Title":
            level, self.opens = LEAST, False
        return b"/StructElem/S/H%d" % min(MOST, level)


def moved(
    one: Objects, streams: Iterable[Stream], left_out: Set[int], changed: Mapping[int, bytes], move: Move
) -> tuple[bytes, list[tuple[int, int]]]:
    """The objects but those left out, and where each stands in them, by its new number; ``changed`` ones say something
    else, still in the file's own numbers."""
    signs = {b"%d" % old: b"%d" % new for old, new in move.numbers.items()}
    data = {stream.number: stream.data for stream in streams}
    made: list[bytes] = []
    places: list[tuple[int, int]] = []
    written = 0
    for old, (start, end) in one.spans.items():
        if old in left_out:
            continue
        number = move.numbers[old]
        begin = start + len(b"%d 0 obj\n" % old)
        until = data.get(old, end)
        text = move.head(changed[old] + b"endobj\n\n" if old in changed else one.pdf[begin:until], signs)
        here = b"%d 0 obj\n%s%s" % (number, text, one.pdf[until:end])
        made.append(here)
        places.append((number, written))
        written += len(here)
    return b"".join(made), places
