"""A settled document and its finished files -> the native import XML of Open Journal Systems: one article, its galleys.

In OJS it is imported under Tools > Import/Export > Native XML Plugin > Import. The format changes with each release:
a theme says which it is for (``[ojs] release``); ``3.6`` is the form of the schema published last.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, register_namespace

from galley.formats.jatspeople import ror_url
from galley.formats.jatsxml import clean, element, optional
from galley.formats.jatsxml import document as as_bytes
from galley.formats.metadata import licence_url, orcid_url
from galley.formats.vocabularies import country_code
from galley.pandoc import plain

if TYPE_CHECKING:
    from galley.document import Document
    from galley.frontmatter import Affiliation, Author, FrontMatter
    from galley.theme import Theme

SPACE = "http://pkp.sfu.ca"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
RELEASES = ("3.3", "3.4", "3.6")
LABELS = {"epub": "EPUB", "docx": "DOCX", "html": "HTML", "pdf": "PDF", "xml": "XML"}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "html": "text/html",
    "pdf": "application/pdf",
    "xml": "application/xml",
}
LOCALES = {
    one[:2]: one
    for one in (
        *("ar_IQ", "cs_CZ", "da_DK", "de_DE", "en_US", "es_ES", "fa_IR", "fr_FR", "hi_IN", "hu_HU", "id_ID", "it_IT"),
        *("ja_JP", "nl_NL", "pl_PL", "pt_BR", "ru_RU", "sv_SE", "tr_TR", "uk_UA", "ur_PK", "zh_CN"),
    )
}
"""The locales of OJS up to 3.3 by language; later it names most by their language alone."""

register_namespace("xsi", INSTANCE)


@dataclass(frozen=True, slots=True)
class Platform:
    """What a theme says of the journal's installation, under ``[ojs]``.

    ``section`` is the abbreviation of the section the article goes to, ``group`` the role its authors have,
    ``genre`` the kind of file a galley is; ``published`` puts it online at once, else an editor does.
    """

    release: str = "3.6"
    locale: str = ""
    section: str = "ART"
    group: str = "Author"
    genre: str = "Article Text"
    published: bool = False

    @property
    def old(self) -> bool:
        """Whether affiliations and keywords are bare words yet."""
        return self.release in ("3.3", "3.4")

    def named(self, lang: str) -> str:
        """A language as this release of OJS calls it."""
        first = lang.split("-")[0].lower()
        if self.release == "3.3":
            return LOCALES.get(first, first)
        return {"pt": "pt_BR", "fr": "fr_FR", "zh": "zh_Hans"}.get(first, first)


def platform(theme: Theme) -> Platform:
    """The installation a theme is made for; what it does not say is as OJS has it by default."""
    said: Mapping[str, Any] = theme.tokens.get("ojs", {})
    words = {name: str(said[name]) for name in ("locale", "section", "group", "genre") if said.get(name)}
    release = str(said.get("release", RELEASES[-1]))
    known = release if release in RELEASES else RELEASES[-1]
    return Platform(**words, release=known, published=bool(said.get("published", False)))


def importable(document: Document, theme: Theme, galleys: Mapping[str, bytes]) -> bytes:
    """The article as UTF-8 XML with ``galleys``, finished files by name such as "article.pdf", inside it."""
    document = replace(document, meta=replace(document.meta, journal=theme.journal(document.meta.journal)))
    meta, journal = document.meta, platform(theme)
    locale = journal.locale or journal.named(meta.lang)
    root = Element("article", {"xmlns": SPACE, "stage": "production", "locale": locale})
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{SPACE} native.xsd")
    root.set("status", "3" if journal.published else "1")
    root.set("submission_progress", "0" if journal.release == "3.3" else "")
    root.set("current_publication_id", "1")
    if is_day(meta.received):
        root.set("date_submitted", meta.received)
    root.append(identifier_element("internal", "1", "ignore"))
    for number, (name, content) in enumerate(galleys.items(), 1):
        root.append(_file(number, name, content, locale, journal))
    root.append(_publication(document, list(galleys), locale, journal))
    return as_bytes(root)


def _file(number: int, name: str, content: bytes, locale: str, journal: Platform) -> Element:
    """A finished file as text in base 64."""
    ending = name.rpartition(".")[2].lower()
    made = Element("submission_file", {"id": str(number), "file_id": str(number), "stage": "proof"})
    made.set("genre", journal.genre)
    made.set("viewable", "false")
    made.append(localized("name", name, locale))
    held = Element("file", {"id": str(number), "filesize": str(len(content)), "extension": ending})
    embed = Element("embed", {"encoding": "base64"})
    if ending in TYPES and not journal.old:
        embed.set("mime_type", TYPES[ending])
    embed.text = b64encode(content).decode("ascii")
    held.append(embed)
    made.append(held)
    return made


def _publication(document: Document, galleys: list[str], locale: str, journal: Platform) -> Element:
    meta = document.meta
    made = Element("publication", {"section_ref": journal.section, "seq": "0", "access_status": "0"})
    made.set("status", "3" if journal.published else "1")
    if journal.old:
        made.set("version", "1")
    else:
        made.set("id", "1")
    if meta.authors:
        made.set("primary_contact_id", str(_contact(meta)))
    if is_day(meta.date):
        made.set("date_published", meta.date)
    made.append(identifier_element("internal", "1", "ignore"))
    if meta.doi:
        made.append(identifier_element("doi", meta.doi, "update"))
    made.extend(_described(document, locale, journal))
    if meta.authors:
        rows = [_author(one, at, meta, locale, journal) for at, one in enumerate(meta.authors)]
        made.append(element("authors", rows))
    made.extend(_galley(number, name, locale) for number, name in enumerate(galleys, 1))
    if document.references:
        made.append(element("citations", [element("citation", one.text) for one in document.references]))
    made.extend([_issue(meta)] if meta.volume or meta.issue else [])
    pages = meta.pages.replace("–", "-") or meta.article_number
    made.extend([element("pages", pages)] if pages else [])
    return made


def _described(document: Document, locale: str, journal: Platform) -> list[Element]:
    """Titles, abstracts, rights and keywords."""
    meta = document.meta
    holder = re.sub(r"^(?:copyright|©|\(c\)|\s|\d{4}|,)+", "", meta.copyright, flags=re.IGNORECASE)
    year = next(iter(re.findall(r"\b(?:19|20)\d\d\b", meta.copyright)), meta.year)
    rows = [localized("title", plain(document.slots.get("title", ())) or meta.title, locale)]
    subtitle = plain(document.slots.get("subtitle", ())) or meta.subtitle
    rows += [localized("subtitle", subtitle, locale)] if subtitle else []
    rows += _abstracts(document, locale, journal)
    rows += [localized("type", meta.type, locale)] if meta.type else []
    url = licence_url(meta.license)
    rows += [element("licenseUrl", url)] if url else []
    rows += [localized("copyrightHolder", holder, locale)] if holder else []
    rows += [element("copyrightYear", year)] if holder and year else []
    rows += _words("keywords", "keyword", meta.keywords, locale, journal)
    return rows + _words("agencies", "agency", [one.name for one in meta.funders], locale, journal)


def _abstracts(document: Document, locale: str, journal: Platform) -> list[Element]:
    """Abstracts as the HTML that OJS keeps them in, a paragraph an element."""
    rows: list[Element] = []
    for name, blocks in document.slots.items():
        if name != "abstract" and not name.startswith("abstract-"):
            continue
        paragraphs = [re.sub(r"\s+", " ", plain([block])).strip() for block in blocks]
        html = "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs if text)
        if html and name == "abstract":
            rows.insert(0, localized("abstract", html, locale))
        elif html:
            rows.append(localized("abstract", html, journal.named(name.removeprefix("abstract-"))))
    return rows


def _words(group: str, one: str, words: list[str] | tuple[str, ...], locale: str, journal: Platform) -> list[Element]:
    """A list of words of a vocabulary; since 3.5 each is an entry with a name."""
    if not words:
        return []
    rows = [element(one, word if journal.old else element("name", word)) for word in words]
    made = element(group, rows)
    made.set("locale", locale)
    return [made]


def _author(author: Author, place: int, meta: FrontMatter, locale: str, journal: Platform) -> Element:
    made = Element("author", {"include_in_browse": "true", "seq": str(place), "id": str(place + 1)})
    if journal.old:
        made.set("user_group_ref", journal.group)
    else:
        made.set("contributor_type", "PERSON" if author.family else "ORGANIZATION")
    made.append(localized("givenname", (author.given if author.family else author.name) or author.name, locale))
    if author.family and author.given:
        made.append(localized("familyname", author.family, locale))
    homes = [meta.affiliations[at] for at in author.affiliations]
    made.extend(_homes(homes, locale, journal))
    country = next((code for one in homes if (code := country_code(one.country))), "")
    made.extend([element("country", country)] if country else [])
    mail = author.email or (meta.authors[_contact(meta) - 1].email if journal.old else "")
    made.extend([element("email", mail)] if mail or journal.old else [])
    orcid = orcid_url(author)
    made.extend([element("orcid", orcid)] if orcid else [])
    if not journal.old:
        made.append(element("contributor_roles", element("contributor_role_id", "1")))
    return made


def _homes(homes: list[Affiliation], locale: str, journal: Platform) -> list[Element]:
    if journal.old:  # these releases know one line
        return [localized("affiliation", "; ".join(one.text for one in homes), locale)] if homes else []
    rows = []
    for one in homes:
        ror = [element("ror", ror_url(one.ror))] if one.ror else []
        rows.append(element("rorAffiliation" if ror else "affiliation", ror, localized("name", one.text, locale)))
    return rows


def _contact(meta: FrontMatter) -> int:
    """The number of the author to whom one writes."""
    places = [at for at, one in enumerate(meta.authors, 1) if one.corresponding]
    return next(iter(places), next((at for at, one in enumerate(meta.authors, 1) if one.email), 1))


def _galley(number: int, name: str, locale: str) -> Element:
    ending = name.rpartition(".")[2].lower()
    made = Element("article_galley", {"locale": locale, "approved": "true"})
    made.append(localized("name", LABELS.get(ending, ending.upper()), locale))
    made.append(element("seq", str(number - 1)))
    made.append(Element("submission_file_ref", {"id": str(number)}))
    return made


def _issue(meta: FrontMatter) -> Element:
    volume = meta.volume if meta.volume.isascii() and meta.volume.isdigit() else ""
    parts = [optional("volume", volume), optional("number", meta.issue), optional("year", meta.year)]
    return element("issue_identification", parts)


def localized(tag: str, text: str, locale: str) -> Element:
    """An element with words in a language, as OJS names it."""
    made = Element(tag, {"locale": locale})
    made.text = clean(text)
    return made


def identifier_element(kind: str, text: str, advice: str) -> Element:
    """An identifier of a kind; ``advice`` says what OJS makes of it: "ignore", "update"."""
    made = Element("id", {"type": kind, "advice": advice})
    made.text = clean(text)
    return made


def is_day(text: str) -> bool:
    """Whether a date says year, month and day."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None
