"""The title page in JATS: ``journal-meta`` and ``article-meta``, in the order the DTD wants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.document import Document
from galley.formats.jatsxml import ALI, LANG, Content, element, href, optional, words
from galley.formats.metadata import licence_url, orcid_url
from galley.frontmatter import Affiliation, Author, FrontMatter

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting

CREDIT = "https://credit.niso.org/"
HISTORY = (("received", "received"), ("rev-recd", "revised"), ("accepted", "accepted"))
"""JATS's names of dates and ours, in their order."""


def front(document: Document, setting: Setting, body: Element) -> Element:
    """The ``front`` of an article; ``body`` is counted."""
    return element("front", _journal(document.meta), _article(document, setting, body))


def _journal(meta: FrontMatter) -> Element:
    journal = meta.journal
    identifier = journal.abbreviation or journal.eissn or journal.issn or journal.title or "journal"
    titles = element("journal-title-group", optional("journal-title", journal.title))
    if journal.abbreviation:
        titles.append(element("abbrev-journal-title", journal.abbreviation, abbrev_type="publisher"))
    return element(
        "journal-meta",
        element("journal-id", re.sub(r"\s+", "-", identifier), journal_id_type="publisher-id"),
        titles if len(titles) else None,
        optional("issn", journal.issn, publication_format="print"),
        optional("issn", journal.eissn, publication_format="electronic"),
        element("publisher", element("publisher-name", journal.publisher)) if journal.publisher else None,
    )


def _article(document: Document, setting: Setting, body: Element) -> Element:
    meta = document.meta
    return element(
        "article-meta",
        optional("article-id", meta.doi, pub_id_type="doi"),
        _categories(meta),
        _titles(document, setting),
        _contributors(meta),
        [_affiliation(one, at) for at, one in enumerate(meta.affiliations, 1)],
        _author_notes(document, setting),
        _date("pub-date", meta.date, date_type="pub", publication_format="electronic"),
        optional("volume", meta.volume),
        optional("issue", meta.issue),
        _pages(meta),
        _history(meta),
        _permissions(meta),
        _abstracts(document, setting),
        _keywords(meta),
        _funding(document, setting),
        _counts(document, body),
    )


def _categories(meta: FrontMatter) -> Element:
    subject = meta.type[:1].upper() + meta.type[1:] if meta.type else "Article"
    return element("article-categories", element("subj-group", element("subject", subject), subj_group_type="heading"))


def _titles(document: Document, setting: Setting) -> Element:
    meta = document.meta
    title = _lines(document, setting, "title") or [meta.title]
    subtitle = _lines(document, setting, "subtitle") or ([meta.subtitle] if meta.subtitle else [])
    made = element("title-group", element("article-title", title))
    made.extend([element("subtitle", subtitle)] if subtitle else [])
    if meta.short_title:
        made.append(element("alt-title", meta.short_title, alt_title_type="running-head"))
    return made


def _lines(document: Document, setting: Setting, slot: str) -> list[Content]:
    blocks = document.slots.get(slot, ())
    return [part for block in blocks if block["t"] in ("Plain", "Para") for part in setting.inlines(block["c"])]


def _contributors(meta: FrontMatter) -> Element | None:
    rows = [_contributor(author, at) for at, author in enumerate(meta.authors, 1)]
    return element("contrib-group", rows) if rows else None


def _contributor(author: Author, number: int) -> Element:
    made = element(
        "contrib",
        contrib_type="author",
        corresp="yes" if author.corresponding else "",
        equal_contrib="yes" if author.equal else "",
    )
    orcid = orcid_url(author)
    if orcid:
        made.append(element("contrib-id", orcid, contrib_id_type="orcid"))
    if author.family:
        made.append(element("name", element("surname", author.family), optional("given-names", author.given)))
    else:
        made.append(element("collab", author.name))
    for role in author.roles:
        slug = re.sub(r"[^a-z]+", "-", role.lower().replace("&", "")).strip("-")
        made.append(
            element(
                "role",
                role,
                vocab="credit",
                vocab_identifier=CREDIT,
                vocab_term=role,
                vocab_term_identifier=f"{CREDIT}contributor-roles/{slug}/",
            )
        )
    made.extend(
        element("xref", element("sup", str(at + 1)), ref_type="aff", rid=f"aff{at + 1}") for at in author.affiliations
    )
    if author.corresponding and author.email:
        made.append(element("xref", element("sup", "*"), ref_type="corresp", rid=f"cor{number}"))
    elif author.email:
        made.append(element("email", author.email))
    return made


def _affiliation(one: Affiliation, number: int) -> Element:
    names = [optional("institution", one.department, content_type="dept"), element("institution", one.name)]
    if one.ror:
        ror = one.ror if one.ror.startswith("http") else f"https://ror.org/{one.ror}"
        names.append(element("institution-id", ror, institution_id_type="ror"))
    made = element("aff", element("label", str(number)), element("institution-wrap", names), id=f"aff{number}")
    for name, text in (("city", one.city), ("country", one.country)):
        if text:
            made[-1].tail = (made[-1].tail or "") + ", "
            made.append(element(name, text))
    return made


def _author_notes(document: Document, setting: Setting) -> Element | None:
    rows: list[Element] = []
    for number, author in enumerate(document.meta.authors, 1):
        if author.corresponding and author.email:
            said: list[Content] = ["Correspondence: ", author.name, ", ", element("email", author.email)]
            rows.append(element("corresp", element("label", "*"), said, id=f"cor{number}"))
    if any(author.equal for author in document.meta.authors):
        rows.append(element("fn", element("p", "These authors contributed equally."), fn_type="equal"))
    notes = [author.note for author in document.meta.authors if author.note]
    rows.extend(element("fn", element("p", note), fn_type="other") for note in notes)
    note = setting.blocks(document.slots.get("author-note", ()))
    rows.extend([element("fn", note, fn_type="other")] if note else [])
    interest = setting.blocks(document.slots.get("conflict-of-interest", ()))
    rows.extend([element("fn", interest, fn_type="coi-statement")] if interest else [])
    return element("author-notes", rows) if rows else None


def _date(name: str, text: str, **pairs: str) -> Element | None:
    """A date as JATS wants it, of as much as is known."""
    parts = re.findall(r"\d+", text)
    if not parts or len(parts[0]) != 4:
        return None
    names = ("year", "month", "day")
    made = [element(part, value) for part, value in zip(names, parts, strict=False)]
    return element(name, reversed(made), iso_8601_date="-".join(parts[:3]), **pairs)


def _pages(meta: FrontMatter) -> list[Element]:
    if meta.first_page is None:
        return [element("elocation-id", meta.article_number)] if meta.article_number else []
    first, last = str(meta.first_page), str(meta.last_page or meta.first_page)
    return [element("fpage", first), element("lpage", last)]


def _history(meta: FrontMatter) -> Element | None:
    rows = [_date("date", getattr(meta, ours), date_type=name) for name, ours in HISTORY]
    found = [row for row in rows if row is not None]
    return element("history", found) if found else None


def _permissions(meta: FrontMatter) -> Element | None:
    made = element("permissions")
    if meta.copyright:
        year = next(iter(re.findall(r"\b(?:19|20)\d\d\b", meta.copyright)), meta.year)
        holder = re.sub(r"^(?:copyright|©|\(c\)|\s|\d{4}|,)+", "", meta.copyright, flags=re.IGNORECASE)
        statement = meta.copyright if "©" in meta.copyright else f"© {year} {holder}"
        made.append(element("copyright-statement", statement.strip()))
        made.extend([element("copyright-year", year)] if year else [])
        made.extend([element("copyright-holder", holder)] if holder else [])
    url = licence_url(meta.license)
    if meta.license:
        licence = element("license", license_type="open-access" if "creativecommons" in url else "")
        if url:
            href(licence, url)
            licence.append(element(f"{{{ALI}}}license_ref", url))
        licence.append(element("license-p", _licence_words(meta.license, url)))
        made.append(licence)
    return made if len(made) else None


def _licence_words(name: str, url: str) -> list[Content]:
    if not url:
        return [name]
    bare = name.replace(url, "").strip(" ()<>.,")
    shown = href(element("ext-link", bare or url, ext_link_type="uri"), url)
    return ["This article is published under the licence ", shown, "."]


def _abstracts(document: Document, setting: Setting) -> list[Element]:
    rows: list[Element] = []
    for name, blocks in document.slots.items():
        if name == "abstract":
            rows.insert(0, element("abstract", setting.sections(blocks)))
        elif name.startswith("abstract-"):
            other = element("trans-abstract", setting.sections(blocks))
            other.set(LANG, name.removeprefix("abstract-"))
            rows.append(other)
    return rows


def _keywords(meta: FrontMatter) -> Element | None:
    if not meta.keywords:
        return None
    made = element("kwd-group", [element("kwd", word) for word in meta.keywords], kwd_group_type="author")
    made.set(LANG, meta.lang)
    return made


def _funding(document: Document, setting: Setting) -> Element | None:
    said = _lines(document, setting, "funding")
    return element("funding-group", element("funding-statement", said)) if said else None


def _counts(document: Document, body: Element) -> Element:
    meta = document.meta
    pages = meta.last_page - meta.first_page + 1 if meta.first_page and meta.last_page else 0
    rows = [
        ("fig-count", len(body.findall(".//fig"))),
        ("table-count", len(body.findall(".//table-wrap"))),
        ("equation-count", len(body.findall(".//disp-formula"))),
        ("ref-count", len(document.references)),
        *([("page-count", pages)] if pages else []),
        ("word-count", len(words(body).split())),
    ]
    return element("counts", [element(name, count=str(number)) for name, number in rows])
