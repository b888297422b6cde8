"""What tells cited works apart: year letters, initials of first authors who share a surname, names before et al.

Everything is found by hashing works into groups and looking inside a group only, so the cost is linear in the names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from .author import Name, initials, principal
from .date import published, year, year_text
from .entry import Entry
from .legaltext import designation, undated
from .terms import Terms
from .title import short_title

MANY: Final = 3
"""From three authors on a citation names the first and "et al." (APA 7 §8.17)."""


People: TypeAlias = tuple[str, tuple[Name, ...], bool]


class Label(NamedTuple):
    """One work's marks: its year letter ("" for none), the initials of its first author, the names before et al.

    ``people`` is what ``author.principal`` said of the work and ``dates`` its year without the letter, so that
    nobody needs to ask again.
    """

    letter: str = ""
    initials: str = ""
    shown: int = 1
    people: People | None = None
    dates: str = ""


class _Work(NamedTuple):
    """What of a work counts for telling it apart."""

    key: str
    people: People
    title: str
    base: str  # the year that carries the letter
    dates: str  # the whole date as cited, with the original one
    apart: bool  # \relax in the author: the .bib wants no letters against a namesake, as in biblatex

    @property
    def names(self) -> tuple[Name, ...]:
        """Who stands in the author's place."""
        return self.people[1]

    @property
    def others(self) -> bool:
        """Whether the list of names ends in "and others"."""
        return self.people[2]


def label(entries: Mapping[str, Entry], keys: Sequence[str], terms: Terms) -> dict[str, Label]:
    """Tell the works of ``keys``, given in reference-list order, apart (APA 7 §8.18-8.20)."""
    works = [_work(entries[key], terms) for key in keys if key in entries]
    given = _initials(works)
    sequences = {work.key: _sequence(work, given) for work in works}
    shown = _expand(works, sequences)
    letters = _letters(works, sequences, terms)
    return {
        key: Label(letters.get(key, ""), given.get(key, ""), shown.get(key, 1), work.people, work.dates)
        for work in works
        for key in (work.key,)
    }


def _work(entry: Entry, terms: Terms) -> _Work:
    people = principal(entry)
    role, found, _ = people
    title = "" if found else _title(entry)
    dates = year_text(entry, terms)
    apart = bool(role) and "\\relax" in entry.fields.get(role, "")
    base = year(published(entry), terms) or terms.no_date
    return _Work(entry.key, people, title, "" if undated(entry) else base, dates, apart)


def _title(entry: Entry) -> str:
    named = designation(entry)
    return named[0] if named else "".join(text for text, _ in short_title(entry)[0]).casefold()


def _initials(works: Iterable[_Work]) -> dict[str, str]:
    """Give initials to first authors whose surname another first author bears too (§8.20)."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    persons = [(w.key, w.names[0]) for w in works if w.names and not w.names[0].group]
    for _, name in persons:
        bearers[name.surname].add(initials(name.given))
    return {key: initials(name.given) for key, name in persons if len(bearers[name.surname]) > 1}


def _sequence(work: _Work, given: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names as a citation would print all of them; a title stands for names that are not there."""
    if not work.names:
        return ("", work.title)
    first = f"{given.get(work.key, '')} {work.names[0].surname}".strip()
    return (first, *(name.surname for name in work.names[1:]))


def _expand(works: Iterable[_Work], sequences: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Say how many names stand before "et al." so that no two lists of one year look the same (§8.18)."""
    groups: defaultdict[tuple[str, str], list[_Work]] = defaultdict(list)
    for work in works:
        if len(work.names) >= MANY or work.others:
            groups[sequences[work.key][0], work.dates].append(work)
    shown: dict[str, int] = {}
    for group in groups.values():
        lists = {(sequences[work.key], work.others) for work in group}
        needed = _distinct(lists) if len(lists) > 1 else {}
        for work in group:
            shown[work.key] = needed.get((sequences[work.key], work.others), 1)
    return shown


class _Branch(dict[str, "_Branch"]):
    """A node of the tree of name lists; ``going`` counts the lists that go through it and on, or end in "et al."."""

    __slots__ = ("going",)

    def __init__(self) -> None:
        self.going = 0


def _distinct(lists: Iterable[tuple[tuple[str, ...], bool]]) -> dict[tuple[tuple[str, ...], bool], int]:
    """Find for each list its shortest beginning that no other list shares; one name alone is no "et al."."""
    root = _Branch()
    for names, others in lists:
        at = root
        for place, name in enumerate(names, 1):
            at = at.setdefault(name, _Branch())
            at.going += place < len(names) or others  # a list that ends here is printed whole
    found = {}
    for names, others in lists:
        at, count = root, 0
        for name in names:
            at, count = at[name], count + 1
            if at.going == 1 and (count < len(names) or others):
                break
        found[names, others] = len(names) if count == len(names) - 1 and not others else count
    return found


def _letters(works: Iterable[_Work], sequences: Mapping[str, tuple[str, ...]], terms: Terms) -> dict[str, str]:
    """Give letters, in list order, to works that would be cited with the same names and year (§8.19, §9.47)."""
    groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for work in works:
        if work.base:
            groups[sequences[work.key], work.others, work.base, work.apart].append(work.key)
    letters: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1:
            for place, key in enumerate(group):
                letters[key] = letter(place, terms.letters)
    return letters


def letter(place: int, alphabet: str) -> str:
    """Give the letter for a place counted from 0: a to z, then aa, ab and on."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, len(alphabet))
        text = alphabet[rest] + text
    return text
