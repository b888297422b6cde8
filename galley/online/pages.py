"""A web page -> what it says of itself: a DOI, the tags of scholarly pages, else title, site, date and authors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from galley.online.identifiers import doi
from galley.online.records import Draft, draft
from galley.online.services import reversed_name
from galley.online.text import field, has_title_case, plain, title
from galley.online.transport import Answer

MOST = 600_000
"""Characters of a page that are read: what it says of itself stands at its top."""
DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?")


class Page(NamedTuple):
    """What a page says of itself: its meta tags by name in small letters, its title, its JSON-LD, its language."""

    address: str
    tags: dict[str, list[str]]
    heading: str
    data: tuple[dict[str, Any], ...]
    language: str

    def first(self, *names: str) -> str:
        """The first tag there is of these, without markup."""
        return next((text for name in names for text in map(plain, self.tags.get(name, ())) if text), "")


def page(answer: Answer) -> Page:
    """Read an answer that is HTML."""
    reader = _Reader()
    reader.feed(_decoded(answer)[:MOST])
    data = tuple(one for text in reader.scripts[:20] for one in _linked(text))
    return Page(answer.address, reader.tags, plain(reader.heading), data, reader.language[:2].lower())


def is_page(answer: Answer) -> bool:
    """Whether an answer is HTML, by its header or else by how it begins."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    return not kind and answer.body[:300].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _decoded(answer: Answer) -> str:
    told = re.search(r"charset=[\"']?([\w-]+)", answer.headers.get("content-type", ""))
    tag = re.search(rb"<meta[^>]{0,100}charset=[\"']?([\w-]+)", answer.body[:4_000], re.IGNORECASE)
    name = told[1] if told else tag[1].decode() if tag else "utf-8"
    try:
        return answer.body.decode(name, "replace")
    except LookupError:
        return answer.body.decode("utf-8", "replace")


class _Reader(HTMLParser):
    """Gathers meta tags, the title and scripts that hold JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: dict[str, list[str]] = {}
        self.heading = ""
        self.scripts: list[str] = []
        self.language = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("name") or values.get("property") or values.get("itemprop") or "").lower()
            if name and values.get("content"):
                self.tags.setdefault(name, []).append(values["content"])
        elif tag == "html":
            self.language = values.get("lang", "")
        elif tag == "title" and not self.heading:
            self.inside = "title"
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self.inside = "script"
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.heading += data[:1_000]
        elif self.inside == "script":
            self.scripts[-1] += data


def _linked(text: str) -> Iterator[dict[str, Any]]:
    """The things that a piece of JSON-LD speaks of."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in data if isinstance(data, list) else [data]:
        if isinstance(one, dict):
            graph = one.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else [one]


def doi_of_page(found: Page) -> str:
    """The DOI that a page says is its own, or ""."""
    for name in ("citation_doi", "prism.doi", "dc.identifier", "dc.identifier.doi", "bepress_citation_doi", "doi"):
        for text in found.tags.get(name, ()):
            if value := doi(text):
                return value
    return ""


def entry(found: Page, today: str) -> Draft | None:
    """The entry of a page; None where it has not even a title. ``today`` is when it was looked at, in ISO form."""
    return _scholarly(found) if found.first("citation_title") else _online(found, today)


def _scholarly(found: Page) -> Draft:
    """The entry of a page with the tags that Google Scholar asks publishers for (citation_title and the like)."""
    names = [plain(one) for one in found.tags.get("citation_author", [])]
    first, last = found.first("citation_firstpage"), found.first("citation_lastpage")
    kind = "webpage"
    for tag, told in (("citation_journal_title", "journal-article"), ("citation_conference_title", "paper-conference"),
                      ("citation_inbook_title", "chapter"), ("citation_dissertation_institution", "thesis"),
                      ("citation_technical_report_institution", "report")):  # fmt: skip
        if found.first(tag):
            kind = told
            break
    record = {
        "type": kind,
        "title": found.first("citation_title"),
        "author": [_person(one) for one in names],
        "container-title": found.first("citation_journal_title", "citation_conference_title", "citation_inbook_title"),
        "issued": {"raw": _day(found.first("citation_publication_date", "citation_date", "citation_online_date"))},
        "volume": found.first("citation_volume"),
        "issue": found.first("citation_issue"),
        "page": f"{first}-{last}" if first and last and first != last else first,
        "publisher": found.first(
            "citation_dissertation_institution", "citation_technical_report_institution", "citation_publisher"
        ),
        "ISBN": found.first("citation_isbn"),
        "language": found.first("citation_language") or found.language,
        "URL": found.address,
    }
    return draft(record)


def _person(name: str) -> dict[str, str]:
    family, _, given = (name if "," in name else reversed_name(name)).partition(", ")
    return {"family": family, "given": given} if given else {"literal": family}


def _online(found: Page, today: str) -> Draft | None:
    """The entry of any other page: @online, with the site's name in place of a publisher (APA 7 §10.16)."""
    article = next((one for one in found.data if "headline" in one or "datePublished" in one), {})
    host = (urlsplit(found.address).hostname or "").removeprefix("www.")
    site = found.first("og:site_name", "application-name") or _name(article.get("publisher")) or host
    heading = found.first("og:title", "dc.title", "twitter:title") or plain(article.get("headline")) or found.heading
    if not heading:
        return None
    heading = re.sub(rf"\s*[|\u2013\u2014:·-]\s*{re.escape(site)}\s*$", "", heading, flags=re.IGNORECASE) or heading
    day = _day(found.first("article:published_time", "citation_publication_date", "dc.date", "dcterms.date",
                           "dc.date.issued", "datepublished", "date", "parsely-pub-date", "sailthru.date",
                           "pubdate", "publish-date")) or _day(plain(article.get("datePublished")))  # fmt: skip
    people = _authors(found, article, site)
    language = found.language or "en"
    fields = {
        "author": people,
        "title": title(heading, language),
        "date": day,
        "organization": field(site),
        "url": found.address,
        "urldate": today,
        "langid": "" if language == "en" else language,
    }
    notes = [] if people else ["the page names no author"]
    notes += ["put names in its title into braces: {Kabul}"] if language == "en" and has_title_case(heading) else []
    notes += [] if day else ["the page names no date"]
    return Draft("online", {name: value for name, value in fields.items() if value}, tuple(notes))


def _authors(found: Page, article: dict[str, Any], site: str) -> str:
    told = [plain(one) for name in ("author", "dc.creator", "parsely-author") for one in found.tags.get(name, ())]
    told = told or [plain(one) for one in found.tags.get("article:author", ())]
    named = article.get("author")
    told = told or [_name(one) for one in (named if isinstance(named, list) else [named])]
    names: list[str] = []
    for text in told:
        parts = re.split(r"\s*;\s*|\s+(?:and|&)\s+", re.sub(r"(?i)^by\s+", "", text))
        names += [one for one in parts if one and "://" not in one and "@" not in one and len(one) < 80]
    people = []
    for one in dict.fromkeys(names):
        known_group = one.casefold() == site.casefold() or not 2 <= len(one.split()) <= 4
        people.append(f"{{{field(one)}}}" if known_group else field(one if "," in one else reversed_name(one)))
    return " and ".join(people[:50])


def _name(one: object) -> str:
    if isinstance(one, list):
        one = one[0] if one else ""
    return plain(one.get("name")) if isinstance(one, dict) else plain(one)


def _day(text: str) -> str:
    """A date of a tag in ISO form; "" where it is none."""
    found = DAY.fullmatch(text.strip())
    if not found or not 1400 < int(found[1]) < 2200:
        return ""
    parts = [found[1]]
    for part, top in ((found[2], 12), (found[3], 31)):
        if not part or not 0 < int(part) <= top:
            break
        parts.append(f"{int(part):02}")
    return "-".join(parts)
