"""What an entry takes from another: ``crossref``, ``xdata``, and the date of the work it reprints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .entry import Entry
from .latex import plain

_NEVER: Final = frozenset(
    {"crossref", "xref", "xdata", "entryset", "ids", "options", "related", "relatedtype", "relatedstring", "shorttitle",
     "sorttitle", "sortname", "sortkey", "label", "keywords", "shortauthor", "abstract", "annotation", "pages"}
)  # fmt: skip
_CHILDREN: Final = frozenset(
    {"inbook", "incollection", "inproceedings", "inreference", "conference", "suppbook", "suppcollection", "bookinbook"}
)


def inherited(entry: Entry, entries: Mapping[str, Entry], depth: int = 3) -> Entry:
    """Give an entry with what it inherits; the entry itself where it inherits nothing."""
    fields = entry.fields
    if group := fields.get("groupauthor"):
        persons = f"{fields['author']} and " if fields.get("author") else ""
        kept = {name: value for name, value in fields.items() if name != "groupauthor"}
        return inherited(Entry(entry.key, entry.type, {**kept, "author": f"{persons}{{{group}}}"}), entries, depth)
    if not depth or not ("crossref" in fields or "xdata" in fields or "related" in fields):
        return entry
    merged = dict(fields)
    for key in _keys(fields.get("xdata", "")):
        if donor := entries.get(key):
            donor = inherited(donor, entries, depth - 1)
            merged = {**{n: v for n, v in donor.fields.items() if n not in _NEVER - {"pages"}}, **merged}
    for key in _keys(fields.get("crossref", ""))[:1]:
        if parent := entries.get(key):
            merged = {**_lent(entry.type, inherited(parent, entries, depth - 1)), **merged}
    if plain(fields.get("relatedtype", "")).lower() in ("reprintfrom", "reprintof", "origpubin"):
        for key in _keys(fields.get("related", ""))[:1]:
            if (first := entries.get(key)) and (when := first.fields.get("date") or first.fields.get("year")):
                merged.setdefault("relatedorigdate", when)
    return Entry(entry.key, entry.type, merged) if merged != dict(fields) else entry


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.split(",") if key.strip()]


def _lent(kind: str, parent: Entry) -> dict[str, str]:
    """Rename a parent's fields as a child of this type receives them."""
    out: dict[str, str] = {}
    within = kind in _CHILDREN
    several = parent.type.startswith("mv")
    for name, value in parent.fields.items():
        if name in _NEVER:
            continue
        if name in ("title", "subtitle", "titleaddon"):
            target = f"main{name}" if several and parent.fields.get("title") else f"book{name}" if within else ""
            if kind == "article":
                target = f"journal{name}" if name != "titleaddon" else ""
            if target:
                out[target] = value
        elif name == "author" and within and kind != "bookinbook":
            out["bookauthor"] = value
            if kind == "inbook":
                out["author"] = value
        else:
            out[name] = value
    if within and "booktitle" in parent.fields:
        out["booktitle"] = parent.fields["booktitle"]
    return out


def related(entry: Entry, entries: Mapping[str, Entry]) -> tuple[Entry, ...]:
    """Give the entries that ``related`` names, as far as they are there."""
    return tuple(entries[key] for key in _keys(entry.fields.get("related", "")) if key in entries)
