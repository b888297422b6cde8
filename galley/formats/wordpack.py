"""The package Pandoc wrote -> the finished one: its text put in order, what it says of itself from the front matter
alone, its parts in a fixed order under a fixed date.
"""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from galley.formats import metadata, wordkeys
from galley.formats.wordtidy import tidied
from galley.formats.wordxml import HEAD, attribute, parse, serialized, w

if TYPE_CHECKING:
    from galley.document import Document
    from galley.formats.wordlook import Area
    from galley.frontmatter import FrontMatter
    from galley.theme import Theme

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a document for which neither the front matter nor SOURCE_DATE_EPOCH gives one."""
STAMP = (1980, 1, 1, 0, 0, 0)
FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def packed(made: bytes, document: Document, theme: Theme, area: Area) -> bytes:
    """The finished package, its tables and pictures such as fit the page."""
    with zipfile.ZipFile(BytesIO(made)) as package:
        parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    texts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in parts]
    trees = [tidied(parse(parts[name]), area) for name in texts]
    wordkeys.marked(trees)
    parts |= {name: serialized(tree) for name, tree in zip(texts, trees, strict=True)}
    wordkeys.told(parts, document)
    parts["word/settings.xml"] = _settings(parts["word/settings.xml"], document.meta.lang)
    parts["docProps/core.xml"] = _core(document, theme).encode()
    parts["docProps/app.xml"] = (
        f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><Application>Galley</Application></Properties>'
    ).encode()
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a package, what Word looks for first standing first."""
    order = [name for name in FIRST_PARTS if name in parts]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in [*order, *sorted(set(parts) - set(order))]:
            item = zipfile.ZipInfo(name, STAMP)
            item.create_system = 0
            stored = name.endswith((".png", ".jpg", ".jpeg", ".gif"))
            package.writestr(item, parts[name], zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def made(meta: FrontMatter) -> datetime:
    """The date the document bears: that of publication, else SOURCE_DATE_EPOCH (seconds), else 1 January 2000."""
    if meta.date:
        return datetime.fromisoformat((meta.date + "-01-01")[:10]).replace(tzinfo=UTC)
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else EPOCH


def _core(document: Document, theme: Theme) -> str:
    """docProps/core.xml: what the front matter says, and nobody who saved the file."""
    from html import escape

    meta = document.meta
    journal = theme.journal(document.meta.journal)
    date = made(meta).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {
        "dc:title": metadata.title(document),
        "dc:subject": ". ".join(part for part in (journal.title, meta.doi_url) if part),
        "dc:creator": "; ".join(author.name for author in meta.authors),
        "cp:keywords": ", ".join(meta.keywords),
        "dc:description": metadata.description(document),
        "dc:language": meta.lang,
        "dc:identifier": meta.doi_url,
        "cp:category": meta.type,
    }
    rows = [f"<{name}>{escape(value)}</{name}>" for name, value in said.items() if value]
    rows += [f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}</dcterms:{name}>' for name in ("created", "modified")]
    return f"{HEAD}<cp:coreProperties {CORE}>{''.join(rows)}</cp:coreProperties>"


def _settings(data: bytes, lang: str) -> bytes:
    """word/settings.xml in the article's language; no identifiers of editing sessions."""
    tree = parse(data)
    for element in tree.findall(w("rsids")):
        tree.remove(element)
    for element in tree.iter(w("themeFontLang")):
        attribute(element, "w:val", lang)
    return serialized(tree)
