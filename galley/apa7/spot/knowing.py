"""What the reference list knows: which names stand with which years, to decide what is doubtful without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .cleaning import bare

Names = tuple[str, ...]


class Known(NamedTuple):
    """Listed names, bare: the entries by their first name, all names, and titles that stand in place of an author."""

    first: dict[str, list[tuple[Names, str]]]
    all: frozenset[str]
    titles: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.first)

    def surname(self, name: str) -> bool:
        """Whether an entry's first author (or its group or title) has this name."""
        return bare(name) in self.first

    def has(self, names: Sequence[str], year: str, *, etal: bool = False) -> bool:
        """Whether an entry of this year begins with these names; without "et al." it has no others."""
        if not names:
            return False
        wanted = tuple(map(bare, names))
        for entry, listed in self.first.get(wanted[0], ()):
            if same_year(year, listed) and entry[: len(wanted)] == wanted and (etal or len(entry) == len(wanted)):
                return True
        return False

    def begins(self, names: Sequence[str]) -> bool:
        """Whether an entry of whatever year begins with these names."""
        wanted = tuple(map(bare, names))
        return bool(wanted) and any(entry[: len(wanted)] == wanted for entry, _ in self.first.get(wanted[0], ()))

    def titled(self, text: str) -> bool:
        """Whether an entry without author has a title that begins so."""
        start = bare(text)
        return len(start) > 7 and any(title.startswith(start) for title in self.titles)


def same_year(typed: str, listed: str) -> bool:
    """Whether a typed year and a listed one are the same; either year of a pair will do."""
    if not listed or typed == listed:
        return True
    one, two = typed.replace("–", "/").split("/"), listed.replace("–", "/").split("/")
    return any(part in two for part in one)


def known(listed: Sequence[tuple[Sequence[str], str]]) -> Known:
    """Index what is listed: for each entry its names (or its title as the only one) and its year."""
    first: dict[str, list[tuple[Names, str]]] = {}
    every: set[str] = set()
    titles = []
    for names, year in listed:
        clean = tuple(filter(None, map(bare, names)))
        if not clean:
            continue
        first.setdefault(clean[0], []).append((clean, year))
        every.update(clean)
        if len(clean) == 1 and len(names[0].split()) > 1:
            titles.append(clean[0])
    return Known(first, frozenset(every), tuple(titles))
