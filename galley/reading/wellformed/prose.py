"""A file's prose and its runs of lines, as the scans look at them: the text as written, and the same made quiet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from galley.patterns import pattern
from galley.report import Diagnostic, Severity
from galley.span import File

RUN = pattern(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
"""Lines without an empty one between them, from the first character that is no space."""


class Prose(NamedTuple):
    """A file, the offset at which its prose starts, and its text with code, maths and comments made blank."""

    file: File
    start: int
    quiet: str


class Paragraph(NamedTuple):
    """A run of lines: where it starts, and its quiet text."""

    prose: Prose
    start: int
    quiet: str

    @property
    def text(self) -> str:
        """The run as it was written."""
        return self.prose.file.text[self.start : self.start + len(self.quiet)]

    def tell(self, severity: Severity, code: str, at: tuple[int, int], message: str, hint: str = "") -> Diagnostic:
        """A finding at offsets of the run."""
        start, end = at
        return tell(self.prose, severity, code, (self.start + start, self.start + end), message, hint)


def tell(prose: Prose, severity: Severity, code: str, at: tuple[int, int], message: str, hint: str = "") -> Diagnostic:
    """A finding at offsets of a file."""
    return Diagnostic(severity, code, prose.file.span(*at), message, hint)


def paragraphs(prose: Prose) -> Iterator[Paragraph]:
    """The runs of lines of a file's prose; a line that is all code or maths parts them as an empty one does."""
    for found in RUN.finditer(prose.quiet, prose.start):
        yield Paragraph(prose, found.start(), found[0])
