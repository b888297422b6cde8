"""The title page says what its journal needs."""

from __future__ import annotations

from collections.abc import Iterator

from galley.document import Document
from galley.report import ERROR, Diagnostic
from galley.theme import Theme

ATTRIBUTES = {"author": "authors", "pages": "first_page", "affiliation": "affiliations"}


def required_fields(document: Document, theme: Theme) -> Iterator[Diagnostic]:
    """``missing-field``: the front matter lacks a field that the theme's ``[require] fields`` names.

    Why: the masthead, the running heads or the deposit would have a hole.
    """
    if any(fault.code == "bad-yaml" for fault in document.faults):
        return  # what it says could not be read
    for name in theme.tokens.get("require", {}).get("fields", []):
        if name == "title":
            continue  # every article needs one: the reading says so
        value = getattr(document.meta, ATTRIBUTES.get(name, name.replace("-", "_")), None) or document.slots.get(name)
        faulty = any(name in fault.message and fault.code == "bad-field" for fault in document.faults)
        if not value and not faulty:
            message = f"the front matter gives no {name}, which the theme '{theme.name}' needs"
            yield Diagnostic(ERROR, "missing-field", document.places.of(name), message, _hint(name))


def _hint(name: str) -> str:
    examples = {
        "author": "author: [Ada Author]",
        "volume": "volume: 7",
        "issue": "issue: 1",
        "pages": "pages: 95-98",
        "doi": "doi: 10.1234/abcd",
        "date": "date: 2024-06-30",
        "keywords": "keywords: [first, second, third]",
    }
    return f"write {examples.get(name, name + ': ...')}"
