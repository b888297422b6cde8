"""Facts of a listed entry that several checks ask for: who leads it, its year, its title, and what it is called."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from galley.apa7.order import letters
from galley.patterns import pattern
from galley.typescript import Listed, Resolved

YEAR = pattern(r"-?\d{1,4}")
APA_DATE = pattern(r"\((?:ca\.\s*)?(?:\d{4}|n\.\s?d\.|in press)[^()]{0,40}\)\.", 2)
PREFIX = pattern(r"\A(?:[a-zà-ÿ’']+[ ’'-])+(?=[^\W\d_a-zß-ÿ])")
BRACKETED = pattern(
    r"(?<![\w*])[(\[][^()\[\]]{0,40}(?<!\d)(?:1\d\d\d|20\d\d)(?!\d)[^()\[\]]{0,40}[)\]]"
    r"|\([^()]{0,20}\b(?:centur|B\.?C|C\.?E|dynasty|ongoing|\d{3}\b)[^()]{0,20}\)",
    2,
)
UNDATED = pattern(r"\bn\.\s?d\.|\bin press\b|\bforthcoming\b|\badvance online\b", 2)
YEARED = pattern(r"\b(?:1[4-9]|20)\d\d\b|B\.?\s?C\.?")
WORDS = pattern(r"[^\W_]+(?:[’'][^\W_]+)*")


class Person(NamedTuple):
    """A name of an entry; a group has all of it in ``family``."""

    family: str
    given: str = ""
    group: bool = False


@lru_cache(maxsize=4096)
def people(value: str) -> tuple[Person, ...]:
    """The names of a field such as "Family, Given and {A Group}"; "others" is none."""
    return tuple(_person(part) for part in _parts(value) if part and part != "others")


def _parts(value: str) -> list[str]:
    depth, start, parts = 0, 0, []
    for at, sign in enumerate(value):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and value.startswith(" and ", at):
            parts.append(value[start:at].strip())
            start = at + 5
    return [*parts, value[start:].strip()]


def _person(part: str) -> Person:
    if part.startswith("{") and part.endswith("}"):
        return Person(part.strip("{}"), group=True)
    family, _, given = part.partition(",")
    if "," in given:  # Family, Jr., Given
        given = given.rpartition(",")[2]
    return Person(family.strip("{} "), given.strip(), group=not given and " " in family)


def lead(listed: Listed) -> tuple[Person, ...]:
    """Those whose names an entry begins with: its authors, else the editors where no author is named."""
    fields, at = listed.parsed.fields, listed.parsed.at
    found: tuple[Person, ...] = ()
    if fields.get("author"):
        found = people(fields["author"])
    elif fields.get("editor") and at.get("editor", (0, 0))[0] <= at.get("title", (1, 1))[0]:
        found = people(fields["editor"])
    if "useprefix=false" in fields.get("options", ""):
        return tuple(person._replace(family=PREFIX.sub("", person.family)) for person in found)
    return found


def year(listed: Listed) -> str:
    """The year of an entry without its letter: "2020", "n.d.", "in press"."""
    fields = listed.parsed.fields
    date = fields.get("date") or fields.get("year") or ""
    found = YEAR.match(date)
    if found:
        return found.group()
    return (date or fields.get("pubstate") or "n.d.").replace("inpress", "in press")


def called(listed: Listed) -> str:
    """What an entry is called in running text: "Siddiqui and Ibrahim (2021)"."""
    names = [person.family for person in lead(listed)]
    if not names:
        names = [f"“{short(title(listed) or listed.text)}”"]
    shown = names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else f"{names[0]} et al."
    return f"{shown} ({year(listed)}{listed.parsed.letter})"


def title(listed: Listed) -> str:
    """The title of an entry, with its subtitle."""
    fields = listed.parsed.fields
    whole = fields.get("title", "")
    sub = fields.get("subtitle", "")
    return f"{whole}: {sub}" if sub and sub not in whole else whole


def short(text: str, most: int = 6) -> str:
    """The first words of a title."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",:;") + " …"


def plain(text: str) -> str:
    """A text reduced to letters and digits, without case and accents."""
    return letters(text)


@lru_cache(maxsize=4096)
def initials(given: str) -> str:
    """The first letters of given names, folded: "John R." is "jr"."""
    return "".join(letters(word)[:1] for word in given.replace("-", " ").replace(".", ". ").split())


def same_person(one: Person, other: Person) -> bool:
    """Whether two names may be one person's: same surname, and the initials of one begin those of the other."""
    if plain(one.family) != plain(other.family):
        return False
    first, second = initials(one.given), initials(other.given)
    return first.startswith(second) or second.startswith(first)


def sure(listed: Listed, least: float = 0.6) -> bool:
    """Whether an entry was read well enough to be judged in its details."""
    return listed.parsed.sure >= least and bool(listed.parsed.fields.get("title"))


def undated(listed: Listed) -> str:
    """What is missing of an entry's year: "no year", "no year in brackets", or ""."""
    text = normalize("NFC", listed.text)
    if BRACKETED.search(text) or UNDATED.search(text):
        return ""
    return "no year in brackets" if YEARED.search(text) else "no year"


def apa_list(resolved: Resolved) -> bool:
    """Whether the typed list is one in the manner of APA: most entries have their year in brackets and a stop."""
    if resolved.typescript.keyed or resolved.style != "author-date" or not resolved.listed:
        return False
    right = sum(1 for one in resolved.listed if APA_DATE.search(one.text[:1500]))
    return right * 2 >= len(resolved.listed)
