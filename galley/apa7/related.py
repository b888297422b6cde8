"""Works about or from other works: reprints, reviews, comments, retractions (APA 7 §9.40-9.42, 10.7)."""

from __future__ import annotations

from typing import Final

from .author import annotated, names
from .date import date, year
from .entry import Entry
from .latex import LINK, Pieces, plain
from .setting import italic, join, roman, text, wrap
from .work import Work, cased, colon, display, listed, people, role_word

_ABOUT: Final = frozenset({"reviewof", "commenton", "retractionof", "responseto", "replyto"})
_PART: Final = frozenset({"article", "incollection", "inbook", "inproceedings", "inreference", "suppperiodical"})


def description(work: Work) -> Pieces:
    """Describe what a review or comment is about: Review of the book *Title*, by A. Author (§10.7)."""
    kind = work.get("relatedtype").lower()
    if kind not in _ABOUT or not work.related:
        return ()
    said = work.get("relatedstring") or f"{work.word(kind)}{_kind(_of(work, work.related[0]))}"
    parts = [_about(_of(work, entry)) for entry in work.related]
    return ((f"{said} ", 0), *join(parts, f" {work.terms.and_} "))


def _kind(other: Work) -> str:
    """Name what kind of work is reviewed, where the .bib does not: " the book", " the film"."""
    if other.terms.language != "en":
        return ""
    if other.entry.type in ("article", "suppperiodical"):
        return " the article"
    if other.entry.type in ("video", "movie", "audio", "music", "software", "image", "artwork"):
        medium = other.get("entrysubtype")
        said = other.word(medium) or medium or other.entry.type
        return f" the {said if said[:2].isupper() else said[:1].lower() + said[1:]}"
    return " the chapter" if other.entry.type in _PART else " the book"


def _of(work: Work, entry: Entry) -> Work:
    return Work(entry, work.terms, "", work.english)


def _named(other: Work) -> Pieces:
    """Set the other work's title: in quotation marks where it is part of a whole, else in italics."""
    title = colon(*cased(other, "title", "subtitle"))
    part = other.entry.type in _PART or "episode" in other.get("entrysubtype").lower()
    if other.entry.type in ("audio", "music") and other.get("entrysubtype").lower() == "song":
        part = True
    return quoted(title, other) if part else italic(title)


def quoted(title: Pieces, work: Work) -> Pieces:
    """Put double quotation marks round a title; the marks inside it become single ones."""
    start, end, inner_start, inner_end = work.terms.quotes
    inside = tuple((part.replace("“", inner_start).replace("”", inner_end), marks) for part, marks in title)
    return wrap(start, inside, end)


def comma(title: Pieces, work: Work) -> Pieces:
    """Add a comma, inside a closing quotation mark as American printers do."""
    if not title:
        return title
    last, marks = title[-1]
    if work.terms.language == "en" and last.endswith("”"):
        body = (*title[:-1], (last[:-1], marks)) if last != "”" else title[:-1]
        return (*body, ("," if text(body)[-1:] not in "?!" else "", marks), ("”", marks))
    return (*title, (",", 0))


def _about(other: Work) -> Pieces:
    title = _named(other)
    who = by(other)
    return join((comma(title, other), roman(f"{other.terms.by} {who}")), " ") if who else title


def by(other: Work) -> str:
    """Print who made the other work, with roles in their short form: "M. Schur, Writer & Dir."."""
    found, others = names(other.entry, "author")
    if not found:
        for role in ("editor", "director", "host", "execproducer"):
            if who := people(other, role):
                return f"{who}, {role_word(other, role)}"
        return ""
    notes = annotated(other.entry, "author", "role")
    parts = []
    for at, name in enumerate(found, 1):
        roles = notes.get(at, "")
        shown = f" {other.terms.ampersand} ".join(_short(other, role) for role in roles.split(",") if role.strip())
        parts.append(f"{display(name)}, {shown}" if shown else display(name))
    whole = notes.get(0, "")
    text_ = listed(parts, other.terms, others)
    return f"{text_}, {_short(other, whole)}" if whole else text_


def _short(work: Work, role: str) -> str:
    role = role.strip().strip('"')
    return work.word(f"{role}.") or work.word(role) or role


def tail(work: Work) -> Pieces:
    """Set what stands after the source: where the work was first published (§9.41-9.42)."""
    kind = work.get("relatedtype").lower()
    if work.related and kind in ("retraction", "retractedby"):
        return wrap(f"({work.word('retraction')} ", _retraction(_of(work, work.related[0])), ")")
    if work.related and kind in ("reprintfrom", "reprintof", "origpubin"):
        said = work.get("relatedstring") or work.terms.reprinted
        return wrap(f"({said} ", _first_home(work, _of(work, work.related[0])), ")")
    original = date(work.entry, "orig")
    printed = year(original, work.terms) if original else ""
    if printed:
        return roman(f"({work.terms.original} {printed})")
    return ()


def _first_home(work: Work, other: Work) -> Pieces:
    """Set the first publication of a reprint in one run, divided by commas, issue in square brackets."""
    from .addresses import locator
    from .source import book_title, periodical, span

    when = date(other.entry)
    dated = roman(year(when, work.terms)) if when else ()
    where = locator(other)
    address = ((where, LINK),) if where else ()
    house = roman(plain(other.entry.fields.get("publisher", "")))
    same = names(other.entry, "author")[0] in ((), names(work.entry, "author")[0])
    who = roman(f"{work.terms.by} {by(other)}") if by(other) and not (same and other.has("author")) else ()
    if other.has("journaltitle", "journal"):
        journal = tuple((_square(part), marks) for part, marks in periodical(other))
        return _tidy((*comma(_named(other), work), (" ", 0), *join((who, dated, journal, address), ", ")))
    pages = span(other.entry.fields.get("pages", ""))
    paged = roman(f"{work.terms.pages if '–' in pages else work.terms.page} {pages}" if pages else "")
    if other.has("booktitle"):
        held = ((f"{work.terms.in_.lower()} ", 0), *italic(book_title(other)))
        rest = join((held, paged, who, dated, house, address), ", ")
        return _tidy((*comma(_named(other), work), (" ", 0), *rest))
    return join((italic(book_title(other, "title", "subtitle")), paged, who, dated, house, address), ", ")


def _retraction(other: Work) -> Pieces:
    from .addresses import locator
    from .source import periodical

    when = date(other.entry)
    where = locator(other)
    journal = tuple((_square(part), marks) for part, marks in periodical(other))
    return join((roman(year(when, other.terms)) if when else (), journal, ((where, LINK),) if where else ()), ", ")


def _square(part: str) -> str:
    """Round brackets inside round brackets become square ones."""
    return part.replace("(", "[").replace(")", "]")


def _tidy(run: Pieces) -> Pieces:
    return tuple((part, marks) for part, marks in run if part)
