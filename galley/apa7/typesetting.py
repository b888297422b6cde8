"""The engine's trip: works inherit, are labelled, cited in the text and set in the list."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from pybtex.richtext import BaseText

from .entry import Citation, Entry, Link, Typeset
from .inherit import inherited, related
from .intext import cite_all
from .intext import listed as in_list
from .labels import Label, label
from .languages import terms_for
from .order import sort_key
from .references import reference
from .remarks import remarks
from .render import rich
from .title import english
from .work import Work


class Listing(NamedTuple):
    """The works that are in the list of references, set for it; ``wanted`` are the keys that were asked for.

    It depends on no citation, so that it can be made before it is known how they read.
    """

    wanted: frozenset[str]
    language: str
    whole: Mapping[str, Entry]
    keys: tuple[str, ...]
    labels: Mapping[str, Label]
    references: tuple[tuple[str, BaseText], ...]


def listing(entries: Mapping[str, Entry], wanted: Iterable[str], language: str = "en") -> Listing:
    """Set the list of references of the works with some keys; see ``galley.apa7.listing``."""
    with _uncollected():
        return _listing(entries, frozenset(wanted) & entries.keys(), language)


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
    """Set every citation and the reference list; see ``galley.apa7.typeset``."""
    with _uncollected():
        wanted = frozenset(item.key for citation in citations for item in citation.items)
        wanted = wanted.union(entries if every else also) & entries.keys()
        if listed is None or (listed.wanted, listed.language) != (wanted, language):
            listed = _listing(entries, wanted, language)
        whole, terms = listed.whole, terms_for(language)
        cited = cite_all(whole, citations, listed.keys, terms, link, listed.labels)
        said = remarks(whole, listed.keys, proper, language)
        return Typeset(tuple(cited), listed.references, tuple(said))


def _listing(entries: Mapping[str, Entry], wanted: frozenset[str], language: str) -> Listing:
    terms = terms_for(language)
    whole = _Inheriting(entries)
    keys = sorted((key for key in wanted if in_list(whole[key])), key=lambda key: sort_key(whole[key]))
    labels = label(whole, keys, terms)
    references: list[tuple[str, BaseText]] = []
    for key in keys:
        entry = whole[key]
        letter = labels[key].letter if key in labels else ""
        work = Work(entry, terms, letter, english(entry, language), related(entry, whole))
        references.append((key, rich(reference(work))))
    return Listing(wanted, language, whole, tuple(keys), labels, tuple(references))


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is made here is kept and has no circles: looking for some costs a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Inheriting(dict[str, Entry]):
    """Entries with what they inherit, each worked out once."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__((key, inherited(entry, entries)) for key, entry in entries.items())
