"""What of a Markdown text is no prose: code, maths, comments and addresses, made blank at the same offsets."""

from __future__ import annotations

import re
from functools import lru_cache

from galley.patterns import pattern

QUIET = pattern(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"  # a fenced code block
    r"|<!--.*?(?:-->|\Z)"  # a comment
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"  # code in a line, which no empty line parts
    r"|\$\$.+?\$\$"  # display maths
    r"|(?<![\\\w$])\$(?=[^\s$])(?:[^$\n\\]|\\.|\n(?!\n))*?(?<=[^\s\\])\$(?!\d)"  # maths in a line
    r"|<(?:https?|mailto|ftp):[^>\s]*>"  # an address
    r"|\]\([^()\s]*\)"  # a link's address
    r"|\bhttps?://(?:(?!\+\+\}|--\}|~~\}|~>|==\}|<<\})\S)+",
    re.DOTALL | re.MULTILINE,
)


@lru_cache(maxsize=4)  # a text is looked at more than once while it is read
def quiet(text: str, start: int = 0) -> str:
    """The text from an offset on with code, maths, comments and addresses made blank, at the same offsets."""
    head = re.sub(r"[^\n]", " ", text[:start])
    return head + QUIET.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text[start:])
