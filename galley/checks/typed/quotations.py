"""Quotations say where they stand in the work: a page, a paragraph, a time (APA 7 §8.13, 8.25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from galley.checks.typed.entries import plain, title
from galley.checks.typed.prose import prose
from galley.checks.typed.telling import shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Resolved, Typed

LEAST = 4
"""Words that make a quotation of what is else a term or a scare quote."""
TERM_WORDS = 6
"""So many words at most are a term where an article stands before them: the "problem of old evidence"."""
BLOCK = 12
OPENING = {"”": "“", "’": "‘", "»": "«", '"': '"', "'": "'"}
CLOSED = pattern(r"([”’»\"'])[.,;…]?\s{0,2}\Z")
LOCATED = pattern(
    r"[\s,;(\[]*(?:see\s+)?(?:pp?\.|para(?:s|graph|graphs)?\b|¶|§|ch(?:ap|apter)?s?\b|sec(?:tion|s)?\b|lines?\b|verses?\b"
    r"|slides?\b|pos(?:ition)?\b|loc(?:ation)?\b|fig(?:ure)?\b|tables?\b|\d+:\d\d|abstract|p\b)",
    2,
)
WORD = pattern(r"[^\W\d_][\w’'-]*")
COMPARED = pattern(r"(?:cf\.?|see|e\.\s?g\.|compare|for\b)", 2)
TERM = pattern(
    r"\b(?:the|an?|so-called|called|named|dubbed|coined|terms?|termed|concept|notion|labell?ed|known"
    r" as)\s\Z",
    2,
)
KEYED = pattern(r"\[(?:[^\[\]@]*)-?@[\w{][^\[\]]*\]|(?<![\w@])@[\w{][\w:.#$%&+?<>~/{}-]*(?:\s\[[^\[\]]*\])?")
KEY = pattern(r"@\{?([\w][\w:.#$%&+?<>~/-]*[\w/]|\w)")
KEYED_PLACE = pattern(r"@[^\s,;\]]+[\s,]+\{?[^;\]]*\d|@\S+\s\[[^\]]*\d")


class _Source(NamedTuple):
    """A citation that a quotation may stand beside: its stretch, whether it is located, narrative, and its title."""

    start: int
    end: int
    located: bool
    narrative: bool
    titles: tuple[str, ...]
    words: str
    compared: bool = False


def unlocated(resolved: Resolved) -> Iterator[Diagnostic]:
    """C12 ``quotation-locator``: a quotation whose citation gives no page, paragraph or time."""
    sources = _sources(resolved)
    known = frozenset(one.key for one in resolved.listed)
    for said in prose(resolved):
        text = said.text
        rows = sources.get(said.at, []) + (_keyed(text, known) if resolved.typescript.keyed else [])
        rows.sort()
        told = False
        for number, source in enumerate(rows):
            following = rows[number + 1].start if number + 1 < len(rows) else len(text)
            stretch = _before(text, source, rows) or _after(text, source, following)
            if stretch is None or source.located or not _quotation(text, stretch, source):
                continue
            told = True
            yield _told(resolved, said.at, stretch, text, source)
        if said.paragraph.kind == "quote" and rows and not told:
            last = rows[-1]
            ends = not text[last.end :].strip(" .)]")
            if ends and not last.located and len(WORD.findall(text[: last.start])) >= BLOCK:
                yield _told(resolved, said.at, (0, last.start), text, last)


def _sources(resolved: Resolved) -> dict[int, list[_Source]]:
    links: dict[int, list[int]] = {}
    for link in resolved.links:
        if link.listed >= 0:
            links.setdefault(link.citation, []).append(link.listed)
    found: dict[int, list[_Source]] = {}
    for number, typed in enumerate(resolved.citations):
        if typed.citation.style == "author-date" and not all(work.personal for work in typed.citation.works):
            titles = tuple(plain(title(resolved.listed[at])) for at in links.get(number, ()))
            found.setdefault(typed.paragraph, []).append(_source(resolved, typed, titles))
    return found


def _source(resolved: Resolved, typed: Typed, titles: Sequence[str]) -> _Source:
    one = typed.citation
    text = resolved.typescript.paragraphs[typed.paragraph].text
    located = any(work.locator for work in one.works) or LOCATED.match(text, one.end) is not None
    compared = any(COMPARED.match(work.prefix.strip()) for work in one.works)
    return _Source(one.start, one.end, located, one.narrative, tuple(titles), one.text, compared)


def _keyed(text: str, known: frozenset[str]) -> list[_Source]:
    """Citations by keys, as written; what is in no list (a letter, a talk with someone) has no pages to name."""
    rows = []
    for found in KEYED.finditer(text):
        if known and not known.issuperset(KEY.findall(found.group())):
            continue
        located = KEYED_PLACE.search(found.group()) is not None or LOCATED.match(text, found.end()) is not None
        narrative = not found.group().startswith("[")
        rows.append(_Source(found.start(), found.end(), located, narrative, (), found.group()))
    return rows


def _before(text: str, source: _Source, rows: Sequence[_Source]) -> tuple[int, int] | None:
    """The quotation that ends where a citation begins, without its marks."""
    if source.narrative:
        return None
    closed = CLOSED.search(text, max(source.start - 6, 0), source.start)
    if closed is None:
        return None
    sign, end = closed[1], closed.start(1)
    start = _opening(text, sign, end)
    if start < 0 or any(start < row.start < end for row in rows):
        return None
    return start + 1, end


def _opening(text: str, sign: str, end: int) -> int:
    """Where the mark that opens a quotation stands; an apostrophe opens none."""
    mark = OPENING[sign]
    at = text.rfind(mark, 0, end)
    if mark not in "'‘":
        return at
    while at > 0 and (text[at - 1].isalnum() or not text[at + 1 : at + 2].strip()):
        at = text.rfind(mark, 0, at)
    return at if at == 0 or (at > 0 and not text[at - 1].isalnum()) else -1


def _after(text: str, source: _Source, following: int) -> tuple[int, int] | None:
    """The quotation that a citation in the sentence brings in, where no other citation follows it."""
    if not source.narrative:
        return None
    stop = min(source.end + 70, following)
    openings = [at for at in (text.find(mark, source.end, stop) for mark in '“"«') if at >= 0]
    if not openings or ". " in text[source.end : min(openings)]:
        return None
    start = min(openings)
    closing = {"“": "”", '"': '"', "«": "»"}[text[start]]
    end = text.find(closing, start + 1)
    if end < 0 or end > following or LOCATED.match(text, end + 1):
        return None
    near = text[end + 1 :].lstrip(" .,;")
    if len(text) - len(near) >= following or near.startswith(("(", "[")):
        return None  # its own citation or locator comes next
    return start + 1, end


def _quotation(text: str, stretch: tuple[int, int], source: _Source) -> bool:
    """Whether quoted words are a quotation: long enough, no title of a work, no term."""
    words = text[slice(*stretch)]
    found = WORD.findall(words)
    if len(found) <= TERM_WORDS and TERM.search(text, max(stretch[0] - 16, 0), stretch[0] - 1):
        return False
    if len(found) < LEAST or len(words) > 4000 or source.compared:
        return False
    bare = plain(words)
    titles = [name for name in source.titles if name]
    if any(name.startswith(bare) or (len(name) > 15 and bare.startswith(name)) for name in titles):
        return False
    longer = [word for word in found[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    return not (longer and capitals * 2 > len(longer))


def _told(resolved: Resolved, at: int, stretch: tuple[int, int], text: str, source: _Source) -> Diagnostic:
    words = shortened(text[slice(*stretch)], 70)
    message = f"the quotation '{words}' has a citation, {source.words}, but no page or other locator"
    hint = "add the page (p. 12), or a paragraph, heading or time where there are no pages (APA 7 §8.13)"
    query = f"On which page (or in which paragraph) of the work stand the words “{words}” {source.words}?"
    paragraph = resolved.typescript.paragraphs[at]
    place = resolved.typescript.span(
        paragraph, max(stretch[0] - 1, 0), source.end if source.end > stretch[1] else stretch[1] + 1
    )
    return tell(WARNING, "quotation-locator", place, message, hint, query)
