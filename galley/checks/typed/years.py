"""Works that a citation cannot tell apart: year letters and initials (APA 7 §8.19, 8.20, 9.47)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galley.checks.typed.entries import called, initials, lead, plain, same_person, title, year
from galley.checks.typed.forms import judged
from galley.checks.typed.telling import at_field, at_work, cited, shortened, tell
from galley.report import ERROR, WARNING, Diagnostic
from galley.typescript import Listed, Resolved


def letters(resolved: Resolved) -> Iterator[Diagnostic]:
    """C10 ``year-letter``: works of the same authors and year lack their letters, or bear them out of order."""
    if not judged(resolved):
        return
    faulty: set[int] = set()
    for group in _groups(resolved):
        found = _group(resolved, group)
        if found is not None:
            faulty |= set(group)
            yield found
    yield from _alone(resolved, faulty)
    yield from _cited(resolved, faulty)


def _groups(resolved: Resolved) -> list[list[int]]:
    """Positions of entries of the same authors and the same year, two or more each."""
    rows: dict[tuple[tuple[tuple[str, str], ...], str], list[int]] = {}
    for at, listed in enumerate(resolved.listed):
        names = tuple((plain(person.family), initials(person.given)) for person in lead(listed))
        if names and year(listed).lstrip("-").isdigit():
            rows.setdefault((names, year(listed)), []).append(at)
    return [row for row in rows.values() if len(row) > 1]


def _group(resolved: Resolved, group: Sequence[int]) -> Diagnostic | None:
    rows = [resolved.listed[at] for at in group]
    titles = {plain(title(one)) for one in rows}
    if len(titles) < len(rows):
        return None  # one work twice: told as that
    given = [one.parsed.letter for one in rows]
    wanted = [chr(ord("a") + number) for number in range(len(rows))]
    if given == wanted or len(rows) > 26:
        return None
    names = called(rows[0]._replace(parsed=rows[0].parsed._replace(letter="")))
    shown = "; ".join(f"“{shortened(title(one), 40)}” ({one.parsed.letter or 'no letter'})" for one in rows)
    at = next((n for n, (one, other) in enumerate(zip(given, wanted, strict=True)) if one != other), 0)
    place = at_field(resolved, rows[at], "date")
    if sorted(given) == wanted:
        message = f"the letters of {names} are not in the order of the list: {', '.join(given)}"
        hint = "letter works of one year in the order in which they are listed, by title (APA 7 §9.47)"
        query = f"The list has {shown}. May we change the letters, here and in the citations, to a, b ...?"
        return tell(WARNING, "year-letter", place, message, hint, query, shown)
    message = f"the list has {len(rows)} works that are {names}, not told apart by letters"
    hint = f"write {year(rows[0])}a, {year(rows[0])}b ..., in the citations too (APA 7 §8.19)"
    query = f"The list has {len(rows)} works that are {names}: {shown}. Which of them does each citation mean?"
    return tell(ERROR, "year-letter", place, message, hint, query, shown)


def _alone(resolved: Resolved, faulty: set[int]) -> Iterator[Diagnostic]:
    """A letter that tells a work from nothing."""
    grouped = {at for group in _groups(resolved) for at in group}
    for at, listed in enumerate(resolved.listed):
        if listed.parsed.letter and at not in grouped and at not in faulty and lead(listed):
            if _kin(resolved, at):
                continue
            message = f"{called(listed)} has a letter, and the list has no other work from which it tells it"
            hint = "take the letter out, or add the work that is missing"
            query = f"The list has {called(listed)}, but no other work of that year. Is one missing?"
            yield tell(WARNING, "year-letter", at_field(resolved, listed, "date"), message, hint, query)


def _kin(resolved: Resolved, at: int) -> bool:
    """Whether another entry has the same first author and year: letters then tell shortened citations apart."""
    own = resolved.listed[at]
    name = plain(lead(own)[0].family)
    return any(
        number != at and lead(other) and plain(lead(other)[0].family) == name and year(other) == year(own)
        for number, other in enumerate(resolved.listed)
    )


def _cited(resolved: Resolved, faulty: set[int]) -> Iterator[Diagnostic]:
    for one in cited(resolved):
        link, place = one.link, at_work(resolved, one)
        if link.kind == "ambiguous":
            meant = [at for at in dict.fromkeys((link.listed, *link.others)) if at >= 0]
            if len(meant) > 1 and set(meant) <= faulty:
                continue  # the list is at fault, and it is told there
            if len({plain(title(resolved.listed[at])) for at in meant}) == 1 < len(meant):
                continue  # one work listed twice
            names = [_told(resolved.listed[at]) for at in meant[:4]]
            message = f"'{one.words}' may be any of {len(meant)} works in the list"
            query = f"You cite “{one.words}”. Do you mean {' or '.join(names)}?"
            hint = "add the letter of the year, or the names that tell them apart (APA 7 §8.18-8.20)"
            yield tell(ERROR, "year-letter", place, message, hint, query, "; ".join(names) or link.evidence)
        elif link.kind == "letter" and one.listed is not None and link.listed not in faulty:
            given = called(one.listed)
            severity = ERROR if one.work.letter and one.listed.parsed.letter else WARNING
            message = f"'{one.words}' and the list, {given}, differ in the letter of the year"
            query = f"You cite “{one.words}”, but the list has {given}. Which is meant?"
            yield tell(severity, "year-letter", place, message, "make the letters agree", query, link.evidence)


def _told(listed: Listed) -> str:
    return f"{called(listed)}, “{shortened(title(listed) or listed.text, 40)}”"


def initials_needed(resolved: Resolved) -> Iterator[Diagnostic]:
    """C11 ``initials-needed``: first authors of one surname, cited without the initials that tell them apart."""
    if not judged(resolved):
        return
    told: set[str] = set()
    for one in cited(resolved):
        names = lead(one.listed) if one.listed is not None else ()
        if not names or names[0].group or not names[0].given or any(one.work.initials) or one.link.kind == "ambiguous":
            continue
        family = plain(names[0].family)
        other = _namesake(resolved, one.listed)
        if family in told or other is None:
            continue
        told.add(family)
        both = f"{_whole(one.listed)} and {_whole(other)}"
        message = f"'{one.words}': the list has two first authors named {names[0].family}, {both}"
        hint = f"write {_initialled(one.listed)} wherever they are cited (APA 7 §8.20)"
        query = f"Two first authors are named {names[0].family} ({both}). May we add the initials in the text?"
        yield tell(WARNING, "initials-needed", at_work(resolved, one), message, hint, query)


def _namesake(resolved: Resolved, own: Listed | None) -> Listed | None:
    """Another entry whose first author has the same surname and is somebody else."""
    if own is None:
        return None
    person = lead(own)[0]
    for other in resolved.listed:
        for found in lead(other)[:1]:
            apart = plain(found.family) == plain(person.family) and found.given and not found.group
            if apart and not same_person(found, person):
                return other
    return None


def _whole(listed: Listed | None) -> str:
    person = lead(listed)[0] if listed else None
    return f"{person.given} {person.family}" if person else ""


def _initialled(listed: Listed | None) -> str:
    return f"“{_whole(listed)}”"
