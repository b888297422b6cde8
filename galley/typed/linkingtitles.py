"""A title in an author's place against the titles of the list (APA 7 §8.14)."""

from __future__ import annotations

from galley.apa7.spot.cleaning import bare
from galley.apa7.spot.nouns import TypedWork
from galley.patterns import pattern
from galley.typed.linkingnames import Match
from galley.typed.linkingworks import Work, distance, plain

SHORTEST = 6  # letters of a title that say which is meant
FIRM = 12  # letters that do where an author is named in the list
INNER = pattern(r"(?<!\w)['’‘]|['’](?!\w)")
"""Quotation marks within others, which are single in a citation and double in the list."""


def titled(work: TypedWork, entry: Work) -> Match | None:
    """Whether a work is cited by an entry's title, whole or cut short; case and spaces do not count."""
    name = work.names[0]
    typed = bare(name)
    if len(typed) < SHORTEST or not entry.title:
        return None
    if not entry.title.startswith(typed):
        return _slipped(typed, entry)
    if entry.alone:
        words, listed = (plain(INNER.sub(" ", title)) for title in (name, entry.shown))
        return Match("exact", 0) if listed.startswith(words) else Match("split", 1)
    if work.marked or (len(typed) >= FIRM and " " in name.strip()):
        return Match("title", 2.5)
    return None


def _slipped(typed: str, entry: Work) -> Match | None:
    """A title with a letter or two amiss, of an entry that nobody is named for."""
    if not entry.alone or len(typed) < FIRM or typed[:3] != entry.title[:3]:
        return None
    head = entry.title[: len(typed)]
    return Match("name", 8) if distance(typed, head, 2) <= 2 else None
