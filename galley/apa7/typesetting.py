"""The engine's trip: works inherit, are labelled, cited in the text and set in the list."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence

from pybtex.richtext import BaseText

from .entry import Citation, Entry, Link, Typeset
from .inherit import inherited, related
from .intext import cite_all
from .intext import listed as in_list
from .labels import label
from .languages import terms_for
from .order import sort_key
from .references import reference
from .remarks import remarks
from .render import rich
from .title import english
from .work import Work


def typeset(
    entries: Mapping[str, Entry],
    citations: Sequence[Citation],
    *,
    also: Iterable[str] = (),
    language: str = "en",
    link: Link | None = None,
    every: bool = False,
    proper: Iterable[str] = (),
) -> Typeset:
    """Set every citation and the reference list; see ``galley.apa7.typeset``."""
    collecting = gc.isenabled()
    gc.disable()  # what is made here is kept and has no circles: looking for some costs a fifth of the time
    try:
        return _typeset(entries, citations, also, language, link, every, proper)
    finally:
        if collecting:
            gc.enable()


def _typeset(
    entries: Mapping[str, Entry],
    citations: Sequence[Citation],
    also: Iterable[str],
    language: str,
    link: Link | None,
    every: bool,
    proper: Iterable[str],
) -> Typeset:
    terms = terms_for(language)
    wanted = dict.fromkeys(item.key for citation in citations for item in citation.items)
    wanted.update(dict.fromkeys(entries if every else also))
    whole = _Inheriting(entries)
    keys = [key for key in wanted if key in whole and in_list(whole[key])]
    listed = sorted(keys, key=lambda key: sort_key(whole[key]))
    labels = label(whole, listed, terms)
    references: list[tuple[str, BaseText]] = []
    for key in listed:
        entry = whole[key]
        letter = labels[key].letter if key in labels else ""
        work = Work(entry, terms, letter, english(entry, language), related(entry, whole))
        references.append((key, rich(reference(work))))
    cited = cite_all(whole, citations, listed, terms, link, labels)
    return Typeset(tuple(cited), tuple(references), tuple(remarks(whole, listed, proper, language)))


class _Inheriting(dict[str, Entry]):
    """Entries with what they inherit, each worked out once."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__((key, inherited(entry, entries)) for key, entry in entries.items())
