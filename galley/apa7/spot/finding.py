"""A paragraph -> the citations typed in it, each with how doubtful it is: the trip through the rooms of this wing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..patterns import pattern
from .authors import Authors, authors
from .brackets import BLANK, Bracket, brackets, own, quoted
from .cleaning import Clean, clean
from .heads import Place
from .knowing import Known
from .nouns import TypedCitation, TypedWork
from .prose import bare_citations
from .reading import Read, works
from .tokens import Token, abbreviation, stops, tokens
from .units import Sight
from .words import PERSONAL
from .years import Year, closed, settled, years

_ANY: Final = pattern(
    r"\d{4}|\bn\.\s?d|press|forthcoming|submitted|accepted|review|B\.\s?C|BC|prep|appear|comm|corresp|no date"
)
_BEFORE: Final = 400  # characters before a bracket in which its names are looked for
_DETERMINED: Final = pattern(r"(?:^|\W)(?:the|an?|this|these|our|their|its|his|her|each|every)\s+$", 2)
_COPYRIGHT: Final = pattern(r"(?:©|copyright|\(c\))[^.;]{0,40}$", 2)
_SHORT: Final = pattern(r"\s*(?P<short>[A-Z][A-Za-z&.-]{1,11})\s*[,;]?\s*$")


class Found(NamedTuple):
    """A citation and how doubtful it is: 0 not at all, 1 hardly, 2 so much that something else must speak for it."""

    citation: TypedCitation
    doubt: int


def found(text: str, italics: Sequence[tuple[int, int]], known: Known, *, loose: bool = False) -> list[Found]:
    """All that could be citations in a paragraph; ``loose`` reads names and years without brackets as well."""
    if not _ANY.search(text):
        return []
    cleaned = clean(text)
    all_years = years(cleaned.mask)
    if not all_years and not PERSONAL.search(cleaned.mask):
        return []
    slanted = _moved(italics, cleaned)
    pairs = brackets(cleaned.mask)
    taken: list[Found] = []
    for number, bracket in enumerate(pairs):
        inner = _inner(pairs, number)
        place = _place(cleaned, bracket, inner, slanted)
        if not (years(place.text) or PERSONAL.search(place.text)):
            continue
        one = _cited(cleaned, bracket, place, known, slanted, bracket.inside)
        if one is not None:
            taken.append(one)
    taken.extend(Found(*one) for one in bare_citations(cleaned, pairs, known, loose=loose))
    return sorted(taken, key=lambda one: one.citation.start)


def _moved(italics: Sequence[tuple[int, int]], cleaned: Clean) -> list[tuple[int, int]]:
    """Italic stretches in the offsets of the cleaned text."""
    if not italics or isinstance(cleaned.at, range):
        return list(italics)
    from bisect import bisect_left

    return [(bisect_left(cleaned.at, a), bisect_left(cleaned.at, b)) for a, b in italics]


def _inner(pairs: Sequence[Bracket], number: int) -> list[Bracket]:
    """The brackets directly inside one."""
    inner: list[Bracket] = []
    end = pairs[number].end
    at = number + 1
    while at < len(pairs) and pairs[at].start < end and len(inner) < 50:
        if not inner or pairs[at].start >= inner[-1].end:
            inner.append(pairs[at])
        at += 1
    return inner


def _place(cleaned: Clean, bracket: Bracket, inner: list[Bracket], italics: Sequence[tuple[int, int]]) -> Place:
    start, end = bracket.start + 1, bracket.end - 1
    slanted = [(max(a, start) - start, min(b, end) - start) for a, b in italics if start - 1 <= a < end and b > start]
    return Place(own(cleaned.mask, bracket, inner), cleaned.shown[start:end], slanted)


def _cited(
    cleaned: Clean, bracket: Bracket, place: Place, known: Known, italics: Sequence[tuple[int, int]], floor: int
) -> Found | None:
    """The citation of a bracket: narrative where it begins with a year, else in the bracket alone."""
    begun = _begun(place.text)
    if begun is not None:
        who, doubt = _narrator(cleaned, bracket, begun, known, italics, floor)
        read = works(place, known, who)
        if who is not None and read.works:
            return _narrative(cleaned, bracket, who, read, max(doubt, min(read.doubts)), known)
        read = _without_first(read)
    else:
        told = _abbreviated(cleaned, bracket, place, known, floor) or _said(cleaned, bracket, place, floor)
        if told:
            return told
        read = works(place, known)
    if not read.works:
        return None
    doubt = min(read.doubts)
    kept = tuple(work for work, how in zip(read.works, read.doubts, strict=True) if how <= max(doubt, 1))
    shift, start, end = bracket.start + 1, bracket.start, bracket.end
    if BLANK in place.text:  # what an inner bracket holds is no part of it: it may be a citation of its own
        start, end = kept[0].start + shift, kept[-1].end + shift
        if BLANK not in place.text[: kept[0].start] + place.text[kept[-1].end :]:
            start, end = bracket.start, bracket.end
    return Found(_whole(cleaned, start, end, shift, kept, narrative=False), doubt)


def _without_first(read: Read) -> Read:
    kept = [(work, doubt) for work, doubt in zip(read.works, read.doubts, strict=True) if work.names]
    return Read(tuple(work for work, _ in kept), tuple(doubt for _, doubt in kept))


def _begun(text: str) -> Year | None:
    """The year that a bracket begins with."""
    first = next(iter(years(text)), None)
    if first is None or text[: first.start].strip() or not closed(text, first, len(text)):
        return None
    return first


def _narrator(
    cleaned: Clean, bracket: Bracket, year: Year, known: Known, italics: Sequence[tuple[int, int]], floor: int
) -> tuple[Authors | None, int]:
    """The authors in the prose before a bracket that begins with a year."""
    start = max(floor, bracket.start - _BEFORE)
    row = tokens(cleaned.mask, start, bracket.start)
    if not row:
        return None, 3
    sight = Sight(True, known, settled(year.text))
    titled = _titled(cleaned, bracket, italics, start, known)
    if titled:
        return titled, 0
    comma = row[-1].text == ","  # "Lynch, (2007)"
    if comma:
        row.pop()
    who = authors(row, cleaned.shown, sight) if row and not _ended(row) else None
    if who is None:
        who = _owner(row, cleaned.shown, sight)
        return who, 0 if who else 3
    if comma:
        who = who._replace(slips=(*who.slips, "comma-before-bracket"))
    sure = known.has(who.names, sight.year, etal=bool(who.etal))
    if not sure and (owner := _owner(row, cleaned.shown, sight)) is not None:
        return owner, 0
    return who, 0 if sure else _narrative_doubt(cleaned, who, sight, comma=comma)


def _ended(row: Sequence[Token]) -> bool:
    """Whether a sentence or clause ends before the bracket."""
    last = row[-1].text
    return last in "!?;:" or (last == "." and (len(row) < 2 or stops(row, len(row) - 1)))


def _narrative_doubt(cleaned: Clean, who: Authors, sight: Sight, *, comma: bool) -> int:
    doubt = who.doubt
    before = cleaned.mask[max(who.start - 60, 0) : who.start]
    if _COPYRIGHT.search(before):
        return 3
    if comma and not (who.etal or who.joint):
        return 3
    if who.etal or who.joint or any(who.initials):
        return min(doubt, 1)
    group = len(who.names[0].split()) > 1 and doubt == 0
    if _DETERMINED.search(before) and not group:
        doubt = 2
    plain = sight.year in ("n.d.", "in press", "forthcoming") or any(map(str.isdigit, sight.year))
    early = sight.year[:4].isdigit() and sight.year[:4] < "1500"
    if not plain or early or ("–" in sight.year or "-" in sight.year):
        doubt = max(doubt, 2)
    if abbreviation(who.names[0]) and sight.known and not sight.known.surname(who.names[0]):
        doubt = max(doubt, 2)
    return doubt


def _titled(
    cleaned: Clean, bracket: Bracket, italics: Sequence[tuple[int, int]], floor: int, known: Known
) -> Authors | None:
    """A title in the prose, in quotation marks or italics, that the list knows."""
    stop = len(cleaned.mask[: bracket.start].rstrip())
    if stop <= floor:
        return None
    for first, last in quoted(cleaned.mask[floor:stop]):
        name = cleaned.shown[floor + first + 1 : stop - 1].rstrip(" ,")
        if floor + last == stop and known.titled(name):
            return Authors((name,), (), floor + first, stop, marked="quoted")
    for first, last in italics:
        name = cleaned.shown[first:stop].strip(" ,")
        if floor <= first < stop <= last + 1 and known.titled(name):
            return Authors((name,), (), first, stop, marked="italic")
    return None


def _owner(row: Sequence[Token], shown: str, sight: Sight) -> Authors | None:
    """The possessor of what stands directly before the year, where the list knows him: "Ruscio's A (2008)"."""
    for token in row[-1:-6:-1]:
        if token.kind == "name" and token.text.endswith(("'s", "s'")):
            name = shown[token.start : token.end]
            name = name[:-2] if token.text.endswith("'s") else name[:-1]
            if sight.known.has([name], sight.year, etal=True):
                return Authors((name,), (), token.start, token.start + len(name))
    return None


def _narrative(cleaned: Clean, bracket: Bracket, who: Authors, read: Read, doubt: int, known: Known) -> Found:
    shift = bracket.start + 1
    first = read.works[0]
    slips = who.slips
    if cleaned.mask[bracket.start - 1 : bracket.start].strip():
        slips += ("no-space",)
    first = first._replace(slips=slips, short=who.short)
    kept = [first, *(w for w, how in zip(read.works[1:], read.doubts[1:], strict=True) if how < 2)]
    whole = _whole(cleaned, who.start, bracket.end, shift, tuple(kept), narrative=True)
    start, end = cleaned.place(who.start), cleaned.place(who.end)
    first = whole.works[0]._replace(start=start, name_start=start, name_end=end)
    return Found(whole._replace(works=(first, *whole.works[1:])), doubt)


def _abbreviated(cleaned: Clean, bracket: Bracket, place: Place, known: Known, floor: int) -> Found | None:
    """A group in the prose whose abbreviation is given with the year: "World Health Organization (WHO, 2020)"."""
    first = next(iter(years(place.text)), None)
    match = _SHORT.match(place.text[: first.start]) if first else None
    if not first or not match:
        return None
    row = tokens(cleaned.mask, max(floor, bracket.start - _BEFORE), bracket.start)
    letters = [char for char in match["short"] if char.isupper()]
    who = authors(row, cleaned.shown, Sight(True, known, settled(first.text))) if row else None
    if who is None or len(who.names) != 1 or len(letters) < 2:
        return None
    capitals = [word[0] for word in who.names[0].split() if word[0].isupper()]
    if capitals != letters and "".join(letters) not in "".join(word[0].upper() for word in who.names[0].split()):
        return None
    blank = place._replace(text=" " * match.end() + place.text[match.end() :])
    read = works(blank, known, who._replace(short=match["short"]))
    return _narrative(cleaned, bracket, who._replace(short=match["short"]), read, 0, known) if read.works else None


def _said(cleaned: Clean, bracket: Bracket, place: Place, floor: int) -> Found | None:
    """A personal communication whose names stand in the prose: "J. Smith (personal communication, May 1, 2020)"."""
    match = PERSONAL.match(place.text.lstrip())
    if not match:
        return None
    row = tokens(cleaned.mask, max(floor, bracket.start - _BEFORE), bracket.start)
    who = authors(row, cleaned.shown, Sight(True, Known({}, frozenset(), ()), "")) if row else None
    if who is None:
        return None
    read = works(place, Known({}, frozenset(), ()))
    if not read.works:
        return None
    first = read.works[0]._replace(names=who.names, initials=who.initials)
    return _narrative(cleaned, bracket, who, Read((first, *read.works[1:]), read.doubts), 0, Known({}, frozenset(), ()))


def _whole(
    cleaned: Clean, start: int, end: int, shift: int, parts: tuple[TypedWork, ...], *, narrative: bool
) -> TypedCitation:
    """A citation with all offsets as typed."""

    def back(offset: int) -> int:
        return cleaned.place(offset + shift) if offset >= 0 else -1

    moved = tuple(
        work._replace(
            start=back(work.start),
            end=back(work.end),
            name_start=back(work.name_start),
            name_end=back(work.name_end),
            year_start=back(work.year_start),
            year_end=back(work.year_end),
        )
        for work in parts
    )
    first, last = cleaned.place(start), cleaned.place(end)
    return TypedCitation(first, last, cleaned.typed[first:last], moved, narrative)
