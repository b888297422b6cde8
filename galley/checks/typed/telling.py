"""How a finding is told: where it stands, and alike ones folded into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from galley.apa7.spot.nouns import TypedCitation, TypedWork
from galley.report import Diagnostic, Severity
from galley.span import Span
from galley.typescript import Link, Listed, Paragraph, Resolved

FEW = 5
"""More findings of one kind than this may be a habit of the author, and one finding."""


class Cited(NamedTuple):
    """One work of one citation with all that belongs to it."""

    link: Link
    paragraph: Paragraph
    citation: TypedCitation
    work: TypedWork
    listed: Listed | None
    first: bool

    @property
    def words(self) -> str:
        """The work as typed: the whole citation where it is alone in it."""
        if len(self.citation.works) == 1 or self.work.start < 0:
            return self.citation.text
        return self.paragraph.text[self.work.start : self.work.end].strip(" ;,")


def cited(resolved: Resolved) -> Iterator[Cited]:
    """Every work that is cited, with its link, in the order of the links."""
    paragraphs = resolved.typescript.paragraphs
    for link in resolved.links:
        typed = resolved.citations[link.citation]
        listed = resolved.listed[link.listed] if link.listed >= 0 else None
        work = typed.citation.works[link.work]
        yield Cited(link, paragraphs[typed.paragraph], typed.citation, work, listed, link.work == 0)


def at_work(resolved: Resolved, one: Cited) -> Span:
    """The place of a work in a citation."""
    alone = len(one.citation.works) == 1 or one.work.start < 0
    start, end = (one.citation.start, one.citation.end) if alone else (one.work.start, one.work.end)
    return resolved.typescript.span(one.paragraph, start, end)


def at_entry(resolved: Resolved, listed: Listed, start: int = 0, end: int = -1) -> Span | str:
    """The place of an entry, or of [start, end) of its text where that can be told."""
    if resolved.typescript.keyed or len(listed.paragraphs) != 1:
        return listed.place
    paragraph = resolved.typescript.paragraphs[listed.paragraphs[0]]
    offset = paragraph.text.find(listed.text)
    if offset < 0:
        return listed.place
    end = end if end >= 0 else len(listed.text)
    return resolved.typescript.span(paragraph, offset + start, offset + end)


def at_field(resolved: Resolved, listed: Listed, name: str) -> Span | str:
    """The place of a field in an entry: of the entry where the field's is not known."""
    if name in listed.parsed.at:
        return at_entry(resolved, listed, *listed.parsed.at[name])
    return at_entry(resolved, listed)


def tell(
    severity: Severity, code: str, place: Span | str, message: str, hint: str, query: str, evidence: str = ""
) -> Diagnostic:
    """A finding with all its words."""
    return Diagnostic(severity, code, place, message, hint, evidence, query)


def folded(
    findings: Iterable[tuple[str, Diagnostic]], few: int = FEW, chances: Mapping[str, int] | int = 0
) -> Iterator[Diagnostic]:
    """Findings of one kind as they are; of a habit only the first, with the number and places of the rest.

    A habit is what is found more than ``few`` times, and in most of the places that could show it where ``chances``
    counts these, for all kinds or by kind.
    """
    kinds: dict[str, list[Diagnostic]] = {}
    for kind, finding in findings:
        kinds.setdefault(kind, []).append(finding)
    for kind, rows in kinds.items():
        most = chances if isinstance(chances, int) else chances.get(kind, 0)
        if len(rows) <= few or len(rows) * 2 <= most:
            yield from rows
            continue
        first, rest = rows[0], rows[1:]
        places = ", ".join(_where(one.place) for one in rest[:12]) + (" ..." if len(rest) > 12 else "")
        also = f"{len(rest)} more like it: {places}"
        evidence = f"{first.evidence}; {also}" if first.evidence else also
        query = f"{first.query} (There are {len(rest)} more of this kind.)" if first.query else ""
        yield first._replace(message=f"{first.message}; so in {len(rest)} more", evidence=evidence, query=query)


def _where(place: Span | str) -> str:
    return f"line {place.line} ('{shortened(place.text, 24)}')" if isinstance(place, Span) else place


def shortened(text: str, most: int = 60) -> str:
    """At most so many characters of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
