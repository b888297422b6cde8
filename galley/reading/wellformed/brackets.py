"""Brackets, backticks and asterisks that are opened in a paragraph and not closed in it."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Paragraph
from galley.report import ERROR, WARNING, Diagnostic

CITED = pattern(r"(?<!\\)\[(?=[^\[\]\n;]{0,60}?(?<![\w@\\.+])-?@[\w{])")
KEY = r"-?@[\w{][\w:.#$%&+?<>~/{}-]*"
KEYS = pattern(rf"(?<![\w\]])\((?:see |cf\. |e\.g\.,? )?{KEY}(?:[;,] *{KEY})*\)")
COMMA = pattern(r"(?<![\w@\\.+])@(?:\{[^{}\s]+\}|\w(?:[:.#$%&+?<>~/-]*\w)*)(, *)(?=-?@[\w{])")
LEFT = pattern(r"(?<![\\`])`+(?!`)")
STRONG = pattern(r"(?<![^\s(\[{“\"'‘—–-])\*\*(?=[^\s*.,;:!?)\]])(?!\*?p\*?\s*[<=])")
MARKS = {"[]": pattern(r"\\.|[\[\]]"), "()": pattern(r"\\.|[()]")}
OBJECTS = ("fig:", "tbl:", "tab:", "eq:", "sec:", "lst:", "fig-", "tbl-", "eq-", "sec-", "lst-")


def citations(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-citation``, ``keys-without-semicolon``, ``round-citation``."""
    ends = _pairs(run.text, "[]") if "[" in run.quiet else {}
    past = 0
    for found in CITED.finditer(run.quiet) if "[" in run.quiet else ():
        end = ends.get(found.start(), 0)
        if not end:
            hint = "write ] where the citation ends"
            at = (found.start(), found.start() + 1)
            yield run.tell(WARNING, "unclosed-citation", at, "this bracket of a citation is not closed", hint)
            break
        if end > past:
            yield from _commas(run, max(found.start(), past), end)
            past = end
    for found in KEYS.finditer(run.quiet) if "(" in run.quiet else ():
        example = f"\n{found[0]} " in f"\n{run.prose.quiet}"  # "(@good) The first example", an item of a list
        if not example and not any(f"@{name}" in found[0] for name in OBJECTS):
            message = "a key in round brackets is set as Name (year)"
            hint = f"write [{found[0][1:-1].replace(',', ';')}] to have one pair of brackets, not two"
            yield run.tell(WARNING, "round-citation", found.span(), message, hint)


def _commas(run: Paragraph, start: int, end: int) -> Iterator[Diagnostic]:
    for comma in COMMA.finditer(run.quiet, start, end):
        if not run.quiet.startswith(OBJECTS, comma.end() + 1):
            message = "the works of a citation are parted by a comma, which makes the second words of the first"
            hint = "write a semicolon between two keys"
            yield run.tell(WARNING, "keys-without-semicolon", comma.span(1), message, hint)


def links(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-link``: an address that does not end in its paragraph; one is told in each."""
    ends = _pairs(run.text, "()")
    at, first = run.quiet.find("]("), run.quiet.find("[")
    while at >= 0:
        if at + 1 not in ends and 0 <= first < at:
            hint = "write ) where the address ends"
            yield run.tell(WARNING, "unclosed-link", (at, at + 2), "the address of this link is not closed", hint)
            return
        at = run.quiet.find("](", at + 2)


def notes(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-note``: a note in the line that does not end in its paragraph; one is told in each."""
    ends = _pairs(run.text, "[]")
    at = run.quiet.find("^[")
    while at >= 0:
        if run.quiet[at - 1 : at] not in ("\\", "[") and at + 1 not in ends:
            hint = "write ] where the note ends"
            yield run.tell(ERROR, "unclosed-note", (at, at + 2), "this note is not closed", hint)
            return
        at = run.quiet.find("^[", at + 2)


def code(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-code``: backticks that have no partner in their paragraph."""
    found = LEFT.search(run.quiet)
    if not found:
        return
    before = run.quiet[run.quiet.rfind("\n", 0, found.start()) + 1 : found.start()]
    if len(found[0]) < 3 or before.strip(" >"):  # else it is a fence, of which more is said
        hint = 'close it with as many; quotation marks are typed as ", or as “ and ”'
        yield run.tell(WARNING, "unclosed-code", found.span(), "this backtick has no partner in its paragraph", hint)


def emphasis(run: Paragraph) -> Iterator[Diagnostic]:
    """``unclosed-emphasis``: two asterisks before a word that have no partner in their paragraph."""
    last = run.quiet.rfind("**")
    for found in STRONG.finditer(run.text):
        if run.quiet[found.start()] == "*" and last < found.end():
            hint = "close it with two more, or write \\*\\* for the signs themselves"
            yield run.tell(WARNING, "unclosed-emphasis", found.span(), "these asterisks have no partner", hint)


def _pairs(text: str, marks: str) -> dict[int, int]:
    """For each bracket that is closed, its offset and the one after its partner; escaped ones are none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for one in MARKS[marks].finditer(text):
        if one[0] == marks[0]:
            opened.append(one.start())
        elif one[0] == marks[1] and opened:
            found[opened.pop()] = one.end()
    return found
