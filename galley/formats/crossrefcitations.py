"""The references of an article as Crossref wants them: data as far as it is known, and what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from galley.formats.jatsxml import Content, element
from galley.formats.records import Record, bare, date
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.document import Document

FACES = {"Emph": "i", "Strong": "b", "Superscript": "sup", "Subscript": "sub", "SmallCaps": "scp", "Underline": "u"}
KINDS = {
    "article-journal": "journal_article",
    "article-magazine": "journal_article",
    "article-newspaper": "journal_article",
    "book": "book",
    "chapter": "book_chapter",
    "paper-conference": "conference_paper",
    "report": "report",
    "thesis": "dissertation",
    "dataset": "dataset",
    "software": "software",
    "webpage": "web_resource",
    "post-weblog": "blog_post",
    "article": "preprint",
    "standard": "standard",
}
"""CSL's types and Crossref's names of them."""


def faced(nodes: Sequence[Any]) -> list[Content]:
    """Inlines with the few faces that Crossref keeps."""
    done: list[Content] = []
    for node in nodes:
        if node["t"] in FACES:
            done.append(element(FACES[node["t"]], faced(node["c"])))
        elif node["t"] in ("Link", "Span"):
            done.extend(faced(node["c"][1]))
        elif node["t"] in ("Space", "SoftBreak", "LineBreak"):
            done.append(" ")
        else:
            done.append(plain(node))
    return done


def citations(document: Document, known: Mapping[str, Record]) -> Element | None:
    """The list of them in the order of the print; None where nothing is cited."""
    rows = [
        _citation(f"ref{number}", known.get(one.key, {}), faced(one.inlines))
        for number, one in enumerate(document.references, 1)
    ]
    return element("citation_list", rows) if rows else None


def _citation(key: str, record: Record, printed: Iterable[Content]) -> Element:
    """A reference as data as far as it is known, and as printed."""
    kind = str(record.get("type", ""))
    title, container = bare(record.get("title")), bare(record.get("container-title"))
    journal = kind.startswith("article-")
    first = record.get("author") or [{}]
    name = str(first[0].get("family") or first[0].get("literal") or "") if isinstance(first[0], Mapping) else ""
    doi = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", str(record.get("DOI", "")), flags=re.IGNORECASE)
    number = str(record.get("number", "")) if journal and not record.get("page") else ""
    made = element("citation", key=key, type=KINDS.get(kind, "other"))
    parts = [
        ("issn", _issn(str(record.get("ISSN", "")))),
        ("journal_title", container if journal else ""),
        ("author", name),
        ("volume", _short(str(record.get("volume", "")), 32)),
        ("issue", _short(str(record.get("issue", "")), 32) if journal else ""),
        ("first_page", _short(re.split(r"[-–,]", str(record.get("page", "")))[0].strip(), 32)),
        ("elocation_id", number),
        ("cYear", (date(record) or ("",))[0]),
        ("doi", doi if re.fullmatch(r"10\.\d{4,9}/.{1,200}", doi) else ""),
        ("isbn", _isbn(str(record.get("ISBN", "")))),
        ("volume_title", "" if journal else container or (title if kind == "book" else "")),
        ("edition_number", _short(re.sub(r"\D", "", str(record.get("edition", ""))), 15)),
        ("article_title", title if kind != "book" else ""),
    ]
    made.extend(element(tag, text) for tag, text in parts if text)
    made.append(element("unstructured_citation", printed))
    return made


def _short(text: str, most: int) -> str:
    """The text if it is no longer than the schema allows; half of it would be wrong."""
    return text if len(text) <= most else ""


def _isbn(text: str) -> str:
    digits = re.sub(r"[^\dX]", "", text.upper())
    return digits if re.fullmatch(r"(97[89])?\d{9}[\dX]", digits) else ""


def _issn(text: str) -> str:
    found = re.search(r"\b\d{4}-?\d{3}[\dXx]\b", text)
    return found[0].upper() if found else ""
