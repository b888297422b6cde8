"""Two lists of blocks -> a plan of what is kept, gone, new and changed: all that is to be compared is compared, so that
how much is to be marked can be weighed over the whole of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from galley.document import Node
from galley.stages.redlining.absorbing import LISTS, absorbed
from galley.stages.redlining.aligning import align, kind, unit
from galley.stages.redlining.scripts import DELETION, INSERTION
from galley.stages.redlining.steps import Code, Held, Lines, Step, Whole, Work
from galley.tree import plain

TEXTUAL = frozenset({"Para", "Plain", "Header"})


def plan(olds: Sequence[Node], news: Sequence[Node], work: Work) -> tuple[Step, ...]:
    """What becomes of these blocks."""
    if len(olds) == len(news) == 1 and alike(olds[0], news[0]):
        return tuple(_changed(olds[0], news[0], work))
    units = [unit(node) for node in olds], [unit(node) for node in news]
    olds, news, runs = absorbed(list(olds), list(news), align(*units, work.strict))
    steps: list[Step] = []
    for i0, i1, j0, j1 in runs:
        if i0 == i1:
            steps += [Whole(node, INSERTION) for node in news[j0:j1]]
        elif j0 == j1:
            steps += [Whole(node, DELETION) for node in olds[i0:i1]]
        elif (i1 - i0, j1 - j0) == (1, 1):
            steps += _changed(olds[i0], news[j0], work)
        else:
            group = [node["c"] for node in olds[i0:i1]], [node["c"] for node in news[j0:j1]]
            steps.append(Lines(olds[i0:i1], news[j0:j1], work.compared(*group)))
    return tuple(steps)


def alike(old: Node, new: Node) -> bool:
    """Whether two blocks that stand alone in their places are one that was changed, whatever they say."""
    return kind(old) == kind(new) and old["t"] != "Table"


def _changed(old: Node, new: Node, work: Work) -> list[Step]:
    if old == new:
        return [Whole(new)]
    name = new["t"]
    if name in TEXTUAL:
        return [Lines([old], [new], work.compared([line(old)], [line(new)]))]
    if name == "Table":
        from galley.stages.redlining.grids import grid

        found = grid(old, new, work)
        return [found] if found else [Whole(old, DELETION), Whole(new, INSERTION)]
    if name == "CodeBlock" and old["c"][1] != new["c"][1]:
        return [Code(old, new)]
    old_parts, new_parts = parts(old), parts(new)
    if new_parts is None or old_parts is None or len(old_parts) != len(new_parts):
        same = name in ("RawBlock", "HorizontalRule") or _printed(old) == _printed(new)
        return [Whole(new)] if same else [Whole(old, DELETION), Whole(new, INSERTION)]
    planned = tuple(plan(one, other, work) for one, other in zip(old_parts, new_parts, strict=True))
    return [Held(old, new, planned)]


def _printed(node: Node) -> str:
    """What is seen of a block that is not compared word by word."""
    return str(node["c"][1]) if node["t"] == "CodeBlock" else plain([node])


def line(node: Node) -> Sequence[Node]:
    """The inlines of a paragraph or heading."""
    content: Sequence[Node] = node["c"][2] if node["t"] == "Header" else node["c"]
    return content


def parts(node: Node) -> list[list[Node]] | None:
    """The lists of blocks that a block holds; the items of a list as blocks of their own. None where it holds none."""
    kind, content = node["t"], node.get("c")
    if kind == "Div":
        return [content[1]]  # type: ignore[index]  # by its kind
    if kind in ("BlockQuote", "Item"):
        return [content]  # type: ignore[list-item]  # by its kind
    if kind in LISTS:
        return [[{"t": "Item", "c": item} for item in (content if kind == "BulletList" else content[1])]]  # type: ignore[index, union-attr]
    if kind == "Figure":
        return [content[1][1], content[2]]  # type: ignore[index]  # by its kind
    if kind == "Group":
        inner = [block for block in content if block["t"] != "RawBlock"]  # type: ignore[union-attr]  # by its kind
        return [[block] for block in inner]
    return None
