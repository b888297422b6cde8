"""The byline: every author has a name, an e-mail address that is one, and institutions that are listed."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Document
from galley.patterns import pattern
from galley.report import ERROR, WARNING, Diagnostic
from galley.theme import Theme

EMAIL = pattern(r"[^\s@]+@[^\s@]+\.[^\s@]+")
MARK = pattern(r"\d{1,2}|[a-z]|\*")


def byline(document: Document, theme: Theme) -> Iterator[Diagnostic]:
    """``nameless-author``, ``odd-email``, ``unknown-affiliation``; numbers whose check digit does not fit.

    Why: the masthead would print a line without a name, an address that no letter reaches, a number for a university.

    Bad: ``affiliation: 3`` where two are listed. Good: ``affiliation: 2``.
    """
    places = document.places
    meta = document.meta
    field = "author" if ("author",) in places.spans else "authors"
    for at, author in enumerate(meta.authors):
        if not author.name.strip():
            message, hint = "this author has no name", "write name: Given Family"
            yield Diagnostic(ERROR, "nameless-author", places.of(field, at), message, hint)
        if author.email and not EMAIL.fullmatch(author.email.strip("<>")):
            message = f"'{author.email}' is no e-mail address"
            yield Diagnostic(WARNING, "odd-email", places.of(field, at, "email"), message, "write name@example.org")
    if any(author.orcid for author in meta.authors):
        from galley.checks.preflight.facts import numbers

        for found in numbers(document, theme).findings:
            yield found._replace(severity=WARNING)
    for institution in meta.affiliations:
        if MARK.fullmatch(institution.name.strip()):
            place = next((span for path, span in places.spans.items() if _names(path, span.text, institution.name)), "")
            message = f"no institution has the mark '{institution.name}'"
            hint = "list it under affiliations:, with name: and id:"
            yield Diagnostic(WARNING, "unknown-affiliation", place or places.of("author"), message, hint)


def _names(path: tuple[str | int, ...], text: str, mark: str) -> bool:
    """Whether a value of the front matter is an author's mark for an institution."""
    inside = any(str(part).startswith("affiliation") for part in path) and path[0] in ("author", "authors")
    return inside and text.strip("\"' ") == mark
