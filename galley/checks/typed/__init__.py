"""What is to be said of a typescript whose citations are linked: one room a kind of fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galley.checks.typed import (
    abbreviations,
    authorlists,
    callouts,
    casing,
    consistency,
    dois,
    forms,
    hyperlinks,
    italics,
    leftovers,
    links,
    quotations,
    records,
    sequence,
    standins,
    statements,
    webdates,
    years,
)
from galley.report import Diagnostic, order
from galley.typescript import Resolved

Check = Callable[[Resolved], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    links.missing,
    links.uncited,
    links.spelling,
    links.years,
    links.authors,
    links.typed,
    forms.et_al,
    forms.ampersand,
    forms.comma,
    sequence.brackets,
    sequence.alphabet,
    years.letters,
    years.initials_needed,
    quotations.unlocated,
    standins.titles,
    standins.groups,
    records.duplicates,
    records.missing_parts,
    dois.forms,
    webdates.dates,
    webdates.hosts,
    casing.sentence_case,
    italics.faces,
    authorlists.names,
    callouts.callouts,
    abbreviations.explained,
    consistency.quotes,
    consistency.spellings,
    hyperlinks.targets,
    leftovers.marks,
    leftovers.margin,
    leftovers.highlights,
    leftovers.broken,
    statements.number,
)


def check(resolved: Resolved) -> tuple[Diagnostic, ...]:
    """All that the checks find, by their places."""
    return tuple(order(found for one in CHECKS for found in one(resolved)))
