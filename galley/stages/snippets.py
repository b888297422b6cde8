"""Short pieces of Markdown or LaTeX -> Pandoc's tree of each, all read by one process."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.report import Fault

CUT = "galleycutshere"
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
ACCENTS |= {"u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323"}
ACCENT = pattern(r"\\([\'`^\"~=.])\s*\{?\\?([A-Za-z])\}?|\\([uvHckrd])(?:\{\\?([A-Za-z])\}|\s+([A-Za-z])(?![A-Za-z]))")
APART = pattern(r"(\$(?:[^$\\]|\\.)*\$|`[^`'\n]+`)", re.DOTALL)
"""Maths and Markdown's code, which are left as they are."""


def markdown(sources: Sequence[str]) -> list[list[Node]]:
    """The blocks of each piece of Markdown; a piece of one paragraph is one Plain."""
    if not sources:
        return []
    strings = {f"s{at}": _typed(source) for at, source in enumerate(sources)}
    text = f"---\n{json.dumps({'galley': strings}, ensure_ascii=False)}\n---\n"
    meta, _ = pandoc.Reading(text).result()
    found = meta.get("galley", {}).get("c", {})
    return [_blocks(found.get(f"s{at}")) for at in range(len(sources))]


def _blocks(value: dict[str, object] | None) -> list[Node]:
    if not value:
        return []
    content: list[Node] = value["c"]  # type: ignore[assignment]  # what a node of this kind holds
    return [{"t": "Plain", "c": content}] if value["t"] == "MetaInlines" else content


def _typed(source: str) -> str:
    """TeX's quotation marks, accents and ties as characters, where Markdown would not understand them."""
    parts = APART.split(source)
    return "".join(_kept(part) if at % 2 else _marks(part) for at, part in enumerate(parts))


def _kept(part: str) -> str:
    """Maths as it is, code without the backslashes that TeX asks for."""
    return part if part.startswith("$") else re.sub(r"\\([_%&#$])", r"\1", part)


def _marks(text: str) -> str:
    text = re.sub(r"``(.*?)''", r"“\1”", text, flags=re.DOTALL)
    text = re.sub(r"(?<![\w`])`([^`'\n]+)'(?!\w)", r"‘\1’", text)
    text = re.sub(r"(?<=[^\s~\\])~(?=[^\s~])", "\u00a0", text)
    text = ACCENT.sub(_accented, text)
    return re.sub(r"\\[,;:!]", lambda found: {",": "\u202f", "!": ""}.get(found[0][1], " "), text)


def _accented(found: re.Match[str]) -> str:
    accent, letter = found[1] or found[3], found[2] or found[4] or found[5]
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])


def latex(sources: Sequence[str]) -> list[list[Node] | None]:
    """The blocks of each piece of LaTeX; None for a piece that cannot be read."""
    if not sources:
        return []
    try:
        found = _latex(sources)
    except Fault:
        found = []
    if len(found) == len(sources):
        return [*found]
    if len(sources) == 1:
        return [None]
    return [latex([source])[0] for source in sources]


def _latex(sources: Sequence[str]) -> list[list[Node]]:
    text = f"\n\n{CUT}\n\n".join(sources)
    _, blocks = pandoc.Reading(text, "latex").result()
    parts: list[list[Node]] = [[]]
    for block in blocks:
        if block["t"] == "Para" and block["c"] == [{"t": "Str", "c": CUT}]:
            parts.append([])
        else:
            parts[-1].append(block)
    return parts
