"""Groups of TeX round Markdown's own words: ``{\\bf some words}``, of which Pandoc takes the braces for words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from galley.document import Node
from galley.patterns import pattern

SWITCH = pattern(r"\\([A-Za-z]+)\s*")
NODES = {"bf": "Strong", "bfseries": "Strong", "it": "Emph", "itshape": "Emph", "em": "Emph", "sl": "Emph"}
NODES |= {"sc": "SmallCaps", "scshape": "SmallCaps"}
GROUPED = pattern(
    r"\{\\(?:bf|it|em|sl|sc|tt|rm|sf|small|footnotesize|scriptsize|tiny|large|Large|color|normal|centering)"
    r"|\\(?:small|footnotesize|scriptsize|tiny|large|Large|normalsize)\{"
)
"""What stands in a manuscript that has such groups."""
PLAIN = {"small", "footnotesize", "scriptsize", "tiny", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "tt"}
PLAIN |= {"ttfamily", "rm", "rmfamily", "sf", "sffamily", "normalfont", "centering", "color", "raggedright"}


def unbraced(nodes: Sequence[Any]) -> list[Any]:
    """A list of nodes in which a group that begins with a switch of type has lost its braces and got what it says."""
    out = _switched([_inside(node) for node in nodes])
    at = 1
    while at < len(out):
        name = _switch(out[at])
        end = _closing(out, at + 1) if name and _opens(out[at - 1]) else None
        if name and end is not None:
            before, (inside, after) = out[at - 1]["c"][:-1], _parted(out[end]["c"])
            inner = [*out[at + 1 : end], *_string(inside)]
            wrapped = [{"t": NODES[name], "c": inner}] if name in NODES else inner
            out[at - 1 : end + 1] = [*_string(before), *wrapped, *_string(after)]
        at += 1
    return out


def _switched(nodes: list[Any]) -> list[Any]:
    """A list of nodes with each switch of type that stands before its group, ``\\small{words}``, put into it."""
    out: list[Any] = []
    for node in nodes:
        last = out[-1] if out else None
        if last is not None and _switch(last) and node.get("t") == "Str" and node["c"].startswith("{"):
            out[-1:] = [{"t": "Str", "c": "{"}, last, *_string(node["c"][1:])]
        else:
            out.append(node)
    return out


def _inside(value: Any) -> Any:
    if isinstance(value, list):
        return unbraced(value)
    if isinstance(value, dict) and "c" in value:
        return {**value, "c": _inside(value["c"])}
    return value


def _switch(node: Any) -> str:
    """The name of the switch that a raw piece of TeX is, or ""."""
    if not isinstance(node, dict) or node.get("t") != "RawInline" or node["c"][0] not in ("tex", "latex"):
        return ""
    found = SWITCH.fullmatch(node["c"][1])
    return found[1] if found and (found[1] in NODES or found[1] in PLAIN) else ""


def _opens(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Str" and node["c"].endswith("{")


def _closing(nodes: Sequence[Any], start: int) -> int | None:
    depth = 0
    for at in range(start, len(nodes)):
        text = nodes[at]["c"] if nodes[at].get("t") == "Str" else ""
        if "}" in text and depth == 0 and _parted(text)[0] != text:
            return at
        depth += text.count("{") - text.count("}")
    return None


def _parted(text: str) -> tuple[str, str]:
    """The text before the brace that closes more than was opened in it, and the text after that."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return text[:at], text[at + 1 :]
    return text, ""


def _string(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}] if text else []
