"""The checks: functions from a settled Document and its theme to diagnostics. They alone judge; they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galley.checks import (
    activefigures,
    citations,
    crossrefs,
    entries,
    figures,
    formulas,
    houserules,
    people,
    references,
    resolution,
    suggested,
    tables,
    titlepage,
    unread,
)
from galley.document import Document
from galley.report import Diagnostic
from galley.theme import Theme

Check = Callable[[Document, Theme], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    titlepage.required_fields,
    people.byline,
    citations.unresolved,
    citations.uncited,
    unread.citations,
    references.guessed,
    entries.fields,
    crossrefs.unknown,
    unread.labels,
    unread.anchors,
    unread.captions,
    crossrefs.repeated,
    crossrefs.unmentioned,
    crossrefs.order,
    crossrefs.leftovers,
    figures.missing_files,
    figures.missing_alt,
    figures.sizes,
    activefigures.active,
    resolution.low_resolution,
    formulas.unset,
    tables.lost_cells,
    houserules.house_rules,
    suggested.open_suggestion,
)


def check(document: Document, theme: Theme) -> tuple[Diagnostic, ...]:
    """All that the reading found and all that the checks find."""
    return (*document.faults, *(found for one in CHECKS for found in one(document, theme)))
