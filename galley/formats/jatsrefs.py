"""The reference list in JATS: each reference as data (``element-citation``) and as printed (``mixed-citation``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from galley.document import Document, reference_id
from galley.formats.jatsxml import Content, Identifiers, element, href, optional
from galley.formats.records import Record, bare, date

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting

KINDS = {
    "article-journal": "journal",
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
    "article": "preprint",
    "book": "book",
    "chapter": "book",
    "entry-encyclopedia": "book",
    "entry-dictionary": "book",
    "paper-conference": "confproc",
    "report": "report",
    "thesis": "thesis",
    "software": "software",
    "dataset": "data",
    "webpage": "webpage",
    "post": "webpage",
    "post-weblog": "webpage",
    "legal_case": "legal",
    "legislation": "legal",
    "bill": "legal",
    "patent": "patent",
    "standard": "standard",
    "speech": "confproc",
    "motion_picture": "video",
    "song": "audio",
    "broadcast": "broadcast",
}
"""CSL's types and what ``publication-type`` calls them (JATS4R, citations)."""
HELD = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference"})
"""Types of works that are parts of a book."""


def references(document: Document, setting: Setting, records: Mapping[str, Record], title: str) -> Element | None:
    """The list, None where nothing is cited."""
    if not document.references:
        return None
    rows = [element("title", title)] if title else []
    for one in document.references:
        name = setting.names.of(reference_id(one.key))
        both: list[Content] = []
        if one.key in records:
            both.append(citation(records[one.key], setting.names))
        record = records.get(one.key, {})
        kind = KINDS.get(str(record.get("type", "")), "other")
        both.append(element("mixed-citation", setting.inlines(one.inlines), publication_type=kind))
        held = element("citation-alternatives", both) if len(both) > 1 else both[0]
        rows.append(element("ref", held, id=name))
    return element("ref-list", rows)


def citation(record: Record, _: Identifiers) -> Element:
    """A record as ``element-citation``."""
    kind = str(record.get("type", ""))
    made = element("element-citation", publication_type=KINDS.get(kind, "other"))
    _people(made, record.get("author", ()), "author")
    made.extend(_date(record))
    title, container = bare(record.get("title")), bare(record.get("container-title"))
    if kind in HELD:
        _add(made, "part-title" if not container else "chapter-title", title)
        _people(made, record.get("editor", ()), "editor")
        _add(made, "source", container)
    elif container:
        _add(made, "data-title" if kind == "dataset" else "article-title", title)
        _add(made, "source", container)
    else:
        _people(made, record.get("editor", ()), "editor")
        _add(made, "data-title" if kind == "dataset" else "source", title)
    _add(made, "edition", str(record.get("edition", "")))
    _add(made, "volume", str(record.get("volume", "")))
    _add(made, "issue", str(record.get("issue", "") or record.get("number", "") if kind != "report" else ""))
    _add(made, "version", str(record.get("version", "")))
    made.extend(_pages(record))
    _add(made, "publisher-loc", bare(record.get("publisher-place")))
    _add(made, "publisher-name", bare(record.get("publisher")))
    if record.get("genre"):
        _add(made, "comment", bare(record["genre"]))
    doi = str(record.get("DOI", ""))
    if doi:
        made.append(element("pub-id", doi, pub_id_type="doi"))
    for name, scheme in (("PMID", "pmid"), ("PMCID", "pmcid"), ("ISBN", "isbn")):
        value = str(record.get(name, ""))
        if value:
            made.append(element("isbn", value) if scheme == "isbn" else element("pub-id", value, pub_id_type=scheme))
    url = str(record.get("URL", ""))
    if url.lower().startswith(("http:", "https:")) and not doi:
        made.append(href(element("ext-link", url, ext_link_type="uri"), url))
    return made


def _add(made: Element, name: str, text: str) -> None:
    part = optional(name, text)
    if part is not None:
        made.append(part)


def _people(made: Element, people: Sequence[Mapping[str, Any]], kind: str) -> None:
    rows = [_person(person) for person in people if isinstance(person, Mapping)]
    if rows:
        made.append(element("person-group", rows, person_group_type=kind))


def _person(person: Mapping[str, Any]) -> Element:
    family = " ".join(str(person.get(name, "")) for name in ("non-dropping-particle", "family") if person.get(name))
    given = " ".join(str(person.get(name, "")) for name in ("given", "dropping-particle") if person.get(name))
    if not family or person.get("literal"):
        return element("collab", str(person.get("literal", "")) or given)
    parts = [
        element("surname", family),
        optional("given-names", given),
        optional("suffix", str(person.get("suffix", ""))),
    ]
    return element("name", parts)


def _date(record: Record) -> list[Element]:
    parts = date(record)
    if not parts:
        return []
    iso = "-".join(part.zfill(2 if at else 4) for at, part in enumerate(parts)) if parts[0].isdigit() else ""
    year = element("year", parts[0], iso_8601_date=iso)
    rest = [element(name, part) for name, part in zip(("month", "day"), parts[1:], strict=False)]
    return [year, *rest]


def _pages(record: Record) -> list[Element]:
    """First and last page, or the number of an article that has no pages."""
    text = str(record.get("page", "")).replace("–", "-").replace("—", "-")
    number = str(record.get("number", "")) if record.get("type") == "article-journal" else ""
    if not text:
        return [element("elocation-id", number)] if number else []
    first, dash, last = text.partition("-")
    if "," in text:
        return [element("page-range", text)]
    if not dash and not first.isdigit():
        return [element("elocation-id", first)]
    return [element("fpage", first.strip()), *([element("lpage", last.strip())] if last.strip() else [])]
