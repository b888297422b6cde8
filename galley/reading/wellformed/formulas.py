"""Dollars and brackets of formulas that Pandoc does not take for such, and prints."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.quiet import uncoded
from galley.reading.wellformed.prose import Paragraph, Prose, tell
from galley.report import ERROR, WARNING, Diagnostic

DOUBLE = pattern(r"\$\$")
DISPLAY = pattern(r"(?<!\\)\$\$")
SPACED = pattern(
    r"(?<![\\\w$])\$[ \t](?=[^$\n]*[=^_\\<>])[^$\n]+\$(?!\d)"  # a space after the one that opens
    r"|(?<![\\\w$])\$(?=[^$\s]{0,40}[A-Za-z\\][^$\n]{0,80}[=^_\\])[^$\n]+[ \t]\$(?![\w$])"  # before the other
)
HALF = pattern(r"(?<![\\\w$])\$(?=[A-Za-z\\(][^$\n]{0,60}[=^_\\{])")
OPENS = pattern(r"\\\(|(?m:^)\\\[")
SIGN = pattern(r"[=^_\\+<>]")


def dollars(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-maths`` and ``unread-maths``: what is left once the formulas that Pandoc reads are taken out."""
    display = DISPLAY.search(run.quiet)
    if display:
        hint = "close it with $$, without an empty line within; attributes come after"
        yield run.tell(ERROR, "unclosed-maths", display.span(), "this formula is not closed", hint)
        return
    spaced = SPACED.search(run.quiet)
    if spaced:
        hint = "take the space beside the dollar out"
        yield run.tell(WARNING, "unread-maths", (spaced.start(), spaced.start() + 1), "this is not read as maths", hint)
        return
    half = HALF.search(run.quiet)
    if half and "\\text" not in run.text:  # in whose braces there may be dollars again
        hint = "close it with $, or write \\$ for a dollar"
        yield run.tell(WARNING, "unclosed-maths", half.span(), "this formula is not closed", hint)


def backslashes(run: Paragraph) -> Iterator[Diagnostic]:
    """``unread-maths``: the brackets of LaTeX, which Pandoc's Markdown takes for escaped brackets."""
    close = -1
    for found in OPENS.finditer(run.quiet) if "\\(" in run.quiet or "\\[" in run.quiet else ():
        ends, marks = ("\\)", "$...$") if found[0] == "\\(" else ("\\]", "$$...$$")
        if close < found.end():
            close = run.quiet.find(ends, found.end())
        if close < 0:
            return
        if SIGN.search(run.quiet, found.end(), min(close, found.end() + 200)):
            message = "maths between these brackets is printed as it stands"
            yield run.tell(WARNING, "unread-maths", found.span(), message, f"write {marks}")


def parted(read: tuple[Prose, ...]) -> Iterator[Diagnostic]:
    """``unclosed-maths``: a formula with an empty line in it, which parts it; ``empty-maths``: one with nothing."""
    for prose in read:
        if "$$" not in prose.file.text:
            continue
        text = uncoded(prose.file.text, prose.start)
        marks = [found.start() for found in DOUBLE.finditer(text, prose.start) if text[found.start() - 1] != "\\"]
        for first, last in zip(marks[::2], marks[1::2], strict=False):
            empty = pattern(r"\n[ \t]*\n").search(text, first, last)
            if empty:
                message, hint = "an empty line ends this formula", "take the empty line out"
                yield tell(prose, ERROR, "unclosed-maths", (first, first + 2), message, hint)
                break  # from here on it cannot be told which opens and which closes
            if not text[first + 2 : last].strip():
                yield tell(prose, WARNING, "empty-maths", (first, last + 2), "this formula is empty", "write it")
