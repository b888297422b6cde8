"""The nouns that pass between rooms: a manuscript read, its citations, its bibliography, its references.

Small ones are named tuples: a frozen dataclass takes ten times as long to define, and every start pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.report import Diagnostic
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter

Node = dict[str, Any]
"""A Pandoc AST node as JSON: ``{"t": type, "c": content}``. Rebuilt, never changed in place."""

NONE: Mapping[Any, Any] = MappingProxyType({})


class Mention(NamedTuple):
    """A place in the manuscript where a key is written after an ``@``."""

    key: str
    span: Span


class Entry(NamedTuple):
    """A bibliography entry and where it stands: names in lower case, values as written, LaTeX included."""

    key: str
    type: str
    fields: Mapping[str, str]
    span: Span
    field_spans: Mapping[str, Span] = NONE


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the printed reference list, as Pandoc inlines and as plain text."""

    key: str
    inlines: tuple[Node, ...]
    text: str


def reference_id(key: str) -> str:
    """The identifier of a reference on the page, "ref-" and the key, what is not safe in one made a hyphen."""
    return "ref-" + re.sub(r"[^\w.-]", "-", key)


def safe_id(text: str) -> str:
    """A label as an identifier that every format can take: "fig:x" becomes "fig-x"."""
    return re.sub(r"[^\w.-]", "-", text)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A figure, table, equation, listing, section or appendix that the text can refer to.

    ``kind`` is one of "figure", "table", "equation", "listing", "section", "appendix". ``number`` is what is
    printed ("2", "A1", "2b"), ``label`` the same with its word ("Figure 2"), ``source`` the label as the
    author wrote it ("fig:x") or "", ``sought`` words by which its place in the manuscript is found.
    ``mention`` tells at which reference of the document it is first named, from 1; 0 where it never is.
    """

    kind: str
    id: str
    number: str
    label: str
    source: str = ""
    sought: str = ""
    mention: int = 0
    panel: str = ""


class Leftover(NamedTuple):
    """A piece of another language in the manuscript (raw TeX, raw HTML) that could not be set in full.

    ``text`` is the piece as written. Where ``lost`` is true, something an author wanted printed is not.
    """

    code: str
    text: str
    message: str
    hint: str = ""
    lost: bool = False


class Place(NamedTuple):
    """Where a value of the front matter stands, for messages about it."""

    spans: Mapping[tuple[str | int, ...], Span] = NONE
    file: Span | str = ""

    def of(self, *path: str | int) -> Span | str:
        """The span of the value at a path such as ("author", 0, "email"), else of what is nearest above it."""
        while path:
            if path in self.spans:
                return self.spans[path]
            path = path[:-1]
        return self.file


class Remark(NamedTuple):
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
    ``numbers`` are the objects that bear a number, in order; ``dangling`` the labels that are referred to and
    are nobody's, ``repeated`` those that two objects claim; ``leftovers`` what of raw TeX was not understood.
    ``own`` is the article itself as others cite it, where a format shows that.
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
    numbers: tuple[Numbered, ...] = ()
    dangling: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    own: tuple[Reference, Entry] | None = None
