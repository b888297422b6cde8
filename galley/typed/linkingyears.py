"""The year of a typed work against that of an entry (APA 7 §8.15)."""

from __future__ import annotations

import re

from galley.apa7.spot.nouns import TypedWork
from galley.typed.linkingworks import Work

_DIGITS = re.compile(r"\d{3,4}")
FAR = 1000


def same_year(work: TypedWork, entry: Work) -> bool:
    """Whether a year is one of the entry's; "in press" and "forthcoming" mean the same, and may have a year by now."""
    typed = set(_DIGITS.findall(work.year))
    if typed:
        return bool(typed & entry.years)
    listed = {year for year in entry.years if not year.isdigit()}
    if work.year == "n.d.":
        return "n.d." in entry.years
    return bool(listed - {"n.d."}) or work.year in entry.years


def states(work: TypedWork, entry: Work) -> bool:
    """Whether all years of a pair, 1953/1961, are the entry's."""
    return set(_DIGITS.findall(work.year)) <= entry.years


def year_gap(work: TypedWork, entry: Work) -> int:
    """How many years lie between the two; FAR where one has none."""
    typed = [int(year) for year in _DIGITS.findall(work.year)]
    listed = [int(year) for year in entry.years if year.isdecimal() and len(year) < 10]
    return min((abs(a - b) for a in typed for b in listed), default=FAR)
