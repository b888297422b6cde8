"""The works that a reference manager left in a typescript: each once, and the entry of the printed list it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

from galley.typescript import FieldItem, Listed, Typescript

SIGNS = re.compile(r"[\W_]+")
LONG = 25
"""Characters of a title that tell two works apart, spaces and signs not counted."""


def records(typescript: Typescript) -> dict[str, Mapping[str, Any]]:
    """The works that the fields cite, by the identity that the reader gave them, in order of first use."""
    return {item.id: item.csl for field in typescript.fields for item in field.items if item.csl}


def matched(works: Mapping[str, Mapping[str, Any]], listed: Sequence[Listed]) -> dict[str, int]:
    """For each work the position of its entry in the printed list; a work without one is left out.

    An entry is the work's if it holds the work's title (its first words, if it is long) and the first author's
    name or the year; or the same DOI.
    """
    texts = [_bare(entry.text) for entry in listed]
    dois: dict[str, int] = {}
    for at, entry in enumerate(listed):
        if entry.parsed.fields.get("doi"):
            dois.setdefault(entry.parsed.fields["doi"].lower(), at)
    found: dict[str, int] = {}
    for name, csl in works.items():
        at = dois.get(str(csl.get("DOI", "")).lower(), -1)
        at = at if at >= 0 else _by_title(csl, texts)
        if at >= 0:
            found[name] = at
    return found


def _by_title(csl: Mapping[str, Any], texts: Sequence[str]) -> int:
    title = _bare(str(csl.get("title", "")))
    if not title:
        return -1
    head = title if len(title) <= LONG else title[: max(LONG, len(title) * 2 // 3)]
    best, points = -1, 0
    for at, text in enumerate(texts):
        if head in text:
            own = (_family(csl) in text) + (_year(csl) in text)
            if own > points:
                best, points = at, own
    return best


def year(csl: Mapping[str, Any]) -> str:
    """The year a record was issued in, or ""."""
    return _year(csl)


def _year(csl: Mapping[str, Any]) -> str:
    parts = csl.get("issued", {})
    parts = parts.get("date-parts") if isinstance(parts, Mapping) else None
    try:
        return str(parts[0][0]) if parts else ""
    except (IndexError, TypeError, KeyError):
        return ""


def _family(csl: Mapping[str, Any]) -> str:
    for role in ("author", "editor"):
        names = csl.get(role)
        if isinstance(names, Sequence) and names and isinstance(names[0], Mapping):
            return _bare(str(names[0].get("family") or names[0].get("literal") or ""))
    return ""


def cited(item: FieldItem) -> tuple[str, str]:
    """The words before and after a work that its field holds, the locator with its label: ("see", ", p. 4")."""
    after = ""
    if item.locator:
        label = {"page": "pp." if re.search(r"\d\D+\d", item.locator) else "p."}.get(item.label or "page", item.label)
        after = f", {label} {item.locator}"
    if item.suffix.strip():
        after += item.suffix if item.suffix[:1] in ", ;" else f", {item.suffix}"
    return item.prefix.strip(), after


def _bare(text: str) -> str:
    text = normalize("NFKD", re.sub(r"<[^>]{0,40}>", "", text)).casefold()
    return SIGNS.sub("", "".join(char for char in text if not "\u0300" <= char <= "\u036f"))
