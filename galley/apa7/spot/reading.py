"""The text of a bracket -> the works it names, each with its words before and behind (APA 7 §8.11-8.13)."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..patterns import pattern
from .authors import Authors
from .brackets import BLANK, quoted, segments
from .heads import Head, Place, head, introduced
from .knowing import Known
from .nouns import TypedWork
from .tokens import abbreviation
from .units import Sight
from .words import MAYBE_MONTHS, PERSONAL
from .years import JOINT, LETTER, YEAR, Year, closed, locator, settled, years

_CONTINUES: Final = pattern(r"\s*(?:and|&|,|also|see also|see)?\s*", 2)


class Read(NamedTuple):
    """The works of a bracket, and how doubtful each is (0 not at all, 3 no citation)."""

    works: tuple[TypedWork, ...]
    doubts: tuple[int, ...]


class Behind(NamedTuple):
    """Years that share their names, and where the last one's locator stands and ends."""

    years: list[Year]
    located: tuple[int, int]
    end: int


def behind(text: str, first: Year, end: int) -> Behind:
    """Read on from a year: further years and letters of the same names, then a locator."""
    found = [first]
    at = first.end
    while at < end:
        letter = LETTER.match(text, at, end) if found[-1].letter else None
        if letter:
            begin = ord(found[-1].letter) + 1 if letter["joint"] in "–-" else ord(letter["letter"])
            for code in range(begin, ord(letter["letter"]) + 1):  # "a–c" is a, b and c
                found.append(Year(found[-1].text, chr(code), letter.start("letter"), letter.end()))
            at = letter.end()
            continue
        joint = JOINT.match(text, at, end)
        year = YEAR.match(text, joint.end(), end) if joint and ";" not in joint.group() else None
        if not year or not years(text[year.start() : year.end()]):
            break
        one = Year(year["year"], (year["letter"] or "").lstrip("-"), year.start("year"), year.end())
        if not closed(text, one, end):
            break
        found.append(one)
        at = one.end
    located = locator(text, at, end)
    return Behind(found, located, located[1] if located[0] >= 0 else at)


def works(place: Place, known: Known, first: Authors | None = None) -> Read:
    """All works in a bracket's text; ``first`` are the authors in the prose, whose year the text begins with."""
    found: list[TypedWork] = []
    doubts: list[int] = []
    last = first
    pending = -1  # where words begin that no work has claimed
    tail = 0  # where the words behind the last work begin
    for start, end in segments(place.text):
        at = start
        for year in _years(place.text, start, end):
            if year.start < at:
                continue
            named, doubt, said = _names(place, at, year, known, last, bool(found) or first is not None)
            if named is None or (doubt and not closed(place.text, year, end)):
                continue
            run = behind(place.text, year, end)
            begin = _unclaimed(place.text, pending if not found else -1, at, named.start)
            found.extend(_made(place, begin, named, run, said, fresh=named is not last))
            doubts.extend([doubt] * len(run.years))
            last, at, pending, tail = named, run.end, -1, run.end
        if at == start:
            personal = _personal(place, start, end)
            if personal:
                found.append(personal)
                doubts.append(0)
                last, at, pending, tail = None, end, -1, end
                continue
        pending = start if at == start and pending < 0 else pending
        if found and at < end:
            found[-1] = _with_suffix(place, found[-1], tail, end)
            pending = -1
    return Read(tuple(found), tuple(doubts))


def _years(text: str, start: int, end: int) -> list[Year]:
    titles = quoted(text[start:end])
    return [
        Year(one.text, one.letter, one.start + start, one.end + start)
        for one in years(text[start:end])
        if not any(a <= one.start < b for a, b in titles)
    ]


def _names(
    place: Place, at: int, year: Year, known: Known, last: Authors | None, goes_on: bool
) -> tuple[Authors | None, int, tuple[str, ...]]:
    """The authors of a year, how doubtful they are, and faults of form."""
    between = place.text[at : year.start]
    if not between.strip(" ,;&") or (goes_on and last and _CONTINUES.fullmatch(between)):
        return (last, 0, ()) if goes_on else (None, 3, ())
    if PERSONAL.search(between):
        return None, 3, ()
    sight = Sight(False, known, settled(year.text))
    found = head(place, at, year.start, sight)
    if found is None:
        return None, 3, ()
    doubt = _doubt(place, at, found, sight)
    slips: tuple[str, ...] = () if found.comma else ("no-comma",)
    if year.start and not place.text[year.start - 1].isspace() and place.text[year.start - 1] not in "([":
        slips += ("no-space",)
    return (found.authors, doubt, slips) if doubt < 3 else (None, 3, ())


def _doubt(place: Place, at: int, found: Head, sight: Sight) -> int:
    """How doubtful it is that these are the authors of a work: 0 not at all, 1 hardly, 2 much, 3 they are none."""
    who = found.authors
    if sight.known.has(who.names, sight.year, etal=bool(who.etal)) or any(map(sight.known.titled, who.names)):
        return 0
    if who.etal or who.joint or who.short or any(who.initials):
        return min(who.doubt, 1)
    doubt = who.doubt
    before = place.text[at : who.start].strip()
    if not found.whole and not introduced(before) and not sight.known.surname(who.names[0]):
        words = before.rstrip(",;: ").split()
        doubt = max(doubt, 1 if before.endswith((",", ":")) and words and abbreviation(words[-1]) else 2)
    if not found.comma and who.names[0].casefold() in MAYBE_MONTHS:
        return 3
    if not found.comma and not sight.known.surname(who.names[0]):
        if len(who.names[0].split()) > 1 or not sight.year[:1].isdigit() or sight.year < "1500":
            return 3 if doubt else 2
        doubt = max(doubt, 2 if sight.known or abbreviation(who.names[0]) else 1)
    if sight.year[:1].isdigit() and len(sight.year) < 5 and sight.year < "1500":
        doubt = max(doubt, 2)
    return doubt


def _made(
    place: Place, begin: int, who: Authors, run: Behind, slips: tuple[str, ...], *, fresh: bool
) -> list[TypedWork]:
    made = []
    for number, year in enumerate(run.years):
        named = fresh and number == 0
        final = number == len(run.years) - 1
        prefix = place.shown[begin : who.start].strip().lstrip(",; ") if named else ""
        a, b = run.located if final else (-1, -1)
        start = begin + len(place.shown[begin : year.start]) - len(place.shown[begin : year.start].lstrip(" ,;"))
        made.append(
            TypedWork(
                who.names,
                settled(year.text),
                year.letter,
                who.initials,
                who.joint,
                who.etal,
                who.marked,
                who.short if named else "",
                prefix,
                place.shown[a:b].strip() if a >= 0 else "",
                slips=(*who.slips, *slips) if named else (),
                start=min(start, who.start) if named else year.start,
                end=run.end if final else year.end,
                name_start=who.start if named else -1,
                name_end=who.end if named else -1,
                year_start=year.start,
                year_end=year.end,
            )
        )
    return made


def _with_suffix(place: Place, work: TypedWork, at: int, end: int) -> TypedWork:
    """A work with the words behind it, up to the next work; they keep the sign they begin with."""
    suffix = place.shown[at:end].rstrip()
    if BLANK in place.text[at:end] or not suffix.strip(" ,;"):
        return work
    return work._replace(suffix=suffix, end=at + len(suffix))


def _unclaimed(text: str, pending: int, at: int, end: int) -> int:
    """Where the words before a name begin: behind the last bracket in them, which may be a citation of its own."""
    begin = pending if pending >= 0 and BLANK not in text[pending:at] else at
    return text.rfind(BLANK, begin, end) + 1 if BLANK in text[begin:end] else begin


def _personal(place: Place, start: int, end: int) -> TypedWork | None:
    """A personal communication, which is cited in the text alone (APA 7 §8.9)."""
    match = PERSONAL.search(place.text, start, end)
    if not match:
        return None
    found = head(place, start, match.start(), Sight(False, Known({}, frozenset(), ()), ""))
    year = next(iter(_years(place.text, match.end(), end)), None)
    who = found.authors if found else Authors((), (), -1, -1)
    return TypedWork(
        who.names,
        year.text if year else "",
        initials=who.initials,
        suffix=place.shown[match.start() : end].rstrip(),
        personal=True,
        start=start if who.start < 0 else who.start,
        end=end,
        name_start=who.start,
        name_end=who.end,
        year_start=year.start if year else -1,
        year_end=year.end if year else -1,
    )
