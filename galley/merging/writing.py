"""What was written in a Word file, as Markdown: words with what is markup among them taken for themselves, emphasis,
links, notes; citations and formulas as the manuscript writes them elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from galley.patterns import pattern
from galley.returned import Block, Piece

SPECIAL = pattern(r"[\\`*\[\]<>$@^~{}|]|(?<![^\W_])_|_(?![^\W_])|(?<=\w)#(?=\w)")
OPENING = pattern(r"^(\s*)([-+#:>%=|](?=[\s#]|$)|\d+(?=[.)](?:\s|$))|[a-zA-Z](?=[.)]\s))")
SIGNS = {"b": "**", "i": "*", "^": "^", "_": "~", "c": "`"}
"""How each letter of a look is written."""


class Written(NamedTuple):
    """Markdown, and the words of what could not be written so."""

    text: str
    left: tuple[str, ...] = ()


Known = Callable[[Piece], str]
"""How the manuscript writes a thing that stands in it elsewhere, "" where it has none."""


def escaped(words: str) -> str:
    """Words in which nothing is markup."""
    plain = words.replace("\u00ad", "").replace("\t", " ").replace("\u2011", "-")
    return SPECIAL.sub(lambda found: "\\" + found[0], plain).replace("\n", "\\\n")


def opening(words: str) -> str:
    """The beginning of a paragraph that is not to be a list, a heading or a quotation."""
    found = OPENING.match(words)
    if not found:
        return words
    digits = found[2].isalnum()
    at = found.end(2) if digits else found.start(2)
    return words[:at] + "\\" + words[at:]


def inline(pieces: Sequence[Piece], around: str, known: Known) -> Written:
    """Pieces as Markdown that is to stand in text of a look."""
    out: list[str] = []
    left: list[str] = []
    for (look, link), group in groupby(pieces, lambda piece: (piece.look, piece.link if piece.kind == "text" else "")):
        listed = list(group)
        words = "".join(_one(piece, known, left) for piece in listed)
        out.append(_dressed(words, look, link, around))
    return Written("".join(out), tuple(left))


def _one(piece: Piece, known: Known, left: list[str]) -> str:
    if piece.kind == "text":
        return piece.text if "c" in piece.look else escaped(piece.text)
    if piece.kind in ("open", "close"):
        return ""
    if piece.kind == "note" and piece.inner:
        note = inline([one for one in piece.inner if one.kind != "label"], "", known)
        left += note.left
        return "^[" + note.text.strip() + "]"
    found = known(piece)
    if found:
        return found
    if piece.kind == "cite" and piece.key:
        return "[" + "; ".join(f"@{key}" for key in piece.key.split()) + "]"
    if piece.kind in ("ref", "label"):
        return escaped(piece.text)
    left.append(f"[{piece.kind}{': ' + piece.key if piece.kind == 'maths' and piece.key else ''}]")
    return ""


def _dressed(words: str, look: str, link: str, around: str) -> str:
    """Words in the signs of their look, as far as what stands around has it not."""
    core = words.strip()
    if not core:
        return words
    before, after = words[: words.index(core)], words[words.index(core) + len(core) :]
    for letter in look:
        if letter in SIGNS and letter not in around:
            sign = SIGNS[letter]
            inner = re.sub(r"(?<!\\) ", r"\\ ", core) if letter in "^_" else core
            core = f"{sign}{inner}{sign}"
    if link and "l" not in around:
        core = f"[{core}]({link})" if not re.search(r"[\s()]", link) else f"[{core}](<{link}>)"
    return before + core + after


def paragraph(block: Block, pieces: Sequence[Piece], known: Known, marker: str = "- ") -> Written:
    """A paragraph of its own: a heading by its level, an item of a list after its marker."""
    written = inline(pieces, "", known)
    text = re.sub(r"\s*\n\s*", " ", written.text.strip()) if "\\\n" not in written.text else written.text.strip()
    if block.kind == "heading":
        return Written("#" * max(1, min(block.level, 6)) + " " + text, written.left)
    if block.kind == "list":
        return Written("    " * block.level + marker + opening(text), written.left)
    return Written(opening(text), written.left)
