"""Tables drawn with pipes and with a grid that Pandoc does not read as they were drawn."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from galley.patterns import pattern
from galley.reading.wellformed.prose import Paragraph
from galley.report import WARNING, Diagnostic

RULE = pattern(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*[|+]?[ \t]*")
ROW = pattern(r"[ \t]*\|[^\n]*\|[ \t]*")
EDGE = pattern(r"\+(?:[-=:]+\+)+")


def tables(run: Paragraph) -> Iterator[Diagnostic]:
    """``unread-table`` and ``empty-table``: no line of dashes, a line of text right before it, nothing below."""
    lines = run.quiet.split("\n")
    if len(lines) < 2 or run.quiet.startswith("+"):
        return
    piped = [number for number, line in enumerate(lines) if ROW.fullmatch(line)]
    rules = [number for number, line in enumerate(lines) if "|" in line and "-" in line and RULE.fullmatch(line)]
    if not piped or (len(piped) < 2 and not rules):
        return
    first = piped[0]
    if not rules:
        if len(piped) == len(lines) and all(line.count("|") > 2 for line in lines):
            hint = "write a line of dashes below its heads: |---|---|"
            yield _told(run, lines, first, "this is not read as a table: it has no line of dashes", hint)
    elif first > 0 and rules[0] == first + 1 and lines[first - 1].strip()[:1] not in (":", "|", ">", "#"):
        if not lines[0].lower().startswith("table:"):
            hint = "write an empty line before it"
            yield _told(run, lines, first, "this is not read as a table: text stands right before it", hint)
    elif rules == [len(lines) - 1] and first == rules[0] - 1:
        yield _told(run, lines, first, "this table has heads and no rows", "write its rows", "empty-table")


def grids(run: Paragraph) -> Iterator[Diagnostic]:
    """``broken-grid``: lines that are longer or shorter than the first, corners out of line, no last line."""
    lines = run.quiet.split("\n")
    first = next((number for number, line in enumerate(lines) if EDGE.fullmatch(line.strip())), -1)
    if first < 0 or first + 1 == len(lines) or lines[first + 1].lstrip()[:1] not in ("|", "+"):
        return
    drawn = lines[first].strip()
    last, corners = first, set(_corners(drawn))
    for number, line in enumerate(lines[first + 1 :], first + 1):
        row = line.strip()
        if not row.startswith(("|", "+")):
            break
        last = number
        if _width(row) != _width(drawn):
            message = f"this line of the grid is {_width(row)} characters long, its first {_width(drawn)}"
            yield _told(run, lines, number, message, "make its bars stand below one another", "broken-grid")
            return
        if EDGE.fullmatch(row) and any(at + by in corners for at in _corners(row) for by in (-1, 1)):
            message = "a corner of this line is not below one of the lines before it"
            yield _told(run, lines, number, message, "make its bars stand below one another", "broken-grid")
            return
        corners.update(_corners(row) if EDGE.fullmatch(row) else ())
    if last > first and not lines[last].strip().startswith("+"):
        hint = "write a line like the first below its last row"
        yield _told(run, lines, last, "this grid is not closed below", hint, "broken-grid")


def _corners(row: str) -> list[int]:
    return [at for at, char in enumerate(row) if char == "+"]


def _width(row: str) -> int:
    """Columns of a line in a font of one width."""
    if row.isascii():
        return len(row)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in row)


def _told(
    run: Paragraph, lines: list[str], number: int, message: str, hint: str, code: str = "unread-table"
) -> Diagnostic:
    start = sum(len(line) + 1 for line in lines[:number])
    lead = len(lines[number]) - len(lines[number].lstrip())
    return run.tell(WARNING, code, (start + lead, start + len(lines[number].rstrip())), message, hint)
