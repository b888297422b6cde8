"""Citations that EndNote put in: its XML, plain in the field's code or packed beside it, as CSL-JSON."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from galley.reading.word.cslfields import Cited, by_data, unpacked
from galley.reading.word.package import parsed
from galley.typescript import FieldItem

TYPES = {
    "journal article": "article-journal",
    "electronic article": "article-journal",
    "magazine article": "article-magazine",
    "newspaper article": "article-newspaper",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "classical work": "book",
    "book section": "chapter",
    "electronic book section": "chapter",
    "conference proceedings": "paper-conference",
    "conference paper": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "government document": "report",
    "standard": "standard",
    "web page": "webpage",
    "blog": "post-weblog",
    "online database": "dataset",
    "dataset": "dataset",
    "computer program": "software",
    "film or broadcast": "motion_picture",
    "audiovisual material": "motion_picture",
    "manuscript": "manuscript",
    "unpublished work": "manuscript",
    "personal communication": "personal_communication",
    "case": "legal_case",
    "statute": "legislation",
    "patent": "patent",
    "dictionary": "entry-dictionary",
    "encyclopedia": "entry-encyclopedia",
    "map": "map",
    "artwork": "graphic",
    "interview": "interview",
    "press release": "article-newspaper",
    "preprint": "article",
}
FIELDS = {
    "volume": "volume",
    "number": "issue",
    "edition": "edition",
    "publisher": "publisher",
    "pub-location": "publisher-place",
    "electronic-resource-num": "DOI",
    "abstract": "abstract",
    "language": "language",
    "section": "section",
    "num-vols": "number-of-volumes",
}


def endnote(code: str, data: tuple[str, ...]) -> Cited | None:
    """A citation from a field's code and the data packed with it; None where neither holds a record."""
    for text in (code, *map(unpacked, data), unpacked("".join(data)) if len(data) > 1 else ""):
        root = _tree(text)
        if root is None:
            continue
        cites = [_item(cite) for cite in root.iter("Cite")]
        if cites:
            shown = next((_words(one) for one in root.iter("DisplayText")), "")
            return Cited("endnote", tuple(item for item, _ in cites), tuple(names for _, names in cites), shown)
    return None


def _tree(text: str) -> Element | None:
    start, end = text.find("<EndNote>"), text.rfind("</EndNote>")
    if start < 0 or end < 0:
        return None
    inner = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text[start : end + len("</EndNote>")])
    try:
        return parsed(inner.encode())
    except ParseError:
        return None


def _item(cite: Element) -> tuple[FieldItem, tuple[str, ...]]:
    record = cite.find("record")
    csl = _csl(record) if record is not None else _thin(cite)
    number = _words(cite.find("RecNum"))
    base = next((key.get("db-id", "") for key in record.iter("key")), "") if record is not None else ""
    guid = next((key.get("guid", "") for key in record.iter("key")), "") if record is not None else ""
    name = f"{base}/{number}" if base and number else f"endnote:{guid}" if guid else by_data(csl)
    pages = _words(cite.find("Pages"))
    item = FieldItem(
        name,
        csl,
        _words(cite.find("Prefix")).replace("`", ""),  # a back-quote lets a semicolon be part of a prefix
        _words(cite.find("Suffix")).replace("`", ""),
        pages,
        "page" if pages else "",
        cite.get("ExcludeAuth") == "1",
    )
    return item, (name,)


def _thin(cite: Element) -> dict[str, Any]:
    """What a citation without a record says: the first author's surname and the year."""
    return _dated({"type": "document", "author": [_name(_words(cite.find("Author")))]}, _words(cite.find("Year")))


def _csl(record: Element) -> dict[str, Any]:
    kind = record.find("ref-type")
    name = (kind.get("name", "") if kind is not None else "").lower()
    csl: dict[str, Any] = {"type": TYPES.get(name, "document")}
    for path, role in (("authors", "author"), ("secondary-authors", "editor"), ("translated-authors", "translator")):
        people = [_name(_words(one)) for one in record.findall(f"contributors/{path}/author")]
        if name == "edited book" and role == "author":
            role = "editor"
        if people:
            csl[role] = people
    csl |= _titles(record, csl["type"])
    for tag, field in FIELDS.items():
        text = _words(record.find(tag))
        if text:
            csl[field] = text
    pages = _words(record.find("pages"))
    if pages:
        csl["page"] = pages.replace("–", "-")
    if name == "thesis" and (genre := _words(record.find("work-type"))):
        csl["genre"] = genre
    if "DOI" in csl:
        csl["DOI"] = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", csl["DOI"], flags=re.IGNORECASE)
    number = _words(record.find("isbn"))
    if number:
        csl["ISSN" if csl["type"].startswith("article") else "ISBN"] = number.split("\n")[0].split("\r")[0]
    url = next((_words(one) for one in record.findall("urls/related-urls/url")), "")
    if url:
        csl["URL"] = url
    return _dated(csl, _words(record.find("dates/year")), _words(record.find("dates/pub-dates/date")))


def _titles(record: Element, kind: str) -> dict[str, str]:
    title, second = _words(record.find("titles/title")), _words(record.find("titles/secondary-title"))
    whole = _words(record.find("periodical/full-title")) if kind.startswith("article") else ""
    found = {"title": title, "container-title": second or whole}
    if kind in ("book", "thesis", "report") and second:
        found = {"title": title, "collection-title": second}
    return {name: text for name, text in found.items() if text}


def _dated(csl: dict[str, Any], year: str, day: str = "") -> dict[str, Any]:
    if re.fullmatch(r"\d{4}", year.strip()):
        csl["issued"] = {"date-parts": [[int(year)]]}
    elif year:
        csl["issued"] = {"literal": year}
    if day and day.strip() != year.strip() and csl["type"] in ("webpage", "article-newspaper", "article-magazine"):
        csl["issued"] = {**csl.get("issued", {}), "season": day}
    return csl


def _name(text: str) -> dict[str, str]:
    """EndNote writes "Family, Given" and ends a group's name with a comma."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and given:
        return {"family": family, "given": given}
    return {"literal": family}


def _words(element: Element | None) -> str:
    """An element's text; EndNote wraps it in ``style`` elements."""
    return "".join(element.itertext()).strip() if element is not None else ""
