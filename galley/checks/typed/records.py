"""Entries of the list that are there twice, and entries that lack a part without which no reader finds the work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from galley.apa7.addresses import doi
from galley.checks.typed.entries import UNDATED, apa_list, called, lead, plain, sure, title, undated, year
from galley.checks.typed.telling import at_entry, folded, shortened, tell
from galley.patterns import pattern
from galley.report import ERROR, WARNING, Diagnostic
from galley.typescript import Listed, Resolved

BARE_HOST = pattern(r"https?://[^/]+/?\Z")
_HAVING = (
    "journaltitle booktitle maintitle publisher institution school organization howpublished doi url eprint series"
    " eventtitle venue type note number location library"
)
HAVING = _HAVING.split()
"""Fields that say where a work came out or is to be found."""
FREE = frozenset({"legislation", "jurisdiction", "legal", "standard", "unpublished", "letter"})
"""Types that need no source."""
LACKING = {
    "no year": ("in which year", "write the year, or (n.d.), after the names (APA 7 §9.13)"),
    "no year in brackets": ("", "write the year in brackets after the names (APA 7 §9.14)"),
    "no source": ("where", "name the journal, publisher, site or DOI (APA 7 §9.23)"),
    "neither volume, pages nor DOI": ("in which volume, and on which pages,", "give them (APA 7 §9.25)"),
}
"""What may be missing, what is asked about it, and what to do."""


class _Face(NamedTuple):
    """What two entries are compared by."""

    names: tuple[str, ...]
    year: str
    letter: str
    title: str
    doi: str
    url: str
    text: str


def duplicates(resolved: Resolved) -> Iterator[Diagnostic]:
    """C16 ``duplicate-entry``: one work is listed twice, or two works give one DOI."""
    faces = [_face(one) for one in resolved.listed]
    told: set[int] = set()
    rows: dict[str, list[int]] = {}
    for at, face in enumerate(faces):
        for mark in (face.doi, f"{face.names[:1]}{face.title}" if len(face.title) > 11 else "", face.url, face.text):
            if mark:
                rows.setdefault(mark, []).append(at)
    for row in rows.values():
        for first, second in combinations(row[:8], 2):
            how = _same(faces[first], faces[second])
            if how and second not in told:
                told.add(second)
                yield _twice(resolved, resolved.listed[first], resolved.listed[second], how)


def _face(listed: Listed) -> _Face:
    fields = listed.parsed.fields
    url = (
        fields.get("url", "").rstrip("/").lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    )
    if not fields.get("url") or BARE_HOST.match(fields["url"]):
        url = ""
    names = tuple(plain(person.family) for person in lead(listed))
    own = doi(fields.get("doi", "")).lower() or (doi(fields.get("url", "")).lower() if "doi.org/" in url else "")
    return _Face(
        names, year(listed), listed.parsed.letter, plain(title(listed)), own, "" if own else url, plain(listed.text)
    )


def _same(one: _Face, other: _Face) -> str:
    """How two entries are one: "whole" (the same work), "doi" (only the DOI is one), or ""."""
    alike = _alike(one.title, other.title)
    if one.text == other.text:
        return "whole"
    if one.doi and one.doi == other.doi:
        return "whole" if alike or not one.title else "doi"
    if one.doi and other.doi and one.year != other.year:
        return ""
    if alike and one.year == other.year and one.names == other.names and one.title:
        if one.doi and other.doi:
            return ""  # two works of one title, as reprints and corrections are
        return "" if one.url and other.url and one.url != other.url and one.letter != other.letter else "whole"
    if alike and one.url and one.url == other.url and one.names[:1] == other.names[:1]:
        return "whole"
    return ""


def _alike(one: str, other: str) -> bool:
    if one == other or not one or not other:
        return one == other
    if abs(len(one) - len(other)) > 0.2 * max(len(one), len(other)):
        return min(len(one), len(other)) > 20 and (one.startswith(other) or other.startswith(one))
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.9


def _twice(resolved: Resolved, first: Listed, second: Listed, how: str) -> Diagnostic:
    place = at_entry(resolved, second)
    if how == "doi":
        message = f"{called(first)} and {called(second)} give one DOI, but their titles differ"
        hint = "look both up: one of them has the DOI of the other"
        query = (
            f"“{shortened(first.text)}” and “{shortened(second.text)}” give one DOI. To which of them does it belong?"
        )
    else:
        message = f"{called(second)} is listed twice"
        hint = "keep one of the entries, and cite that"
        query = f"The list has “{shortened(first.text)}” and “{shortened(second.text)}”. Are they one work?"
    evidence = f"the other is '{shortened(first.text, 100)}'"
    return tell(ERROR, "duplicate-entry", place, message, hint, query, evidence)


def missing_parts(resolved: Resolved) -> Iterator[Diagnostic]:
    """C17 ``missing-part``, ``unread-entry``: an entry lacks its year, title or source."""
    if not apa_list(resolved):
        return
    found = ((one, _missing(one)) for one in resolved.listed)
    rows = ((what, _lacks(resolved, one, what)) for one, what in found if what)
    yield from folded(rows, chances=len(resolved.listed))


def _missing(listed: Listed) -> str:
    """What an entry lacks; "" where it has all that it needs."""
    fields = listed.parsed.fields
    if lacking := undated(listed):
        return lacking
    if listed.parsed.sure < 0.3 or not fields.get("title"):
        return "no title"
    if not sure(listed) or listed.parsed.leftover or listed.parsed.type in FREE:
        return ""
    if not any(fields.get(name) for name in HAVING):
        return "no source"
    return "neither volume, pages nor DOI" if listed.parsed.type == "article" and not _placed(listed) else ""


def _placed(listed: Listed) -> bool:
    fields = listed.parsed.fields
    if any(map(str.isdigit, fields.get("journaltitle", ""))):
        return True  # a preprint's number
    named = ("volume", "number", "issue", "pages", "eid", "doi", "url", "eprint", "pubstate", "note", "eventtitle")
    return any(fields.get(name) for name in named) or bool(listed.parsed.leftover) or bool(UNDATED.search(listed.text))


def _lacks(resolved: Resolved, listed: Listed, what: str) -> Diagnostic:
    place, shown = at_entry(resolved, listed), shortened(listed.text, 90)
    if what == "no title":
        message = f"'{shortened(listed.text)}' cannot be read as a reference"
        hint = "write names, (year), title and source, each with its stop (APA 7 §9.4)"
        query = f"Could you give us the full reference of “{shown}”?"
        return tell(ERROR, "unread-entry", place, message, hint, query)
    asked, hint = LACKING[what]
    if what == "no year in brackets":
        query = f"May we put the year of “{shown}” in brackets behind the names?"
        return tell(WARNING, "missing-part", place, f"{called(listed)} has {what}", hint, query)
    query = f"The entry “{shown}” has {what}. Could you tell us {asked} it came out?"
    return tell(WARNING, "missing-part", place, f"{called(listed)} has {what}", hint, query)
