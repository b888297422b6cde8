"""What the style engine had to guess about an entry, told where the entry stands."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Document
from galley.report import WARNING, Diagnostic
from galley.theme import Theme


def guessed(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """The engine's remarks: ``missing-field``, ``unknown-type``, ``proper-noun-lowered`` and their like.

    Why: the reference is printed all the same, but APA asks for more than the entry says, or the engine
    chose where an author should.
    """
    for remark in document.remarks:
        entry = document.entries.get(remark.key)
        if entry is None:
            continue
        spans = entry.field_spans
        dated = spans.get("year", entry.span) if remark.field == "date" else entry.span
        place = spans.get(remark.field, dated)
        yield Diagnostic(WARNING, remark.code, place, remark.message, remark.hint)
