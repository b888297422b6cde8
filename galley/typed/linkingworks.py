"""Listed entries as citations see them: surnames, initials, years and letter, or the title where nobody is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from galley.apa7.author import names as name_list
from galley.apa7.entry import Entry
from galley.apa7.spot.cleaning import bare
from galley.apa7.spot.knowing import Known, known
from galley.apa7.spot.words import SUFFIXES
from galley.typescript import Listed

ROLES = ("author", "editor", "director", "execproducer", "producer", "bookauthor", "translator", "compiler")
SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe"}
)
SMALL = frozenset(
    {"of", "the", "for", "and", "on", "in", "de", "des", "der", "und", "et", "für", "du", "la", "to", "at"}
)


class Person(NamedTuple):
    """An author of an entry: the surname as printed and all bare forms that mean it."""

    name: str
    forms: tuple[str, ...]
    initials: str
    group: bool


class Work(NamedTuple):
    """An entry: who is named, whether others follow, its years as digits or words, its letter and bare title.

    ``alone`` where nobody is named, so that the title stands in the author's place (APA 7 §8.14).
    """

    at: int
    people: tuple[Person, ...]
    more: bool
    years: frozenset[str]
    letter: str
    title: str
    alone: bool
    shown: str


def works(listed: Sequence[Listed]) -> tuple[Work, ...]:
    """All entries, in their order."""
    return tuple(_work(number, entry) for number, entry in enumerate(listed))


def index(entries: Sequence[Work]) -> Known:
    """What spotting is told of the list."""
    rows: list[tuple[Sequence[str], str]] = []
    for work in entries:
        year = "/".join(sorted(work.years))
        if work.alone:
            rows.append(([work.shown], year))
            continue
        rows.append(([person.name for person in work.people], year))
        rows.extend(([short], year) for person in work.people[:1] if person.group and (short := acronym(person.name)))
    return known(rows)


def _work(number: int, entry: Listed) -> Work:
    fields = entry.parsed.fields
    record = Entry(entry.key, entry.parsed.type, fields)
    people: tuple[Person, ...] = ()
    more = False
    for role in ROLES:
        found, more = name_list(record, role)
        if found:
            people = tuple(_person(one.surname, one.family, one.given, one.group or not one.given) for one in found)
            break
    title = fields.get("title", "") or fields.get("booktitle", "")
    shown = people[0].name if people else title
    return Work(number, people, more, _years(entry), entry.parsed.letter, bare(title), not people, shown)


def _person(surname: str, family: str, given: str, group: bool) -> Person:
    forms = [bare(surname), bare(family)]
    if surname != (spelt := surname.translate(SPELT)):
        forms.append(bare(spelt))
    if group:
        words = family.split()
        forms.append(bare(" ".join(words[1:])) if words and words[0].lower() == "the" else bare(family))
        forms.append(bare(re.sub(r"\s*[\[(][^\])]*[\])]", "", family)))
    else:
        words = family.split()
        if len(words) > 1 and words[-1].rstrip(".,") in SUFFIXES:
            words.pop()
            forms.append(bare(" ".join(words)))
        while len(words) > 1 and words[0].islower():  # a particle that some leave out
            words = words[1:]
            forms.append(bare(" ".join(words)))
    return Person(surname, tuple(dict.fromkeys(filter(None, forms))), _letters(given), group)


def _letters(given: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s.-]+", given) if part).casefold()


def _years(entry: Listed) -> frozenset[str]:
    fields = entry.parsed.fields
    start, end = entry.parsed.at.get("date", (0, 0))
    said = " ".join((fields.get("date", ""), fields.get("year", ""), fields.get("origdate", ""), entry.text[start:end]))
    found = set(re.findall(r"(?<!\d)\d{3,4}(?!\d)", re.sub(r"(\d{4})-\d\d(?:-\d\d)?", r"\1 ", said)))
    state = fields.get("pubstate", "")
    if state:
        found.add("in press" if "press" in state else state)
    return frozenset(found or {"n.d."})


def acronym(name: str) -> str:
    """The initials of a group's name: "World Health Organization" is WHO; "" where it has fewer than two words."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word and word.lower() not in SMALL]
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""


@lru_cache(maxsize=1 << 12)
def plain(name: str) -> str:
    """A name for exact comparison: case, quotation marks, spaces and kinds of hyphen do not count."""
    name = normalize("NFC", name.replace("ı\u0301", "í")).casefold().replace("\u00ad", "")
    name = re.sub(r"[’‘ʼ`´']", "'", name)
    name = re.sub(r"[‐‑–]", "-", name)
    return " ".join(re.sub(r"[“”\"«».,:;!?()]", " ", name).split())


def difference(typed: str, person: Person) -> str:
    """How a typed name and a listed one differ that have a bare form in common: "", "accent" or "split"."""
    one, two = plain(typed), plain(person.name)
    if (
        one == two
        or two.endswith(f" {one}")
        or one.endswith(f" {two}")
        or one == two.removeprefix("the ")
        or two == one.removeprefix("the ")
    ):
        return ""
    spaced = [" ".join(map(bare, text.replace("-", " - ").split())) for text in (one, two)]
    if bare(one) == bare(two) and spaced[0] != spaced[1]:
        return "split"
    return (
        ""
        if person.group or SUFFIXES & {part.rstrip(".").title() for part in (*one.split(), *two.split())}
        else "accent"
    )


def distance(one: str, two: str, limit: int) -> int:
    """How many letters must be changed, put in, left out or swapped with a neighbour; above the limit, limit + 1."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row, earlier = row, [i], before
        for j, b in enumerate(two, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return row[-1]
