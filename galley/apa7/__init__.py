"""APA 7 citations and references: entries and citations in, rich text out; usable without the rest of Galley.

>>> from galley.apa7 import typeset
>>> from galley.apa7.entry import Entry
>>> doe = Entry("doe", "book", {"author": "Doe, Jane", "title": "A Title", "year": "2020", "publisher": "Press"})
>>> str(typeset({"doe": doe}, (), also=["doe"]).references[0][1])
'Doe, J. (2020). A title. Press.'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .entry import Citation, Entry, Link, Typeset
    from .typesetting import Listing


def typeset(
    entries: Mapping[str, Entry],
    citations: Sequence[Citation],
    *,
    also: Iterable[str] = (),
    language: str = "en",
    link: Link | None = None,
    every: bool = False,
    proper: Iterable[str] = (),
    listed: Listing | None = None,
) -> Typeset:
    """Set every citation and the reference list.

    Works cited and those in ``also`` are listed (``every`` lists all); a key that is not there stays visible as
    ``(key?)``. ``link`` gives the address of a work's reference. ``proper`` are words known to be proper nouns: a
    title that loses the capital of one is remarked upon. ``listed`` is a list made ahead (``listing``), which is
    taken where it is that of the works cited.
    """
    from .typesetting import typeset as run

    return run(entries, citations, also=also, language=language, link=link, every=every, proper=proper, listed=listed)


def listing(entries: Mapping[str, Entry], wanted: Iterable[str], language: str = "en") -> Listing:
    """Set the reference list of the works with some keys, before it is known where each is cited; a key that is not
    there is passed over."""
    from .typesetting import listing as run

    return run(entries, wanted, language)
