"""Pieces made into pybtex rich text, once a reference, at the very end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from pybtex.richtext import BaseText, HRef, String, Tag, Text

from .latex import BOLD, ITALIC, KEEP, LINK, OWN, SUB, SUP, UPRIGHT, Piece

_PRINTED: Final = ITALIC | UPRIGHT | SUP | SUB | BOLD | LINK


def rich(pieces: Iterable[Piece]) -> BaseText:
    """Make pybtex rich text of pieces; neighbours with the same printed marks become one node."""
    runs: list[list[str]] = []
    marks_of: list[int] = []
    for part, marks in pieces:
        marks &= _PRINTED & ~(KEEP | OWN)
        if marks & UPRIGHT:
            marks &= ~(ITALIC | UPRIGHT)
        if marks_of and marks_of[-1] == marks and not marks & LINK:
            runs[-1].append(part)
            continue
        if marks_of and marks_of[-1] & ITALIC and not marks & (ITALIC | LINK) and runs[-1][-1].endswith(" "):
            runs[-1][-1] = runs[-1][-1][:-1]
            part = " " + part  # a space belongs to the upright text after the italics
        elif marks & ITALIC and part.startswith(" ") and marks_of and not marks_of[-1] & (ITALIC | LINK):
            runs[-1].append(" ")
            part = part[1:]
        runs.append([part])
        marks_of.append(marks)
    made: BaseText = _filled(
        Text,
        [
            String(part) if not marks else _link(part) if marks & LINK else _node(part, marks)
            for part, marks in zip(map("".join, runs), marks_of, strict=True)
            if part
        ],
    )
    return made


def _filled(kind: Any, parts: list[BaseText]) -> Any:
    """Make a text of clean parts, no two alike side by side, without pybtex's own passes over them."""
    node = kind.__new__(kind)
    node.parts = parts
    node.length = sum(map(len, parts))
    return node


def _link(address: str) -> BaseText:
    node = _filled(HRef, [String(address)])
    node.url, node.info, node.external = address, (address,), False
    found: BaseText = node
    return found


@lru_cache(maxsize=4096)
def _node(part: str, marks: int) -> BaseText:
    node: BaseText = String(part)
    for mark, tag in ((SUP, "sup"), (SUB, "sub"), (BOLD, "strong"), (ITALIC, "em")):
        if marks & mark:
            node = Tag(tag, node)
    return node
