"""What an EPUB says of itself: the package with its metadata, accessibility among them, and the contents page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from galley.formats import metadata
from galley.formats.jatsxml import clean
from galley.formats.jatsxml import document as as_bytes

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.apparatus import Section
    from galley.formats.html import Prepared

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
UNDATED = "2000-01-01"
"""The day on which a book without a date was last changed; EPUB wants one, and the clock would not repeat itself."""


@dataclass(frozen=True, slots=True)
class Book:
    """The article, its pictures as (name, media type), whether it has formulas, the heading of its list."""

    document: Document
    pictures: tuple[tuple[str, str], ...]
    maths: bool = False
    references: str = "References"


def package(book: Book) -> bytes:
    """The package document."""
    root = _made("package", {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "id"})
    root.set("xml:lang", book.document.meta.lang)
    root.set("dir", metadata.direction(book.document.meta.lang))
    root.append(_metadata(book))
    manifest = _made("manifest", {})
    rows = [
        ("nav", "nav.xhtml", "application/xhtml+xml", "nav"),
        ("article", "article.xhtml", "application/xhtml+xml", "mathml" if book.maths else ""),
        ("style", "style.css", "text/css", ""),
        *((f"image-{at}", name, kind, "") for at, (name, kind) in enumerate(book.pictures, 1)),
    ]
    for name, file, kind, properties in rows:
        item = _made("item", {"id": name, "href": file, "media-type": kind})
        if properties:
            item.set("properties", properties)
        manifest.append(item)
    root.append(manifest)
    spine = _made("spine", {"page-progression-direction": metadata.direction(book.document.meta.lang)})
    spine.append(_made("itemref", {"idref": "article"}))
    root.append(spine)
    return as_bytes(root)


def identifier(document: Document) -> str:
    """A UUID that stays the article's: made from its DOI, else from its title and authors."""
    meta = document.meta
    return (
        f"urn:uuid:{uuid5(NAMESPACE_URL, meta.doi_url or '/'.join([meta.title, *(one.name for one in meta.authors)]))}"
    )


def _metadata(book: Book) -> Element:
    document, meta = book.document, book.document.meta
    made = _made("metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    made.append(_made("dc:identifier", {"id": "id"}, identifier(document)))
    day = "-".join([*meta.date.split("-"), "01", "01"][:3]) if meta.date else UNDATED
    rows = [
        ("dc:identifier", meta.doi_url),
        ("dc:title", metadata.title(document)),
        ("dc:language", meta.lang),
        ("dc:publisher", meta.journal.publisher),
        ("dc:date", meta.date),
        ("dc:description", metadata.description(document)),
        *(("dc:subject", word) for word in meta.keywords),
        ("dc:rights", " ".join(part for part in (meta.copyright and f"© {meta.copyright}.", meta.license) if part)),
    ]
    made.extend(_made(name, {}, text) for name, text in rows if text)
    for number, author in enumerate(meta.authors, 1):
        made.append(_made("dc:creator", {"id": f"author-{number}"}, author.name))
        made.append(_refined(f"author-{number}", "role", "aut", scheme="marc:relators"))
        if author.family and author.given:
            made.append(_refined(f"author-{number}", "file-as", f"{author.family}, {author.given}"))
    if meta.journal.title:
        made.append(_made("meta", {"property": "belongs-to-collection", "id": "journal"}, meta.journal.title))
        made.append(_refined("journal", "collection-type", "series"))
        if meta.volume.isascii() and meta.volume.isdigit():
            made.append(_refined("journal", "group-position", meta.volume))
    made.append(_made("meta", {"property": "dcterms:modified"}, f"{day}T00:00:00Z"))
    made.extend(_made("meta", {"property": f"schema:{name}"}, text) for name, text in _accessible(book))
    return made


def _accessible(book: Book) -> Iterable[tuple[str, str]]:
    """What helps readers who do not see the page, in the words of schema.org (EPUB Accessibility 1.1)."""
    yield "accessMode", "textual"
    if book.pictures:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual"
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    features += ["alternativeText"] if book.pictures else []
    features += ["MathML"] if book.maths else []
    for feature in features:
        yield "accessibilityFeature", feature
    yield "accessibilityHazard", "none"
    what = ["Headings, lists, tables and notes are marked as such"]
    what += ["pictures have alternative texts"] if book.pictures else []
    what += ["formulas are MathML"] if book.maths else []
    yield "accessibilitySummary", "; ".join(what) + "."


def contents(book: Book, ready: Prepared, said: Mapping[str, str]) -> bytes:
    """The contents page, which is the book's navigation."""
    meta = book.document.meta
    title = said.get("sections", "Contents")
    root = _made("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"})
    for name, value in (("lang", meta.lang), ("xml:lang", meta.lang), ("dir", metadata.direction(meta.lang))):
        root.set(name, value)
    head = _made("head", {})
    head.append(_made("title", {}, metadata.title(book.document)))
    nav = _made("nav", {"epub:type": "toc", "role": "doc-toc", "aria-label": title})
    nav.append(_made("h1", {}, title))
    listed = _made("ol", {})
    listed.append(_line("top", metadata.title(book.document)))
    if "abstract" in ready.slots:
        listed.append(_line("abstract", said.get("abstract", "Abstract")))
    listed.extend(_section(one) for one in ready.sections)
    if book.document.references:
        listed.append(_line("references", book.references))
    listed.extend(_section(one) for one in ready.back_sections)
    if ready.notes:
        listed.append(_line("notes", said.get("notes", "Notes")))
    nav.append(listed)
    body = _made("body", {})
    body.append(nav)
    root.extend([head, body])
    return as_bytes(root, "<!DOCTYPE html>")


def _section(one: Section) -> Element:
    made = _line(one.identifier, one.words)
    if one.sections:
        under = _made("ol", {})
        under.extend(_section(part) for part in one.sections)
        made.append(under)
    return made


def _line(place: str, words: str) -> Element:
    made = _made("li", {})
    made.append(_made("a", {"href": f"article.xhtml#{place}"}, words.strip() or "–"))
    return made


def _refined(name: str, what: str, text: str, scheme: str = "") -> Element:
    pairs = {"refines": f"#{name}", "property": what}
    return _made("meta", {**pairs, "scheme": scheme} if scheme else pairs, text)


def _made(tag: str, pairs: Mapping[str, str], text: str = "") -> Element:
    made = Element(tag, {key: clean(value) for key, value in pairs.items()})
    made.text = clean(text) or None
    return made
