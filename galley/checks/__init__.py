"""The checks: functions from a settled Document and its theme to diagnostics. They alone judge; they change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from galley.checks import (
    citations,
    crossrefs,
    figures,
    formulas,
    houserules,
    references,
    resolution,
    suggested,
    tables,
    titlepage,
)
from galley.document import Document
from galley.report import Diagnostic
from galley.theme import Theme

Check = Callable[[Document, Theme], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    titlepage.required_fields,
    citations.unresolved,
    citations.uncited,
    references.guessed,
    crossrefs.unknown,
    crossrefs.repeated,
    crossrefs.unmentioned,
    crossrefs.order,
    crossrefs.leftovers,
    figures.missing_files,
    figures.missing_alt,
    resolution.low_resolution,
    formulas.unset,
    tables.lost_cells,
    houserules.house_rules,
    suggested.open_suggestion,
)


def check(document: Document, theme: Theme) -> tuple[Diagnostic, ...]:
    """All that the reading found and all that the checks find."""
    return (*document.faults, *(found for one in CHECKS for found in one(document, theme)))
