"""An entry beside the record of its DOI: whether title, year and first author are the same, and by which measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from galley.document import Entry
from galley.online.records import Record, first, years
from galley.online.text import bare, plain

ALIKE = 0.85
"""The share of letters, in order, that two titles must have in common to be the same (Ratcliff and Obershelp)."""
ENOUGH = 15
"""Letters that a title must have for another that begins with it to be the same, subtitle left off."""
MARKS = re.compile(
    r"^(?:retracted(?: article)?|withdrawn|retraction(?: note| notice)?|removed|notice of retraction)\b\s*"
)
"""What publishers put before the title of a work that they have retracted."""


class Difference(NamedTuple):
    """A field in which entry and record differ: both as they are, for people to read."""

    field: str
    ours: str
    theirs: str


def differences(entry: Entry, record: Record) -> Iterator[Difference]:
    """Where the entry says something else than the record; what either leaves out is no difference."""
    fields = entry.fields
    title = next((name for name in ("title", "booktitle", "maintitle") if fields.get(name)), "")
    theirs = _titles(record)
    if title and theirs and not any(same_title(ours, one) for ours in _own_titles(fields) for one in theirs):
        yield Difference(title, _shown(fields[title]), plain(first(record.get("title"))))
    year = next((name for name in ("date", "year") if fields.get(name)), "")
    said = re.search(r"\d{4}", fields.get(year, ""))
    known = years(record)
    if said and known and said[0] not in known:
        yield Difference(year, said[0], " or ".join(sorted(known)))
    role = next((name for name in ("author", "editor") if fields.get(name)), "")
    people = _people(record)
    if role and people and not same_person(fields[role], people):
        yield Difference(
            role,
            _first_name(fields[role]),
            plain(people[0].get("family") or people[0].get("literal") or people[0].get("name")),
        )


def same_title(ours: str, theirs: str) -> bool:
    """Whether two titles are one: by the letters they share, or because one is the other without its subtitle."""
    one, two = (MARKS.sub("", bare(text)[:600]) for text in (ours, theirs))
    if not one or not two or one == two:
        return True
    short, long = sorted((one, two), key=len)
    if len(short) >= ENOUGH and long.startswith(short):
        return True
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE


def same_person(ours: str, people: list[Record]) -> bool:
    """Whether our first author is the record's: the family name, whatever its accents, case, hyphens and particles.

    Family and given name are often swapped in records, so our name may be either.
    """
    who = people[0]
    mine = bare(_first_name(ours))
    theirs = [bare(plain(who.get(name))) for name in ("family", "literal", "name", "given")]
    close = mine.replace(" ", "")
    for one in filter(None, theirs):
        if close == one.replace(" ", "") or _within(mine, one) or _within(one, mine):
            return True
    return not any(theirs)


def _within(short: str, long: str) -> bool:
    """Whether a name is the end or the beginning of a longer one: "Beethoven" of "van Beethoven"."""
    return long.endswith(f" {short}") or long.startswith(f"{short} ")


def _first_name(people: str) -> str:
    """The family name of the first of a BibTeX list of names, or the whole of a group's."""
    depth, end = 0, len(people)
    for found in re.finditer(r"[{}]|\s+and\s+", people):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] not in "{}":
            end = found.start()
            break
    name = people[:end].strip()
    if name.startswith("{") and name.endswith("}"):
        return name.strip("{}")
    return name.partition(",")[0] if "," in name else name.rpartition(" ")[2]


def _people(record: Record) -> list[Record]:
    for role in ("author", "editor"):
        rows = record.get(role)
        found = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
        if found:
            lead = [one for one in found if one.get("sequence") == "first"]
            return [*lead, *found]
    return []


def _own_titles(fields: Mapping[str, str]) -> list[str]:
    title, sub = fields.get("title", ""), fields.get("subtitle", "")
    whole = [title, f"{title} {sub}", fields.get("booktitle", ""), fields.get("maintitle", ""),
             fields.get("origtitle", ""), f"{fields.get('maintitle', '')} {title}"]  # fmt: skip
    return [one for one in whole if one.strip()]


def _titles(record: Record) -> list[str]:
    """The titles of a record, with and without subtitle, the one in the original language among them."""
    found: list[str] = []
    subs = record.get("subtitle")
    sub = plain(first(subs)) if subs else ""
    for name in ("title", "original-title", "short-title"):
        rows = record.get(name)
        for one in rows if isinstance(rows, list) else [rows]:
            if text := plain(one):
                found += [text, f"{text} {sub}"] if sub else [text]
    return found


def _shown(text: str) -> str:
    return re.sub(r"[{}]", "", text)
