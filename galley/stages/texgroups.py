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
)
"""What stands in a manuscript that has such groups."""
PLAIN = {"small", "footnotesize", "scriptsize", "tiny", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "tt"}
PLAIN |= {"ttfamily", "rm", "rmfamily", "sf", "sffamily", "normalfont", "centering", "color", "raggedright"}


def unbraced(nodes: Sequence[Any]) -> list[Any]:
    """A list of nodes in which a group that begins with a switch of type has lost its braces and got what it says."""
    out = [_inside(node) for node in nodes]
    at = 1
    while at < len(out):
        name = _switch(out[at])
        end = _closing(out, at + 1) if name and _opens(out[at - 1]) else None
        if name and end is not None:
            before, after = out[at - 1]["c"][:-1], out[end]["c"]
            inner = [*out[at + 1 : end], *_string(after[: after.index("}")])]
            wrapped = [{"t": NODES[name], "c": inner}] if name in NODES else inner
            out[at - 1 : end + 1] = [*_string(before), *wrapped, *_string(after[after.index("}") + 1 :])]
        at += 1
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
    found = (at for at in range(start, len(nodes)) if nodes[at].get("t") == "Str" and "}" in nodes[at]["c"])
    return next(found, None)


def _string(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}] if text else []
