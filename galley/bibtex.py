"""Entries -> BibTeX text that every reader of it understands; words -> the LaTeX that stands for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galley.document import Entry


ESCAPED = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{char: f"\\{char}" for char in "&%$#_{}"},
}


DEEPEST = 90
"""Braces within one another: pybtex gives up at 100."""


def escaped(text: str) -> str:
    """Words as LaTeX."""
    return "".join(ESCAPED.get(char, char) for char in text)


def clean(entries: Mapping[str, Entry]) -> str:
    """The entries as BibTeX: a field a line, braces balanced, in the order in which they stood."""
    return "\n".join(_entry(entry) for entry in entries.values())


def _entry(entry: Entry) -> str:
    width = max((len(name) for name in entry.fields), default=0)
    rows = [f"  {name:{width}} = {{{_balanced(value)}}},\n" for name, value in entry.fields.items()]
    return f"@{entry.type}{{{entry.key},\n{''.join(rows)}}}\n"


def _balanced(value: str) -> str:
    """The value with a brace that has no partner left out, and those deeper than readers of BibTeX follow."""
    depth, over, kept = 0, 0, []
    for char in value:
        if char == "}" and depth == 0:
            continue
        if char in "{}" and (over or (char == "{" and depth == DEEPEST)):
            over += 1 if char == "{" else -1
            continue
        depth += (char == "{") - (char == "}")
        kept.append(char)
    return "".join(kept) + "}" * depth
