"""What Pandoc refuses to read, told where it stands: it names a macro, or a line of the text it was given."""

from __future__ import annotations

import re
from collections.abc import Iterable

from galley.report import Fault, fault
from galley.span import File, Span

LOOP = re.compile(r"Loop encountered in expanding macro (\S+)")
FIELDS = re.compile(r"(?<=\n)[ \t]*\n(---[ \t]*\n[ \t]*[^\s-][^\n]*:)")


def placed(refused: Fault, body: Iterable[tuple[File, int]]) -> Fault:
    """The same fault with its place where that can be found, else as it was."""
    message = refused.diagnostics[0].message if refused.diagnostics else ""
    loop = LOOP.search(message)
    if loop:
        name = loop[1].strip("\\")
        place = _first(body, re.compile(rf"\\{re.escape(name)}(?![A-Za-z])"))
        text, hint = f"the macro \\{name} calls itself", "define it by other commands than itself"
        return fault("macro-loop", place, text, hint)
    if "YAML" in message:
        place = _first(body, FIELDS)
        problem = message.rpartition(":")[2].strip()
        hint = "put fields into the front matter; a rule between paragraphs has empty lines round it"
        return fault("bad-yaml", place, f"this block is read as YAML, and is none: {problem}", hint)
    return refused


def _first(body: Iterable[tuple[File, int]], pattern: re.Pattern[str]) -> Span | str:
    """The line in which a pattern first matches in the prose of some files."""
    for file, start in body:
        found = pattern.search(file.text, max(start - 1, 0))
        if found:
            at = found.start(1) if pattern.groups else found.start()
            line = file.text.find("\n", at)
            return file.span(at, line if line >= 0 else len(file.text))
    return ""
