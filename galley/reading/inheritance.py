"""Entries with the fields that their ``crossref`` and ``xdata`` parents lend them."""

from __future__ import annotations

import re

from galley.document import Entry

NOT_INHERITED = {"crossref", "xdata", "ids", "shorttitle", "title", "subtitle", "titleaddon", "pages", "doi", "url"}
CONTAINERS = {"proceedings", "mvproceedings", "collection", "mvcollection", "book", "mvbook", "reference"}


def inherited(entries: dict[str, Entry]) -> dict[str, Entry]:
    """Entries with the fields their ``crossref`` and ``xdata`` parents lend them; a circle lends nothing."""
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries.values()):
        return entries
    return {key: _filled(entry, entries) for key, entry in entries.items()}


def _filled(entry: Entry, entries: dict[str, Entry]) -> Entry:
    fields, seen, waiting = dict(entry.fields), {entry.key}, [entry]
    while waiting:
        child = waiting.pop()
        for name in ("xdata", "crossref"):
            for key in re.split(r"\s*,\s*", child.fields.get(name, "").strip()):
                parent = entries.get(key)
                if parent is None or key in seen:
                    continue
                seen.add(key)
                waiting.append(parent)
                for field_name, value in _lent(parent, name).items():
                    fields.setdefault(field_name, value)
    return Entry(entry.key, entry.type, fields, entry.span, entry.field_spans)


def _lent(parent: Entry, relation: str) -> dict[str, str]:
    """What a parent lends: all of an xdata entry; of a container its title as ``booktitle``, not its own pages."""
    if relation == "xdata":
        return {name: value for name, value in parent.fields.items() if name not in ("xdata", "ids")}
    lent = {name: value for name, value in parent.fields.items() if name not in NOT_INHERITED}
    if parent.type in CONTAINERS:
        names = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
        lent |= {new: parent.fields[old] for old, new in names.items() if old in parent.fields}
        lent.pop("author", None) if parent.type != "book" else None
    elif parent.type == "periodical" and "title" in parent.fields:
        lent["journaltitle"] = parent.fields["title"]
    return lent
