"""Markup that does not come out even: what Pandoc prints as it stands, or swallows, without a word.

Pandoc is silent of an unclosed fence, of a note that nobody defined, of a table whose rule is missing: their signs are
printed as words. Here the text itself is looked at, while Pandoc reads it. A scan is called only where its sign stands
in the text at all, so that a long sound manuscript costs some milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from galley.quiet import quiet
from galley.reading.wellformed import (
    attributes,
    blocks,
    brackets,
    elements,
    environments,
    fences,
    formulas,
    letters,
    notes,
    pipes,
    programs,
)
from galley.reading.wellformed.prose import Paragraph, Prose, paragraphs
from galley.report import Diagnostic
from galley.span import File

OF_PARAGRAPHS: tuple[tuple[str, Callable[[Paragraph], Iterator[Diagnostic]]], ...] = (
    ("#", blocks.headings),
    ("\n", blocks.lists),
    ("@", brackets.citations),
    ("](", brackets.links),
    ("^[", brackets.notes),
    ("`", brackets.code),
    ("**", brackets.emphasis),
    ("{", attributes.unread),
    ("|", pipes.tables),
    ("+-", pipes.grids),
    ("$", formulas.dollars),
    ("\\", formulas.backslashes),
)
"""What is looked for in each run of lines, and the sign without which it is not there."""

OF_TEXTS: tuple[Callable[[tuple[Prose, ...]], Iterator[Diagnostic]], ...] = (
    fences.unclosed,
    notes.notes,
    notes.links,
    notes.addresses,
    environments.unclosed,
    formulas.parted,
    blocks.steps,
    blocks.conflicts,
    blocks.metadata,
    elements.hidden,
    programs.unrun,
)
"""What is looked for in all of the files together."""


MOST = 100
"""So many findings of one code are told; who has more of them need not read them all."""


def told(body: Iterable[tuple[File, int]]) -> Iterator[Diagnostic]:
    """What is amiss in the markup of some files, each with the offset at which its prose starts."""
    number: Counter[str] = Counter()
    for one in _scanned(body):
        number[one.code] += 1
        if number[one.code] <= MOST:
            yield one


def _scanned(body: Iterable[tuple[File, int]]) -> Iterator[Diagnostic]:
    read = tuple(Prose(file, start, quiet(file.text, start)) for file, start in body)
    for whole in OF_TEXTS:
        yield from whole(read)
    for prose in read:
        yield from letters.stray(prose.file)
        scans = [(sign, scan) for sign, scan in OF_PARAGRAPHS if sign in prose.quiet]
        for paragraph in paragraphs(prose):
            for sign, scan in scans:
                if sign in paragraph.quiet:
                    yield from scan(paragraph)
