"""Formulas can be set: their TeX is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley import pandoc
from galley.checks.crossrefs import standing
from galley.document import Document
from galley.patterns import pattern
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import Span
from galley.theme import Theme

SURE = pattern(r"(?:[A-Za-z0-9 +=<>().,!/|:;*-]|(?<=[A-Za-z0-9)])[_^](?:[A-Za-z0-9]|\{[A-Za-z0-9 +,=-]+\}))+")
"""Formulas so simple that nobody need be asked about them."""

MATH = frozenset({"Math"})


def unset(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``unset-maths``: a formula has TeX that the converter does not understand; ``unbalanced-maths``: that it guesses.

    Why: the page would show the TeX, or nothing, where the reader expects mathematics. With ``--draft`` the pages are
    written all the same, the TeX in the formula's place.

    Bad: ``$\\flow(t)$``. Good: ``$Q(t)$``, or ``\\newcommand{\\flow}{Q}`` before it.
    """
    regions = (*document.slots.values(), document.blocks, document.back)
    found = (node["c"][1] for region in regions for node in pandoc.each(region, MATH))
    written = list(dict.fromkeys(found))
    yield from _unbalanced(document, written)
    formulas = [one for one in written if not SURE.fullmatch(one)]
    if not formulas:
        return
    for formula, reason in pandoc.unset(formulas).items():
        shown = " ".join(formula.split())
        shown = shown if len(shown) <= 60 else shown[:60] + "…"
        why = f": {reason.replace('eof', 'end')}" if reason else ""
        yield Diagnostic(
            ERROR, "unset-maths", _place(document, formula, reason), f"cannot set {shown}{why}", _hint(reason)
        )


LEFT, RIGHT = pattern(r"\\left(?![a-zA-Z])"), pattern(r"\\right(?![a-zA-Z])")
TWICE = pattern(r"([\^_])(?:\{[^{}]*\}|\\[A-Za-z]+|[^\s\\{}])\1")


def _unbalanced(document: Document, formulas: list[str]) -> Iterator[Diagnostic]:
    for formula in formulas:
        twice = TWICE.search(formula) if formula.count("^") > 1 or formula.count("_") > 1 else None
        if "\\left" in formula and len(LEFT.findall(formula)) != len(RIGHT.findall(formula)):
            message, hint = "\\left and \\right do not come in pairs", "write \\right. where nothing is to be seen"
        elif twice:
            message, hint = f"two marks {twice[1]} follow one another", "put braces round what belongs together"
        else:
            continue
        yield Diagnostic(WARNING, "unbalanced-maths", _place(document, formula, ""), message, hint)


def _hint(reason: str) -> str:
    command = re.search(r"control sequence (\\\w+)", reason)
    if command:
        return f"write it without {command[1]}, or say with \\newcommand what it means; --draft goes on without"
    return "look for a brace or an argument that is missing; --draft goes on without"


def _place(document: Document, formula: str, reason: str) -> Span | str:
    """Where the formula stands as it was written, else the command in it that is not understood."""
    command = re.search(r"\\\w+", reason)
    lines = [line for line in formula.split("\n") if not command or command[0] in line]
    for text in (formula, *lines, *([command[0]] if command else [])):
        place = standing(document, text)
        if place:
            return place
    return document.files[0].name
