"""The nouns that pass between rooms: a manuscript read, its citations, its bibliography, its references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.report import Diagnostic
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter

Node = dict[str, Any]
"""A Pandoc AST node as JSON: ``{"t": type, "c": content}``. Rebuilt, never changed in place."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the manuscript where a key is written after an ``@``."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A bibliography entry and where it stands: names in lower case, values as written, LaTeX included."""

    key: str
    type: str
    fields: Mapping[str, str]
    span: Span
    field_spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the printed reference list, as Pandoc inlines and as plain text."""

    key: str
    inlines: tuple[Node, ...]
    text: str


def reference_id(key: str) -> str:
    """The identifier of a reference on the page, "ref-" and the key, what is not safe in one made a hyphen."""
    return "ref-" + re.sub(r"[^\w.-]", "-", key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value of the front matter stands, for messages about it."""

    spans: Mapping[tuple[str | int, ...], Span] = field(default_factory=dict)
    file: Span | str = ""

    def of(self, *path: str | int) -> Span | str:
        """The span of the value at a path such as ("author", 0, "email"), else of what is nearest above it."""
        while path:
            if path in self.spans:
                return self.spans[path]
            path = path[:-1]
        return self.file


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the style engine had to guess about an entry; ``field`` may be ""."""

    code: str
    key: str
    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A manuscript on its way to print; stages fill in facts and hand on a new one.

    ``folder`` is the project's root on disk, no path in the manuscript leads out of it. ``blocks`` is the
    body; ``slots`` are the parts of the front matter that hold Markdown (title, subtitle, abstract, the
    statements), each a list of blocks; ``back`` is what stands after the place of the reference list.
    ``cited`` holds the keys that Pandoc found cited, in order of first use, whether they resolve or not.
    """

    folder: Path
    files: tuple[File, ...]
    meta: FrontMatter
    places: Place
    blocks: tuple[Node, ...]
    slots: Mapping[str, tuple[Node, ...]]
    back: tuple[Node, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    cited: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
