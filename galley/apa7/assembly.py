"""Rich text put together quickly: what ``Text(*parts)`` gives, without its passes over every part.

pybtex checks, unpacks and merges each time a text is made, which costs more than all else in a citation; here the
parts are known to be clean, so the object is filled in directly. A test holds the outcome against pybtex's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from pybtex.richtext import BaseText, HRef, String, Text

Part: TypeAlias = str | BaseText
Parts: TypeAlias = tuple[Part, ...]


def text(parts: Iterable[Part]) -> BaseText:
    """Make a ``Text`` of strings and rich text; strings that meet become one, texts inside are opened."""
    return _filled(Text.__new__(Text), parts)


def href(url: str, parts: Iterable[Part]) -> BaseText:
    """Make an ``HRef`` the same way."""
    node = HRef.__new__(HRef)
    node.url, node.info, node.external = url, (url,), False
    return _filled(node, parts)


def _filled(node: Any, parts: Iterable[Part]) -> BaseText:
    out: list[Any] = []
    run = ""
    for part in parts:
        if isinstance(part, str):
            run += part
            continue
        for leaf in part.parts if type(part) is Text else (part,):
            if type(leaf) is String:
                run += leaf.value
            elif len(leaf):
                if run:
                    out.append(String(run))
                    run = ""
                out.append(leaf)
    if run:
        out.append(String(run))
    node.parts = out
    node.length = sum(map(len, out))
    filled: BaseText = node
    return filled
