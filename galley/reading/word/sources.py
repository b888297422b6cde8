"""Citations by Word's own reference tool: CITATION fields, and the sources that the file keeps, as CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from galley.reading.word.cslfields import Cited
from galley.reading.word.package import Package
from galley.typescript import FieldItem

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
TYPES = {
    "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-magazine",
    "Book": "book",
    "BookSection": "chapter",
    "ConferenceProceedings": "paper-conference",
    "Report": "report",
    "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage",
    "ElectronicSource": "document",
    "Art": "graphic",
    "SoundRecording": "song",
    "Performance": "performance",
    "Film": "motion_picture",
    "Interview": "interview",
    "Patent": "patent",
    "Case": "legal_case",
    "Misc": "document",
}
FIELDS = {
    "Title": "title",
    "Volume": "volume",
    "Issue": "issue",
    "Pages": "page",
    "Publisher": "publisher",
    "Institution": "publisher",
    "City": "publisher-place",
    "Edition": "edition",
    "URL": "URL",
    "DOI": "DOI",
    "ShortTitle": "title-short",
}
CONTAINERS = ("JournalName", "PeriodicalTitle", "BookTitle", "ConferenceName", "InternetSiteTitle", "PublicationTitle")
ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def sources(package: Package) -> dict[str, dict[str, Any]]:
    """The sources of a file by their tags, from whichever custom XML part holds them."""
    found: dict[str, dict[str, Any]] = {}
    for name in package.parts("customxml/"):
        raw = package.bytes(name) or b""
        if b"officeDocument/2006/bibliography" not in raw[:2000]:
            continue
        root = package.side(name)
        for source in root.iter(B + "Source") if root is not None else ():
            tag = _text(source, "Tag")
            if tag:
                found[tag.lower()] = _csl(source)
    return found


def citation(code: str, listed: Mapping[str, dict[str, Any]]) -> Cited | None:
    """A CITATION field: the tags it names, each with its switches (ISO/IEC 29500-1 §17.16.5.8)."""
    words = re.findall(r'"([^"]*)"|(\S+)', code)
    rest = [quoted or bare for quoted, bare in words][1:]
    items: list[FieldItem] = []
    at = 0
    while at < len(rest):
        word = rest[at]
        switch, after = word.lower(), rest[at + 1] if at + 1 < len(rest) else ""
        at += 2 if word.startswith("\\") and switch not in ("\\n", "\\y", "\\t") else 1
        if not word.startswith("\\") and not items:
            items.append(_item(word, listed))
        elif switch == "\\m" and after:
            items.append(_item(after, listed))
        elif items and switch in SWITCHES:
            items[-1] = SWITCHES[switch](items[-1], after)
    return Cited("word", tuple(items), tuple((item.id,) for item in items)) if items else None


SWITCHES: dict[str, Callable[[FieldItem, str], FieldItem]] = {
    "\\p": lambda item, text: item._replace(locator=text, label="page"),
    "\\v": lambda item, text: item if item.locator else item._replace(locator=text, label="volume"),
    "\\f": lambda item, text: item._replace(prefix=text),
    "\\s": lambda item, text: item._replace(suffix=text),
    "\\n": lambda item, _: item._replace(author_out=True),
}


def _item(tag: str, listed: Mapping[str, dict[str, Any]]) -> FieldItem:
    return FieldItem(f"word:{tag}", listed.get(tag.lower(), {}))


def _csl(source: Element) -> dict[str, Any]:
    csl: dict[str, Any] = {"type": TYPES.get(_text(source, "SourceType"), "document")}
    people = source.find(B + "Author")
    for one in people if people is not None else ():
        role, names = ROLES.get(one.tag.removeprefix(B)), _names(one)
        if role and names:
            csl[role] = names
    for name, field in FIELDS.items():
        text = _text(source, name)
        if text:
            csl.setdefault(field, text)
    container = next(filter(None, (_text(source, name) for name in CONTAINERS)), "")
    if container:
        csl["container-title"] = container
    for prefix, field in (("", "issued"), ("Accessed", "accessed")):
        date = _date(*(_text(source, part + prefix) for part in ("Year", "Month", "Day")))
        if date:
            csl[field] = date
    if number := _text(source, "StandardNumber"):
        csl.setdefault("DOI" if number.lower().startswith(("10.", "doi")) else "ISBN", number)
    return csl


def _names(role: Element) -> list[dict[str, str]]:
    group = _text(role, "Corporate")
    if group:
        return [{"literal": group}]
    found = []
    for person in role.iter(B + "Person"):
        family = _text(person, "Last")
        given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
        if family or given:
            found.append({"family": family, "given": given} if family and given else {"literal": family or given})
    return found


def _date(year: str, month: str, day: str) -> dict[str, Any]:
    if not re.fullmatch(r"\d{4}", year):
        return {"literal": year} if year else {}
    parts = [int(year)]
    name = month.strip().lower()[:3]
    number = int(month) if month.isdecimal() and len(month) < 3 else MONTHS.index(name) + 1 if name in MONTHS else 0
    if 0 < number < 13:
        parts.append(number)
        if day.isdecimal() and len(day) < 3 and 0 < int(day) < 32:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _text(element: Element, name: str) -> str:
    return (element.findtext(B + name) or "").strip()
