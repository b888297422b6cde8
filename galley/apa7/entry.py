"""The engine's nouns: a bibliography entry, the works a citation names, and what comes back set in type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pybtex.richtext import BaseText, Text

EMPTY: BaseText = Text()


class Entry(NamedTuple):
    """One bibliography entry as written: type and field names in lower case, values with their LaTeX."""

    key: str
    type: str
    fields: Mapping[str, str]

    @classmethod
    def from_pybtex(cls, key: str, entry: Any) -> Entry:
        """Take a ``pybtex.database.Entry``; its persons become name lists joined by ``and`` again."""
        fields = {name.lower(): str(value) for name, value in entry.fields.items()}
        for role, persons in entry.persons.items():
            fields[role.lower()] = " and ".join(str(person) for person in persons)
        return cls(key, entry.original_type.lower(), fields)


class Item(NamedTuple):
    """One work in a citation, with the author's words before and after it.

    ``prefix`` is without its trailing space ("see"), ``suffix`` with the comma or space that the author
    typed in front of it (", p. 3"); both are rich text and may hold the host's own nodes.
    ``year_only`` is Pandoc's ``[-@key]``, ``author_only`` gives the names alone.
    """

    key: str
    prefix: BaseText = EMPTY
    suffix: BaseText = EMPTY
    year_only: bool = False
    author_only: bool = False


class Citation(NamedTuple):
    """One in-text citation: its works in the order typed; ``narrative`` when the first is part of the prose."""

    items: tuple[Item, ...]
    narrative: bool = False


class Remark(NamedTuple):
    """Something the engine had to guess: a kebab-case code, the entry's key, the field (or ""), the words."""

    code: str
    key: str
    field: str
    message: str
    hint: str = ""


class Typeset(NamedTuple):
    """What comes back: one rich text a citation, (key, rich text) a reference in list order, and remarks."""

    citations: tuple[BaseText, ...]
    references: tuple[tuple[str, BaseText], ...]
    remarks: tuple[Remark, ...] = ()


Link = Callable[[str], str]
"""From an entry's key to the address its citations should link to."""
