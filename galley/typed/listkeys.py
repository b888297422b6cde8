"""Citation keys for typed references: the first author's family name, the year and its letter, each nobody else's."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from galley.apa7.author import names
from galley.apa7.entry import Entry
from galley.apa7.parse.nouns import Parsed
from galley.patterns import pattern

_PLAIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "for",
        "on",
        "in",
        "to",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
        "el",
        "los",
        "un",
        "une",
    ]
)


def keys(entries: Sequence[Parsed]) -> list[str]:
    """Give each entry a key such as ``smith2020a``, in ASCII and lower case; later ones of equal name get a letter."""
    taken: set[str] = set()
    out: list[str] = []
    for entry in entries:
        base = key(entry)
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}{_letters(count)}" if base[-1:].isdigit() else f"{base}-{count}"
        taken.add(name)
        out.append(name)
    return out


def key(entry: Parsed) -> str:
    """The key that an entry would have if no other had it."""
    found = pattern(r"\d{4}").search(entry.fields.get("date", "") or entry.fields.get("year", ""))
    when = found[0] if found else "inpress" if entry.fields.get("pubstate") == "inpress" else "nd"
    letter = entry.letter if found else f"-{entry.letter}" if entry.letter else ""
    return f"{_name(entry)}{when}{letter}"


def _name(entry: Parsed) -> str:
    for role in ("author", "editor", "translator"):
        people, _ = names(Entry("", entry.type, entry.fields), role)
        if people:
            first = people[0]
            if first.given or " " not in first.family:
                return _ascii(first.family) or "anon"
            return _initials(first.family)
    words = [_ascii(word) for word in entry.fields.get("title", "").split()]
    kept = [word for word in words if word and word not in _SMALL]
    return "".join(kept[:2])[:30] or "anon"


def _initials(group: str) -> str:
    """A group's key: the initials of its words where there are three or more, else the words."""
    words = [word for word in group.replace("-", " ").split() if word.lower() not in _SMALL]
    plain = [_ascii(word) for word in words]
    if sum(word[:1].isupper() for word in words) >= 3:
        return "".join(word[:1] for word in plain) or "anon"
    return "".join(plain)[:30] or "anon"


def _ascii(word: str) -> str:
    """The letters and digits of a word without their marks."""
    flat = unicodedata.normalize("NFKD", word.lower().translate(_PLAIN))
    return "".join(char for char in flat if char.isascii() and char.isalnum())


def _letters(count: int) -> str:
    """The letters for the second, third ... entry of one name: b, c, ..., z, za, zb."""
    out = ""
    while count > 26:
        out, count = out + "z", count - 25
    return out + "abcdefghijklmnopqrstuvwxyz"[count - 1]
