"""Inlines of which it is known where among them stand others than running words: what makes walks over a tree quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
SPACE: Node = {"t": "Space"}
"""One space for all places: every other node of a long text would be one, of 184 bytes."""
FEW = 6
"""Inlines so few are sooner looked at than counted."""
RUNNING = frozenset({"Str", "Space", "SoftBreak"})
"""What most of a text is made of, and hardly any walk asks for."""


class Text(list[Node]):
    """Inlines that know where among them stand others than running words, so that walks look at these alone.

    Like all of a tree they are never changed in place; whoever copies them has an ordinary list.
    """

    __slots__ = ("others",)

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Look through the nodes once."""
        super().__init__(nodes)
        self.others = [at for at, node in enumerate(self) if node["t"] not in RUNNING]

    def __reduce__(self) -> Any:
        """What is unpacked elsewhere is an ordinary list."""
        return list, (list(self),)

    def _refused(self, *_: Any) -> Any:
        raise TypeError("a tree is never changed in place")

    append = extend = insert = pop = remove = clear = sort = reverse = _refused  # type: ignore[assignment]
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refused

    def runs(self) -> Iterator[tuple[list[Node], Node | None]]:
        """The running words before each of the other nodes, with it; and the last of them, with None."""
        start = 0
        for at in self.others:
            yield self[start:at], self[at]
            start = at + 1
        yield self[start:], None


def text(nodes: Sequence[Node]) -> Sequence[Node]:
    """Inlines as a ``Text``, unless they are one or too few."""
    return Text(nodes) if len(nodes) > FEW and type(nodes) is not Text else nodes


def others(nodes: Sequence[Node]) -> list[Node]:
    """Those of some inlines that are no running words."""
    if type(nodes) is Text:
        return [nodes[at] for at in nodes.others]
    return [node for node in nodes if node["t"] not in RUNNING]
