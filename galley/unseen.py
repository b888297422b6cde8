"""Characters that are not seen but obeyed (controls, overrides of the direction of writing): shown as U+FFFD, one for
one, in what is read, and kept from terminals in what is printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from galley.patterns import pattern

SHOWN = "\ufffd"
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
"""What no text holds: XML 1.0 allows most of them nowhere (section 2.2), and terminals obey them."""
EMBEDDING = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (UAX 9, section 2): one in a name turns round what stands after it."""
BODY = pattern(f"[{CONTROL}\u202d\u202e]")
"""In running text an override alone: embeddings and isolates end with their paragraph, and some scripts need them."""
NAME = pattern(f"[{CONTROL}{EMBEDDING}]")
WIDTHLESS = pattern("[\u200e\u200f\u061c\u200b\u2060\ufeff]|(?<=[ -~])[\u200c\u200d]|[\u200c\u200d](?=[ -~])")
"""What has no width, but for joiners between letters that take another form by them."""
NEEDED = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters written from right to left, which need marks of direction, and of scripts that set no spaces."""
NUMBERED = pattern(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")
TERMINAL = pattern(f"[{CONTROL}{EMBEDDING}\r]")


def shown(text: str) -> str:
    """Running text in which nothing unseen is obeyed, written by itself or by its number (``&#x202e;``)."""
    if "&#" in text:
        text = NUMBERED.sub(_numbered, text)
    return BODY.sub(SHOWN, text)


def _numbered(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return SHOWN if number > sys.maxunicode or BODY.fullmatch(chr(number)) else found[0]


def cleaned(text: str) -> str:
    """A name, a title or the like; what has no width is left out where no script in it needs it."""
    if text.isascii() and text.isprintable():
        return text
    text = NAME.sub(SHOWN, text)
    return text if NEEDED.search(text) else WIDTHLESS.sub("", text)


def printed(text: str) -> str:
    """Words of ours, and of strangers in them, in which nothing commands a terminal or turns the rest round."""
    return TERMINAL.sub(SHOWN, text)


class Plain:
    """A stream that passes on text without what a terminal would obey; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        """Stand before a stream."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text, what is unseen in it shown."""
        return self._stream.write(printed(text))

    def __getattr__(self, name: str) -> Any:
        """Whatever else the stream has."""
        return getattr(self._stream, name)


def through(stream: Any) -> TextIO:
    """The stream behind a plain one, for who has to command the terminal."""
    behind: TextIO = getattr(stream, "_stream", stream)
    return behind


@contextmanager
def unobeyed() -> Iterator[None]:
    """Let nothing that is printed within command the terminal."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Plain(sys.stdout), Plain(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
