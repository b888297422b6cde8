"""What closes what in TeX source: every brace and every ``\\begin`` with its partner, found in one walk over the text,
however many are open at its end."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import lru_cache

from galley.patterns import pattern

BRACE = pattern(r"\\.|[{}]", 16)  # a dot may be a line's end
EDGE = pattern(r"\\(begin|end)\s*\{([^{}]*)\}")


@lru_cache(maxsize=2)
def braces(source: str) -> array[int]:
    """For each offset where a group opens, that of the brace which closes it; -1 where none does, 0 elsewhere."""
    partners = array("i", bytes(4 * len(source)))
    opened: list[int] = []
    for found in BRACE.finditer(source):
        char = found[0]
        if char == "{":
            partners[found.start()] = -1
            opened.append(found.start())
        elif char == "}" and opened:
            partners[opened.pop()] = found.start()
    return partners


@lru_cache(maxsize=2)
def environments(source: str) -> Mapping[int, tuple[int, int]]:
    """For each offset of a ``\\begin`` that has an ``\\end``, where that starts and ends."""
    partners: dict[int, tuple[int, int]] = {}
    opened: dict[str, list[int]] = {}
    for edge in EDGE.finditer(source):
        name = edge[2]
        if edge[1] == "begin":
            opened.setdefault(name, []).append(edge.start())
        elif opened.get(name):
            partners[opened[name].pop()] = edge.span()
    return partners


def deepest(source: str) -> int:
    """How many groups stand within one another at most."""
    depth = most = 0
    for found in BRACE.finditer(source):
        depth = max(depth + (found[0] == "{") - (found[0] == "}"), 0)
        most = max(most, depth)
    return most
