"""Citations that Citavi put in: its JSON, packed in the field's code, as CSL-JSON."""

from __future__ import annotations

import re
from typing import Any

from galley.reading.word.cslfields import Cited, by_data, json_value, unpacked
from galley.typescript import FieldItem

TYPES = {
    "JournalArticle": "article-journal",
    "SpecialIssue": "article-journal",
    "NewspaperArticle": "article-newspaper",
    "Book": "book",
    "BookEdited": "book",
    "CollectedWorks": "book",
    "Contribution": "chapter",
    "ContributionInLegalCommentary": "chapter",
    "ConferenceProceedings": "book",
    "InternetDocument": "webpage",
    "Thesis": "thesis",
    "UnpublishedWork": "manuscript",
    "Manuscript": "manuscript",
    "Report": "report",
    "GreyLiterature": "report",
    "Standard": "standard",
    "ComputerProgram": "software",
    "Software": "software",
    "Movie": "motion_picture",
    "RadioPlay": "broadcast",
    "Broadcast": "broadcast",
    "CourtDecision": "legal_case",
    "StatuteOrRegulation": "legislation",
    "Patent": "patent",
    "Map": "map",
    "PressRelease": "article-newspaper",
    "PersonalCommunication": "personal_communication",
    "Lecture": "speech",
    "InterviewMaterial": "interview",
}
FIELDS = {
    "Title": "title",
    "Volume": "volume",
    "Number": "issue",
    "Edition": "edition",
    "PlaceOfPublication": "publisher-place",
    "Doi": "DOI",
    "OnlineAddress": "URL",
    "Isbn": "ISBN",
    "ShortTitle": "title-short",
}
ROLES = {"Authors": "author", "Editors": "editor", "Translators": "translator"}
DEPTH = 60


def citavi(code: str) -> Cited | None:
    """A citation from a field's code (the word CitaviPlaceholder and packed JSON); None where it holds no data."""
    packed = code.partition("CitaviPlaceholder")[2].strip().strip("{}")
    data = json_value(unpacked(packed))
    if not isinstance(data, dict):
        return None
    known: dict[str, Any] = {}
    _note(data, known, 0)
    items: list[FieldItem] = []
    for entry in _list(data.get("Entries"), known):
        work = _whole(entry.get("Reference"), known)
        csl = _csl(work, known) if work else {}
        name = entry.get("ReferenceId") or work.get("Id") or ""
        name = f"citavi:{name}" if isinstance(name, str) and name else by_data(csl)
        pages = _pages(entry.get("PageRange"), known)
        items.append(
            FieldItem(
                name,
                csl,
                _str(entry.get("Prefix")),
                _str(entry.get("Suffix")),
                pages,
                "page" if pages else "",
                entry.get("PersonOnly") is False and entry.get("YearOnly") is True,
            )
        )
    shown = _str(data.get("Text"))
    if not shown:
        text = _whole(data.get("FormattedText"), known)
        shown = "".join(_str(unit.get("Text")) for unit in _list(text.get("TextUnits"), known))
    return Cited("citavi", tuple(items), tuple((item.id,) for item in items), shown) if items else None


def _note(value: Any, known: dict[str, Any], depth: int) -> None:
    """Objects by their "$id", so that a later "$ref" can be followed."""
    if depth > DEPTH:
        return
    if isinstance(value, dict):
        if isinstance(value.get("$id"), str):
            known[value["$id"]] = value
        for inner in value.values():
            _note(inner, known, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _note(inner, known, depth + 1)


def _whole(value: Any, known: dict[str, Any]) -> dict[str, Any]:
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        value = known.get(value["$ref"])
    return value if isinstance(value, dict) else {}


def _list(value: Any, known: dict[str, Any]) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        value = value.get("$values")
    return [_whole(one, known) for one in value] if isinstance(value, list) else []


def _str(value: Any) -> str:
    return str(value).strip("\0") if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _csl(work: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    kind = TYPES.get(_str(work.get("ReferenceType")), "document")
    csl: dict[str, Any] = {"type": kind}
    for name, role in ROLES.items():
        people = [_person(one) for one in _list(work.get(name), known)]
        people = [one for one in people if one]
        if people:
            csl[role] = people
    for name, field in FIELDS.items():
        text = _str(work.get(name)).strip()
        if text:
            csl[field] = text
    subtitle = _str(work.get("Subtitle")).strip()
    if subtitle and "title" in csl:
        csl["title"] += f": {subtitle}"
    journal = _str(_whole(work.get("Periodical"), known).get("Name"))
    parent = _whole(work.get("ParentReference"), known)
    if journal:
        csl["container-title"] = journal
    elif parent:
        csl |= {k: v for k, v in _csl_of_parent(parent, known).items() if k not in csl}
    publishers = [_str(one.get("Name")) for one in _list(work.get("Publishers"), known)]
    if any(publishers):
        csl["publisher"] = ", ".join(filter(None, publishers))
    pages = _pages(work.get("PageRange"), known)
    if pages:
        csl["page"] = pages
    year = next(filter(None, (_str(work.get(n)) for n in ("YearResolved", "Year", "Date"))), "")
    found = re.search(r"\d{4}", year)
    if found:
        csl["issued"] = {"date-parts": [[int(found[0])]]}
    elif year:
        csl["issued"] = {"literal": year}
    return csl


def _csl_of_parent(parent: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    if "ParentReference" in parent:
        parent = {k: v for k, v in parent.items() if k != "ParentReference"}
    whole = _csl(parent, known)
    whole["container-title"] = whole.pop("title", "")
    editors = whole.get("editor") or whole.get("author")
    kept = ("container-title", "publisher", "publisher-place", "edition", "volume", "issued", "ISBN")
    found = {name: whole[name] for name in kept if whole.get(name)}
    return {**found, "editor": editors} if editors else found


def _person(one: dict[str, Any]) -> dict[str, str]:
    family = _str(one.get("LastName")).strip()
    given = " ".join(filter(None, (_str(one.get(n)).strip() for n in ("FirstName", "MiddleName"))))
    if not family:
        return {"literal": given} if given else {}
    prefix, suffix = _str(one.get("Prefix")).strip(), _str(one.get("Suffix")).strip()
    person = {"family": family, "given": given} if given else {"literal": family}
    if prefix and given:
        person["non-dropping-particle"] = prefix
    return {**person, "suffix": suffix} if suffix and given else person


def _pages(value: Any, known: dict[str, Any]) -> str:
    """A range as it was typed; Citavi writes it as an object or as XML in a string."""
    if isinstance(value, str):
        found = re.search(r"<os>([^<]*)</os>|<ps>([^<]*)</ps>", value)
        text = (found[1] or found[2] or "") if found else re.sub(r"<[^<>]*>", "", value)
    else:
        text = _str(_whole(value, known).get("OriginalString"))
    return re.sub(r"^\s*(?:pp?|S)\.\s*", "", text).strip().replace("–", "-")
