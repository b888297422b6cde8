"""The entries of a bibliography as a typed list would have them, so that typed citations can be linked to them.

Each is set in type by the engine and read back by it: one law in both directions.
"""

from __future__ import annotations

from collections.abc import Mapping

from galley.apa7 import typeset
from galley.apa7.entry import Entry as Work
from galley.apa7.parse import parse
from galley.apa7.parse.nouns import Stretch
from galley.document import Entry
from galley.typescript import Listed, Run


def shelved(entries: Mapping[str, Entry], language: str = "en") -> tuple[Listed, ...]:
    """The entries as listed works, in the order of the reference list, each placed where it stands in its file."""
    works = {key: Work(key, entry.type, entry.fields) for key, entry in entries.items()}
    done = typeset(works, (), every=True, language=language)
    rows: list[Listed] = []
    for key, text in done.references:
        runs = _runs(text)
        parsed = parse([Stretch(run.text, run.italic) for run in runs])
        rows.append(Listed(key, str(text), runs, (), parsed, entries[key].span))
    return tuple(rows)


def _runs(text: object, italic: bool = False) -> tuple[Run, ...]:
    """Rich text as runs, by its italics."""
    name = getattr(text, "name", "")
    parts = getattr(text, "parts", None)
    if parts is None:
        return (Run(str(text), italic),)
    inner = italic != (name == "em") if name == "em" else italic
    return tuple(run for part in parts for run in _runs(part, inner))
