"""Paragraphs that are gone in one place and came in another -> marked as moved, what changed in them on the way too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from galley.document import Node
from galley.stages.redlining.aligning import LONG, NEARLY, Unit, similarity, unit
from galley.stages.redlining.marking import reason
from galley.stages.redlining.planning import line
from galley.stages.redlining.scripts import DELETION, END, INSERTION, Script, marked, script
from galley.stages.redlining.steps import Work
from galley.stages.redlining.tokens import build
from galley.tree import div, walk

TEXTS = frozenset({"Para", "Plain"})


def moved(blocks: Sequence[Node], work: Work, first: int = 1) -> list[Node]:
    """The marked blocks, long paragraphs that were deleted in one place and inserted in another marked as moved."""
    gone = list(_marked(blocks, DELETION))
    came = list(_marked(blocks, INSERTION))
    places: dict[int, Node] = {}
    for number, (old, new) in enumerate(_pairs(gone, came), first):
        places |= _both(old.node, new.node, f"move{number}", work)
    if not places:
        return list(blocks)
    found: list[Node] = walk(list(blocks), lambda node: places.get(id(node)))
    bared: list[Node] = walk(found, _unwrapped, frozenset({"Div"}))
    return bared


def _marked(content: Any, mark: str, within: bool = False) -> Iterator[Unit]:
    """The long paragraphs that stand in a block with this mark."""
    if isinstance(content, list | tuple):
        for one in content:
            yield from _marked(one, mark, within)
    elif isinstance(content, dict):
        kind, inner = content.get("t"), content.get("c")
        if kind == "Div" and isinstance(inner, list):
            classes = inner[0][1]
            yield from _marked(inner[1], mark, within or mark in classes)
        elif kind in TEXTS:
            found = unit(content) if within else None
            if found and found.size >= LONG:
                yield found
        elif kind not in ("Header", "Note"):
            yield from _marked(inner, mark, within)


def _pairs(gone: Sequence[Unit], came: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Each paragraph with the one it is most like, those that are the same first."""
    found = sorted(
        ((similarity(old, new), i, j) for i, old in enumerate(gone) for j, new in enumerate(came)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    olds: set[int] = set()
    news: set[int] = set()
    taken: list[tuple[int, int]] = []
    for share, i, j in found:
        if share < NEARLY:
            break
        if i not in olds and j not in news:
            olds.add(i)
            news.add(j)
            taken.append((i, j))
    yield from ((gone[i], came[j]) for i, j in sorted(taken))


def _both(old: Node, new: Node, name: str, work: Work) -> dict[int, Node]:
    """The two places of a moved paragraph: where it stood what it lost is marked, where it stands what it gained."""
    found: Script = script([line(old)], [line(new)])
    pieces = marked(found, work.who, lambda _, note: note, reason(work))
    lost = [(mark, piece) for mark, piece in pieces if piece is not END and (mark is None or mark[0] != (INSERTION,))]
    gained = [(mark, piece) for mark, piece in pieces if piece is not END and (mark is None or mark[0] != (DELETION,))]
    before = build(lost) if found.pairs and len(found.pairs) < len(found.olds) else line(old)
    said = {**dict(work.who), "name": name}
    return {
        id(old): div([{"t": old["t"], "c": list(before)}], "", ("moved-from",), **said),
        id(new): div([{"t": new["t"], "c": build(gained)}], "", ("moved-to",), **said),
    }


def _unwrapped(block: Node) -> list[Node] | None:
    """A moved paragraph out of the mark around it, which it replaces."""
    if {DELETION, INSERTION} & set(block["c"][0][1]):
        inner = block["c"][1]
        if inner and all(one["t"] == "Div" and {"moved-from", "moved-to"} & set(one["c"][0][1]) for one in inner):
            return list(inner)
    return None
