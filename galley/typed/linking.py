"""Typed citations and the listed entries they mean: each work linked to one, exactly or nearly, and who is uncited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from galley.apa7.spot.cleaning import bare
from galley.apa7.spot.nouns import TypedWork
from galley.apa7.spot.words import SECONDARY
from galley.typed.linkingnames import Match, forms, grouped, misspelt, names, reordered
from galley.typed.linkingtitles import titled
from galley.typed.linkingworks import Work, distance, works
from galley.typed.linkingyears import same_year, states, year_gap
from galley.typescript import Link, Listed, Resolved, Typed, Typescript


@dataclass(frozen=True, slots=True)
class _List:
    """The entries, where they are found by their first name, those of groups, and where by an abbreviation."""

    entries: tuple[Work, ...]
    first: dict[str, list[Work]]
    groups: tuple[Work, ...]
    short: dict[str, list[Work]] = field(default_factory=dict)


def linked(typescript: Typescript, citations: Sequence[Typed], listed: Sequence[Listed]) -> Resolved:
    """Link every work of every citation; personal messages, and works known only through another, need no entry."""
    entries = works(listed)
    shelf = _shelf(entries, citations)
    found: dict[tuple[int, int], Link] = {}
    open_: list[tuple[int, int, TypedWork]] = []
    known: dict[tuple[object, ...], Link | None] = {}
    for at, typed in enumerate(citations):
        for number, work in enumerate(typed.citation.works):
            if work.personal:
                continue
            if work.number:
                found[at, number] = _numbered(at, number, work.number, listed)
                continue
            said = (work.names, work.initials, work.joint, bool(work.etal), work.year, work.letter, work.marked)
            if said not in known:
                known[said] = _certain(work, shelf)
            link = known[said]
            if link is None:
                open_.append((at, number, work))
            else:
                found[at, number] = link._replace(citation=at, work=number)
    used = {link.listed for link in found.values()}
    for at, number, work in open_:
        link = _likely(work, shelf, used)
        if link.listed >= 0 or not _second_hand(citations[at], number):
            found[at, number] = link._replace(citation=at, work=number)
    links = tuple(found[key] for key in sorted(found))
    meant = {link.listed for link in links} | {one for link in links if link.kind == "ambiguous" for one in link.others}
    uncited = tuple(at for at in range(len(listed)) if at not in meant)
    numbers = sum(typed.citation.style != "author-date" for typed in citations)
    style = "number" if numbers * 2 > len(citations) else "author-date"
    return Resolved(typescript, tuple(citations), tuple(listed), links, uncited, style)


def _shelf(entries: tuple[Work, ...], citations: Iterable[Typed]) -> _List:
    first: dict[str, list[Work]] = {}
    for entry in entries:
        for form in dict.fromkeys(entry.people[0].forms if entry.people else (entry.title,)):
            first.setdefault(form, []).append(entry)
    shelf = _List(entries, first, tuple(one for one in entries if one.people and one.people[0].group))
    for typed in citations:
        for work in typed.citation.works:
            if work.short and work.names:
                meant = [entry for form in forms(work.names[0]) for entry in first.get(form, ())]
                row = shelf.short.setdefault(bare(work.short), [])
                row.extend(entry for entry in meant if entry not in row)
    return shelf


def _numbered(at: int, work: int, number: int, listed: Sequence[Listed]) -> Link:
    """The entry of a number: that which bears it, or which stands at that place."""
    for position, entry in enumerate(listed):
        if entry.number == number:
            return Link(at, work, position, "exact")
    if 0 < number <= len(listed) and not listed[number - 1].number:
        return Link(at, work, number - 1, "exact")
    return Link(at, work, -1, "missing")


def _second_hand(typed: Typed, number: int) -> bool:
    """Whether the work is known only through the one after it: "Rabbitt, 1982, as cited in Lyon, 2014" (§8.6)."""
    after = typed.citation.works[number + 1 : number + 2]
    return bool(after) and SECONDARY.search(after[0].prefix) is not None


def _certain(work: TypedWork, shelf: _List) -> Link | None:
    """The entry whose names and year are the work's, as far as forms go; None where there is none."""
    scored = [(match, entry) for match, entry in _matches(work, shelf) if match.cost < 5 and same_year(work, entry)]
    if not scored:
        return None
    return _best(work, scored)


def _matches(work: TypedWork, shelf: _List) -> list[tuple[Match, Work]]:
    """Every entry whose first name agrees, with how its names agree."""
    if not work.names:
        return []
    found: dict[int, tuple[Match, Work]] = {}

    def keep(match: Match | None, entry: Work) -> None:
        if match and (entry.at not in found or match.cost < found[entry.at][0].cost):
            found[entry.at] = match, entry

    joined = bare(f" {work.joint} ".join((", ".join(work.names[:-1]), work.names[-1])))
    for form in (*forms(work.names[0]), joined):
        for entry in shelf.first.get(form, ()):
            if entry.people:
                keep(names(work, entry), entry)
    if len(work.names) == 1:
        own = bare(work.names[0])
        for entry in shelf.short.get(own, ()):
            keep(Match("short", 0.5), entry)
        for entry in shelf.groups:
            keep(grouped(work.names[0], entry.people[0]), entry)
        for entry in shelf.entries:
            if entry.title[:3] == own[:3]:
                keep(titled(work, entry), entry)
        if not found:
            _with_given_name(work, shelf, keep)
    return list(found.values())


def _with_given_name(work: TypedWork, shelf: _List, keep: object) -> None:
    """A given name in front of the surname, "John Smith (2020)"; or a surname's last part alone."""
    words = work.names[0].split()
    if len(words) < 2 or not callable(keep):
        return
    for start in range(1, len(words)):
        for entry in shelf.first.get(bare(" ".join(words[start:])), ()):
            one = entry.people[:1]
            if one and one[0].initials[:1] == bare(words[0])[:1]:
                alone = work._replace(names=(" ".join(words[start:]),))
                if how := names(alone, entry):
                    keep(Match("form", max(how.cost, 3)), entry)


def _best(work: TypedWork, scored: list[tuple[Match, Work]]) -> Link:
    """The nearest entry, told by its letter; several alike are ambiguous."""
    least = min(match.cost for match, _ in scored)
    alike = [(match, entry) for match, entry in scored if match.cost == least]
    states_ = {entry.at: states(work, entry) for _, entry in alike}
    if len(alike) > 1 and any(states_.values()) and not all(states_.values()):
        alike = [(match, entry) for match, entry in alike if states_[entry.at]]
    lettered = [(match, entry) for match, entry in alike if entry.letter == work.letter]
    if lettered:
        same = [entry.at for _, entry in lettered]
        match, entry = lettered[0]
        if len(same) > 1:
            return Link(0, 0, same[0], "ambiguous", "", tuple(same[1:]))
        others = tuple(other.at for _, other in alike if other.at != entry.at) if not work.letter else ()
        if others and not work.letter:  # 2020 and 2020a side by side
            return Link(0, 0, entry.at, match.kind, "", others)
        return Link(0, 0, entry.at, match.kind)
    same = [entry.at for _, entry in alike]
    if len(same) > 1 and not work.letter:
        return Link(0, 0, same[0], "ambiguous", "", tuple(same[1:]))
    how = alike[0][0].kind
    kind = "letter" if how in ("exact", "etal", "accent", "split", "short", "title") else how
    return Link(0, 0, same[0], kind, "", tuple(same[1:]))


def _likely(work: TypedWork, shelf: _List, used: set[int]) -> Link:
    """The entry that is probably meant: one fault away, one that nothing else cites before another; else missing."""
    rows: list[tuple[float, str, Work]] = []
    matches = _matches(work, shelf)
    for match, entry in matches:
        if match.cost >= 5 and same_year(work, entry):
            rows.append((match.cost, match.kind, entry))
    for entry in shelf.entries:
        if same_year(work, entry):
            if (wrong := misspelt(work, entry)) is not None:
                rows.append((wrong.cost, wrong.kind, entry))
            elif reordered(work, entry):
                rows.append((5, "order", entry))
    rows.extend(_other_years(work, matches))
    near = tuple(dict.fromkeys(entry.at for match, entry in sorted(matches, key=lambda one: one[0].cost)))
    if not rows:
        return Link(0, 0, -1, "missing", "", near[:3])
    rows = [(cost + (entry.at in used) * 1.5 + _off_letter(work, entry), kind, entry) for cost, kind, entry in rows]
    rows.sort(key=lambda row: (row[0], row[2].at))
    least, kind, entry = rows[0]
    others = tuple(dict.fromkeys(row[2].at for row in rows[1:] if row[0] < least + 2 and row[2].at != entry.at))
    return Link(0, 0, entry.at, kind, "", others[:5])


def _off_letter(work: TypedWork, entry: Work) -> float:
    return 0.2 if work.letter != entry.letter else 0.0


def _other_years(work: TypedWork, matches: Sequence[tuple[Match, Work]]) -> list[tuple[float, str, Work]]:
    """Entries of the same names and another year: the only one, or the nearest where it is near."""
    same = [(year_gap(work, entry), match, entry) for match, entry in matches if match.cost < 2]
    if not same:
        return []
    if len(same) == 1:
        _, match, entry = same[0]
        return [(7.0 + match.cost * 0.1, "year", entry)]
    close = [(gap, entry) for gap, _, entry in same if gap <= 2 or _swapped(work, entry, exact=not work.etal)]
    return [(7.0 + min(gap, 20) * 0.02, "year", entry) for gap, entry in close]


def _swapped(work: TypedWork, entry: Work, *, exact: bool) -> bool:
    """Whether two years have the same figures, or, where all names agree, all figures but one."""
    years = [year for year in entry.years if year.isdigit() and work.year.isdigit()]
    return any(sorted(year) == sorted(work.year) or (exact and distance(work.year, year, 1) < 2) for year in years)
