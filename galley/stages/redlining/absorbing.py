"""A paragraph that ran into the item of a list above it, for want of an empty line, or came out of one: in Markdown
that is one blank more or less, and its words are the same.
"""

from __future__ import annotations

from galley.document import Node
from galley.stages.redlining.aligning import Run
from galley.stages.redlining.sequences import least
from galley.tree import plain

LISTS = frozenset({"BulletList", "OrderedList"})
SHARE = 0.3
"""How much of the paragraph's words the item holds at least that has taken it in."""


def absorbed(olds: list[Node], news: list[Node], runs: list[Run]) -> tuple[list[Node], list[Node], list[Run]]:
    """The blocks and their groups, such a paragraph in the last item of its list on both sides."""
    out: list[Run] = []
    for run in runs:
        i0, i1, j0, j1 = out[-1] if out else (0, 0, 0, 0)
        paired = (i1 - i0, j1 - j0) == (1, 1) and olds[i0]["t"] in LISTS
        gone, came = run[1] - run[0], run[3] - run[2]
        side, other, at, to = (olds, news, i0, j0) if gone else (news, olds, j0, i0)
        single = side[run[0] if gone else run[2]] if gone + came == 1 else {}
        if paired and single.get("t") == "Para" and _gained(side[at], other[to], single):
            side[at] = _with(side[at], single)
            out[-1] = (i0, run[1], j0, run[3])
        else:
            out.append(run)
    return _folded(olds, news, out)


def _folded(olds: list[Node], news: list[Node], runs: list[Run]) -> tuple[list[Node], list[Node], list[Run]]:
    """Groups of lists and the paragraphs they took in as pairs of one with one."""
    before: list[Node] = []
    after: list[Node] = []
    out: list[Run] = []
    for i0, i1, j0, j1 in runs:
        lists = i0 < i1 and j0 < j1 and olds[i0]["t"] in LISTS
        held = (olds[i0 : i0 + 1], news[j0 : j0 + 1]) if lists else (olds[i0:i1], news[j0:j1])
        out.append((len(before), len(before) + len(held[0]), len(after), len(after) + len(held[1])))
        before += held[0]
        after += held[1]
    return before, after, out


def _items(node: Node) -> list[list[Node]]:
    items: list[list[Node]] = node["c"] if node["t"] == "BulletList" else node["c"][1]
    return items


def _with(node: Node, block: Node) -> Node:
    """The list with one block more in its last item."""
    items = [*_items(node)[:-1], [*_items(node)[-1], block]]
    return {"t": node["t"], "c": items if node["t"] == "BulletList" else [node["c"][0], items]}


def _gained(node: Node, other: Node, block: Node) -> bool:
    """Whether the other list's last item holds what this paragraph says, beside what this list's last item does."""
    if not _items(node) or not _items(other):
        return False
    own, held, words = (plain(part).split() for part in (_items(node)[-1], _items(other)[-1], [block]))
    apart = least(own, held) + len(words)
    return apart - least([*own, *words], held) >= 2 * max(SHARE * min(len(words), len(held)), 6)
