"""A settled document -> EPUB 3: one text with its contents page, pictures and style, nothing from the network.

The text is the web page's, made safe in the same way and written as XML. Times and identifiers come from the
article, so that the same article always gives the same bytes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from galley.formats import metadata
from galley.formats.epubpackage import CONTAINER, Book, contents, package
from galley.formats.html import BEFORE, IMAGE, Prepared, day, prepared
from galley.formats.jatsxml import clean
from galley.formats.jatsxml import document as as_bytes
from galley.formats.safety import Words
from galley.frontmatter import STATEMENTS
from galley.pandoc import Writing
from galley.report import fault

if TYPE_CHECKING:
    from galley.document import Document
    from galley.theme import Theme

SUFFIX = ".epub"
ENDINGS = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}
LEGAL = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-]")
"""What an address may not hold as it is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the book: its name there, its media type, its bytes."""

    name: str
    kind: str
    data: bytes


def write(document: Document, theme: Theme) -> bytes:
    """The book as a zip file in the order and with the times that EPUB and repeatable builds ask for."""
    document = replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))
    said = theme.tokens.get("words", {})
    plain = Words()
    ready = prepared(document, Words(said.get("image", plain.described), said.get("missing-image", plain.missing)))
    pictures = [_picture(at, image) for at, image in enumerate(ready.images)]
    page = _page(document, theme, ready, pictures)
    book = Book(
        document,
        tuple((one.name, one.kind) for one in pictures),
        maths=any(one.tag == "math" for one in page.iter()),
        references=said.get("references", "References"),
    )
    files = [
        ("META-INF/container.xml", CONTAINER.encode("utf-8")),
        ("EPUB/package.opf", package(book)),
        ("EPUB/nav.xhtml", contents(book, ready, said)),
        ("EPUB/article.xhtml", as_bytes(page, "<!DOCTYPE html>")),
        ("EPUB/style.css", theme.path("epub.css").read_bytes()),
        *((f"EPUB/{one.name}", one.data) for one in pictures),
    ]
    return _zipped(files)


def _page(document: Document, theme: Theme, ready: Prepared, pictures: list[Picture]) -> Element:
    """The text as XHTML, links that lead nowhere in the book as words."""
    from markupsafe import Markup

    meta = document.meta
    texts = Writing(ready.body, "html5", slots=ready.slots, options=("--mathml",)).result()
    texts = {name: _with_pictures(text, pictures) for name, text in texts.items()}
    parts = {name: Markup(texts.get(name, "")) for name in (*BEFORE, *texts)}  # noqa: S704 - Pandoc has escaped it
    text = theme.render(
        "article.xhtml.j2",
        {"day": day, "orcid": metadata.orcid_url},
        meta=meta,
        parts=parts,
        issue=issue_line(document),
        statements=[(name, title) for name, title in STATEMENTS.items() if name in parts],
        references=_references(document, parts, ready.cited),
        notes=[parts[f"note-{number}"] for number in range(1, ready.notes + 1)],
        title=metadata.title(document),
        licence_url=metadata.licence_url(meta.license),
        direction=metadata.direction(meta.lang),
    )
    try:
        page = fromstring(clean(text))  # noqa: S314 - our own template, and Pandoc's writing
    except ParseError as error:
        raise fault("epub", "", f"the text cannot be written as XML: {error}", status=2) from error
    return _settled(page)


def issue_line(document: Document) -> str:
    """The journal, the year, volume and pages in one line."""
    meta = document.meta
    volume = meta.volume + (f"({meta.issue})" if meta.issue else "")
    return ", ".join(
        part for part in (meta.journal.title, meta.year, volume, meta.pages or meta.article_number) if part
    )


def _references(document: Document, parts: Mapping[str, Any], cited: Mapping[str, tuple[str, ...]]) -> list[Any]:
    from galley.document import reference_id

    names = [reference_id(reference.key) for reference in document.references]
    return [
        {"id": name, "html": parts[f"reference-{at}"], "cited_at": cited.get(name, ())} for at, name in enumerate(names)
    ]


def _picture(number: int, address: str) -> Picture:
    """A picture out of its data URI."""
    head, _, data = address.partition(",")
    kind = head.removeprefix("data:").partition(";")[0]
    return Picture(f"images/{number + 1}.{ENDINGS.get(kind, 'bin')}", kind, b64decode(data))


def _with_pictures(text: str, pictures: list[Picture]) -> str:
    return IMAGE.sub(lambda found: f'<img src="{pictures[int(found[1])].name}"', text)


def _settled(page: Element) -> Element:
    """The page without prefixes of name spaces, each identifier once, each link to a place that there is."""
    named: set[str] = set()
    for one in page.iter():
        space, _, name = one.tag.rpartition("}")
        one.tag = name
        if name == "math":
            one.set("xmlns", space[1:])
        for key in [key for key in one.attrib if key.startswith("{")]:
            value = one.attrib.pop(key)
            one.set(("xml:" if key.startswith("{http://www.w3.org/XML") else "epub:") + key.rpartition("}")[2], value)
        if one.get("id") in named:
            del one.attrib["id"]
        named.update([one.attrib["id"]] if one.get("id") else [])
        if one.tag == "a" and one.get("role") == "doc-noteref":
            one.set("epub:type", "noteref")
    page.set("xmlns", "http://www.w3.org/1999/xhtml")
    page.set("xmlns:epub", "http://www.idpf.org/2007/ops")
    for one in page.iter("a"):
        target = address(one.get("href", ""), named)
        if target:
            one.set("href", target)
        else:
            one.tag = "span"
            for key in set(one.attrib) & {"href", "role", "epub:type", "aria-label", "target", "rel"}:
                del one.attrib[key]
    return page


def address(target: str, named: set[str]) -> str:
    """A link's address if a reader of the book can follow it, without what no address may hold; else ""."""
    if target.startswith("#"):
        return target if target[1:] in named and len(target) > 1 else ""
    if not re.match(r"(?:https?://[^\s/?#\[\]]+|mailto:[^\s@]+@[^\s@]+)", target, re.IGNORECASE):
        return ""
    base, mark, fragment = target.partition("#")

    def quoted(found: re.Match[str]) -> str:
        return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))

    return LEGAL.sub(quoted, base) + (mark + LEGAL.sub(quoted, fragment.replace("#", "%23")) if mark else "")


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    """The zip: the media type first and bare, all times the same."""
    held = BytesIO()
    with ZipFile(held, "w") as book:
        for name, data in (("mimetype", b"application/epub+zip"), *files):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            book.writestr(entry, data)
    return held.getvalue()
