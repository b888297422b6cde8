"""A marked Document -> the same with signs in its text, labels and numbers, ready for any writer of ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from galley.document import Node
from galley.formats.marks import CLOSE, OPEN, Ledger, laid, sign
from galley.tree import walk

if TYPE_CHECKING:
    from galley.document import Document

PLACED = {"Header": 1, "Figure": 0, "Table": 0, "Div": 0, "Span": 0}


def signed(document: Document, ledger: Ledger) -> Document:
    """The document with signs where its marks begin and end; labels that changed say both."""
    who = [list(pair) for pair in _who(document)]

    def put(content: Any) -> tuple[Node, ...]:
        return tuple(walk(laid(beside(content), ledger), lambda node: _labelled(node, ledger, who), frozenset(PLACED)))

    return replace(
        document,
        slots={name: put(blocks) for name, blocks in document.slots.items()},
        blocks=put(document.blocks),
        references=tuple(replace(one, inlines=put(one.inlines)) for one in document.references),
        back=put(document.back),
    )


def _who(document: Document) -> list[tuple[str, str]]:
    """Author and date of the first mark there is."""
    from galley.tree import each

    for node in each((*document.blocks, *document.back), frozenset({"Span", "Div"})):
        said = dict(map(tuple, node["c"][0][2]))
        if "author" in said and "date" in said:
            return [("author", said["author"]), ("date", said["date"])]
    return []


def _labelled(node: Node, ledger: Ledger, who: list[list[str]]) -> Node | None:
    """A numbered object whose label was another, with both."""
    place = PLACED[node["t"]]
    identifier, classes, pairs = node["c"][place]
    said: dict[str, str] = dict(map(tuple, pairs))
    before = said.get("was-label", "")
    if not before:
        return None
    head = _shared(before, said["label"])
    gone, came = before[len(head) :], said["label"][len(head) :]
    opened = [sign(OPEN, ledger.note(kind, who))["c"] for kind in ("deletion", "insertion")]
    label = f"{head}{opened[0]}{gone}{CLOSE}{opened[1]}{came}{CLOSE}"
    kept = [[key, label if key == "label" else value] for key, value in pairs if not key.startswith("was-")]
    content = list(node["c"])
    content[place] = [identifier, classes, kept]
    inner = [
        walk(part, lambda one: _labelled(one, ledger, who), frozenset(PLACED))
        if isinstance(part, list) and at != place
        else part
        for at, part in enumerate(content)
    ]
    return {"t": node["t"], "c": inner}


def _shared(one: str, other: str) -> str:
    """The words both labels begin with."""
    words = [a for a, b in zip(one.split(" "), other.split(" "), strict=False) if a == b]
    head = " ".join(words) + " " if words else ""
    return head if one.startswith(head) and other.startswith(head) else ""


def beside(content: Any) -> list[Node]:
    """Blocks or inlines in which a picture that was exchanged stands beside the one in its place, both half as wide."""

    def change(node: Node) -> Node | None:
        line = node["c"]
        swaps = [
            at
            for at in range(len(line) - 1)
            if _pictured(line[at], "deletion") and _pictured(line[at + 1], "insertion")
        ]
        if not swaps:
            return None
        halves = {place for at in swaps for place in (at, at + 1)}
        return {"t": node["t"], "c": [_halved(one) if at in halves else one for at, one in enumerate(line)]}

    made: list[Node] = walk(list(content), change, frozenset({"Para", "Plain"}))
    return made


def _pictured(node: Node, mark: str) -> bool:
    """Whether a node is a mark round a picture."""
    return node["t"] == "Span" and mark in node["c"][0][1] and [one["t"] for one in node["c"][1]] == ["Image"]


def _halved(node: Node) -> Node:
    attributes = node["c"][0]
    (identifier, classes, pairs), words, target = node["c"][1][0]["c"]
    kept = [[key, value] for key, value in pairs if key not in ("width", "height")]
    image = {"t": "Image", "c": [[identifier, classes, [*kept, ["width", "48%"]]], words, target]}
    return {"t": "Span", "c": [attributes, [image]]}
