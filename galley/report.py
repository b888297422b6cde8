"""Faults as data, and how they are shown: like a compiler does, as JSON, or as GitHub annotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from unicodedata import east_asian_width

from galley.span import Span
from galley.unseen import printed


class Severity(Enum):
    """How much a diagnostic matters: an ERROR stops the press, a WARNING does not."""

    ERROR = "error"
    WARNING = "warning"


ERROR, WARNING = Severity.ERROR, Severity.WARNING


class Diagnostic(NamedTuple):
    """One finding: what is wrong, where, and what to do about it.

    ``code`` is kebab-case and names the fault; ``place`` is a span, or the name of a file or folder,
    or "" where there is none. ``evidence`` is what was seen, where the message does not show it all; ``query``
    a question to the author that an editor can send as it stands; ``check`` the number under which the docs list it.
    """

    severity: Severity
    code: str
    place: Span | str
    message: str
    hint: str = ""
    evidence: str = ""
    query: str = ""
    check: str = ""


@dataclass
class Fault(Exception):
    """Our only exception: the trip cannot go on, and these diagnostics say why.

    ``status`` is the exit code it leads to: 1 for faults in the manuscript, 2 where we could not run.
    """

    diagnostics: tuple[Diagnostic, ...]
    status: int = field(default=1)


def fault(code: str, place: Span | str, message: str, hint: str = "", status: int = 1) -> Fault:
    """A Fault of a single error."""
    return Fault((Diagnostic(ERROR, code, place, message, hint),), status)


def order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics without repeats, by file and place; those without a place come first."""
    unique = list(dict.fromkeys(diagnostics))
    return sorted(unique, key=_position)


def _position(diagnostic: Diagnostic) -> tuple[str, int, str]:
    place = diagnostic.place
    if isinstance(place, Span):
        return place.file.name, place.start, diagnostic.code
    return place, -1, diagnostic.code


def draw(diagnostic: Diagnostic) -> str:
    """One diagnostic as a compiler prints it: place, code and message, the line, a caret, the hint."""
    place = diagnostic.place
    where = f"{visible(str(place))}: " if str(place) else ""
    head = f"{where}{diagnostic.severity.value}[{diagnostic.code}] {visible(diagnostic.message)}"
    if not isinstance(place, Span):
        return head + (f"\n   = {visible(diagnostic.hint)}" if diagnostic.hint else "")
    number, column = place.file.place(place.start)
    line = place.file.line(number)
    gutter = f"{number:>5} | "
    length = max(1, min(place.end, place.start - column + 1 + len(line)) - place.start)
    cut, before = _window(line, column - 1, length)
    shown = visible(cut)  # sign for sign, and of no more than is printed
    carets = "^" * max(1, _width(shown[before : before + length]))
    blank = " " * (len(gutter) - 2) + "| "
    hint = f" {visible(diagnostic.hint)}" if diagnostic.hint else ""
    return f"{head}\n{gutter}{shown}\n{blank}{' ' * _width(shown[:before])}{carets}{hint}"


def visible(text: str) -> str:
    """The text with control characters and direction overrides shown as a box, tabs as one space."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in "\u00a0\u202f\u2009" else (" " if char in "\t\n" else "\ufffd")
        for char in text
    )


def _window(line: str, start: int, length: int, limit: int = 100) -> tuple[str, int]:
    """At most ``limit`` characters of a line round a place, and where the place is in them."""
    if len(line) <= limit:
        return line, start
    first = max(0, min(start - 30, len(line) - limit))
    cut = line[first : first + limit]
    lead, tail = ("…" if first else ""), ("…" if first + limit < len(line) else "")
    return lead + cut + tail, start - first + len(lead)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are, as "2 errors, 1 warning"; "" where there are none."""
    found = list(diagnostics)
    counts = [(sum(d.severity is kind for d in found), kind.value) for kind in Severity]
    return ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts if count)


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """All diagnostics drawn in full, each followed by an empty line, then their count."""
    found = order(diagnostics)
    return "\n\n".join([*map(draw, found), summary(found)]) if found else ""


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON list; each item has severity, code, file, line, column, end_line, end_column, message, hint, and
    check, evidence and query where there are such."""
    import json

    rows = []
    for found in order(diagnostics):
        row: dict[str, object] = {"severity": found.severity.value, "code": found.code}
        place = found.place
        if isinstance(place, Span):
            line, column = place.file.place(place.start)
            end_line, end_column = place.file.place(place.end)
            row |= {"file": place.file.name, "line": line, "column": column}
            row |= {"end_line": end_line, "end_column": end_column}
        else:
            row |= {"file": place or None, "line": None, "column": None, "end_line": None, "end_column": None}
        row |= {"message": found.message, "hint": found.hint}
        more = {"check": found.check, "evidence": found.evidence, "query": found.query}
        rows.append(row | {name: text for name, text in more.items() if text})
    return printed(json.dumps(rows, ensure_ascii=False, indent=1))


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines of a change."""
    rows = []
    for found in order(diagnostics):
        place = found.place
        if isinstance(place, Span):
            line, column = place.file.place(place.start)
            where = f"file={_property(place.file.name)},line={line},col={column}"
        else:
            where = f"file={_property(place)}" if place else ""
        text = found.message + (f" ({found.hint})" if found.hint else "")
        title = f"title={found.code}"
        properties = f"{where},{title}" if where else title
        rows.append(f"::{found.severity.value} {properties}::{_data(text)}")
    return printed("\n".join(rows))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": as_text, "json": as_json, "github": as_github}
