"""Numbers of headings, "2" and "2.1", where the front matter asks for them with ``number-sections: true``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from galley.document import Node
from galley.pandoc import span


@dataclass(slots=True)
class Sections:
    """The counters of one pass; ``top`` is the highest level of headings in use."""

    wanted: bool
    top: int
    counts: list[int] = field(default_factory=list)

    def number(self, level: int, classes: Collection[str]) -> str:
        """The next heading's number; "" where none is wanted, or its author keeps it unnumbered."""
        if not self.wanted or {"unnumbered", "-"} & set(classes):
            return ""
        depth = max(1, level - self.top + 1)
        self.counts = [*self.counts[:depth], *([0] * (depth - len(self.counts)))]
        self.counts[-1] += 1
        return ".".join(map(str, self.counts))


def numbered(number: str, words: Sequence[Node]) -> list[Node]:
    """A heading's words with its number before them."""
    if not number:
        return list(words)
    return [span([{"t": "Str", "c": number}], "", ["section-number"]), {"t": "Str", "c": "\u2002"}, *words]
