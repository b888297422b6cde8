"""A settled document -> DOAJ article XML: what the Directory of Open Access Journals lists of an article.

DOAJ takes no deposit without an ISSN and an address of the full text; ``lacking`` tells what is not there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.formats.jatsxml import clean, element, optional
from galley.formats.jatsxml import document as as_bytes
from galley.formats.metadata import orcid_url, site, title
from galley.formats.vocabularies import language_code
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.document import Document
    from galley.frontmatter import Author, FrontMatter
    from galley.theme import Theme

LONGEST = 8000
"""Characters of an abstract; DOAJ shows no more of one than this."""


def lacking(meta: FrontMatter) -> tuple[str, ...]:
    """The fields of a title page without which DOAJ takes no article and that are not there."""
    wanted = (
        ("journal.title", meta.journal.title),
        ("journal.issn", meta.journal.issn or meta.journal.eissn),
        ("date", meta.date),
        ("doi", address(meta)),
        ("author", meta.authors),
    )
    return tuple(name for name, value in wanted if not value)


def address(meta: FrontMatter) -> str:
    """Where the full text is: the article's own page, else its DOI."""
    return site(meta.url) or meta.doi_url or site(meta.pdf_url)


def records(document: Document, theme: Theme) -> bytes:
    """The article as a file of one record."""
    meta = replace(document.meta, journal=theme.journal(document.meta.journal))
    return as_bytes(element("records", _record(document, meta)))


def _record(document: Document, meta: FrontMatter) -> Element:
    lang, journal = language_code(meta.lang), meta.journal
    return element(
        "record",
        optional("language", lang),
        optional("publisher", journal.publisher),
        element("journalTitle", journal.title),
        optional("issn", journal.issn),
        optional("eissn", journal.eissn),
        element("publicationDate", meta.date),
        optional("volume", meta.volume),
        optional("issue", meta.issue),
        optional("startPage", str(meta.first_page or meta.article_number)),
        optional("endPage", str(meta.last_page or "")),
        optional("doi", meta.doi),
        optional("publisherRecordId", meta.article_number),
        optional("documentType", meta.type),
        element("title", title(document), language=lang),
        element("authors", [_author(author) for author in meta.authors]) if meta.authors else None,
        _affiliations(meta),
        _abstracts(document),
        element("fullTextUrl", address(meta), format="html" if site(meta.url) or meta.doi else "pdf"),
        _keywords(meta, lang),
    )


def _author(author: Author) -> Element:
    return element(
        "author",
        element("name", author.name),
        optional("email", author.email),
        [_named("affiliationId", str(place + 1)) for place in author.affiliations],
        optional("orcid_id", orcid_url(author)),
    )


def _affiliations(meta: FrontMatter) -> Element | None:
    rows = []
    for number, one in enumerate(meta.affiliations, 1):
        row = _named("affiliationName", one.text)
        row.set("affiliationId", str(number))
        rows.append(row)
    return element("affiliationsList", rows) if rows else None


def _abstracts(document: Document) -> list[Element]:
    rows: list[Element] = []
    for name, blocks in document.slots.items():
        words = re.sub(r"\s+", " ", plain(blocks)).strip()
        if name == "abstract" and words:
            rows.insert(0, element("abstract", _cut(words), language=language_code(document.meta.lang)))
        elif name.startswith("abstract-") and words:
            rows.append(element("abstract", _cut(words), language=language_code(name.removeprefix("abstract-"))))
    return rows


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _keywords(meta: FrontMatter, lang: str) -> Element | None:
    words = [element("keyword", word) for word in meta.keywords]
    return element("keywords", words, language=lang) if words else None


def _named(tag: str, text: str) -> Element:
    made = Element(tag)
    made.text = clean(text)
    return made
