"""A file as the author wrote it, and places in it: from an offset to a line and a column."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True)
class File:
    """A text file: its name as the user would type it, and its text with line ends as ``\\n``."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts, first line first."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, columns in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets of this file."""
        return Span(self, start, end)

    def line_span(self, number: int, column: int = 1) -> Span:
        """The span from a column of a line to that line's end; a line past the end is the last one."""
        number = max(1, min(number, len(self.line_starts)))
        start = self.line_starts[number - 1]
        text = self.line(number)
        first = min(max(column, 1) - 1, len(text))
        return Span(self, start + first, start + max(len(text.rstrip()), first))


class Span(NamedTuple):
    """A stretch of a file, from the offset ``start`` to before the offset ``end``."""

    file: File
    start: int
    end: int

    @property
    def line(self) -> int:
        """The line it starts on, from 1."""
        return self.file.place(self.start)[0]

    @property
    def column(self) -> int:
        """The column it starts at, from 1."""
        return self.file.place(self.start)[1]

    @property
    def text(self) -> str:
        """The characters it covers."""
        return self.file.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.file.place(self.start)
        return f"{self.file.name}:{line}:{column}"
