"""The nouns of a typescript: a manuscript as its author typed it, and which citation in it answers to what.

A typescript comes from Word, ODT, HTML or Markdown. Its paragraphs are flat, in reading order, each with its
runs; what a reference manager left in it stands beside them. Places point into ``file``, whose text is the
Markdown as written or, where there is none (Word), one paragraph to a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.report import Diagnostic
from galley.span import File, Span

if TYPE_CHECKING:
    from galley.apa7.parse.nouns import Parsed
    from galley.apa7.spot.nouns import TypedCitation


class Run(NamedTuple):
    """A stretch of equal text in a paragraph.

    ``raised`` is "sup", "sub" or ""; ``link`` the address it links to; ``change`` is "ins" or "del" where
    tracking noted it ("del" only where deletions were asked for); ``mark`` is a highlight's colour, or "".
    An equation is a run without text, its letters in ``maths``: it takes up no place in the paragraph.
    """

    text: str
    italic: bool = False
    bold: bool = False
    raised: str = ""
    link: str = ""
    change: str = ""
    mark: str = ""
    code: bool = False
    maths: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    ``number`` counts from 0 over all paragraphs of the source (in Word over the ``w:p`` of the document, cells
    and boxes included). ``part`` is "body", "footnote", "endnote", "header", "box", "cell". ``kind`` says what it
    is for: "title", "subtitle", "author", "affiliation", "abstract", "keywords", "heading" (with ``level`` from
    1), "body", "quote", "list", "caption", "cell", "note", "reference", "code", "maths", "contents" (of a table of
    contents), "correspondence" (how an author is reached), "label" (the word "Authors" on a line of its own).
    ``anchors`` pairs offsets in the paragraph's text with offsets in the file, ascending; between two anchors both
    run alike.
    """

    number: int
    runs: tuple[Run, ...]
    anchors: tuple[tuple[int, int], ...] = ((0, 0),)
    part: str = "body"
    kind: str = "body"
    level: int = 0
    style: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The paragraph's characters."""
        return "".join(run.text for run in self.runs)

    def offset(self, at: int) -> int:
        """Where in the file an offset of this paragraph's text stands."""
        here, there = self.anchors[max(bisect_right(self.anchors, (at, 1 << 60)) - 1, 0)]
        return there + max(at - here, 0)


class FieldItem(NamedTuple):
    """A work that a reference manager says is cited: its record as CSL-JSON, and what stands round it."""

    id: str
    csl: Mapping[str, Any]
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = ""
    author_out: bool = False


class Field(NamedTuple):
    """A citation that a reference manager put in: ``shown`` stands at [start, end) of a paragraph's text.

    ``manager`` is "zotero", "mendeley", "endnote", "citavi" or "word"; ``shown_by_manager`` what the manager
    itself had set there ("" where it does not say), which differs where an author typed over it.
    """

    paragraph: int
    start: int
    end: int
    shown: str
    items: tuple[FieldItem, ...]
    manager: str
    shown_by_manager: str = ""
    deleted: bool = False


class Comment(NamedTuple):
    """A remark in the margin, or a change that tracking noted; ``kind`` is "comment", "ins" or "del"."""

    kind: str
    paragraph: int
    start: int
    end: int
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Typescript:
    """A manuscript as typed. ``paragraphs`` are in reading order, notes after the body; ``source`` is the path."""

    file: File
    paragraphs: tuple[Paragraph, ...]
    source: str = ""
    fields: tuple[Field, ...] = ()
    comments: tuple[Comment, ...] = ()
    keyed: bool = False
    faults: tuple[Diagnostic, ...] = ()

    def span(self, paragraph: Paragraph, start: int, end: int) -> Span:
        """The place of [start, end) of a paragraph's text."""
        first = paragraph.offset(start)
        return self.file.span(first, max(paragraph.offset(end - 1) + 1, first) if end > start else first)


class Listed(NamedTuple):
    """An entry of the typed reference list, or of a bibliography where the manuscript is keyed.

    ``paragraphs`` are positions in ``Typescript.paragraphs`` (several where an entry was broken); ``parsed`` is
    what was understood of it; ``place`` where it stands; ``key`` a citation key that is nobody else's.
    """

    key: str
    text: str
    runs: tuple[Run, ...]
    paragraphs: tuple[int, ...]
    parsed: Parsed
    place: Span | str
    number: int = 0


class Link(NamedTuple):
    """One work of one typed citation and the entry that it answers to.

    ``citation`` and ``work`` are positions in ``Resolved.citations`` and in its works; ``listed`` a position in
    ``Resolved.listed``, -1 where nothing answers. ``kind`` is "exact", "missing" or how the two differ: "name"
    (spelling), "year", "letter", "coauthor", "order", "etal", "accent", "split" (a name run together or apart),
    "title" (title in place of an author), "ambiguous" (several answer), "short" (a group's abbreviation), "form".
    ``others`` are further entries that might be meant.
    """

    citation: int
    work: int
    listed: int
    kind: str
    evidence: str = ""
    others: tuple[int, ...] = ()


class Typed(NamedTuple):
    """A typed citation and the paragraph (a position in ``Typescript.paragraphs``) in which it stands."""

    paragraph: int
    citation: TypedCitation


@dataclass(frozen=True, slots=True)
class Resolved:
    """A typescript with its citations found, its reference list read, and each linked to the other.

    ``uncited`` are positions in ``listed`` that nothing in the text cites. ``style`` is "author-date" or "number".
    """

    typescript: Typescript
    citations: tuple[Typed, ...]
    listed: tuple[Listed, ...]
    links: tuple[Link, ...]
    uncited: tuple[int, ...] = ()
    style: str = "author-date"
    waived: Mapping[str, str] = field(default_factory=dict)
