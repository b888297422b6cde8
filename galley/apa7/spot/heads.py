"""What stands before a year in a bracket: lead-in words, then authors, or a title in their place (APA 7 §8.14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..patterns import pattern
from .authors import Authors, authors
from .brackets import BLANK, quoted
from .tokens import abbreviation, tokens
from .units import Sight
from .words import FUNCTION, LEAD_IN, NOT_NAMES

_ENDS: Final = ",.:;!?"
_INTRODUCES: Final = pattern(
    r"(?:^|[\s,;])(?:by|from|see|after|to|also|cf\.?|e\.g\.,?|i\.e\.,?|cited in|quoted in|of)\s*$", 2
)
_DATE: Final = pattern(
    r",?\s*(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)\.?"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?)?,?\s*$"
)
_WORD: Final = pattern(r"[^\W_][\w'.-]*")


class Head(NamedTuple):
    """The authors before a year and where the words before them end; ``comma`` whether one parts them from it."""

    authors: Authors
    comma: bool
    whole: bool


class Place(NamedTuple):
    """A bracket's own text, as it is matched and as it is shown, and the italic stretches in it."""

    text: str
    shown: str
    italics: Sequence[tuple[int, int]]


def head(place: Place, start: int, end: int, sight: Sight) -> Head | None:
    """Read the authors, or the title in their place, that stand in [start, end) before a year."""
    text = place.text
    stop = end
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    within = text[start:stop].rstrip("\"”'")  # a comma stands within the marks, and within those in them
    comma = "," in text[stop:end] or (text[stop - 1 : stop] in ('"', "”") and within.endswith(tuple(_ENDS)))
    while start < stop and text[start] in " ,;":
        start += 1
    match = LEAD_IN.match(text, start, stop)
    lead = match.end() if match else start
    if stop <= lead:  # all of it could lead in: then it is the name, or nothing is
        lead = start + len(text[start:stop]) - len(text[start:stop].lstrip())
    found = _title(place, start, lead, stop, sight) or _named(place, start, lead, stop, sight)
    if found is None or found.doubt > 1 or (found.start > lead and not (found.etal or found.joint == "&")):
        found = _bare_title(place, lead, stop, comma) or found
    if found is None:
        return _dated(place, start, stop, sight)
    return Head(found, comma, found.start <= lead)


def _named(place: Place, start: int, lead: int, stop: int, sight: Sight) -> Authors | None:
    row = tokens(place.text, max(start, stop - 700), stop)
    at = next((number for number, token in enumerate(row) if token.start >= lead), len(row))
    found = authors(row, place.shown, sight, lead=at) if at < len(row) else None
    if found is None and at:
        found = authors(row, place.shown, sight)
    if found is not None and sight.known and found.start > lead:
        words = place.shown[lead:stop].strip()
        if sight.known.surname(words):
            return Authors((words,), (), lead, stop)
    return found


def _title(place: Place, start: int, lead: int, stop: int, sight: Sight) -> Authors | None:
    """A title in quotation marks or italics, or one that the list knows."""
    text = place.text
    for first, last in quoted(text[start:stop]):
        if start + last == stop:
            opening = start + first
            before = text[lead:opening].strip()
            name = place.shown[opening + 1 : stop - 1].rstrip(" ,")
            if before and (before.endswith(":") or sight.known.titled(text[lead:stop])):
                whole = place.shown[lead : stop - 1].rstrip(" ,") + place.shown[stop - 1]
                return Authors((whole,), (), lead, stop)
            doubt = 0 if not before or before.endswith(",") or sight.known.titled(name) else 2
            return Authors((name,), (), opening, stop, marked="quoted", doubt=doubt)
    for first, last in place.italics:
        if first >= start and last >= stop and stop - first > 3 and not text[first:stop].islower():
            before = text[lead:first].strip()
            name = place.shown[first:stop].strip(" ,")
            if sight.known.titled(name) or (not before and len(name.split()) > 1):
                return Authors((name,), (), first, stop, marked="italic")
    if sight.known.titled(text[lead:stop]):
        return Authors((place.shown[lead:stop].strip(" ,"),), (), lead, stop)
    return None


def _bare_title(place: Place, lead: int, stop: int, comma: bool) -> Authors | None:
    """Words in capitals, from the start of the bracket to the comma, that can be a group's name or a title."""
    text = place.text[lead:stop]
    words = [match.group() for match in _WORD.finditer(text)]
    if not comma or len(words) < 3 or len(words) > 30 or BLANK in text or set(text) & set(",;=<>%()"):
        return None
    long = [word for word in words if len(word) > 3 and word.casefold() not in FUNCTION]
    capital = [word for word in long if word[0].isupper() or abbreviation(word)]
    if len(long) < 2 or len(capital) < 0.8 * len(long) or any(word[0].isdigit() for word in words[1:]):
        return None
    if {words[-1].casefold(), words[0].casefold()} & NOT_NAMES or not (text[0].isupper() or len(words) > 3):
        return None
    return Authors((place.shown[lead:stop].strip(),), (), lead, stop, doubt=1)


def _dated(place: Place, start: int, stop: int, sight: Sight) -> Head | None:
    """A full date where the year alone should stand, behind a name that the list knows."""
    match = _DATE.search(place.text, max(start, stop - 30), stop)
    if not match or match.start() <= start:
        return None
    found = head(place, start, match.start(), sight)
    if not found or not sight.known.has(found.authors.names, sight.year, etal=bool(found.authors.etal)):
        return None
    return Head(found.authors._replace(slips=(*found.authors.slips, "full-date")), True, found.whole)


def introduced(text: str) -> bool:
    """Whether words before a name lead to it: "a term borrowed from"."""
    return _INTRODUCES.search(text[-30:]) is not None
