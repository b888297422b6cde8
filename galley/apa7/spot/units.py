"""One author, read backwards from its last word: a surname with what belongs to it, or the name of a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .cleaning import bare
from .knowing import Known
from .tokens import Token, abbreviation, stops
from .words import (
    ABBREVIATED,
    CAPITAL_PARTICLES,
    EVENTS,
    FIRMS,
    FUNCTION,
    GROUPS,
    MAYBE_MONTHS,
    NOT_NAMES,
    SUFFIXES,
    THINGS,
    TITLES,
)

LONGEST = 16  # words in the name of a group
PARTS = frozenset({"name", "particle", "link", "initials"})


class Unit(NamedTuple):
    """An author at tokens [first, last]; the name alone is at [``own``, ``upto``], initials stand on either side.

    ``kind`` is "person", "group", "words" (capitalised words that could be either) or "known". ``doubt`` is 0 for
    none to 3 for what is no name.
    """

    first: int
    own: int
    last: int
    kind: str
    doubt: int
    initials: str = ""
    upto: int = -1

    @property
    def end(self) -> int:
        """The last token of the name alone."""
        return self.last if self.upto < 0 else self.upto


class Sight(NamedTuple):
    """From where names are looked at: in the prose or in a bracket, and what the list knows."""

    narrative: bool
    known: Known
    year: str


def unit(row: Sequence[Token], last: int, sight: Sight) -> Unit | None:
    """The author that ends at a token; None where none does."""
    end = last
    if end > 0 and row[end].text in (".", "'"):
        end -= 1
    if end < 0:
        return None
    if row[end].text in SUFFIXES and end > 0:
        end -= 1 + (row[end - 1].text == "," and end > 1)
    if row[end].kind == "initials":
        return _initials_behind(row, end, last, sight)
    if end > 1 and row[end - 1].text == "&" and row[end].text in FIRMS:
        owner = unit(row, end - 2, sight)
        if owner is not None:  # "McKinsey & Company": a firm's name, not two authors
            return owner._replace(last=last, upto=end, kind="group", doubt=min(owner.doubt, 1))
    start = _run(row, end)
    listed = _listed(row, end, start, sight)
    if listed >= 0:
        return _with_given(row, listed, end, last, "known", 0)
    if row[end].kind != "name":
        return None
    start = _behind_openers(row, start, end, sight)
    return _shape(row, start, end, last, sight)


def _initials_behind(row: Sequence[Token], end: int, last: int, sight: Sight) -> Unit | None:
    """Surname first, as in a reference: "Danielson, J. J."."""
    before = end - 1 - (end > 1 and row[end - 1].text == ",")
    if before < 0 or row[before].kind != "name":
        return None
    while before > 0 and len(row[before].text) == 1 and row[before - 1].kind == "name":
        before -= 1
    found = unit(row, before, sight)
    if found is None or found.kind == "group":
        return None
    given = " ".join(token.text for token in row[before + 1 : end + 1] if token.text != ",")
    return found._replace(last=last, upto=found.end, initials=given)


def _run(row: Sequence[Token], end: int) -> int:
    """Where the unbroken run of words that can belong to one name begins."""
    at = end
    while at > 0 and end - at < LONGEST:
        token = row[at - 1]
        if token.kind not in PARTS and not (token.text == "." and not stops(row, at - 1)):
            break
        at -= 1
    while at < end and (row[at].kind == "link" or row[at].text == "."):
        at += 1
    return at


def _listed(row: Sequence[Token], end: int, start: int, sight: Sight) -> int:
    """Where the longest listed name begins that ends at a token; -1 where none does."""
    if not sight.known:
        return -1
    text, best = "", -1
    for at in range(end, max(end - LONGEST, -1), -1):
        if row[at].text in ";:()[]":
            break
        own = bare(row[at].text)
        text = own + text
        if own and text in sight.known.all and row[at].kind != "joint":
            best = at
    if best == end and start < end:
        own, low = row[end].text, row[end].text.casefold()
        group = any(token.text.casefold() in GROUPS for token in row[start : end + 1])
        if group and (low in GROUPS or not sight.known.has([own], sight.year, etal=True)):
            return -1
    while best > 0 and row[best - 1].kind == "particle" and row[best].kind in ("name", "particle"):
        best -= 1
    return best


def _with_given(row: Sequence[Token], own: int, end: int, last: int, kind: str, doubt: int) -> Unit:
    """The name with the initials in front of it."""
    first = own
    if first > 0 and row[first - 1].kind == "initials":
        first -= 1
    return Unit(first, own, last, kind, doubt, row[first].text if first < own else "")


def _behind_openers(row: Sequence[Token], start: int, end: int, sight: Sight) -> int:
    """Past what opens a sentence and is no name: "In", "However", "Extending", "Dr."."""
    while start < end:
        word = row[start].text
        low = word.casefold()
        opens = start == 0 or row[start - 1].text in ".?!:"
        if row[start].kind == "particle":
            break
        if not (
            (low in FUNCTION and not word.isupper() and not (low == "the" and not sight.narrative))
            or word in TITLES
            or word == "."
            or row[start].kind == "link"
            or (opens and sight.narrative and low.endswith(("ly", "ing")) and row[start].kind == "name")
        ):
            break
        start += 1
    return start


def _shape(row: Sequence[Token], start: int, end: int, last: int, sight: Sight) -> Unit | None:
    words = [token for token in row[start : end + 1] if token.kind == "name"]
    low = row[end].text.casefold()
    group = any(token.text.casefold().rstrip("'s") in GROUPS or token.text.casefold() in GROUPS for token in words)
    links = [at for at in range(start, end + 1) if row[at].kind == "link"]
    if links:
        before = any(token.text.casefold() in GROUPS for token in row[start : links[-1]])
        if not before and sight.narrative:
            return _shape(row, _behind_openers(row, links[-1] + 1, end, sight), end, last, sight)
        kind = "group" if group else "words"
        return Unit(start, start, last, kind, 1 if group or not sight.narrative else 2)
    if low in NOT_NAMES and not row[end].text.isupper() and not (len(words) > 1 and (group or low in THINGS)):
        return None
    if len(words) == 1 and row[start].kind != "initials":
        loud = row[end].text.isupper() and len(low) > 1
        if not loud and (low in FUNCTION or low in MAYBE_MONTHS or low in GROUPS or low in EVENTS):
            return None
        return Unit(start, start, last, "person", 2 if any(map(str.isdigit, low)) else 0)
    if group:
        return Unit(start, start, last, "group", 0)
    return _person(row, start, end, last, sight, words)


def _person(row: Sequence[Token], start: int, end: int, last: int, sight: Sight, words: list[Token]) -> Unit | None:
    """Several words and no sign of a group: initials, particles, given names, a double surname, or a thing."""
    initials = [at for at in range(start, end + 1) if row[at].kind == "initials"]
    if initials:
        own = initials[-1] + 1
        given = " ".join(token.text for token in row[start:own])
        return Unit(start, own, last, "person", 0 if end - own < 3 else 1, given)
    if row[start].kind == "particle" or row[start].text in CAPITAL_PARTICLES:
        return Unit(start, start, last, "person", 0 if len(words) < 4 else 2)
    low = row[end].text.casefold()
    if low in THINGS:
        return Unit(start, start, last, "words", 2 if sight.narrative or low in EVENTS else 1)
    if (
        not words[0].text.isupper() and row[end].text.isupper() and len(low) < 3 and words[0].text.isalpha()
    ):  # "Smith JA"
        return Unit(start, start, last, "person", 0, row[end].text, end - 1)
    if any(abbreviation(token.text) for token in words):
        return Unit(start, start, last, "words", 2 if sight.narrative else 1)
    return Unit(start, start, last, "words", 1 if len(words) == 2 or not sight.narrative else 2)


def name_of(row: Sequence[Token], found: Unit, shown: str) -> tuple[str, int, int]:
    """The name as typed, and where it stands; a possessive is no part of it."""
    start, end = row[found.own].start, row[found.end].end
    text = shown[start:end]
    if text.replace("’", "'").endswith("'s"):
        text = text[:-2]
    text = text.rstrip(" '’")
    if text.endswith(".") and row[found.end - 1].text not in ABBREVIATED and row[found.end].kind != "initials":
        text = text[:-1]
    return text, start, start + len(text)
