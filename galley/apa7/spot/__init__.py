"""Citations typed by hand, found in prose: the rules of APA 7 §8.10-8.22 read backwards.

>>> from galley.apa7.spot import find
>>> [(work.names, work.year) for one in find("So it was (Doe & Roe, 2020; Poe, 2021).") for work in one.works]
[(('Doe', 'Roe'), '2020'), (('Poe',), '2021')]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nouns import TypedCitation


def find(
    text: str, italics: Sequence[tuple[int, int]] = (), known: Sequence[tuple[Sequence[str], str]] = ()
) -> tuple[TypedCitation, ...]:
    """Find the citations in a paragraph (APA 7 §8.10-8.22), in order.

    ``italics`` are its italic stretches as [start, end); ``known`` the listed works, each as its names (or its title,
    where it has no author) and its year: they decide what could be a citation or not.
    """
    from .finding import found
    from .knowing import known as index

    return tuple(one.citation for one in found(text, italics, index(known)) if one.doubt < 2)
