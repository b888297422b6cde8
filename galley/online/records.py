"""A record of Crossref, DataCite or any CSL-JSON -> the type and fields of a biblatex entry.

Crossref's own JSON and the CSL-JSON made of it differ in small things (a title is a list in one, a string in the
other); both are read here. Nothing a service sends can raise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from galley.online.identifiers import doi
from galley.online.text import field, has_title_case, is_shouted, plain, title

Record = Mapping[str, Any]

TYPES = {
    **dict.fromkeys(("journal-article", "article-journal", "review", "review-book"), "article"),
    **dict.fromkeys(("article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("book", "monograph", "reference-book", "edited-book", "book-series", "book-set"), "book"),
    **dict.fromkeys(("book-chapter", "chapter", "book-section", "book-part", "book-track"), "incollection"),
    **dict.fromkeys(("reference-entry", "entry", "entry-encyclopedia", "entry-dictionary"), "inreference"),
    **dict.fromkeys(("proceedings-article", "paper-conference"), "inproceedings"),
    "proceedings": "proceedings",
    **dict.fromkeys(("dissertation", "thesis"), "thesis"),
    **dict.fromkeys(("report", "report-component", "report-series"), "report"),
    "standard": "standard",
    **dict.fromkeys(("posted-content", "preprint", "article"), "online"),
    **dict.fromkeys(("webpage", "post", "post-weblog", "interview"), "online"),
    **dict.fromkeys(("dataset", "database"), "dataset"),
    **dict.fromkeys(("software", "computerprogram"), "software"),
    **dict.fromkeys(("motion_picture", "broadcast", "film"), "video"),
    "speech": "unpublished",
}
"""The types of Crossref and of CSL, and biblatex's; all others are @misc."""
INSIDE = frozenset({"incollection", "inreference", "inproceedings"})


class Draft(NamedTuple):
    """An entry without a key. ``notes`` are what the user should look at."""

    type: str
    fields: dict[str, str]
    notes: tuple[str, ...] = ()


def draft(record: Record) -> Draft:
    """The entry that a record describes."""
    kind = _type(record)
    language = plain(record.get("language")) or "en"
    fields: dict[str, str] = {}

    def put(name: str, value: str) -> None:
        if value:
            fields[name] = value

    for role in ("author", "editor", "translator"):
        put(role, _names(record.get(role)))
    whole, container = first(record.get("title")), first(record.get("container-title"))
    sub = first(record.get("subtitle"))
    put("title", title(whole, language))
    if sub and plain(sub).casefold() not in plain(whole).casefold():
        put("subtitle", title(sub, language))
    put("date", date(record, kind))
    if kind in INSIDE or kind == "book":
        put("booktitle" if kind in INSIDE else "series", title(container, language))
    elif kind == "article":
        put("journaltitle", field(container))
    _numbers(record, kind, put)
    _house(record, kind, put)
    put("doi", doi(plain(record.get("DOI"))))
    put("isbn", plain(first(record.get("ISBN"))) if kind in ("book", "proceedings", *INSIDE) else "")
    if "doi" not in fields:
        put("url", _url(record.get("URL")))
    if language[:2].lower() != "en":
        put("langid", language[:2].lower())
    if record.get("type") in ("article-magazine", "article-newspaper"):
        put("entrysubtype", str(record["type"]).removeprefix("article-"))
    return Draft(kind, fields, (*_remarks(whole, fields), *_shouted_names(record)))


def _type(record: Record) -> str:
    kind = TYPES.get(str(record.get("type", "")).lower(), "misc")
    if kind == "article" and not plain(first(record.get("container-title"))):
        return "online"  # a paper in a repository, which calls it an article
    return kind


def _remarks(whole: str, fields: Mapping[str, str]) -> list[str]:
    found = []
    if is_shouted(whole):
        found.append("the title came in capitals; give names in it theirs back, in braces")
    elif "langid" not in fields and has_title_case(plain(whole)):
        found.append("its title came in title case, which is lowered; put names in it into braces: {Kabul}")
    found.extend(f"the record names no {name}" for name in ("title", "date") if name not in fields)
    if "author" not in fields and "editor" not in fields:
        found.append("the record names no author")
    return found


def _shouted_names(record: Record) -> list[str]:
    rows = record.get("author")
    people = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    names = [name for one in people if (name := plain(one.get("family"))) != _lowered(name)]
    return [f"names came in capitals: {', '.join(names[:5])}; see that they are spelt right"] if names else []


def _lowered(name: str) -> str:
    """A family name that came in capitals, with the first of each part alone."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _numbers(record: Record, kind: str, put: Any) -> None:
    put("volume", field(record.get("volume")))
    issue = plain(record.get("issue")) or plain(_inner(record.get("journal-issue")).get("issue"))
    put("number", field(issue or record.get("number") or ""))
    pages = re.sub(r"\s*[-\u2010-\u2015]+\s*", "--", plain(record.get("page")))
    article = field(record.get("article-number"))
    if re.fullmatch(r"e\d+|[A-Za-z]*\d{5,}", pages) and kind == "article" and not article:
        pages, article = "", pages  # an article's number, sent as its page
    put("pages", pages)
    put("eid", article if not pages or pages == article else "")
    put("edition", field(record.get("edition-number") or record.get("edition") or ""))
    put("version", field(record.get("version") or ""))
    put("eventtitle", field(_inner(record.get("event")).get("name")) if kind == "unpublished" else "")


def _house(record: Record, kind: str, put: Any) -> None:
    """The body behind a work, under the name that its type has for it; a journal's publisher is not printed."""
    publisher = field(record.get("publisher"))
    institution = field(_inner(first(record.get("institution"), raw=True)).get("name"))
    if kind == "article":
        return
    if kind in ("thesis", "report"):
        put("institution", institution or publisher)
        if kind == "thesis":
            degree = plain(first(record.get("degree")) or record.get("genre")).lower()
            put("type", "mathesis" if "master" in degree or degree.startswith(("m.", "ms", "ma")) else "phdthesis")
    elif kind == "online":
        group = field(record.get("group-title"))  # an archive's name, or only its name for the subject
        archive = group if "rxiv" in group.lower() else field(first(record.get("container-title")))
        archive = institution or archive or publisher
        put("organization", archive)
    else:
        put("publisher", publisher)


def _names(people: object) -> str:
    found = [_name(one) for one in people if isinstance(one, Mapping)] if isinstance(people, list) else []
    return " and ".join(one for one in found[:200] if one)


def _name(person: Record) -> str:
    """A person as "von Family, Jr., Given", a group in braces of its own."""
    family, given = field(_lowered(plain(person.get("family")))), field(person.get("given"))
    group = field(person.get("literal")) or field(person.get("name"))
    if not family:
        return f"{{{group or given}}}" if group or given else ""
    particle = plain(person.get("non-dropping-particle") or person.get("dropping-particle"))
    family = f"{particle} {family}" if particle else family
    if re.search(r" and ", f" {family} "):
        family = f"{{{family}}}"
    suffix = field(person.get("suffix"))
    return ", ".join(part for part in (family, suffix, given) if part)


def years(record: Record) -> set[str]:
    """Every year in which the record says that the work came out: in print, on the web, as issued."""
    names = ("issued", "published", "published-print", "published-online", "published-other", "posted", "accepted")
    return {parts[0] for name in names if (parts := _date_parts(record.get(name)))}


def date(record: Record, kind: str = "") -> str:
    """The date in ISO form: of an article's printed volume where there is one, for that is the one cited."""
    order = ("published-print", "issued") if kind == "article" and record.get("volume") else ("issued",)
    for name in (*order, "published", "published-print", "published-online", "posted"):
        if parts := _date_parts(record.get(name)):
            return "-".join(parts)
    return ""


def _date_parts(value: object) -> list[str]:
    """The year, month and day of a CSL date, each as ISO has it; [] where there is no year."""
    given = _inner(value)
    rows = given.get("date-parts")
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    if not row or not row[0]:
        found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", plain(given.get("raw") or given.get("literal")))
        row = [part for part in found.groups() if part] if found else []
    parts: list[str] = []
    for value_, top, width in zip(row, (2200, 12, 31), (4, 2, 2), strict=False):
        number = int(value_) if isinstance(value_, int) or (isinstance(value_, str) and value_.isdecimal()) else 0
        if not 0 < number <= top:
            break
        parts.append(f"{number:0{width}}")
    return parts


def first(value: object, *, raw: bool = False) -> Any:
    """A value, or the first of a list of them; "" where there is none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if raw or isinstance(value, str) else ""


def _inner(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}


def _url(value: object) -> str:
    text = plain(value)
    return text if re.fullmatch(r"https?://[^\s{}]+", text) else ""


def from_datacite(attributes: Record) -> Record:
    """DataCite's attributes of a DOI as CSL-JSON."""
    types = _inner(attributes.get("types"))
    general = plain(types.get("resourceTypeGeneral")).lower()
    kind = {"preprint": "posted-content", "software": "software", "dataset": "dataset"}.get(general)
    publisher = attributes.get("publisher")
    issued = [_inner(one) for one in _rows(attributes.get("dates"))]
    issued = [one for one in issued if one.get("dateType") == "Issued"]
    year = plain(attributes.get("publicationYear"))
    day = plain(issued[0].get("date")) if issued else ""
    titles = [_inner(one) for one in _rows(attributes.get("titles"))]
    main = [one for one in titles if not one.get("titleType")] or titles
    return {
        "type": kind or plain(types.get("citeproc")) or "misc",
        "title": main[0].get("title") if main else "",
        "subtitle": next((one.get("title") for one in titles if one.get("titleType") == "Subtitle"), ""),
        "author": [_creator(_inner(one)) for one in _rows(attributes.get("creators"))],
        "issued": {"raw": day if day.startswith(year) else year},
        "publisher": _inner(publisher).get("name") if isinstance(publisher, Mapping) else publisher,
        "version": attributes.get("version"),
        "DOI": attributes.get("doi"),
        "language": attributes.get("language") or "",
    }


def _creator(one: Record) -> Record:
    if one.get("familyName") and one.get("nameType") != "Organizational":
        return {"family": one["familyName"], "given": one.get("givenName") or ""}
    name = plain(one.get("name"))
    if one.get("nameType") != "Organizational" and name.count(", ") == 1:
        family, given = name.split(", ")
        return {"family": family, "given": given}
    return {"literal": name}


def _rows(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []
