"""Citations without brackets round them, as in notes, cells and loose prose: "Smith et al., 2020"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .authors import Authors, authors
from .brackets import Bracket
from .cleaning import Clean
from .knowing import Known
from .nouns import TypedCitation, TypedWork
from .tokens import tokens
from .units import Sight
from .years import Year, settled, years

_BEFORE: Final = 200


def bare_citations(
    cleaned: Clean, pairs: Sequence[Bracket], known: Known, *, loose: bool
) -> Iterator[tuple[TypedCitation, int]]:
    """Names, a comma and a year in the prose: with "et al." or "&", or where the list knows them.

    ``loose`` takes a single name that the list knows as well, as stands in a cell of a table.
    """
    floor = 0
    for year in _outside(cleaned, pairs):
        if year.start < floor or not year.text[0].isdigit():
            continue
        row = tokens(cleaned.mask, max(floor, year.start - _BEFORE), year.start)
        comma = bool(row) and row[-1].text == ","
        if comma:
            row.pop()
        who = authors(row, cleaned.shown, Sight(True, known, settled(year.text))) if row else None
        if who is None or not (comma or who.etal):
            continue
        sure = known.has(who.names, settled(year.text), etal=bool(who.etal))
        if not (sure and (loose or who.etal or who.joint)) and not (who.etal or who.joint == "&"):
            continue
        yield _made(cleaned, who, year, comma=comma), 0 if sure else 1
        floor = year.end


def _outside(cleaned: Clean, pairs: Sequence[Bracket]) -> Iterator[Year]:
    """The years that stand in no bracket."""
    outer = [pair for pair in pairs if pair.depth == 0]
    at = 0
    for year in years(cleaned.mask):
        while at < len(outer) and outer[at].end <= year.start:
            at += 1
        if at == len(outer) or year.start < outer[at].start:
            yield year


def _made(cleaned: Clean, who: Authors, year: Year, *, comma: bool) -> TypedCitation:
    start, end = cleaned.place(who.start), cleaned.place(year.end)
    work = TypedWork(
        who.names,
        settled(year.text),
        year.letter,
        who.initials,
        who.joint,
        who.etal,
        slips=(*(slip for slip in who.slips if slip != "ampersand-outside"), *(() if comma else ("no-comma",))),
        start=start,
        end=end,
        name_start=start,
        name_end=cleaned.place(who.end),
        year_start=cleaned.place(year.start),
        year_end=end,
    )
    return TypedCitation(start, end, cleaned.typed[start:end], (work,))
