"""Citations as files: the article itself in the forms that reference managers read, and its reference list as data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from galley.bibtex import clean
from galley.formats.jatsxml import clean as printable
from galley.formats.metadata import site, title
from galley.formats.records import Record, printed, records
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.document import Document, Entry, Reference
    from galley.frontmatter import Author, Journal

LONGEST = 20000
"""Characters of an abstract in a citation file."""


def bibtex(entry: Entry) -> bytes:
    """The article as a .bib file of one entry."""
    return clean({entry.key: entry}).encode("utf-8")


def apa(reference: Reference) -> bytes:
    """The article as a line in APA 7."""
    return f"{_line(reference.text)}\n".encode()


def ris(document: Document, journal: Journal) -> bytes:
    """The article in RIS, a tag a line."""
    meta = document.meta
    rows = [
        ("TY", "JOUR" if journal.title else "GEN"),
        ("TI", title(document)),
        *(("AU", _sorted(author)) for author in meta.authors),
        ("T2", journal.title),
        ("JA", journal.abbreviation),
        ("PY", meta.year),
        ("DA", meta.date.replace("-", "/") if len(meta.date) > 4 else ""),
        ("VL", meta.volume),
        ("IS", meta.issue),
        ("SP", str(meta.first_page or meta.article_number)),
        ("EP", str(meta.last_page or "")),
        ("DO", meta.doi),
        ("UR", meta.doi_url or site(meta.url)),
        *(("SN", number) for number in (journal.issn, journal.eissn)),
        ("PB", journal.publisher),
        ("LA", meta.lang),
        *(("KW", word) for word in meta.keywords),
        ("AB", plain(document.slots.get("abstract", ()))[:LONGEST]),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in rows if value]
    return ("\r\n".join([*lines, "ER  - "]) + "\r\n").encode("utf-8")


def csl(document: Document, journal: Journal, key: str) -> bytes:
    """The article as CSL-JSON: a list of one record, as programs expect it."""
    meta = document.meta
    record: dict[str, Any] = {
        "id": key,
        "type": "article-journal" if journal.title else "article",
        "title": title(document),
        "author": [_person(author) for author in meta.authors],
        "container-title": journal.title,
        "container-title-short": journal.abbreviation,
        "publisher": journal.publisher,
        "volume": meta.volume,
        "issue": meta.issue,
        "page": meta.pages.replace("–", "-"),
        "number": "" if meta.pages else meta.article_number,
        "issued": {"date-parts": [[int(part) for part in meta.date.split("-")]]} if meta.date else None,
        "DOI": meta.doi,
        "URL": meta.doi_url or site(meta.url),
        "ISSN": journal.eissn or journal.issn,
        "language": meta.lang,
        "keyword": ", ".join(meta.keywords),
        "abstract": plain(document.slots.get("abstract", ()))[:LONGEST],
    }
    return _json([{name: value for name, value in record.items() if value}])


def bibliography(document: Document) -> bytes:
    """The printed references as a clean .bib file, in the order of the list."""
    return printable(clean(printed(document))).encode("utf-8")


def bibliography_csl(document: Document, known: Mapping[str, Record] | None = None) -> bytes:
    """The printed references as CSL-JSON, in the order of the list."""
    return _json(list((records(document) if known is None else known).values()))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text)).strip()


def _sorted(author: Author) -> str:
    return f"{author.family}, {author.given}".strip(", ") if author.family else author.name


def _person(author: Author) -> dict[str, str]:
    if not author.family:
        return {"literal": author.name}
    return {"family": author.family, **({"given": author.given} if author.given else {})}
