"""Figures and tables answer the text: what is there is called out, what is called out is there (APA 7 §7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from galley.checks.typed.prose import prose, stretches
from galley.checks.typed.telling import tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.span import Span
from galley.typescript import Resolved

KINDS = {"fig": "figure", "tab": "table", "box": "box", "app": "appendix"}
CAPTION = pattern(
    r"\s*(Figure|Fig\.?|FIGURE|FIG\.?|Table|TABLE|Tab\.)[ \u00a0]*(\d{1,3})(?![\d.]*\d)\s*(?:[.:|–—-]|\Z|\s)"
)
CALL = pattern(
    r"\b(figures?|figs?\.?|tables?|tab\.)[ \u00a0]*(\d{1,3}(?!\d)[a-z]?(?![a-z\d])"
    r"(?:\s?(?:,|&|–|-|/|and|to|through|,\s?and)\s?\d{0,3}[a-z]?(?![a-z\d]))*)",
    re.IGNORECASE,
)
NUMBERS = pattern(r"(\d{1,3})[A-Za-z]?(?:\s?(–|-|to|through)\s?(\d{1,3}))?")
ELSEWHERE = pattern(
    r"\s*(?:,?\s*panels?\s\w+)?,?\s*(?:of|in|from)\s+(?:the\s)?(?:[A-Z][\w’'-]+(?:\s(?:et\s+al\.?|and|&)\s?[A-Z]?[\w’'-]*)?[\s,]*\(?\d{4}"
    r"|(?:supplement|appendix|original|their)|[A-Z][\w-]+\set\sal)"
)
SUPPLEMENT = pattern(
    r"supplement\w*\s\Z|online\s\Z|extended\sdata\s\Z|appendix\s\Z|\bS\Z|their\s\Z|’s\s\Z|'s\s\Z", re.IGNORECASE
)


class _Object(NamedTuple):
    """A numbered figure or table: the position of its caption and where it stands."""

    kind: str
    number: int
    at: int
    place: Span


class _Call(NamedTuple):
    """A mention of a figure or table in the text."""

    kind: str
    number: int
    at: int
    place: Span
    order: int


def callouts(resolved: Resolved) -> Iterator[Diagnostic]:
    """C24 ``unmentioned-figure``, ``unmentioned-table``, ``unknown-callout``, ``callout-order``,
    ``repeated-number``: captions and callouts do not answer each other.
    """
    if resolved.typescript.keyed:
        return  # labels are checked against what bears them
    objects, calls = _objects(resolved), _calls(resolved)
    for kind in ("figure", "table"):
        there = [one for one in objects if one.kind == kind]
        if not there:
            continue  # figures come in files of their own
        called = [one for one in calls if one.kind == kind]
        yield from _unmentioned(there, {one.number for one in called})
        yield from _unknown(there, called)
        yield from _ordered(there, called)


def _objects(resolved: Resolved) -> list[_Object]:
    found: list[_Object] = []
    seen: set[str] = set()
    for said in prose(resolved, frozenset({"caption"})):
        match = CAPTION.match(said.text)
        if match and said.text.strip() not in seen:  # a figure set in a table may bear its caption twice
            seen.add(said.text.strip())
            kind = KINDS[match[1][:3].lower()]
            place = resolved.typescript.span(said.paragraph, match.start(1), match.end(2))
            found.append(_Object(kind, int(match[2]), said.at, place))
    return found


def _calls(resolved: Resolved) -> list[_Call]:
    within = stretches(resolved)
    found: list[_Call] = []
    kinds = frozenset({"abstract", "body", "quote", "list", "note", "caption", "cell"})
    for said in prose(resolved, kinds):
        if not CALL.search(said.text):
            continue
        own = CAPTION.match(said.text) if said.paragraph.kind == "caption" else None
        for match in CALL.finditer(said.text):
            if own and match.start() <= own.start(1):
                continue
            if _elsewhere(said.text, match, within.get(said.at, [])):
                continue
            place = resolved.typescript.span(said.paragraph, *match.span())
            kind = KINDS[match[1][:3].lower()]
            found += [_Call(kind, number, said.at, place, len(found)) for number in _numbers(match[2])]
    return found


def _elsewhere(text: str, match: re.Match[str], cites: list[tuple[int, int]]) -> bool:
    """Whether a figure of another work is meant, or of a supplement."""
    if any(start <= match.start() < end for start, end in cites):
        return True
    return bool(
        ELSEWHERE.match(text, match.end()) or SUPPLEMENT.search(text, max(match.start() - 20, 0), match.start())
    )


def _numbers(text: str) -> list[int]:
    numbers: list[int] = []
    for first, _, last in NUMBERS.findall(text):
        start, end = int(first), int(last or first)
        numbers += range(start, end + 1) if start <= end <= start + 30 else [start]
    return numbers


def _unmentioned(there: list[_Object], called: set[int]) -> Iterator[Diagnostic]:
    seen: set[int] = set()
    for one in there:
        name = f"{one.kind.capitalize()} {one.number}"
        if one.number in seen:
            message, hint = f"{name} is there twice", "give each a number of its own"
            yield tell(
                WARNING, "repeated-number", one.place, message, hint, f"Two captions bear {name}. Which is right?"
            )
        elif one.number not in called:
            hint = "call it out where the reader is to look at it (APA 7 §7.5)"
            query = f"We find no mention of {name} in the text. Where is it to be called out?"
            yield tell(WARNING, f"unmentioned-{one.kind}", one.place, f"no text mentions {name}", hint, query)
        seen.add(one.number)


def _unknown(there: list[_Object], called: list[_Call]) -> Iterator[Diagnostic]:
    known = {one.number for one in there}
    told: set[int] = set()
    for call in called:
        if call.number in known | told:
            continue
        told.add(call.number)
        name = f"{call.kind.capitalize()} {call.number}"
        last = f"{call.kind.capitalize()} {max(known)}"
        message = f"the text calls out {name}, and no caption bears that number"
        query = f"You refer to {name}, but the last of them is {last}. Which is meant, or is one missing?"
        if call.number < max(known):
            query = f"You refer to {name}, but there is none of that number. Which is meant, or is one missing?"
        yield tell(WARNING, "unknown-callout", call.place, message, "correct the number, or add what is missing", query)


def _ordered(there: list[_Object], called: list[_Call]) -> Iterator[Diagnostic]:
    """First mentions come in the order of the numbers."""
    known = {one.number for one in there}
    first: dict[int, _Call] = {}
    for call in called:
        if call.number in known:
            first.setdefault(call.number, call)
    calls = sorted(first.values(), key=lambda one: one.order)
    highest = 0
    for before, call in pairwise(calls):
        highest = max(highest, before.number)
        if call.number < highest:
            names = [f"{call.kind.capitalize()} {number}" for number in (highest, call.number)]
            message = f"{names[0]} is mentioned before {names[1]}"
            hint = "number them in the order in which the text mentions them (APA 7 §7.5)"
            query = f"The text mentions {names[0]} before {names[1]}. May we renumber them?"
            yield tell(WARNING, "callout-order", call.place, message, hint, query)
            return
