"""What an article's page tells machines: Google Scholar's citation_* tags, schema.org's JSON-LD, a few of OpenGraph."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from galley.pandoc import plain
from galley.patterns import pattern

if TYPE_CHECKING:
    from galley.document import Document
    from galley.frontmatter import Author, FrontMatter

LICENCE = pattern(r"CC[ -]?(BY(?:-NC)?(?:-ND|-SA)?)(?:[ -]?(\d\.\d))?", re.IGNORECASE)
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
DESCRIPTION = 300
"""Characters of the abstract that search engines and previews are given."""


def direction(lang: str) -> str:
    """The direction of a language's writing, "ltr" or "rtl"; a script in the tag decides (BCP 47)."""
    first, *rest = lang.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def licence_url(name: str) -> str:
    """The address of a licence's deed: of Creative Commons by name, of any other if it is written out; else ""."""
    if "CC0" in name.upper():
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = LICENCE.search(name)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2] or '4.0'}/"
    written = re.search(r"https?://[^\s<>\"]+", name)
    return written[0] if written else ""


def site(url: str) -> str:
    """The journal's web address, "https://" put before one typed without it; "" where it is no web address."""
    bare = url.strip()
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", bare):
        return f"https://{bare}"
    return bare if re.fullmatch(r"https?://\S+", bare) else ""


def title(document: Document) -> str:
    """The article's title and subtitle in plain words."""
    parts = [plain(document.slots.get("title", ())) or document.meta.title, plain(document.slots.get("subtitle", ()))]
    return ": ".join(part for part in parts if part)


def description(document: Document) -> str:
    """The beginning of the abstract, cut at a word."""
    words = re.sub(r"\s+", " ", plain(document.slots.get("abstract", ())))
    if len(words) <= DESCRIPTION:
        return words
    return words[:DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def tags(document: Document) -> list[tuple[str, str]]:
    """The citation_* tags in the order Google Scholar documents; each author is followed by what is theirs."""
    meta = document.meta
    journal = meta.journal
    rows = [("citation_title", title(document))]
    for author in meta.authors:
        rows.append(("citation_author", _sorted_name(author)))
        rows += [("citation_author_institution", meta.affiliations[place].text) for place in author.affiliations]
        rows.append(("citation_author_orcid", orcid_url(author)))
        rows.append(("citation_author_email", author.email))
    rows += [
        ("citation_publication_date", meta.date.replace("-", "/")),
        ("citation_journal_title", journal.title),
        ("citation_journal_abbrev", journal.abbreviation),
        ("citation_publisher", journal.publisher),
        ("citation_issn", journal.issn),
        ("citation_issn", journal.eissn),
        ("citation_volume", meta.volume),
        ("citation_issue", meta.issue),
        ("citation_firstpage", str(meta.first_page or meta.article_number)),
        ("citation_lastpage", str(meta.last_page or "")),
        ("citation_doi", meta.doi),
        ("citation_language", meta.lang),
        ("citation_keywords", "; ".join(meta.keywords)),
    ]
    rows += [("citation_reference", reference.text) for reference in document.references]
    return [(name, content) for name, content in rows if content]


def graph(document: Document) -> list[tuple[str, str]]:
    """The OpenGraph properties a preview of a link shows."""
    meta = document.meta
    rows = [
        ("og:type", "article"),
        ("og:title", title(document)),
        ("og:description", description(document)),
        ("og:site_name", meta.journal.title),
        ("og:locale", meta.lang.replace("-", "_")),
        ("article:published_time", meta.date),
    ]
    return [(name, content) for name, content in rows if content]


def linked_data(document: Document) -> str:
    """The article as a schema.org ScholarlyArticle, safe to stand in a script element."""
    meta = document.meta
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": meta.doi_url,
        "url": meta.doi_url,
        "headline": title(document),
        "author": [_person(author, meta) for author in meta.authors],
        "datePublished": meta.date,
        "abstract": plain(document.slots.get("abstract", ())),
        "keywords": list(meta.keywords),
        "inLanguage": meta.lang,
        "license": licence_url(meta.license) or meta.license,
        "copyrightHolder": meta.copyright,
        "pageStart": str(meta.first_page or ""),
        "pageEnd": str(meta.last_page or ""),
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": meta.doi} if meta.doi else None,
        "isPartOf": _part_of(meta),
        "publisher": _organization(meta.journal.publisher),
    }
    text = json.dumps(_filled(article), ensure_ascii=False, indent=1)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def orcid_url(author: Author) -> str:
    """An author's ORCID iD as the link ORCID wants shown, or ""."""
    found = re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", author.orcid)
    return f"https://orcid.org/{found[0]}" if found else ""


def _sorted_name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


def _person(author: Author, meta: FrontMatter) -> dict[str, Any]:
    return {
        "@type": "Person",
        "@id": orcid_url(author),
        "name": author.name,
        "givenName": author.given,
        "familyName": author.family,
        "email": author.email,
        "affiliation": [_organization(meta.affiliations[place].text) for place in author.affiliations],
    }


def _organization(name: str) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None


def _part_of(meta: FrontMatter) -> dict[str, Any] | None:
    """The issue in its volume in its journal, as much of that as there is."""
    journal, part = meta.journal, None
    if journal.title:
        numbers = [number for number in (journal.issn, journal.eissn) if number]
        part = {
            "@type": "Periodical",
            "name": journal.title,
            "issn": numbers,
            "url": site(journal.url),
            "publisher": _organization(journal.publisher),
        }
    if meta.volume:
        part = {"@type": "PublicationVolume", "volumeNumber": meta.volume, "isPartOf": part}
    if meta.issue:
        part = {
            "@type": "PublicationIssue",
            "issueNumber": meta.issue,
            "datePublished": meta.date,
            "isPartOf": part,
        }
    return part


def _filled(value: Any) -> Any:
    """The value without what is empty."""
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items() if item not in ("", None, [], {})}
    return [_filled(item) for item in value] if isinstance(value, list) else value
