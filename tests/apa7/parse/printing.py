"""Markdown in, stretches out; a reading typeset by the engine, as Markdown again."""

import re
from collections.abc import Iterator

from pybtex.richtext import BaseMultipartText, BaseText, String, Tag

from galley.apa7 import typeset
from galley.apa7.entry import Entry
from galley.apa7.parse.bibtex import as_fields
from galley.apa7.parse.nouns import Parsed, Stretch

_UNESCAPED = re.compile(r"\\([*_\[\]<>~#@])|<(?=https?:)|(?<=\S)>(?=\s|\Z)")


def stretches(markdown: str) -> list[Stretch]:
    """Text with emphasis between asterisks as stretches."""
    out: list[Stretch] = []
    for number, part in enumerate(re.split(r"(?<!\\)\*", markdown)):
        if part:
            out.append(Stretch(_UNESCAPED.sub(lambda found: found[1] or "", part), number % 2 == 1))
    return out


def again(parsed: Parsed) -> str:
    """What the engine prints for a reading."""
    entry = Entry("k", parsed.type, as_fields(parsed))
    return marked(typeset({"k": entry}, (), also=["k"]).references[0][1])


def marked(text: BaseText) -> str:
    """Rich text with italics between asterisks."""

    def walk(node: BaseText, italic: bool) -> Iterator[tuple[str, bool]]:
        if isinstance(node, String):
            yield node.value, italic
        elif isinstance(node, BaseMultipartText):
            for part in node.parts:
                yield from walk(part, italic or (isinstance(node, Tag) and node.name in ("em", "i")))

    out, was = "", False
    for piece, italic in walk(text, False):
        out += ("*" if italic != was else "") + piece.replace("*", "\\*")
        was = italic
    return out + ("*" if was else "")


def same(one: str, other: str) -> bool:
    """Say whether two references are one, down to the italics of their letters."""
    return _flat(one) == _flat(other)


_SAME = str.maketrans("‘’“”\u00a0", "''\"\" ")


def _flat(text: str) -> list[tuple[str, bool]]:
    text = re.sub(r"\((\d{4}|n\.d\.|in press)-?[a-z](?=[,)])", r"(\1", text).translate(_SAME)
    out, italic = [], False
    for part in re.split(r"((?<!\\)\*)", text):
        if part == "*":
            italic = not italic
        else:
            out += [(char, italic and char.isalnum()) for char in part if char != "\\"]
    return out
