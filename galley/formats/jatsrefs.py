"""The reference list in JATS: each reference as data (``element-citation``) and as printed (``mixed-citation``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from galley.document import Document, reference_id
from galley.formats.jatsxml import XLINK, Content, clean, element, linked, optional
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
ARTICLES = frozenset({"article", "article-journal", "article-magazine", "article-newspaper"})
TITLE = f"{{{XLINK}}}title"
HELD = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference"})
"""Types of works that are parts of a book."""


def references(document: Document, setting: Setting, records: Mapping[str, Record], title: str) -> Element | None:
    """The list, None where nothing is cited."""
    if not document.references:
        return None
    rows = [element("title", title)] if title else []
    for one in document.references:
        record = records.get(one.key, {})
        kind = KINDS.get(str(record.get("type", "")), "other")
        both: list[Content] = [citation(record)] if record else []
        both.append(element("mixed-citation", setting.inlines(one.inlines), publication_type=kind))
        held = element("citation-alternatives", both) if len(both) > 1 else both[0]
        made = element("ref", held, id=setting.names.of(reference_id(one.key)))
        title_of_work = bare(record.get("title")) or one.text[:120]
        for link in made.iter("ext-link"):
            if link.get(TITLE):  # its words are an address: it says what it leads to
                link.set(TITLE, clean(title_of_work))
        rows.append(made)
    return element("ref-list", rows)


def citation(record: Record) -> Element:
    """A record as ``element-citation``."""
    kind = str(record.get("type", ""))
    made = element("element-citation", publication_type=KINDS.get(kind, "other"))
    _people(made, record.get("author", ()), "author")
    made.extend(_date(record))
    _titles(made, record, kind)
    _add(made, "edition", str(record.get("edition", "")))
    _add(made, "volume", str(record.get("volume", "")))
    _add(made, "issue", str(record.get("issue", "")))
    _add(made, "version", str(record.get("version", "")))
    made.extend(_pages(record))
    _add(made, "series", bare(record.get("collection-title")))
    _add(made, "conf-name", bare(record.get("event-title") or record.get("event")))
    _add(made, "conf-loc", bare(record.get("event-place")))
    _add(made, "publisher-loc", bare(record.get("publisher-place")))
    _add(made, "publisher-name", bare(record.get("publisher")) if kind != "article" else "")
    _add(made, "comment", bare(record.get("genre")))
    made.extend(_identifiers(record, kind))
    return made


def _titles(made: Element, record: Record, kind: str) -> None:
    """What the work is called and what it stands in (JATS4R, general, data and preprint citations)."""
    title, container = bare(record.get("title")), bare(record.get("container-title"))
    if kind in HELD:
        article = "article-title" if kind == "paper-conference" else "chapter-title" if container else "part-title"
        _add(made, article, title)
        _people(made, record.get("editor", ()), "editor")
        _add(made, "source", container)
        return
    held = "data-title" if kind == "dataset" else "article-title"
    if kind == "article" and not container:  # a preprint stands on its server
        container = bare(record.get("publisher") or record.get("archive"))
    if not container:
        _people(made, record.get("editor", ()), "editor")
        held = "data-title" if kind == "dataset" else "source"
    _add(made, held, title)
    _add(made, "source", container)


def _identifiers(record: Record, kind: str) -> list[Element]:
    """Numbers by which the work is found, and its address where it has no DOI."""
    made: list[Element] = []
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", str(record.get("DOI", "")), flags=re.IGNORECASE)
    number = str(record.get("number", "")) if kind not in ARTICLES else ""
    if number:
        if kind == "patent":
            made.append(element("patent", number))
        elif kind == "standard":
            made.append(element("pub-id", number, pub_id_type="std-designation"))
        else:
            made.append(element("pub-id", number, pub_id_type="custom", custom_type="number"))
    for name, scheme in (("PMID", "pmid"), ("PMCID", "pmcid")):
        if record.get(name):
            made.append(element("pub-id", str(record[name]), pub_id_type=scheme))
    if record.get("ISBN"):
        made.append(element("isbn", str(record["ISBN"])))
    if doi:
        made.append(element("pub-id", doi, pub_id_type="doi"))
    url = str(record.get("URL", ""))
    if url.lower().startswith(("http:", "https:")) and not doi:
        made.append(linked(url, url))
        looked = [part.zfill(2) for part in date(record, "accessed")]
        if looked:
            iso = "-".join(looked)
            made.append(element("date-in-citation", iso, content_type="access-date", iso_8601_date=iso))
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
    first, dash, last = (part.strip() for part in text.partition("-"))
    if "," in text:
        return [element("page-range", text)]
    if not dash and not first.isdigit():
        return [element("elocation-id", first)]
    if first.isdigit() and last.isdigit() and len(last) < len(first):  # 1203-5
        last = first[: len(first) - len(last)] + last
    return [element("fpage", first), *([element("lpage", last)] if last else [])]
