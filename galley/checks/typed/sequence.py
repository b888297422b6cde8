"""The order of works: in one pair of brackets (APA 7 §8.12), and in the reference list (APA 7 §9.44-9.49)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from galley.checks.typed.collation import after, misplaced
from galley.checks.typed.entries import apa_list, called, lead, same_person
from galley.checks.typed.forms import judged
from galley.checks.typed.telling import at_entry, folded, shortened, tell
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved


def brackets(resolved: Resolved) -> Iterator[Diagnostic]:
    """C09 ``citation-order``, ``citation-separator``: works in brackets out of order, or not parted by semicolons."""
    if judged(resolved):
        several = sum(1 for typed in resolved.citations if len(typed.citation.works) > 1)
        yield from folded(_brackets(resolved), chances=several)


def _brackets(resolved: Resolved) -> Iterator[tuple[str, Diagnostic]]:
    links = {(link.citation, link.work): link for link in resolved.links}
    for number, typed in enumerate(resolved.citations):
        citation = typed.citation
        if len(citation.works) < 2 or citation.narrative:
            continue
        paragraph = resolved.typescript.paragraphs[typed.paragraph]
        place = resolved.typescript.span(paragraph, citation.start, citation.end)
        for at, (one, other) in enumerate(pairwise(citation.works)):
            between = paragraph.text[one.end : other.start] if 0 <= one.end <= other.start else ";"
            named = other.name_start >= 0 and one.names != other.names
            if named and ";" not in between and ";" not in paragraph.text[one.year_end : other.name_start]:
                message = f"the works in '{citation.text}' are not parted by semicolons"
                query = f"May we part the works in “{citation.text}” by semicolons?"
                hint = "put a semicolon between works of different authors (APA 7 §8.12)"
                yield "parted", tell(WARNING, "citation-separator", place, message, hint, query)
                break
            mine, yours = links.get((number, at)), links.get((number, at + 1))
            if other.prefix or not mine or not yours or min(mine.listed, yours.listed) < 0:
                continue
            if {mine.kind, yours.kind} & {"ambiguous", "missing", "year", "letter"} or mine.listed == yours.listed:
                continue
            first, second = resolved.listed[mine.listed], resolved.listed[yours.listed]
            if _kin(first, second):
                continue  # names behind the first are shortened: each manager of references orders them its own way
            if after(first, second):
                message = f"'{citation.text}' names {called(first)} before {called(second)}"
                query = f"May we put the works in “{citation.text}” in the order of the reference list?"
                hint = "order works in brackets as the list does: by name, then by year (APA 7 §8.12)"
                yield "order", tell(WARNING, "citation-order", place, message, hint, query)
                break


def _kin(first: Listed, second: Listed) -> bool:
    """Whether two entries have one first author, and not the same others."""
    one, other = lead(first), lead(second)
    return bool(one and other) and same_person(one[0], other[0]) and len(one) + len(other) > 2 and one != other


def alphabet(resolved: Resolved) -> Iterator[Diagnostic]:
    """C15 ``list-order``: an entry stands out of the alphabetical order of the list."""
    if not apa_list(resolved):
        return
    rows = [one for one in resolved.listed if one.parsed.sure >= 0.4]
    wrong = misplaced(rows)
    if len(wrong) > max(3, len(rows) // 4):
        one, other = rows[wrong[0][0]], rows[wrong[0][1]]
        message = (
            f"the reference list is not in alphabetical order: {len(wrong)} of {len(rows)} entries stand elsewhere"
        )
        hint = "order the list by the first authors' names (APA 7 §9.44)"
        query = "APA orders the reference list by the alphabet. May we put it in that order?"
        evidence = f"such as {called(one)} and {called(other)}"
        yield tell(WARNING, "list-order", at_entry(resolved, one), message, hint, query, evidence)
        return
    for at, beside in wrong:
        one, other = rows[at], rows[beside]
        where = "before" if beside < at else "behind"
        digit = " (a number is filed as if spelt out)" if one.text[:1].isdigit() else ""
        message = f"{called(one)} is out of order: it belongs {where} {called(other)}{digit}"
        hint = "move it there (APA 7 §9.44-9.49)"
        query = f"May we move “{shortened(one.text, 60)}” {where} {called(other)} in the reference list?"
        yield tell(WARNING, "list-order", at_entry(resolved, one), message, hint, query)
