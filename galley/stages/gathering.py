"""The citations of a tree as their author meant them: what Pandoc leaves beside a Cite node joins it.

A possessive ("@doe's") belongs to the names; ``[@doe]{.author}`` and ``[@doe]{.year}`` ask for one element alone;
a work cited inside another's suffix ("[@a, as cited in @b]") is a work of the same citation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from galley import pandoc
from galley.document import Node
from galley.patterns import pattern
from galley.running import Text

POSSESSIVE = pattern(r"[’']s?(?!\w)")
ALONE = {"author", "year"}
CITE = frozenset({"Cite"})


class Mentioned(NamedTuple):
    """A work in a citation: its key, Pandoc's mode, and the inlines before and behind it."""

    key: str
    mode: str
    prefix: tuple[Node, ...]
    suffix: tuple[Node, ...]


def gathered(content: Any) -> Any:
    """The tree with every Cite node having what belongs to it; an element alone is its third part.

    What has no such node is shared with the original.
    """
    if isinstance(content, list | tuple):
        return _listed(content)
    if isinstance(content, dict):
        if "t" not in content:
            return {name: gathered(part) for name, part in content.items()}
        inner = content.get("c")
        if content["t"] == "Cite" or not isinstance(inner, list | dict):
            return content
        if content["t"] == "Table" and not pandoc.holds(content, CITE):
            return content
        new = gathered(inner)
        return content if new is inner else {**content, "c": new}
    return content


def _listed(content: Sequence[Any]) -> Sequence[Any]:
    items = list(content)
    changed = False
    for at in content.others if type(content) is Text else range(len(items)):
        item = content[at]
        if type(item) is not dict:
            new = _listed(item) if isinstance(item, list | tuple) else item
        elif item.get("t") in pandoc.WORDS:
            continue  # what a citation takes from it is taken where the citation stands
        elif "t" in item and (alone := _alone(item)):
            new = alone
        elif item.get("t") == "Cite":
            ending, rest = _possessive(items[at + 1]) if at + 1 < len(items) and _narrative(item) else ("", None)
            if ending:
                items[at + 1] = rest
            new = _with_ending(item, ending)
        else:
            new = gathered(item)
        if new is not item:
            items[at] = new
            changed = True
    if not changed:
        return content
    return pandoc.text(items) if type(content) is Text else items


def _narrative(cite: Node) -> bool:
    works = cite["c"][0]
    return len(works) == 1 and works[0]["citationMode"]["t"] == "AuthorInText" and not works[0]["citationSuffix"]


def _possessive(node: Any) -> tuple[str, Any]:
    """The possessive that a text begins with, and the text without it."""
    if not isinstance(node, dict) or node.get("t") != "Str":
        return "", node
    found = POSSESSIVE.match(node["c"])
    return (found[0], {"t": "Str", "c": node["c"][found.end() :]}) if found else ("", node)


def _with_ending(cite: Node, ending: str) -> Node:
    if not ending:
        return cite
    work = {**cite["c"][0][0], "citationSuffix": [{"t": "Str", "c": ending}]}
    return {"t": "Cite", "c": [[work], *cite["c"][1:]]}


def _alone(node: Node) -> Node | None:
    """The citation of a span that asks for one element of it."""
    if node["t"] != "Span" or len(node["c"][1]) != 1 or node["c"][1][0]["t"] != "Cite":
        return None
    wanted = ALONE & set(node["c"][0][1])
    cite = node["c"][1][0]
    return {"t": "Cite", "c": [*cite["c"][:2], min(wanted)]} if wanted else None


def works(cite: Node) -> tuple[Mentioned, ...]:
    """The works of a citation in order; one cited inside a suffix follows the work whose suffix it stood in."""
    found: list[Mentioned] = []
    for item in cite["c"][0]:
        key, mode = item["citationId"], item["citationMode"]["t"]
        prefix, words = tuple(item["citationPrefix"]), []
        for node in item["citationSuffix"]:
            if node["t"] != "Cite":
                words.append(node)
                continue
            found.append(Mentioned(key, mode, prefix, ()))
            inner = works(node)
            found.extend(inner[:-1])
            key, mode, prefix = inner[-1].key, "NormalCitation", _trimmed(words)
            words = list(inner[-1].suffix)
        found.append(Mentioned(key, mode, prefix, tuple(words)))
    return tuple(found)


def _trimmed(nodes: list[Node]) -> tuple[Node, ...]:
    while nodes and nodes[-1]["t"] in ("Space", "SoftBreak"):
        nodes = nodes[:-1]
    return tuple(nodes)
