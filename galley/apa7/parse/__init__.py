"""A typed reference read back: text with its italics in, a biblatex entry out; reads only what is on the line.

>>> from galley.apa7.parse import parse
>>> from galley.apa7.parse.nouns import Stretch
>>> found = parse([Stretch("Doe, J. (2020). "), Stretch("A title", italic=True), Stretch(". Press.")])
>>> found.type, found.fields["author"], found.fields["publisher"]
('book', 'Doe, J.', 'Press')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nouns import Parsed, Stretch


def parse(stretches: Sequence[Stretch]) -> Parsed:
    """Read one typed reference (APA 7 chapter 9, backwards); italics tell what stands alone from periodicals.

    No text raises, and no word is lost: what no field holds is in ``leftover``.
    """
    from .reading import read

    return read(stretches)
