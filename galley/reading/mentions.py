"""Where citation keys are written: each ``@key`` in the prose, with its span; code, maths and comments left out."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Mention
from galley.patterns import pattern
from galley.quiet import quiet
from galley.span import File

KEY = pattern(r"(?<![\w@\\.+])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>\w(?:[:.#$%&\-+?<>~/]*\w)*))")


def mentions(file: File, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Every ``@key`` between two offsets of a file, in order; the span covers the ``@`` too."""
    text = quiet(file.text[:end], start)
    for found in KEY.finditer(text):
        key = found["braced"] or found["bare"]
        yield Mention(key, file.span(found.start(), found.end()))
