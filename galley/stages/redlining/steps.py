"""What becomes of the blocks of two texts, as it is planned before anything is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from galley.document import Node
from galley.stages.redlining.scripts import DELETION, INSERTION, Script, script, weighed
from galley.stages.redlining.sequences import common
from galley.tree import plain


@dataclass(slots=True)
class Work:
    """Who marks, the keys whose entries have ``changed``, and the scripts of all paragraphs compared."""

    author: str
    date: str
    changed: frozenset[str] = frozenset()
    scripts: list[Script] = field(default_factory=list)
    strict: float = 1.0

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """The pairs that every mark bears."""
        return ("author", self.author), ("date", self.date)

    def compared(self, olds: Sequence[Sequence[Node]], news: Sequence[Sequence[Node]]) -> Script:
        """The script of some lines, noted down."""
        found = script(olds, news)
        self.scripts.append(found)
        return found


class Whole(NamedTuple):
    """A block that is kept as it is in the new text (""), gone or come as a whole."""

    node: Node
    mark: str = ""


class Lines(NamedTuple):
    """Paragraphs whose words are marked."""

    olds: Sequence[Node]
    news: Sequence[Node]
    script: Script


class Held(NamedTuple):
    """A block that holds lists of blocks, each of which has a plan."""

    old: Node
    new: Node
    parts: tuple[tuple[Step, ...], ...]


class Grid(NamedTuple):
    """A table: the plan of its title, and its rows and columns paired (-1 where one side has none)."""

    old: Node
    new: Node
    caption: tuple[Step, ...]
    rows: Any
    columns: Sequence[tuple[int, int]]
    cells: dict[tuple[int, int], tuple[Step, ...]]


class Code(NamedTuple):
    """Code of which some lines have changed."""

    old: Node
    new: Node

    def runs(self) -> list[tuple[str, list[str]]]:
        """The runs of lines that are kept (""), gone and new."""
        olds, news = self.old["c"][1].split("\n"), self.new["c"][1].split("\n")
        out: list[tuple[str, list[str]]] = []
        i = j = 0
        for old, new in [*common(olds, news), (len(olds), len(news))]:
            out += [(DELETION, olds[i:old]), (INSERTION, news[j:new])]
            if old < len(olds) and out[-3:-2] and out[-3][0] == "" and not out[-2][1] and not out[-1][1]:
                out[-3][1].append(news[new])
                out = out[:-2]
            elif old < len(olds):
                out.append(("", [news[new]]))
            i, j = old + 1, new + 1
        return [run for run in out if run[1]]


Step = Whole | Lines | Held | Grid | Code


def weight(steps: Sequence[Step]) -> int:
    """How many words are marked."""
    total = 0
    for step in steps:
        if isinstance(step, Lines):
            total += weighed(step.script)
        elif isinstance(step, Held):
            total += sum(map(weight, step.parts))
        elif isinstance(step, Code):
            total += sum(len(" ".join(lines).split()) for mark, lines in step.runs() if mark)
        elif isinstance(step, Whole):
            total += len(plain([step.node]).split()) if step.mark else 0
        else:
            total += weight(step.caption) + sum(map(weight, step.cells.values()))
    return total
