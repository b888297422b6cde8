"""The printed references as data: CSL-JSON, made by Pandoc from the entries, in the order of the list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from galley import pandoc
from galley.bibtex import clean

if TYPE_CHECKING:
    from galley.document import Document, Entry

Record = dict[str, Any]


def records(document: Document) -> dict[str, Record]:
    """A CSL-JSON record for each printed reference, by its key; one that Pandoc cannot read is left out."""
    entries = {one.key: document.entries[one.key] for one in document.references if one.key in document.entries}
    if not entries:
        return {}
    made = json.loads(pandoc.convert(clean(printed(document)), "biblatex", "csljson"))
    found = {str(record.get("id", "")): record for record in made}
    return {key: found[key] for key in entries if key in found}


def printed(document: Document) -> dict[str, Entry]:
    """The entries of the printed references in the order of the list, and after them those they inherit from."""
    entries = {one.key: document.entries[one.key] for one in document.references if one.key in document.entries}
    return entries | {key: one for key, one in _parents(document, entries).items() if key not in entries}


def _parents(document: Document, entries: dict[str, Entry]) -> dict[str, Entry]:
    """The entries that others inherit from."""
    wanted: dict[str, Entry] = {}
    for entry in entries.values():
        for name in ("crossref", "xdata"):
            for key in entry.fields.get(name, "").split(","):
                if key.strip() in document.entries:
                    wanted[key.strip()] = document.entries[key.strip()]
    return wanted


def date(record: Record, name: str = "issued") -> tuple[str, ...]:
    """Year, month and day of a record, as much as is known: ("2021", "6"); () where there is no date."""
    parts = record.get(name, {})
    rows = parts.get("date-parts") if isinstance(parts, dict) else None
    if not rows or not rows[0]:
        return ()
    return tuple(str(part) for part in rows[0][:3] if str(part))


def bare(text: object) -> str:
    """A text of a record without CSL's tags for italics and the like."""
    import re

    return re.sub(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^>]{0,80})?>", "", str(text or ""))
