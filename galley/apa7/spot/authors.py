"""The authors before a year, read backwards: APA 7 §8.17-8.21, and what is typed in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .tokens import Token, abbreviation
from .units import Sight, Unit, name_of, unit


class Authors(NamedTuple):
    """Authors as typed, with where they stand; ``doubt`` is 0 for none to 3 for what is none."""

    names: tuple[str, ...]
    initials: tuple[str, ...]
    start: int
    end: int
    joint: str = ""
    etal: str = ""
    marked: str = ""
    short: str = ""
    slips: tuple[str, ...] = ()
    doubt: int = 0


class _Chain(NamedTuple):
    """Authors found so far, the last one first, and how they are joined."""

    units: list[Unit]
    joint: str
    oxford: bool


def authors(row: Sequence[Token], shown: str, sight: Sight, *, lead: int = 0) -> Authors | None:
    """The authors that end with the last token, or None.

    ``lead`` is the position of the token behind which the bracket's own words begin, past "see" and the like.
    """
    at = len(row) - 1
    short, at = _short(row, at, shown)
    slips: tuple[str, ...] = ()
    etal, after = "", at
    if at >= 0 and row[at].kind == "etal":
        etal = shown[row[at].start : row[at].end]
        at -= 1
        if at >= 0 and row[at].text == ",":
            at -= 1
            slips = ("etal-comma",)
    if at < 0:
        return None
    chain = _chain(row, at, sight, lead, listed=bool(etal))
    if chain is None:
        return None
    count = _count(row, chain, sight, lead, etal)
    units = chain.units[:count]
    if not units:
        return None
    joint = chain.joint if count > 1 else ""
    if _one_group(row, units, joint, sight):
        units, joint = [Unit(units[-1].first, units[-1].own, units[0].last, "group", 1)], ""
    if etal:
        if count > 1 and slips:
            slips = ()
        slips += _etal_slips(etal.replace("’", "'").removesuffix("'s"), narrative=sight.narrative)
    return _told(row, units, shown, etal, joint, short, slips, after, sight)


def _etal_slips(etal: str, *, narrative: bool) -> tuple[str, ...]:
    """Faults in the words for further authors: "et al" and "et. al." have their stops wrong, "& al." is not APA's."""
    if etal.lower().startswith("et"):
        return () if etal.split() == ["et", "al."] or etal == "Et al." else ("etal-stop",)
    return () if narrative and "colleagues" in etal else ("etal-form",)


def _short(row: Sequence[Token], at: int, shown: str) -> tuple[str, int]:
    """An abbreviation in square brackets behind a group's name (APA 7 §8.21), and what is before it."""
    if at >= 2 and row[at].text == "]":
        for opening in range(at - 1, max(at - 5, 0), -1):
            if row[opening].text == "[":
                return shown[row[opening].end : row[at].start].strip(), opening - 1
    return "", at


def _chain(row: Sequence[Token], at: int, sight: Sight, lead: int, *, listed: bool) -> _Chain | None:
    """All authors that could be meant, from the last one back."""
    one = unit(row, at, sight)
    if one is None or one.first < lead:
        return None
    units, joint, oxford = [one], "", False
    while len(units) < 25:
        before = units[-1].first - 1
        if before < lead or before < 0:
            break
        mark = row[before]
        if mark.kind == "joint" and (not joint or joint == mark.text == "&") and not listed:
            behind = before - 1
            comma = behind >= lead and row[behind].text == ","
            found = unit(row, behind - comma, sight) if behind - comma >= lead else None
            if found is None:
                break
            joint, oxford = mark.text, oxford or comma
        elif mark.text == "," and before - 1 >= lead and (joint or listed or not sight.narrative):
            found = unit(row, before - 1, sight)
            if found is None:
                break
        else:
            break
        if found.first < lead:
            break
        units.append(found)
    return _Chain(units, joint, oxford)


def _count(row: Sequence[Token], chain: _Chain, sight: Sight, lead: int, etal: str) -> int:
    """How many authors of the chain are this citation's: as many as the list knows, else as the grammar says."""
    units = chain.units
    names = [_plain(row, one) for one in units]
    for count in range(len(units), 0, -1):
        if sight.known.has(names[count - 1 :: -1], sight.year, etal=bool(etal)):
            return count
    loud = [abbreviation(name) for name in names]
    if all(loud):
        loud = [False] * len(units)
    if chain.joint:
        # "A, B, and C" needs three, "A and B" two; more only where they stand as authors do.
        count = min(3 if chain.oxford else 2, len(units))
        while count < len(units) and not loud[count] and _belongs(row, units[count], lead, sight):
            count += 1
        return count
    count = 1
    while count < len(units) and not loud[count] and (etal or not loud[0]) and units[count].kind != "words":
        count += 1
    if etal or count == 1 or _initialed(units[:count]):
        return count
    # Names with nothing but commas between them: authors, unless the list does not know the first.
    whole = count == len(units) and units[-1].first == lead
    return count if whole and (not sight.known or sight.known.surname(names[count - 1])) else 1


def _one_group(row: Sequence[Token], units: Sequence[Unit], joint: str, sight: Sight) -> bool:
    """Whether what "and" joins is one group: "Food and Drug Administration", "Ministry of Health and Welfare"."""
    if len(units) < 2 or joint == "&" or not joint or _initialed(units):
        return False
    if any(one.kind == "known" for one in units):
        return False
    first, others = units[-1], units[:-1]
    linked = any(token.kind == "link" for token in row[first.first : first.last + 1])
    if first.kind == "group":
        return linked and all(one.kind != "group" or row[one.last].text == "Services" for one in others)
    return len(units) == 2 and units[0].kind == "group" and first.kind in ("person", "words")


def _initialed(units: Sequence[Unit]) -> bool:
    return any(one.initials for one in units)


def _belongs(row: Sequence[Token], one: Unit, lead: int, sight: Sight) -> bool:
    """Whether an author begins where a list can: at the start of the bracket or behind a comma."""
    if one.kind == "known" or one.initials:
        return True
    if one.first <= lead:
        return one.kind != "words" or not sight.narrative
    before = row[one.first - 1]
    return before.text in ",;:([" or (sight.narrative and before.kind == "lower" and one.kind == "person")


def _plain(row: Sequence[Token], one: Unit) -> str:
    last = one.end
    while last > one.own and row[last].text in ".'":
        last -= 1
    words = [token.text for token in row[one.own : last + 1]]
    words[-1] = words[-1].removesuffix("'s")
    return " ".join(words)


def _told(
    row: Sequence[Token],
    units: list[Unit],
    shown: str,
    etal: str,
    joint: str,
    short: str,
    slips: tuple[str, ...],
    after: int,
    sight: Sight,
) -> Authors:
    ordered = units[::-1]
    named = [name_of(row, one, shown) for one in ordered]
    ends = [row[after].end if etal else named[-1][2]]
    strong = bool(etal or joint)
    doubt = 0 if strong and len(units) < 3 else max(one.doubt for one in units)
    if strong:
        doubt = min(doubt, 1)
    if joint and sight.narrative and joint == "&":
        slips += ("ampersand-outside",)
    if joint == "and" and not sight.narrative:
        slips += ("and-inside",)
    return Authors(
        tuple(name for name, _, _ in named),
        tuple(one.initials for one in ordered) if _initialed(ordered) else (),
        row[ordered[0].first].start,
        max(ends),
        joint,
        etal,
        short=short,
        slips=slips,
        doubt=doubt,
    )
