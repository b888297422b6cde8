"""The title page in JATS: ``journal-meta`` and ``article-meta``, in the order the DTD wants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.document import Document, Node
from galley.formats.jatspeople import affiliations, author_notes, contributors, ror_url
from galley.formats.jatsxml import ALI, LANG, Content, element, href, linked, optional, paragraphs, prose
from galley.formats.metadata import licence_url
from galley.frontmatter import FrontMatter, Funder
from galley.pandoc import Change, inlines, plain, walk

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting

KINDS = {
    "article": "research-article",
    "articlecommentary": "article-commentary",
    "bookreview": "book-review",
    "briefreport": "brief-report",
    "casereport": "case-report",
    "commentary": "article-commentary",
    "correction": "correction",
    "datapaper": "data-paper",
    "editorial": "editorial",
    "erratum": "correction",
    "introduction": "introduction",
    "letter": "letter",
    "methodsarticle": "methods-article",
    "news": "news",
    "obituary": "obituary",
    "rapidcommunication": "rapid-communication",
    "reply": "reply",
    "retraction": "retraction",
    "reviewarticle": "review-article",
    "review": "review-article",
    "systematicreview": "systematic-review",
    "translation": "translation",
}
"""Types of articles as journals name them, letters only, and JATS's ``article-type``."""
HISTORY = (("received", "received"), ("rev-recd", "revised"), ("accepted", "accepted"))
"""JATS's names of dates and ours, in their order."""


def front(document: Document, setting: Setting) -> Element:
    """The ``front`` of an article, but for the counts that end its ``article-meta``."""
    return element("front", _journal(document.meta), _article(document, setting))


def article_type(meta: FrontMatter) -> str:
    """The ``article-type`` that JATS has for the journal's own."""
    return KINDS.get(re.sub(r"[^a-z]", "", meta.type.lower()), "research-article")


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


def _article(document: Document, setting: Setting) -> Element:
    meta = document.meta
    return element(
        "article-meta",
        optional("article-id", meta.doi, pub_id_type="doi"),
        _categories(meta),
        _titles(document, setting),
        contributors(meta),
        affiliations(meta),
        author_notes(document, setting),
        _date("pub-date", meta.date, date_type="pub", publication_format="electronic"),
        optional("volume", meta.volume),
        optional("issue", meta.issue),
        _pages(meta),
        _history(meta),
        _permissions(meta),
        _addresses(meta),
        _abstracts(document, setting),
        _keywords(meta),
        _funding(document, setting),
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


def _in_line(node: Node) -> Node | None:
    """A formula on a line of its own among the words."""
    return {"t": "Math", "c": [{"t": "InlineMath"}, node["c"][1]]} if node["t"] == "Math" else None


def _in_words(node: Node) -> Node | None:
    """A formula as its TeX, where none may stand."""
    return {"t": "Str", "c": node["c"][1]} if node["t"] == "Math" else None


def _lines(document: Document, setting: Setting, slot: str, change: Change = _in_line) -> list[Content]:
    """A slot as one run of words; what is more than a line of words becomes its words."""
    rows: list[Content] = []
    for block in document.slots.get(slot, ()):
        line = block["c"] if block["t"] in ("Plain", "Para") else inlines(plain([block]))
        rows += [" ", *setting.inlines(walk(line, change))] if rows else setting.inlines(walk(line, change))
    return rows


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
        licence.set(LANG, "en")
        licence.append(element("license-p", _licence_words(meta.license, url)))
        made.append(licence)
    return made if len(made) else None


def _licence_words(name: str, url: str) -> list[Content]:
    if not url:
        return [name]
    bare = name.replace(url, "").strip(" ()<>.,")
    shown = linked(bare or url, url, name)
    return ["This article is published under the licence ", shown, "."]


def _abstracts(document: Document, setting: Setting) -> list[Element]:
    rows: list[Element] = []
    for name, blocks in document.slots.items():
        if name == "abstract":
            rows.insert(0, element("abstract", paragraphs(setting.sections(blocks), "sec")))
        elif name.startswith("abstract-"):
            other = element("trans-abstract", paragraphs(setting.sections(blocks), "sec"))
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
    """Funders with their awards, and what the article says of them (JATS4R, funding)."""
    said = _lines(document, setting, "funding", _in_words)
    groups = [_award_group(funder, at) for at, funder in enumerate(document.meta.funders, 1)]
    if not (said or groups):
        return None
    return element("funding-group", groups, element("funding-statement", said) if said else None)


def _award_group(funder: Funder, number: int) -> Element:
    source = element("institution-wrap", element("institution", funder.name))
    known = re.search(r"10\.13039/\d+", funder.id)
    if known:
        source.append(
            element(
                "institution-id",
                known[0],
                institution_id_type="doi",
                vocab="open-funder-registry",
                vocab_identifier="10.13039/open-funder-registry",
            )
        )
    elif re.search(r"(?:^|ror\.org/)0[a-z0-9]{6}\d\d$", funder.id):
        source.append(element("institution-id", ror_url(funder.id), institution_id_type="ror"))
    awards = [element("award-id", award) for award in funder.awards]
    return element("award-group", element("funding-source", source), awards, id=f"award{number}")


def _addresses(meta: FrontMatter) -> list[Element]:
    """Where the article stands, as a page and as a PDF."""
    rows = [(meta.url, "text/html", "Article page"), (meta.pdf_url, "application/pdf", "PDF")]
    made = [(element("self-uri", title, content_type=kind), url) for url, kind, title in rows if url]
    return [href(one, url) for one, url in made]


def counts(document: Document, body: Element, back: Element) -> Element:
    """How much there is of what, appendices included; the words are the body's, without formulas."""
    meta = document.meta
    pages = meta.last_page - meta.first_page + 1 if meta.first_page and meta.last_page else 0

    def number(tag: str) -> int:
        return sum(1 for part in (body, back) for _ in part.iter(tag))

    rows = [
        ("fig-count", number("fig")),
        ("table-count", number("table-wrap")),
        ("equation-count", number("disp-formula")),
        ("ref-count", len(document.references)),
        *([("page-count", pages)] if pages else []),
        ("word-count", len(prose(body).split())),
    ]
    return element("counts", [element(name, count=str(count)) for name, count in rows])
