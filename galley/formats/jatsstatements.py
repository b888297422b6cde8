"""Statements that an author wrote as sections of the body -> the slots of the title page, where JATS4R wants them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from galley.formats.jatstree import unnumbered
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.document import Document, Node

TITLES = {
    "acknowledgements": r"acknowledge?ments?",
    "author-contributions": r"(?:authors?[’']?s? |credit )?contributions?(?: of authors| statement)?",
    "conflict-of-interest": r"(?:declarations? of )?(?:conflicts? of interests?|(?:competing|conflicting) interests?)",
    "data-availability": r"(?:data|code|data and code|data and materials) (?:availability|accessibility)",
    "ethics": r"ethics|ethical (?:approval|considerations)",
    "funding": r"funding(?: information)?|financial support",
}
"""What the headings of such sections are, in English; "statement" and "declaration" may follow."""


def lifted(document: Document) -> Document:
    """The document with each such section in its slot, unless the title page says the same already."""
    slots, kept, at = dict(document.slots), [], 0
    blocks = document.blocks
    while at < len(blocks):
        end = _end(blocks, at)
        name = _statement(blocks[at])
        inner = blocks[at + 1 : end]
        if name and name not in slots and inner and not any(one["t"] == "Header" for one in inner):
            slots[name] = tuple(inner)
        else:
            end = at + 1
            kept.append(blocks[at])
        at = end
    return replace(document, slots=slots, blocks=tuple(kept)) if len(kept) < len(blocks) else document


def _end(blocks: Sequence[Node], at: int) -> int:
    """Where the section ends that a heading begins."""
    if blocks[at]["t"] != "Header":
        return at + 1
    level, end = blocks[at]["c"][0], at + 1
    while end < len(blocks) and not (blocks[end]["t"] == "Header" and blocks[end]["c"][0] <= level):
        end += 1
    return end


def _statement(block: Node) -> str:
    """The slot that a heading names, or ""."""
    if block["t"] != "Header":
        return ""
    words = plain(unnumbered(block["c"][2])[1]).strip(" .:").lower()
    for name, form in TITLES.items():
        if re.fullmatch(rf"(?:{form})(?: statement| declaration)?s?", words):
            return name
    return ""
