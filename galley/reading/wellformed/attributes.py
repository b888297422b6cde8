"""Attributes in braces that Pandoc does not read as such, and prints."""

from __future__ import annotations

from collections.abc import Iterator

from galley.patterns import pattern
from galley.reading.wellformed.prose import Paragraph
from galley.report import WARNING, Diagnostic

OPEN = pattern(r"(?<![\\{])\{[ ]?(?=[#.][A-Za-z][\w:.-]*[\s}=]|#[A-Za-z][\w:.-]*$)")
SPACED = pattern(r"\]\([^()\s]*\)([ \t]+)\{#(?:fig|tbl|tab|eq|lst|sec)[:-]")
VALUE = pattern(r"=[“”„‟]")


def unread(run: Paragraph) -> Iterator[Diagnostic]:
    """``unread-attributes``: not closed, parted from what they are of, or with curly quotation marks."""
    text = run.text
    for found in OPEN.finditer(run.quiet):
        end = text.find("}", found.end())
        inner = text[found.end() : end if end >= 0 else len(text)]
        curly = VALUE.search(inner)
        if end < 0 or "{" in inner:
            hint = "write } after the last of them"
            yield _told(run, found.start(), "these attributes are not closed", hint)
            break
        if curly:
            at = found.end() + curly.start() + 1
            yield _told(run, at, "attributes take straight quotation marks", 'write ="..."')
    for found in SPACED.finditer(text) if "](" in text else ():
        if run.quiet[found.end(1)] == "{":
            hint = "take the space out"
            yield _told(run, found.start(1), "a space parts the attributes from the image", hint)


def _told(run: Paragraph, at: int, message: str, hint: str) -> Diagnostic:
    return run.tell(WARNING, "unread-attributes", (at, at + 1), message, hint)
