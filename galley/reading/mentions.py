"""Where citation keys are written: each ``@key`` in the prose, with its span; code, maths and comments left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley.document import Mention
from galley.patterns import pattern
from galley.span import File

QUIET = pattern(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"  # a fenced code block
    r"|<!--.*?(?:-->|\Z)"  # a comment
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"  # code in a line
    r"|\$\$.+?\$\$"  # display maths
    r"|(?<![\\\w$])\$(?=[^\s$])(?:[^$\n\\]|\\.|\n(?!\n))*?(?<=[^\s\\])\$(?!\d)"  # maths in a line
    r"|<(?:https?|mailto|ftp):[^>\s]*>"  # an address
    r"|\]\([^()\s]*\)"  # a link's address
    r"|\bhttps?://\S+",
    re.DOTALL | re.MULTILINE,
)
KEY = pattern(r"(?<![\w@\\.+])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>\w(?:[:.#$%&\-+?<>~/]*\w)*))")


def quiet(text: str, start: int = 0) -> str:
    """The text from an offset on with code, maths, comments and addresses made blank, at the same offsets."""
    head = re.sub(r"[^\n]", " ", text[:start])
    return head + QUIET.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text[start:])


def mentions(file: File, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Every ``@key`` between two offsets of a file, in order; the span covers the ``@`` too."""
    text = quiet(file.text[:end], start)
    for found in KEY.finditer(text):
        key = found["braced"] or found["bare"]
        yield Mention(key, file.span(found.start(), found.end()))
