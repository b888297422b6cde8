"""Captions and headings of numbered objects: labels and letters that authors typed in them are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.stages.words import SEVERAL, TYPED, language

PANEL = pattern(r"\([aA]\)|\b[Pp]anels? \(?[aA]\b|(?<!\w)\*{0,2}[aA]\)")
"""Whether a caption speaks of panels by letters."""


def is_plural(text: str, lang: str) -> bool:
    """Whether a heading gathers several appendices under it."""
    known = {SEVERAL["appendix"].get(language(lang), ""), SEVERAL["appendix"]["en"], "appendixes"}
    return text.strip().lower() in {name.lower() for name in known if name}


def kept(pairs: Iterable[Sequence[str]]) -> list[list[str]]:
    """The pairs of attributes without those that the numbering reads and writes."""
    return [list(pair) for pair in pairs if pair[0] not in ("labels", "number", "label")]


def is_panel(node: Node) -> bool:
    """Whether a figure is a panel of another."""
    return node["t"] == "Figure" and "panel" in dict(node["c"][0][2])


def lettered_parts(body: Sequence[Node], caption: Sequence[Node]) -> bool:
    """Whether a figure's parts are panels to be lettered: they have captions or labels, or the caption says so."""
    if len(body) < 2:
        return False
    own = any(part["t"] == "Figure" and (part["c"][1][1] or part["c"][0][0]) for part in body)
    return own or PANEL.search(pandoc.plain(caption)) is not None


def unlettered(caption: Sequence[Any], letter: str) -> list[Any]:
    """A panel's caption without the letter that its author typed."""
    short, blocks = caption
    typed = re.compile(rf"(?:\(?{letter}\)|{letter}[.:])(?:[\s\u00a0]+|$)", re.IGNORECASE)
    return [short, [{"t": block["t"], "c": without(block["c"], typed)} for block in blocks]]


def untyped(caption: Sequence[Node], kind: str) -> tuple[list[Node], str]:
    """A caption without the label that its author typed, "Fig. 1: ", and the number in that label, or "".

    The label may be bold or italic, and then needs no mark after it.
    """
    if not caption or caption[0]["t"] not in ("Para", "Plain") or not caption[0]["c"]:
        return list(caption), ""
    words = caption[0]["c"]
    found = TYPED[kind].match(pandoc.plain(words))
    if not found or (found[0].rstrip("\u00a0 ")[-1:] not in ".:)–—-" and not _set_apart(words[0], kind)):
        return list(caption), ""
    return [{"t": "Plain", "c": _after(words, found.end())}, *caption[1:]], found[1]


def _set_apart(node: Node, kind: str) -> bool:
    return node["t"] in ("Strong", "Emph") and TYPED[kind].fullmatch(pandoc.plain(node["c"]) + " ") is not None


def _after(words: Sequence[Node], count: int) -> list[Node]:
    """Inlines without the first ``count`` characters of their text."""
    for at, node in enumerate(words):
        size = 1 if node["t"] in ("Space", "SoftBreak") else len(pandoc.plain([node]))
        if count <= 0 or (size > count and node["t"] not in ("Str", "Strong", "Emph")):
            return list(words[at:])
        if size > count:
            left = node["c"][count:] if node["t"] == "Str" else _after(node["c"], count)
            return [{"t": node["t"], "c": left}, *words[at + 1 :]]
        count -= size
    return []


def without(words: Sequence[Node], pattern: re.Pattern[str]) -> list[Node]:
    """Inlines without the words at their start that a pattern matches; whole Str and Space nodes only."""
    for end in range(min(8, len(words)), 0, -1):
        if any(node["t"] not in ("Str", "Space", "SoftBreak") for node in words[:end]):
            continue
        text = "".join(node["c"] if node["t"] == "Str" else " " for node in words[:end])
        if pattern.fullmatch(text) or (end == len(words) and pattern.fullmatch(text + " ")):
            return list(words[end:])
    return list(words)
