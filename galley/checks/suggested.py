"""What is still open between author and editor: suggestions, comments and queries that stand in the source."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Document
from galley.report import WARNING, Diagnostic
from galley.suggestions import COMMENT, HIGHLIGHT, suggestions
from galley.theme import Theme

WORDS = 60
"""Characters of a change that a message shows."""


def open_suggestion(document: Document, _: Theme) -> Iterator[Diagnostic]:
    """``open-suggestion``: a suggestion or comment stands in the manuscript, and nobody has accepted or rejected it.

    Why: pages show it as one, with what would go and what would come; what is camera-ready must have none.

    Bad: ``a {~~large~>small~~} effect``. Good: ``galley accept --all``, and ``a small effect``.
    """
    for file in document.files:
        if file.name.endswith(".bib"):
            continue
        for one in suggestions(file):
            if one.kind == HIGHLIGHT and not one.note:
                continue
            by = f" by {one.author}" if one.author else ""
            if one.kind in (COMMENT, HIGHLIGHT):
                message = f"a comment{by} is still there: '{_short(one.note)}'"
                hint = "answer it and take it out, or take all out with: galley accept --all --comments"
            else:
                ways = ((one.old, "would go"), (one.new, "would come"))
                parts = [f"'{_short(text)}' {way}" for text, way in ways if text.strip()]
                message = f"a suggestion{by} is open: {', '.join(parts) or 'nothing would change'}"
                hint = f"settle it: galley accept or reject --at {file.name}:{one.span.line}"
            yield Diagnostic(WARNING, "open-suggestion", one.span, message, hint)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WORDS else words[:WORDS].rsplit(" ", 1)[0] + "…"
