"""A settled document -> a Crossref deposit (schema 5.4.0): the article with its DOI, people, licence, references.

Nothing is filled in that is not known: a date that is only a year stays a year. The batch's time stamp comes from
the article's own date, so the same article always gives the same bytes; whoever posts it sets the hour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, register_namespace

from galley.document import Document
from galley.formats.crossrefcitations import citations, faced
from galley.formats.jatspeople import ror_url
from galley.formats.jatstree import Setting
from galley.formats.jatsxml import LANG, Identifiers, clean, element, optional, paragraphs
from galley.formats.jatsxml import document as as_bytes
from galley.formats.metadata import licence_url, orcid_url, site
from galley.formats.records import Record, records
from galley.frontmatter import Affiliation, Author, FrontMatter
from galley.pandoc import walk

if TYPE_CHECKING:
    from galley.theme import Theme

SPACE = "http://www.crossref.org/schema/5.4.0"
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
ACCESS = "http://www.crossref.org/AccessIndicators.xsd"
FUNDING = "http://www.crossref.org/fundref.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
NOBODY = "unknown@example.org"
"""Stands where the schema asks for an address and none is known; a deposit with it is not posted."""
for prefix, space in (("jats", JATS), ("ai", ACCESS), ("fr", FUNDING), ("xsi", INSTANCE)):
    register_namespace(prefix, space)


def deposit(
    document: Document, theme: Theme, known: Mapping[str, Record] | None = None, depositor: tuple[str, str] = ("", "")
) -> bytes:
    """The deposit as UTF-8 XML. ``depositor`` is who registers the DOI and an e-mail address that gets the answer."""
    document = replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))
    meta = document.meta
    name = depositor[0] or meta.journal.publisher or meta.journal.title or "unknown"
    mail = depositor[1] or next((one.email for one in meta.authors if one.email), NOBODY)
    root = element("doi_batch", version="5.4.0", xmlns=SPACE)
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{SPACE} https://www.crossref.org/schemas/crossref5.4.0.xsd")
    batch = re.sub(r"[^\w.-]", "-", meta.doi or meta.title)[:90].ljust(4, "-")
    root.append(
        element(
            "head",
            element("doi_batch_id", batch),
            element("timestamp", (re.sub(r"\D", "", meta.date) + "0" * 14)[:14]),
            element("depositor", element("depositor_name", name[:130]), element("email_address", mail)),
            element("registrant", name[:255]),
        )
    )
    data = records(document) if known is None else known
    root.append(
        element("body", element("journal", journal_element(meta), issue_element(meta), _article(document, data)))
    )
    return as_bytes(root)


def journal_element(meta: FrontMatter) -> Element:
    """The journal: its title and its numbers."""
    journal = meta.journal
    return element(
        "journal_metadata",
        element("full_title", journal.title[:255] or "unknown"),
        optional("abbrev_title", journal.abbreviation[:150]),
        _named("issn", journal.issn, {"media_type": "print"}) if journal.issn else None,
        _named("issn", journal.eissn, {"media_type": "electronic"}) if journal.eissn else None,
        language=_language(meta.lang),
    )


def issue_element(meta: FrontMatter) -> Element | None:
    """The issue, where volume or number are known."""
    if not (meta.volume or meta.issue):
        return None
    volume = element("journal_volume", element("volume", meta.volume)) if meta.volume else None
    return element("journal_issue", _date("publication_date", meta.date), volume, optional("issue", meta.issue))


def _article(document: Document, known: Mapping[str, Record]) -> Element:
    meta = document.meta
    made = element(
        "journal_article",
        _titles(document),
        _contributors(meta),
        _abstracts(document),
        _date("publication_date", meta.date),
        _date("acceptance_date", meta.accepted) if meta.accepted else None,
        _pages(meta),
        _funding(meta),
        _access(meta),
        _doi(meta),
        citations(document, known),
        language=_language(meta.lang),
    )
    return _with({"publication_type": "full_text"}, made)


def _language(lang: str) -> str:
    """The language as the schema knows it: two or three letters."""
    first = lang.split("-")[0].lower()
    return first if re.fullmatch("[a-z]{2}", first) else ""


def lacking(meta: FrontMatter) -> tuple[str, ...]:
    """The fields of a title page without which Crossref takes no deposit and that are not there."""
    journal = meta.journal
    wanted = (
        ("doi", meta.doi),
        ("date", meta.date),
        ("journal.title", journal.title),
        ("journal.issn", journal.issn or journal.eissn),
        ("url", site(meta.url) or site(journal.url)),
        ("author", "there" if meta.authors else ""),
    )
    return tuple(name for name, value in wanted if not value)


def _titles(document: Document) -> Element:
    title = faced(_lines(document, "title")) or [document.meta.title]
    subtitle = faced(_lines(document, "subtitle"))
    return element("titles", element("title", title), element("subtitle", subtitle) if subtitle else None)


def _lines(document: Document, slot: str) -> list[Any]:
    blocks = document.slots.get(slot, ())
    return [node for block in blocks if block["t"] in ("Plain", "Para") for node in block["c"]]


def _contributors(meta: FrontMatter) -> Element | None:
    rows = [_contributor(author, meta, first=at == 0) for at, author in enumerate(meta.authors)]
    return element("contributors", rows) if rows else None


def _contributor(author: Author, meta: FrontMatter, *, first: bool) -> Element:
    place = {"sequence": "first" if first else "additional", "contributor_role": "author"}
    if not author.family:
        return Element("organization", place) if not author.name else _named("organization", author.name, place)
    made = Element("person_name", place)
    made.extend([element("given_name", author.given)] if author.given else [])
    made.append(element("surname", author.family))
    homes = [_institution(meta.affiliations[at]) for at in author.affiliations]
    made.extend([element("affiliations", homes)] if homes else [])
    orcid = orcid_url(author)
    made.extend([element("ORCID", orcid)] if orcid else [])
    return made


def _named(tag: str, text: str, pairs: Mapping[str, str]) -> Element:
    """An element whose attributes have underscores in their names."""
    made = Element(tag, dict(pairs))
    made.text = clean(text)
    return made


def _institution(one: Affiliation) -> Element:
    ror = ror_url(one.ror)
    place = ", ".join(part for part in (one.city, one.country) if part)
    return element(
        "institution",
        element("institution_name", one.name),
        element("institution_id", ror, type="ror") if ror else None,
        optional("institution_place", place),
        optional("institution_department", one.department),
    )


def _abstracts(document: Document) -> list[Element]:
    """The abstracts, the article's own first, those in further languages marked with them."""
    own = _abstract(document.slots.get("abstract", ()))
    made = [] if own is None else [own]
    for name, blocks in document.slots.items():
        other = _abstract(blocks) if name.startswith("abstract-") else None
        if other is not None:
            other.set(LANG, name.removeprefix("abstract-"))
            made.append(other)
    return made


def _abstract(blocks: Sequence[Any]) -> Element | None:
    """An abstract as JATS in the name space that Crossref gives it, its formulas as TeX, its links as words."""
    made = paragraphs(Setting(Identifiers(), {}, {}, {}).blocks(walk(list(blocks), _without_notes)))
    if not made:
        return None
    whole = element("abstract", made)
    for part in whole.iter():
        if not part.tag.startswith("{"):
            part.tag = f"{{{JATS}}}{part.tag}"
    return whole


def _without_notes(node: Any) -> list[Any] | None:
    return [] if node["t"] == "Note" else None


def _date(tag: str, text: str) -> Element | None:
    """A date of as much as is known: month and day only where they are given."""
    parts = re.findall(r"\d+", text)
    if not parts or len(parts[0]) != 4:
        return None
    year, month, day = (*parts, "", "")[:3]
    rows = [optional("month", month.zfill(2) if month else ""), optional("day", day.zfill(2) if day else "")]
    return _with({"media_type": "online"}, element(tag, rows, element("year", year)))


def _with(pairs: Mapping[str, str], made: Element) -> Element:
    made.attrib.update(pairs)
    return made


def _pages(meta: FrontMatter) -> Element | None:
    if meta.first_page is None:
        if not meta.article_number:
            return None
        number = _named("item_number", meta.article_number, {"item_number_type": "article_number"})
        return element("publisher_item", number)
    last = str(meta.last_page or "")
    return element("pages", element("first_page", str(meta.first_page)), optional("last_page", last))


def _funding(meta: FrontMatter) -> Element | None:
    if not meta.funders:
        return None
    program = Element(f"{{{FUNDING}}}program", {"name": "fundref"})
    for funder in meta.funders:
        group = _assertion("fundgroup", "")
        name = _assertion("funder_name", funder.name)
        number = re.search(r"10\.13039/\d+", funder.id)
        if number:
            name.append(_assertion("funder_identifier", f"https://doi.org/{number[0]}"))
        group.append(name)
        if "ror.org/" in funder.id:
            group.append(_assertion("ror", ror_url(funder.id)))
        group.extend(_assertion("award_number", award) for award in funder.awards)
        program.append(group)
    return program


def _assertion(name: str, text: str) -> Element:
    return _named(f"{{{FUNDING}}}assertion", text, {"name": name})


def _access(meta: FrontMatter) -> Element | None:
    url = licence_url(meta.license)
    if not url:
        return None
    program = Element(f"{{{ACCESS}}}program", {"name": "AccessIndicators"})
    if "creativecommons" in url:
        program.append(Element(f"{{{ACCESS}}}free_to_read"))
    start = {"start_date": meta.date} if re.fullmatch(r"\d{4}-\d\d-\d\d", meta.date) else {}
    program.append(_named(f"{{{ACCESS}}}license_ref", url, {"applies_to": "vor", **start}))
    return program


def _doi(meta: FrontMatter) -> Element:
    """The DOI and where it leads; a full text for text mining where the journal says where it lies."""
    made = element("doi_data", element("doi", meta.doi), element("resource", site(meta.url) or site(meta.journal.url)))
    if meta.pdf_url:
        full = _named("resource", meta.pdf_url, {"mime_type": "application/pdf", "content_version": "vor"})
        made.append(element("collection", element("item", full), property="text-mining"))
    return made
