"""The list's order: by name, date, title, letter by letter (APA 7 §9.44-9.49)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .author import Name, initials, names, principal
from .date import Date, published
from .entry import Entry
from .languages import tag
from .latex import plain
from .numerals import spelt
from .patterns import pattern
from .title import parsed

Key = tuple[tuple[tuple[str, str, str], ...], tuple[int, ...], str, str]

_ARTICLE: Final = pattern(r"(?:an?|the)\s+", re.IGNORECASE)
_FOREIGN: Final = {
    "de": r"(?:der|die|das|ein|eine)\s+", "fr": r"(?:les?|la|une?|des)\s+|l[’']", "es": r"(?:el|la|los|las|una?)\s+",
    "it": r"(?:il|lo|la|gli|le|una?)\s+|l[’']", "pt": r"(?:os?|as?|uma?)\s+", "nl": r"(?:de|het|een)\s+",
}  # fmt: skip
_BASE: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """Reduce text to what counts in the alphabet: no case, accents, spaces or punctuation; Latin comes first."""
    if text.isascii() and text.isalpha():
        return text.lower()
    base = unicodedata.normalize("NFKD", text).casefold().translate(_BASE)
    return "".join(char for char in base if char.isalnum())


def name_key(name: Name) -> tuple[str, str, str]:
    """Order one name: surname with its prefix, initials, suffix (Jr. before II before III)."""
    family = f"{name.prefix} {name.family}" if name.prefix and not name.detached else name.family
    suffix = name.suffix.lower().rstrip(".")
    rank = {"": "", "sr": "0", "jr": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}.get(suffix, "9" + suffix)
    given = initials(name.given)
    return letters(family), letters(given) if given.isascii() else unicodedata.normalize("NFKD", given).casefold(), rank


def title_key(entry: Entry) -> str:
    """Order a title: without a leading A, An or The, numerals as spelt out (APA 7 §9.49)."""
    fields = entry.fields
    value = fields.get("sorttitle") or fields.get("title") or fields.get("maintitle") or fields.get("booktitle") or ""
    text = "".join(part for part, _ in parsed(value)[0]).lstrip("“‘\"'([«¿¡ ")
    language = tag(fields.get("langid") or "en")[:2]
    text = re.sub(_FOREIGN[language], "", text, count=1, flags=re.IGNORECASE) if language in _FOREIGN else (
        _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text)  # fmt: skip
    if not fields.get("sorttitle"):
        if any(map(str.isdigit, text)):
            text = re.sub(r"(?<=\w )\d+\s*\Z", lambda m: m.group().strip().zfill(6), text)  # Part 2 of a series (§9.47)
            text = re.sub(r"\d+(?!\d*\Z)|\A\d+\Z", lambda m: f" {spelt(int(m.group()[:9]))} ", text)
        if fields.get("subtitle"):
            text += " " + plain(fields["subtitle"])
    return letters(text)


def date_key(when: Date | None) -> tuple[int, ...]:
    """Order dates: none first, then by year, year alone before month and day, in press last (APA 7 §9.46)."""
    if when is None:
        return (0,)
    if when.press:
        return (2,)
    if when.start is None:
        return (1, 0)
    start = when.start
    month = {21: 3, 22: 6, 23: 9, 24: 12}.get(start.month, start.month)
    return (1, start.year + 100000, month, start.day)


def sort_key(entry: Entry) -> Key:
    """Give the key that puts an entry in its place; it is total: equal works fall back on the citation key."""
    if sortname := entry.fields.get("sortname"):
        found, _ = names(Entry(entry.key, entry.type, {"sortname": sortname}), "sortname")
    elif entry.fields.get("sortkey") or (entry.fields.get("key") and not principal(entry)[1]):
        found = (Name(family=plain(entry.fields.get("sortkey") or entry.fields["key"]), group=True),)
    else:
        _, found, _ = principal(entry)
    when = published(entry)
    title = title_key(entry)
    if not found:
        return ((title, "", ""),), date_key(when), title, entry.key
    return tuple(name_key(name) for name in found), date_key(when), title, entry.key
