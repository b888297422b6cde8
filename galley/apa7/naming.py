"""What a work is called in text: its names as far as they are printed, its title or its legal name, its year.

Comes in: an entry and its label. Goes out: a ``Called``, made once a work and used by every citation of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from .assembly import Parts
from .author import Name, initials, names, principal
from .date import lettered, year_text
from .entry import Entry
from .labels import MANY, Label
from .legaltext import designation, undated
from .patterns import pattern
from .personal import is_personal, personal_date
from .setting import italic, rich, text
from .terms import Terms
from .title import short_title

NBSP: Final = "\u00a0"
_SOUNDS_I: Final = pattern(r"(?:hi|i|y(?![aeiouáéíóú]))(?![aeo])", re.IGNORECASE)


class Called(NamedTuple):
    """A work in text. ``people`` are (name, abbreviation) pairs; without people the titles stand in their place."""

    who: str  # what works that are grouped behind one name have in common
    people: tuple[tuple[str, str], ...] = ()
    et_al: bool = False
    title: Parts = ()
    title_comma: Parts = ()  # the title with the comma that follows it in parentheses
    told: Parts = ()  # the title in prose
    year: str = ""
    listed: bool = True


def call(entry: Entry, label: Label, terms: Terms) -> Called:
    """Say what a work is called (APA 7 §8.17-8.21)."""
    if is_personal(entry):
        people = tuple((_whole(name, entry), "") for name in principal(entry)[1])
        texts = tuple(name for name, _ in people)
        who = "\n".join(texts) or entry.key
        return Called(who, people or ((entry.key, ""),), year=personal_date(entry, terms), listed=False)
    role, found, others = label.people or principal(entry)
    year = lettered(label.dates, label.letter, terms) if label.dates else year_text(entry, terms)
    if not found:
        return _titled(entry, terms, year)
    people = _shown(found, label, others)
    et_al = others or len(people) < len(found)
    short, _ = names(entry, f"short{role}")
    if short and not _is_group(found[0]):
        people, et_al = tuple((name.surname, "") for name in short), False
    elif short:
        pairs = zip(people, short, strict=False)
        people = tuple((full, name.surname) for (full, _), name in pairs) + people[len(short) :]
    who = "\n".join(name for name, _ in people) + ("\n+" if et_al else "")
    return Called(who, people, et_al, year=year)


def _is_group(name: Name) -> bool:
    return name.group or not name.given


def _shown(found: tuple[Name, ...], label: Label, others: bool) -> tuple[tuple[str, str], ...]:
    count = len(found) if len(found) < MANY and not others else min(label.shown, len(found))
    given = f"{label.initials} ".replace(" ", NBSP) if label.initials else ""
    first = given + found[0].surname
    return ((first, ""), *((name.surname, "") for name in found[1:count]))


def _whole(name: Name, entry: Entry) -> str:
    """Give initials and surname, as a personal communication prints them (§8.9); a bearer of knowledge, in full."""
    given = name.given if entry.fields.get("affiliation") else initials(name.given)
    whole = f"{given} {name.surname}".strip()
    return f"{whole}, {entry.fields['affiliation']}" if entry.fields.get("affiliation") else whole


def _titled(entry: Entry, terms: Terms, year: str) -> Called:
    """Put the title, or the name that law gives a work, in the author's place (§8.14, ch. 11)."""
    named = designation(entry)
    if named is not None:
        short, long = named
        when = "" if undated(entry) else year
        return Called(short, title=(short,), title_comma=(f"{short},",), told=(long,), year=when)
    pieces, kind = short_title(entry)
    who = '"' + text(pieces)
    if kind != "quoted":
        title = rich(italic(pieces) if kind == "italic" else pieces)
        return Called(who, title=(title,), title_comma=(title, terms.comma), told=(title,), year=year)
    opening, closing, inner_opening, inner_closing = terms.quotes
    swap = str.maketrans({opening.strip(): inner_opening, closing.strip(): inner_closing})
    inner = tuple((run.translate(swap), marks) for run, marks in pieces)
    title = rich(inner)
    told = (opening, title, closing)
    if terms.language != "en":
        return Called(who, title=told, title_comma=(opening, title, closing + terms.comma), told=told, year=year)
    last, marks = inner[-1] if inner else ("", 0)
    if last.endswith(inner_closing):  # the comma stands inside both marks, as American printers set it
        ending = (*inner[:-1], (last.removesuffix(inner_closing) + terms.comma + inner_closing, marks))
        return Called(who, title=told, title_comma=(opening, rich(ending), closing), told=told, year=year)
    return Called(who, title=told, title_comma=(opening, title, terms.comma + closing), told=told, year=year)


def abbreviated(works: Mapping[str, Called]) -> dict[str, Called]:
    """Give one group one abbreviation in all its works; one that two groups share is not used (§8.21)."""
    short: dict[str, str] = {}
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for work in works.values():
        for full, brief in work.people:
            if brief and brief != full:
                short.setdefault(full, brief)
                bearers[brief].add(full)
    if not short:
        return dict(works)
    usable = {full: brief for full, brief in short.items() if len(bearers[brief]) == 1}
    return {key: _abbreviate(work, usable) for key, work in works.items()}


def _abbreviate(work: Called, usable: Mapping[str, str]) -> Called:
    if not any(brief or full in usable for full, brief in work.people):
        return work
    return work._replace(people=tuple((full, usable.get(full, "")) for full, _ in work.people))


def joined(shown: list[str], et_al: bool, terms: Terms, narrative: bool) -> str:
    """Join names: "A & B", "A, B, and C", "A et al.", "A, B, et al." (§8.17, 8.18)."""
    if et_al:
        rest = terms.et_al.replace(" ", NBSP)
        serial = terms.comma if len(shown) > 1 else ""
        return f"{f'{terms.comma} '.join(shown)}{serial} {rest}"
    if len(shown) == 1:
        return shown[0]
    last = terms.and_ if narrative else terms.ampersand
    if terms.language == "es" and _SOUNDS_I.match(shown[-1]):
        last = "e"  # Spanish "y" before the sound "i"
    serial = terms.comma if len(shown) > 2 and terms.language == "en" else ""
    return f"{f'{terms.comma} '.join(shown[:-1])}{serial} {last} {shown[-1]}"
