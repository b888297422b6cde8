"""The pybtex plug-in ``galley_apa``: the engine alone, through any of pybtex's own backends.

>>> from pybtex import PybtexEngine
>>> bib = '@book{doe, author = {Jane Doe}, title = {On Tides}, publisher = {Shore Press}, year = 2020}'
>>> print(PybtexEngine().format_from_string(bib, style=Style, output_backend="plaintext").strip())
[Doe, 2020] Doe, J. (2020). On tides. Shore Press.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pybtex.richtext import Text
from pybtex.style import FormattedBibliography, FormattedEntry
from pybtex.style.formatting import BaseStyle

from . import typeset
from .entry import Citation, Entry, Item


class Style(BaseStyle):  # type: ignore[misc]  # pybtex has no types
    """APA 7 for pybtex: labels are author and year, the order is the manual's; pybtex's own settings do not count.

    ``language`` chooses the terms: ``Style(language="de")``.
    """

    def __init__(self, *args: Any, language: str = "en", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.language = language

    def format_entries(self, entries: Iterable[Any], bib_data: Any = None) -> Iterator[FormattedEntry]:
        """Set pybtex entries, in the list's order; entries they refer to are looked up in ``bib_data``."""
        wanted = {entry.key: Entry.from_pybtex(entry.key, entry) for entry in entries}
        known = {key: Entry.from_pybtex(key, entry) for key, entry in bib_data.entries.items()} if bib_data else {}
        whole = {**known, **wanted}
        keys = list(wanted)
        done = typeset(whole, [Citation((Item(key),)) for key in keys], language=self.language)
        labels = {key: str(text)[1:-1] for key, text in zip(keys, done.citations, strict=True)}
        for key, text in done.references:
            yield FormattedEntry(key, Text(text), labels[key])

    def format_bibliography(self, bib_data: Any, citations: Iterable[str] | None = None) -> FormattedBibliography:
        """Set the cited entries of a bibliography, or all of them (``*``)."""
        asked = list(bib_data.entries) if citations is None else list(citations)
        keys = bib_data.add_extra_citations(asked, 10**9) if citations is not None else asked
        entries = [bib_data.entries[key] for key in keys if key in bib_data.entries]
        return FormattedBibliography(self.format_entries(entries, bib_data), self, preamble=bib_data.preamble)
