"""Pieces set side by side: marks put on, elements joined with one full stop each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .latex import ITALIC, LINK, SUB, SUP, Piece, Pieces
from .render import rich

_CLOSERS: Final = "”’»\"')]}"
_ENDS: Final = ".?!…؟۔。"

__all__ = ["ends", "italic", "join", "link", "paragraph", "rich", "roman", "stop", "text", "wrap"]


def text(pieces: Pieces) -> str:
    """Give the letters of pieces without their marks."""
    return "".join(part for part, _ in pieces)


def roman(string: str) -> Pieces:
    """Make pieces of a plain string; the empty string has none."""
    return ((string, 0),) if string else ()


def italic(pieces: Pieces) -> Pieces:
    """Set pieces in italics; what was italic inside turns upright (reverse italics, APA 7 §6.23)."""
    return tuple((part, marks ^ ITALIC) for part, marks in pieces)


def join(parts: Iterable[Pieces], between: str) -> Pieces:
    """Put a string between those parts that are not empty."""
    out: list[Piece] = []
    for part in parts:
        if part:
            if out:
                out.append((between, 0))
            out += part
    return tuple(out)


def wrap(before: str, pieces: Pieces, after: str) -> Pieces:
    """Put strings round pieces, or give nothing where there are none."""
    return ((before, 0), *pieces, (after, 0)) if pieces else ()


def link(url: str) -> Pieces:
    """Make the piece that prints an address and leads there."""
    return ((url, LINK),) if url else ()


def ends(pieces: Pieces) -> bool:
    """Say whether a text ends with its own end punctuation, closing quotation marks apart."""
    tail = text(pieces[-3:]).rstrip()
    bare = tail.rstrip("”’»\"'")
    return bare[-1:] in _ENDS and bool(bare)


def stop(pieces: Pieces) -> Pieces:
    """End an element with one full stop; inside a closing quotation mark, as American printers set it."""
    if not pieces or ends(pieces):
        return pieces
    last, marks = pieces[-1]
    last = last.rstrip(" ,;:")
    if not last:
        return stop(pieces[:-1])
    if last.endswith("”") and len(last) > 1:
        return (*pieces[:-1], (last[:-1] + ".”", marks))
    if marks & LINK:
        return pieces
    if marks & (ITALIC | SUP | SUB) == 0:
        return (*pieces[:-1], (last + ".", marks))
    return (*pieces[:-1], (last, marks), (".", 0))


def paragraph(elements: Iterable[Pieces]) -> Pieces:
    """Join the elements of a reference, each ended by one full stop, with a space between."""
    out: list[Piece] = []
    for element in elements:
        ended = stop(element)
        if ended:
            if out:
                out.append((" ", 0))
            out += ended
    return tuple(out)
