"""The order of entries in a list, decided only where all ways of ordering agree (APA 7 §9.44-9.49)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from galley.apa7.numerals import spelt
from galley.checks.typed.entries import Person, initials, lead, plain, title, year
from galley.patterns import pattern
from galley.typescript import Listed

ARTICLE = pattern(r"\A(?:an?|the)\s+", re.IGNORECASE)
PARTICLE = pattern(
    r"(?:(?:[Dd]e|[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]i|[Dd]a|[Dd]el|[Ll]a|[Ll]e|[Tt]en|[Tt]er|[Ee]l|[Aa]l)[\s-]+)+"
)
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe"}
)
AT_END = str.maketrans(
    {"å": "zz", "ä": "zz", "ö": "zz", "ø": "zz", "æ": "zz", "Å": "zz", "Ä": "zz", "Ö": "zz", "Ø": "zz"}
)


def after(one: Listed, other: Listed) -> bool:
    """Whether an entry must stand behind another, in every way of ordering that is in use."""
    return _compared(one, other) == 1


def _compared(one: Listed, other: Listed) -> int:
    """-1 before, 1 behind, 0 where it cannot be told."""
    first, second = _names(one), _names(other)
    if not first or not second:
        return 0
    if len(first) > 2 and len(second) > 2 and first[0] == second[0] and first != second:
        return 0  # "et al." works of one first author: managers of references put them by years
    for mine, yours in zip(first, second, strict=False):
        if mine == yours:
            continue
        return _persons(mine, yours)
    if len(first) != len(second):
        return -1 if len(first) < len(second) else 1
    dates = [_date(year(one)), _date(year(other))]
    if dates[0] == dates[1] or 0 in dates or 9999 in dates:
        return 0
    return -1 if dates[0] < dates[1] else 1


def _names(listed: Listed) -> Sequence[Person]:
    """Who leads an entry, or its title where that stands first; nobody where the entry was not understood."""
    found = lead(listed)
    if found:
        return found
    own = title(listed)
    return (Person(own, group=True),) if own and plain(listed.text[: len(own) + 8]).startswith(plain(own)[:20]) else ()


def _persons(one: Person, other: Person) -> int:
    if plain(one.family) != plain(other.family):
        pairs = zip(_ways(one.family), _ways(other.family), strict=True)
        signs = {(mine > yours) - (mine < yours) for mine, yours in pairs}
        return signs.pop() if len(signs) == 1 else 0
    mine, yours = initials(one.given), initials(other.given)
    if mine == yours or not mine or not yours:
        return 0
    return -1 if mine < yours else 1


@lru_cache(maxsize=4096)
def _ways(name: str) -> tuple[tuple[str, ...], ...]:
    """One name as different lists order it: letter by letter, by words, without particle or article, umlauts apart."""
    name = (
        re.sub(r"\d+", lambda found: f" {spelt(int(found.group()[:9]))} ", name)
        if name[:12].strip()[:1].isdigit()
        else name
    )
    bare = ARTICLE.sub("", name.lstrip("“‘\"'([«¿¡ "), count=1)
    part = PARTICLE.match(bare)
    own = bare[part.end() :] if part and part.end() < len(bare) else bare
    words = tuple(plain(word) for word in re.split(r"[\s-]+", bare))
    return ((plain(bare),), words, (plain(own),), (plain(bare.translate(UMLAUTS)),), (plain(bare.translate(AT_END)),))


def _date(text: str) -> int:
    if re.fullmatch(r"-?\d{1,9}", text):
        return int(text) or 1
    return 9999 if "press" in text else 0


def misplaced(listed: Sequence[Listed]) -> list[tuple[int, int]]:
    """Entries out of order, each with one behind which it stands and before which it belongs.

    As few entries as can be are called misplaced: those outside the longest stretch of entries in order.
    """
    count = len(listed)
    if all(not after(listed[at], listed[at + 1]) for at in range(count - 1)):
        return []
    best, link = [1] * count, [-1] * count
    for at in range(count):
        for before in range(at):
            if best[before] >= best[at] and not after(listed[before], listed[at]):
                best[at], link[at] = best[before] + 1, before
    at = max(range(count), key=best.__getitem__)
    chain: list[int] = []
    while at >= 0:
        chain.append(at)
        at = link[at]
    chain.reverse()
    kept = set(chain)
    found = []
    for at in range(count):
        if at in kept:
            continue
        wrong = [other for other in chain if (after(listed[other], listed[at]) and other < at)]
        early = [other for other in chain if (after(listed[at], listed[other]) and other > at)]
        if wrong or early:
            found.append((at, wrong[0] if wrong else early[-1]))
    return found
